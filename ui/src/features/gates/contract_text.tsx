/// The contract as it was written, line by line, with the line of one gate marked. Text, never markup.
import { useLayoutEffect, useRef } from "react";
import css from "./gates.module.css";
import { Visible } from "@/components/reading";

export function ContractText({ text, line }: { text: string; line: number }) {
  const box = useRef<HTMLDivElement>(null);
  const marked = useRef<HTMLLIElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when another line is marked.
  useLayoutEffect(() => {
    if (box.current && marked.current) box.current.scrollTop = marked.current.offsetTop - box.current.clientHeight / 2;
  }, [line, text]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <div ref={box} className={css.toml} tabIndex={0} role="region" aria-label={`The contract, line ${line} marked`}>
      <ol>
        {text.trimEnd().split("\n").map((words, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name.
          <li key={index} {...(index + 1 === line ? { ref: marked, "aria-current": "true" as const } : {})}><span className={css.number}>{index + 1}</span><code><Visible text={words} /></code></li>
        ))}
      </ol>
    </div>
  );
}
