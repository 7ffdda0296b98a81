/// Find in text: searches as soon as typing pauses.
import { type RefObject, useEffect, useState } from "react";
import { Input, SearchField } from "react-aria-components";
import { Icon } from "@/components/icon";
import { KeyCap } from "@/components/key_cap";
import css from "./samples.module.css";

export function Find({ value, input, onChange }: { value: string; input: RefObject<HTMLInputElement | null>; onChange(value: string): void }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), 250);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <SearchField className={css.find!} aria-label="Find in text" value={text} onChange={setText}>
      <Icon name="search" />
      <Input ref={input} placeholder="Find in text" dir="auto" />
      {!text && <KeyCap keys="/" />}
    </SearchField>
  );
}
