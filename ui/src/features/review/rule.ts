/// Does the rule hold that stands in the queue's sampling statement: none of the drawn samples is excluded?
import type { QueueInfo } from "@/ipc";
import { count, counted } from "@/lib/format";

export interface RuleNow {
  readonly state: "open" | "holds" | "broken";
  readonly words: string;
  readonly why: string;
}

/** Only random draws that were all judged decide it; one exclusion is enough to break it. */
export function ruleNow(info: Pick<QueueInfo, "size" | "left" | "excluded" | "skipped" | "order">): RuleNow {
  if (info.order !== "random") return { state: "open", words: "none", why: "picked, not drawn: nothing is claimed of the rest" };
  if (info.excluded > 0) return { state: "broken", words: "does not hold", why: `${counted(info.excluded, "exclusion")}, none is allowed` };
  if (info.left === 0 && info.skipped === 0) return { state: "holds", words: "holds", why: `none excluded in all ${count(info.size)}` };
  return { state: "open", words: "not yet decided", why: `holds if none is excluded in all ${count(info.size)}` };
}
