import { describe, expect, it } from 'vitest';
import { paragraphs, visiblePieces, visibleText } from './visible';

describe('text that would deceive', () => {
  it('shows direction overrides and zero-width characters by their code', () => {
    const pieces = visiblePieces('pay \u202E001 now\u200B');
    expect(pieces.map((piece) => piece.text)).toEqual(['pay ', 'U+202E', '001 now', 'U+200B']);
    expect(pieces[1]).toMatchObject({ kind: 'token', name: 'right-to-left override' });
  });

  it('counts stacked marks instead of drawing ten thousand', () => {
    const pieces = visiblePieces(`a${'\u0301'.repeat(10_000)}b`);
    expect(pieces.map((piece) => piece.text.length)).toEqual([1, 6, '+9,994 marks'.length, 1]);
  });

  it('leaves accents, joiners, Arabic and emoji alone', () => {
    for (const text of ['e\u0301te', 'می\u200Cخواهم', '👩\u200D⚕️', 'two\n\tlines', 'مُحَمَّد']) {
      expect(visiblePieces(text)).toEqual([{ kind: 'plain', text, name: '' }]);
    }
  });

  it('shows direction marks, and letters that are blank', () => {
    expect(visiblePieces('a\u200fb\u2063c\u3164d\ufff9').map((piece) => piece.text)).toEqual(['a', 'U+200F', 'b', 'U+2063', 'c', 'U+3164', 'd', 'U+FFF9']);
  });

  it('shows terminal escapes', () => {
    expect(visiblePieces('\u001b[31m')[0]?.text).toBe('U+001B');
  });
});

it('keeps single line breaks inside a paragraph', () => {
  expect(paragraphs('one\r\ntwo\n\n\nthree\n')).toEqual(['one\ntwo', 'three\n']);
});

it('writes its tokens in brackets where none can be drawn', () => {
  expect(visibleText('Ada \u202Etxt.exe')).toBe('Ada [U+202E]txt.exe');
  expect(visibleText(`a${'\u0301'.repeat(900)}`)).toBe(`a${'\u0301'.repeat(6)}[+894 marks]`);
  expect(visibleText('سؤال عن الدواء')).toBe('سؤال عن الدواء');
});
