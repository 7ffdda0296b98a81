/** Which characters of a text would deceive or vanish, and how are they shown instead? */

/** A run of plain text, or a character that must be seen: `name` in words, `text` as shown. */
export interface Piece {
  readonly kind: 'plain' | 'token';
  readonly text: string;
  readonly name: string;
}

const names: ReadonlyMap<number, string> = new Map([
  [0x061c, 'Arabic letter mark'],
  [0x115f, 'Hangul filler'],
  [0x1160, 'Hangul filler'],
  [0x180e, 'Mongolian vowel separator'],
  [0x200b, 'zero-width space'],
  [0x200e, 'left-to-right mark'],
  [0x200f, 'right-to-left mark'],
  [0x202a, 'left-to-right embedding'],
  [0x202b, 'right-to-left embedding'],
  [0x202c, 'end of embedding'],
  [0x202d, 'left-to-right override'],
  [0x202e, 'right-to-left override'],
  [0x2060, 'word joiner'],
  [0x2061, 'invisible function application'],
  [0x2062, 'invisible times'],
  [0x2063, 'invisible separator'],
  [0x2064, 'invisible plus'],
  [0x2066, 'left-to-right isolate'],
  [0x2067, 'right-to-left isolate'],
  [0x2068, 'first strong isolate'],
  [0x2069, 'end of isolate'],
  [0x3164, 'Hangul filler'],
  [0xfeff, 'byte order mark'],
  [0xffa0, 'Hangul filler'],
  [0xfff9, 'start of an annotated text'],
  [0xfffa, 'start of its annotation'],
  [0xfffb, 'end of its annotation'],
  [0x001b, 'escape'],
  [0x0000, 'null'],
]);

/** Marks stacked on one letter before the rest is counted instead of drawn. */
const marksDrawn = 6;

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose.
const deceptive = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]+|\p{M}{7,}/gu;

/** Printable ASCII, as most of a long text is: none of it can deceive or vanish. */
const innocent = /^[\t\n\r\x20-\x7e]*$/;

/** Splits a text into what is drawn as it is and what is drawn as a token. The pieces' order is the text's. */
export function visiblePieces(text: string): Piece[] {
  if (innocent.test(text)) return text === '' ? [] : [plain(text)];
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(deceptive)) {
    if (match.index > from) pieces.push(plain(text.slice(from, match.index)));
    pieces.push(...shown(match[0]));
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push(plain(text.slice(from)));
  return pieces;
}

/** The text with its tokens written out in brackets, for where no token can be drawn: attributes, and texts of an SVG. */
export function visibleText(text: string): string {
  if (innocent.test(text)) return text;
  return visiblePieces(text).map((piece) => (piece.kind === 'plain' ? piece.text : `[${piece.text}]`)).join('');
}

function shown(found: string): Piece[] {
  const points = Array.from(found, (each) => each.codePointAt(0) ?? 0);
  const first = points[0] ?? 0;
  if (/^\p{M}/u.test(found)) {
    const drawn = Array.from(found).slice(0, marksDrawn).join('');
    const rest = points.length - marksDrawn;
    return [plain(drawn), { kind: 'token', text: `+${rest.toLocaleString('en')} marks`, name: `${rest.toLocaleString('en')} more combining marks` }];
  }
  if (first >= 0xe0000 && first <= 0xe007f) {
    return [{ kind: 'token', text: `${points.length} tag characters`, name: 'invisible tag characters' }];
  }
  const code = `U+${first.toString(16).toUpperCase().padStart(4, '0')}`;
  return [{ kind: 'token', text: code, name: names.get(first) ?? 'control character' }];
}

function plain(text: string): Piece {
  return { kind: 'plain', text, name: '' };
}

/** Paragraphs as the text has them; line breaks inside a paragraph stay. */
export function paragraphs(text: string): string[] {
  return text.replace(/\r\n?/g, '\n').split(/\n[ \t]*\n+/).filter((each) => each.trim() !== '');
}
