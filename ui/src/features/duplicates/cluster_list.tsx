/// Clusters, largest first; each opens beside its representative.
import { Button } from "@/components/button";
import { OriginBar } from "@/components/origin_bar";
import { Visible } from "@/components/reading";
import { SectionHead } from "@/components/section_head";
import type { ClusterRow, SizeBin } from "@/ipc";
import { count, counted } from "@/lib/format";
import { byOrigin } from "@/lib/origin";
import css from "./duplicates.module.css";
import { binName } from "./size_bins";

export interface ClusterListProps {
  rows: readonly ClusterRow[];
  total: number;
  bin: SizeBin | null;
  onAll(): void;
  onChoose(cluster: number): void;
  more: (() => void) | null;
}

export function ClusterList({ rows, total, bin, onAll, onChoose, more }: ClusterListProps) {
  return (
    <>
      <div className={css.listHead}>
        <SectionHead title={bin ? `Clusters of ${binName(bin)} samples` : "Clusters"} gloss={`${counted(total, "cluster")}, largest first`}>
          {bin && <Button size="small" onPress={onAll}>All sizes</Button>}
        </SectionHead>
      </div>
      <div className={css.scroll}>
        <table className={css.clusters}>
          <thead><tr><th scope="col" className={`num ${css.size}`}>samples</th><th scope="col">representative</th><th scope="col" className={css.origins}>origin</th><th scope="col" className={`num ${css.lowest}`}>lowest Jaccard</th></tr></thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.cluster} onClick={() => onChoose(row.cluster)}>
                <td className="num">{count(row.size)}</td>
                <td className={css.text}><button type="button" dir="auto" onClick={() => onChoose(row.cluster)}><Visible text={row.text || "no text"} /></button></td>
                <td><OriginBar values={byOrigin(row.by_origin)} height={8} label="Origin of its samples" /></td>
                <td className="num">{row.lowest_jaccard.toFixed(2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {more && <p className={css.more}><Button onPress={more}>More clusters, {count(total - rows.length)}</Button></p>}
      </div>
    </>
  );
}
