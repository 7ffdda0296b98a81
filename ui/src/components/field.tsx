/// A text field with its label, its hint and what is wrong with it.
import type { ReactNode } from "react";
import { FieldError, Input, Label, Text, TextArea, TextField } from "react-aria-components";
import css from "./field.module.css";

export interface FieldProps {
  label: string;
  value: string;
  onChange(value: string): void;
  hint?: ReactNode;
  /** What is wrong; marks the field. */
  problem?: string | undefined;
  placeholder?: string;
  lines?: number;
  autoFocus?: boolean;
  /** The label is said, not drawn. */
  unlabelled?: boolean;
  code?: boolean;
  /** What is typed is not shown, nor kept by anybody. */
  secret?: boolean;
  className?: string | undefined;
  onSubmit?: () => void;
  onEscape?: () => void;
}

export function Field({ label, value, onChange, hint, problem, placeholder, lines = 1, autoFocus = false, unlabelled = false, code = false, secret = false, className, onSubmit, onEscape }: FieldProps) {
  const input = `${css.input} ${code ? css.code : ""}`;
  const shared = {
    dir: "auto" as const, placeholder, spellCheck: !code,
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.nativeEvent.isComposing) return;
      if (event.key === "Enter" && onSubmit && (lines === 1 || event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        onSubmit();
      }
      if (event.key === "Escape" && onEscape) {
        event.stopPropagation();
        onEscape();
      }
    },
  };
  return (
    <TextField className={`${css.field} ${className ?? ""}`} value={value} onChange={onChange} isInvalid={problem !== undefined} autoFocus={autoFocus} {...(unlabelled ? { "aria-label": label } : {})}>
      {!unlabelled && <Label className={css.label!}>{label}</Label>}
      {lines > 1 ? <TextArea className={input} rows={lines} {...shared} /> : <Input className={input} {...shared} {...(secret ? { type: "password", autoComplete: "off", spellCheck: false } : {})} />}
      {hint && <Text slot="description" className={css.hint!}>{hint}</Text>}
      <FieldError className={css.problem!}>{problem}</FieldError>
    </TextField>
  );
}
