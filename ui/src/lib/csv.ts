/// Rows as comma-separated values (RFC 4180): numbers whole and undressed, so that a spreadsheet can count with them.

export type Value = string | number | null;

/**
 * What a spreadsheet would run as a formula is given a quote sign in front: at the start of a text, and wherever a spreadsheet that takes another
 * separator, or loses count of the quotes, may begin a cell. Some take the wide forms for the same.
 */
const FORMULA = /(?<=^|[\r\n\t;,|"])(?=[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])/g;

function field(value: Value): string {
  if (value === null) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  return `"${value.replaceAll(FORMULA, "'").replaceAll('"', '""')}"`;
}

export function csvOf(heads: readonly string[], rows: readonly (readonly Value[])[]): string {
  return [heads, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}
