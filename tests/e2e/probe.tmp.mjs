import { Builder, Capabilities } from "selenium-webdriver";
import { openDisplay } from "./harness/display.js";
import { freePort, start, until } from "./harness/processes.js";
import { Window } from "./harness/window.js";
const display = await openDisplay();
console.log("display", display.name);
const port = await freePort();
const driver = start("dbus-run-session", ["--", "/usr/bin/WebKitWebDriver", `--port=${port}`], { env: { ...process.env, DISPLAY: display.name, GDK_BACKEND: "x11", WEBKIT_DISABLE_COMPOSITING_MODE: "1" , LIBGL_ALWAYS_SOFTWARE: "1"} });
const server = `http://127.0.0.1:${port}/`;
await until("driver", async () => (await fetch(`${server}status`).catch(() => null))?.status !== undefined);
const s = await new Builder().usingServer(server).withCapabilities(new Capabilities({ browserName: "MiniBrowser", "webkitgtk:browserOptions": { binary: "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser", args: ["--automation"] } })).build();
try {
  await s.get(process.argv[2] ?? "http://127.0.0.1:5180/");
  const w = new Window(s);
  await w.ready();
  console.log((await w.text()).slice(0, 400));
  if (process.env.PIC) { console.log("pic"); await w.picture("probe"); console.log("pic done"); }
  const mod = await import(process.argv[3]);
  await mod.default(w);
} catch (e) { console.log("FAIL", e.message.slice(0, 1500)); }
await s.quit().catch(() => {}); await driver.stop(); await display.stop(); process.exit(0);
