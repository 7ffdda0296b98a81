/// The damage as it stands in the file: a code well, with what was escaped set apart.
import css from "./excerpt.module.css";

/** Splits an excerpt so that escaped bytes and controls can be marked. */
export function pieces(excerpt: string): { text: string; escaped: boolean }[] {
  return excerpt.split(/(\\x[0-9A-Fa-f]{2}|\\u\{[0-9A-Fa-f]+\}|…$)/).filter(Boolean).map((text) => ({ text, escaped: /^(\\x|\\u\{|…$)/.test(text) }));
}

export function Excerpt({ text }: { text: string }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one excerpt never move.
  return <code className={css.excerpt} dir="ltr">{pieces(text).map((piece, i) => (piece.escaped ? <u key={i}>{piece.text}</u> : <span key={i}>{piece.text}</span>))}</code>;
}
