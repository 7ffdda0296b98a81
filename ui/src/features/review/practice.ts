/// Twelve bundled samples to learn the keys on: a queue that lives in memory alone, with the verdict that was expected and why.
import type { Answer, Decided, PartDetail, QueueInfo, QueueItem, QueueState, Rubric, SampleDetail, Verdict } from "@/ipc";
import { asFault } from "@/ipc";
import type { Port } from "./session";
import bundled from "./practice.json";

export interface PracticeSample {
  readonly title: string;
  readonly domain: string;
  readonly language: string;
  readonly source: string;
  readonly license: string;
  readonly collected: string;
  readonly prompt: string;
  readonly response: string;
  readonly expected: {
    readonly verdict: Verdict;
    readonly reason: string;
    /** Whether a skip is as right: not everybody reads its language. */
    readonly skip: boolean;
  };
  readonly why: string;
}

export const PRACTICE = bundled.samples as readonly PracticeSample[];
export const PRACTICE_RUBRIC: Rubric = bundled.rubric;

const wordsIn = (text: string) => [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)].filter((each) => each.isWordLike).length;

/** The sample as the reading view wants it; nothing of it was measured. */
export function practiceSample(position: number): SampleDetail {
  const sample = PRACTICE[position]!;
  const part = (role: string, text: string): PartDetail => ({ role, text, origin: "unknown", source_class: "unknown", confidence: 0, tokens: wordsIn(text), rtl: sample.language === "ar" });
  const parts = [part("prompt", sample.prompt), part("response", sample.response)];
  const dimensions = (["domain", "language", "source", "license"] as const).map((name): [string, string] => [name, sample[name]]);
  return {
    sample: position + 1, digest: `practice-${position + 1}`, id: null, dataset: "practice", snapshot: 1, path: "practice.json", line: position + 1, place: `sample ${position + 1}`,
    parts, evidence: [], history: [], contradicts: [], derivation: null, conflict: false, origin: "unknown", source_class: "unknown", confidence: 0,
    tokens: parts.reduce((sum, each) => sum + each.tokens, 0), characters: sample.prompt.length + sample.response.length,
    dimensions: [...dimensions, ["collected_at", sample.collected] as [string, string]].filter(([, value]) => value !== ""), detected_language: null,
    exact_copies: 0, cluster: null, cluster_size: 1, verdict: null, gold: false, bulk: null, stale: null, opinions: null,
  };
}

/** Whether the verdict is the one expected. Another reason for it is no other verdict. */
export function isExpected(position: number, verdict: Verdict): boolean {
  const { expected } = PRACTICE[position]!;
  return expected.verdict === verdict || (verdict === "skip" && expected.skip);
}

export function openedPractice(): QueueState {
  return { info: infoOf(new Map()), rubric: PRACTICE_RUBRIC, items: PRACTICE.map((_, position) => itemOf(new Map(), position)), position: 0, can_undo: false, can_redo: false, amends: false };
}

function itemOf(answers: ReadonlyMap<number, Answer>, position: number): QueueItem {
  return { position, digest: `practice-${position + 1}`, title: PRACTICE[position]!.title, verdict: answers.get(position)?.verdict ?? null };
}

function infoOf(answers: ReadonlyMap<number, Answer>): QueueInfo {
  const given = (verdict: Verdict) => [...answers.values()].filter((answer) => answer.verdict === verdict).length;
  const skipped = given("skip");
  return {
    queue: "practice", name: "Practice", dataset: "practice", snapshot: 1, filter: "", seed: 0, size: PRACTICE.length, slice_samples: PRACTICE.length, reviewers: 1, blind: true,
    rubric: "practice@1", statement: "", created: "", created_by: "", order: "picked", estimate: null, estimated_from: 0, rule: null, slice: null, strata_by: "", strata: [],
    one_per_cluster: false, stop: null, pack: null, done: answers.size - skipped, left: PRACTICE.length - answers.size, approved: given("approve"), excluded: given("exclude"), unsure: given("unsure"), skipped,
  };
}

interface Change {
  readonly position: number;
  readonly before: Answer | undefined;
  readonly after: Answer | undefined;
}

/** What a session needs, kept in memory. `onChanged` hears which sample was answered, or taken back. */
export function practicePort(now: () => number, onChanged: (position: number, verdict: Verdict | null) => void): Port {
  const answers = new Map<number, Answer>();
  const done: Change[] = [];
  const undone: Change[] = [];
  let entries = 0;
  const put = (position: number, answer: Answer | undefined): Decided => {
    if (answer) answers.set(position, answer);
    else answers.delete(position);
    return { saved: { seq: 0, at: "" }, item: itemOf(answers, position), answer: answer ?? null, position, info: infoOf(answers), can_undo: done.length > 0, can_redo: undone.length > 0, amends: false };
  };
  const move = (from: Change[], to: Change[], side: "before" | "after"): Decided => {
    const last = from.pop();
    if (!last) throw new Error("there is nothing to take back");
    to.push(last);
    return put(last.position, last[side]);
  };
  return {
    async decide({ position, answer }) {
      done.push({ position, before: answers.get(position), after: answer });
      undone.length = 0;
      return put(position, answer);
    },
    undo: async () => move(done, undone, "before"),
    redo: async () => move(undone, done, "after"),
    ready: () => true,
    given: (position) => answers.get(position) ?? null,
    newEntry: () => `practice-${++entries}`,
    now,
    date: () => new Date(),
    faultOf: (error) => asFault(error, "practising"),
    onSaved: ({ item }) => onChanged(item.position, item.verdict),
    savedWords: (words) => `${words}. Practice: nothing is recorded.`,
  };
}
