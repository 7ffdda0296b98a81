/// Stretches of a text as paragraphs: what was found set apart, and tokens for what cannot be seen.
import type { Stretch } from "@/lib/stretches";
import { type Segment, segments } from "@/lib/text_marks";
import styles from "./reading.module.css";

/** Places that can be stepped through, counted over a whole sample: `at` is the one reached. */
export interface Stepped {
  /** Hits or tokens in the parts before this one. */
  readonly before: number;
  readonly at: number | null;
}

export const NONE: Stepped = { before: 0, at: null };

interface ParagraphsProps {
  stretches: readonly Stretch[];
  find: string;
  hits: Stepped;
  tokens: Stepped;
}

export function Paragraphs({ stretches, find, hits, tokens }: ParagraphsProps) {
  let hit = hits.before;
  let token = tokens.before;
  return stretches.map(({ text, continues }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs of one text never move.
    <p key={index} className={continues ? styles.continues : undefined}>
      {segments(text, find).map((segment, at) => {
        const current = (segment.kind === "hit" && hit++ === hits.at) || (segment.kind === "token" && token++ === tokens.at);
        // biome-ignore lint/suspicious/noArrayIndexKey: runs of one text never move.
        return <Run key={at} segment={segment} current={current} />;
      })}
    </p>
  ));
}

function Run({ segment, current }: { segment: Segment; current: boolean }) {
  const reached = current ? { "data-reached": "" } : {};
  if (segment.kind === "plain") return segment.text;
  if (segment.kind === "hit") return <mark className={styles.hit} {...reached}>{segment.text}</mark>;
  return <span className={styles.token} title={segment.name} {...reached}>{segment.text}</span>;
}
