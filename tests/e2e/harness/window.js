// The window as a person meets it: what can be read, pressed and typed.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Key } from "selenium-webdriver";
import { find } from "./page.js";
import { until } from "./processes.js";

const OUT = fileURLToPath(new URL("../out/", import.meta.url));
const THEMES = ["light", "dark"];

/** Fails where the window does not answer: it hangs, or is gone. */
function within(milliseconds, what, call) {
  let clock;
  const late = new Promise((_, reject) => {
    clock = setTimeout(() => reject(new Error(`the window did not answer for ${milliseconds / 1000} s: ${what}`)), milliseconds);
  });
  return Promise.race([call, late]).finally(() => clearTimeout(clock));
}

const READ_TREE = `
  const shown = (element) => element.checkVisibility({ checkVisibilityCSS: true });
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
  return {
    mains: all("main, [role=main]").length,
    navigations: all("nav, [role=navigation]").length,
    live: document.querySelectorAll("[aria-live], [role=status], [role=alert], [role=log]").length,
    headings: all("h1, h2, h3, h4, [role=heading]").map((element) => ({ level: Number(element.getAttribute("aria-level") ?? element.tagName[1]), name: element.textContent.trim() })),
    controls: all("button, a[href], input, select, textarea, [role=button], [role=radio], [role=checkbox], [role=slider], [role=combobox], [tabindex='0']"),
  };`;

const LISTEN = `
  window.__heard = [];
  const regions = "[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]";
  new MutationObserver((changes) => {
    for (const change of changes) {
      const at = change.target.nodeType === Node.ELEMENT_NODE ? change.target : change.target.parentElement;
      const region = at?.closest(regions);
      if (region) window.__heard.push(region.textContent.trim());
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });`;

export class Window {
  #driver;

  constructor(driver) {
    this.#driver = driver;
  }

  async ready() {
    await until("the page is drawn", async () => (await this.text()).length > 20, 60_000);
    await this.run(`
      window.__complaints = [];
      addEventListener("securitypolicyviolation", (event) => window.__complaints.push(event.violatedDirective + " " + event.blockedURI));
      addEventListener("error", (event) => window.__complaints.push(String(event.message)));
      addEventListener("unhandledrejection", (event) => window.__complaints.push(String(event.reason)));
    `);
  }

  /** Everything that can be read. */
  text() {
    return this.run("return document.body.innerText");
  }

  run(script, ...args) {
    return within(60_000, "a script", this.#driver.executeScript(script, ...args));
  }

  /** Every element of this role whose name begins with these words. */
  all(role, name = null, { exact = false, within = null } = {}) {
    return this.run(`return (${find})(arguments[0], arguments[1], arguments[2], arguments[3])`, role, name, exact, within);
  }

  /** The first such element, once it is there. */
  get(role, name, { exact = false, within = null, wait = 20_000 } = {}) {
    return until(`${role} "${name}"`, async () => (await this.all(role, name, { exact, within }))[0], wait).catch(async (error) => {
      throw new Error(`${error.message}\n--- the window says:\n${(await this.text().catch(() => "nothing")).slice(0, 3_000)}`);
    });
  }

  async has(role, name, options) {
    return (await this.all(role, name, options)).length > 0;
  }

  /** Waits until nothing has this role and name. */
  async gone(role, name, options = {}) {
    return until(`${role} "${name}" is gone`, async () => !(await this.has(role, name, options)), options.wait ?? 20_000);
  }

  /** Waits until a text can be read somewhere. */
  async says(pattern, wait = 20_000) {
    const matches = (text) => (pattern instanceof RegExp ? pattern.exec(text) : text.includes(pattern) ? [pattern] : null);
    return until(`the window says ${pattern}`, async () => matches(await this.text()), wait).catch(async (error) => {
      throw new Error(`${error.message}\n--- the window says:\n${(await this.text().catch(() => "nothing")).slice(0, 3_000)}`);
    });
  }

  /** Presses what has this role and name, once it can be pressed. */
  async press(role, name, options = {}) {
    const element = await until(`${role} "${name}" can be pressed`, async () => {
      const [first] = await this.all(role, name, options);
      return first && (await first.isEnabled()) ? first : null;
    }, options.wait ?? 20_000).catch(async (error) => {
      throw new Error(`${error.message}\n--- the window says:\n${(await this.text().catch(() => "nothing")).slice(0, 3_000)}`);
    });
    await this.run("arguments[0].scrollIntoView({ block: 'center' })", element);
    await within(60_000, `pressing ${name}`, element.click());
    return element;
  }

  /** Puts text into a field, in place of what is there. */
  async write(name, text) {
    return until(`"${name}" takes a text`, async () => {
      const field = await this.get("textbox", name);
      try {
        await field.click();
        // Not by Ctrl A: the driver of WebKitGTK keeps the key down.
        await this.run("arguments[0].select()", field);
        await field.sendKeys(Key.BACK_SPACE, text);
      } catch (error) {
        // On a busy machine a field may be moved or drawn anew between finding and typing: then it is found again.
        if (["ElementNotInteractableError", "StaleElementReferenceError"].includes(error.name)) return null;
        throw error;
      }
      return field;
    });
  }

  /** Presses keys as on a keyboard, wherever the focus is: `key("a")`, `key("Alt", "2")`. */
  async key(...keys) {
    const named = { Alt: Key.ALT, Ctrl: Key.CONTROL, Shift: Key.SHIFT, Enter: Key.ENTER, Esc: Key.ESCAPE, Tab: Key.TAB, Backspace: Key.BACK_SPACE };
    const actions = this.#driver.actions();
    for (const key of keys) actions.keyDown(named[key] ?? key);
    for (const key of keys.toReversed()) actions.keyUp(named[key] ?? key);
    await within(60_000, `the keys ${keys.join(" ")}`, actions.perform());
  }

  /** Puts a text of several lines into a field as if it were pasted: typing does not keep its line ends. */
  async paste(name, text) {
    const field = await this.get("textbox", name);
    await this.run("const [field, text] = arguments; Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set.call(field, text); field.dispatchEvent(new Event('input', { bubbles: true }));", field, text);
    return field;
  }

  /** Runs a command by the palette, by keys alone. */
  async command(title) {
    await this.settled();
    await this.key("Ctrl", "k");
    await this.get("option", null);
    await this.type(title);
    await this.settled();
    await this.key("Enter");
    await this.settled();
  }

  /** Types a text where the focus is. */
  async type(text) {
    await within(60_000, `typing ${text}`, this.#driver.actions().sendKeys(text).perform());
  }

  /** Role and name of what has the focus, as the browser computes them for assistive technology. */
  async focused() {
    const element = await this.#driver.switchTo().activeElement();
    const [role, name] = await Promise.all([element.getAriaRole(), element.getAccessibleName()]);
    return { role, name: name.replaceAll(/\s+/g, " ").trim() };
  }

  /** What assistive technology is told of the page. */
  async tree() {
    await this.settled();
    return until("the page stands still while it is read", async () => {
      const found = await this.run(READ_TREE);
      const named = await Promise.all(found.controls.map(async (control) => ({ control, name: (await control.getAccessibleName()).trim() }))).catch(() => null);
      if (!named) return null;
      const nameless = await Promise.all(named.filter(({ name }) => name === "").map(({ control }) => this.run("return arguments[0].outerHTML.slice(0, 160)", control)));
      return { ...found, controls: named.length, nameless };
    });
  }

  /** Begins to note down what live regions say. */
  listen() {
    return this.run(LISTEN);
  }

  /** What live regions said since. */
  heard() {
    return this.run("return window.__heard");
  }

  /** Goes to a view by the rail. */
  async go(view) {
    await this.press("button", view, { exact: true });
    await this.get("region", view, { exact: true });
  }

  /** Waits until nothing is being opened and what was drawn is on the glass: a key before that decides nothing. */
  async settled() {
    await until("nothing is being opened", async () => !/^(Opening|Reading|Writing) .*…$/m.test(await this.text()));
    for (let frame = 0; frame < 2; frame++) {
      await this.run("return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");
    }
  }

  /** Takes a picture of the window as it is. */
  async picture(name) {
    const file = join(OUT, `${name}.png`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, Buffer.from(await within(60_000, `the picture ${name}`, this.#driver.takeScreenshot()), "base64"));
  }

  /** Gives the window this size in pixels, its menu included. */
  async size(width, height) {
    await within(60_000, "resizing", this.#driver.manage().window().setRect({ x: 0, y: 0, width, height }));
    await this.settled();
  }

  /** A picture in each theme; the window is then light, as it was. */
  async pictures(name) {
    for (const theme of THEMES.toReversed()) {
      await this.run("document.documentElement.dataset.theme = arguments[0]", theme);
      await this.settled();
      await this.picture(theme === "light" ? name : `${name}-dark`);
    }
  }

  /** How many windows there are. */
  async count() {
    return (await this.#driver.getAllWindowHandles()).length;
  }

  /** Calls a command of the application past everything that the page's own code would check. */
  async invoke(command, request) {
    return this.run("return window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]).then((answer) => ({ answer }), (fault) => ({ fault }))", command, request);
  }

  /** What broke the page's own policy, and what it threw without catching, since it was opened. */
  complaints() {
    return this.run("return window.__complaints");
  }
}
