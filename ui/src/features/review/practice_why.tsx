/// After an answer: what was expected, and why.
import { Icon } from "@/components/icon";
import { Verbatim } from "@/components/verbatim";
import { VERDICT_WORDS } from "@/components/verdict_mark";
import type { Verdict } from "@/ipc";
import { isExpected, PRACTICE } from "./practice";
import css from "./practice.module.css";

/** `Exclude, wrong or harmful` */
export function expectedWords(position: number): string {
  const { verdict, reason } = PRACTICE[position]!.expected;
  return reason ? `${VERDICT_WORDS[verdict]}, ${reason.toLowerCase()}` : VERDICT_WORDS[verdict];
}

export interface PracticeWhyProps {
  position: number;
  verdict: Verdict;
  /** Whether that sample is the one on screen. */
  here: boolean;
}

export function PracticeWhy({ position, verdict, here }: PracticeWhyProps) {
  const expected = isExpected(position, verdict);
  return (
    <div className={css.why} role="status" data-expected={expected}>
      <p>
        <b><Icon name={expected ? "check" : "warning"} />{here ? "This sample" : "The one before"}, <Verbatim>{PRACTICE[position]!.title}</Verbatim>: {expected ? "as expected" : `expected ${expectedWords(position)}`}</b>
        {" "}<span className="t2">You said {VERDICT_WORDS[verdict].toLowerCase()}.</span>
      </p>
      <p>{PRACTICE[position]!.why}</p>
    </div>
  );
}
