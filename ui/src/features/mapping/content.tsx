/// The fields screen: the table of fields, one record as it will be read, who made it, what stays unknown.
import { useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import { SectionHead } from "@/components/section_head";
import { OriginGlyph } from "@/components/origin_glyph";
import { Verbatim } from "@/components/verbatim";
import { call, type FieldMap, type MappingPreview, type ShapePreview } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { assign, putRule, reorder } from "@/lib/field_map";
import { count, counted, sentence, words } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import { report } from "@/lib/trouble";
import { Fields } from "./fields";
import css from "./mapping.module.css";
import { RecordAsRead } from "./record";
import { RuleDialog } from "./rule_dialog";
import { Rules } from "./rules";
import { Shapes } from "./shapes";

export interface ContentProps {
  preview: MappingPreview;
  shape: ShapePreview;
  /** Which of the preview's shapes it is, from 0. */
  at: number;
  handles: string[];
  limit: number;
  changed: boolean;
  /** Whether a changed map is being tried just now. */
  reading: boolean;
}

function Unknown({ shape }: { shape: ShapePreview }) {
  if (shape.unknown.length === 0) return null;
  return (
    <section className={css.unknown} aria-label="What stays unknown">
      <SectionHead title="What stays unknown" gloss={`of ${count(shape.records_read)}; drawn as unknown, never filled in`} />
      <table><tbody>{shape.unknown.map((one) => <tr key={one.what}><td><OriginGlyph origin="unknown" />{sentence(words(one.what))}</td><td className="t2">{one.why}</td><td className="num">{count(one.records)}</td></tr>)}</tbody></table>
    </section>
  );
}

export function Content({ preview, shape, at, handles, limit, changed, reading }: ContentProps) {
  const { keep, go } = useNavigation();
  const { workspace } = useSession();
  const [chosenField, setField] = useState("");
  const [chosenRecord, setRecord] = useState(0);
  // Another shape has other fields and records: what it lacks falls back to its first.
  const field = shape.fields.some((one) => one.field === chosenField) ? chosenField : (shape.fields[0]?.field ?? "");
  const record = Math.min(chosenRecord, Math.max(0, shape.records.length - 1));
  const [name, setName] = useState(preview.dataset);
  const [toml, setToml] = useState(false);
  const [rule, setRule] = useState<{ index: number; field?: string } | null>(null);
  const put = (map: FieldMap) => keep({ map: JSON.stringify(map), map_handle: undefined });
  const { map } = shape;
  const index = shape.fields.findIndex((one) => one.field === field);
  const move = (by: number) => setField(shape.fields[Math.min(shape.fields.length - 1, Math.max(0, index + by))]?.field ?? field);
  const isPart = (map.part ?? []).some((part) => part.field === field);
  const cannot = shape.problem ?? (name.trim() ? undefined : "the dataset needs a name");
  const start = () => void call("index_start", { handles, dataset: name.trim(), map: changed || preview.shapes.length === 1 ? map : null })
    .then((job) => go("indexing", { job: String(job.id) })).catch(report("Starting to index"));
  const pickMapFile = async () => {
    const picked = await call("pick_files", { title: "Choose a map file", purpose: "map_file" });
    if (picked?.[0]) keep({ map: undefined, map_handle: picked[0].handle });
  };
  const goShape = (next: number) => { setRecord(0); keep({ shape: next === 0 ? undefined : String(next) }); };
  const records = shape.records.length;
  useCommands({
    "fields.next": { run: () => move(1) },
    "fields.previous": { run: () => move(-1) },
    "fields.change": { run: () => document.getElementById(`becomes-${index}`)?.click() },
    "fields.record.next": { run: () => setRecord((at) => Math.min(records - 1, at + 1)), unavailable: record < records - 1 ? undefined : "it is the last one read" },
    "fields.record.previous": { run: () => setRecord((at) => Math.max(0, at - 1)), unavailable: record > 0 ? undefined : "it is the first" },
    "fields.shape.next": { run: () => goShape(at + 1), unavailable: at < preview.shapes.length - 1 ? undefined : preview.shapes.length > 1 ? "it is the last shape" : "all records have one shape" },
    "fields.shape.previous": { run: () => goShape(at - 1), unavailable: at > 0 ? undefined : preview.shapes.length > 1 ? "it is the first shape" : "all records have one shape" },
    "fields.up": { run: () => put(reorder(map, field, -1)), unavailable: isPart ? undefined : "the field is no part" },
    "fields.down": { run: () => put(reorder(map, field, 1)), unavailable: isPart ? undefined : "the field is no part" },
    "fields.toml": { run: () => setToml(true) },
    "fields.index": { run: start, unavailable: cannot },
  });
  const snapshots = workspace?.datasets.find((one) => one.name === name.trim())?.snapshots.length ?? 0;
  return (
    <div className={`view ${css.view}`} aria-busy={reading}>
      <div className={css.head}>
        <h1>Fields</h1>
        <p className="small t2"><b><Verbatim>{shape.path}</Verbatim></b>{shape.files > 1 && ` and ${counted(shape.files - 1, "file")} of the same shape`}, {shape.read_as}. {counted(shape.records_read, "record")} read. Nothing is indexed yet.</p>
        <span className="gap" />
        {preview.shapes.length > 1 && <Shapes shapes={preview.shapes} at={at} onGo={goShape} />}
        {changed && <Button kind="plain" onPress={() => keep({ map: undefined, map_handle: undefined })}>As recognised</Button>}
        <Button onPress={() => void pickMapFile().catch(report("Choosing a map file"))}>Use a map file…</Button>
      </div>
      <div className={css.left}>
        <Fields shape={shape} record={record} field={field} onField={setField} onBecomes={(of, target) => put(assign(map, of, target))} onEvidence={(of) => setRule({ index: map.provenance?.length ?? 0, field: of })} />
        <Unknown shape={shape} />
      </div>
      <div className={css.right}>
        <RecordAsRead shape={shape} record={record} onRecord={setRecord} />
        <Rules shape={shape} onAdd={() => setRule({ index: map.provenance?.length ?? 0 })} onChange={(at) => setRule({ index: at })} />
      </div>
      <div className={css.acts}>
        <Field label="Dataset" unlabelled className={css.name} value={name} onChange={setName} placeholder="Name of the dataset" />
        <span className={`small t2 ${css.says}`}>
          {snapshots > 0 ? `becomes its snapshot ${snapshots + 1}` : "a new dataset"}
          {shape.quarantined > 0 && `; ${count(shape.quarantined)} of these records would be quarantined`}
          {preview.refused.length > 0 && `; ${counted(preview.refused.length, "file")} will not be read`}
          {preview.shapes.length > 1 && `; ${counted(preview.shapes.length - 1, "other shape")}, ${changed ? "read by this map too" : "each by its own field names"}`}
        </span>
        <span className="gap" />
        {limit < 20_000 && <Button onPress={() => keep({ limit: "20000" })} unavailable={shape.records_read < limit ? "these are all records" : undefined}>Read 20,000 instead</Button>}
        <Button onPress={() => setToml(true)}>Show as TOML</Button>
        <Button kind="ink" onPress={start} unavailable={cannot}>Index with this map</Button>
      </div>
      <Dialog title="The map as TOML" open={toml} onClose={() => setToml(false)} wide><pre className={css.toml}>{shape.map_toml}</pre></Dialog>
      {rule && <RuleDialog map={map} index={rule.index} field={rule.field} roles={[...new Set((map.part ?? []).map((part) => part.role))]} onClose={() => setRule(null)} onPut={(next) => { setRule(null); put(putRule(map, rule.index, next)); }} />}
    </div>
  );
}
