/// The figures at the head: each opens the samples, pairs or passages behind it.
import type { ReactNode } from "react";
import type { Duplication } from "@/ipc";
import { count, percent } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import css from "./duplicates.module.css";
import { closed, type PairQuery, stateOf } from "./pair_query";

export function Summary({ duplication }: { duplication: Duplication }) {
  const { go, keep } = useNavigation();
  const { near, exact, normalised, passages } = duplication;
  const samples = (filter: string) => () => go("samples", { filter });
  const pairs = (query: PairQuery) => () => keep(stateOf(query));
  const list = (unit: string) => () => keep({ ...closed(), show: "passages", unit });
  return (
    <p className={`small t2 ${css.summary}`}>
      <Figure name="Near" short="near" value={near.redundant} onOpen={samples("redundant is not null")}>{percent(near.rate)}</Figure>
      <Figure name="Same after normalising" short="normalised" value={normalised.redundant} onOpen={samples("redundant in ('exact', 'normalised')")}>{percent(normalised.rate)}</Figure>
      <Figure name="Exact" short="exact" value={exact.redundant} onOpen={samples("redundant = 'exact'")}>{percent(exact.rate)}</Figure>
      <Figure name="Pairs verified" short="pairs verified" value={near.verified_pairs} onOpen={pairs({ kind: "near", accepted: true })} />
      <Figure name="Pairs rejected" short="rejected" value={near.rejected_pairs} onOpen={pairs({ accepted: false })} />
      {near.judged_apart > 0 && <Figure name="Judged apart" short="judged apart" value={near.judged_apart} onOpen={pairs({ judged: true })} />}
      <Figure name="Recurring paragraphs" short="paragraphs recur" value={passages.paragraph.recurring} onOpen={list("paragraph")} />
      <Figure name="Runs of sentences" short="sentence runs" value={passages.sentence.recurring} onOpen={list("sentence")} />
      <button type="button" className="link" onClick={() => keep({ ...closed(), show: "judgements" })}>Judgements and settings</button>
    </p>
  );
}

function Figure({ name, short, value, onOpen, children }: { name: string; short: string; value: number; onOpen(): void; children?: ReactNode }) {
  return (
    <span>
      {value === 0 ? "no" : <button type="button" className="link" onClick={onOpen} aria-label={`${name}: ${count(value)}, open them`}>{count(value)}</button>} <span title={name}>{short}</span>
      {children && value > 0 && <>, {children}</>}
    </span>
  );
}
