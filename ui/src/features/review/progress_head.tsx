/// Which queue, how far, how large the text, by which rubric.
import { memo } from "react";
import { Badge } from "@/components/badge";
import { Button } from "@/components/button";
import { KeyCap } from "@/components/key_cap";
import type { ReadingSize } from "@/components/reading";
import { Verbatim } from "@/components/verbatim";
import type { Rubric } from "@/ipc";
import { count } from "@/lib/format";
import { enoughWhy, tierMark } from "./design";
import css from "./review.module.css";
import type { SessionState } from "./session";
import type { Flagging } from "./use_flag";

const BAR = 200;

export interface ProgressHeadProps {
  state: SessionState;
  rubric: Rubric;
  flag: Flagging;
  size: ReadingSize;
  onSize(step: 1 | -1): void;
  onLeave(): void;
}

export function ProgressHead({ state, rubric, flag, size, onSize, onLeave }: ProgressHeadProps) {
  const { info, items, position } = state;
  const answered = items.filter((item) => item.verdict !== null).length;
  const [tier, enough] = [tierMark(info), enoughWhy(info)];
  const total = Math.max(1, items.length);
  return (
    <header className={css.progress}>
      <Button kind="plain" size="small" icon="left" label="All queues" onPress={onLeave} />
      <h1 title={info.name}><Verbatim>{info.name}</Verbatim></h1>
      {tier && <Badge icon="shield">{tier}</Badge>}
      <svg className={tier || enough ? `${css.bar} ${css.wide}` : css.bar} width={BAR} height="4" viewBox={`0 0 ${BAR} 4`} role="img" aria-label={`${count(answered)} of ${count(items.length)} answered`}>
        <rect width={BAR} height="4" rx="2" fill="var(--line)" />
        <rect width={(BAR * answered) / total} height="4" rx="2" fill="var(--ink)" />
      </svg>
      <span><b>{count(position + 1)}</b> of {count(items.length)}</span>
      <Button kind="plain" size="small" icon="flag" keys="F" pressed={flag.raised} unavailable={flag.unavailable} onPress={flag.run}>{flag.raised ? "Flagged" : "Flag"}</Button>
      {!enough && <span className={`t2 ${css.wide}`}>{info.blind ? "your pass, blind" : "your pass, open"}</span>}
      <span role="status" title={enough ?? undefined}>{enough && <>Enough was read<span className={`t2 ${css.wide}`}>: {enough}</span></>}</span>
      <span className="gap" />
      <TextSize size={size} onSize={onSize} />
      {!enough && <span className={`${css.quiet} ${css.wide}`}>Rubric: {rubric.name}, version {rubric.version}</span>}
      <span className={css.quiet}><KeyCap keys="Z" /> undo</span>
      <span className={css.quiet}><KeyCap keys="?" /> keys</span>
    </header>
  );
}

/** Drawn again only when the size has changed: a verdict changes nothing of it. */
const TextSize = memo(function TextSize({ size, onSize }: Pick<ProgressHeadProps, "size" | "onSize">) {
  return (
    <span className={css.size}>
      <span className={css.sizeSample} aria-hidden="true">Aa</span>
      <Button kind="plain" size="small" icon="minus" label="Smaller text" onPress={() => onSize(-1)} />
      <span>{size} px</span>
      <Button kind="plain" size="small" icon="plus" label="Larger text" onPress={() => onSize(1)} />
    </span>
  );
});
