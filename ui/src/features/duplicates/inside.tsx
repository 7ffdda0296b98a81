/// Repetition inside single samples: how many are above Gopher's limits, and which.
import { Charted } from "@/components/charted";
import type { InsideRepetition } from "@/ipc";
import { count, percent } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import css from "./duplicates.module.css";
import { measureWords } from "./pair_query";

export function Inside({ measures }: { measures: readonly InsideRepetition[] }) {
  const { go } = useNavigation();
  if (measures.length === 0) return <section aria-label="Repetition inside samples"><h2>Repetition inside samples</h2><p className="small t2">Not measured when this snapshot was indexed; index it again.</p></section>;
  return (
    <Charted
      title="Repetition inside samples" gloss="limits of Gopher"
      columns={[{ head: "measure" }, { head: "limit", numeric: true, format: (value) => value.toFixed(2) }, { head: "samples above", numeric: true }, { head: "share", numeric: true, format: percent }, { head: "mean", numeric: true, format: (value) => value.toFixed(4) }]}
      rows={measures.map((each) => [measureWords(each.measure), each.limit, each.above, each.share, each.mean])}
    >
      <table className={css.inside}>
        <caption className="unseen">Samples that repeat themselves beyond the limits of Gopher (Rae et al. 2021, table A1)</caption>
        <thead><tr><th scope="col">measure</th><th scope="col" className="num">limit</th><th scope="col" className="num">above</th><th scope="col" className="num">mean</th><th scope="col" className="num">worst</th></tr></thead>
        <tbody>
          {measures.map((each) => {
            const worst = each.worst[0];
            return (
              <tr key={each.measure}>
                <th scope="row">{measureWords(each.measure)}</th>
                <td className="num t2">{each.limit.toFixed(2)}</td>
                <td className="num">{each.above === 0 ? <span className="t3">none</span> : <button type="button" className="link" onClick={() => go("samples", { filter: `${each.measure} > ${each.limit}` })} aria-label={`${count(each.above)} samples above ${each.limit}, ${measureWords(each.measure)}: open them`}>{count(each.above)}</button>}</td>
                <td className="num t2">{each.mean.toFixed(3)}</td>
                <td className="num">{worst ? <button type="button" className="link" onClick={() => go("samples", { filter: `digest in (${each.worst.map((one) => `'${one.digest}'`).join(", ")})` })} aria-label={`The ${each.worst.length} worst, up to ${worst.value.toFixed(2)}: open them`}>{worst.value.toFixed(2)}</button> : ""}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Charted>
  );
}
