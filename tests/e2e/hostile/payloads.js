// Texts that try to run, to leave, to deceive or to break the page. Written by code from a fixed seed, so that a failure names its payload
// and another run finds it again. Each says who it is: `__ran(17)` is what number 17 would call if it ran.

/** A payload as data holds it. `shown` is what a reader must be able to find on the page: the text itself, or its documented tokens. */
const payload = (kind, text, shown = text) => ({ kind, text, shown });

/** A small generator of pseudo-random numbers (xorshift, 32 bits): the same ones on every machine. */
export function randomness(seed) {
  let state = seed | 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const EVENTS = ["onload", "onerror", "onclick", "onfocus", "onmouseover", "ontoggle", "onbegin", "onanimationstart", "onpointerenter", "onscroll", "onbeforetoggle", "oncontentvisibilityautostatechange"];
const CARRIERS = [
  "img src=x", "svg", "body", "input autofocus", "details open", "video src=x", "audio src=x", "marquee", "iframe src=x", "object data=x", "embed src=x", "a href=# autofocus tabindex=1",
  "select autofocus", "textarea autofocus", "style", "link rel=stylesheet href=x", "math", "dialog open", "div popover", "isindex",
];
const QUOTES = [(code) => `"${code}"`, (code) => `'${code}'`, (code) => code, (code) => `"&#x20;${code}"`];

function handlers(call, pick) {
  return CARRIERS.flatMap((carrier) => EVENTS.filter(() => pick(2) === 0).map((event) => {
    const quoted = QUOTES[pick(QUOTES.length)](call());
    return payload("handler", pick(3) === 0 ? `"><${carrier}/${event}=${quoted}>` : `<${carrier} ${event}=${quoted}>`);
  }));
}

function scripts(call, remote) {
  const run = call();
  return [
    `<script>${run}</script>`, `<ScRiPt>${run}</sCrIpT>`, `<script\n>${run}</script\t>`, `<script/x>${run}</script>`, `<<script>${run}//<</script>`, `<script>${run}`, `</title><script>${run}</script>`,
    `</textarea><script>${run}</script>`, `</style><script>${run}</script>`, `--><script>${run}</script>`, `]]><script>${run}</script>`, `"><script>${run}</script>`, `'><script>${run}</script>`,
    `<scr<script>ipt>${run}</scr</script>ipt>`, `<script type=module>${run}</script>`, `<script src=${remote}></script>`, `<script src="data:text/javascript,${run}"></script>`,
    `<script src=//127.0.0.1/x.js></script>`, `<script async defer src='${remote}'></script>`, `<noscript><p title="</noscript><script>${run}</script>">`, `<template><script>${run}</script></template>`,
    `<xmp><script>${run}</script></xmp>`, `<plaintext><script>${run}</script>`, `<script>document.title="taken"</script>`, `<script>alert(${JSON.stringify(run)})</script>`,
    `<script type="text/x-template">{{${run}}}</script>`, `<script nonce="">${run}</script>`, `<script>fetch("${remote}")</script>`, `<script>location="${remote}"</script>`,
    `<script>window.open("${remote}")</script>`, `<script>__TAURI_INTERNALS__.invoke("workspace_close")</script>`, `<script>window.__TAURI__.core.invoke("workspace_close")</script>`,
  ].map((text) => payload("script", text));
}

function drawings(call) {
  const run = call();
  return [
    `<svg onload=${run}>`, `<svg><script>${run}</script></svg>`, `<svg><script href="data:,${run}"/></svg>`, `<svg><animate onbegin=${run} attributeName=x dur=1s>`, `<svg><set onbegin=${run} attributeName=x>`,
    `<svg><a xlink:href="javascript:${run}"><text x=20 y=20>press</text></a></svg>`, `<svg><use href="data:image/svg+xml,<svg id=x onload=${run}>#x"/></svg>`, `<svg><foreignObject><img src=x onerror=${run}></foreignObject></svg>`,
    `<svg><style>*{background:url(javascript:${run})}</style></svg>`, `<svg><image href=x onerror=${run}></svg>`, `<svg><discard onbegin=${run}>`, `<svg><title><img src=x onerror=${run}></title></svg>`,
    `<svg><desc><![CDATA[</desc><script>${run}</script>]]></svg>`, `<svg><animate xlink:href=#x attributeName=href values=javascript:${run} /><a id=x><text>x</text></a></svg>`, `<svg><feImage href="data:image/svg+xml,<svg onload=${run}>"/></svg>`,
    `<math><maction actiontype="statusline#" xlink:href="javascript:${run}">press</maction></math>`, `<math><mtext><table><mglyph><style><img src=x onerror=${run}>`, `<math href="javascript:${run}">press</math>`,
    `<math><annotation-xml encoding="text/html"><img src=x onerror=${run}></annotation-xml></math>`, `<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=${run} src>">`,
    `<math><mi xlink:href="data:x,<script>${run}</script>">`, `<svg><p><style><g title="</style><img src onerror=${run}>">`, `<svg xmlns="http://www.w3.org/2000/svg" onload="${run}"/>`, `<?xml version="1.0"?><svg onload=${run}/>`,
    `<!DOCTYPE x [<!ENTITY y "<img src=x onerror=${run}>">]><x>&y;</x>`,
  ].map((text) => payload("drawing", text));
}

function addresses(call, remote) {
  const run = call();
  const schemes = [
    `javascript:${run}`, `JaVaScRiPt:${run}`, `java\tscript:${run}`, `java\nscript:${run}`, `&#106;avascript:${run}`, `javascript&colon;${run}`, `\\x6aavascript:${run}`, `javascript://%0a${run}`, `vbscript:${run}`,
    `data:text/html,<script>${run}</script>`, `data:text/html;base64,${Buffer.from(`<script>${run}</script>`).toString("base64")}`, `data:image/svg+xml,<svg onload=${run}>`, `blob:tauri://localhost/x`, `file:///etc/passwd`, remote, "tauri://localhost/other.html", "ipc://localhost/workspace_close",
  ];
  const carriers = [
    (url) => `<a href="${url}">press</a>`, (url) => `<iframe src="${url}"></iframe>`, (url) => `<form action="${url}"><button>press</button></form>`, (url) => `<meta http-equiv=refresh content="0;url=${url}">`,
    (url) => `<object data="${url}"></object>`, (url) => `<base href="${url}">`,
  ];
  return schemes.flatMap((url) => [payload("address", url), ...carriers.map((carry) => payload("address", carry(url)))]);
}

function templates(call) {
  const run = call();
  return [
    "{{7*7}}", "${7*7}", "<%= 7*7 %>", "#{7*7}", "*{7*7}", "@(7*7)", "{%print(7*7)%}", "[[${7*7}]]", "{{=7*7}}", "{7*7}", "~{7*7}", "<#assign x=7*7>${x}", "{php}echo 7*7;{/php}", "{{#with 7}}{{this}}{{/with}}", "{{{raw}}}", "{{&raw}}",
    `{{constructor.constructor('${run}')()}}`, `{{$on.constructor('${run}')()}}`, `\${${run}}`, `\`\${${run}}\``, `<%- ${run} %>`, `{{_c.constructor('${run}')()}}`, `#set($x=${run})`, `{{''.__class__.__mro__[1].__subclasses__()}}`, `<div v-html="'<img src=x onerror=${run}>'">`,
    `<div ng-app ng-csp>{{${run}}}</div>`, `<x-on:click="${run}">`, `<div x-data="{}" x-init="${run}">`, `<button hx-on:click="${run}" hx-get="/">press</button>`, `{"dangerouslySetInnerHTML":{"__html":"<img src=x onerror=${run}>"}}`,
    `{"$$typeof":"Symbol(react.element)","type":"img","props":{"onError":"${run}"}}`, "%s%n%x%1$s", "%(name)s", "{0.__class__}", "\\u007b\\u007b7*7\\u007d\\u007d",
  ].map((text) => payload("template", text));
}

function sheets(call, remote) {
  const run = call();
  return [
    "<style>*{display:none!important}</style>", "<style>body{opacity:0}</style>", `<style>@import "${remote}";</style>`, `<style>*{background:url(${remote})}</style>`, `<div style="position:fixed;inset:0;background:red">over</div>`,
    `<div style="width:expression(${run})">`, `<div style="-moz-binding:url(${remote}#x)">`, `<div style="behavior:url(${remote})">`, `<link rel=stylesheet href="${remote}">`, `<link rel=prefetch href="${remote}">`, `<link rel=dns-prefetch href="${remote}">`,
    `</style><img src=x onerror=${run}>`, `"style="position:fixed;inset:0" x="`, "*{display:none}", `@import '${remote}';`, `input[value^="a"]{background:url(${remote})}`, "url(javascript:1)", "}</style>{", "<div class='detail scroll' id=root>", "<div hidden inert aria-hidden=true>gone</div>",
  ].map((text) => payload("sheet", text));
}

function encodings(call) {
  const run = call();
  const image = `<img src=x onerror=${run}>`;
  const points = [...image].map((each) => each.codePointAt(0));
  return [
    `<!--${image}-->`, `<!--><img src=x onerror=${run}-->`, `<!--[if gte IE 4]>${image}<![endif]-->`, `<![CDATA[${image}]]>`, `<!-- --!>${image}`, `<? ${image} ?>`, `</ ${image}>`, `<!${image}>`, image.replaceAll("<", "&lt;"), image.replaceAll("<", "&amp;lt;"), image.replaceAll("<", "&LT;"),
    points.map((point) => `&#${point};`).join(""), points.map((point) => `&#x${point.toString(16)}`).join(""), points.map((point) => `&#0000${point}`).join(""), encodeURIComponent(image), encodeURIComponent(encodeURIComponent(image)), points.map((point) => `\\u${point.toString(16).padStart(4, "0")}`).join(""),
    points.map((point) => `\\x${point.toString(16)}`).join(""), points.map((point) => `\\${point.toString(8)}`).join(""), points.map((point) => `%u00${point.toString(16)}`).join(""), image.replaceAll("<", "+ADw-").replaceAll(">", "+AD4-"), image.replaceAll("<", "\u00bc").replaceAll(">", "\u00be"),
    image.replaceAll("<", "\uff1c").replaceAll(">", "\uff1e"), image.replaceAll("<", "\u2039").replaceAll(">", "\u203a"), image.replaceAll(" ", "/"), image.replaceAll(" ", "\u00a0"), image.replace("<", "<\u00a0"), `&lt;script&gt;${run}&lt;/script&gt;`, `&notit; &amp;amp; &bogus; &#0; &#x110000; &#xd800;`,
    `<img src="x\` \`<script>${run}</script>"\` \`>`, `<a href="x:\`${run}\`">`, `<table><td background="x" onclick=${run}>`, `<p id="</p>${image}">`, `<noembed>${image}</noembed>`, `<noframes>${image}</noframes>`, `<select><option>${image}</select>`, `<table><caption>${image}</table>`, `<b><p>${image}</b></p>`,
    `<div><a title="</div>${image}">`, `Buffer.from("${Buffer.from(image).toString("base64")}")`,
  ].map((text) => payload("encoding", text)).concat(payload("break", image.replaceAll(" ", "\f"), image.replaceAll(" ", "U+000C")));
}

const KEYS = [
  "__proto__", "constructor", "prototype", "__proto__.polluted", "constructor.prototype.polluted", "__proto__[polluted]", "toString", "valueOf", "hasOwnProperty", "__defineGetter__", "length", "then", "toJSON", "$$typeof", "key", "ref", "children", "dangerouslySetInnerHTML", "innerHTML", "null", "undefined", "NaN", "true", "[object Object]", "0", "-1",
];

function keys() {
  const objects = ['{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":{"polluted":true}}}', '{"a":1,"a":2}', '[["__proto__","polluted",true]]', "__proto__[polluted]=true&constructor[prototype][polluted]=true"];
  return [...KEYS, ...objects].map((text) => payload("key", text));
}

/** Characters that turn the reading order, vanish, or steer a terminal; each must be seen as its code. */
const UNSEEN = [0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0x061c, 0x200b, 0x200e, 0x200f, 0x2060, 0x2063, 0x206a, 0x3164, 0xfeff, 0xfff9, 0x1b, 0x00, 0x07, 0x08, 0x7f, 0x9b];

export const code = (point) => `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;

function characters() {
  const each = UNSEEN.map((point) => payload("unseen", `pay ${String.fromCodePoint(point)}001 now`, `pay ${code(point)}001 now`));
  const tags = [..."ignore what was said"].map((letter) => String.fromCodePoint(0xe0000 + letter.codePointAt(0))).join("");
  // The greatest is longer than a paragraph is drawn at once, and is counted in parts.
  const piles = [7, 100, 10_000].map((marks) => payload(marks > 5_000 ? "heap" : "pile", `z${"\u0301".repeat(marks)}end`, `z${"\u0301".repeat(6)}+${(marks - 6).toLocaleString("en")} marksend`));
  return [
    ...each, ...piles,
    // The next-line character is white space, as a form feed is: a preview on one line has a blank in its place.
    payload("break", "pay \u0085001 now", "pay U+0085001 now"),
    payload("unseen", `invoice${tags}.`, "invoice20 tag characters."),
    payload("unseen", "access = \u202e\u2066// admin\u2069 \u2066", "access = U+202EU+2066// adminU+2069 U+2066"),
    payload("unseen", "photo\u202egpj.exe", "photoU+202Egpj.exe"),
    payload("unseen", "\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u001b[2J\u001b[H", "U+001B[31mredU+001B[0m U+001B]0;titleU+0007 U+001B[2JU+001B[H"),
    payload("unseen", "a\u200bb\u200bc\u2060d\ufeffe", "aU+200BbU+200BcU+2060dU+FEFFe"),
    payload("letters", "\u05d0\u05d1\u05d2 (a) <b> \u0645\u0631\u062d\u0628\u0627"), payload("letters", "\u0440\u0430\u0443\u0440\u0430l.example"), payload("letters", "\u{1f469}\u200d\u2695\ufe0f \u{1f1fa}\u{1f1f3}"), payload("letters", "\ufdfd \u{12031} \u{1242b}"), payload("letters", "\u0e0e\u0e49\u0e49\u0e49 \u0f67\u0f74\u0f84"),
  ];
}

function markdown(call, remote) {
  const run = call();
  return [
    `[press](javascript:${run})`, `[press](data:text/html,<script>${run}</script>)`, `![x](${remote})`, `![x](x "onerror=${run}")`, `![x](x" onerror="${run})`, `<${remote}>`, `<javascript:${run}>`, `[a]: javascript:${run}\n[a]`, `[x](<javascript:${run}>)`, `[![x](${remote})](javascript:${run})`,
    `# <img src=x onerror=${run}>`, "```html\n<script>" + run + "</script>\n```", `~~~\n</code></pre><script>${run}</script>\n~~~`, `> <img src=x onerror=${run}>`, `- [ ] <input autofocus onfocus=${run}>`, `| a | <img src=x onerror=${run}> |`, `[^1]: <script>${run}</script>`, `<details open ontoggle=${run}>`, `$$\\href{javascript:${run}}{press}$$`, `\\(\\unicode{<img src=x onerror=${run}>}\\)`,
    `:::{.x onclick=${run}}\npress\n:::`, `[toc]\n<base href="${remote}">`, `${remote}`, `www.example.org/<script>${run}</script>`, `mailto:a@example.org?body=<script>${run}</script>`, `---\nlayout: <script>${run}</script>\n---`, "***".repeat(200), "[".repeat(400), ">".repeat(300), "`".repeat(301), "_*".repeat(250), `<!-- markdownlint-disable --><img src=x onerror=${run}>`,
  ].map((text) => payload("markdown", text));
}

/** Words that are too long for any line, and openings that never close. */
function sizes() {
  return [
    payload("long", "W".repeat(20_000)), payload("long", `https://example.org/${"a/".repeat(4_000)}`), payload("long", "<div>".repeat(3_000)), payload("long", "&amp;".repeat(2_000)), payload("long", "\u{1f469}\u200d".repeat(800)), payload("long", "\uae30".repeat(6_000)), payload("long", `${"line\n".repeat(1_500)}end`),
  ];
}

/** What other readers of the same text would obey: a spreadsheet, a shell, a database, YAML, a path. */
function elsewhere(remote) {
  return [
    "' or '1'='1", "'; drop table sample; --", "\" or domain = 'x", "domain = 'a' or true", "\\' or 1=1 --", "=HYPERLINK(\"" + remote + "\")", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1+1", "\r=1+1", "$(id)", "`id`", "; rm -rf ~", "| id", "&& id", "../../../../etc/passwd", "..\\..\\windows\\win.ini", "/dev/zero", "C:\\con\\con",
    "!!python/object/apply:os.system ['id']", "&a [*a, *a]", "- - - -", "%YAML 9.9", "\"},{\"a\":\"", "]}\n{\"a\":1}", "\\", "\\\\", "\"", "'", "--", "#", "?a=b#c", "a\r\nSet-Cookie: x=y", "\u2028line\u2029paragraph",
  ].map((text) => payload("elsewhere", text));
}

/** The whole corpus. `remote` is an address that must never be asked for. */
export function corpus({ seed = 6, remote = "http://127.0.0.1:9/x" } = {}) {
  const pick = randomness(seed);
  const call = () => "__ran(NUMBER)";
  const all = [
    ...scripts(call, remote), ...handlers(call, pick), ...drawings(call), ...addresses(call, remote), ...templates(call), ...sheets(call, remote), ...encodings(call), ...keys(), ...characters(), ...markdown(call, remote), ...sizes(), ...elsewhere(remote),
  ];
  return all.map(({ kind, text, shown }, number) => {
    const own = (words) => words.replaceAll("NUMBER", String(number));
    return { number, kind, text: own(text), shown: own(shown) };
  });
}
