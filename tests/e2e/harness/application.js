// The real application in the real window, driven through WebDriver: one home folder, any number of starts.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Builder, Capabilities } from "selenium-webdriver";
import { openDisplay } from "./display.js";
import { descendants, freePort, start, until } from "./processes.js";
import { tracedBinary } from "./traced.js";
import { Window } from "./window.js";

export const root = fileURLToPath(new URL("../../../", import.meta.url));
export const sample = join(root, "assets/sample");

function target() {
  if (process.env.CARGO_TARGET_DIR) return process.env.CARGO_TARGET_DIR;
  const metadata = execFileSync("cargo", ["metadata", "--no-deps", "--format-version", "1"], { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 });
  return JSON.parse(metadata).target_directory;
}

/** A home for one journey: settings, recent workspaces and workspaces live in it and go with it. */
export class Application {
  #display;
  #driver;
  #session;
  #keychain;

  /**
   * `traced`: the application runs under strace, which writes what it does to files into `trace`. `keychain`: it finds GNOME's,
   * unlocked, with what earlier starts in this home kept there; without it finds none.
   */
  constructor({ answers = [], traced = false, keychain = false } = {}) {
    this.#keychain = keychain;
    this.home = mkdtempSync(join(tmpdir(), "assay-window-"));
    this.trace = join(this.home, "trace");
    // `ASSAY_APPLICATION` is another than the one that was built: an installed one.
    this.binary = process.env.ASSAY_APPLICATION ?? join(target(), "debug", "assay-app");
    if (!existsSync(this.binary)) throw new Error(`${this.binary} is not built: npm --prefix ui run build, then cargo build --workspace --features assay-app/custom-protocol`);
    if (traced) this.binary = tracedBinary(this.home, this.binary, this.trace);
    this.answers(answers);
  }

  /** What the next start answers at its file dialogs, one path for each. */
  answers(paths) {
    writeFileSync(join(this.home, "answers"), paths.map((path) => `${path}\n`).join(""));
  }

  /** Starts the application and waits until its page is there; `args` are what a double click on a file would hand over. */
  async open({ args = [] } = {}) {
    this.#display ??= await openDisplay();
    const [port, native] = [await freePort(), await freePort()];
    const folder = (name) => {
      const path = join(this.home, name);
      mkdirSync(path, { recursive: true, mode: 0o700 });
      return path;
    };
    const env = {
      ...process.env,
      DISPLAY: this.#display.name, WAYLAND_DISPLAY: "", GDK_BACKEND: "x11", LANG: "C.UTF-8", NO_AT_BRIDGE: "1",
      LIBGL_ALWAYS_SOFTWARE: "1", ASSAY_KEYCHAIN: this.#keychain ? "system" : "off",
      ASSAY_HOME: folder("home"), ASSAY_DIALOG_ANSWERS: join(this.home, "answers"),
      XDG_RUNTIME_DIR: folder("run"), XDG_CONFIG_HOME: folder("config"), XDG_DATA_HOME: folder("data"), XDG_CACHE_HOME: folder("cache"),
    };
    const webkit = ["/usr/bin/WebKitWebDriver", "/usr/lib/webkit2gtk-4.1/WebKitWebDriver"].find(existsSync) ?? "WebKitWebDriver";
    const unlocked = this.#keychain ? ["sh", "-c", "printf pass | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec \"$@\"", "sh"] : [];
    this.#driver = start("dbus-run-session", ["--", ...unlocked, "tauri-driver", "--port", String(port), "--native-port", String(native), "--native-driver", webkit], { env });
    const server = `http://127.0.0.1:${port}/`;
    await until("the driver listens", async () => (await fetch(`${server}status`).catch(() => null))?.status !== undefined);
    const capabilities = new Capabilities({ browserName: "wry", "tauri:options": { application: this.binary, args } });
    this.#session = await new Builder().usingServer(server).withCapabilities(capabilities).build();
    // A script may take as long as the harness waits for one.
    await this.#session.manage().setTimeouts({ script: 60_000 });
    const window = new Window(this.#session);
    await window.ready();
    return window;
  }

  /** Closes the window as its user would, and the driver behind it. */
  async close() {
    await this.#session?.quit().catch(() => {});
    this.#session = undefined;
    await this.#driver?.stop();
    this.#driver = undefined;
  }

  /** What the application and its driver wrote to their outputs since the last start. */
  said() {
    return this.#driver?.output() ?? "";
  }

  /** Ends the application at once, with whatever it was doing. */
  async kill() {
    const processes = descendants(this.#driver.pid, "assay-app");
    if (processes.length === 0) throw new Error("the application does not run");
    for (const id of processes) process.kill(id, "SIGKILL");
    await until("the application is gone", () => descendants(this.#driver.pid, "assay-app").length === 0);
    await this.#driver.stop();
    this.#session = undefined;
    this.#driver = undefined;
  }

  /** Runs the command line on a workspace of this home. */
  assay(...args) {
    const folder = join(this.home, "home/workspaces");
    const name = readdirSync(folder).find((entry) => entry.endsWith(".assay"));
    const out = execFileSync(join(target(), "debug", "assay"), [...args, "--workspace", join(folder, name)], { encoding: "utf8", maxBuffer: 1 << 28 });
    return out;
  }

  /** Closes everything and removes the home. */
  async end() {
    await this.close();
    await this.#display?.stop();
    rmSync(this.home, { recursive: true, force: true });
  }
}
