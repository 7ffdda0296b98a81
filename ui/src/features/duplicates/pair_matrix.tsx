/// Who copies whom: verified pairs by the origins of both.
import { Charted } from "@/components/charted";
import type { Origin, OriginPairs } from "@/ipc";
import { count } from "@/lib/format";
import { ORIGINS } from "@/lib/origin";
import css from "./duplicates.module.css";

/** Pairs of two origins, whichever was named first. */
export function pairsOf(pairs: readonly OriginPairs[], a: Origin, b: Origin): number {
  return pairs.filter((each) => (each.a === a && each.b === b) || (each.a === b && each.b === a)).reduce((sum, each) => sum + each.pairs, 0);
}

/** Grey step of a cell: none is 0, the smallest 1, the largest 6, by their logarithms between. */
export function greyStep(value: number, smallest: number, largest: number): number {
  if (value <= 0) return 0;
  return largest <= smallest ? 6 : 1 + Math.round((5 * Math.log(value / smallest)) / Math.log(largest / smallest));
}

export function PairMatrix({ pairs }: { pairs: readonly OriginPairs[] }) {
  const found = ORIGINS.flatMap((a) => ORIGINS.map((b) => pairsOf(pairs, a, b))).filter((value) => value > 0);
  const [smallest, largest] = [Math.min(...found), Math.max(...found)];
  return (
    <Charted
      title="Who copies whom" gloss="pairs, by origin"
      columns={[{ head: "origin" }, { head: "origin of the copy" }, { head: "pairs", numeric: true }]}
      rows={ORIGINS.flatMap((a, row) => ORIGINS.slice(row).map((b) => [a, b, pairsOf(pairs, a, b)]))}
    >
      <table className={css.matrix}>
        <caption className="unseen">Verified near-duplicate pairs by the origins of both samples</caption>
        <thead>
          <tr><th scope="col"><span className="unseen">origin</span></th>{ORIGINS.map((origin) => <th key={origin} scope="col" className="num">{origin}</th>)}</tr>
        </thead>
        <tbody>
          {ORIGINS.map((a, row) => (
            <tr key={a}>
              <th scope="row">{a}</th>
              {ORIGINS.map((b, column) => {
                if (column < row) return <td key={b}><span className="unseen">see {b}, {a}</span></td>;
                const value = pairsOf(pairs, a, b);
                return <td key={b} className={css.pair} data-step={greyStep(value, smallest, largest)}>{value === 0 ? <span className="t3">none</span> : count(value)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Charted>
  );
}
