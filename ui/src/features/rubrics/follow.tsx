/// Gives a queue a later version of its rubric: which queue, what becomes of the answers it holds, and why.
import { useState } from "react";
import { Radio, RadioGroup } from "react-aria-components";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import radio from "@/components/radio.module.css";
import { SectionHead } from "@/components/section_head";
import { Select } from "@/components/select";
import { Empty } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { asFault, type EarlierAnswersChoice, type RubricInfo } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { faultWords } from "@/lib/fault_words";
import { counted, sentence } from "@/lib/format";
import { useSession } from "@/lib/session";
import { ChangeList } from "./change_list";
import { changesBetween } from "./changes";
import { draftOf } from "./draft";
import css from "./editor.module.css";
import { likely, type Mapping, mappingProblem } from "./mapping";
import { MappingForm } from "./mapping_form";
import { useFollow } from "./use_follow";

const CHOICES: readonly { value: EarlierAnswersChoice; name: string; means: string }[] = [
  { value: "still_valid", name: "They are still valid", means: "each counts as an answer to the later version; refused where one would not be" },
  { value: "map", name: "Map them", means: "labels and scores are carried over as you say below; the rest of an answer stays" },
  { value: "ask_again", name: "Ask again", means: "none counts any more; every reviewer begins anew. The ledger keeps them" },
];

/** A queue with the version that it asks now. */
interface Asking {
  queue: string;
  name: string;
  answers: number;
  now: RubricInfo;
}

export interface FollowProps {
  name: string;
  all: readonly RubricInfo[];
  /** The queue to begin with; none where empty. */
  first: string;
  /** The version to give it, `name@version`; the latest where absent. */
  to: string | undefined;
  onClose(): void;
}

export function Follow({ name, all, first, to, onClose }: FollowProps) {
  const { person } = useSession();
  const versions = all.filter((one) => one.rubric.name === name);
  const [target, setTarget] = useState(to ?? versions[0]?.id);
  const later = versions.find((one) => one.id === target) ?? versions[0];
  const asking = versions.flatMap((now): Asking[] => (later && now.rubric.version < later.rubric.version ? now.queues.map((queue) => ({ ...queue, now })) : []));
  const [queue, setQueue] = useState(first);
  const chosen = asking.find((one) => one.queue === queue);
  if (!later || asking.length === 0 || (first !== "" && queue === first && !chosen && later === versions[0])) {
    return <Empty view="Another rubric version" title="No later version" action={<Button onPress={onClose}>Rubrics</Button>}>{first === "" ? "No queue asks an earlier version of this rubric." : `The queue asks the latest version of ${name} already. Write the next one, then give it to the queue.`}</Empty>;
  }
  const targets = versions.filter((one) => versions.some((other) => other.queues.length > 0 && other.rubric.version < one.rubric.version));
  return (
    <div className={`view ${css.editor}`}>
      <header className={css.head}>
        <h1>Give a queue another version</h1>
        <p className="small t2">From then on it asks <Verbatim>{later.id}</Verbatim>; what was answered before is kept with the version it was given under.</p>
      </header>
      <Terms
        key={`${queue} ${later.id}`} later={later} chosen={chosen} mayNot={person ? (person.role === "expert" ? "only curators and leads change rubrics" : undefined) : "choose who you are first"} onClose={onClose}
        choose={
          <div className={css.line}>
            <Select className={css.grow} label="Queue" value={chosen ? queue : null} placeholder="Choose a queue…" options={asking.map((one) => ({ value: one.queue, label: one.name, note: `asks ${one.now.id}` }))} onChange={setQueue} />
            <Select className={css.target} label="Version" value={later.id} options={targets.map((one) => ({ value: one.id, label: one.id }))} onChange={setTarget} />
          </div>
        }
      />
    </div>
  );
}

function Terms({ later, chosen, mayNot, choose, onClose }: { later: RubricInfo; chosen: Asking | undefined; mayNot: string | undefined; choose: React.ReactNode; onClose(): void }) {
  // Where nothing was answered, nothing is at stake.
  const [answers, setAnswers] = useState<EarlierAnswersChoice | null>(chosen?.answers === 0 ? "still_valid" : null);
  const [mapping, setMapping] = useState<Mapping | null>(chosen ? likely(chosen.now.rubric, later.rubric) : null);
  const [reason, setReason] = useState("");
  const follow = useFollow();
  const unavailable =
    mayNot ?? (chosen ? undefined : "choose a queue") ?? (answers ? undefined : "say what becomes of its answers") ??
    (answers === "map" && mapping ? mappingProblem(mapping) : undefined) ?? (reason.trim() ? undefined : "it needs a reason") ?? (follow.isPending ? "being saved" : undefined);
  const run = () => chosen && answers && follow.mutate({ queue: chosen.queue, to: later.id, answers, mapping: answers === "map" ? mapping : null, reason: reason.trim() });
  useCommands({ "rubrics.save": { run, unavailable } });
  return (
    <>
      <form className={css.form} aria-label="Queue and its answers" onSubmit={(event) => event.preventDefault()}>
        {choose}
        {chosen && (
          <section>
            <SectionHead title="Its answers" gloss={chosen.answers === 0 ? "none so far, as far as you may know" : `${counted(chosen.answers, "answer")}, as far as you may know`} />
            <RadioGroup aria-label="What becomes of its answers" className={css.choices!} value={answers} onChange={(value) => setAnswers(value as EarlierAnswersChoice)}>
              {CHOICES.map((one) => <Radio key={one.value} value={one.value} className={radio.radio!}><span><b>{one.name}</b>{one.means}</span></Radio>)}
            </RadioGroup>
          </section>
        )}
        {chosen && answers === "map" && mapping && <MappingForm from={chosen.now.rubric} to={later.rubric} mapping={mapping} onChange={setMapping} />}
        <Field label="Reason" value={reason} lines={2} onChange={setReason} onSubmit={() => !unavailable && run()} hint="Stands in the ledger." />
      </form>
      <div className={css.aside}>
        {chosen && (
          <section>
            <SectionHead title="What it will be asked otherwise" gloss={<>than <Verbatim>{chosen.now.id}</Verbatim></>} />
            <ChangeList changes={changesBetween(draftOf(chosen.now.rubric), draftOf(later.rubric))} none="The same." />
          </section>
        )}
      </div>
      <footer className={css.acts}>
        {follow.isError ? <span className={css.failed} role="alert">Not saved: {faultWords(asFault(follow.error, "giving the queue the version"))}</span> : <span className="t2">{unavailable && `${sentence(unavailable)}.`}</span>}
        <span className="gap" />
        <Button size="large" onPress={onClose}>Cancel</Button>
        <Button kind="ink" size="large" keys="Ctrl Enter" unavailable={unavailable} onPress={run}>Give it this version</Button>
      </footer>
    </>
  );
}
