/// Sample text as it is read: in its own face, in its own direction, as text and never as markup.
import { Fragment } from "react";
import { paragraphs, visiblePieces } from "@/lib/visible";
import styles from "./reading.module.css";

/** Text sizes a reader may choose, in pixels. */
export const READING_SIZES = [14, 15, 16, 17, 19, 21, 24, 28] as const;
export type ReadingSize = (typeof READING_SIZES)[number];

interface ReadingProps {
  text: string;
  /** Language tag, where one is known: it chooses the right Han forms. */
  language?: string | null | undefined;
  size?: ReadingSize;
}

/** Whole paragraphs. Direction follows the first strong letter. */
export function Reading({ text, language, size = 17 }: ReadingProps) {
  return (
    <div className={styles.reading} dir="auto" lang={language || undefined} data-size={size}>
      {paragraphs(text).map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs of one text never move.
        <p key={index}>
          <Visible text={paragraph} />
        </p>
      ))}
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
      <bdi key={index} className={styles.token} title={piece.name}>
        {piece.text}
      </bdi>
    ),
  );
}
