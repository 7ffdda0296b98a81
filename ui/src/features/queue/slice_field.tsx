/// Which slice is drawn from: one with a name, or whatever the conditions below say.
import { useState } from "react";
import { Button } from "@/components/button";
import { Select } from "@/components/select";
import { asFault, type NamedSlice } from "@/ipc";
import { faultWords } from "@/lib/fault_words";
import { useSession } from "@/lib/session";
import css from "./queue.module.css";
import { Row } from "./row";
import { RemoveSlice, SliceDialog } from "./slice_dialog";
import { namingUnavailable, tierWords, useSlices } from "./use_slices";

const NONE = "\u0000none";

export interface SliceFieldProps {
  slice: NamedSlice | null;
  filter: string;
  /** The filter in words that refuse it. */
  unusable: boolean;
  onSlice(name: string | null, filter?: string): void;
}

export function SliceField({ slice, filter, unusable, onSlice }: SliceFieldProps) {
  const slices = useSlices();
  const { person } = useSession();
  const [open, setOpen] = useState<"define" | "remove" | null>(null);
  const mayNot = namingUnavailable(person?.role);
  const noName = mayNot ?? (filter.trim() === "" ? "say first which samples it holds" : unusable ? "the conditions cannot be used" : undefined);
  const close = () => setOpen(null);
  return (
    <Row label="Slice">
      <Select
        unlabelled label="Slice" value={slice?.name ?? NONE} onChange={(next) => onSlice(next === NONE ? null : next)}
        options={[{ value: NONE, label: "No name: by the conditions below" }, ...(slices.data ?? []).map((one) => ({ value: one.name, label: one.name, note: tierWords(one) }))]}
      />
      {slices.isError && <p className={css.problem} role="alert">{faultWords(asFault(slices.error, "reading the named slices"))}</p>}
      <div className={css.beneath}>
        {slice ? <Tier slice={slice} /> : <span className="t2">standard tier</span>}
        <span className="gap" />
        {slice === null && <Button size="small" unavailable={noName} onPress={() => setOpen("define")}>Name this slice…</Button>}
        {slice !== null && <Button size="small" unavailable={mayNot} onPress={() => setOpen("define")}>Change…</Button>}
        {slice !== null && <Button size="small" kind="plain" unavailable={mayNot} onPress={() => setOpen("remove")}>Remove…</Button>}
      </div>
      {open === "define" && <SliceDialog slice={slice} filter={filter} taken={(slices.data ?? []).map((one) => one.name)} onClose={close} onSaved={(name) => { onSlice(name); close(); }} />}
      {open === "remove" && slice && <RemoveSlice slice={slice} onClose={close} onRemoved={() => { onSlice(null, slice.filter); close(); }} />}
    </Row>
  );
}

function Tier({ slice }: { slice: NamedSlice }) {
  const high = slice.tier === "high_stakes";
  return (
    <span className={high ? "strong" : "t2"}>
      {high ? "High stakes" : "standard tier"}
      <span className={css.lighter}>{high && ": two reviewers or more, blind"}{slice.blurred && (high ? "; texts blurred until asked for" : ", texts blurred until asked for")}</span>
    </span>
  );
}
