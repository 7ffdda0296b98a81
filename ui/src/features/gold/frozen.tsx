/// Frozen gold sets and the exports that left, each with its purpose.
import { useState } from "react";
import { Button } from "@/components/button";
import { Visible } from "@/components/reading";
import { SectionHead } from "@/components/section_head";
import { Verbatim } from "@/components/verbatim";
import type { FrozenGold, GoldExportRow, GoldOverview } from "@/ipc";
import { count, counted, date, digestWords } from "@/lib/format";
import css from "./frozen.module.css";
import { ageWords, setName, sinceWords } from "./frozen_sets";
import { useGoldActs } from "./use_gold_acts";

export function Frozen({ gold }: { gold: GoldOverview }) {
  const acts = useGoldActs(gold);
  return (
    <div className={css.both}>
      <section className={css.sets}>
        <SectionHead title="Frozen sets" gloss={gold.ages ? `gold now: ${ageWords(gold.ages)}` : "each under a number, with the root over its members"}>
          <Button icon="lock" unavailable={acts.noFreeze} onPress={acts.freeze}>Freeze…</Button>
        </SectionHead>
        {gold.frozen.length === 0 && <p className="t2">Nothing is frozen yet. A frozen set keeps its number and its root whatever becomes of gold afterwards, so that a report can name the set it rests on.</p>}
        <ol>{gold.frozen.map((set) => <FrozenSet key={set.number} set={set} onExport={() => acts.exportSet(set.number)} noExport={acts.noExport} />)}</ol>
      </section>
      <section className={css.exports}>
        <SectionHead title="Exports" gloss="what for, on record before a byte left">
          <Button icon="export" unavailable={acts.noExport} onPress={() => acts.exportSet()}>Export…</Button>
        </SectionHead>
        {gold.exports.length === 0 ? <p className="t2">Nothing was exported.</p> : <ol>{gold.exports.map((row) => <Exported key={row.seq} row={row} />)}</ol>}
      </section>
    </div>
  );
}

function FrozenSet({ set, noExport, onExport }: { set: FrozenGold; noExport: string | undefined; onExport(): void }) {
  const since = sinceWords(set);
  return (
    <li className={css.set} aria-label={setName(set.number)}>
      <div className={css.line}>
        <h3>{setName(set.number)}</h3>
        <span>{counted(set.size, "member")}</span>
        <span className="t2">{since === "unchanged" ? "gold is unchanged since" : <>gold since: <span className="code">{since}</span></>}</span>
        <span className="gap" />
        <Button size="small" icon="export" label={`Export…: ${setName(set.number)}`} unavailable={noExport} onPress={onExport}>Export…</Button>
      </div>
      <p dir="auto"><Visible text={set.reason} /></p>
      <p className={css.facts}>
        <span>{date(set.at)} by <Verbatim>{set.by}</Verbatim>, #{count(set.seq)}</span>
        <Root root={set.root} />
      </p>
    </li>
  );
}

function Root({ root }: { root: string }) {
  const [told, setTold] = useState("");
  const copy = () => void navigator.clipboard.writeText(root).then(() => setTold("copied"), () => setTold("could not be copied"));
  return (
    <span className={css.root}>
      root <span className="code" title={root}>{digestWords(root)}</span>
      <button type="button" className="link" onClick={copy} aria-label={`Copy the root ${digestWords(root)}`}>copy</button>
      <span role="status">{told}</span>
    </span>
  );
}

function Exported({ row }: { row: GoldExportRow }) {
  return (
    <li className={css.export}>
      <p dir="auto"><Visible text={row.purpose} /></p>
      <p className={css.facts}><span>{setName(row.number)}, {counted(row.size, "sample")}</span><span>{date(row.at)} by <Verbatim>{row.by}</Verbatim>, #{count(row.seq)}</span></p>
    </li>
  );
}
