/// Duplication: redundant samples by how alike they are, and clusters by size.
import { Charted } from "@/components/charted";
import { DoublingHistogram } from "@/components/doubling_histogram";
import type { Report } from "@/ipc";
import { count, counted, percent, points } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import css from "./overview.module.css";

const binWords = (from: number, to: number) => `${from === to ? count(from) : `${count(from)} to ${count(to)}`} copies`;

export function Duplication({ report, previous }: { report: Report; previous: Report | null }) {
  const { go } = useNavigation();
  const { exact, normalised, near } = report.duplication;
  const before = previous?.duplication;
  // Each level holds the stronger ones: a redundant sample has the strongest level at which it is one.
  const rows = [
    { name: "Exact", of: exact, was: before?.exact.rate, filter: "redundant = 'exact'" },
    { name: "Same after normalising", of: normalised, was: before?.normalised.rate, filter: "redundant in ('exact', 'normalised')" },
    { name: `Near, Jaccard ≥ ${near.threshold}`, of: near, was: before?.near.rate, filter: "redundant is not null" },
  ];
  const changed = before && rows.some((row) => points(row.of.rate - (row.was ?? 0)) !== null);
  const most = Math.max(0.01, ...rows.map((row) => row.of.rate));
  return (
    <Charted
      title="Duplication"
      columns={[{ head: "copies" }, { head: "share", numeric: true, format: percent }, { head: "redundant", numeric: true }, { head: "clusters", numeric: true }]}
      rows={[...rows.map((row) => [row.name, row.of.rate, row.of.redundant, null]), ...near.histogram.map((bin) => [`near, ${binWords(bin.from, bin.to)}`, null, bin.samples - bin.clusters, bin.clusters])]}
    >
      <table className={css.bars} aria-label="Redundant samples">
        <tbody>
          {rows.map((row) => {
            const change = row.was === undefined ? null : points(row.of.rate - row.was);
            return (
              <tr key={row.name}>
                <th scope="row">{row.name}</th>
                <td className={css.barCell}><svg width="100%" height="9" aria-hidden="true"><rect width={`${(row.of.rate / most) * 100}%`} height="9" fill="var(--chart-bar)" /></svg></td>
                <td className="num strong">{row.of.redundant > 0 ? <button type="button" className="link" aria-label={`${row.name}: ${percent(row.of.rate)} of the samples, open them`} onClick={() => go("samples", { filter: row.filter })}>{percent(row.of.rate)}</button> : percent(row.of.rate)}</td>
                <td className="num t2">{row.of.redundant > 0 ? <button type="button" className="link" aria-label={`${row.name}: ${counted(row.of.redundant, "redundant sample")}, open them`} onClick={() => go("samples", { filter: row.filter })}>{count(row.of.redundant)}</button> : "0"}</td>
                {changed && <td className="num t2">{change ?? "as before"}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
      {near.histogram.length > 0 ? (
        <>
          <p className={`small t2 ${css.caption}`}><button type="button" className="link" onClick={() => go("duplicates", {})}>{counted(near.clusters, "cluster")}</button> by number of copies, log scale</p>
          <DoublingHistogram bins={near.histogram} height={56} onChoose={(bin) => go("duplicates", { from: String(bin.from), to: String(bin.to) })} />
        </>
      ) : <p className={`small t2 ${css.caption}`}>No near-duplicates were found at Jaccard {near.threshold} or more of 5-token shingles.</p>}
    </Charted>
  );
}
