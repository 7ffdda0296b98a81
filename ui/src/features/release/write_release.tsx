/// Writing what was previewed: the format, why, the folder; and what was written.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Segmented } from "@/components/segmented";
import { Verbatim } from "@/components/verbatim";
import { Working } from "@/components/working";
import { call, type ReleasePlan, type ReleaseRequest } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { count, counted } from "@/lib/format";
import { useSession } from "@/lib/session";
import { report } from "@/lib/trouble";
import { useAnswer } from "@/lib/use_answer";
import css from "./release.module.css";

type Format = "jsonl" | "parquet";

export function WriteRelease({ request, plan, stale }: { request: ReleaseRequest; plan: ReleasePlan; stale: boolean }) {
  const { person, noteSaved } = useSession();
  const client = useQueryClient();
  const [format, setFormat] = useState<Format>("jsonl");
  const [reason, setReason] = useState("");
  const [handle, setHandle] = useState<string | null>(null);
  const entry = useRef(newEntryId());
  const writing = useAnswer({
    key: ["release_write", entry.current],
    ask: () => call("release_write", { release: request, format, reason: reason.trim(), handle: handle!, entry: entry.current }),
    enabled: handle !== null,
  });
  const done = writing.answer;
  useEffect(() => {
    if (!done) return;
    noteSaved(done.saved);
    void client.invalidateQueries({ queryKey: ["activity_page"] });
  }, [done, noteSaved, client]);
  if (done) {
    return (
      <section role="status" aria-label="Written">
        <h2>Written, entry #{count(done.saved.seq)}</h2>
        <p>{counted(done.rows, "row")} of {counted(done.samples, "sample")} in {counted(done.files, "file")}: <Verbatim className="code">{done.folder}</Verbatim></p>
        <p className="small t2">Manifest <span className="code">{done.manifest}</span>. <code>assay verify</code> checks the folder without this workspace.</p>
      </section>
    );
  }
  if (handle !== null) return <Working of={writing} what="Writing the release…" doing="Writing the release" />;
  const unavailable = whyNot(plan, stale, person?.role ?? null);
  const pick = async () => {
    const picked = await call("pick_save", { title: "Write the release into a new folder", purpose: "export_folder" });
    if (picked) setHandle(picked.handle);
  };
  return (
    <section className={css.write} aria-label="Write it">
      <h2>Write it</h2>
      <Field label="Reason" value={reason} onChange={setReason} hint="Stands in the ledger beside the manifest's digest. Optional." />
      <div className={css.acts}>
        <Segmented label="Format" value={format} onChange={(value) => setFormat(value as Format)} options={[{ value: "jsonl", label: "JSON Lines" }, { value: "parquet", label: "Parquet" }]} />
        <Button kind="ink" unavailable={unavailable} onPress={() => void pick().catch(report("Writing the release"))}>Write the release…</Button>
      </div>
    </section>
  );
}

/** Why it cannot be written; nothing where it can. */
export function whyNot(plan: ReleasePlan, stale: boolean, role: string | null): string | undefined {
  if (role === null) return "choose who you are first";
  if (role !== "curator" && role !== "lead") return "curators and leads release";
  if (stale) return "preview the policy as it is now";
  if (plan.weights_locked) return "its weights wait for a sign-off";
  if (plan.samples === 0) return "nothing is left to release";
  return undefined;
}
