/// The answer: four axes, each on its own, and the note.
import { memo, type ReactNode, type RefObject, useId } from "react";
import { Radio, RadioGroup } from "react-aria-components";
import { KeyCap } from "@/components/key_cap";
import type { Origin, Rubric, RubricExample } from "@/ipc";
import { useKeyNow } from "@/lib/commands";
import { sentence } from "@/lib/format";
import { Visible } from "../reading";
import { type Confidence, confidences, type Draft, toggleLabel } from "./answer";
import css from "./answer.module.css";
import type { DigitMeaning } from "./meaning";
import { RubricRows } from "./rubric_rows";

const ORIGINS: readonly (readonly [Origin, string])[] = [["human", "Human"], ["mixed", "Mixed"], ["machine", "Machine"], ["unknown", "Can’t tell"]];

export interface AnswerPanelProps {
  rubric: Rubric;
  draft: Draft;
  digits: DigitMeaning;
  row: number | null;
  disabled: boolean;
  /** Gold samples that show what a score means. */
  examples?: readonly RubricExample[] | undefined;
  note: RefObject<HTMLTextAreaElement | null>;
  onEdit(change: (draft: Draft) => Draft): void;
  onRow(row: number | null): void;
  /** What stands between the answer and its note. */
  children?: ReactNode;
}

/** Each axis is drawn again only when something of its own has changed: it stands on the way from every verdict to the next sample. */
export function AnswerPanel({ rubric, draft, digits, row, disabled, examples, note, onEdit, onRow, children }: AnswerPanelProps) {
  return (
    <div className={css.axes}>
      {rubric.labels.length > 0 && <Labels rubric={rubric} given={draft.labels} digits={digits} disabled={disabled} onEdit={onEdit} />}
      {rubric.criteria.length > 0 && <RubricRows rubric={rubric} scores={draft.scores} digits={digits} row={row} disabled={disabled} examples={examples} onEdit={onEdit} onRow={onRow} />}
      <OriginJudgement origin={draft.origin} confidence={draft.confidence} disabled={disabled} onEdit={onEdit} />
      {children}
      <Note text={draft.note} disabled={disabled} note={note} onEdit={onEdit} />
    </div>
  );
}

const LABEL_GLOSS: Record<DigitMeaning, (count: number, first: string) => string> = {
  label: (count, first) => (count === 1 ? `key ${first}` : `keys ${first} to ${count}`),
  reason: () => "digits are reasons now",
  score: () => "digits are scores now",
};

type Shared = Pick<AnswerPanelProps, "disabled" | "onEdit">;

const Labels = memo(function Labels({ rubric, given, digits, disabled, onEdit }: Shared & Pick<AnswerPanelProps, "rubric" | "digits"> & { given: Draft["labels"] }) {
  const first = useKeyNow("1");
  return (
    <section aria-label="Labels">
      <h2>Labels <span>{LABEL_GLOSS[digits](rubric.labels.length, first)}</span></h2>
      <div className={css.labels}>
        {rubric.labels.map((label) => (
          <button key={label.key} type="button" className={css.option} aria-pressed={given.includes(label.name)} disabled={disabled} title={label.name} onClick={() => onEdit((now) => toggleLabel(now, label.name))}>
            <span className={digits === "label" ? css.cap : `${css.cap} ${css.capGone}`} aria-hidden="true">{label.key}</span>
            <span className={css.optionName} dir="auto"><Visible text={label.name} /></span>
          </button>
        ))}
      </div>
    </section>
  );
});

const OriginJudgement = memo(function OriginJudgement({ origin, confidence, disabled, onEdit }: Shared & Pick<Draft, "origin" | "confidence">) {
  return (
    <section aria-label="Origin">
      <h2>Origin <span>your judgement</span></h2>
      <RadioGroup aria-label="Who made it, in your judgement" orientation="horizontal" className={css.choices!} isDisabled={disabled} value={origin} onChange={(value) => onEdit((now) => ({ ...now, origin: value as Origin }))}>
        {ORIGINS.map(([each, word]) => <Radio key={each} value={each} className={css.option!}>{word}</Radio>)}
      </RadioGroup>
      <RadioGroup aria-label="Confidence" orientation="horizontal" className={css.confidence!} isDisabled={disabled || origin === null} value={origin === null ? null : confidence} onChange={(value) => onEdit((now) => ({ ...now, confidence: value as Confidence }))}>
        <span>Confidence</span>
        {confidences.map((each) => <Radio key={each} value={each} className={css.option!}>{sentence(each)}</Radio>)}
      </RadioGroup>
    </section>
  );
});

const Note = memo(function Note({ text, disabled, note, onEdit }: Shared & Pick<AnswerPanelProps, "note"> & { text: string }) {
  const id = useId();
  return (
    <section aria-label="Note" className={css.noteSection}>
      <label htmlFor={id} className="unseen">Note</label>
      <div className={css.note}>
        <textarea
          id={id}
          ref={note}
          dir="auto"
          // Where the window cannot fit the field to its words by itself.
          rows={Math.min(6, text.split("\n").length)}
          placeholder="Add a note"
          value={text}
          disabled={disabled}
          onChange={(event) => onEdit((now) => ({ ...now, note: event.target.value }))}
          onKeyDown={(event) => {
            if (event.key === "Escape" && !event.nativeEvent.isComposing) event.currentTarget.blur();
          }}
        />
        <span className={css.noteKey}><KeyCap keys="N" /></span>
      </div>
    </section>
  );
});
