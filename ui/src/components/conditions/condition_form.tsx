/// One condition being made: field, how to compare, and the value, with the commonest values to choose from.
import { useState } from "react";
import { ListBox, ListBoxItem } from "react-aria-components";
import { Verbatim } from "../verbatim";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Select } from "@/components/select";
import type { FieldInfo } from "@/ipc";
import { type Condition, NUMBER_OPERATORS, OPERATOR_WORDS, type Operator, TEXT_OPERATORS } from "@/lib/expression";
import { count } from "@/lib/format";
import css from "./conditions.module.css";

export interface ConditionFormProps {
  fields: readonly FieldInfo[];
  condition: Condition | null;
  onDone(condition: Condition): void;
}

/** What is still missing before the condition can stand, if anything. */
export function missing(operator: Operator, values: readonly string[], numeric: boolean): string | undefined {
  if (operator === "is null" || operator === "is not null") return undefined;
  if (values.length === 0 || values[0] === "") return "choose a value";
  if (numeric && values.some((value) => !/^-?\d+(\.\d+)?$/.test(value))) return "write a number";
  return undefined;
}

export function ConditionForm({ fields, condition, onDone }: ConditionFormProps) {
  // The fields may come after the form has opened.
  const [chosenName, setName] = useState(condition?.field ?? null);
  const name = chosenName ?? (fields.some((one) => one.name === "domain") ? "domain" : (fields[0]?.name ?? ""));
  const info = fields.find((one) => one.name === name);
  const numeric = info ? info.kind === "number" : (condition?.numeric ?? false);
  const [operator, setOperator] = useState<Operator>(condition?.operator ?? (numeric ? ">=" : "="));
  const [values, setValues] = useState<string[]>(condition?.values ?? []);
  const [typed, setTyped] = useState("");
  const operators = numeric ? NUMBER_OPERATORS : TEXT_OPERATORS;
  const several = operator === "in" || operator === "not in";
  const none = operator === "is null" || operator === "is not null";
  const offered = (info?.values ?? []).filter((one) => one.class.toLowerCase().includes(typed.toLowerCase()));
  const problem = name === "" ? "choose a field" : missing(operator, values, numeric);
  const done = (final = values) => {
    if (missing(operator, final, numeric) === undefined) onDone({ field: name, operator, values: none ? [] : final, numeric: numeric && !none });
  };
  const change = (field: string) => {
    const next = fields.find((one) => one.name === field);
    setName(field);
    setValues([]);
    setTyped("");
    if (!(next?.kind === "number" ? NUMBER_OPERATORS : TEXT_OPERATORS).includes(operator)) setOperator(next?.kind === "number" ? ">=" : "=");
  };
  return (
    <div className={css.form}>
      <div className={css.pairOf}>
        <Select label="Field" unlabelled value={name} options={fields.map((one) => ({ value: one.name, label: one.name }))} onChange={change} autoFocus />
        <Select label="Comparison" unlabelled value={operator} options={operators.map((one) => ({ value: one, label: OPERATOR_WORDS[one] }))} onChange={(next) => {
          setOperator(next as Operator);
          if (next !== "in" && next !== "not in") setValues(values.slice(0, 1));
        }} />
      </div>
      {!none && (
        <Field
          label={several ? "Values" : "Value"} unlabelled value={several ? typed : (values[0] ?? "")} placeholder={numeric ? "a number" : several ? "search values, or type one" : operator.endsWith("like") ? "%text%" : "a value"}
          onChange={(next) => {
            setTyped(next);
            if (!several) setValues([next]);
          }}
          onSubmit={() => {
            const final = several && typed && !values.includes(typed) ? [...values, typed] : values;
            setValues(final);
            setTyped("");
            done(final);
          }}
        />
      )}
      {!none && !numeric && offered.length > 0 && (
        <ListBox
          className={css.values!} aria-label="Commonest values" selectionMode={several ? "multiple" : "single"} selectedKeys={values}
          onSelectionChange={(keys) => {
            const chosen = keys === "all" ? offered.map((one) => one.class) : [...keys].map(String);
            setTyped("");
            setValues(chosen);
            if (!several && chosen.length === 1) done(chosen);
          }}
        >
          {offered.map((one) => <ListBoxItem key={one.class} id={one.class} textValue={one.class} className={css.value!}><span><Verbatim>{one.class}</Verbatim></span><span>{count(one.count)}</span></ListBoxItem>)}
        </ListBox>
      )}
      <div className={css.acts}><Button kind="ink" size="small" onPress={() => done()} unavailable={problem}>{condition ? "Change" : "Add"}</Button></div>
    </div>
  );
}
