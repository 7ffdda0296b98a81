/// Duplicates: how large the clusters are, who copies whom, and what differs inside each.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button } from "@/components/button";
import { Empty, Faulted, Loading } from "@/components/states";
import { call, type Duplication, type Report, type SizeBin } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { useNavigation } from "@/lib/place";
import { useSnapshot } from "@/lib/session";
import { ClusterDetail } from "./cluster_detail";
import { ClusterList } from "./cluster_list";
import css from "./duplicates.module.css";
import { Inside } from "./inside";
import { JudgementList } from "./judgement_list";
import { type Judging, useJudging } from "./judging";
import { Matrices } from "./matrices";
import { MeasuredBefore } from "./measured_before";
import { PairList } from "./pair_list";
import { closed, queryOf, stateOf } from "./pair_query";
import { PassageList } from "./passage_list";
import { RemovalCost } from "./removal_cost";
import { SizeChart } from "./size_chart";
import { SourceRemovalChart } from "./source_removal";
import { Summary } from "./summary";

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
  const { duplication, coverage } = report;
  const { near } = duplication;
  const judging = useJudging(dataset, snapshot);
  const show = place.state.show;
  const bin = near.histogram.find((each) => String(each.from) === place.state.from) ?? null;
  const close = () => keep(closed());
  return (
    <div className={`view ${css.duplicates}`}>
      <header className={css.head}><h1>Duplicates</h1><Summary duplication={duplication} /></header>
      <div className={css.left}>
        <MeasuredBefore dataset={dataset} snapshot={snapshot} />
        {near.histogram.length > 0 && <SizeChart bins={near.histogram} chosen={bin?.from ?? null} onChoose={(next) => keep({ ...closed(), from: next ? String(next.from) : undefined })} />}
        <Matrices duplication={duplication} onOpen={(query) => keep(stateOf(query))} />
        <SourceRemovalChart removal={duplication.removal} limit={duplication.removal_limit} />
        <RemovalCost coverage={coverage} />
        <Inside measures={duplication.inside} />
      </div>
      <div className={css.right}>
        {show === "pairs" ? <PairList dataset={dataset} snapshot={snapshot} query={queryOf(place.state)} judging={judging} onClose={close} />
          : show === "passages" ? <PassageList dataset={dataset} snapshot={snapshot} recurring={recurring(duplication, place.state.unit)} onClose={close} />
          : show === "judgements" ? <JudgementList dataset={dataset} snapshot={snapshot} policy={duplication.keep_policy} judging={judging} onClose={close} />
          : <Clusters report={report} dataset={dataset} snapshot={snapshot} bin={bin} judging={judging} />}
      </div>
      {judging.dialog}
    </div>
  );
}

function recurring({ passages }: Duplication, unit: string | undefined): number {
  if (unit === "paragraph" || unit === "sentence") return passages[unit].recurring;
  return passages.paragraph.recurring + passages.sentence.recurring;
}

function Clusters({ report, dataset, snapshot, bin, judging }: { report: Report; dataset: string; snapshot: number; bin: SizeBin | null; judging: Judging }) {
  const { place, keep } = useNavigation();
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
  if (chosen !== null) return <ClusterDetail key={chosen} dataset={dataset} snapshot={snapshot} cluster={chosen} coverage={report.coverage} place={at < 0 ? null : { at: at + 1, of: total }} judging={judging} onClose={() => keep({ cluster: undefined })} />;
  if (clusters.isError) return <Faulted doing="Listing the clusters" cause={clusters.error} onRetry={() => void clusters.refetch()} />;
  if (clusters.isPending) return <Loading what="Listing the clusters…" />;
  if (rows.length === 0) return <Empty title="No near-duplicates found">None at Jaccard {report.duplication.near.threshold.toFixed(2)} or above, by shingles of five words. Paraphrase and translation are not found by this method.</Empty>;
  return <ClusterList rows={rows} total={total} bin={bin} onAll={() => keep({ from: undefined })} onChoose={(cluster) => keep({ cluster: String(cluster) })} more={clusters.hasNextPage ? () => void clusters.fetchNextPage() : null} />;
}
