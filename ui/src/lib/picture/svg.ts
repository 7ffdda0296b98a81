/// Writes a drawing as SVG: plain colours and numbers, so that it looks the same outside the window.
import type { Drawing, Hatch, Matrix, Paint, Shape } from "./drawing";

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids them.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const escaped = (text: string) => text.replace(FORBIDDEN, "").replace(/[&<>"]/g, (sign) => ESCAPES[sign]!);
const number = (value: number) => String(Math.round(value * 100) / 100);

/** An element; attributes that are `null` are left out. */
function element(name: string, attributes: Record<string, string | number | null>, inside = ""): string {
  const written = Object.entries(attributes).filter(([, value]) => value !== null).map(([key, value]) => ` ${key}="${typeof value === "number" ? number(value) : escaped(value!)}"`);
  return inside ? `<${name}${written.join("")}>${inside}</${name}>` : `<${name}${written.join("")}/>`;
}

const transform = (matrix: Matrix) => (matrix.join() === "1,0,0,1,0,0" ? null : `matrix(${matrix.map(number).join(" ")})`);

function hatchName(hatch: Hatch, all: Hatch[]): string {
  const same = all.findIndex((each) => each.step === hatch.step && each.line === hatch.line && each.color === hatch.color);
  return `hatch-${(same < 0 ? all.push(hatch) - 1 : same) + 1}`;
}

function paint({ fill, stroke, strokeWidth, dash }: Paint, hatches: Hatch[]): Record<string, string | number | null> {
  return {
    fill: fill === null ? "none" : typeof fill === "string" ? fill : `url(#${hatchName(fill, hatches)})`,
    stroke, "stroke-width": stroke === null ? null : strokeWidth, "stroke-dasharray": stroke !== null && dash.length > 0 ? dash.join(" ") : null,
  };
}

function drawn(shape: Shape, hatches: Hatch[]): string {
  const placed = { transform: transform(shape.matrix) };
  switch (shape.kind) {
    case "rect": return element("rect", { x: shape.x, y: shape.y, width: shape.width, height: shape.height, ...paint(shape, hatches), ...placed });
    case "circle": return element("circle", { cx: shape.x, cy: shape.y, r: shape.radius, ...paint(shape, hatches), ...placed });
    case "path": return element("path", { d: shape.d, ...paint(shape, hatches), ...placed });
    case "text": return element("text", {
      x: shape.x, y: shape.y, fill: shape.fill, "font-family": shape.family, "font-size": shape.size, "font-weight": shape.weight === "400" ? null : shape.weight,
      "text-anchor": shape.anchor === "start" ? null : shape.anchor, direction: shape.direction === "rtl" ? "rtl" : null, ...placed,
    }, escaped(shape.text));
  }
}

function pattern(hatch: Hatch, index: number): string {
  const line = element("path", { d: `M${number(hatch.step / 4)} -1v${number(hatch.step + 3)}`, stroke: hatch.color, "stroke-width": hatch.line });
  return element("pattern", { id: `hatch-${index + 1}`, width: hatch.step, height: hatch.step, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, line);
}

export function svgOf(drawing: Drawing): string {
  const hatches: Hatch[] = [];
  const shapes = drawing.shapes.map((shape) => drawn(shape, hatches));
  const { width, height, background, title } = drawing;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${number(width)}" height="${number(height)}" viewBox="0 0 ${number(width)} ${number(height)}" role="img">`;
  const parts = [head, element("title", {}, escaped(title)), hatches.length > 0 ? element("defs", {}, hatches.map(pattern).join("")) : "", element("rect", { width, height, fill: background }), ...shapes, "</svg>"];
  return `${parts.filter(Boolean).join("\n")}\n`;
}
