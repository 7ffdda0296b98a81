/// Below the text: how to look around in it, or the field that searches it.
import { useEffect, useRef } from "react";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { KeyCap } from "@/components/key_cap";
import { count } from "@/lib/format";
import css from "./text_foot.module.css";
import type { Marks } from "./use_marks";

export function TextFoot({ marks, rows }: { marks: Marks; rows: boolean }) {
  if (marks.finding) return <FindField marks={marks} />;
  return (
    <div className={css.foot}>
      {marks.marks > 0 && <span><KeyCap keys=";" /> next mark{marks.mark === null ? `, ${count(marks.marks)} here` : `, ${count(marks.mark + 1)} of ${count(marks.marks)}`}</span>}
      <span><KeyCap keys="Space" /> page</span>
      <span><KeyCap keys="/" /> find</span>
      <span><KeyCap keys="J" /><KeyCap keys="K" /> look around</span>
      {rows && <span className={css.wide}><KeyCap keys="↑" /><KeyCap keys="↓" /> rubric row</span>}
    </div>
  );
}

function hitWords({ find, hit, hits }: Marks): string {
  if (find.trim() === "") return "";
  return hits === 0 ? "not in this text" : `${count((hit ?? 0) + 1)} of ${count(hits)}`;
}

function FindField({ marks }: { marks: Marks }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const none = marks.hits === 0 ? "nothing was found" : undefined;
  return (
    <div className={css.foot} role="search">
      <span className={css.find}>
        <Icon name="search" />
        <input
          ref={input} id="find-in-sample" aria-label="Find in this sample" placeholder="Find in this sample" dir="auto" value={marks.typed}
          onChange={(event) => marks.search(event.target.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === "Enter") marks.stepHit(event.shiftKey ? -1 : 1);
            if (event.key === "Escape") { event.stopPropagation(); marks.close(); }
          }}
        />
      </span>
      <span role="status">{hitWords(marks)}</span>
      <Button kind="plain" size="small" icon="up" label="Previous hit" unavailable={none} onPress={() => marks.stepHit(-1)} />
      <Button kind="plain" size="small" icon="down" label="Next hit" unavailable={none} onPress={() => marks.stepHit(1)} />
      <span className="gap" />
      <span><KeyCap keys="Enter" /> next</span>
      <span><KeyCap keys="Esc" /> close</span>
    </div>
  );
}
