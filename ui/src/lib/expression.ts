/// The filter language as the window builds it: conditions joined by `and`, to text and back.
///
/// Deliberately absent: `or`, `not` and parentheses. A text that uses them is a valid filter that stays a
/// text; the engine alone decides what is valid and says where it is not.

export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";
export type Operator = Comparison | "in" | "not in" | "like" | "not like" | "is null" | "is not null";

/** One condition. `values` holds none for the null tests, several for `in`, else one. */
export interface Condition {
  field: string;
  operator: Operator;
  values: string[];
  /** Whether the values are numbers, which stand without quotes. */
  numeric: boolean;
}

/** How people say an operator. */
export const OPERATOR_WORDS: Record<Operator, string> = {
  "=": "is", "!=": "is not", "<": "less than", "<=": "at most", ">": "more than", ">=": "at least",
  in: "is one of", "not in": "is none of", like: "is like", "not like": "is not like", "is null": "is empty", "is not null": "is not empty",
};

export const TEXT_OPERATORS: readonly Operator[] = ["=", "!=", "in", "not in", "like", "not like", "is null", "is not null"];
export const NUMBER_OPERATORS: readonly Operator[] = ["<", "<=", "=", ">=", ">", "is null", "is not null"];

const PLAIN_FIELD = /^[\p{L}_][\p{L}\p{N}_.:-]*$/u;
const RESERVED = new Set(["and", "or", "not", "in", "like", "is", "null", "true", "false"]);

function fieldText(field: string): string {
  return PLAIN_FIELD.test(field) && !RESERVED.has(field.toLowerCase()) ? field : `"${field.replaceAll('"', '""')}"`;
}

/** A value as a literal of the language. */
export function literal(value: string, numeric: boolean): string {
  return numeric ? value : `'${value.replaceAll("'", "''")}'`;
}

/** One condition as text. */
export function conditionText({ field, operator, values, numeric }: Condition): string {
  const name = fieldText(field);
  if (operator === "is null" || operator === "is not null") return `${name} ${operator}`;
  if (operator === "in" || operator === "not in") return `${name} ${operator} (${values.map((value) => literal(value, numeric)).join(", ")})`;
  return `${name} ${operator} ${literal(values[0] ?? "", numeric)}`;
}

/** Conditions joined by `and`; an empty text for none. */
export function expressionText(conditions: readonly Condition[]): string {
  return conditions.map(conditionText).join(" and ");
}

/** `domain = 'health'`, for links to the samples behind a number; a value of `""` means none was given. */
export function equals(field: string, value: string): string {
  return value === "" ? `${fieldText(field)} is null` : conditionText({ field, operator: "=", values: [value], numeric: false });
}

/** Joins texts by `and`, in parentheses where one of them holds an `or`. */
export function both(...texts: string[]): string {
  const some = texts.filter((text) => text.trim() !== "");
  return some.map((text) => (some.length > 1 && conditionsOf(text) === null ? `(${text})` : text)).join(" and ");
}

type Token = { kind: "word" | "quoted" | "text" | "number" | "sign"; text: string };

const TOKEN = /\s*(?:(?<text>'(?:[^']|'')*')|(?<quoted>"(?:[^"]|"")*")|(?<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\p{L}_])|(?<sign><=|>=|!=|<>|[=<>(),])|(?<word>[\p{L}_][\p{L}\p{N}_.:-]*))/uy;

function tokens(text: string): Token[] | null {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const groups = TOKEN.exec(text)?.groups;
    if (!groups) return null;
    const [kind, raw] = Object.entries(groups).find(([, value]) => value !== undefined) as [Token["kind"], string];
    if (kind === "text") found.push({ kind, text: raw.slice(1, -1).replaceAll("''", "'") });
    else if (kind === "quoted") found.push({ kind, text: raw.slice(1, -1).replaceAll('""', '"') });
    else found.push({ kind, text: raw === "<>" ? "!=" : raw });
  }
  return found;
}

/** Reads tokens one after the other; `null` from any step means "not a plain conjunction". */
class Reader {
  private at = 0;
  private readonly all: readonly Token[];

  constructor(all: readonly Token[]) {
    this.all = all;
  }

  get done(): boolean {
    return this.at >= this.all.length;
  }

  keyword(...names: string[]): string | null {
    const token = this.all[this.at];
    const name = token?.kind === "word" || token?.kind === "sign" ? token.text.toLowerCase() : null;
    if (name === null || !names.includes(name)) return null;
    this.at += 1;
    return name;
  }

  field(): string | null {
    const token = this.all[this.at];
    if (token?.kind !== "quoted" && (token?.kind !== "word" || RESERVED.has(token.text.toLowerCase()))) return null;
    this.at += 1;
    return token.text;
  }

  value(): Token | null {
    const token = this.all[this.at];
    if (token?.kind !== "text" && token?.kind !== "number" && !(token?.kind === "word" && /^(true|false)$/i.test(token.text))) return null;
    this.at += 1;
    return token;
  }
}

function condition(reader: Reader): Condition | null {
  const field = reader.field();
  if (field === null) return null;
  if (reader.keyword("is")) {
    const negated = reader.keyword("not");
    return reader.keyword("null") ? { field, operator: negated ? "is not null" : "is null", values: [], numeric: false } : null;
  }
  const negated = reader.keyword("not") !== null;
  if (reader.keyword("in")) {
    if (!reader.keyword("(")) return null;
    const values: Token[] = [];
    do {
      const value = reader.value();
      if (!value) return null;
      values.push(value);
    } while (reader.keyword(","));
    return reader.keyword(")") ? { field, operator: negated ? "not in" : "in", values: values.map((one) => one.text), numeric: values.every((one) => one.kind !== "text") } : null;
  }
  if (reader.keyword("like")) {
    const value = reader.value();
    return value?.kind === "text" ? { field, operator: negated ? "not like" : "like", values: [value.text], numeric: false } : null;
  }
  const operator = negated ? null : (reader.keyword("=", "!=", "<", "<=", ">", ">=") as Comparison | null);
  const value = operator && reader.value();
  return operator && value ? { field, operator, values: [value.text], numeric: value.kind !== "text" } : null;
}

/** The conditions of a text that is a plain conjunction; `null` for every other text. */
export function conditionsOf(text: string): Condition[] | null {
  if (text.trim() === "") return [];
  const all = tokens(text);
  if (!all) return null;
  const reader = new Reader(all);
  const conditions: Condition[] = [];
  do {
    const one = condition(reader);
    if (!one) return null;
    conditions.push(one);
  } while (reader.keyword("and"));
  return reader.done ? conditions : null;
}
