/// Says that the dataset is the output of a model of one's own, or takes that back.
import { useRef, useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import { Verbatim } from "@/components/verbatim";
import { type AppState, asFault, call, type DatasetInfo, type SyntheticMark } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { date } from "@/lib/format";
import { useSession } from "@/lib/session";
import { report } from "@/lib/trouble";

/** Takes the new state over, and recomputes what follows from the mark. */
function useAct(dataset: string, onClose: () => void) {
  const { adopt, noteSaved } = useSession();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const act = (doing: string, acted: Promise<AppState>) => {
    setBusy(true);
    void acted.then((app) => {
      adopt(app);
      if (app.workspace?.last_entry) noteSaved(app.workspace.last_entry);
      onClose();
      void call("origins_recompute", { dataset, snapshot: null }).catch(report("Recomputing origins"));
    }).catch((cause: unknown) => {
      setBusy(false);
      const fault = asFault(cause, doing);
      setProblem(fault.remedy ? `${fault.message}; ${fault.remedy}` : fault.message);
    });
  };
  return { problem, setProblem, busy, act };
}

function Marking({ dataset, onClose }: { dataset: DatasetInfo; onClose(): void }) {
  const [generator, setGenerator] = useState("");
  const [reason, setReason] = useState("");
  const { problem, setProblem, busy, act } = useAct(dataset.name, onClose);
  const entry = useRef(newEntryId());
  const mark = () => {
    if (!generator.trim()) return setProblem("Name the model that made it.");
    if (!reason.trim()) return setProblem("Say why in a few words: it stands in the ledger.");
    act("marking the dataset", call("synthetic_mark", { dataset: dataset.name, generator: generator.trim(), reason: reason.trim(), entry: entry.current }));
  };
  return (
    <Dialog title={`${dataset.name} is a model's output`} open onClose={onClose} foot={<Button kind="ink" onPress={mark} unavailable={busy ? "being recorded" : undefined}>Mark the dataset</Button>}>
      <p className="small t2">Its samples count as a machine's, and so do verified copies and near-duplicates of them in every other dataset, until a reviewer says otherwise. Of a sample with a prompt, the prompt is left out. The mark can be taken off again.</p>
      <Field label="Model" value={generator} onChange={(next) => { setGenerator(next); setProblem(undefined); }} autoFocus hint="As the team calls it, with its version." />
      <Field label="Reason" value={reason} onChange={(next) => { setReason(next); setProblem(undefined); }} problem={problem} onSubmit={mark} />
    </Dialog>
  );
}

function Unmarking({ dataset, mark, onClose }: { dataset: DatasetInfo; mark: SyntheticMark; onClose(): void }) {
  const [reason, setReason] = useState("");
  const { problem, setProblem, busy, act } = useAct(dataset.name, onClose);
  const entry = useRef(newEntryId());
  const unmark = () => (reason.trim()
    ? act("taking the mark off", call("synthetic_unmark", { dataset: dataset.name, reason: reason.trim(), entry: entry.current }))
    : setProblem("Say why in a few words: it stands in the ledger."));
  return (
    <Dialog title={`${dataset.name} is a model's output`} open onClose={onClose} foot={<Button onPress={unmark} unavailable={busy ? "being recorded" : undefined}>Take the mark off</Button>}>
      <p className="small">Marked as output of <b><Verbatim>{mark.generator}</Verbatim></b> by <Verbatim>{mark.by}</Verbatim> on {date(mark.at)}: <Verbatim>{mark.reason}</Verbatim>. Entry {mark.entry}.</p>
      <p className="small t2">Without the mark, what was a machine's by it alone is again what it was before. The history keeps both.</p>
      <Field label="Reason to take it off" value={reason} onChange={(next) => { setReason(next); setProblem(undefined); }} problem={problem} onSubmit={unmark} autoFocus />
    </Dialog>
  );
}

export function SyntheticDialog({ onClose }: { onClose(): void }) {
  const { dataset } = useSession();
  if (!dataset) return null;
  return dataset.synthetic ? <Unmarking dataset={dataset} mark={dataset.synthetic} onClose={onClose} /> : <Marking dataset={dataset} onClose={onClose} />;
}
