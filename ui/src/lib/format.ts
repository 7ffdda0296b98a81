/// Numbers, sizes, times and shares as they stand on screen.

// No-break, so that a number keeps its unit.
const GAP = "\u00a0";
const whole = new Intl.NumberFormat("en");

/** `1,284,594` */
export function count(value: number): string {
  return whole.format(value);
}

/** `412.6 M`, `13.1 k`; whole below 10,000. */
export function short(value: number): string {
  if (Math.abs(value) < 10_000) return whole.format(value);
  for (const [unit, size] of [["G", 1e9], ["M", 1e6], ["k", 1e3]] as const) {
    if (Math.abs(value) >= size * 0.99995) return `${(value / size).toFixed(1)}${GAP}${unit}`;
  }
  return whole.format(value);
}

/** A share from 0 to 1 as `57.0`. */
export function percentNumber(share: number, digits = 1): string {
  return (share * 100).toFixed(digits);
}

/** A share from 0 to 1 as `57.0 %`. What is not nothing is never shown as 0.0. */
export function percent(share: number, digits = 1): string {
  const least = 10 ** -digits;
  if (share > 0 && share * 100 < least / 2) return `< ${least.toFixed(digits)}${GAP}%`;
  return `${percentNumber(share, digits)}${GAP}%`;
}

/** A change between two shares in percentage points: `+4.3 pt`; `null` where nothing changed. */
export function points(change: number, digits = 1): string | null {
  const text = (Math.abs(change) * 100).toFixed(digits);
  if (Number(text) === 0) return null;
  return `${change < 0 ? "−" : "+"}${text} pt`;
}

/** `2.6 GB`, decimal units. */
export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let size = value;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 || size >= 99.5 ? size.toFixed(0) : size.toFixed(1)} ${units[unit]}`;
}

/** `6 min 48 s`, `0.4 s`. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const rounded = Math.round(seconds);
  const minutes = Math.floor(rounded / 60);
  if (minutes < 60) return rounded % 60 === 0 ? `${minutes} min` : `${minutes} min ${rounded % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `about 40 s left` in words that do not pretend to know better. */
export function remaining(seconds: number): string {
  if (seconds < 1.5) return "about a second";
  if (seconds < 10) return `about ${Math.round(seconds)} s`;
  if (seconds < 55) return `about ${Math.round(seconds / 5) * 5} s`;
  if (seconds < 3300) return `about ${Math.max(1, Math.round(seconds / 60))} min`;
  return `about ${Math.round(seconds / 3600)} h`;
}

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** `14 Nov 2026`; the text itself where it is no date. */
export function date(rfc3339: string): string {
  const at = new Date(rfc3339);
  return Number.isNaN(at.getTime()) ? rfc3339 : day.format(at);
}

/** `11:06:23` */
export function time(rfc3339: string): string {
  const at = new Date(rfc3339);
  return Number.isNaN(at.getTime()) ? rfc3339 : clock.format(at);
}

/** The first two groups of a digest, for the eye: `3f9c 81d2`. */
export function digestWords(digest: string): string {
  const hex = digest.replace(/^sha256:/, "");
  return `${hex.slice(0, 4)} ${hex.slice(4, 8)}`;
}

/** `1 sample`, `2,400 samples` */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `web crawled` from `web_crawled`. Only what joins two words: `__proto__` in data is shown as that. */
export function words(snake: string): string {
  return snake.replaceAll(/(?<=[\p{L}\p{N}])_(?=[\p{L}\p{N}])/gu, " ");
}

/** First letter up. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const languages = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });

/** `Arabic` from `ar`; the code itself where it is no language code. */
export function languageName(code: string): string {
  try {
    return code ? (languages.of(code) ?? code) : "none";
  } catch {
    return code;
  }
}
