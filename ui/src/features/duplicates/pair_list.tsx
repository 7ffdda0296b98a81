/// The pairs behind a number, the most alike first; each opens word by word.
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "@/components/button";
import { OriginLabel } from "@/components/origin_glyph";
import { SectionHead } from "@/components/section_head";
import { Empty, Faulted, Loading } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { Working } from "@/components/working";
import { call, type PairSide, type SamplePair } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { count, counted } from "@/lib/format";
import { usePlaceState } from "@/lib/place";
import { useAnswer } from "@/lib/use_answer";
import css from "./duplicates.module.css";
import type { Judging } from "./judging";
import { type PairQuery, requestOf, titleOf } from "./pair_query";
import { PairView } from "./pair_view";

const PAGE = 50;

export interface PairListProps {
  dataset: string;
  snapshot: number;
  query: PairQuery;
  judging: Judging;
  onClose(): void;
}

const keyOf = (pair: SamplePair) => `${pair.a.dataset}@${pair.a.snapshot} ${pair.a.sample} ${pair.b.dataset}@${pair.b.snapshot} ${pair.b.sample}`;

export function PairList({ dataset, snapshot, query, judging, onClose }: PairListProps) {
  const [open, setOpen] = usePlaceState("pair");
  const matrix = useAnswer({ key: ["across_matrix"], ask: () => call("across_matrix", { names: [] }), enabled: query.across !== undefined });
  const compared = matrix.answer?.key ?? "";
  const pairs = useInfiniteQuery({
    enabled: query.across === undefined || compared !== "",
    queryKey: ["pairs_page", dataset, snapshot, query, compared],
    initialPageParam: 0,
    queryFn: ({ pageParam }) => query.across
      ? call("across_pairs", { key: compared, a: query.across[0], b: query.across[1], kind: query.kind ?? null, offset: pageParam, limit: PAGE })
      : call("pairs_page", requestOf(query, dataset, snapshot, pageParam, PAGE)),
    getNextPageParam: (last, pages) => { const read = pages.reduce((sum, page) => sum + page.rows.length, 0); return read < last.total && last.rows.length > 0 ? read : undefined; },
  });
  const rows = pairs.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = pairs.data?.pages[0]?.total ?? 0;
  const at = rows.findIndex((pair) => keyOf(pair) === open);
  const step = (by: 1 | -1) => { const next = rows[at < 0 ? 0 : at + by]; if (next) setOpen(keyOf(next)); };
  useCommands({ "duplicates.next": { run: () => step(1) }, "duplicates.previous": { run: () => step(-1) } });
  const pair = rows[at];
  if (pair) return <PairView pair={pair} place={{ at: at + 1, of: total }} judging={judging} onClose={() => setOpen(undefined)} />;
  if (query.across && !matrix.answer) return <Working of={matrix} what="Comparing every two datasets…" doing="Comparing the datasets" />;
  if (pairs.isError) return <Faulted doing="Listing the pairs" cause={pairs.error} onRetry={() => void pairs.refetch()} />;
  if (pairs.isPending) return <Loading what="Listing the pairs…" />;
  const head = <div className={css.listHead}><SectionHead title={titleOf(query)} gloss={`${counted(total, "pair")}, the most alike first`}><Button size="small" onPress={onClose}>All clusters</Button></SectionHead></div>;
  if (rows.length === 0) return <>{head}<Empty title="No such pair">Nothing here fits.</Empty></>;
  return (
    <>
      {head}
      <div className={css.scroll}>
        <table className={css.clusters}>
          <thead><tr><th scope="col">one</th><th scope="col">other</th><th scope="col" className={css.kind}>kind</th><th scope="col" className={`num ${css.figure}`}>Jaccard</th><th scope="col" className={`num ${css.figure}`}>contained</th><th scope="col" className={css.verdict}>taken as</th></tr></thead>
          <tbody>
            {rows.map((each) => (
              <tr key={keyOf(each)} onClick={() => setOpen(keyOf(each))}>
                <td className={css.text}><button type="button" onClick={() => setOpen(keyOf(each))} aria-label={`Compare line ${each.a.line} of ${each.a.path} with line ${each.b.line} of ${each.b.path}`}><SideWords side={each.a} /></button></td>
                <td className={css.text}><span className={css.line}><SideWords side={each.b} /></span></td>
                <td>{each.kind}</td>
                <td className="num">{each.jaccard.toFixed(2)}</td>
                <td className="num">{each.containment.toFixed(2)}</td>
                <td>{each.judged ? <span title={`${each.judged.by}: ${each.judged.reason}`}>judged apart</span> : each.accepted ? "duplicate" : <span className="t2">rejected</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {pairs.hasNextPage && <p className={css.more}><Button onPress={() => void pairs.fetchNextPage()}>More pairs, {count(total - rows.length)}</Button></p>}
      </div>
    </>
  );
}

function SideWords({ side }: { side: PairSide }) {
  return <OriginLabel origin={side.origin}><Verbatim>{side.text || "no text"}</Verbatim></OriginLabel>;
}
