/// Sample text as it is read: in its own face, in its own direction, as text and never as markup.
import { Fragment } from "react";
import { LONG, stretches } from "@/lib/stretches";
import { visiblePieces } from "@/lib/visible";
import { LongReading } from "./long_reading";
import { NONE, Paragraphs, type Stepped } from "./paragraphs";
import styles from "./reading.module.css";

/** Text sizes a reader may choose, in pixels. */
export const READING_SIZES = [14, 15, 16, 17, 19, 21, 24, 28] as const;
export type ReadingSize = (typeof READING_SIZES)[number];

export interface ReadingProps {
  text: string;
  /** Language tag, where one is known: it chooses the right Han forms. */
  language?: string | null | undefined;
  size?: ReadingSize;
  /** What is searched for, and which hit was reached. */
  find?: string;
  hits?: Stepped;
  tokens?: Stepped;
}

/** Whole paragraphs; of a long text, those in the window. Direction follows the first strong letter. */
export function Reading(props: ReadingProps) {
  const { text, language, size = 17, find = "", hits = NONE, tokens = NONE } = props;
  if (text.length > LONG) return <LongReading {...props} />;
  return (
    <div className={styles.reading} dir="auto" lang={language || undefined} data-size={size}>
      <Paragraphs stretches={stretches(text)} find={find} hits={hits} tokens={tokens} />
    </div>
  );
}

/** A run of text whose deceptive characters are drawn as tokens. */
export function Visible({ text }: { text: string }) {
  return visiblePieces(text).map((piece, index) =>
    piece.kind === "plain" ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never move.
      <Fragment key={index}>{piece.text}</Fragment>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never move.
      <span key={index} className={styles.token} title={piece.name}>
        {piece.text}
      </span>
    ),
  );
}
