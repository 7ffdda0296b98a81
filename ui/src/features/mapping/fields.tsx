/// The table of fields: how full each is, its value in one record, and what it becomes.
import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import { Icon } from "@/components/icon";
import { KeyCap } from "@/components/key_cap";
import { Menu, type MenuChoice } from "@/components/menu";
import { Visible } from "@/components/reading";
import { SectionHead } from "@/components/section_head";
import { Verbatim } from "@/components/verbatim";
import type { FieldPreview, ShapePreview } from "@/ipc";
import { type Target, targetWords } from "@/lib/field_map";
import { count, counted } from "@/lib/format";
import css from "./mapping.module.css";

const ROLES = ["document", "prompt", "response", "context", "title"];
const DIMENSIONS = ["domain", "language", "source", "license", "collected_at"];

interface FieldsProps {
  shape: ShapePreview;
  record: number;
  field: string;
  onField(field: string): void;
  onBecomes(field: string, target: Target): void;
  onEvidence(field: string): void;
}

function choices(becomes: Target): MenuChoice[] {
  const known = (list: readonly string[], kind: string) => (becomes.startsWith(`${kind}:`) && !list.includes(becomes.slice(kind.length + 1)) ? [...list, becomes.slice(kind.length + 1)] : list);
  const parts = known(ROLES, "part").map((role, i): MenuChoice => ({ id: `part:${role}`, title: role, chosen: becomes === `part:${role}`, ...(i === 0 ? { section: "Text, in reading order" } : {}) }));
  const dimensions = known(DIMENSIONS, "dimension").map((name, i): MenuChoice => ({ id: `dimension:${name}`, title: name.replaceAll("_", " "), chosen: becomes === `dimension:${name}`, ...(i === 0 ? { section: "Dimension" } : {}) }));
  return [
    ...parts, { id: "other part", title: "another role…" },
    ...dimensions, { id: "other dimension", title: "another dimension…" },
    { id: "identity", title: "identity", chosen: becomes === "identity", section: "Something else" },
    { id: "evidence", title: "evidence of origin…", chosen: becomes === "evidence" },
    { id: "", title: "not used", chosen: becomes === "" },
  ];
}

function Filled({ share }: { share: number }) {
  return <span className={css.filled}><svg width="28" height="6" aria-hidden="true"><rect width="28" height="6" fill="var(--line)" /><rect width={28 * share} height="6" fill="var(--chart-bar)" /></svg><b>{(share * 100).toFixed(share === 1 || share === 0 ? 0 : 1)}</b></span>;
}

function foot(field: FieldPreview, read: number): string {
  const filled = Math.round(field.filled * read);
  if (field.becomes.startsWith("part:")) return `Without it ${counted(filled, "sample")} of ${count(read)} lose a part. Nothing indexed changes.`;
  return `${counted(filled, "record")} of ${count(read)} have a value; ${field.distinct >= 1_000 ? "1,000 or more" : count(field.distinct)} distinct.`;
}

export function Fields({ shape, record, field, onField, onBecomes, onEvidence }: FieldsProps) {
  const [naming, setNaming] = useState<{ field: string; kind: "part" | "dimension" } | null>(null);
  const order = (name: string) => {
    const at = (shape.map.part ?? []).findIndex((part) => part.field === name);
    return at < 0 ? null : at + 1;
  };
  const choose = (of: string, id: string) => {
    if (id === "evidence") return onEvidence(of);
    if (id === "other part" || id === "other dimension") return setNaming({ field: of, kind: id === "other part" ? "part" : "dimension" });
    onBecomes(of, id);
  };
  return (
    <section className={css.fields} aria-label="Fields found">
      <div className={css.pad}>
        <SectionHead title="Fields found" gloss={count(shape.fields.length)}>
          <span className={css.hint}><KeyCap keys="J K" /> field</span><span className={css.hint}><KeyCap keys="Enter" /> change</span>
        </SectionHead>
      </div>
      <div className={css.scroll}>
        <table className={css.table} aria-label="Fields found">
          <thead><tr><th scope="col">field</th><th scope="col">filled, %</th><th scope="col">in record {count(shape.records[record]?.line ?? record + 1)}</th><th scope="col">becomes</th><th scope="col">how it was found</th></tr></thead>
          <tbody>
            {shape.fields.map((one, i) => {
              const value = one.values[record] ?? null;
              const part = one.becomes.startsWith("part:");
              const words = targetWords(one.becomes, order(one.field));
              return (
                <tr key={one.field} aria-selected={one.field === field} onClick={() => onField(one.field)}>
                  <td className="code" title={one.field}><Verbatim>{one.field}</Verbatim></td>
                  <td><Filled share={one.filled} /></td>
                  <td><span className={part && value !== null ? `${css.value} ${css.read}` : css.value} dir="auto">{value === null ? <span className="t3">empty</span> : <Visible text={value} />}</span></td>
                  <td className={css.choice}>
                    <Menu
                      label={`What ${one.field} becomes`} items={choices(one.becomes)} onChoose={(id) => choose(one.field, id)} foot={foot(one, shape.records_read)}
                      trigger={<AriaButton id={`becomes-${i}`} className={part ? `${css.set} ${css.part}` : one.becomes === "" ? `${css.set} ${css.unused}` : css.set!} aria-label={`${one.field} becomes ${words}`}><span>{words}</span><Icon name="down" /></AriaButton>}
                    />
                  </td>
                  <td className="t2">{one.how}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {naming && <Naming kind={naming.kind} onClose={() => setNaming(null)} onName={(name) => { setNaming(null); onBecomes(naming.field, `${naming.kind}:${name}`); }} />}
    </section>
  );
}

function Naming({ kind, onClose, onName }: { kind: "part" | "dimension"; onClose(): void; onName(name: string): void }) {
  const [name, setName] = useState("");
  const done = () => name.trim() && onName(name.trim());
  return (
    <Dialog title={kind === "part" ? "Another role" : "Another dimension"} open onClose={onClose} foot={<Button kind="ink" onPress={done} unavailable={name.trim() ? undefined : "write a name"}>Use it</Button>}>
      <Field label="Name" value={name} onChange={setName} onSubmit={done} autoFocus hint={kind === "part" ? "The part's role as it will stand above its text." : "The name that filters and the report use."} />
    </Dialog>
  );
}
