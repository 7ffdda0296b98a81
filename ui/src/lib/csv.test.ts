import { expect, test } from "vitest";
import { csvOf } from "./csv";

test("numbers are whole, commas and quotes are kept apart, nothing stays empty", () => {
  expect(csvOf(["class", "share"], [["a, b", 0.12345], ['say "x"', null]])).toBe('"class","share"\r\n"a, b",0.12345\r\n"say ""x""",\r\n');
});

test("a class that looks like a formula is not run by a spreadsheet; a negative number stays one", () => {
  expect(csvOf(["class", "change"], [["=HYPERLINK(1)", -0.5]])).toBe('"class","change"\r\n"\'=HYPERLINK(1)",-0.5\r\n');
  expect(csvOf(["class"], [["\uff1d1"], ["x\n=1"], ["a;=1"], ["a - b, c"]])).toBe('"class"\r\n"\'\uff1d1"\r\n"x\n\'=1"\r\n"a;\'=1"\r\n"a - b, c"\r\n');
});

test("each sign that begins a formula, a tab and a return among them, gets a quote sign in front, in heads too", () => {
  for (const sign of ["=", "+", "-", "@", "\t", "\r"]) {
    const cell = `${sign}1+1`;
    const shown = `"'${cell}"\r\n`;
    expect(csvOf([cell], [[cell]])).toBe(shown + shown);
  }
});
