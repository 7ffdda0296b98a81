/// One command and its key: pressed anew, refused in words where the key means something else, or put back.
import { useState } from "react";
import { Button } from "@/components/button";
import { WrittenKey } from "@/components/key_cap";
import { comboOfEvent, writtenOf } from "@/lib/commands";
import css from "./settings.module.css";

/** Keys that are only held, or are not a key yet. */
const HELD = new Set(["Control", "Shift", "Alt", "Meta", "AltGraph", "CapsLock", "Dead", "Unidentified", "Process"]);

export interface KeyRowProps {
  title: string;
  keys: readonly string[];
  /** Whether a person gave it these. */
  changed: boolean;
  /** Returns why the key is refused. */
  onChange(written: string): string | undefined;
  onReset(): string | undefined;
}

export function KeyRow({ title, keys, changed, onChange, onReset }: KeyRowProps) {
  const [listening, setListening] = useState(false);
  const [refused, setRefused] = useState<string>();
  const press = (event: React.KeyboardEvent) => {
    if (event.key === "Tab" || event.repeat || event.nativeEvent.isComposing || HELD.has(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") return setListening(false);
    const why = onChange(writtenOf(comboOfEvent(event.nativeEvent)));
    setRefused(why);
    if (!why) setListening(false);
  };
  return (
    <tr>
      <th scope="row">{title}{refused && <small role="alert">Not changed: {refused}.</small>}</th>
      <td>
        {listening ? (
          // biome-ignore lint/a11y/noAutofocus: whoever asked to change a key presses it next.
          <button type="button" className={css.listening} autoFocus aria-label={`Press a key for ${title}, Esc keeps the old one`} onKeyDown={press} onBlur={() => setListening(false)}>Press a key</button>
        ) : keys.length === 0 ? (
          <span className="t3">none</span>
        ) : (
          keys.map((key) => <span key={key}><span className="unseen">{key}</span><WrittenKey keys={key} /></span>)
        )}
      </td>
      <td>
        <Button size="small" kind="plain" label={`Change the key of ${title}`} onPress={() => { setRefused(undefined); setListening(true); }}>Change</Button>
        {changed && <Button size="small" kind="plain" label={`Put back the key of ${title}`} onPress={() => setRefused(onReset())}>Put back</Button>}
      </td>
    </tr>
  );
}
