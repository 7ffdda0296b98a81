/// What each source would lose if redundant samples went: no removal wipes one out unseen.
import { Charted } from "@/components/charted";
import { Icon } from "@/components/icon";
import { Verbatim } from "@/components/verbatim";
import type { SourceRemoval } from "@/ipc";
import { count, percent } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import css from "./duplicates.module.css";

const DRAWN = 6;

/** The redundant samples of a source. */
export function redundantOf(source: string): string {
  return source === "" ? "source is null and redundant is not null" : `source = '${source.replaceAll("'", "''")}' and redundant is not null`;
}

export function SourceRemovalChart({ removal, limit }: { removal: readonly SourceRemoval[]; limit: number }) {
  const { go } = useNavigation();
  if (removal.length === 0) return null;
  const warned = removal.filter((row) => row.warned).length;
  return (
    <Charted
      title="Loss by source" gloss={`warned above ${percent(limit, 0)}`}
      columns={[{ head: "source" }, { head: "samples", numeric: true }, { head: "redundant", numeric: true }, { head: "share", numeric: true, format: percent }, { head: "warned" }]}
      rows={removal.map((row) => [row.source || "no source", row.samples, row.redundant, row.share, row.warned ? "yes" : ""])}
    >
      <ul className={css.losses}>
        {removal.slice(0, DRAWN).map((row) => (
          <li key={row.source} data-warned={row.warned || undefined}>
            <Verbatim className={css.lossName} title={row.source}>{row.source || "no source"}</Verbatim>
            <span className={css.track} aria-hidden="true"><span style={{ width: `${row.share * 100}%` }} /><i style={{ insetInlineStart: `${limit * 100}%` }} /></span>
            <button type="button" className="link" onClick={() => go("samples", { filter: redundantOf(row.source) })} aria-label={`${row.source || "no source"} would lose ${percent(row.share)}, ${count(row.redundant)} of ${count(row.samples)} samples: open them`}>{percent(row.share)}</button>
            {row.warned ? <span className={css.warned}><Icon name="warning" /><span className="unseen">more than the limit</span></span> : <span />}
          </li>
        ))}
      </ul>
      {warned > 0 && <p className="small t2">{warned === 1 ? "One source" : `${count(warned)} sources`} would lose more than {percent(limit, 0)} of {warned === 1 ? "its" : "their"} samples.</p>}
    </Charted>
  );
}
