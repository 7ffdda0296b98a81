/// One rule of provenance: for which part, when, and how the text came to be.
import { useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import { Select } from "@/components/select";
import type { FieldMap, ProvenanceRule, SourceClass } from "@/ipc";
import { words } from "@/lib/format";
import css from "./mapping.module.css";

const CLASSES: readonly { value: SourceClass; note: string }[] = [
  { value: "human_authored", note: "human" }, { value: "synthetic", note: "machine" }, { value: "translated", note: "mixed" }, { value: "summarized", note: "mixed" },
  { value: "model_assisted", note: "mixed" }, { value: "partner_provided", note: "unknown" }, { value: "web_crawled", note: "unknown" },
];

export interface RuleDialogProps {
  map: FieldMap;
  /** One past the last for a new rule. */
  index: number;
  /** The field that is to be evidence, for a new rule. */
  field?: string | undefined;
  roles: readonly string[];
  onClose(): void;
  onPut(rule: ProvenanceRule | null): void;
}

export function RuleDialog({ map, index, field, roles, onClose, onPut }: RuleDialogProps) {
  const rule = map.provenance?.[index];
  const [part, setPart] = useState(rule?.part ?? "");
  const [when, setWhen] = useState(rule?.when ?? (field ? `${field} is not null` : ""));
  const [source, setSource] = useState<SourceClass>(rule?.source_class ?? "human_authored");
  const done = () => onPut({ ...rule, part: part || null, when: when.trim() || null, source_class: source });
  return (
    <Dialog title={rule ? `Rule ${index + 1}` : "A new rule"} open onClose={onClose} foot={<>{rule && <Button kind="plain" onPress={() => onPut(null)}>Take it away</Button>}<span className="gap" /><Button kind="ink" onPress={done}>{rule ? "Change" : "Add"}</Button></>}>
      <div className={css.form}>
        <Select label="Part" value={part} options={[{ value: "", label: "all parts" }, ...roles.map((role) => ({ value: role, label: role }))]} onChange={setPart} />
        <Field label="When" code value={when} onChange={setWhen} onSubmit={done} placeholder="always" hint="An expression over the record's fields, path and filename; empty means always." autoFocus />
        <Select label="How it came to be" value={source} options={CLASSES.map((one) => ({ value: one.value, label: words(one.value), note: one.note }))} onChange={(next) => setSource(next as SourceClass)} />
      </div>
    </Dialog>
  );
}
