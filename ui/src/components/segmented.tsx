/// A choice of a few, side by side; the chosen one is outlined in ink.
import { Radio, RadioGroup } from "react-aria-components";
import { Visible } from "./reading";
import css from "./segmented.module.css";

export interface SegmentedProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange(value: Value): void;
  size?: "normal" | "small";
}

export function Segmented<Value extends string>({ label, value, options, onChange, size = "normal" }: SegmentedProps<Value>) {
  return (
    <RadioGroup aria-label={label} orientation="horizontal" className={size === "small" ? `${css.choices} ${css.small}` : css.choices!} value={value} onChange={(next) => onChange(next as Value)}>
      {options.map((option) => <Radio key={option.value} value={option.value} className={css.choice!}><Visible text={option.label} /></Radio>)}
    </RadioGroup>
  );
}
