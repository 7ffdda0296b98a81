/// Does the queue's rule hold: the one registered with it, else that of its statement, by which none of the samples is excluded?
import type { QueueInfo, QueueRule } from "@/ipc";
import { count, counted, percent } from "@/lib/format";

export interface RuleNow {
  readonly state: "open" | "holds" | "broken";
  readonly words: string;
  readonly why: string;
}

/** Only random draws that were all judged decide it; one exclusion is enough to break it. */
export function ruleNow(info: Pick<QueueInfo, "size" | "left" | "excluded" | "skipped" | "order" | "rule">): RuleNow {
  if (info.order !== "random") return { state: "open", words: "none", why: "picked, not drawn: nothing is claimed of the rest" };
  if (info.rule) return registered(info.rule);
  if (info.excluded > 0) return { state: "broken", words: "does not hold", why: `${counted(info.excluded, "exclusion")}, none is allowed` };
  if (info.left === 0 && info.skipped === 0) return { state: "holds", words: "holds", why: `none excluded in all ${count(info.size)}` };
  return { state: "open", words: "not yet decided", why: `holds if none is excluded in all ${count(info.size)}` };
}

function registered(rule: QueueRule): RuleNow {
  const claim = `fewer than ${percent(rule.defective_below)} defective, ${counted(rule.allowed, "exclusion")} allowed`;
  if (rule.holds === true) return { state: "holds", words: "holds", why: claim };
  if (rule.holds === null) return { state: "open", words: "not yet decided", why: claim };
  const price = rule.further === null ? "no further look would support it" : `${count(rule.further)} more, none excluded, would support it`;
  return { state: "broken", words: "does not hold", why: `${claim}; ${price}` };
}
