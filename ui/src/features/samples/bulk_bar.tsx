/// Below the result: what is selected and what may be done with it, or what was done last and the way back.
import { Button } from "@/components/button";
import { asFault } from "@/ipc";
import { faultWords } from "@/lib/fault_words";
import { count } from "@/lib/format";
import css from "./bulk.module.css";
import { ACTS, doneWords, whyNot } from "./bulk_words";
import type { Bulk } from "./use_bulk";

export function BulkBar({ bulk }: { bulk: Bulk }) {
  const { words, problem, person, done, turning } = bulk;
  if (words === null && done === null && bulk.told === null) return null;
  return (
    <div className={css.bar} role="region" aria-label="Selected samples">
      <span role="status">
        {words !== null ? <b>{words}</b> : done && (done.undone ? <>Saved #{count(done.seq)}: taken back.</> : <>Saved #{count(done.seq)}: {doneWords(done.request.act, done.request.word, done.saved.samples)}.</>)}
      </span>
      {bulk.told !== null && <span className="t2" role="alert">{bulk.told}</span>}
      {turning.isError && <span className={css.wrong} role="alert">Not saved: {faultWords(asFault(turning.error, "Saving"))}</span>}
      <span className="gap" />
      {words !== null ? (
        <>
          {ACTS.map((act) => <Button key={act.kind} size="small" keys={act.keys} label={`${act.verb} the selected…`} unavailable={whyNot(act.kind, person) ?? problem} onPress={() => bulk.begin(act.kind)}>{act.verb}…</Button>)}
          <Button size="small" keys="Q" label="Make a queue of the selected…" unavailable={problem} onPress={bulk.queue}>Queue…</Button>
          <Button size="small" kind="plain" icon="cross" label="Select nothing" onPress={bulk.clear} />
        </>
      ) : done && (
        <Button size="small" keys={done.undone ? "Ctrl Shift Z" : "Ctrl Z"} unavailable={turning.isPending ? "being saved" : undefined} onPress={done.undone ? bulk.redo : bulk.undo}>{done.undone ? "Do it again" : "Undo"}</Button>
      )}
    </div>
  );
}
