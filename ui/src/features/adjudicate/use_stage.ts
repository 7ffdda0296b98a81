/// Where one dispute stands on screen: the blank form or the decision, what a key would do there, and why not.
import { useState } from "react";
import { type Situation, unanswerable } from "@/components/answer/meaning";
import { usePainted } from "@/components/sample/use_painted";
import type { DisputeDetail, Verdict } from "@/ipc";
import { keyOf } from "@/lib/commands";
import { noWork, type Session, type Work } from "./session";
import { useSessionState } from "./use_session";

export interface Stage {
  readonly digest: string;
  readonly detail: DisputeDetail | undefined;
  readonly work: Work;
  /** Digits mean labels, scores or reasons by it, while the form is blank. */
  readonly situation: Situation;
  /** Whether the text is hidden now: its slice is blurred, and nobody has asked for it. */
  readonly hidden: boolean;
  toggle(): void;
  /** Whether the reviewers' answers are shown. */
  readonly deciding: boolean;
  /** Why it cannot be settled now. */
  readonly unsettled: string | undefined;
  give(verdict: Verdict): void;
  reason(reason: string): void;
  settle(): void;
}

export function useStage(session: Session, digest: string, detail: DisputeDetail | undefined): Stage {
  const state = useSessionState(session);
  const work = state.work[digest] ?? noWork;
  const own = detail?.own?.answer ?? null;
  const place = `${digest} ${own ? "decide" : "own"}`;
  const [painted, setPainted] = useState("");
  usePainted(place, detail !== undefined, setPainted);
  const rubric = detail?.rubric;
  const [asked, setAsked] = useState<Readonly<Record<string, boolean>>>({});
  const blurred = detail?.blurred ?? false;
  const hidden = blurred && asked[digest] !== true;
  const situation: Situation = {
    painted: painted === place, unseen: blurred && !(digest in asked) ? `the text was not shown yet: press ${keyOf("adjudicate.show")}` : undefined, reasonsOpen: work.reasonsOpen, rowChosen: work.row !== null, blocked: state.failure !== null, waiting: state.saving,
    labels: rubric?.labels.length ?? 0, reasons: Math.min(9, rubric?.exclude_reasons.length ?? 0), criteria: rubric?.criteria.length ?? 0,
    highest: work.row === null ? 0 : (rubric?.criteria[work.row]?.max ?? 0),
  };
  const choose = (verdict: Verdict, reason: string) => {
    if (!own) return session.answer(digest, verdict, reason);
    const same = own.verdict === verdict && own.reason === reason;
    session.edit(digest, () => ({ settling: same ? null : { verdict, reason }, reasonsOpen: false }));
    session.say(`To be settled as ${verdict}${reason ? `: ${reason}` : ""}.`);
  };
  return {
    digest, detail, work, situation, deciding: own !== null, hidden,
    toggle() {
      setAsked((before) => ({ ...before, [digest]: hidden }));
      session.say(hidden ? "Text shown." : "Text hidden.");
    },
    unsettled: unanswerable(situation) ?? (!own ? "answer first, on the blank form" : work.cause === null ? "choose why they differ" : undefined),
    give(verdict) {
      if (verdict === "exclude" && situation.reasons > 0) session.edit(digest, ({ reasonsOpen }) => ({ reasonsOpen: !reasonsOpen, row: null }));
      else choose(verdict, "");
    },
    reason: (reason) => choose("exclude", reason),
    settle() {
      if (own && work.cause) session.settle(digest, own, work.cause);
    },
  };
}
