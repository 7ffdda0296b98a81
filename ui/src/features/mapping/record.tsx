/// One record as it will be read: its parts in order, who made each, and its dimensions.
import { Button } from "@/components/button";
import { FactStrip } from "@/components/fact_strip";
import { KeyCap } from "@/components/key_cap";
import { OriginGlyph, OriginLabel } from "@/components/origin_glyph";
import { Visible } from "@/components/reading";
import { SectionHead } from "@/components/section_head";
import type { ShapePreview } from "@/ipc";
import { count, sentence, words } from "@/lib/format";
import css from "./mapping.module.css";

export function RecordAsRead({ shape, record, onRecord }: { shape: ShapePreview; record: number; onRecord(record: number): void }) {
  const one = shape.records[record];
  if (!one) return <section className={css.record}><SectionHead title="As it will be read" /><p className="small t2">There are no records.</p></section>;
  const language = one.dimensions.find(([name]) => name === "language")?.[1] || one.detected_language;
  const facts = one.dimensions.map(([name, value]) => ({
    label: sentence(words(name)),
    value: value === "" ? <OriginLabel origin="unknown" /> : name === "language" && one.detected_language ? `${value}, detected ${one.detected_language}` : value,
  }));
  return (
    <section className={css.record} aria-label="As it will be read">
      <SectionHead title="As it will be read" gloss={`record ${count(one.line)}, ${record + 1} of ${shape.records.length} shown`}>
        <Button size="small" icon="left" label="Previous record" onPress={() => onRecord(record - 1)} unavailable={record > 0 ? undefined : "it is the first"} />
        <Button size="small" icon="right" label="Next record" onPress={() => onRecord(record + 1)} unavailable={record < shape.records.length - 1 ? undefined : "it is the last one read"} />
        <span className={css.hint}><KeyCap keys="Alt ↑" /><KeyCap keys="Alt ↓" /> order</span>
      </SectionHead>
      {one.problem && <p className={css.problem} role="status"><OriginGlyph origin="unknown" />would be quarantined: {one.problem}</p>}
      {one.parts.map((part, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a record stand in reading order.
        <article key={i} className={css.onePart}>
          <h3 data-n={i + 1}><Visible text={sentence(words(part.role))} /><span className="code">{part.field}</span><OriginLabel origin={part.origin}>{part.origin}{part.decided_by ? `, ${part.decided_by}` : ""}</OriginLabel></h3>
          <p dir="auto" lang={language || undefined}><Visible text={part.text} /></p>
        </article>
      ))}
      {facts.length > 0 && <div className={css.facts}><FactStrip facts={facts} /></div>}
    </section>
  );
}
