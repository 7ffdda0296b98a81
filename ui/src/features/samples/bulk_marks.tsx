/// What was done to a sample with many others: tags, who is to look at it, whether it was left out unread.
import { Badge } from "@/components/badge";
import { Verbatim } from "@/components/verbatim";
import type { BulkState } from "@/ipc";
import { equals } from "@/lib/expression";
import css from "./bulk.module.css";

/** With `onFilter` each mark opens the samples that share it. */
export function BulkMarks({ bulk, onFilter }: { bulk: BulkState; onFilter?: (filter: string) => void }) {
  const mark = (field: string, value: string, words: string) =>
    onFilter ? <button key={words} type="button" className="link" onClick={() => onFilter(equals(field, value))} aria-label={`Filter by ${words}`}><Verbatim>{words}</Verbatim></button> : <Verbatim key={words}>{words}</Verbatim>;
  return (
    <span className={css.marks}>
      {bulk.excluded && <Badge icon="minus">excluded in bulk</Badge>}
      {bulk.tags.map((tag) => mark("tag", tag, `#${tag}`))}
      {bulk.routed && mark("routed", bulk.routed, `to ${bulk.routed}`)}
    </span>
  );
}
