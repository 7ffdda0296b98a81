/// Which places of a text can be stepped through: what was searched for, and characters that would deceive or vanish.
import { visiblePieces } from "./visible";

/** A run of a paragraph as it is drawn. */
export interface Segment {
  readonly kind: "plain" | "hit" | "token";
  readonly text: string;
  /** A token in words; empty for the rest. */
  readonly name: string;
}

const SPECIAL = /[.*+?^${}()|[\]\\]/g;

/** Finds `query` whatever its case; `null` where there is nothing to find. */
function pattern(query: string): RegExp | null {
  const wanted = query.trim();
  return wanted === "" ? null : new RegExp(wanted.replace(SPECIAL, "\\$&").replace(/\s+/g, "\\s+"), "giu");
}

/** A paragraph in runs: plain, found, or a token in place of what cannot be seen. Nothing is found across a token. */
export function segments(paragraph: string, query: string): Segment[] {
  const wanted = pattern(query);
  return visiblePieces(paragraph).flatMap((piece): Segment[] => {
    if (piece.kind === "token") return [{ kind: "token", text: piece.text, name: piece.name }];
    return wanted ? around(piece.text, wanted) : [{ kind: "plain", text: piece.text, name: "" }];
  });
}

function around(text: string, wanted: RegExp): Segment[] {
  const found: Segment[] = [];
  let from = 0;
  for (const match of text.matchAll(wanted)) {
    if (match.index > from) found.push({ kind: "plain", text: text.slice(from, match.index), name: "" });
    found.push({ kind: "hit", text: match[0], name: "" });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ kind: "plain", text: text.slice(from), name: "" });
  return found;
}

/** Places that can be stepped through. */
export interface Counts {
  readonly hits: number;
  readonly tokens: number;
}

/** How many hits and tokens a stretch of text has. */
export function countIn(text: string, query: string): Counts {
  const all = segments(text, query);
  return { hits: all.filter((each) => each.kind === "hit").length, tokens: all.filter((each) => each.kind === "token").length };
}

/** The tokens of a text by name, commonest first: `zero-width space`, 3. */
export function tokenCounts(text: string): [name: string, times: number][] {
  const counts = new Map<string, number>();
  for (const piece of visiblePieces(text)) if (piece.kind === "token") counts.set(piece.name, (counts.get(piece.name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/** The place after a step, round and round; the first step goes to the first place, or back to the last. */
export function stepMark(at: number | null, by: 1 | -1, count: number): number | null {
  if (count === 0) return null;
  if (at === null) return by === 1 ? 0 : count - 1;
  return (at + by + count) % count;
}
