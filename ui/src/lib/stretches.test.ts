import { describe, expect, it } from "vitest";
import { longText } from "@/ipc/mock/focus_texts";
import { blockOf, blocksOf, countMarks, stretches } from "./stretches";

const joined = (text: string) => stretches(text).map((each) => (each.continues ? each.text : `\n\n${each.text}`)).join("").slice(2);

describe("stretches", () => {
  it("are the paragraphs of a text, and put together they are the text", () => {
    expect(stretches("one\n\ntwo")).toEqual([{ text: "one", continues: false }, { text: "two", continues: false }]);
    const text = longText(60_000);
    expect(joined(text)).toBe(text);
    expect(Math.max(...stretches(text).map((each) => each.text.length))).toBeLessThanOrEqual(6_000);
  });

  it("cut at white space, and without any never through a character", () => {
    const [first, second] = stretches("word ".repeat(2_000));
    expect(first!.text.endsWith(" ")).toBe(true);
    expect(second!.continues).toBe(true);
    const signs = stretches(`a${"𠮷".repeat(5_000)}`);
    expect(signs.length).toBeGreaterThan(1);
    expect(signs.every((each) => !/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(each.text))).toBe(true);
  });
});

describe("blocks", () => {
  const text = longText(400_000);

  it("hold every stretch once, none of them many", () => {
    const blocks = blocksOf(stretches(text), "");
    expect(blocks.flatMap((block) => block.stretches)).toEqual(stretches(text));
    expect(Math.max(...blocks.map((block) => block.characters))).toBeLessThanOrEqual(6_000);
  });

  it("know how many hits stand before them, so that the block of every hit is found", () => {
    const blocks = blocksOf(stretches(text), "notice");
    const { hits, tokens } = countMarks(text, "notice");
    expect(hits).toBeGreaterThan(1_000);
    expect(tokens).toBe(1);
    for (const at of [0, 1, 500, hits - 1]) {
      const block = blocks[blockOf(blocks, at, "hits", 0)!]!;
      const inside = block.stretches.reduce((sum, each) => sum + countMarks(each.text, "notice").hits, 0);
      expect(at).toBeGreaterThanOrEqual(block.before.hits);
      expect(at).toBeLessThan(block.before.hits + inside);
    }
    expect(blockOf(blocks, 3, "hits", 4)).toBeNull();
    expect(blockOf(blocks, null, "hits", 0)).toBeNull();
  });
});
