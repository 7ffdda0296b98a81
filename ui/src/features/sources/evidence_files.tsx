/// Files of evidence that were added: who brought each, what it speaks of, and whether it still speaks.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Button } from "@/components/button";
import { Visible } from "@/components/reading";
import { SectionHead } from "@/components/section_head";
import { Faulted, Loading } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { asFault, call, type EvidenceFileRow } from "@/ipc";
import { runCommand } from "@/lib/commands";
import { newEntryId } from "@/lib/entry_id";
import { faultWords } from "@/lib/fault_words";
import { count, counted, date } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import css from "./sources.module.css";

export function EvidenceFiles({ dataset, snapshot }: { dataset: string; snapshot: number }) {
  const files = useQuery({ queryKey: ["evidence_files", dataset, snapshot], queryFn: () => call("evidence_files", { dataset, snapshot }), staleTime: 0 });
  return (
    <section className={css.section} aria-label="Files of evidence">
      <SectionHead title="Files of evidence" gloss="what was added about who made the samples, and whether it still speaks" />
      {files.isError ? <Faulted doing="Listing the files of evidence" cause={files.error} onRetry={() => void files.refetch()} /> : files.data ? <Table files={files.data} /> : <Loading what="Listing the files of evidence…" />}
    </section>
  );
}

function Table({ files }: { files: readonly EvidenceFileRow[] }) {
  const [withdrawn, note] = useState(false);
  if (files.length === 0) return <p className="small t2">No file was added. <code>assay evidence add</code> brings one: a line for each sample, with its origin and why.</p>;
  return (
    <>
      <table className={`${css.small} ${css.files}`} aria-label="Files of evidence">
        <thead><tr><th scope="col">file</th><th scope="col">added</th><th scope="col" className="num" title="of this snapshot, as origins were last computed">samples</th><th scope="col">state</th><th scope="col"><span className="unseen">Acts</span></th></tr></thead>
        <tbody>{files.map((file) => <Row key={file.file} file={file} onWithdrawn={() => note(true)} />)}</tbody>
      </table>
      <p className="small" role="status">{withdrawn && <>Origins still stand as the file left them. <Button size="small" onPress={() => runCommand("data.origins")}>Recompute origins</Button></>}</p>
    </>
  );
}

function Row({ file, onWithdrawn }: { file: EvidenceFileRow; onWithdrawn(): void }) {
  const { go } = useNavigation();
  const { name, samples, withdrawn } = file;
  return (
    <tr>
      <th scope="row" title={file.file}><Verbatim>{name}</Verbatim></th>
      <td>{date(file.at)}, {file.by ? <Verbatim>{file.by}</Verbatim> : "nobody named"}</td>
      <td className="num">{samples === 0 ? count(0) : <button type="button" className="link" aria-label={`${counted(samples, "sample")} that ${name} speaks of: open`} onClick={() => go("samples", { filter: file.filter })}>{count(samples)}</button>}</td>
      <td>{withdrawn ? <span title={`#${count(withdrawn.entry)}`}>withdrawn {date(withdrawn.at)} by <Verbatim>{withdrawn.by}</Verbatim>: <span dir="auto"><Visible text={withdrawn.reason} /></span></span> : "speaks"}</td>
      <td>{withdrawn ? <span className="t2">adding it again brings it back</span> : <Withdraw file={file} onWithdrawn={onWithdrawn} />}</td>
    </tr>
  );
}

function Withdraw({ file, onWithdrawn }: { file: EvidenceFileRow; onWithdrawn(): void }) {
  const client = useQueryClient();
  const { noteSaved, person } = useSession();
  const [reason, setReason] = useState<string | null>(null);
  // The same id until it is saved: trying again cannot save it twice.
  const entry = useRef(newEntryId());
  const withdraw = useMutation({
    mutationFn: () => call("evidence_withdraw", { file: file.file, reason: (reason ?? "").trim(), entry: entry.current }),
    onSuccess: async ({ saved }) => {
      noteSaved(saved);
      onWithdrawn();
      await Promise.all(["evidence_files", "overview", "activity_page"].map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
  const mayNot = person ? (person.role === "expert" ? "only curators and leads withdraw evidence" : undefined) : "choose who you are first";
  const unavailable = mayNot ?? ((reason ?? "").trim() === "" ? "needs a reason" : undefined) ?? (withdraw.isPending ? "being saved" : undefined);
  if (reason === null) return <Button kind="plain" size="small" label={`Withdraw ${file.name}…`} unavailable={mayNot} onPress={() => setReason("")}>Withdraw…</Button>;
  return (
    <>
      <form className={css.withdraw} onSubmit={(event) => { event.preventDefault(); if (!unavailable) withdraw.mutate(); }}>
        {/* biome-ignore lint/a11y/noAutofocus: it stands where the press was. */}
        <input aria-label={`Why ${file.name} is withdrawn`} dir="auto" autoFocus value={reason} placeholder="why" onChange={(event) => setReason(event.target.value)} onKeyDown={(event) => event.key === "Escape" && setReason(null)} />
        <Button type="submit" size="small" unavailable={unavailable}>Withdraw</Button>
      </form>
      {withdraw.isError && <p role="alert" className={css.failed}>Not saved: {faultWords(asFault(withdraw.error, "Withdrawing the file"))}</p>}
    </>
  );
}
