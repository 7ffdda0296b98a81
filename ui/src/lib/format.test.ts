import { describe, expect, test } from "vitest";
import { bytes, count, counted, digestWords, duration, percent, points, remaining, short, words } from "./format";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("numbers", () => {
  test.each([[0, "0"], [9_999, "9,999"], [13_100, "13.1 k"], [999_960, "1.0 M"], [412_600_000, "412.6 M"]])("%i is short as %s", (value, text) => {
    expect(plain(short(value))).toBe(text);
  });

  test("what is not nothing is never shown as nothing", () => {
    expect(plain(percent(0.0000004))).toBe("< 0.1 %");
    expect(plain(percent(0))).toBe("0.0 %");
    expect(plain(percent(0.5701))).toBe("57.0 %");
  });

  test("a change has its sign, and none is said where nothing changed", () => {
    expect(points(0.043)).toBe("+4.3 pt");
    expect(points(-0.0391)).toBe("−3.9 pt");
    expect(points(0.0004)).toBeNull();
  });

  test("one is not many", () => {
    expect(counted(1, "sample")).toBe("1 sample");
    expect(counted(2_400, "sample")).toBe("2,400 samples");
    expect(counted(2, "class", "classes")).toBe("2 classes");
    expect(count(1_284_594)).toBe("1,284,594");
  });
});

describe("sizes and times", () => {
  test.each([[999, "999 B"], [1_000, "1.0 kB"], [388_000_000, "388 MB"], [4_400_000_000, "4.4 GB"]])("%i bytes are %s", (value, text) => {
    expect(bytes(value)).toBe(text);
  });

  test.each([[3.62, "3.6 s"], [59.6, "60 s"], [408, "6 min 48 s"], [120, "2 min"], [7_260, "2 h 1 min"]])("%d seconds are %s", (value, text) => {
    expect(duration(value)).toBe(text);
  });

  test("what remains is said no finer than it is known", () => {
    expect(remaining(41)).toBe("about 40 s");
    expect(remaining(1_400)).toBe("about 23 min");
  });

  test("a digest is two words for the eye", () => {
    expect(digestWords(`sha256:${"3f9c81d2".repeat(8)}`)).toBe("3f9c 81d2");
  });
});

test("only what joins two words is taken for a space", () => {
  expect(words("model_assisted_2")).toBe("model assisted 2");
  for (const text of ["__proto__", "on=__run(1)", "_", "a__b"]) expect(words(text)).toBe(text);
});
