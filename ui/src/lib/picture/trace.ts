/// Traces what stands on the page into a drawing: grounds, edges, texts and SVG shapes, in resolved colours.
import { type Drawing, type Hatch, IDENTITY, type Matrix, type Paint, type Shape } from "./drawing";

const MARGIN = 16;
const LINE_OF_SOURCE = 22;

interface Tracing {
  readonly shapes: Shape[];
  /** Where the traced element begins on the page. */
  readonly left: number;
  readonly top: number;
  /** Where the lowest mark ends: what is empty below it is cut off. */
  bottom: number;
}

/** Elements with `data-leave-out` are controls, not part of the picture. */
function skipped(element: Element, style: CSSStyleDeclaration): boolean {
  return element.hasAttribute("data-leave-out") || style.display === "none" || style.visibility === "hidden" || style.clipPath.startsWith("inset");
}

const clear = (color: string) => color === "none" || color === "transparent" || /^rgba\(.*, 0\)$/.test(color);

function hatchOf(reference: string): Hatch | null {
  const id = /#([\w-]+)/.exec(reference)?.[1];
  const pattern = id ? document.getElementById(id) : null;
  const line = pattern?.querySelector("path");
  if (!pattern || !line) return null;
  const style = getComputedStyle(line);
  return { step: Number(pattern.getAttribute("width")), line: Number.parseFloat(style.strokeWidth), color: style.stroke };
}

function paintOf(style: CSSStyleDeclaration): Paint {
  const fill = style.fill.startsWith("url") ? hatchOf(style.fill) : clear(style.fill) ? null : style.fill;
  const dash = style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(/[\s,]+/).map(Number.parseFloat);
  return { fill, stroke: clear(style.stroke) ? null : style.stroke, strokeWidth: Number.parseFloat(style.strokeWidth) || 1, dash };
}

function matrixOf(element: SVGGraphicsElement, { left, top }: Tracing): Matrix {
  const at = element.getScreenCTM();
  return at ? [at.a, at.b, at.c, at.d, at.e - left, at.f - top] : IDENTITY;
}

function font(style: CSSStyleDeclaration) {
  return { size: Number.parseFloat(style.fontSize), weight: style.fontWeight, family: style.fontFamily, direction: style.direction === "rtl" ? "rtl" as const : "ltr" as const };
}

function traceSvg(element: SVGGraphicsElement, into: Tracing): void {
  const style = getComputedStyle(element);
  if (skipped(element, style)) return;
  const matrix = matrixOf(element, into);
  if (element instanceof SVGRectElement) {
    const { x, y, width, height } = element.getBBox();
    const paint = paintOf(style);
    if (width > 0 && height > 0 && (paint.fill !== null || paint.stroke !== null)) into.shapes.push({ kind: "rect", x, y, width, height, matrix, ...paint });
  } else if (element instanceof SVGCircleElement) {
    into.shapes.push({ kind: "circle", x: element.cx.baseVal.value, y: element.cy.baseVal.value, radius: element.r.baseVal.value, matrix, ...paintOf(style) });
  } else if (element instanceof SVGPathElement) {
    into.shapes.push({ kind: "path", d: element.getAttribute("d") ?? "", matrix, ...paintOf(style) });
  } else if (element instanceof SVGTextElement) {
    const anchor = style.textAnchor === "middle" || style.textAnchor === "end" ? style.textAnchor : "start";
    const [x, y] = [element.x.baseVal, element.y.baseVal].map((list) => (list.numberOfItems > 0 ? list.getItem(0).value : 0));
    into.shapes.push({ kind: "text", x: x!, y: y!, text: element.textContent ?? "", fill: style.fill, anchor, matrix, ...font(style) });
  }
  for (const child of element.children) if (child instanceof SVGGraphicsElement) traceSvg(child, into);
}

/** The words of a text node, line by line as the page broke them. */
function linesOf(node: Text): { text: string; box: DOMRect }[] {
  const range = document.createRange();
  const lines: { text: string; box: DOMRect }[] = [];
  for (const word of node.data.matchAll(/\S+\s*/g)) {
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].trimEnd().length);
    const box = range.getBoundingClientRect();
    const last = lines.at(-1);
    if (box.width === 0) continue;
    if (last && Math.abs(last.box.top - box.top) < 2) {
      last.text += word[0];
      last.box = new DOMRect(Math.min(last.box.left, box.left), last.box.top, Math.max(last.box.right, box.right) - Math.min(last.box.left, box.left), last.box.height);
    } else lines.push({ text: word[0], box });
  }
  return lines;
}

/** Share of a line's box that stands above its baseline; the same within a pixel in every face the window uses. */
const ASCENT = 0.79;

function traceText(node: Text, style: CSSStyleDeclaration, into: Tracing): void {
  const { shapes, left, top } = into;
  const face = font(style);
  const ends = style.textAlign === "end" || style.textAlign === "right";
  const anchor = style.textAlign === "center" ? "middle" : ends ? "end" : "start";
  for (const { text, box } of linesOf(node)) {
    into.bottom = Math.max(into.bottom, box.bottom - top);
    const near = face.direction === "rtl" ? box.right : box.left;
    const far = face.direction === "rtl" ? box.left : box.right;
    const x = anchor === "start" ? near : anchor === "end" ? far : (box.left + box.right) / 2;
    shapes.push({ kind: "text", x: x - left, y: box.top - top + box.height * ASCENT, text: text.trimEnd(), fill: style.color, anchor, matrix: IDENTITY, ...face });
  }
}

function traceBox(element: Element, style: CSSStyleDeclaration, into: Tracing): void {
  const { shapes, left, top } = into;
  const box = element.getBoundingClientRect();
  const [x, y] = [box.left - left, box.top - top];
  const plain: Paint = { fill: null, stroke: null, strokeWidth: 1, dash: [] };
  if (!clear(style.backgroundColor)) into.bottom = Math.max(into.bottom, y + box.height);
  if (!clear(style.backgroundColor)) shapes.push({ kind: "rect", x, y, width: box.width, height: box.height, matrix: IDENTITY, ...plain, fill: style.backgroundColor });
  const edge = (width: string, kind: string, color: string, d: string) => {
    if (Number.parseFloat(width) > 0 && kind !== "none" && !clear(color)) shapes.push({ kind: "path", d, matrix: IDENTITY, ...plain, stroke: color, strokeWidth: Number.parseFloat(width), dash: kind === "dashed" ? [3, 3] : [] });
  };
  const [right, bottom] = [x + box.width, y + box.height];
  edge(style.borderTopWidth, style.borderTopStyle, style.borderTopColor, `M${x} ${y + 0.5}H${right}`);
  edge(style.borderBottomWidth, style.borderBottomStyle, style.borderBottomColor, `M${x} ${bottom - 0.5}H${right}`);
  edge(style.borderLeftWidth, style.borderLeftStyle, style.borderLeftColor, `M${x + 0.5} ${y}V${bottom}`);
  edge(style.borderRightWidth, style.borderRightStyle, style.borderRightColor, `M${right - 0.5} ${y}V${bottom}`);
}

function traceElement(element: Element, into: Tracing): void {
  const style = getComputedStyle(element);
  if (skipped(element, style)) return;
  traceBox(element, style, into);
  if (element instanceof SVGSVGElement) {
    into.bottom = Math.max(into.bottom, element.getBoundingClientRect().bottom - into.top);
    traceSvg(element, into);
    return;
  }
  for (const child of element.childNodes) {
    if (child instanceof Text) traceText(child, style, into);
    else if (child instanceof Element) traceElement(child, into);
  }
}

/** Traces `element`; `source` says below the picture what it was measured on. */
export function trace(element: HTMLElement, title: string, source: string): Drawing {
  const box = element.getBoundingClientRect();
  const into: Tracing = { shapes: [], left: box.left - MARGIN, top: box.top - MARGIN, bottom: 0 };
  traceElement(element, into);
  const page = getComputedStyle(document.body);
  const [width, height] = [box.width + 2 * MARGIN, Math.min(box.height + MARGIN, into.bottom) + MARGIN + LINE_OF_SOURCE];
  into.shapes.push({ kind: "text", x: MARGIN, y: height - MARGIN + 2, text: source, fill: page.color, size: 11, weight: "400", family: page.fontFamily, anchor: "start", direction: "ltr", matrix: IDENTITY });
  return { width, height, background: page.backgroundColor, title, shapes: into.shapes };
}
