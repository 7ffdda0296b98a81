/// Which rows of a very long list stand in the window, and where its thumb stands on the track.
///
/// Browsers cap how tall an element can be, so the list is never laid out whole: `top` is a row number with
/// a fraction, and the track maps it to pixels.

/** Rows fetched at once. */
export const PAGE = 200;

/** The largest `top`: the last row stands at the lower edge. */
export function lastTop(count: number, visible: number): number {
  return Math.max(0, count - visible);
}

export function clampTop(top: number, count: number, visible: number): number {
  return Math.min(Math.max(0, top), lastTop(count, visible));
}

export interface Thumb {
  offset: number;
  size: number;
}

const LEAST_THUMB = 28;

/** The thumb on a track of `length` pixels; no thumb where everything is visible. */
export function thumbOf(top: number, count: number, visible: number, length: number): Thumb | null {
  if (count <= visible || length <= 0) return null;
  const size = Math.min(length, Math.max(LEAST_THUMB, (visible / count) * length));
  return { size, offset: (top / lastTop(count, visible)) * (length - size) };
}

/** The `top` for a thumb at `offset`. */
export function topOfThumb(offset: number, count: number, visible: number, length: number): number {
  const thumb = thumbOf(0, count, visible, length);
  if (!thumb || length <= thumb.size) return 0;
  return clampTop((offset / (length - thumb.size)) * lastTop(count, visible), count, visible);
}

/** First rows of the pages that hold rows `first..last`. */
export function pagesOf(first: number, last: number, count: number): number[] {
  const pages: number[] = [];
  const end = Math.min(last, count - 1);
  for (let page = Math.floor(Math.max(0, first) / PAGE) * PAGE; page <= end; page += PAGE) pages.push(page);
  return pages;
}

/** `top` so that `row` is visible, moved as little as possible. */
export function reveal(row: number, top: number, count: number, visible: number): number {
  const whole = Math.max(1, Math.floor(visible));
  if (row < top) return clampTop(row, count, visible);
  if (row > top + whole - 1) return clampTop(row - whole + 1, count, visible);
  return clampTop(top, count, visible);
}

/** Where a key moves the chosen row; `null` for keys that move nothing. */
export function moved(key: string, row: number, count: number, visible: number): number | null {
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: Math.max(1, Math.floor(visible) - 1), PageUp: -Math.max(1, Math.floor(visible) - 1), Home: -count, End: count }[key];
  if (step === undefined || count === 0) return null;
  return Math.min(count - 1, Math.max(0, row + step));
}
