import { describe, expect, it } from "vitest";
import type { DecideRequest, Decided, Fault, QueueInfo, QueueItem, QueueState, UndoRequest } from "@/ipc";
import { setScore, toggleLabel } from "@/components/answer/answer";
import { openSession, type Port } from "./session";

const info: QueueInfo = {
  queue: "q1", name: "Health", dataset: "sample", snapshot: 1, filter: "", seed: 7, size: 4, slice_samples: 40,
  reviewers: 1, blind: true, rubric: "general@1", statement: "", created: "2026-11-20T10:00:00Z", created_by: "A",
  done: 0, left: 4, approved: 0, excluded: 0, unsure: 0, skipped: 0, order: "random", estimate: null, estimated_from: 0, rule: null,
  slice: null, strata_by: "", strata: [], one_per_cluster: false, stop: null, pack: null,
};

function opened(): QueueState {
  const items: QueueItem[] = [0, 1, 2, 3].map((position) => ({ position, digest: `sha256:${position}`, title: `Item ${position}`, verdict: null }));
  return { info, rubric: { name: "general", version: 1, labels: [], criteria: [], exclude_reasons: [] }, items, position: 0, can_undo: false, can_redo: false, amends: false };
}

interface Call {
  readonly kind: string;
  readonly request: DecideRequest | UndoRequest;
  resolve(): void;
  reject(fault?: Fault): void;
}

const full: Fault = { code: "disk_full", message: "The drive is full.", path: null, line: null, column: null, byte_offset: null, remedy: "Make room." };

/** A disk that answers when told to. */
function bench(ready: (position: number) => boolean = () => true, amends = false) {
  const calls: Call[] = [];
  let seq = 100;
  let clock = 0;
  let entry = 0;
  const held = <R extends DecideRequest | UndoRequest>(kind: string, itemOf: (request: R) => QueueItem) => (request: R) =>
    new Promise<Decided>((resolve, reject) => {
      calls.push({
        kind,
        request,
        resolve: () => {
          seq += 1;
          const item = itemOf(request);
          resolve({ saved: { seq, at: "" }, item, answer: "answer" in request ? request.answer : null, position: item.position + 1, info, can_undo: true, can_redo: kind === "undo", amends: false });
        },
        reject: (fault = full) => reject(fault),
      });
    });
  let undone: QueueItem = { position: 0, digest: "sha256:0", title: "Item 0", verdict: null };
  const port: Port = {
    decide: held("decide", (request: DecideRequest) => {
      undone = { position: request.position, digest: request.digest, title: "", verdict: null };
      return { ...undone, verdict: request.answer.verdict };
    }),
    undo: held("undo", () => undone),
    redo: held("redo", () => ({ ...undone, verdict: "approve" as const })),
    ready,
    given: () => null,
    newEntry: () => {
      entry += 1;
      return `entry-${entry}`;
    },
    now: () => {
      clock += 1000;
      return clock;
    },
    date: () => new Date(0),
    faultOf: (error) => error as Fault,
    onSaved: () => undefined,
  };
  const session = openSession({ ...opened(), can_undo: amends, amends }, port);
  const settle = async (act?: () => void) => {
    act?.();
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  const paintedVerdict = (verdict: "approve" | "exclude" | "unsure" | "skip", reason = "") => {
    session.painted(session.getState().position);
    session.verdict(verdict, reason);
  };
  return { session, calls, settle, paintedVerdict };
}

describe("a verdict", () => {
  it("is ignored before its sample is painted", () => {
    const { session, calls } = bench();
    session.verdict("approve", "");
    expect(calls).toHaveLength(0);
    expect(session.getState().position).toBe(0);
  });

  it("moves on at once when the next sample is in memory, but claims nothing until it is on disk", async () => {
    const { session, calls, settle, paintedVerdict } = bench();
    paintedVerdict("approve");
    expect(session.getState().position).toBe(1);
    expect(session.getState().lastSaved).toBeNull();
    await settle(() => calls[0]?.resolve());
    expect(session.getState().lastSaved?.seq).toBe(101);
    expect(session.getState().announcement).toBe("Approve, sample 1. Saved, entry 101.");
  });

  it("waits for the disk when the next sample is not in memory", async () => {
    const { session, calls, settle, paintedVerdict } = bench(() => false);
    paintedVerdict("unsure");
    expect(session.getState()).toMatchObject({ position: 0, waiting: true });
    session.verdict("approve", "");
    expect(calls).toHaveLength(1);
    await settle(() => calls[0]?.resolve());
    expect(session.getState()).toMatchObject({ position: 1, waiting: false, paintedAt: null });
  });

  it("given while another is being saved waits its turn and is not lost", async () => {
    const { session, calls, settle, paintedVerdict } = bench();
    paintedVerdict("approve");
    paintedVerdict("exclude", "Wrong");
    paintedVerdict("unsure");
    expect(calls).toHaveLength(1);
    expect(session.getState().unsaved).toHaveLength(3);
    await settle(() => calls[0]?.resolve());
    await settle(() => calls[1]?.resolve());
    await settle(() => calls[2]?.resolve());
    expect(calls.map((call) => (call.request as DecideRequest).answer.verdict)).toEqual(["approve", "exclude", "unsure"]);
    expect(session.getState().unsaved).toHaveLength(0);
    expect(session.getState().items.map((item) => item.verdict)).toEqual(["approve", "exclude", "unsure", null]);
  });

  it("carries labels, scores and the time from painted to answered", () => {
    const { session, calls, paintedVerdict } = bench();
    session.edit((draft) => setScore(toggleLabel(draft, "Triage"), "safe", 4));
    paintedVerdict("approve");
    const request = calls[0]?.request as DecideRequest;
    expect(request.answer).toMatchObject({ labels: ["Triage"], scores: { safe: 4 } });
    expect(request.dwell_ms).toBe(1000);
  });

  it("goes on with what is still open when the end is reached", async () => {
    const { session, calls, settle, paintedVerdict } = bench();
    session.goTo(3);
    paintedVerdict("approve");
    await settle(() => calls[0]?.resolve());
    expect(session.getState().position).toBe(0);
  });
});

describe("a save that fails", () => {
  it("comes back to its sample and blocks the next verdict", async () => {
    const { session, calls, settle, paintedVerdict } = bench();
    paintedVerdict("approve");
    await settle(() => calls[0]?.reject());
    expect(session.getState()).toMatchObject({ position: 0, failure: { attempts: 1 } });
    paintedVerdict("unsure");
    session.goTo(2);
    expect(calls).toHaveLength(1);
    expect(session.getState().position).toBe(0);
    expect(session.getState().lastSaved).toBeNull();
  });

  it("is tried again with the same entry, so that it cannot be saved twice", async () => {
    const { session, calls, settle, paintedVerdict } = bench();
    paintedVerdict("approve");
    await settle(() => calls[0]?.reject());
    await settle(() => session.retry());
    await settle(() => calls[1]?.reject());
    expect(session.getState().failure?.attempts).toBe(2);
    await settle(() => session.retry());
    await settle(() => calls[2]?.resolve());
    expect(new Set(calls.map((call) => call.request.entry)).size).toBe(1);
    expect(session.getState()).toMatchObject({ failure: null, position: 1 });
  });

  it("keeps what was given behind it, and saves it once the first is on disk", async () => {
    const { session, calls, settle, paintedVerdict } = bench();
    paintedVerdict("approve");
    paintedVerdict("unsure");
    await settle(() => calls[0]?.reject());
    expect(session.getState().unsaved).toHaveLength(2);
    await settle(() => session.retry());
    await settle(() => calls[1]?.resolve());
    await settle(() => calls[2]?.resolve());
    expect(session.getState().items.slice(0, 2).map((item) => item.verdict)).toEqual(["approve", "unsure"]);
    expect(session.getState().position).toBe(2);
  });

  it("cannot be lost by pressing retry twice", async () => {
    const { session, calls, settle, paintedVerdict } = bench();
    paintedVerdict("approve");
    await settle(() => calls[0]?.reject());
    session.retry();
    session.retry();
    expect(calls).toHaveLength(2);
  });
});

describe("undo and redo", () => {
  it("undo returns to the sample with what was answered as a draft", async () => {
    const { session, calls, settle, paintedVerdict } = bench();
    session.edit((draft) => toggleLabel(draft, "Triage"));
    paintedVerdict("approve");
    await settle(() => calls[0]?.resolve());
    session.undo();
    await settle(() => calls[1]?.resolve());
    expect(session.getState()).toMatchObject({ position: 0, canRedo: true });
    expect(session.getState().drafts[0]?.labels).toEqual(["Triage"]);
    expect(session.getState().items[0]?.verdict).toBeNull();
  });

  it("redo restores the verdict", async () => {
    const { session, calls, settle, paintedVerdict } = bench();
    paintedVerdict("approve");
    await settle(() => calls[0]?.resolve());
    session.undo();
    await settle(() => calls[1]?.resolve());
    session.redo();
    await settle(() => calls[2]?.resolve());
    expect(calls.map((call) => call.kind)).toEqual(["decide", "undo", "redo"]);
    expect(session.getState().items[0]?.verdict).toBe("approve");
  });

  it("a verdict pressed while undo is on its way decides nothing: the sample is about to change", async () => {
    const { session, calls, settle, paintedVerdict } = bench();
    paintedVerdict("approve");
    await settle(() => calls[0]?.resolve());
    session.undo();
    paintedVerdict("exclude", "Wrong");
    expect(calls).toHaveLength(2);
  });

  it("says so when there is nothing to undo", () => {
    const { session, calls } = bench();
    session.undo();
    expect(calls).toHaveLength(0);
    expect(session.getState().announcement).toBe("Nothing to undo.");
  });

  it("what a signed head covers is taken back once it is said why", async () => {
    const { session, calls, settle, paintedVerdict } = bench(() => true, true);
    session.undo();
    expect(session.getState()).toMatchObject({ asksWhy: true, waiting: true });
    paintedVerdict("approve");
    expect(calls).toHaveLength(0);
    session.amend("the wrong column");
    expect(calls.map(({ kind, request }) => [kind, "reason" in request && request.reason])).toEqual([["undo", "the wrong column"]]);
    await settle(() => calls[0]?.resolve());
    expect(session.getState()).toMatchObject({ asksWhy: false, waiting: false, amends: false });
    expect(session.getState().announcement).toMatch(/^Amendment of sample 1\. Saved/);
  });

  it("a head that was signed meanwhile asks why too, under the same entry; what is let stand changes nothing", async () => {
    const refusal: Fault = { ...full, code: "reason_needed" };
    const { session, calls, settle, paintedVerdict } = bench();
    paintedVerdict("approve");
    await settle(() => calls[0]?.resolve());
    session.undo();
    await settle(() => calls[1]?.reject(refusal));
    expect(session.getState()).toMatchObject({ asksWhy: true, failure: null });
    session.letStand();
    expect(session.getState()).toMatchObject({ asksWhy: false, waiting: false, unsaved: [] });
    session.undo();
    await settle(() => calls[2]?.reject(refusal));
    session.amend("a slip");
    expect(calls[3]?.request).toMatchObject({ entry: calls[2]?.request.entry, reason: "a slip" });
    await settle(() => calls[3]?.resolve());
    expect(session.getState()).toMatchObject({ unsaved: [], position: 0, waiting: false });
  });
});
