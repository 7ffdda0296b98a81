/// Rubrics without a backend: versions that are added and queues that follow are remembered until the page is left.
import type { Rubric, RubricAddRequest, RubricAdded, RubricFollowed, RubricFollowRequest, RubricInfo, RubricQueue } from "../types";
import { fault, option } from "./options";
import { mockRubric, reviewCommands } from "./review";

const earlier: Rubric = {
  ...mockRubric, version: 2,
  labels: [{ key: 1, name: "Interaction" }, { key: 2, name: "Emergency" }, { key: 3, name: "Dosage advice" }],
  criteria: mockRubric.criteria.slice(0, 3).map((criterion) => (criterion.id === "safe" ? { ...criterion, max: 3, guidance: "1: following it does harm. 2: a warning is missing. 3: safe." } : criterion)),
  exclude_reasons: mockRubric.exclude_reasons.slice(0, 6),
};

const arabic: Rubric = {
  name: "مشورة قانونية", version: 1, labels: [{ key: 1, name: "حالة نادرة" }, { key: 2, name: "سؤال شائع" }],
  criteria: [{ id: "right", name: "صحيح", guidance: "1: خطأ في الجوهر. 2: خطأ مهم. 3: صحيح إلا تفصيلا. 4: صحيح كله.", max: 4 }], exclude_reasons: ["خطأ", "خارج النطاق"],
};

const template: Rubric = {
  name: "general", version: 1, labels: [{ key: 1, name: "Typical" }, { key: 2, name: "Rare" }],
  criteria: [{ id: "quality", name: "Quality", guidance: "How good it is as a whole, by the reviewer’s own standard.", max: 5 }], exclude_reasons: ["Wrong", "Machine-made", "Copied from elsewhere"],
};

let rubrics: { rubric: Rubric; recorded: boolean }[] = option("state") === "empty" ? [] : [
  { rubric: mockRubric, recorded: true }, { rubric: earlier, recorded: true }, { rubric: { ...earlier, version: 1, labels: [] }, recorded: true }, { rubric: template, recorded: false }, { rubric: arabic, recorded: true },
];
/** What a queue asks where that is not the version it was drawn with. */
const asks = new Map<string, string>([["q-legal", "clinical advice@2"], ["q-finance", "clinical advice@2"]]);
let sequence = 10_600;

const idOf = (rubric: Rubric) => `${rubric.name}@${rubric.version}`;
const questions = ({ labels, criteria, exclude_reasons }: Rubric) => JSON.stringify([labels, criteria, exclude_reasons]);

function queuesOf(id: string): RubricQueue[] {
  return reviewCommands.queues().filter((queue) => (asks.get(queue.queue) ?? "clinical advice@3") === id).map((queue) => ({ queue: queue.queue, name: queue.name, answers: queue.done }));
}

function saved() {
  sequence += 1;
  return { seq: sequence, at: new Date().toISOString() };
}

export const rubricCommands = {
  rubrics(): RubricInfo[] {
    const sorted = rubrics.toSorted((a, b) => (a.rubric.name === b.rubric.name ? b.rubric.version - a.rubric.version : a.rubric.name < b.rubric.name ? -1 : 1));
    return sorted.map(({ rubric, recorded }, place) => ({
      id: idOf(rubric), rubric, recorded, latest: sorted[place - 1]?.rubric.name !== rubric.name,
      added: recorded ? `2026-0${Math.min(9, 3 + rubric.version)}-14T09:30:00Z` : "", added_by: recorded ? "Ilse Marchetti" : "", queues: queuesOf(idOf(rubric)),
    }));
  },
  rubric_add({ name, labels, criteria, exclude_reasons }: RubricAddRequest): RubricAdded {
    const latest = rubrics.filter((one) => one.recorded && one.rubric.name === name).map((one) => one.rubric).sort((a, b) => b.version - a.version)[0];
    const rubric: Rubric = { name, version: (latest?.version ?? 0) + 1, labels: labels.map((label, index) => ({ key: index + 1, name: label })), criteria, exclude_reasons };
    if (latest && questions(latest) === questions(rubric)) return { id: idOf(latest), saved: null };
    rubrics = [...rubrics.filter((one) => one.recorded || idOf(one.rubric) !== idOf(rubric)), { rubric, recorded: true }];
    return { id: idOf(rubric), saved: saved() };
  },
  rubric_follow({ queue, to, answers }: RubricFollowRequest): RubricFollowed {
    const info = reviewCommands.queues().find((each) => each.queue === queue)!;
    if (answers === "still_valid" && info.done > 0) throw fault("not_allowed", "an answer to sample 3f9c 81d2 would not stand: there is no label `Emergency`", "map the answers, or ask again");
    asks.set(queue, to);
    return { saved: saved(), queue: { ...info, rubric: to } };
  },
};
