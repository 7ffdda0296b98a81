// A page that wants to leave, to call out or to open another window cannot: the view stays, and nothing is asked of the network.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, before } from "node:test";
import { Application } from "../harness/application.js";
import { until } from "../harness/processes.js";
import { steps } from "../harness/steps.js";

const application = new Application();
const step = steps();
let called = 0;
let heard = 0;
const listener = createServer((socket) => {
  called++;
  socket.on("error", () => {});
  socket.on("data", () => {
    heard++;
    socket.end("HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  });
});
let outside;
let window;

before(async () => {
  await new Promise((done) => listener.listen(0, "127.0.0.1", done));
  outside = `127.0.0.1:${listener.address().port}`;
  window = await application.open();
  await window.says("What is your data made of?");
  await mark();
}, { timeout: 120_000 });
after(async () => {
  await application.end();
  listener.close();
});

/** Marks this very page: a page that was left and entered again has no mark. */
function mark() {
  return window.run("window.__here = true; window.__past = history.length; window.__address = location.href");
}

const state = () => window.run("return { here: window.__here === true, address: location.href === window.__address, past: history.length === window.__past, frames: window.length, text: document.body.innerText.includes('What is your data made of?') }");
const AS_IT_WAS = { here: true, address: true, past: true, frames: 0, text: true };

/** Lets what was begun come to its end: a navigation is decided outside the page. */
const moment = () => new Promise((done) => setTimeout(done, 150));

async function stays(name) {
  await moment();
  assert.deepEqual(await state(), AS_IT_WAS, name);
  assert.equal(await window.count(), 1, name);
}

step("the test would notice a page that was left, and a call", async () => {
  const before = called;
  await fetch(`http://${outside}/`);
  assert.equal(called, before + 1);
  assert.equal(heard, 1);
  [called, heard] = [0, 0];
  await window.run("location.reload()");
  await until("the mark is gone", async () => (await state().catch(() => AS_IT_WAS)).here === false);
  await window.ready();
  await window.says("What is your data made of?");
  await mark();
  assert.deepEqual(await state(), AS_IT_WAS);
});

const ADDRESSES = (host) => [
  `http://${host}/`, "https://example.org/", "file:///etc/passwd", "data:text/html,<h1>taken</h1>", "about:blank", "ftp://example.org/", "mailto:a@example.org", "tel:1", "tauri://elsewhere/", "ipc://localhost/workspace_close",
  "http://tauri.localhost.example.org/", "asset://localhost/etc/passwd", "javascript:document.body.innerText='taken'", "view-source:tauri://localhost/", "webkit://gpu", "blob:tauri://localhost/00000000-0000-4000-8000-000000000000",
];

step("no address is gone to, whichever way the page asks", async () => {
  const ways = {
    href: "location.href = arguments[0]", assign: "location.assign(arguments[0])", replace: "location.replace(arguments[0])", top: "top.location = arguments[0]", document: "document.location = arguments[0]",
    open: "window.open(arguments[0])", "open in place": "window.open(arguments[0], '_self')", "open at the top": "window.open(arguments[0], '_top', 'noopener')",
    link: "const a = document.createElement('a'); a.href = arguments[0]; document.body.append(a); a.click(); a.remove()",
    "link to a new window": "const a = document.createElement('a'); a.href = arguments[0]; a.target = '_blank'; document.body.append(a); a.click(); a.remove()",
    "link to save": "const a = document.createElement('a'); a.href = arguments[0]; a.download = 'taken'; document.body.append(a); a.click(); a.remove()",
    form: "const f = document.createElement('form'); f.action = arguments[0]; document.body.append(f); f.submit(); f.remove()",
    "form that posts": "const f = document.createElement('form'); f.action = arguments[0]; f.method = 'post'; f.target = '_blank'; const i = document.createElement('input'); i.name = 'a'; i.value = 'secret'; f.append(i); document.body.append(f); f.submit(); f.remove()",
    refresh: "const m = document.createElement('meta'); m.httpEquiv = 'refresh'; m.content = '0;url=' + arguments[0]; document.head.append(m); setTimeout(() => m.remove(), 100)",
    frame: "const f = document.createElement('iframe'); f.src = arguments[0]; document.body.append(f); setTimeout(() => f.remove(), 100)",
    base: "const b = document.createElement('base'); b.href = arguments[0]; document.head.append(b); const a = document.createElement('a'); a.setAttribute('href', 'x'); document.body.append(a); const to = a.href; a.remove(); b.remove(); if (!to.startsWith(location.origin)) location.href = to",
  };
  for (const [name, script] of Object.entries(ways)) {
    for (const address of ADDRESSES(outside)) {
      // An address that this engine takes for none throws, and that is a refusal too.
      await window.run(`try { ${script} } catch {}`, address);
      await moment();
      assert.deepEqual(await state(), AS_IT_WAS, `${name}: ${address}`);
    }
    await stays(name);
  }
  // WebKit connects to where a pressed link leads before it asks whether it may go there. It says nothing; and Assay draws no link that leads out.
  assert.equal(heard, 0, "nothing was asked for");
  called = 0;
});

step("nothing that can call out does", async () => {
  const calls = {
    fetch: "fetch('http://HOST/').catch(() => {})", "fetch without an answer": "fetch('http://HOST/', { mode: 'no-cors', method: 'POST', body: 'secret' }).catch(() => {})", request: "const r = new XMLHttpRequest(); r.open('GET', 'http://HOST/'); r.send()",
    beacon: "navigator.sendBeacon('http://HOST/', 'secret')", socket: "new WebSocket('ws://HOST/')", events: "new EventSource('http://HOST/')", image: "new Image().src = 'http://HOST/'", sound: "new Audio('http://HOST/').play().catch(() => {})",
    script: "const s = document.createElement('script'); s.src = 'http://HOST/'; document.head.append(s); s.remove()", module: "import('http://HOST/x.js').catch(() => {})", worker: "new Worker('http://HOST/x.js')", "worker of data": "new Worker(URL.createObjectURL(new Blob(['fetch(\"http://HOST/\")'])))",
    "shared worker": "new SharedWorker('http://HOST/x.js')", service: "navigator.serviceWorker.register('http://HOST/x.js').catch(() => {})", sheet: "const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = 'http://HOST/'; document.head.append(l); setTimeout(() => l.remove(), 50)",
    "sheet that imports": "const c = new CSSStyleSheet(); c.replaceSync('body{background:url(http://HOST/)}'); document.adoptedStyleSheets = [c]; setTimeout(() => { document.adoptedStyleSheets = []; }, 50)",
    prefetch: "const l = document.createElement('link'); l.rel = 'prefetch'; l.href = 'http://HOST/'; document.head.append(l); setTimeout(() => l.remove(), 50)", preconnect: "const l = document.createElement('link'); l.rel = 'preconnect'; l.href = 'http://HOST/'; document.head.append(l); setTimeout(() => l.remove(), 50)",
    font: "new FontFace('x', 'url(http://HOST/)').load().catch(() => {})", object: "const o = document.createElement('object'); o.data = 'http://HOST/'; document.body.append(o); setTimeout(() => o.remove(), 50)", drawing: "const s = document.createElementNS('http://www.w3.org/2000/svg', 'image'); s.setAttribute('href', 'http://HOST/'); document.querySelector('svg').append(s); setTimeout(() => s.remove(), 50)",
    peer: "const p = new RTCPeerConnection({ iceServers: [{ urls: 'turn:HOST?transport=tcp', username: 'a', credential: 'b' }] }); p.createDataChannel('x'); p.createOffer().then((offer) => p.setLocalDescription(offer))", transport: "new WebTransport('https://HOST/')", ping: "const a = document.createElement('a'); a.href = '#'; a.ping = 'http://HOST/'; a.addEventListener('click', (event) => event.preventDefault()); document.body.append(a); a.click(); a.remove()",
  };
  for (const [name, script] of Object.entries(calls)) {
    await window.run(`try { ${script.replaceAll("HOST", outside)} } catch {}`);
    await moment();
    assert.equal(heard, 0, `${name} called out`);
    // No policy of a page covers this one in WebKit: it opens a connection, and says nothing over it.
    if (name !== "preconnect") assert.equal(called, 0, `${name} connected`);
    called = 0;
  }
  await stays("after all calls");
});

step("code from a text is not run", async () => {
  const runs = {
    eval: "eval('window.__taken = 1')", function: "new Function('window.__taken = 1')()", timer: "setTimeout('window.__taken = 1')", constructor: "(async () => {}).constructor('window.__taken = 1')()",
    inline: "const s = document.createElement('script'); s.textContent = 'window.__taken = 1'; document.head.append(s); s.remove()", handler: "const d = document.createElement('div'); d.setAttribute('onclick', 'window.__taken = 1'); document.body.append(d); d.click(); d.remove()",
    markup: "const d = document.createElement('div'); d.innerHTML = '<img src=x onerror=\"window.__taken = 1\">'; document.body.append(d); setTimeout(() => d.remove(), 50)", data: "const s = document.createElement('script'); s.src = 'data:text/javascript,window.__taken = 1'; document.head.append(s); setTimeout(() => s.remove(), 50)",
    blob: "const s = document.createElement('script'); s.src = URL.createObjectURL(new Blob(['window.__taken = 1'])); document.head.append(s); setTimeout(() => s.remove(), 50)", document: "const d = document.implementation.createHTMLDocument(); d.body.innerHTML = '<script>parent.__taken = 1</scr' + 'ipt>'; document.body.append(document.adoptNode(d.body.firstChild)); document.body.lastElementChild.remove()",
  };
  for (const [name, script] of Object.entries(runs)) {
    // The page's own code asks, from a task of its own, as a payload would.
    await window.run(`setTimeout(() => { try { ${script} } catch {} })`);
    await moment();
    assert.equal(await window.run("return window.__taken"), null, name);
  }
  await stays("after all code");
});

step("what is dropped by the page itself is not gone to", async () => {
  await window.run(`
    const data = new DataTransfer();
    data.setData("text/uri-list", arguments[0]);
    data.setData("text/html", "<img src=x onerror=window.__taken=1>");
    for (const kind of ["dragenter", "dragover", "drop"]) document.body.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }));`, `http://${outside}/`);
  await stays("a drop");
  await window.run("history.back(); history.forward(); history.go(-3)");
  await stays("the history");
  assert.deepEqual([called, heard], [0, 0]);
});
