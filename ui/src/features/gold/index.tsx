/// The gold set: where it is, who waits to join it, and the acts of promotion and revocation.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Icon } from "@/components/icon";
import { Segmented } from "@/components/segmented";
import { Empty, Faulted, Loading } from "@/components/states";
import { call, type GoldOverview } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { count, counted, digestWords } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { CandidateDetail } from "./candidate_detail";
import { CandidateTable, MemberTable } from "./gold_tables";
import { Anchor } from "./anchor";
import audit from "./audit.module.css";
import css from "./gold.module.css";
import { Frozen } from "./frozen";
import { FrozenDialogs } from "./frozen_dialogs";
import { GoldCells } from "./gold_cells";
import { Incidents } from "./incidents";
import { Labels } from "./labels";
import { Training } from "./training";

type List = "candidates" | "members" | "revoked";

const PAGES = [
  { value: "set", label: "The set" },
  { value: "anchor", label: "Coverage and age" },
  { value: "training", label: "Training" },
  { value: "labels", label: "Labels" },
  { value: "incidents", label: "Incidents" },
  { value: "frozen", label: "Frozen sets" },
] as const;
type Page = (typeof PAGES)[number]["value"];

export function View() {
  const gold = useQuery({ queryKey: ["gold_overview"], queryFn: () => call("gold_overview"), staleTime: 0 });
  if (gold.isError) return <Faulted view="Gold" doing="Opening the gold set" cause={gold.error} safe="The ledger holds every promotion; nothing is lost." onRetry={() => void gold.refetch()} />;
  if (!gold.data) return <Loading view="Gold" what="Opening the gold set…" />;
  return <Gold gold={gold.data} />;
}

function Gold({ gold }: { gold: GoldOverview }) {
  const { place, keep, go } = useNavigation();
  const ready = gold.candidates.filter((each) => each.checks_held === each.checks).length;
  const [readyOnly, setReadyOnly] = useState(false);
  const list: List = place.state.list === "members" || place.state.list === "revoked" ? place.state.list : gold.candidates.length > 0 || gold.members.length === 0 ? "candidates" : "members";
  const candidates = readyOnly ? gold.candidates.filter((each) => each.checks_held === each.checks) : gold.candidates;
  const rows: readonly { digest: string }[] = list === "candidates" ? candidates : list === "members" ? gold.members : gold.revoked;
  const chosen = rows.find((each) => each.digest === place.state.digest)?.digest ?? rows[0]?.digest;
  const choose = (digest: string) => keep({ digest });
  const step = (by: 1 | -1) => {
    const next = rows[rows.findIndex((each) => each.digest === chosen) + by];
    if (next) choose(next.digest);
  };

  const page: Page = PAGES.find((each) => each.value === place.state.page)?.value ?? "set";
  const elsewhere = page === "set" ? undefined : "the set is on another page";
  useCommands({ "gold.next": { run: () => step(1), unavailable: elsewhere }, "gold.previous": { run: () => step(-1), unavailable: elsewhere } });
  const nothing = gold.members.length === 0 && gold.candidates.length === 0 && gold.revoked.length === 0;
  return (
    <div className={`view ${css.gold}`}>
      <header className={css.head}>
        <h1><Icon name="gold" />Gold</h1>
        <p className="small t2">
          <b className={css.strong}>{counted(gold.members.length, "member")}</b>
          {gold.revoked.length > 0 && `, ${count(gold.revoked.length)} revoked`}
          {gold.members.length > 0 && <>; root <span className="code" title={gold.root}>{digestWords(gold.root)}</span></>}
        </p>
        <FrozenDialogs gold={gold} />
        <Segmented label="Page" value={page} onChange={(next) => keep({ page: next === "set" ? undefined : next, cell: undefined })} options={PAGES} />
      </header>
      {page === "frozen" ? <Frozen gold={gold} /> : page !== "set" ? (
        <div className={audit.page}>{page === "anchor" ? <Anchor /> : page === "training" ? <Training /> : page === "labels" ? <Labels /> : <Incidents />}</div>
      ) : nothing ? (
        <div className={css.whole}><Empty title="No gold yet" action={<button type="button" className="link" onClick={() => go("review", {})}>Go to Review</button>}>
          Human samples that experts approved stand here as candidates, each with what it still waits for. Approve some in Review.
        </Empty></div>
      ) : (
        <>
          <div className={css.left}>
            <GoldCells gold={gold} />
            <section className={css.lists}>
              <div className={css.bar}>
                <Segmented label="List" value={list} onChange={(next) => keep({ list: next, digest: undefined })} options={[
                  { value: "candidates", label: `Candidates ${count(gold.candidates.length)}` },
                  { value: "members", label: `Members ${count(gold.members.length)}` },
                  { value: "revoked", label: `Revoked ${count(gold.revoked.length)}` },
                ]} />
                <span className="gap" />
                {list === "candidates" && <Segmented size="small" label="Which candidates" value={readyOnly ? "ready" : "all"} onChange={(next) => setReadyOnly(next === "ready")} options={[{ value: "all", label: "All" }, { value: "ready", label: `Ready ${count(ready)}` }]} />}
              </div>
              {list === "candidates" && <CandidateTable rows={candidates} chosen={chosen} onChoose={choose} />}
              {list === "members" && <MemberTable rows={gold.members} chosen={chosen} onChoose={choose} act="Promoted" />}
              {list === "revoked" && <MemberTable rows={gold.revoked} chosen={chosen} onChoose={choose} act="Revoked" />}
            </section>
          </div>
          {chosen ? <CandidateDetail key={chosen} digest={chosen} /> : <div className={css.right} />}
        </>
      )}
    </div>
  );
}
