/// Gives a slice a name, a tier and whether its texts are blurred; changes them; takes the name away. Each is an entry, with a reason.
import { useRef, useState } from "react";
import { Radio, RadioGroup } from "react-aria-components";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import { Verbatim } from "@/components/verbatim";
import radio from "@/components/radio.module.css";
import { Tick } from "@/components/tick";
import { asFault, type NamedSlice } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { faultWords } from "@/lib/fault_words";
import css from "./queue.module.css";
import { useSliceAct } from "./use_slices";

const TIERS = [
  { value: "standard", name: "Standard", means: "one reviewer is enough" },
  { value: "high_stakes", name: "High stakes", means: "two reviewers or more judge each sample, blind to each other" },
];

export interface SliceDialogProps {
  /** The slice to change; a new one where `null`. */
  slice: NamedSlice | null;
  filter: string;
  taken: readonly string[];
  onClose(): void;
  onSaved(name: string): void;
}

export function SliceDialog({ slice, filter, taken, onClose, onSaved }: SliceDialogProps) {
  const [now, setNow] = useState<NamedSlice>(slice ?? { name: "", filter: filter.trim(), tier: "standard", blurred: false });
  const [reason, setReason] = useState("");
  // The same id until it is saved: trying again cannot save it twice.
  const entry = useRef(newEntryId());
  const named = { ...now, name: now.name.trim(), filter: now.filter.trim() };
  const save = useSliceAct("slice_define", () => onSaved(named.name));
  const change = (part: Partial<NamedSlice>) => setNow((before) => ({ ...before, ...part }));
  const unavailable = missing(named, slice, taken, reason) ?? (save.isPending ? "saving…" : undefined);
  const run = () => unavailable === undefined && save.mutate({ slice: named, reason: reason.trim(), entry: entry.current });
  return (
    <Dialog
      wide open title={slice ? "Change the slice" : "Name this slice"} onClose={onClose}
      foot={<><span className="t2 small">{unavailable && !save.isPending ? `Not yet: ${unavailable}.` : "Recorded in the ledger."}</span><span className="gap" /><Button onPress={onClose}>Cancel</Button><Button kind="ink" keys="Ctrl Enter" unavailable={unavailable} onPress={run}>{slice ? "Change" : "Name it"}</Button></>}
    >
      <div className={css.dialog}>
        {slice ? <p className="strong"><Verbatim>{slice.name}</Verbatim></p> : <Field label="Name" value={now.name} onChange={(name) => change({ name })} placeholder="Dosing, high stakes" autoFocus problem={taken.includes(named.name) ? "a slice of this name is there already" : undefined} />}
        <Field label="Conditions" code lines={2} value={now.filter} onChange={(text) => change({ filter: text })} />
        <RadioGroup aria-label="Tier" className={css.tiers!} value={now.tier} onChange={(tier) => change({ tier })}>
          <span className={css.legend}>Tier</span>
          {TIERS.map((tier) => <Radio key={tier.value} value={tier.value} className={radio.radio!}><span><b>{tier.name}</b>{tier.means}</span></Radio>)}
        </RadioGroup>
        <Tick ticked={now.blurred} onChange={(blurred) => change({ blurred })}>blur texts until the reviewer asks for them</Tick>
        <Field label={slice ? "Reason" : "Reason (may be left out)"} lines={2} value={reason} onChange={setReason} onSubmit={run} {...(slice ? { hint: "Queues that were drawn from it keep the terms they were drawn by." } : {})} />
        {save.isError && <p className={css.problem} role="alert">Not saved: {faultWords(asFault(save.error, "naming the slice"))}</p>}
      </div>
    </Dialog>
  );
}

/** What keeps the slice from being saved. */
export function missing(now: NamedSlice, before: NamedSlice | null, taken: readonly string[], reason: string): string | undefined {
  if (now.name === "") return "it has no name";
  if (now.filter === "") return "it has no conditions";
  if (before === null) return taken.includes(now.name) ? "the name is taken" : undefined;
  if (now.filter === before.filter && now.tier === before.tier && now.blurred === before.blurred) return "nothing has changed";
  return reason.trim() === "" ? "a change needs a reason" : undefined;
}

export function RemoveSlice({ slice, onClose, onRemoved }: { slice: NamedSlice; onClose(): void; onRemoved(): void }) {
  const [reason, setReason] = useState("");
  const entry = useRef(newEntryId());
  const remove = useSliceAct("slice_remove", onRemoved);
  const unavailable = reason.trim() === "" ? "a removal needs a reason" : remove.isPending ? "saving…" : undefined;
  const run = () => unavailable === undefined && remove.mutate({ slice, reason: reason.trim(), entry: entry.current });
  return (
    <Dialog
      open title="Remove the name" onClose={onClose}
      foot={<><Button onPress={onClose}>Cancel</Button><Button kind="ink" keys="Ctrl Enter" unavailable={unavailable} onPress={run}>Remove</Button></>}
    >
      <div className={css.dialog}>
        <p>“<Verbatim>{slice.name}</Verbatim>” will stand for nothing. Its samples stay, and queues that were drawn from it keep their terms.</p>
        <Field label="Reason" lines={2} value={reason} onChange={setReason} onSubmit={run} autoFocus />
        {remove.isError && <p className={css.problem} role="alert">Not removed: {faultWords(asFault(remove.error, "removing the slice"))}</p>}
      </div>
    </Dialog>
  );
}
