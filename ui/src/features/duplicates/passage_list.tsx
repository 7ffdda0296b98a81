/// Passages that recur in distinct samples, the most frequent first, with the samples that hold them.
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "@/components/button";
import { Visible } from "@/components/reading";
import { SectionHead } from "@/components/section_head";
import { Empty, Faulted, Loading } from "@/components/states";
import { call, type RecurringPassage } from "@/ipc";
import { count, counted } from "@/lib/format";
import { useNavigation, usePlaceState } from "@/lib/place";
import css from "./duplicates.module.css";

const PAGE = 50;

export interface PassageListProps {
  dataset: string;
  snapshot: number;
  /** All that recur; of them only the most frequent are listed. */
  recurring: number;
  onClose(): void;
}

export function PassageList({ dataset, snapshot, recurring, onClose }: PassageListProps) {
  const [unit] = usePlaceState("unit");
  const passages = useInfiniteQuery({
    queryKey: ["passages_page", dataset, snapshot, unit],
    initialPageParam: 0,
    queryFn: ({ pageParam }) => call("passages_page", { dataset, snapshot, unit: unit ?? null, offset: pageParam, limit: PAGE }),
    getNextPageParam: (last, pages) => { const read = pages.reduce((sum, page) => sum + page.rows.length, 0); return read < last.total && last.rows.length > 0 ? read : undefined; },
  });
  if (passages.isError) return <Faulted doing="Listing the passages" cause={passages.error} onRetry={() => void passages.refetch()} />;
  if (passages.isPending) return <Loading what="Listing the passages…" />;
  const rows = passages.data.pages.flatMap((page) => page.rows);
  const total = passages.data.pages[0]?.total ?? 0;
  const name = unit === "paragraph" ? "Recurring paragraphs" : unit === "sentence" ? "Recurring runs of three sentences" : "Recurring passages";
  return (
    <>
      <div className={css.listHead}>
        <SectionHead title={name} gloss={`${recurring > total ? `the ${count(total)} most frequent of ${count(recurring)}` : counted(total, "passage")}, in two samples or more`}>
          <Button size="small" onPress={onClose}>All clusters</Button>
        </SectionHead>
      </div>
      {rows.length === 0 ? <Empty title="No passage recurs">No paragraph and no run of three sentences of 20 tokens or more stands in two samples.</Empty> : (
        <ol className={`${css.scroll} ${css.passages}`}>
          {rows.map((passage) => <Passage key={`${passage.unit} ${passage.found_in[0]?.sample} ${passage.tokens} ${passage.text.slice(0, 40)}`} passage={passage} />)}
          {passages.hasNextPage && <li className={css.more}><Button onPress={() => void passages.fetchNextPage()}>More passages, {count(total - rows.length)}</Button></li>}
        </ol>
      )}
    </>
  );
}

function Passage({ passage }: { passage: RecurringPassage }) {
  const { go } = useNavigation();
  const held = passage.found_in.length;
  const filter = `digest in (${[...new Set(passage.found_in.map((place) => place.digest))].map((digest) => `'${digest}'`).join(", ")})`;
  return (
    <li className={css.passage}>
      <p dir="auto">{passage.text ? <Visible text={passage.text} /> : <span className="t3">The source has changed since it was indexed.</span>}</p>
      <p className="small t2">
        {passage.unit === "paragraph" ? "Paragraph" : "Three sentences"}, {counted(passage.tokens, "token")}, in {" "}
        <button type="button" className="link" onClick={() => go("samples", { filter })}>{passage.samples > held ? `the first ${count(held)} of ${counted(passage.samples, "sample")}` : counted(passage.samples, "sample")}</button>
      </p>
    </li>
  );
}
