/// Where is the reviewer, what has been answered, and what of it is on disk?
///
/// A verdict is saved before anything claims so. Saves go out one at a time, in the order given; a verdict
/// given meanwhile waits its turn. A save that fails stops everything behind it until it is on disk.
/// Deliberately absent: React, timers, and any way to drop an unsaved answer.
import type { Answer, DecideRequest, Decided, Fault, QueueInfo, QueueItem, QueueState, SavedEntry, UndoRequest, Verdict } from "@/ipc";
import { answerOf, draftOf, type Draft } from "@/components/answer/answer";
import type { Failure } from "@/components/answer/strips";
import { VERDICT_WORDS } from "@/components/verdict_mark";
import { faultWords } from "@/lib/fault_words";
import { nextOpen, replaceItem } from "./order";

/** What the session needs from outside. */
export interface Port {
  decide(request: DecideRequest): Promise<Decided>;
  undo(request: UndoRequest): Promise<Decided>;
  redo(request: UndoRequest): Promise<Decided>;
  /** Whether the item's content is already in memory. */
  ready(position: number): boolean;
  /** This person's answer to the item as last saved. */
  given(position: number): Answer | null;
  newEntry(): string;
  /** Milliseconds, monotonic. */
  now(): number;
  /** The time of day. */
  date(): Date;
  faultOf(error: unknown): Fault;
  /** Called once for each entry on disk. */
  onSaved(decided: Decided, change: Change): void;
  /** What is said of a change that went through, where it is not an entry on disk. */
  savedWords?(change: string): string;
}

/** One change on its way to the disk. */
export type Change =
  | { readonly kind: "decide"; readonly request: DecideRequest }
  | { readonly kind: "undo" | "redo"; readonly request: UndoRequest };

export interface SessionState {
  readonly info: QueueInfo;
  readonly items: readonly QueueItem[];
  readonly position: number;
  /** When the sample at `position` was painted; `null` until it is. */
  readonly paintedAt: number | null;
  readonly drafts: Readonly<Record<number, Draft>>;
  readonly reasonsOpen: boolean;
  /** Rubric row that digits score. */
  readonly row: number | null;
  /** Oldest first; the first is on its way or has failed. */
  readonly unsaved: readonly Change[];
  readonly failure: Failure | null;
  readonly saving: boolean;
  /** Nothing can be decided until what is on its way has landed: the next sample is not in memory, or a save failed. */
  readonly waiting: boolean;
  readonly lastSaved: SavedEntry | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Whether an undo would take back what a signed head covers: it is then called an amendment, and asks why. */
  readonly amends: boolean;
  /** Whether an amendment waits for its reason. */
  readonly asksWhy: boolean;
  /** What a screen reader is told. */
  readonly announcement: string;
}

export interface Session {
  getState(): SessionState;
  subscribe(listener: () => void): () => void;
  painted(position: number): void;
  edit(change: (draft: Draft) => Draft): void;
  openReasons(): void;
  closeReasons(): void;
  chooseRow(row: number | null): void;
  verdict(verdict: Verdict, reason: string): void;
  goTo(position: number): void;
  undo(): void;
  redo(): void;
  /** Takes back what a signed head covers, for this reason. */
  amend(reason: string): void;
  /** Lets what a signed head covers stand. */
  letStand(): void;
  retry(): void;
  /** Tells a screen reader something that is no save. */
  say(text: string): void;
}

export function describeChange(change: Change): string {
  if (change.kind === "decide") return `${VERDICT_WORDS[change.request.answer.verdict]}, sample ${change.request.position + 1}`;
  if (change.kind === "redo") return "Redo";
  return change.request.reason === null ? "Undo" : "Amendment";
}

export function openSession(opened: QueueState, port: Port): Session {
  const listeners = new Set<() => void>();
  let state: SessionState = {
    info: opened.info,
    items: opened.items,
    position: opened.position,
    paintedAt: null,
    drafts: {},
    reasonsOpen: false,
    row: null,
    unsaved: [],
    failure: null,
    saving: false,
    waiting: false,
    lastSaved: null,
    canUndo: opened.can_undo,
    canRedo: opened.can_redo,
    amends: opened.amends,
    asksWhy: false,
    announcement: "",
  };

  function set(change: Partial<SessionState>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  function moveTo(position: number): Partial<SessionState> {
    if (position === state.position) return { reasonsOpen: false, row: null, waiting: false };
    return { position, paintedAt: null, reasonsOpen: false, row: null, waiting: false };
  }

  function draftAt(position: number): Draft {
    return state.drafts[position] ?? draftOf(port.given(position));
  }

  function enqueue(change: Change, also: Partial<SessionState>): void {
    set({ ...also, unsaved: [...state.unsaved, change] });
    void saveNext();
  }

  async function saveNext(): Promise<void> {
    const change = state.unsaved[0];
    if (!change || state.saving || state.failure) return;
    set({ saving: true });
    await send(change);
  }

  async function send(change: Change): Promise<void> {
    try {
      const decided = await (change.kind === "decide" ? port.decide(change.request) : port[change.kind](change.request));
      landed(change, decided);
      port.onSaved(decided, change);
      void saveNext();
    } catch (error) {
      refused(change, port.faultOf(error));
    }
  }

  function landed(change: Change, decided: Decided): void {
    const unsaved = state.unsaved.slice(1);
    const at = decided.item.position;
    const items = replaceItem(state.items, decided.item, laterVerdict(unsaved, at));
    const words = `${describeChange(change)}${change.kind === "decide" ? "" : ` of sample ${at + 1}`}`;
    const follow = state.waiting ? moveTo(change.kind === "decide" ? nextOpen(items, at) : at) : {};
    set({
      ...follow,
      info: decided.info,
      items,
      drafts: draftsAfter(change, at),
      unsaved,
      saving: false,
      failure: null,
      lastSaved: decided.saved,
      canUndo: decided.can_undo,
      canRedo: decided.can_redo,
      amends: decided.amends,
      announcement: port.savedWords?.(words) ?? `${words}. Saved, entry ${decided.saved.seq.toLocaleString("en")}.`,
    });
  }

  /** What was taken back stays as a draft, ready to be put right; what was restored is shown as saved. */
  function draftsAfter(change: Change, at: number): Readonly<Record<number, Draft>> {
    const drafts = { ...state.drafts };
    if (change.kind === "undo") drafts[at] = drafts[at] ?? draftOf(port.given(at));
    if (change.kind === "redo") delete drafts[at];
    return drafts;
  }

  function refused(change: Change, fault: Fault): void {
    // A head was signed since: what would have been undone is amended.
    if (change.kind === "undo" && fault.code === "reason_needed") {
      set({ saving: false, asksWhy: true });
      return;
    }
    const back = change.kind === "decide" ? { ...moveTo(change.request.position), waiting: true } : { waiting: true };
    set({
      ...back,
      saving: false,
      failure: { fault, attempts: (state.failure?.attempts ?? 0) + 1, at: port.date() },
      announcement: `Not saved: ${describeChange(change)}. ${faultWords(fault)}`,
    });
  }

  function verdict(given: Verdict, reason: string): void {
    const item = state.items[state.position];
    if (!item || state.paintedAt === null || state.failure || state.waiting) return;
    const draft = draftAt(item.position);
    const request: DecideRequest = {
      queue: state.info.queue,
      position: item.position,
      digest: item.digest,
      entry: port.newEntry(),
      answer: answerOf(draft, given, given === "exclude" ? reason : ""),
      dwell_ms: Math.max(0, Math.round(port.now() - state.paintedAt)),
    };
    const items = replaceItem(state.items, { ...item, verdict: given }, null);
    const next = nextOpen(items, item.position);
    const advance = next === item.position || port.ready(next) ? moveTo(next) : { waiting: true, reasonsOpen: false, row: null };
    enqueue({ kind: "decide", request }, { ...advance, items, drafts: { ...state.drafts, [item.position]: draft } });
  }

  function takeBack(kind: "undo" | "redo"): void {
    if (state.failure || state.waiting) return;
    const possible = kind === "undo" ? state.canUndo || state.unsaved.length > 0 : state.canRedo;
    if (!possible) {
      set({ announcement: `Nothing to ${kind}.` });
      return;
    }
    if (kind === "undo" && state.amends && state.unsaved.length === 0) {
      set({ reasonsOpen: false, waiting: true, asksWhy: true });
      return;
    }
    enqueue({ kind, request: { queue: state.info.queue, entry: port.newEntry(), reason: null } }, { reasonsOpen: false, waiting: true });
  }

  /** The undo that was refused for want of a reason, if there is one, gives way to what comes in its place. */
  function answerWhy(reason: string | null): void {
    if (!state.asksWhy) return;
    const [refusedOne, ...rest] = state.unsaved;
    const amendment: Change[] = reason === null ? [] : [{ kind: "undo", request: { queue: state.info.queue, entry: refusedOne?.request.entry ?? port.newEntry(), reason } }];
    set({ asksWhy: false, waiting: reason !== null, unsaved: [...amendment, ...rest] });
    void saveNext();
  }

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    painted(position) {
      if (position === state.position && state.paintedAt === null) set({ paintedAt: port.now() });
    },
    edit(change) {
      if (state.waiting) return;
      set({ drafts: { ...state.drafts, [state.position]: change(draftAt(state.position)) } });
    },
    openReasons() {
      if (!state.failure && !state.waiting) set({ reasonsOpen: true, row: null });
    },
    closeReasons: () => set({ reasonsOpen: false }),
    chooseRow: (row) => set({ row }),
    say: (announcement) => set({ announcement }),
    verdict,
    goTo(position) {
      if (state.failure || state.waiting || position < 0 || position >= state.items.length) return;
      set(moveTo(position));
    },
    undo: () => takeBack("undo"),
    redo: () => takeBack("redo"),
    amend: (reason) => answerWhy(reason),
    letStand: () => answerWhy(null),
    retry() {
      const change = state.unsaved[0];
      if (!state.failure || state.saving || !change) return;
      set({ saving: true });
      void send(change);
    },
  };
}

/** The verdict that a later, still unsaved change gives to the same item. */
function laterVerdict(unsaved: readonly Change[], position: number): Verdict | null {
  for (const change of [...unsaved].reverse()) {
    if (change.kind === "decide" && change.request.position === position) return change.request.answer.verdict;
  }
  return null;
}
