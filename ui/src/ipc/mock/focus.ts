/// What the focus view asks beside answers: flags, examples from gold, and samples that are blurred, translated or very long.
import type { FlagRequest, FlagSaved, QueueRequest, ReviewItem, ReviewItemRequest, RubricExample } from "../types";
import { longSample, translatedSample } from "./focus_texts";
import { fault, option } from "./options";
import { mockRubric, reviewCommands, saveOrFail } from "./review";
import { mockTexts } from "./review_texts";

const flagged = new Set<string>();
let sequence = 10_900;
let shape = option("text");

/** Lets every sample of the mock be `long` or `translation`. */
export function showText(kind: "long" | "translation" | null): void {
  shape = kind;
}

/** Lets the queue be one of a slice whose texts are blurred. */
export function blurQueue(queue: string, blurred = true): void {
  const info = reviewCommands.queues().find((each) => each.queue === queue)!;
  Object.assign(info, { slice: blurred ? { name: "harm to oneself", filter: "topic = 'self-harm'", tier: "high_stakes", blurred: true } : null });
}

const key = (queue: string, position: number) => `${queue} ${position}`;

export const focusCommands = {
  review_item({ queue, position }: ReviewItemRequest): ReviewItem {
    const item = { ...reviewCommands.review_item({ queue, position }), flagged: flagged.has(key(queue, position)) };
    if (shape === "long") return { ...item, sample: longSample(item.sample) };
    return shape === "translation" ? { ...item, sample: translatedSample(item.sample, position) } : item;
  },
  async flag({ queue, position, raised }: FlagRequest): Promise<FlagSaved> {
    await saveOrFail();
    const stood = flagged.has(key(queue, position)) === raised;
    if (raised) flagged.add(key(queue, position));
    else flagged.delete(key(queue, position));
    sequence += 1;
    return { raised, saved: stood ? null : { seq: sequence, at: new Date().toISOString() } };
  },
  rubric_examples({ queue }: QueueRequest): RubricExample[] {
    if (option("examples") === "error") throw fault("workspace_damaged", "The ledger could not be read.", "Run assay doctor");
    if (option("examples") === "none" || queue === "q-finance") return [];
    return mockRubric.criteria.slice(0, 2).flatMap((criterion, at) => [1, 3, 4].map((score, index) => {
      const text = mockTexts[(at + index) % mockTexts.length]!;
      return { criterion: criterion.id, score, digest: `sha256:${String(at * 4 + index).repeat(64)}`, title: text.title, excerpt: text.response.slice(0, 400) };
    }));
  },
};

if (option("text") === "blurred") blurQueue("q-health");
