/// Duplicates: how large the clusters are, who copies whom, and what differs inside each.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button } from "@/components/button";
import { Empty, Faulted, Loading } from "@/components/states";
import { call, type Report } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { count, counted, percent } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSnapshot } from "@/lib/session";
import { ClusterDetail } from "./cluster_detail";
import { ClusterList } from "./cluster_list";
import css from "./duplicates.module.css";
import { PairMatrix } from "./pair_matrix";
import { RemovalCost } from "./removal_cost";
import { SizeChart } from "./size_chart";

const PAGE = 100;

export function View() {
  const snapshot = useSnapshot();
  const { go } = useNavigation();
  const overview = useQuery({ queryKey: ["overview", snapshot?.dataset, snapshot?.snapshot], queryFn: () => call("overview", { dataset: snapshot!.dataset, snapshot: snapshot!.snapshot }), enabled: snapshot !== null });
  if (!snapshot) return <Empty view="Duplicates" title="Nothing indexed yet" action={<Button onPress={() => go("overview")}>Overview</Button>}>Copies are found while a dataset is indexed.</Empty>;
  if (overview.isError) return <Faulted view="Duplicates" doing="Opening the duplicates" cause={overview.error} onRetry={() => void overview.refetch()} />;
  if (!overview.data) return <Loading view="Duplicates" what="Opening the duplicates…" />;
  return <Duplicates report={overview.data.report} dataset={snapshot.dataset} snapshot={snapshot.snapshot} />;
}

function Duplicates({ report, dataset, snapshot }: { report: Report; dataset: string; snapshot: number }) {
  const { place, keep } = useNavigation();
  const { near, exact, normalised, by_origin } = report.duplication;
  const bin = near.histogram.find((each) => String(each.from) === place.state.from) ?? null;
  const clusters = useInfiniteQuery({
    queryKey: ["clusters_page", dataset, snapshot, bin?.from, bin?.to],
    initialPageParam: 0,
    queryFn: ({ pageParam }) => call("clusters_page", { dataset, snapshot, from: bin?.from ?? null, to: bin?.to ?? null, offset: pageParam, limit: PAGE }),
    getNextPageParam: (last, pages) => { const read = pages.reduce((sum, page) => sum + page.rows.length, 0); return read < last.total && last.rows.length > 0 ? read : undefined; },
  });
  const rows = clusters.data?.pages.flatMap((page) => page.rows) ?? [];
  const chosen = place.state.cluster === undefined ? null : Number(place.state.cluster);
  const at = rows.findIndex((row) => row.cluster === chosen);
  const step = (by: 1 | -1) => { const next = rows[at < 0 ? 0 : at + by]; if (next) keep({ cluster: String(next.cluster) }); };
  useCommands({ "duplicates.next": { run: () => step(1) }, "duplicates.previous": { run: () => step(-1) } });
  const total = clusters.data?.pages[0]?.total ?? 0;
  return (
    <div className={`view ${css.duplicates}`}>
      <header className={css.head}>
        <h1>Duplicates</h1>
        <p className="small t2">
          {percent(near.rate)} near-duplicate: {counted(near.redundant, "redundant sample")} in {counted(near.clusters, "cluster")}. {counted(near.verified_pairs, "pair")} verified, {count(near.rejected_pairs)} proposed and rejected. Exact {percent(exact.rate)}, same after normalising {percent(normalised.rate)}.
        </p>
      </header>
      <div className={css.left}>
        {near.histogram.length > 0 && <SizeChart bins={near.histogram} chosen={bin?.from ?? null} onChoose={(next) => keep({ from: next ? String(next.from) : undefined, cluster: undefined })} />}
        <PairMatrix pairs={by_origin} />
        <RemovalCost coverage={report.coverage} />
      </div>
      <div className={css.right}>
        {chosen !== null ? (
          <ClusterDetail key={chosen} dataset={dataset} snapshot={snapshot} cluster={chosen} coverage={report.coverage} place={at < 0 ? null : { at: at + 1, of: total }} onClose={() => keep({ cluster: undefined })} />
        ) : clusters.isError ? (
          <Faulted doing="Listing the clusters" cause={clusters.error} onRetry={() => void clusters.refetch()} />
        ) : clusters.isPending ? (
          <Loading what="Listing the clusters…" />
        ) : rows.length === 0 ? (
          <Empty title="No near-duplicates found">None at Jaccard {near.threshold.toFixed(2)} or above, by shingles of five words. Paraphrase and translation are not found by this method.</Empty>
        ) : (
          <ClusterList rows={rows} total={total} bin={bin} onAll={() => keep({ from: undefined })} onChoose={(cluster) => keep({ cluster: String(cluster) })} more={clusters.hasNextPage ? () => void clusters.fetchNextPage() : null} />
        )}
      </div>
    </div>
  );
}
