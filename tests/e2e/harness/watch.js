// Watches a page for anything that data must not do to it: run, be drawn as markup, load, ask, leave or hide. The functions run in the page, sent as text.
import assert from "node:assert/strict";

/** Every element that Assay's own code draws. Whatever else stands in the page came out of a text. */
const ELEMENTS = (
  "html head meta title link script style body div span p h1 h2 h3 h4 ul ol li dl dt dd b i u em small strong code pre kbd mark bdi abbr time sup sub br hr blockquote q del ins cite " +
  "button a label input textarea select option output fieldset legend form table caption colgroup col thead tbody tfoot tr th td main nav header footer section article aside figure figcaption details summary meter progress dialog template " +
  "svg g path line rect circle ellipse polygon polyline text tspan title defs clippath pattern mask marker lineargradient stop symbol desc"
).split(" ");

/** Notes from now on what happens in the page, and from its load on what its policy refused. */
function install(elements) {
  if (window.__watch) return;
  const seen = [];
  const note = (what) => void (seen.length < 200 && seen.push(String(what).slice(0, 300)));
  const known = new Set(elements);
  const inspect = (element) => {
    const kind = element.localName.toLowerCase();
    if (!known.has(kind)) note(`an element <${kind}> stands in the page`);
    if (kind === "script" && !(element.src.startsWith(`${location.origin}/`) && element.textContent === "")) note("a script stands in the page that is not Assay's own");
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) note(`<${kind}> has the attribute ${name}="${value}"`);
      if (["srcdoc", "formaction", "action", "ping", "background", "poster", "xlink:href"].includes(name)) note(`<${kind}> has the attribute ${name}="${value}"`);
      if (["href", "src", "data"].includes(name) && !/^(#|\.?\/)/.test(value) && !value.startsWith(`${location.origin}/`)) note(`<${kind}> leads to ${value}`);
      if (name === "style" && /url\(|expression\(/i.test(value)) note(`<${kind}> is styled ${value}`);
      if (name === "http-equiv" && /refresh/i.test(value)) note("the page would be refreshed");
    }
  };
  const inspectAll = (root) => {
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    inspect(root);
    for (const element of root.querySelectorAll("*")) inspect(element);
  };
  window.__watch = { seen, commands: [], inspectAll, title: document.title, address: location.href, history: history.length };
  window.__ran = (number) => note(`payload ${number} ran`);
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = (what) => note(`${name} was called: ${what}`);
  const ask = window.fetch.bind(window);
  window.fetch = (...words) => {
    window.__watch.commands.push(decodeURIComponent(String(words[0]?.url ?? words[0]).replace(/^ipc:\/\/localhost\/|^http:\/\/ipc\.localhost\//, "")));
    return ask(...words);
  };
  addEventListener("securitypolicyviolation", (event) => note(`refused by the policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
  new ReportingObserver((reports) => { for (const { body } of reports) note(`reported: ${body.effectiveDirective ?? body.id} ${body.blockedURL ?? body.message}`); }, { buffered: true, types: ["csp-violation"] }).observe();
  for (const name of ["hashchange", "popstate", "beforeunload"]) addEventListener(name, () => note(`the page met ${name}`), true);
  // Our own forms are read by the page and go nowhere: whoever hears of it last sees that it was prevented.
  addEventListener("submit", (event) => setTimeout(() => { if (!event.defaultPrevented) note("the page met submit"); }), true);
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") inspect(target);
      for (const node of addedNodes) inspectAll(node);
    }
  }).observe(document, { subtree: true, childList: true, attributes: true });
}

/** What was seen since the last time, and what is wrong with the page as it stands. */
function look() {
  const { seen, inspectAll, title, address, history: past } = window.__watch;
  inspectAll(document.documentElement);
  if (document.title !== title) seen.push(`the title became ${document.title}`);
  if (location.href !== address) seen.push(`the address became ${location.href}`);
  if (history.length !== past) seen.push(`the history grew to ${history.length}`);
  if (window.length !== 0) seen.push(`${window.length} frames stand in the page`);
  if (({}).polluted !== undefined || [].polluted !== undefined) seen.push("a prototype was polluted");
  const covered = getComputedStyle(document.body);
  if (covered.display === "none" || covered.visibility !== "visible" || covered.opacity !== "1") seen.push("the page was hidden");
  return seen.splice(0);
}

/** Texts drawn with characters that deceive or vanish, or with more marks on a letter than fit a line. */
function undisguised() {
  const raw = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2060-\u2064\u202a-\u202e\u2066-\u206f\u3164\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{M}{7,}/u;
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (element.localName === "textarea" || !element.checkVisibility()) continue;
    const match = raw.exec(walker.currentNode.data);
    if (!match) continue;
    const place = [];
    for (let at = element; at && at !== document.body && place.length < 6; at = at.parentElement) place.push(at.localName + (at.getAttribute("aria-label") ? `[${at.getAttribute("aria-label").slice(0, 24)}]` : ""));
    found.push(`U+${match[0].codePointAt(0).toString(16)} in ${place.join(" < ")}`.replaceAll(/[^\x20-\x7e]/g, "?"));
  }
  return [...new Set(found)];
}

/** Those of these texts that cannot be found on the page. */
function missing(texts) {
  const flat = (text) => text.replaceAll(/\s+/g, "");
  const page = flat(document.body.textContent);
  return texts.filter((text) => !page.includes(flat(text)));
}

/** A page that is being watched. */
export class Watch {
  #window;

  constructor(window) {
    this.#window = window;
  }

  start() {
    return this.#window.run(`(${install})(arguments[0]); window.__look = ${look};`, ELEMENTS);
  }

  /** Everything that went wrong since the last look. */
  seen() {
    return this.#window.run(`return (${look})()`);
  }

  undisguised() {
    return this.#window.run(`return (${undisguised})()`);
  }

  missing(texts) {
    return this.#window.run(`return (${missing})(arguments[0])`, texts);
  }

  /** The commands that the page has sent since the last time. */
  commands() {
    return this.#window.run("return window.__watch.commands.splice(0)");
  }

  /** Fails where data did anything but be read, or where it deceives the eye. */
  async still(where) {
    const found = await this.#window.run(`return { seen: (${look})(), undisguised: (${undisguised})() }`);
    assert.deepEqual(found, { seen: [], undisguised: [] }, where);
  }
}
