import { describe, expect, test } from "vitest";
import { clampTop, lastTop, moved, pagesOf, reveal, thumbOf, topOfThumb } from "./grid_window";

const TEN_MILLION = 10_000_000;

describe("the track of a list too tall to lay out", () => {
  test("the thumb at the end of the track is the last row, exactly", () => {
    const thumb = thumbOf(lastTop(TEN_MILLION, 22.5), TEN_MILLION, 22.5, 640)!;
    expect(thumb.offset + thumb.size).toBeCloseTo(640);
    expect(topOfThumb(thumb.offset, TEN_MILLION, 22.5, 640)).toBeCloseTo(TEN_MILLION - 22.5);
  });

  test("the thumb can always be grasped", () => {
    expect(thumbOf(0, TEN_MILLION, 22, 640)!.size).toBe(28);
  });

  test("there is no thumb where everything is visible", () => {
    expect(thumbOf(0, 20, 22, 640)).toBeNull();
  });

  test("track and top agree both ways", () => {
    for (const top of [0, 1, 1234.5, 5_000_000, 9_999_000]) {
      const thumb = thumbOf(top, TEN_MILLION, 22, 640)!;
      expect(topOfThumb(thumb.offset, TEN_MILLION, 22, 640)).toBeCloseTo(top, 3);
    }
  });

  test("a shorter list pulls the window back", () => {
    expect(clampTop(9_000, 100, 22)).toBe(78);
    expect(clampTop(5, 10, 22)).toBe(0);
  });
});

describe("pages", () => {
  test("rows across a border need both pages", () => {
    expect(pagesOf(190, 215, 1_000)).toEqual([0, 200]);
  });

  test("nothing is asked for beyond the end", () => {
    expect(pagesOf(390, 430, 400)).toEqual([200]);
    expect(pagesOf(0, 20, 0)).toEqual([]);
  });
});

describe("moving by keys", () => {
  test.each([["ArrowDown", 4, 5], ["ArrowUp", 4, 3], ["PageDown", 4, 25], ["PageUp", 4, 0], ["Home", 4, 0], ["End", 4, 99]])("%s from row %i goes to %i", (key, from, to) => {
    expect(moved(key, from, 100, 22)).toBe(to);
  });

  test("other keys move nothing, and an empty list has nowhere to go", () => {
    expect(moved("a", 4, 100, 22)).toBeNull();
    expect(moved("End", 0, 0, 22)).toBeNull();
  });

  test("a row below the window is revealed at its lower edge, one inside does not move it", () => {
    expect(reveal(50, 0, 100, 22)).toBe(29);
    expect(reveal(10, 0, 100, 22)).toBe(0);
    expect(reveal(3, 40, 100, 22)).toBe(3);
  });
});
