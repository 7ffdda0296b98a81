// A virtual display on whichever number is free.
import { start } from "./processes.js";

export async function openDisplay() {
  const server = start("Xvfb", ["-displayfd", "3", "-screen", "0", "1440x900x24", "-nolisten", "tcp"], { extra: ["pipe"] });
  const number = await new Promise((resolve, reject) => {
    let text = "";
    server.child.stdio[3].on("data", (bytes) => {
      text += bytes;
      if (text.includes("\n")) resolve(text.trim());
    });
    server.ended.then(() => reject(new Error(`Xvfb did not start: ${server.output()}`)));
  });
  return { name: `:${number}`, stop: server.stop };
}
