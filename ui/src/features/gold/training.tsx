/// Gold in what is trained on: what the open snapshot holds, its release for training, and the releases that stand.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useRef, useState } from "react";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { Visible } from "@/components/reading";
import { Empty } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { Working } from "@/components/working";
import { asFault, call, type Training as Found, type TrainingReleased } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { faultWords } from "@/lib/fault_words";
import { count, counted, date } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSession, useSnapshot } from "@/lib/session";
import { useAnswer } from "@/lib/use_answer";
import css from "./audit.module.css";

export function Training() {
  const { go } = useNavigation();
  const at = useSnapshot();
  const search = useAnswer({ key: ["training", at?.dataset, at?.snapshot], ask: () => call("training", { dataset: at!.dataset, snapshot: at!.snapshot }), enabled: at !== null, keep: true });
  if (!at) return <Empty title="Nothing indexed yet">Gold is looked for in a snapshot before it is released for training.</Empty>;
  if (!search.answer) return <Working of={search} what="Looking for gold in the snapshot…" doing="Looking for gold in the snapshot" />;
  const found = search.answer;
  return (
    <>
      <Holds found={found} />
      <Releases releases={found.releases} />
      <section className={css.section} aria-label="A release that leaves the workspace">
        <h2>A training set, written out</h2>
        <p>Under a policy: what is left out, capped and weighed, gold never in it, each sample with its lineage.</p>
        <p><Button onPress={() => go("release")}>Release…</Button></p>
      </section>
    </>
  );
}

/** What the snapshot holds, and the act of releasing it. */
function Holds({ found }: { found: Found }) {
  const { go } = useNavigation();
  const held = found.exact + found.near;
  const standing = found.releases.find((release) => release.dataset === found.dataset && release.snapshot === found.snapshot);
  return (
    <section className={css.section} aria-label="Gold in this snapshot">
      <h2>Gold in {found.dataset} / {found.snapshot}</h2>
      <p className={held > 0 ? css.held : undefined}>
        <Icon name={held > 0 ? "cross" : "check"} />
        {held === 0 ? <span>None of {counted(found.members, "member")} found, as it is or nearly.</span> : (
          <span><b className="strong">{counted(held, "member")}</b> of {count(found.members)} found: {count(found.exact)} as they are, {count(found.near)} nearly. {found.filter !== null && <button type="button" className="link" onClick={() => go("samples", { filter: found.filter! })}>Open the {counted(found.samples, "sample")}</button>}</span>
        )}
      </p>
      <p className="small t2">Looked for by equal text, by equal normalised text, and by near-duplicates verified at Jaccard {found.threshold}. Paraphrases and translations are not seen.{found.crowded > 0 && ` ${counted(found.crowded, "text")} resembled so many others that not every pair was compared.`}</p>
      {standing ? <p>Released for training on {date(standing.at)} by {standing.by}, #{count(standing.seq)}{standing.reason && <>: <span dir="auto"><Visible text={standing.reason} /></span></>}. Samples that it holds can no longer become gold.</p> : <Release found={found} held={held} />}
    </section>
  );
}

function Release({ found, held }: { found: Found; held: number }) {
  const id = useId();
  const client = useQueryClient();
  const { noteSaved, refresh, person } = useSession();
  const [reason, setReason] = useState("");
  // The same id until it is saved: trying again cannot save it twice.
  const entry = useRef(newEntryId());
  const release = useMutation({
    mutationFn: () => call("training_release", { dataset: found.dataset, snapshot: found.snapshot, reason: reason.trim(), entry: entry.current }),
    onSuccess: async (changed) => {
      entry.current = newEntryId();
      setReason("");
      noteSaved(changed.saved);
      await Promise.all(["training", "gold_overview", "gold_candidate", "activity_page"].map((key) => client.invalidateQueries({ queryKey: [key] })));
      void refresh();
    },
  });
  const unavailable = (person ? (person.role === "expert" ? "only curators and leads release for training" : undefined) : "choose who you are first") ?? (held > 0 && reason.trim() === "" ? "it holds gold: say why it may be trained on" : undefined) ?? (release.isPending ? "being saved" : undefined);
  return (
    <form className={css.act} onSubmit={(event) => { event.preventDefault(); if (!unavailable) release.mutate(); }}>
      {release.isError && <p role="alert" className={css.failed}>Not saved: {faultWords(asFault(release.error, "Releasing"))} Trying again cannot save it twice.</p>}
      <label htmlFor={id} className="t2">{held > 0 ? "Why it may be trained on all the same" : "Reason, if there is one"}</label>
      <div className={css.actRow}>
        <input id={id} dir="auto" value={reason} placeholder={held > 0 ? "refused without a reason" : ""} onChange={(event) => setReason(event.target.value)} />
        <Button type="submit" kind="ink" size="large" unavailable={unavailable}>Release for training</Button>
      </div>
    </form>
  );
}

function Releases({ releases }: { releases: readonly TrainingReleased[] }) {
  return (
    <section className={css.section} aria-label="Released for training">
      <h2>Released for training</h2>
      {releases.length === 0 ? <p className="small t2">No snapshot is released for training. Candidates for gold are looked for in every one that is.</p> : (
        <table className={css.list} aria-label="Snapshots released for training">
          <thead><tr><th scope="col">snapshot</th><th scope="col" className="num">gold as it is</th><th scope="col" className="num">nearly</th><th scope="col">released</th><th scope="col">reason</th><th scope="col"><span className="unseen">Acts</span></th></tr></thead>
          <tbody>{releases.map((release) => <ReleaseRow key={release.release} release={release} />)}</tbody>
        </table>
      )}
    </section>
  );
}

function ReleaseRow({ release }: { release: TrainingReleased }) {
  const client = useQueryClient();
  const { noteSaved, person } = useSession();
  const [reason, setReason] = useState<string | null>(null);
  const entry = useRef(newEntryId());
  const name = `${release.dataset} / ${release.snapshot}`;
  const withdraw = useMutation({
    mutationFn: () => call("training_withdraw", { release: release.release, reason: (reason ?? "").trim(), entry: entry.current }),
    onSuccess: async (changed) => {
      noteSaved(changed.saved);
      await Promise.all(["training", "gold_overview", "gold_candidate", "activity_page"].map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
  const unavailable = (person ? (person.role === "expert" ? "only curators and leads take it back" : undefined) : "choose who you are first") ?? ((reason ?? "").trim() === "" ? "needs a reason" : undefined) ?? (withdraw.isPending ? "being saved" : undefined);
  return (
    <tr>
      <th scope="row"><Verbatim>{name}</Verbatim></th>
      <td className="num">{count(release.exact)}</td>
      <td className="num">{count(release.near)}</td>
      <td title={`#${count(release.seq)}`}>{date(release.at)}, {release.by}</td>
      <td>{release.reason ? <Verbatim>{release.reason}</Verbatim> : <span className="t3">none needed</span>}</td>
      <td className={css.acts}>
        {reason === null ? <button type="button" className="link" aria-label={`Take the release of ${name} back`} onClick={() => setReason("")}>take back…</button> : (
          <form className={css.actRow} onSubmit={(event) => { event.preventDefault(); if (!unavailable) withdraw.mutate(); }}>
            {/* biome-ignore lint/a11y/noAutofocus: it stands where the press was. */}
            <input aria-label={`Why the release of ${name} is taken back`} dir="auto" autoFocus value={reason} placeholder="why" onChange={(event) => setReason(event.target.value)} onKeyDown={(event) => event.key === "Escape" && setReason(null)} />
            <Button type="submit" size="small" unavailable={unavailable}>Take back</Button>
          </form>
        )}
        {withdraw.isError && <p role="alert" className={css.failed}>Not saved: {faultWords(asFault(withdraw.error, "Taking back"))}</p>}
      </td>
    </tr>
  );
}
