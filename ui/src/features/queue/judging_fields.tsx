/// Who judges each sample, in which order the samples come, and when enough was read.
import { Radio, RadioGroup } from "react-aria-components";
import radio from "@/components/radio.module.css";
import { Segmented } from "@/components/segmented";
import { Tick } from "@/components/tick";
import type { NamedSlice } from "@/ipc";
import { decidedWords } from "./claim";
import { ORDERS, orderOf, type QueueForm, REVIEWERS, type Stop } from "./form";
import { narrowerProblem, stopUnavailable } from "./problems";
import css from "./queue.module.css";
import { Row } from "./row";

export interface PartProps {
  form: QueueForm;
  onChange(change: Partial<QueueForm>): void;
}

export function OrderField({ form, onChange }: PartProps) {
  return (
    <Row label="Order">
      <RadioGroup aria-label="Order" className={css.orders!} value={form.order} onChange={(order) => onChange({ order: orderOf(order) })}>
        {ORDERS.map((order) => (
          <Radio key={order.value} value={order.value} className={`${radio.radio!} ${css.order}`}>
            <b>{order.name}</b><span className="gap" />{order.value === "random" ? "feeds estimates" : "no estimate"}
          </Radio>
        ))}
      </RadioGroup>
      <p className={css.note}>{ORDERS.find((order) => order.value === form.order)?.means}</p>
    </Row>
  );
}

/** `form` is what it comes to: a high-stakes slice has two reviewers at least, blind. */
export function ReviewersField({ form, onChange, slice }: PartProps & { slice: NamedSlice | null }) {
  const high = slice?.tier === "high_stakes";
  const offered = REVIEWERS.filter((number) => !high || number >= 2);
  return (
    <Row label="Reviewers">
      <div className={css.inline}>
        <Segmented label="Reviewers for each sample" value={String(form.reviewers)} onChange={(next) => onChange({ reviewers: Number(next) })} options={offered.map((number) => ({ value: String(number), label: String(number) }))} />
        <span>for each sample</span>
        <Tick ticked={form.blind} disabled={high} onChange={(blind) => onChange({ blind })}>{form.reviewers === 1 ? "blind to others’ answers" : "blind to each other"}</Tick>
      </div>
      {high && <p className={css.note}>A high-stakes slice: two or more, blind to each other.</p>}
    </Row>
  );
}

/** `form` is what it comes to. */
export function StopField({ form, onChange, size, id }: PartProps & { size: number; id: string }) {
  const problem = narrowerProblem(form);
  const option = (value: Stop, name: string, means: string) => {
    const why = stopUnavailable(value, form);
    return <Radio value={value} isDisabled={why !== undefined} className={`${radio.radio!} ${why ? css.off : ""}`}><span><b>{name}</b>{why ?? means}</span></Radio>;
  };
  return (
    <Row label="Stop">
      <RadioGroup aria-label="Stop" className={css.orders!} value={form.stop} onChange={(stop) => onChange({ stop: stop as Stop })}>
        {option("all", "When all are read", "")}
        {option("decided", "When the claim is decided", form.claim ? decidedWords(form.claim, size) : "")}
        {option("narrow", "When the interval is narrow", "narrower than a width you choose")}
      </RadioGroup>
      {form.stop === "narrow" && (
        <div className={css.inline}>
          <label htmlFor={`${id}narrower`}>Narrower than</label>
          <input id={`${id}narrower`} className={`${css.input} ${css.percent}`} inputMode="decimal" value={form.narrower} aria-invalid={problem !== undefined} onChange={(event) => onChange({ narrower: event.target.value })} />
          <span className={problem ? css.problem : "t2"}>%{problem && `: ${problem}`}</span>
        </div>
      )}
      <p className={css.note}>{form.stop === "all" ? "" : "The screen then says that enough was read; reading on is never refused."}</p>
    </Row>
  );
}
