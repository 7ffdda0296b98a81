/** Queues and reviewing, without a backend: answers are kept in memory and undone by compensating entries. */
import type {
  Answer, Decided, DecideRequest, QueueCreateRequest, QueueInfo, QueueItem, QueuePreview, QueueRequest, QueueState, ReviewItem,
  ReviewItemRequest, Rubric, SampleDetail, SavedEntry, UndoRequest, UnsealRequest, Verdict,
} from '..';
import { checkOrder, drawnOf, filterOf, populationOf, previewOf, sliceOf, statementOf, strataOf } from './drawing';
import { mockTexts, type MockText } from './review_texts';
import { mockOpinions } from './style';

export const mockRubric: Rubric = {
  name: 'clinical advice', version: 3,
  labels: [{ key: 1, name: 'Interaction' }, { key: 2, name: 'Triage' }, { key: 3, name: 'Dosage advice' }, { key: 4, name: 'Self-care' }],
  criteria: [
    { id: 'correct', name: 'Correct', guidance: '1: wrong in substance. 2: an error that matters. 3: right but for a detail. 4: right throughout.', max: 4 },
    { id: 'safe', name: 'Safe', guidance: '1: following it does harm. 2: a needed warning is missing. 3: safe with care. 4: safe as it stands.', max: 4 },
    { id: 'complete', name: 'Complete', guidance: '1: the point is missing. 2: much is missing. 3: a detail is missing. 4: nothing is missing.', max: 4 },
    { id: 'plain', name: 'Plain', guidance: '1: cannot be followed. 2: hard to follow. 3: clear to the trained. 4: clear to whom it is meant for.', max: 4 },
  ],
  exclude_reasons: ['Wrong', 'Harmful if followed', 'Out of date', 'Leaves out what it depends on', 'Not in scope', 'Personal data', 'Cannot be read', 'Copied from elsewhere', 'Other, with a note'],
};

interface Held {
  info: QueueInfo;
  answers: Map<number, Answer>;
  done: { position: number; before: Answer | null; after: Answer | null }[];
  /** How many of the answers a signed head covers. */
  readonly signed: number;
  undone: { position: number; before: Answer | null; after: Answer | null }[];
  /** Where opinions were unsealed, when, and what had been answered then. */
  unsealed: Map<number, { at: SavedEntry; before: Answer }>;
}

const held = new Map<string, Held>();
const entries = new Map<string, Decided>();
let sequence = 10_412;
let failures = 0;

/** Makes the next `count` saves fail, to see the strip. */
export function failNextSaves(count: number): void {
  failures = count;
}

export function textAt(position: number): MockText {
  const text = mockTexts[position % mockTexts.length];
  if (!text) throw new Error('the mock has texts');
  return text;
}

function addQueue(request: QueueCreateRequest, queue: string, answered: number): Held {
  const info: QueueInfo = {
    queue, name: request.name, dataset: request.dataset, snapshot: request.snapshot ?? 1, filter: filterOf(request), seed: request.seed,
    size: drawnOf(request), slice_samples: populationOf(request), reviewers: request.reviewers, blind: request.blind, order: request.order, rubric: `${mockRubric.name}@${mockRubric.version}`,
    statement: statementOf(request), created: '2026-11-20T09:12:00Z', created_by: 'I. Marchetti',
    done: 0, left: drawnOf(request), approved: 0, excluded: 0, unsure: 0, skipped: 0, estimate: null, estimated_from: 0,
    rule: request.defective_below === undefined ? null : { defective_below: request.defective_below, allowed: request.allowed ?? 0, holds: null, further: null },
    slice: sliceOf(request), strata_by: request.strata_by ?? '', strata: strataOf(request), one_per_cluster: request.one_per_cluster ?? false, pack: null,
    stop: request.stop_when_decided || request.stop_narrower_than !== undefined ? { when_decided: request.stop_when_decided ?? false, narrower_than: request.stop_narrower_than ?? null, enough: null } : null,
  };
  const verdicts: Verdict[] = ['approve', 'exclude', 'unsure', 'approve', 'approve', 'approve', 'skip', 'approve'];
  const answers = new Map<number, Answer>();
  for (let position = 0; position < answered; position += 1) {
    const verdict = verdicts[position % verdicts.length] ?? 'approve';
    answers.set(position, {
      verdict, reason: verdict === 'exclude' ? 'Out of date' : '', labels: ['Triage'], scores: { correct: 4, safe: 4 }, origin: 'human', confidence: 'medium', note: '',
    });
  }
  const each: Held = { info, answers, done: [...answers].map(([position, after]) => ({ position, before: null, after })), signed: answers.size, undone: [], unsealed: new Map() };
  held.set(queue, each);
  recount(each);
  return each;
}

function recount(each: Held): void {
  const count = (verdict: Verdict) => [...each.answers.values()].filter((answer) => answer.verdict === verdict).length;
  const [approved, excluded, unsure, skipped] = [count('approve'), count('exclude'), count('unsure'), count('skip')];
  const done = approved + excluded + unsure;
  each.info = { ...each.info, approved, excluded, unsure, skipped, done, left: each.info.size - done - skipped, estimated_from: done, estimate: done === 0 || each.info.order !== 'random' ? null : wilson(excluded, done) };
  const { rule, stop, estimate, size } = each.info;
  const holds = rule === null ? null : excluded > rule.allowed ? false : done === size ? true : null;
  const enough = stop?.when_decided && holds !== null ? 'decided' : stop?.narrower_than && estimate && estimate.high - estimate.low < stop.narrower_than ? 'narrow' : null;
  each.info = { ...each.info, rule: rule && { ...rule, holds }, stop: stop && { ...stop, enough } };
}

function wilson(found: number, of: number): { low: number; value: number; high: number } {
  const z = 1.959964;
  const share = found / of;
  const centre = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return { low: Math.max(0, centre - half), value: share, high: Math.min(1, centre + half) };
}

function itemOf(each: Held, position: number): QueueItem {
  return { position, digest: digestAt(position), title: textAt(position).title, verdict: each.answers.get(position)?.verdict ?? null };
}

function digestAt(position: number): string {
  return `sha256:${(position * 2_654_435_761 + 0x3f9c81d2).toString(16).padStart(16, '0').repeat(4).slice(0, 64)}`;
}

function find(queue: string): Held {
  const each = held.get(queue);
  if (!each) throw { code: 'unknown_queue', message: `There is no queue ${queue}.`, remedy: 'Choose one from the list.', path: null, line: null, column: null, byte_offset: null };
  return each;
}

export function mockSample(position: number): SampleDetail {
  const text = textAt(position);
  const rtl = text.language === 'ar';
  const words = (each: string) => each.split(/\s+/).length;
  return {
    sample: position + 1, digest: digestAt(position), id: `case-${88_120 + position}`, dataset: 'sample', snapshot: 1, path: `${text.domain}/${text.source}.jsonl`,
    line: 88_120 + position, place: `line ${(88_120 + position).toLocaleString('en')}`,
    parts: [
      { role: 'prompt', text: text.prompt, origin: 'human', source_class: 'human_authored', confidence: 1, tokens: words(text.prompt), rtl },
      { role: 'response', text: text.response, origin: 'unknown', source_class: 'unknown', confidence: 0, tokens: words(text.response), rtl },
    ],
    evidence: [{ part: 0, kind: 'declared', origin: 'human', source_class: 'human_authored', confidence: 1, source: 'field author_type', value: 'client', generator: null, strength: 2, effect: 'decides', record: null, brought: null }],
    history: [], contradicts: [], derivation: null,
    conflict: false, origin: 'unknown', source_class: 'unknown', confidence: 0.62, tokens: words(text.prompt) + words(text.response),
    characters: text.prompt.length + text.response.length,
    dimensions: [['domain', text.domain], ['language', text.language], ['source', text.source], ['license', text.license], ['collected_at', text.collected]].filter(([, value]) => value !== '') as [string, string][],
    detected_language: text.language, exact_copies: position % 5 === 3 ? 1 : 0, cluster: position % 3 === 0 ? 8_421 : null, cluster_size: position % 3 === 0 ? 5 : 1,
    verdict: null, gold: false, stale: null, opinions: null, bulk: null,
  };
}

function reviewItem(queue: string, position: number): ReviewItem {
  const each = find(queue);
  const answer = each.answers.get(position) ?? null;
  const reveal = each.unsealed.get(position);
  const text = textAt(position);
  const revised = reveal !== undefined && answer !== null && (answer.verdict !== reveal.before.verdict || answer.origin !== reveal.before.origin);
  return { position, sample: mockSample(position), answer, seal: { unsealed: reveal?.at ?? null, opinions: reveal ? { ...mockOpinions(position, text.language, text.domain, text.source), reputation: null } : null, revised }, flagged: false };
}

/** Takes as long as a disk, and fails where a failure is due. */
export async function saveOrFail(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 8));
  if (failures === 0) return;
  failures -= 1;
  throw { code: 'disk_full', message: 'The drive that holds the ledger is full, and the space kept in reserve is used up.', remedy: 'Make room on the drive, then try again.', path: null, line: null, column: null, byte_offset: null };
}

/** Whether an undo would take back one of the answers that stood before this page was opened: a head was signed over those. */
const amends = (each: Held) => each.done.length > 0 && each.done.length <= each.signed;

async function save(each: Held, entry: string, change: () => number): Promise<Decided> {
  const known = entries.get(entry);
  if (known) return known;
  await saveOrFail();
  const position = change();
  recount(each);
  sequence += 1;
  const open = Array.from({ length: each.info.size }, (_, index) => index).find((index) => index > position && !each.answers.has(index));
  const decided: Decided = {
    saved: { seq: sequence, at: new Date().toISOString() }, item: itemOf(each, position), answer: each.answers.get(position) ?? null,
    position: open ?? position, info: each.info, can_undo: each.done.length > 0, can_redo: each.undone.length > 0, amends: amends(each),
  };
  entries.set(entry, decided);
  return decided;
}

function put(each: Held, position: number, answer: Answer | null): void {
  if (answer) each.answers.set(position, answer);
  else each.answers.delete(position);
}

function seed(): void {
  if (held.size > 0) return;
  const request: QueueCreateRequest = { name: 'Health, English: dosing and triage', dataset: 'sample', snapshot: 1, filter: "domain = 'health' and language = 'en'", size: 200, seed: 20_261_120, rubric: null, reviewers: 1, blind: true, order: 'random' };
  addQueue({ ...request, reviewers: 2, slice: 'Dosing, high stakes', strata_by: 'language', allocation: 'tail_weighted', one_per_cluster: true, defective_below: 0.05, allowed: 0, stop_when_decided: true }, 'q-health', 40);
  addQueue({ ...request, name: 'Legal, origin not settled', filter: "domain = 'law' and origin = 'unknown'", size: 59 }, 'q-legal', 0);
  addQueue({ ...request, name: 'Finance, spot check', filter: "domain = 'finance'", size: 12, stop_narrower_than: 0.6 }, 'q-finance', 12);
}

export const reviewCommands = {
  queues(): QueueInfo[] {
    seed();
    return [...held.values()].map((each) => each.info);
  },
  queue_preview(request: QueueCreateRequest): QueuePreview {
    return previewOf(request);
  },
  queue_create(request: QueueCreateRequest): QueueInfo {
    seed();
    checkOrder(request);
    return addQueue(request, `q-${held.size + 1}`, 0).info;
  },
  queue_open(request: QueueRequest): QueueState {
    seed();
    const each = find(request.queue);
    const items = Array.from({ length: each.info.size }, (_, position) => itemOf(each, position));
    return {
      info: each.info, rubric: mockRubric, items, position: items.find((item) => item.verdict === null)?.position ?? items.length - 1,
      can_undo: each.done.length > 0, can_redo: each.undone.length > 0, amends: amends(each),
    };
  },
  review_item(request: ReviewItemRequest): ReviewItem {
    seed();
    return reviewItem(request.queue, request.position);
  },
  unseal({ queue, position }: UnsealRequest): ReviewItem {
    const each = find(queue);
    const answer = each.answers.get(position);
    if (!answer || answer.verdict === 'skip') throw { code: 'not_allowed', message: 'machine opinions of this sample are sealed until you have answered', remedy: 'answer first, then unseal', path: null, line: null, column: null, byte_offset: null };
    if (!each.unsealed.has(position)) {
      sequence += 1;
      each.unsealed.set(position, { at: { seq: sequence, at: new Date().toISOString() }, before: answer });
    }
    return reviewItem(queue, position);
  },
  decide(request: DecideRequest): Promise<Decided> {
    const each = find(request.queue);
    return save(each, request.entry, () => {
      each.done.push({ position: request.position, before: each.answers.get(request.position) ?? null, after: request.answer });
      each.undone = [];
      put(each, request.position, request.answer);
      return request.position;
    });
  },
  undo(request: UndoRequest): Promise<Decided> {
    const each = find(request.queue);
    if (amends(each) && !request.reason) throw { code: 'reason_needed', message: 'the entry is under a signed head', remedy: 'say why', path: null, line: null, column: null, byte_offset: null };
    return save(each, request.entry, () => {
      const last = each.done.pop();
      if (!last) throw new Error('nothing to undo');
      each.undone.push(last);
      put(each, last.position, last.before);
      return last.position;
    });
  },
  redo(request: UndoRequest): Promise<Decided> {
    const each = find(request.queue);
    return save(each, request.entry, () => {
      const last = each.undone.pop();
      if (!last) throw new Error('nothing to redo');
      each.done.push(last);
      put(each, last.position, last.after);
      return last.position;
    });
  },
};
