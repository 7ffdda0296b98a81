/// One gate: what was measured against what, what is behind it, and where the contract asks for it.
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { Visible } from "@/components/reading";
import { SectionHead } from "@/components/section_head";
import { Verbatim } from "@/components/verbatim";
import type { ChosenContract, GateRow, Person } from "@/ipc";
import { both, equals } from "@/lib/expression";
import { count, date } from "@/lib/format";
import { gateFigure, gateName, gateSentence, intervalWords, type Standing, standing } from "@/lib/gates";
import { useNavigation } from "@/lib/place";
import { Behind } from "./behind";
import { ContractText } from "./contract_text";
import css from "./gates.module.css";
import { whyNotWaive } from "./waiver";

/** Classes that are listed; Rust sends at most a hundred, and the count is beside them. */
const CLASSES = 60;

const STANDS: Record<Standing, string> = { fails: "Fails", waived: "Fails, waived", passes: "Passes", watched: "Watched" };

function Classes({ gate }: { gate: GateRow }) {
  const { go } = useNavigation();
  const shown = gate.classes.slice(0, CLASSES);
  const rest = Math.max(gate.offending, gate.classes.length) - shown.length;
  return (
    <div className={css.classes}>
      <h3>{gate.id === "floor" ? "Below the floor" : "Missing"} <span>rarest first</span></h3>
      <ul>{shown.map((name) => <li key={name}>{gate.id === "floor" ? <button type="button" className="link" aria-label={`${name}: open its samples`} onClick={() => go("samples", { filter: both(gate.slice, equals(gate.about, name)) })}><Verbatim>{name}</Verbatim></button> : <Verbatim>{name}</Verbatim>}</li>)}</ul>
      {rest > 0 && <p className="small t2">and {count(rest)} more</p>}
    </div>
  );
}

export interface GateDetailProps {
  gate: GateRow;
  contract: ChosenContract;
  person: Person | null;
  /** The focus comes back from the panel in which a waiver was written. */
  focus: boolean;
  onWaive(): void;
}

export function GateDetail({ gate, contract, person, focus, onWaive }: GateDetailProps) {
  const { go } = useNavigation();
  const stands = standing(gate);
  const unavailable = whyNotWaive(gate, person);
  const red = stands === "fails" || stands === "waived";
  return (
    <section className={css.panel} aria-label={`Gate ${gateName(gate)}`}>
      <div className={css.panelHead}>
        <h2><Verbatim>{gateName(gate)}</Verbatim></h2>
        <span className={red ? css.redWord : css.quietWord}><Icon name={red ? "cross" : gate.passed ? "check" : "minus"} />{STANDS[stands]}</span>
      </div>
      <div className={css.panelBody}>
        <div className={css.part}>
          <p>{gateSentence(gate)} {gate.interval && gate.measured !== null ? `95\u202f% interval ${intervalWords(gate.interval, gate.unit)}.` : gate.measured === null ? "" : "The figure is exact."}</p>
          <dl className={css.facts}>
            <div><dt>Where</dt><dd>{gate.slice ? <code><Visible text={gate.slice} /></code> : "the whole snapshot"}</dd></div>
            {gate.offending > 0 && <div><dt>Behind it</dt><dd><Behind gate={gate} /></dd></div>}
            {gate.made_of !== null && <div><dt>Measured on</dt><dd><button type="button" className="link" onClick={() => go("samples", { filter: gate.made_of! })}>the samples that hold these tokens</button></dd></div>}
            {gate.note && <div><dt>Note</dt><dd dir="auto"><Visible text={gate.note} /></dd></div>}
            {gate.waived && <div><dt>Waived</dt><dd><Verbatim>{gate.waived.by}</Verbatim>, until {date(gate.waived.until)}, while it is no worse than {gateFigure(gate.waived.not_worse_than, gate.unit)}: <span dir="auto"><Visible text={gate.waived.reason} /></span></dd></div>}
          </dl>
          {gate.classes.length > 0 && <Classes gate={gate} />}
        </div>
        <div className={css.contract}>
          <SectionHead title="In the contract" gloss={<><Verbatim>{contract.name}</Verbatim>, line {gate.line}</>} />
          <ContractText text={contract.text} line={gate.line} />
        </div>
      </div>
      <div className={css.foot}>
        <Button unavailable={unavailable} autoFocus={focus} keys="W" onPress={onWaive}>{gate.waived ? "Waive anew…" : "Waive…"}</Button>
        {unavailable && <span className="small t2">Not possible: {unavailable}.</span>}
      </div>
    </section>
  );
}
