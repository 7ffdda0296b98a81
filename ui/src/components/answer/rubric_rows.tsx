/// The rubric: a row for each criterion, one line of guidance at rest, the whole scale under the row that is chosen.
import { memo, useEffect, useRef, useState } from "react";
import { Radio, RadioGroup } from "react-aria-components";
import type { RubricCriterion, RubricExample } from "@/ipc";
import { useKeyNow } from "@/lib/commands";
import { Visible } from "../reading";
import { Verbatim } from "../verbatim";
import { type Draft, setScore } from "./answer";
import css from "./answer.module.css";
import type { AnswerPanelProps } from "./answer_panel";
import { Meanings } from "./gold_examples";
import type { DigitMeaning } from "./meaning";
import { guidanceLine, scaleWords } from "./scale_words";

function rubricGloss(digits: DigitMeaning, first: string, highest: number): string {
  if (digits === "reason") return "kept as it is";
  return digits === "score" ? `${first} to ${highest}, Esc leaves` : `arrows, then ${first} to ${highest}`;
}

const NONE: readonly RubricExample[] = [];

export type RubricRowsProps = Pick<AnswerPanelProps, "rubric" | "digits" | "row" | "disabled" | "examples" | "onEdit" | "onRow"> & Pick<Draft, "scores">;

export const RubricRows = memo(function RubricRows({ rubric, scores, digits, row, disabled, examples = NONE, onEdit, onRow }: RubricRowsProps) {
  const first = useKeyNow("1");
  const highest = Math.max(...rubric.criteria.map((criterion) => criterion.max));
  const give = (criterion: RubricCriterion, score: number) => {
    onEdit((now) => (now.scores[criterion.id] === score ? now : setScore(now, criterion.id, score)));
    if (row !== null) onRow(null);
  };
  return (
    <section aria-label="Rubric">
      <h2>Rubric <span>{rubricGloss(digits, first, highest)}</span></h2>
      {rubric.criteria.map((criterion, index) => (
        <Row key={criterion.id} criterion={criterion} score={scores[criterion.id]} chosen={index === row} disabled={disabled} examples={examples} onScore={(score) => give(criterion, score)} />
      ))}
    </section>
  );
});

interface RowProps {
  criterion: RubricCriterion;
  score: number | undefined;
  /** Whether digits are its scores now: its whole scale is then shown. */
  chosen: boolean;
  disabled: boolean;
  examples: readonly RubricExample[];
  onScore(score: number): void;
}

function Row({ criterion, score, chosen, disabled, examples, onScore }: RowProps) {
  const [asked, setAsked] = useState<number | null>(null);
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView?.({ block: "nearest" });
  }, [chosen]);
  const words = scaleWords(criterion.guidance);
  return (
    <RadioGroup
      ref={row}
      className={chosen ? `${css.row} ${css.rowChosen}` : css.row!}
      aria-label={`${criterion.name}, ${criterion.guidance}`}
      orientation="horizontal"
      isDisabled={disabled}
      value={score === undefined ? null : String(score)}
      onChange={(value) => onScore(Number(value))}
    >
      <div className={css.rowName} title={criterion.guidance}>
        <Verbatim>{criterion.name}</Verbatim>
        {(!chosen || words.size === 0) && <small dir="auto"><Visible text={guidanceLine(criterion.guidance, words, criterion.max, asked, score)} /></small>}
      </div>
      <div className={css.scale}>
        {Array.from({ length: criterion.max }, (_, step) => step + 1).map((step) => (
          <Radio key={step} value={String(step)} className={css.step!} onHoverChange={(over) => setAsked(over ? step : null)}>{step}</Radio>
        ))}
      </div>
      {chosen && <Meanings criterion={criterion} words={words} examples={examples} />}
    </RadioGroup>
  );
}
