/// Reporting an incident: a title, what was asked and answered or the sample's digest, the day, how bad it was.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Segmented } from "@/components/segmented";
import { asFault, call } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { faultWords } from "@/lib/fault_words";
import { useSession } from "@/lib/session";
import css from "./audit.module.css";

const SEVERITIES = [{ value: "low", label: "Low" }, { value: "medium", label: "Medium" }, { value: "high", label: "High" }] as const;
type Severity = (typeof SEVERITIES)[number]["value"];

export function IncidentForm({ onClose, onReported }: { onClose(): void; onReported(incident: string): void }) {
  const client = useQueryClient();
  const { noteSaved, person } = useSession();
  const [title, setTitle] = useState("");
  const [text, setText] = useState("");
  const [sample, setSample] = useState("");
  const [happened, setHappened] = useState(new Date().toISOString().slice(0, 10));
  const [severity, setSeverity] = useState<Severity>("medium");
  // The same id until it is saved: trying again cannot save it twice.
  const entry = useRef(newEntryId());
  const report = useMutation({
    mutationFn: () => call("incident_report", { title: title.trim(), text: text.trim(), sample: sample.trim() || null, happened: happened.trim(), severity, entry: entry.current }),
    onSuccess: async (done) => {
      noteSaved(done.saved);
      await Promise.all(["incidents", "activity_page"].map((key) => client.invalidateQueries({ queryKey: [key] })));
      onReported(done.incident);
    },
  });
  const day = /^\d{4}-\d{2}-\d{2}$/.test(happened.trim());
  const unavailable = (person ? undefined : "choose who you are first") ?? (title.trim() === "" ? "needs a title" : undefined) ?? (text.trim() === "" && sample.trim() === "" ? "needs the text or a sample" : undefined) ?? (day ? undefined : "the day is written as YYYY-MM-DD") ?? (report.isPending ? "being saved" : undefined);
  return (
    <form className={css.form} aria-label="Report an incident" onSubmit={(event) => { event.preventDefault(); if (!unavailable) report.mutate(); }}>
      <Field label="What went wrong" value={title} onChange={setTitle} autoFocus onEscape={onClose} />
      <Field label="What was asked and answered" value={text} onChange={setText} lines={4} hint="Kept beside the ledger as a note, and looked for in the open snapshot." onEscape={onClose} />
      <div className={css.limits}>
        <Field label="Or the sample, by digest" value={sample} onChange={setSample} code placeholder="sha256:…" onEscape={onClose} />
        <Field label="Day" value={happened} onChange={setHappened} problem={day ? undefined : "YYYY-MM-DD"} className={css.number} onEscape={onClose} />
        <Segmented<Severity> label="Severity" value={severity} options={SEVERITIES} onChange={setSeverity} />
      </div>
      {report.isError && <p role="alert" className={css.failed}>Not saved: {faultWords(asFault(report.error, "Reporting"))} Trying again cannot save it twice.</p>}
      <div className={css.actRow}>
        <Button type="submit" kind="ink" unavailable={unavailable}>Report</Button>
        <Button kind="plain" onPress={onClose}>Leave it</Button>
      </div>
    </form>
  );
}
