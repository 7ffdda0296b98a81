/// That this is practice, how far it is, and how large the text.
import { Badge } from "@/components/badge";
import { Button } from "@/components/button";
import { KeyCap } from "@/components/key_cap";
import type { ReadingSize } from "@/components/reading";
import type { QueueItem } from "@/ipc";
import { count } from "@/lib/format";
import css from "./review.module.css";

export interface PracticeHeadProps {
  items: readonly QueueItem[];
  position: number;
  size: ReadingSize;
  onSize(step: 1 | -1): void;
  onLeave(): void;
}

export function PracticeHead({ items, position, size, onSize, onLeave }: PracticeHeadProps) {
  return (
    <header className={css.progress}>
      <Button kind="plain" size="small" icon="left" label="All queues" onPress={onLeave} />
      <h1>Practice</h1>
      <Badge kind="plain">nothing is recorded</Badge>
      <span><b>{count(position + 1)}</b> of {count(items.length)}</span>
      <span className="gap" />
      <span className={css.size}>
        <span className={css.sizeSample} aria-hidden="true">Aa</span>
        <Button kind="plain" size="small" icon="minus" label="Smaller text" onPress={() => onSize(-1)} />
        <span>{size} px</span>
        <Button kind="plain" size="small" icon="plus" label="Larger text" onPress={() => onSize(1)} />
      </span>
      <span className={css.quiet}><KeyCap keys="Z" /> undo</span>
      <span className={css.quiet}><KeyCap keys="?" /> keys</span>
    </header>
  );
}
