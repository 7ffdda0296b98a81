/// How is a text of millions of characters drawn a window at a time? In blocks of stretches, none of them long.
import { type Counts, countIn } from "./text_marks";
import { paragraphs } from "./visible";

/** A paragraph, or a piece of one that is too long to be drawn at once. */
export interface Stretch {
  readonly text: string;
  /** Whether the paragraph before goes on with it. */
  readonly continues: boolean;
}

/** Characters from which on a paragraph is cut, at white space where there is any. */
const CUT = 6_000;
/** Characters from which on a text is drawn by the window. */
export const LONG = 30_000;
const BLOCK = 4_000;

export function stretches(text: string): Stretch[] {
  return paragraphs(text).flatMap((paragraph) => cut(paragraph));
}

function cut(paragraph: string): Stretch[] {
  const pieces: Stretch[] = [];
  let from = 0;
  while (paragraph.length - from > CUT) {
    const space = paragraph.slice(from, from + CUT).search(/\s\S*$/);
    const to = from + (space > CUT / 2 ? space + 1 : whole(paragraph, from + CUT) - from);
    pieces.push({ text: paragraph.slice(from, to), continues: from > 0 });
    from = to;
  }
  return [...pieces, { text: paragraph.slice(from), continues: from > 0 }];
}

/** Never between the halves of one character. */
function whole(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text[at] ?? "") ? at - 1 : at;
}

/** Stretches that are drawn together, and how many marks stand in the blocks before. */
export interface Block {
  readonly stretches: readonly Stretch[];
  readonly characters: number;
  readonly before: Counts;
}

export function blocksOf(all: readonly Stretch[], find: string): Block[] {
  const blocks: Block[] = [];
  let before: Counts = { hits: 0, tokens: 0 };
  let block: Stretch[] = [];
  let characters = 0;
  const close = () => {
    if (block.length === 0) return;
    blocks.push({ stretches: block, characters, before });
    before = block.reduce((sum, each) => plus(sum, countIn(each.text, find)), before);
    block = [];
    characters = 0;
  };
  for (const each of all) {
    if (characters + each.text.length > BLOCK) close();
    block.push(each);
    characters += each.text.length;
  }
  close();
  return blocks;
}

/** How many hits and tokens a whole text has. Nothing is found across a cut. */
export function countMarks(text: string, find: string): Counts {
  return countOf(stretches(text), find);
}

export function countOf(all: readonly Stretch[], find: string): Counts {
  return all.reduce((sum, each) => plus(sum, countIn(each.text, find)), { hits: 0, tokens: 0 } as Counts);
}

function plus(one: Counts, other: Counts): Counts {
  return { hits: one.hits + other.hits, tokens: one.tokens + other.tokens };
}

/** The block in which the reached hit or token stands; `null` where none does. */
export function blockOf(blocks: readonly Block[], at: number | null, of: keyof Counts, before: number): number | null {
  if (at === null || at < before) return null;
  return blocks.findLastIndex((block) => before + block.before[of] <= at);
}
