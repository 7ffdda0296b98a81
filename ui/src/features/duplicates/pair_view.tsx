/// One pair: where both stand, how alike they are, and the words that differ.
import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/button";
import { KeyCap } from "@/components/key_cap";
import { OriginLabel } from "@/components/origin_glyph";
import { Faulted, Loading } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { DiffSummary, WordDiff } from "@/components/word_diff";
import { call, type PairSide, type SamplePair } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { count, sentence } from "@/lib/format";
import css from "./duplicates.module.css";
import type { Judging } from "./judging";

export interface PairViewProps {
  pair: SamplePair;
  place: { at: number; of: number };
  judging: Judging;
  onClose(): void;
}

export function nameOf(side: Pick<PairSide, "source" | "path" | "line">): string {
  return `${side.source || side.path}, line ${count(side.line)}`;
}

export function PairView({ pair, place, judging, onClose }: PairViewProps) {
  const { a, b } = pair;
  const texts = useQuery({ queryKey: ["compare_texts", a.sample, b.sample], queryFn: () => call("compare_texts", { a: a.sample, b: b.sample }) });
  const same = a.digest === b.digest;
  const apart = judging.unavailable ?? (pair.judged ? "judged already" : same ? "both have one digest: they are the same text" : undefined);
  const notDuplicate = () => judging.ask({ act: "not_duplicate", a: a.digest, b: b.digest, names: [nameOf(a), nameOf(b)] });
  useCommands({ "duplicates.apart": { run: notDuplicate, unavailable: apart }, "duplicates.close": { run: onClose } });
  const state = pair.judged ? `judged no duplicates by ${pair.judged.by}: ${pair.judged.reason}` : pair.accepted ? "taken as duplicates" : "proposed and rejected: below both thresholds";
  return (
    <>
      <header className={css.clusterHead}>
        <h2>{sentence(pair.kind)} pair</h2>
        <span className={`small t2 ${css.clusterGloss}`}>Jaccard {pair.jaccard.toFixed(3)}, containment {pair.containment.toFixed(3)}; {state}</span>
        <span className="gap" />
        <span className="small t2 nowrap">{count(place.at)} of {count(place.of)} <KeyCap keys="J" /> <KeyCap keys="K" /></span>
        {pair.judged
          ? <Button size="small" onPress={() => judging.withdraw(pair.judged!.entry)} unavailable={judging.unavailable}>Take the judgement back</Button>
          : <Button size="small" keys="M" onPress={notDuplicate} unavailable={apart}>Not a duplicate</Button>}
        <Button size="small" onPress={onClose}>All pairs</Button>
      </header>
      {texts.isError ? <Faulted doing="Comparing the texts" cause={texts.error} onRetry={() => void texts.refetch()} />
        : !texts.data ? <div className={css.waiting}><Loading what="Comparing the texts…" /></div>
        : <><DiffSummary comparison={texts.data} /><WordDiff comparison={texts.data} first={<Side side={a} />} second={<Side side={b} />} /></>}
    </>
  );
}

function Side({ side }: { side: PairSide }) {
  return (
    <>
      <OriginLabel origin={side.origin}><b className={css.sideName}>{sentence(side.origin)}, {side.source || side.path}</b></OriginLabel>
      <span>{side.dataset} / {side.snapshot}, <Verbatim>{side.path}</Verbatim> line {count(side.line)}{side.representative ? ", the representative" : ""}</span>
    </>
  );
}
