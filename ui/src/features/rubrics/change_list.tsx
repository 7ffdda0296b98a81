/// What a version asks otherwise, change by change: what goes is struck, what comes stands below it.
import { Icon } from "@/components/icon";
import { Visible } from "@/components/reading";
import type { Change } from "./changes";
import css from "./editor.module.css";

const MARK = { added: "plus", removed: "minus", changed: "right" } as const;

export function ChangeList({ changes, none }: { changes: readonly Change[]; none: string }) {
  if (changes.length === 0) return <p className="t2">{none}</p>;
  return (
    <ul className={css.changes}>
      {changes.map((change) => (
        <li key={`${change.kind} ${change.what}`}>
          <Icon name={MARK[change.kind]} />
          <div>
            <b><span className="unseen">{change.kind}: </span>{change.what}</b>
            {change.before !== null && <del dir="auto"><Visible text={change.before} /></del>}
            {change.after !== null && <ins dir="auto"><Visible text={change.after} /></ins>}
          </div>
        </li>
      ))}
    </ul>
  );
}
