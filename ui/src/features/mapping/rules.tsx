/// Who made it: the rules of provenance, what each would decide, counted.
import { Button } from "@/components/button";
import { OriginRects } from "@/components/origin_bar";
import { OriginLabel } from "@/components/origin_glyph";
import { SectionHead } from "@/components/section_head";
import type { RulePreview, ShapePreview } from "@/ipc";
import { count, counted } from "@/lib/format";
import css from "./mapping.module.css";

const BAR = 64;

export function Rules({ shape, onAdd, onChange }: { shape: ShapePreview; onAdd(): void; onChange(index: number): void }) {
  const words = (rule: RulePreview) => rule.when || (rule.number === null ? "no rule matches" : "always");
  return (
    <section className={css.rules} aria-label="Who made it">
      <SectionHead title="Who made it" gloss="the first rule that matches decides, part by part"><Button size="small" icon="plus" onPress={onAdd}>Rule</Button></SectionHead>
      {shape.rules.length === 0 ? <p className="small t2">No rule says who made these texts, so all of them stay unknown. Add a rule, or make a field evidence of origin.</p> : (
        <table aria-label="Rules of provenance">
          <thead><tr><th scope="col" className={css.ruleNumber}>{" "}</th><th scope="col" className={css.rulePart}>part</th><th scope="col">when</th><th scope="col" className={css.ruleOrigin}>origin</th><th scope="col" className={css.ruleBar}>would decide</th><th scope="col" className={`num ${css.ruleCount}`}>records</th></tr></thead>
          <tbody>
            {shape.rules.map((rule, i) => (
              <tr key={`${rule.number} ${rule.part} ${rule.when}`} className={i > 0 && shape.rules[i - 1]!.number === null ? css.newPart : undefined}>
                <td className="t2">{rule.number}</td>
                <td className="t2">{rule.part}</td>
                <td className={rule.when ? "code" : undefined} title={rule.when}>{rule.number === null ? words(rule) : <button type="button" onClick={() => onChange(rule.number! - 1)} aria-label={`Change rule ${rule.number}: ${words(rule)}`} className={css.when}>{words(rule)}</button>}</td>
                <td><OriginLabel origin={rule.origin} /></td>
                <td><svg width={BAR} height="10" aria-hidden="true">{rule.records > 0 && <OriginRects height={10} spans={[{ origin: rule.origin, x: 0, width: Math.max(2, (rule.records / Math.max(1, shape.records_read)) * BAR) }]} />}</svg></td>
                <td className="num">{count(rule.records)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {shape.overlaps > 0 && <p className={`small t2 ${css.overlaps}`}>{counted(shape.overlaps, "record")} would be judged otherwise by a later rule. The first decides; they are listed as conflicts.</p>}
    </section>
  );
}
