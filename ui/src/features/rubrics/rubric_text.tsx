/// One version of a rubric, whole: what its reviewers are asked, who wrote it, and which queues ask it.
import { Badge } from "@/components/badge";
import { Button } from "@/components/button";
import { Visible } from "@/components/reading";
import { SectionHead } from "@/components/section_head";
import { scaleWords } from "@/components/answer/scale_words";
import { Verbatim } from "@/components/verbatim";
import type { RubricCriterion, RubricInfo } from "@/ipc";
import { counted, date } from "@/lib/format";
import { useNavigation, usePlaceState } from "@/lib/place";
import css from "./rubrics.module.css";

export interface RubricTextProps {
  info: RubricInfo;
  mayNot: string | undefined;
  noFollow: string | undefined;
  onNext(): void;
  onFollow(): void;
}

export function RubricText({ info, mayNot, noFollow, onNext, onFollow }: RubricTextProps) {
  const { rubric } = info;
  const [note] = usePlaceState("note");
  return (
    <article className={css.text}>
      {note && <p className={css.saved} role="status">{note}</p>}
      <header className={css.title}>
        <h2><Verbatim>{rubric.name}</Verbatim> <span className="t2">version {rubric.version}</span></h2>
        {!info.recorded && <Badge>template</Badge>}
        <span className="gap" />
        {noFollow === undefined && <Button onPress={onFollow}>Give a queue this version…</Button>}
        <Button unavailable={mayNot} onPress={onNext}>{info.recorded ? "Next version…" : "Write one from it…"}</Button>
      </header>
      <p className="small t2">{info.recorded ? <>Recorded on {date(info.added)} by <Verbatim>{info.added_by}</Verbatim>. {info.latest ? "The latest version." : "A later version is there."}</> : "It comes with Assay and is recorded when a queue first needs it."}</p>
      <Queues info={info} />
      <section>
        <SectionHead title="Labels" gloss={rubric.labels.length === 0 ? "none" : "by their keys"} />
        <ol className={css.words}>{rubric.labels.map((label) => <li key={label.key}><kbd>{label.key}</kbd><span dir="auto"><Visible text={label.name} /></span></li>)}</ol>
      </section>
      <section>
        <SectionHead title="Criteria" gloss={rubric.criteria.length === 0 ? "none" : "what each score means"} />
        {rubric.criteria.map((criterion) => <Criterion key={criterion.id} criterion={criterion} />)}
      </section>
      <section>
        <SectionHead title="Reasons to exclude" gloss="by their digits" />
        <ol className={css.words}>{rubric.exclude_reasons.map((reason, index) => <li key={reason}><kbd>{index + 1}</kbd><span dir="auto"><Visible text={reason} /></span></li>)}</ol>
      </section>
    </article>
  );
}

export function Criterion({ criterion }: { criterion: RubricCriterion }) {
  const steps = scaleWords(criterion.guidance);
  return (
    <div className={css.criterion}>
      <h3><Verbatim>{criterion.name}</Verbatim> <span className="code t3"><Visible text={criterion.id} /></span> <span className={css.range}>1 to {criterion.max}</span></h3>
      {steps.size > 0 ? <ol>{[...steps].map(([step, words]) => <li key={step}><b>{step}</b><span dir="auto"><Visible text={words} /></span></li>)}</ol> : <p dir="auto"><Visible text={criterion.guidance} /></p>}
    </div>
  );
}

function Queues({ info }: { info: RubricInfo }) {
  const { go } = useNavigation();
  if (info.queues.length === 0) return <p className={css.asked}>No queue asks it{info.recorded ? "" : " yet"}.</p>;
  return (
    <ul className={css.asked} aria-label="Queues that ask it">
      {info.queues.map((queue) => (
        <li key={queue.queue}>
          <button type="button" className="link" onClick={() => go("review", { queue: queue.queue })}><Verbatim>{queue.name}</Verbatim></button>
          <span className="t2">{queue.answers === 0 ? "no answer yet" : counted(queue.answers, "answer")}</span>
        </li>
      ))}
    </ul>
  );
}
