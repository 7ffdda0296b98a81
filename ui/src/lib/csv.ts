/// Rows as comma-separated values (RFC 4180): numbers whole and undressed, so that a spreadsheet can count with them.

export type Value = string | number | null;

/** What a spreadsheet would run as a formula is given a quote sign in front; some take the wide forms for the same. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

function field(value: Value): string {
  if (value === null) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  const text = FORMULA.test(value) ? `'${value}` : value;
  // Every text is quoted: a spreadsheet that takes semicolons or tabs for separators would else cut a formula out of its middle.
  return `"${text.replaceAll('"', '""')}"`;
}

export function csvOf(heads: readonly string[], rows: readonly (readonly Value[])[]): string {
  return [heads, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}
