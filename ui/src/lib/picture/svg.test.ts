import { expect, test } from "vitest";
import { type Drawing, IDENTITY, type Paint } from "./drawing";
import { svgOf } from "./svg";

const paint: Paint = { fill: null, stroke: null, strokeWidth: 1, dash: [] };
const drawing = (shapes: Drawing["shapes"]): Drawing => ({ width: 40, height: 20, background: "rgb(255, 255, 255)", title: "Origin <by> tokens", shapes });

function read(svg: string): Document {
  const page = new DOMParser().parseFromString(svg, "image/svg+xml");
  expect(page.querySelector("parsererror")).toBeNull();
  return page;
}

test("words that look like markup stay words, and what XML forbids is left out", () => {
  const page = read(svgOf(drawing([{ kind: "text", x: 1, y: 2, text: 'a & "<b>"\u0001', fill: "black", size: 11, weight: "600", family: "Inter", anchor: "end", direction: "rtl", matrix: IDENTITY }])));
  expect(page.querySelector("text")?.textContent).toBe('a & "<b>"');
  expect(page.querySelector("text")?.getAttribute("direction")).toBe("rtl");
  expect(page.querySelector("title")?.textContent).toBe("Origin <by> tokens");
});

test("the same hatch is defined once and filled with by its name", () => {
  const hatch = { step: 5, line: 1.3, color: "rgb(120, 121, 124)" };
  const rect = { kind: "rect", x: 0, y: 0, width: 4, height: 4, matrix: IDENTITY, ...paint, fill: hatch } as const;
  const page = read(svgOf(drawing([rect, { ...rect, x: 6 }])));
  expect(page.querySelectorAll("pattern")).toHaveLength(1);
  expect([...page.querySelectorAll("rect")].slice(1).map((each) => each.getAttribute("fill"))).toEqual(["url(#hatch-1)", "url(#hatch-1)"]);
});

test("dashes and places are kept, and a shape without paint draws nothing", () => {
  const page = read(svgOf(drawing([{ kind: "path", d: "M0 0H4", matrix: [1, 0, 0, 1, 96, 12.345], ...paint, stroke: "red", dash: [2, 3] }])));
  const path = page.querySelector("path")!;
  expect([path.getAttribute("fill"), path.getAttribute("stroke-dasharray"), path.getAttribute("transform")]).toEqual(["none", "2 3", "matrix(1 0 0 1 96 12.35)"]);
});
