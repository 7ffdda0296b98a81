/// One sample in full: its parts, who made them and how that is known, and where it lies.
import { useQuery } from "@tanstack/react-query";
import { Badge } from "@/components/badge";
import { Button } from "@/components/button";
import { OpinionList } from "@/components/opinions";
import { OriginLabel } from "@/components/origin_glyph";
import { Reading, READING_SIZES, type ReadingSize, Visible } from "@/components/reading";
import { Faulted, Loading } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { VerdictMark } from "@/components/verdict_mark";
import { call, type SampleDetail } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { both, equals } from "@/lib/expression";
import { count, counted, digestWords, languageName, sentence, words } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import { Contradictions, derivedWords, EvidenceTable, History } from "./evidence";
import { Lineage } from "./lineage";
import { BulkMarks } from "./bulk_marks";
import css from "./samples.module.css";

function Facts({ sample, onFilter }: { sample: SampleDetail; onFilter(filter: string): void }) {
  return (
    <dl className={css.facts}>
      <dt>File</dt><dd><Verbatim>{sample.path}</Verbatim></dd>
      <dt>Place</dt><dd><Verbatim>{sample.place}</Verbatim></dd>
      {sample.id && <><dt>Identity</dt><dd><Verbatim>{sample.id}</Verbatim></dd></>}
      <dt>Length</dt><dd>{counted(sample.tokens, "token")}, {counted(sample.characters, "character")}</dd>
      {sample.dimensions.map(([name, value]) => (
        <div key={`${name} ${value}`} className={css.fact}>
          <dt title={name}><Visible text={sentence(words(name))} /></dt>
          <dd><button type="button" className="link" onClick={() => onFilter(equals(name, value))} aria-label={`Filter by ${name} ${value}`}><Verbatim>{value}</Verbatim></button></dd>
        </div>
      ))}
      {sample.derivation && <><dt>Derivation</dt><dd>{derivedWords(sample.derivation)}{sample.derivation.parents.length > 0 && <>; from {sample.derivation.parents.map((parent) => <button key={parent} type="button" className="link" onClick={() => onFilter(equals("id", parent))} aria-label={`Filter by identity ${parent}`}><Verbatim>{parent}</Verbatim></button>)}</>}</dd></>}
      {sample.detected_language && <><dt>Detected</dt><dd>{languageName(sample.detected_language)}</dd></>}
      <dt>Exact copies</dt><dd>{sample.exact_copies === 0 ? "none" : count(sample.exact_copies)}</dd>
      <dt>Digest</dt><dd className="code">{sample.digest}</dd>
    </dl>
  );
}

export function Detail({ sample: id, row, onClose, onFilter, onOpen }: { sample: number; row: number | null; onClose(): void; onFilter(filter: string): void; onOpen(sample: number): void }) {
  const { go, place } = useNavigation();
  const { settings, setSetting } = useSession();
  const query = useQuery({ queryKey: ["sample", id], queryFn: () => call("sample_detail", { sample: id }), gcTime: 60_000, placeholderData: (before) => before });
  const sample = query.data;
  const size = (READING_SIZES.find((one) => String(one) === settings.reading_size) ?? 17) as ReadingSize;
  const resize = (by: 1 | -1) => {
    const next = READING_SIZES[READING_SIZES.indexOf(size) + by];
    if (next) setSetting("reading_size", String(next));
  };
  const cluster = sample?.cluster ?? null;
  useCommands({
    "samples.duplicates": { run: () => go("duplicates", { cluster: String(cluster) }), unavailable: cluster === null ? "it has none" : undefined },
    "samples.larger": { run: () => resize(1), unavailable: size === READING_SIZES.at(-1) ? "it is the largest size" : undefined },
    "samples.smaller": { run: () => resize(-1), unavailable: size === READING_SIZES[0] ? "it is the smallest size" : undefined },
  });
  if (query.isError) return <aside className={css.detail} aria-label="Sample"><Faulted doing="Opening the sample" cause={query.error} onRetry={() => void query.refetch()} /></aside>;
  if (!sample) return <aside className={css.detail} aria-label="Sample"><Loading what="Opening the sample…" /></aside>;
  const filter = (text: string) => onFilter(both(place.state.filter ?? "", text));
  const language = sample.dimensions.find(([name]) => name === "language")?.[1] ?? sample.detected_language;
  return (
    <aside className={css.detail} aria-label={row === null ? "Sample" : `Sample ${row + 1}`}>
      <header>
        <span className="small t2">{row === null ? "Sample" : `Row ${count(row + 1)}`}</span>
        <span className="code t3 label">{digestWords(sample.digest)}</span>
        <span className="gap" />
        <Button kind="plain" size="small" keys="D" label="Near-duplicates" onPress={() => go("duplicates", { cluster: String(cluster) })} unavailable={cluster === null ? "it has none" : undefined}>{cluster === null ? "No near-duplicates" : `${count(sample.cluster_size)} alike`}</Button>
        <Button kind="plain" size="small" icon="cross" label="Close" onPress={onClose} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <div className={css.scroll} tabIndex={0} role="region" aria-label="Text and facts of the sample">
        {sample.stale && (
          <section><div className={css.stale} role="alert"><b>The source no longer holds what was indexed</b>{sample.stale.message}. {sample.stale.remedy}.</div></section>
        )}
        {sample.parts.map((part, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sample never move.
          <section key={i}>
            <h3><Visible text={sentence(words(part.role))} /><span><OriginLabel origin={part.origin}>{part.origin}{part.origin === "unknown" ? "" : ` ${part.confidence.toFixed(2)}`}</OriginLabel></span><span className="gap" /><span className={css.tokens}>{counted(part.tokens, "token")}</span></h3>
            <Reading text={part.text} language={language} size={size} find={place.state.find ?? ""} />
          </section>
        ))}
        <section>
          <h3>Evidence<span className="gap" />{sample.conflict ? <Badge kind="fail" icon="warning">contradicts itself</Badge> : <span className={css.tokens}>strongest first</span>}</h3>
          <EvidenceTable evidence={sample.evidence} parts={sample.parts} />
        </section>
        <Lineage sample={sample.sample} />
        <Contradictions others={sample.contradicts} onOpen={onOpen} />
        <History history={sample.history} />
        {sample.opinions && (
          <section><h3>Machine opinions<span className="gap" /><span className={css.tokens}>with how often they are wrong</span></h3><OpinionList opinions={sample.opinions} parts={sample.parts} /></section>
        )}
        {(sample.verdict || sample.gold) && (
          <section><h3>Decided<span className="gap" />{sample.verdict && <VerdictMark verdict={sample.verdict} />}{sample.gold && <Badge kind="gold" icon="gold">gold</Badge>}</h3></section>
        )}
        {sample.bulk && (
          <section><h3>Done in bulk<span className="gap" /><span className={css.tokens}>no verdict</span></h3><BulkMarks bulk={sample.bulk} onFilter={filter} /></section>
        )}
        <section><Facts sample={sample} onFilter={filter} /></section>
      </div>
    </aside>
  );
}
