/// What became of the samples: left out, kept and added, each by origin.
import { Charted } from "@/components/charted";
import { OriginBar } from "@/components/origin_bar";
import { OriginLabel } from "@/components/origin_glyph";
import type { OriginCounts, SnapshotComparison } from "@/ipc";
import { count, counted, percent } from "@/lib/format";
import { ORIGINS, sum } from "@/lib/origin";
import css from "./compare.module.css";
import { type Side, sideName } from "./sides";

const share = (of: OriginCounts, part: number) => percent(part / Math.max(1, sum(of)), 0);

/** What the additions are made of, against what was there: the sentence that the bars show. */
export function additionWords(added: OriginCounts, before: OriginCounts): string {
  if (sum(added) === 0) return "Nothing was added.";
  const [now, was] = [added, before].map((of) => [share(of, of.machine), share(of, of.human)]);
  return `Of what was added, ${now![0]} is machine text and ${now![1]} is human. Of what was there, ${was![0]} and ${was![1]}.`;
}

export function Flow({ compared, a, b }: { compared: SnapshotComparison; a: Side; b: Side }) {
  const { kept, added, left_out: leftOut, relabelled } = compared;
  const across = a.dataset !== b.dataset;
  const before = Object.fromEntries(ORIGINS.map((origin) => [origin, kept[origin] + leftOut[origin]])) as unknown as OriginCounts;
  const rows = [
    { name: across ? `Only in ${sideName(a, true)}` : "Left out", of: leftOut },
    { name: across ? "In both" : "Kept", of: kept },
    { name: across ? `Only in ${sideName(b, true)}` : "Added", of: added },
  ];
  return (
    <div className={css.region}>
      <Charted
        title="What changed" gloss="origin of samples, each bar whole"
        columns={[{ head: "samples" }, ...ORIGINS.map((origin) => ({ head: origin, numeric: true })), { head: "all", numeric: true }]}
        rows={rows.map((row) => [row.name, ...ORIGINS.map((origin) => row.of[origin]), sum(row.of)])}
      >
        <div className={css.legend}>{ORIGINS.map((origin) => <OriginLabel key={origin} origin={origin} />)}</div>
        {rows.map((row) => (
          <div key={row.name} className={css.flow}>
            <p><span><bdi>{row.name}</bdi></span><b>{counted(sum(row.of), "sample")}</b></p>
            {sum(row.of) > 0 ? <OriginBar values={row.of} height={18} label={row.name} /> : <div className={css.emptyBar} />}
          </div>
        ))}
        {!across && <p className={css.prose}>{additionWords(added, before)}</p>}
        {relabelled > 0 && <p className="small t2">Of those {across ? "in both" : "kept"}, {count(relabelled)} {relabelled === 1 ? "has" : "have"} another origin {across ? "in the second" : "now"}.</p>}
      </Charted>
    </div>
  );
}
