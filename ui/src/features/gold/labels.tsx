/// Label noise: declared labels held against reviewers' labels, and against those of duplicates.
import { RateRow, rateWords } from "@/components/rate";
import { Visible } from "@/components/reading";
import { Select } from "@/components/select";
import { Empty } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { Working } from "@/components/working";
import { call, type LabelNoise } from "@/ipc";
import { count, counted, words } from "@/lib/format";
import { useNavigation, usePlaceState } from "@/lib/place";
import { useSnapshot } from "@/lib/session";
import { useAnswer } from "@/lib/use_answer";
import css from "./audit.module.css";

export function Labels() {
  const at = useSnapshot();
  const [dimension, choose] = usePlaceState("dimension");
  const audit = useAnswer({ key: ["label_noise", at?.dataset, at?.snapshot, dimension], ask: () => call("label_noise", { dataset: at!.dataset, snapshot: at!.snapshot, dimension: dimension ?? null }), enabled: at !== null });
  if (!at) return <Empty title="Nothing indexed yet">Declared labels of a snapshot are held against reviewers’ labels.</Empty>;
  if (!audit.answer) return <Working of={audit} what="Holding labels against answers and duplicates…" doing="Holding labels against answers and duplicates" />;
  const noise = audit.answer;
  if (noise.dimension === "") return <Empty title="No dimension holds labels">Map the field with the declared labels as a dimension, then index again.</Empty>;
  return (
    <>
      <section className={css.section} aria-label="Against reviewers">
        <div className={css.heading}>
          <h2>Against reviewers</h2>
          <Select label="Dimension with the declared labels" unlabelled value={noise.dimension} options={noise.dimensions.map((name) => ({ value: name, label: words(name) }))} onChange={choose} />
        </div>
        <Reviewers noise={noise} />
      </section>
      <section className={css.section} aria-label="Against duplicates">
        <h2>Against duplicates</h2>
        <Duplicates noise={noise} />
      </section>
    </>
  );
}

function Reviewers({ noise }: { noise: LabelNoise }) {
  const { go } = useNavigation();
  if (noise.audited === 0) return <p className="small t2">Nobody has given a label that is a class of {words(noise.dimension)}. Draw a queue with a rubric whose labels are its classes.{noise.contradictory > 0 && ` The reviewers of ${counted(noise.contradictory, "sample")} have no label in common.`}</p>;
  return (
    <>
      <p>{counted(noise.disagreeing, "sample")} of {count(noise.audited)} with a reviewer’s label declare another one.{noise.filter !== null && <> <button type="button" className="link" onClick={() => go("samples", { filter: noise.filter! })}>Open them</button> <button type="button" className="link" onClick={() => go("queue", { filter: noise.filter! })}>make a queue</button></>}</p>
      {noise.rate ? <table className={css.rates} aria-label="Estimated rate of wrong labels"><tbody><RateRow label="wrong labels, from random draws" rate={noise.rate} absent="" /></tbody></table> : <p className="small t2">No rate is estimated: none of these samples comes from a random draw.</p>}
      <p className="small t2">{noise.rate ? `${rateWords(noise.rate)}, 95\u00a0% Wilson. ` : ""}{noise.contradictory > 0 ? `${counted(noise.contradictory, "sample")} left out: reviewers have no label in common.` : "Of several reviewers, labels count that all of them gave."}</p>
      {noise.disagreements.length > 0 && (
        <table className={css.list} aria-label="Samples whose declared label reviewers did not give">
          <thead><tr><th scope="col">sample</th><th scope="col">declared</th><th scope="col">reviewers</th><th scope="col">drawn</th></tr></thead>
          <tbody>{noise.disagreements.map((row) => (
            <tr key={row.digest}>
              <td className={css.text}><button type="button" className="link" dir="auto" onClick={() => go("samples", { filter: `digest = '${row.digest}'` })}><Visible text={row.preview} /></button></td>
              <td><Verbatim>{row.declared.join(", ")}</Verbatim></td>
              <td><Verbatim>{row.given.join(", ")}</Verbatim></td>
              <td className="t2">{row.drawn ? "at random" : "chosen"}</td>
            </tr>
          ))}</tbody>
        </table>
      )}
    </>
  );
}

function Duplicates({ noise }: { noise: LabelNoise }) {
  const { go } = useNavigation();
  if (noise.pairs === 0) return <p className="small t2">No two duplicates both have a label.</p>;
  return (
    <>
      <p>{counted(noise.pairs_apart, "pair")} of {count(noise.pairs)} carry different labels, {counted(noise.samples_apart, "sample")} in all.{noise.apart_filter !== null && <> <button type="button" className="link" onClick={() => go("samples", { filter: noise.apart_filter! })}>Open them</button> <button type="button" className="link" onClick={() => go("queue", { filter: noise.apart_filter! })}>make a queue</button></>}</p>
      <p className="small t2">Exact. No interval: pairs share their samples and are no independent draws. Which of the two labels is wrong is not said.</p>
      {noise.apart.length > 0 && (
        <table className={css.list} aria-label="Duplicates with different labels">
          <thead><tr><th scope="col">text</th><th scope="col">alike</th><th scope="col">one says</th><th scope="col">the other</th></tr></thead>
          <tbody>{noise.apart.map((pair) => (
            <tr key={`${pair.a} ${pair.b}`}>
              <td className={css.text}><button type="button" className="link" dir="auto" onClick={() => go("samples", { filter: pair.filter })}><Visible text={pair.preview} /></button></td>
              <td>{pair.kind}{pair.kind === "near" && ` ${pair.jaccard.toFixed(2)}`}</td>
              <td><Verbatim>{pair.label_a.join(", ")}</Verbatim></td>
              <td><Verbatim>{pair.label_b.join(", ")}</Verbatim></td>
            </tr>
          ))}</tbody>
        </table>
      )}
    </>
  );
}
