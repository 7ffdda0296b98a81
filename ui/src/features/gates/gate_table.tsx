/// Every gate on one axis, failing ones first; one row may be chosen.
import { Fragment } from "react";
import { Icon } from "@/components/icon";
import { Verbatim } from "@/components/verbatim";
import type { GateRow } from "@/ipc";
import { count, date } from "@/lib/format";
import { byConsequence, gateKey, gateName, gateSentence, intervalWords, limitWords, measuredAndLimit, type Standing, standing } from "@/lib/gates";
import { Behind } from "./behind";
import { Gauge, GaugeHead } from "./gauge";
import css from "./gates.module.css";

const HEADS: Record<Standing, [name: string, gloss: string]> = {
  fails: ["Fails", ""],
  waived: ["Fails, waived", "still fails; the waiver ends on its last day, or when it gets worse"],
  passes: ["Passes", ""],
  watched: ["Watched", "measured and shown; cannot fail"],
};

/** Cross, check or nothing, and the word for whoever cannot see it. */
function Mark({ gate }: { gate: GateRow }) {
  const stands = standing(gate);
  if (stands === "watched") return gate.passed ? <><Icon name="check" /><span className="unseen">inside, watched:</span></> : <><Icon name="minus" /><span className="unseen">outside, watched:</span></>;
  return stands === "passes" ? <><Icon name="check" /><span className="unseen">passes:</span></> : <><Icon name="cross" /><span className="unseen">{stands === "waived" ? "fails, waived:" : "fails:"}</span></>;
}

function Row({ gate, chosen, writing, onChoose }: { gate: GateRow; chosen: boolean; writing: boolean; onChoose(): void }) {
  const { measured } = measuredAndLimit(gate);
  const stands = standing(gate);
  const red = stands === "fails" || stands === "waived";
  return (
    <tr className={red ? css.fails : undefined} aria-current={chosen ? "true" : undefined} onClick={onChoose}>
      <th scope="row">
        <button type="button" className={css.gate} onClick={onChoose} title={`${gateName(gate)}${gate.slice ? `, where ${gate.slice}` : ""}`}>
          <Mark gate={gate} /><span className={css.named}><span className={css.name}><Verbatim>{gateName(gate)}</Verbatim></span>{gate.slice && <span className={css.slice}><Verbatim>{gate.slice}</Verbatim></span>}</span>
        </button>
      </th>
      <td className={`num ${css.measured}`}>{measured}</td>
      <td className="num t2">{limitWords(gate)}</td>
      <td className={`num t2 ${css.interval}`}>{gate.measured === null ? "–" : gate.interval ? intervalWords(gate.interval, gate.unit) : "exact"}</td>
      <td className={css.gauge}><Gauge gate={gate} words={gateSentence(gate)} /></td>
      <td><Behind gate={gate} /></td>
      <td className={css.waiver}>{writing ? <b>writing</b> : gate.waived ? <span className="t2" title={`until ${date(gate.waived.until)}`}>until {date(gate.waived.until).replace(/ \d{4}$/, "")}</span> : red ? <span className="t2">not waived</span> : null}</td>
    </tr>
  );
}

export interface GateTableProps {
  gates: readonly GateRow[];
  chosen: string | undefined;
  /** A waiver of the chosen gate is being written. */
  writing: boolean;
  onChoose(key: string): void;
}

export function GateTable({ gates, chosen, writing, onChoose }: GateTableProps) {
  const ordered = byConsequence(gates);
  return (
    <table className={css.table} aria-label="Gates">
      <thead>
        <tr><th scope="col">gate</th><th scope="col" className={`num ${css.measuredHead}`}>measured</th><th scope="col" className={`num ${css.limitHead}`}>limit</th><th scope="col" className={`num ${css.intervalHead}`}>95{"\u202f"}% interval</th><th scope="col" className={css.gaugeHead}><span className="unseen">measured against the limit</span><GaugeHead /></th><th scope="col" className={css.behindHead}>behind it</th><th scope="col" className={css.waiverHead}>waiver</th></tr>
      </thead>
      <tbody>
        {(Object.keys(HEADS) as Standing[]).map((stands) => {
          const rows = ordered.filter((gate) => standing(gate) === stands);
          if (rows.length === 0) return null;
          const [name, gloss] = HEADS[stands];
          return (
            <Fragment key={stands}>
              <tr className={css.group}><th colSpan={5} scope="colgroup"><b>{name}</b> <span>{[count(rows.length), gloss].filter(Boolean).join("; ")}</span></th><td className={css.interval} /><td className={css.waiver} /></tr>
              {rows.map((gate) => <Row key={gateKey(gate)} gate={gate} chosen={gateKey(gate) === chosen} writing={writing && gateKey(gate) === chosen} onChoose={() => onChoose(gateKey(gate))} />)}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}
