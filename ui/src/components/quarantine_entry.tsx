/// One quarantined record: where it stands, why it was set aside, and what it looks like there.
import type { Quarantine } from "@/ipc";
import { codeWords } from "@/lib/codes";
import { count } from "@/lib/format";
import { Excerpt } from "./excerpt";
import { Verbatim } from "./verbatim";
import css from "./quarantine_entry.module.css";

export function quarantinePlace({ line, column, byte_offset }: Quarantine): string {
  return `line ${count(line)}, ${column === null ? `byte ${count(byte_offset)}` : `column ${count(column)}`}`;
}

export function QuarantineEntry({ record }: { record: Quarantine }) {
  return (
    <li className={css.entry}>
      <p className={css.where}><b><Verbatim>{record.path}</Verbatim></b><span>{quarantinePlace(record)}</span></p>
      <p className={css.why}><b>{codeWords(record.code)}</b>: <Verbatim>{record.message}</Verbatim></p>
      {record.excerpt && <Excerpt text={record.excerpt} />}
    </li>
  );
}
