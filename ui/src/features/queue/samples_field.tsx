/// Which samples the slice holds: conditions as chips, or the whole as text; of a named slice they are only shown.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/button";
import { ConditionChips } from "@/components/conditions/condition_chips";
import { Tick } from "@/components/tick";
import { Verbatim } from "@/components/verbatim";
import { call, type Fault, type NamedSlice, type QueuePreview } from "@/ipc";
import { exchangeWords } from "@/lib/exchange";
import { conditionsOf, expressionText, OPERATOR_WORDS } from "@/lib/expression";
import { faultWords } from "@/lib/fault_words";
import { count, short } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import css from "./queue.module.css";
import { Row } from "./row";

export interface SamplesFieldProps {
  id: string;
  at: { dataset: string; snapshot: number };
  slice: NamedSlice | null;
  filter: string;
  onFilter(filter: string): void;
  onePerCluster: boolean;
  onOnePerCluster(one: boolean): void;
  /** What hands did to the slice before, in words. */
  byHand: string;
  preview: QueuePreview | null;
  /** What is wrong with the filter. */
  fault: Fault | null;
}

export function SamplesField({ id, at, slice, filter, onFilter, onePerCluster, onOnePerCluster, byHand, preview, fault }: SamplesFieldProps) {
  const { go } = useNavigation();
  const clusters = onePerCluster ? ", one from each cluster of near-duplicates" : "";
  return (
    <Row label="Samples">
      {slice ? <Shown filter={slice.filter} /> : <Made id={id} at={at} filter={filter} onFilter={onFilter} fault={fault} />}
      <p id={`${id}filter-note`} className={fault ? css.problem : css.note} aria-live="polite">
        {fault ? `${fault.column ? `Column ${fault.column}: ` : ""}${faultWords(fault)}` : preview ? <><button type="button" className="link" aria-label={`${count(preview.slice_samples)} samples to draw from: open the slice`} onClick={() => go("samples", { filter: slice?.filter ?? filter })}>{count(preview.slice_samples)} samples</button>{clusters}. {short(preview.slice_tokens)} tokens in the slice.</> : ""} {byHand}
      </p>
      <Tick ticked={onePerCluster} onChange={onOnePerCluster}>one from each cluster of near-duplicates</Tick>
    </Row>
  );
}

/** The conditions of a named slice: they are changed with it. */
function Shown({ filter }: { filter: string }) {
  const conditions = conditionsOf(filter);
  if (conditions === null) return <p className={`code ${css.shown}`} dir="ltr"><Verbatim>{filter}</Verbatim></p>;
  return (
    <ul className={css.shown} aria-label="Conditions of the slice">
      {conditions.map((one) => {
        const { field, operator } = exchangeWords(one.field, one.operator) ?? { field: one.field, operator: OPERATOR_WORDS[one.operator] };
        return <li key={`${one.field} ${one.operator} ${one.values.join()}`} className={css.condition}><Verbatim>{field}</Verbatim> <span className="t2">{operator}</span> <Verbatim>{one.values.join(", ")}</Verbatim></li>;
      })}
    </ul>
  );
}

function Made({ id, at, filter, onFilter, fault }: Pick<SamplesFieldProps, "id" | "at" | "filter" | "onFilter" | "fault">) {
  const { data: fields = [] } = useQuery({ queryKey: ["fields", at], queryFn: () => call("fields", at) });
  // Nothing yet: a field to write in. What came from a view stands as its conditions.
  const [text, setText] = useState(filter.trim() === "");
  const [open, setOpen] = useState<number | null>(null);
  const conditions = conditionsOf(filter);
  if (text || conditions === null) {
    return (
      <>
        <textarea
          id={`${id}filter`} aria-label="Samples" rows={2} spellCheck={false} dir="ltr"
          className={`${css.input} ${css.filter}`} value={filter} placeholder="all samples; or domain = 'law' and origin = 'unknown'"
          aria-invalid={fault !== null} aria-describedby={`${id}filter-note`}
          onChange={(event) => onFilter(event.target.value)}
        />
        <div className={css.beneath}><span className="gap" /><Button kind="plain" size="small" unavailable={conditions === null ? "this can only be shown as text" : undefined} onPress={() => setText(false)}>As conditions</Button></div>
      </>
    );
  }
  return (
    <div className={css.chips}>
      {conditions.length === 0 && <span className="t2">All samples.</span>}
      <ConditionChips fields={fields} conditions={conditions} open={open} onOpen={setOpen} onConditions={(next) => onFilter(expressionText(next))} />
      <span className="gap" />
      <Button kind="plain" size="small" onPress={() => setText(true)}>As text</Button>
    </div>
  );
}
