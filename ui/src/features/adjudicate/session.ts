/// What has the adjudicator answered, what are they deciding, and what of it is on disk?
///
/// An answer is saved before anything of the others is asked for. One change is on its way at a time; one that fails stops
/// everything until it is on disk. Deliberately absent: React, and the reviewers' answers.
import { type Draft, answerOf, emptyDraft } from "@/components/answer/answer";
import type { Failure } from "@/components/answer/strips";
import { VERDICT_WORDS } from "@/components/verdict_mark";
import type { Answer, DisputeAnswerRequest, DisputeCause, DisputeDetail, DisputeSettled, DisputeSettleRequest, Fault, SavedEntry, Verdict } from "@/ipc";
import { faultWords } from "@/lib/fault_words";
import { count } from "@/lib/format";

/** What is being written about one dispute. */
export interface Work {
  readonly draft: Draft;
  /** Rubric row that digits score. */
  readonly row: number | null;
  readonly reasonsOpen: boolean;
  /** The verdict to settle with, where it is not the adjudicator's own. */
  readonly settling: { readonly verdict: Verdict; readonly reason: string } | null;
  readonly cause: DisputeCause | null;
  /** Says why, to the rubric's owner. */
  readonly note: string;
}

export const noWork: Work = { draft: emptyDraft, row: null, reasonsOpen: false, settling: null, cause: null, note: "" };

/** One change on its way to the disk. */
export type Change =
  | { readonly kind: "answer"; readonly request: DisputeAnswerRequest }
  | { readonly kind: "settle"; readonly request: DisputeSettleRequest };

/** What the session needs from outside. */
export interface Port {
  answer(request: DisputeAnswerRequest): Promise<DisputeDetail>;
  settle(request: DisputeSettleRequest): Promise<DisputeSettled>;
  newEntry(): string;
  date(): Date;
  faultOf(error: unknown): Fault;
  onAnswered(detail: DisputeDetail): void;
  onSettled(digest: string, settled: DisputeSettled): void;
}

export interface SessionState {
  readonly work: Readonly<Record<string, Work>>;
  readonly unsaved: Change | null;
  readonly saving: boolean;
  readonly failure: Failure | null;
  /** A change that can never be saved: the dispute was settled meanwhile. */
  readonly overtaken: { readonly change: Change; readonly fault: Fault } | null;
  readonly lastSaved: SavedEntry | null;
  /** What a screen reader is told. */
  readonly announcement: string;
}

export interface Session {
  getState(): SessionState;
  subscribe(listener: () => void): () => void;
  workOn(digest: string): Work;
  edit(digest: string, change: (work: Work) => Partial<Work>): void;
  /** The adjudicator's own answer, on a blank form. */
  answer(digest: string, verdict: Verdict, reason: string): void;
  /** Settles with one's own answer, or with the verdict that was chosen instead. */
  settle(digest: string, own: Answer, cause: DisputeCause): void;
  retry(): void;
  /** Leaves what can never be saved. */
  leave(): void;
  say(text: string): void;
}

export function describeChange(change: Change): string {
  const verdict = VERDICT_WORDS[change.request.answer.verdict];
  return change.kind === "answer" ? `${verdict}, your answer` : `Settled as ${verdict.toLowerCase()}`;
}

/** The answer that settles: one's own, with the verdict that was chosen and the note. */
export function settlingAnswer(own: Answer, work: Pick<Work, "settling" | "note">): Answer {
  return { ...own, ...work.settling, note: work.note.trim() };
}

export function openSession(port: Port): Session {
  const listeners = new Set<() => void>();
  let state: SessionState = { work: {}, unsaved: null, saving: false, failure: null, overtaken: null, lastSaved: null, announcement: "" };

  function set(change: Partial<SessionState>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  const workOn = (digest: string) => state.work[digest] ?? noWork;

  function edit(digest: string, change: (work: Work) => Partial<Work>): void {
    const now = workOn(digest);
    set({ work: { ...state.work, [digest]: { ...now, ...change(now) } } });
  }

  function start(change: Change): void {
    if (state.unsaved || state.overtaken) return;
    edit(change.request.digest, () => ({ reasonsOpen: false, row: null }));
    set({ unsaved: change, saving: true });
    void send(change);
  }

  async function send(change: Change): Promise<void> {
    try {
      if (change.kind === "answer") answered(change, await port.answer(change.request));
      else settled(change, await port.settle(change.request));
    } catch (error) {
      refused(change, port.faultOf(error));
    }
  }

  function answered(change: Change, detail: DisputeDetail): void {
    const saved = detail.own?.saved ?? null;
    // The note goes on into the decision.
    edit(change.request.digest, (work) => ({ note: detail.own?.answer.note || work.draft.note }));
    set({ unsaved: null, saving: false, failure: null, lastSaved: saved, announcement: `${describeChange(change)}. Saved${saved ? `, entry ${count(saved.seq)}` : ""}. The others’ answers are shown.` });
    port.onAnswered(detail);
  }

  function settled(change: Change, result: DisputeSettled): void {
    const { [change.request.digest]: _, ...work } = state.work;
    set({ work, unsaved: null, saving: false, failure: null, lastSaved: result.saved, announcement: `${describeChange(change)}. Saved, entry ${count(result.saved.seq)}. ${count(result.left)} left.` });
    port.onSettled(change.request.digest, result);
  }

  function refused(change: Change, fault: Fault): void {
    if (fault.code === "not_allowed") {
      set({ unsaved: null, saving: false, failure: null, overtaken: { change, fault }, announcement: `Not saved: ${describeChange(change)}. ${faultWords(fault)}` });
      return;
    }
    set({ saving: false, failure: { fault, attempts: (state.failure?.attempts ?? 0) + 1, at: port.date() }, announcement: `Not saved: ${describeChange(change)}. ${faultWords(fault)}` });
  }

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    workOn,
    edit(digest, change) {
      if (!state.unsaved && !state.overtaken) edit(digest, change);
    },
    answer: (digest, verdict, reason) => start({ kind: "answer", request: { digest, entry: port.newEntry(), answer: answerOf(workOn(digest).draft, verdict, reason) } }),
    settle: (digest, own, cause) => start({ kind: "settle", request: { digest, entry: port.newEntry(), answer: settlingAnswer(own, workOn(digest)), cause } }),
    retry() {
      if (!state.unsaved || !state.failure || state.saving) return;
      set({ saving: true });
      void send(state.unsaved);
    },
    leave() {
      if (!state.overtaken) return;
      const { [state.overtaken.change.request.digest]: _, ...work } = state.work;
      set({ work, overtaken: null });
    },
    say: (announcement) => set({ announcement }),
  };
}
