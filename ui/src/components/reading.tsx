/// Sample text as it is read: in its own face, in its own direction, as text and never as markup.
import { Fragment } from "react";
import { type Segment, segments } from "@/lib/text_marks";
import { paragraphs, visiblePieces } from "@/lib/visible";
import styles from "./reading.module.css";

/** Text sizes a reader may choose, in pixels. */
export const READING_SIZES = [14, 15, 16, 17, 19, 21, 24, 28] as const;
export type ReadingSize = (typeof READING_SIZES)[number];

/** Places that can be stepped through, counted over a whole sample: `at` is the one reached. */
export interface Stepped {
  /** Hits or tokens in the parts before this one. */
  readonly before: number;
  readonly at: number | null;
}

interface ReadingProps {
  text: string;
  /** Language tag, where one is known: it chooses the right Han forms. */
  language?: string | null | undefined;
  size?: ReadingSize;
  /** What is searched for, and which hit was reached. */
  find?: string;
  hits?: Stepped;
  tokens?: Stepped;
}

const NONE: Stepped = { before: 0, at: null };

/** Whole paragraphs. Direction follows the first strong letter. */
export function Reading({ text, language, size = 17, find = "", hits = NONE, tokens = NONE }: ReadingProps) {
  let hit = hits.before;
  let token = tokens.before;
  return (
    <div className={styles.reading} dir="auto" lang={language || undefined} data-size={size}>
      {paragraphs(text).map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs of one text never move.
        <p key={index}>
          {segments(paragraph, find).map((segment, at) => {
            const current = (segment.kind === "hit" && hit++ === hits.at) || (segment.kind === "token" && token++ === tokens.at);
            // biome-ignore lint/suspicious/noArrayIndexKey: runs of one text never move.
            return <Run key={at} segment={segment} current={current} />;
          })}
        </p>
      ))}
    </div>
  );
}

function Run({ segment, current }: { segment: Segment; current: boolean }) {
  const reached = current ? { "data-reached": "" } : {};
  if (segment.kind === "plain") return segment.text;
  if (segment.kind === "hit") return <mark className={styles.hit} {...reached}>{segment.text}</mark>;
  return <bdi className={styles.token} title={segment.name} {...reached}>{segment.text}</bdi>;
}

/** A run of text whose deceptive characters are drawn as tokens. */
export function Visible({ text }: { text: string }) {
  return visiblePieces(text).map((piece, index) =>
    piece.kind === "plain" ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never move.
      <Fragment key={index}>{piece.text}</Fragment>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never move.
      <bdi key={index} className={styles.token} title={piece.name}>
        {piece.text}
      </bdi>
    ),
  );
}
