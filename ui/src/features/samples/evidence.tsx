/// Why a sample is held to be human or a machine's: every piece of evidence, what it did, and what the origin was before.
import { Badge } from "@/components/badge";
import { OriginLabel } from "@/components/origin_glyph";
import { Visible } from "@/components/reading";
import { Verbatim } from "@/components/verbatim";
import type { Cause, ContradictingSample, EvidenceKind, OriginChange, SampleDerivation, SampleDetail, SampleEvidence } from "@/ipc";
import { count, date, words } from "@/lib/format";
import css from "./evidence.module.css";

export const KIND: Record<EvidenceKind, string> = {
  reviewer_judgement: "Judged by a reviewer", generation_record: "Generation record", declared: "Declared by a field", rule: "Declared, by a rule of the map", content_credential: "Content credential",
  near_duplicate_of_synthetic: "Near-duplicate, known synthetic", watermark: "Watermark", self_disclosure: "Says so itself", before_cut_off: "Collected before the cut-off", chat_boilerplate: "Turn of phrase of a chat model", stylometric: "Stylometric score", source_reputation: "Reputation of its source",
};

/** Strongest first; signals last, for they decide nothing. */
const STRENGTH = Object.keys(KIND);

/** Kinds as strong as another share its place, as in `4 of 9`. */
const LEAST = 9;

const SIGNALS: readonly EvidenceKind[] = ["stylometric", "source_reputation"];

export function strongestFirst(evidence: readonly SampleEvidence[]): SampleEvidence[] {
  return [...evidence].sort((a, b) => STRENGTH.indexOf(a.kind) - STRENGTH.indexOf(b.kind));
}

/** What a piece of evidence did, in a word or two. */
export function effectWords({ effect, kind }: Pick<SampleEvidence, "effect" | "kind">): string {
  if (SIGNALS.includes(kind)) return "sets nothing";
  return effect === null || effect === "silent" ? "says nothing of who" : effect;
}

function details(one: SampleEvidence): string {
  const record = one.record;
  return [
    one.source, one.value, one.generator !== one.value && one.generator, record?.model && `model ${record.model}`, record?.prompt_ref && `prompt ${record.prompt_ref}`, record?.generated_at && `generated ${record.generated_at}`,
    one.brought && `added ${date(one.brought.at)}${one.brought.by ? ` by ${one.brought.by}` : ""}, ${one.brought.name}`,
  ].filter(Boolean).join("; ");
}

function Row({ one, role }: { one: SampleEvidence; role: string }) {
  const counts = one.effect === "decides" || one.effect === "contradicts";
  return (
    <tr>
      <td><Visible text={role} /></td>
      <td className={counts ? undefined : css.quiet}>{KIND[one.kind]}{one.strength !== null && <span className={css.strength} title={`Strength ${one.strength + 1} of ${LEAST + 1}; 1 is the strongest`}>{one.strength + 1}/{LEAST + 1}</span>}<small><Verbatim>{details(one)}</Verbatim></small></td>
      <td className={counts ? undefined : css.quiet}>{SIGNALS.includes(one.kind) ? null : `${one.origin} ${one.confidence.toFixed(2)}`}<small>{effectWords(one)}</small></td>
    </tr>
  );
}

export function EvidenceTable({ evidence, parts }: { evidence: readonly SampleEvidence[]; parts: SampleDetail["parts"] }) {
  if (evidence.length === 0) return <p className="small t2">Nobody declared who made this; it stays unknown.</p>;
  return (
    <table className={css.evidence} aria-label="Evidence">
      <tbody>
        {strongestFirst(evidence).map((one) => (
          <Row key={`${one.part} ${one.kind} ${one.source} ${one.value} ${one.origin}`} one={one} role={one.part === null ? "all parts" : words(parts[one.part]?.role ?? `part ${one.part + 1}`)} />
        ))}
      </tbody>
    </table>
  );
}

/** The other side, where the same text is said to be of another origin elsewhere. */
export function Contradictions({ others, onOpen }: { others: readonly ContradictingSample[]; onOpen(sample: number): void }) {
  if (others.length === 0) return null;
  return (
    <section>
      <h3>The same text elsewhere<span className="gap" /><Badge kind="fail" icon="warning">says otherwise</Badge></h3>
      {others.map((other) => (
        <div key={other.sample} className={css.other}>
          <p className="small"><OriginLabel origin={other.origin}>{other.origin}</OriginLabel> <button type="button" className="link" onClick={() => onOpen(other.sample)} aria-label={`Open ${other.path}, line ${other.line}`}><Verbatim>{other.path}</Verbatim>, line {count(other.line)}</button></p>
          <EvidenceTable evidence={other.evidence} parts={[]} />
        </div>
      ))}
    </section>
  );
}

function causeWords(cause: Cause): string {
  const act = cause.added ? "came" : "was withdrawn";
  return `${KIND[cause.kind]}: ${cause.origin}, ${[cause.source, cause.value].filter(Boolean).join(", ")}, ${act}${cause.by ? `, ${cause.by}` : ""}${cause.at ? `, ${date(cause.at)}` : ""}${cause.entry === null ? "" : `, entry ${count(cause.entry)}`}`;
}

/** What the origin was, what it became, when, and by which evidence. */
export function History({ history }: { history: readonly OriginChange[] }) {
  if (history.length === 0) return null;
  return (
    <section>
      <h3>History of the origin<span className="gap" /><span className="small t3">latest last</span></h3>
      <ol className={css.history} aria-label="History of the origin">
        {history.map((change, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: changes are only ever added at the end.
          <li key={i}>
            <span><OriginLabel origin={change.was.origin}>{change.was.origin}{change.was.conflict ? ", contradictory" : ""}</OriginLabel> → <OriginLabel origin={change.became.origin}>{change.became.origin}{change.became.conflict ? ", contradictory" : ""}{change.became.origin === "unknown" ? "" : ` ${change.became.confidence.toFixed(2)}`}</OriginLabel></span>
            <span className="t3">{date(change.at)}</span>
            {change.causes.map((cause) => <small key={`${cause.added} ${cause.kind} ${cause.source} ${cause.value} ${cause.at}`}><Verbatim>{causeWords(cause)}</Verbatim></small>)}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** `2 models from what people wrote`, as a fact beside the others. */
export function derivedWords({ depth, cyclic }: SampleDerivation): string {
  if (cyclic) return "cannot be told: its chain of parents leads back to itself";
  if (depth === null) return "not known";
  return depth === 0 ? "written by people" : depth === 1 ? "made by a model" : `made by ${count(depth)} models in a row`;
}
