// Starts processes that end with the tests, and finds what they started.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";

/** Starts a command in a process group of its own. `stop` ends the whole group. */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { detached: true, stdio: ["ignore", "pipe", "pipe", ...(options.extra ?? [])], env: options.env ?? process.env });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => said.push(bytes.toString()));
  const ended = new Promise((resolve) => {
    child.on("exit", resolve);
    child.on("error", (error) => resolve(said.push(String(error))));
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null && child.pid) {
      try {
        process.kill(-child.pid, "SIGTERM");
      } catch {}
      const killing = setTimeout(() => {
        try {
          process.kill(-child.pid, "SIGKILL");
        } catch {}
      }, 5_000);
      await ended;
      clearTimeout(killing);
    }
  };
  return { child, pid: child.pid, stop, ended, output: () => said.join("") };
}

/** A port on which nothing listens. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Asks again until there is an answer. */
export async function until(what, ask, milliseconds = 20_000) {
  const end = Date.now() + milliseconds;
  let last;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited ${milliseconds / 1000} s in vain: ${what}${last ? `; ${last.message}` : ""}`);
}

/** Ids of the processes called `name` that descend from `root`. */
export function descendants(root, name) {
  const parents = new Map();
  const names = new Map();
  for (const id of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${id}/stat`, "utf8");
      names.set(Number(id), stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")")));
      parents.set(Number(id), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    } catch {}
  }
  const below = (id) => {
    for (let at = id; at; at = parents.get(at)) if (at === root) return true;
    return false;
  };
  return [...names].filter(([id, called]) => called === name && below(id)).map(([id]) => id);
}
