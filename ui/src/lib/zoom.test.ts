import { expect, it } from "vitest";
import { nextZoom, readZoom, ZOOMS } from "./zoom";

it("goes through every step, up and down, and stays at the ends", () => {
  const up = ZOOMS.map((_, index) => ZOOMS.slice(0, index).reduce((zoom: number) => nextZoom(zoom, 1), 50));
  expect(up).toEqual(ZOOMS);
  expect([nextZoom(400, 1), nextZoom(50, -1), nextZoom(100, -1)]).toEqual([400, 50, 90]);
});

it("takes what is no step for the actual size", () => {
  expect([undefined, "", "1e9", "120", "NaN"].map(readZoom)).toEqual([100, 100, 100, 100, 100]);
  expect(readZoom("400")).toBe(400);
});
