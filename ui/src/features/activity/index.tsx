/// The ledger: whether it is whole, every entry, and what exactly was hashed.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/button";
import { Empty, Faulted, Loading } from "@/components/states";
import { type ActivityRow, call } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { count, counted } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import { useTrust } from "@/lib/trust";
import css from "./activity.module.css";
import { EntryPanel } from "./entry_panel";
import { EntryTable } from "./entry_table";
import { Heads } from "./heads";
import { entriesAway } from "./timeline";
import { Wholeness } from "./wholeness";
import { ActivityFilter } from "./activity_filter";

const PAGE = 100;

export function View() {
  const { workspace, saved } = useSession();
  const { place, keep } = useNavigation();
  const kind = place.state.kind ?? "";
  const actor = place.state.actor ?? "";
  const pages = useInfiniteQuery({
    queryKey: ["activity_page", kind, actor, saved?.seq],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam }) => call("activity_page", { before: pageParam, limit: PAGE, kinds: kind ? [kind] : [], actor: actor || null }),
    getNextPageParam: (last) => (last.rows.length < PAGE ? undefined : (last.rows.at(-1)?.seq ?? undefined)),
    staleTime: 0,
    // With a new entry the same list stays until it is read again; under another filter it would be the wrong one.
    placeholderData: (before, of) => (of?.queryKey[1] === kind && of.queryKey[2] === actor ? before : undefined),
  });
  const check = useQuery({ queryKey: ["ledger_verify", saved?.seq], queryFn: () => call("ledger_verify"), staleTime: Number.POSITIVE_INFINITY });
  const trust = useTrust();
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const [kinds, setKinds] = useState<readonly string[]>([]);
  const known = pages.data?.pages[0]?.kinds;
  if (known && known.length > 0 && known.join() !== kinds.join()) setKinds(known);
  const chosen = rows.find((row) => String(row.seq) === place.state.entry) ?? null;
  const choose = (row: ActivityRow | undefined) => row && keep({ entry: String(row.seq) });
  const step = (by: 1 | -1) => choose(chosen ? rows[rows.indexOf(chosen) + by] : rows[0]);
  const verify = () => void check.refetch();
  useCommands({
    "activity.next": { run: () => step(1) },
    "activity.previous": { run: () => step(-1) },
    "activity.verify": { run: verify, unavailable: check.isFetching ? "verifying now" : undefined },
  });

  const total = pages.data?.pages[0]?.total ?? 0;
  const filtered = kind !== "" || actor !== "";
  return (
    <div className={`view ${css.activity}`} data-open={chosen !== null}>
      <header className={css.head}>
        <h1>Activity</h1>
        <Wholeness check={check} />
        <span className="gap" />
        <Button keys="V" unavailable={check.isFetching ? "verifying now" : undefined} onPress={verify}>Verify again</Button>
      </header>
      <Heads />
      <div className={css.left}>
        <ActivityFilter kinds={kinds} kind={kind} actor={actor} people={workspace?.people.map((person) => person.name) ?? []} onChange={(change) => keep({ ...change, entry: undefined })}>
          {pages.data && total > 0 && (filtered ? counted(total, "entry", "entries") : `all ${counted(total, "entry", "entries")}`)}
        </ActivityFilter>
        {pages.isError && <Faulted doing="Reading the ledger" cause={pages.error} safe="Reading changes nothing." onRetry={() => void pages.refetch()} />}
        {pages.isPending && <Loading what="Reading the ledger…" />}
        {pages.data && rows.length === 0 && (filtered ? <Empty title="No such entry">No entry is of this kind and by this person.</Empty> : <Empty title="Nothing has been decided yet">Every verdict, promotion, revocation and queue becomes an entry here, in order, and none is ever changed.</Empty>)}
        {rows.length > 0 && (
          <EntryTable rows={rows} chosen={chosen?.seq ?? null} onChoose={choose} away={trust.data ? entriesAway(trust.data) : 0} more={pages.hasNextPage ? { count: total - rows.length, loading: pages.isFetchingNextPage, load: () => void pages.fetchNextPage() } : null} />
        )}
      </div>
      {chosen && <EntryPanel row={chosen} entries={check.data?.entries ?? null} onClose={() => keep({ entry: undefined })} />}
      <p className="unseen" role="status">{check.isFetching ? "Verifying the ledger" : check.data ? (check.data.whole ? `The ledger is whole: ${count(check.data.entries)} entries.` : "The ledger is not whole.") : ""}</p>
    </div>
  );
}
