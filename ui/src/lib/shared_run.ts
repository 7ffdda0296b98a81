/// Where in a text does a run of tokens stand that was found in its normalised form?
///
/// Letters and digits are compared alone: case, punctuation and white space were taken away before the run was found.
/// Deliberately absent: full case folding. Where a letter folds into two, the run is not found and is only quoted.

const KEPT = /[\p{L}\p{N}\p{M}]/u;

/** The letters and digits of a text in lower case, and for each code unit of the result its place in the text. */
function letters(text: string): { folded: string; places: number[] } {
  let folded = "";
  const places: number[] = [];
  for (let at = 0; at < text.length; ) {
    const point = String.fromCodePoint(text.codePointAt(at)!);
    if (KEPT.test(point)) {
      const lower = point.normalize("NFC").toLowerCase();
      for (let unit = 0; unit < lower.length; unit += 1) places.push(at);
      folded += lower;
    }
    at += point.length;
  }
  return { folded, places };
}

/** From the first letter of the run to behind its last, in the text; nothing where the text has no such run. */
export function placeOfRun(text: string, run: string): { from: number; to: number } | null {
  const wanted = letters(run).folded;
  if (wanted === "") return null;
  const { folded, places } = letters(text);
  const at = folded.indexOf(wanted);
  if (at < 0) return null;
  const last = places[at + wanted.length - 1]!;
  return { from: places[at]!, to: last + String.fromCodePoint(text.codePointAt(last)!).length };
}
