/// One entry: exactly what was hashed, and the hash.
import { useState } from "react";
import { Button } from "@/components/button";
import type { ActivityRow } from "@/ipc";
import { count, date, time } from "@/lib/format";
import css from "./activity.module.css";

/** Groups of eight, so that a person can read a hash aloud. */
export function hashGroups(hash: string): string {
  return hash.match(/.{1,8}/g)?.join(" ") ?? hash;
}

export function EntryPanel({ row, entries, onClose }: { row: ActivityRow; entries: number | null; onClose(): void }) {
  const [copied, setCopied] = useState<string | null>(null);
  const copy = () => navigator.clipboard.writeText(`${row.body}\n`).then(() => setCopied("Copied."), () => setCopied("The clipboard refused it."));
  return (
    <aside className={css.right} aria-label={`Entry ${row.seq}`}>
      <header className={css.panelHead}>
        <h2>Entry {count(row.seq)}</h2>
        <span className="small t2"><bdi>{row.actor}</bdi>{row.by_machine && ", a machine"}, {date(row.at)}, {time(row.at)}</span>
        <span className="gap" />
        <Button kind="plain" size="small" icon="cross" label="Close the entry" onPress={onClose} />
      </header>
      <div className={css.panelBody}>
        <section>
          <h3>What was hashed <span>canonical JSON; no sample text, by design</span></h3>
          <pre className={css.body}>{row.body}</pre>
        </section>
        <section>
          <h3>Leaf <span>SHA-256 of a zero byte and the line above</span></h3>
          <p className={css.hash}>{hashGroups(row.leaf)}</p>
        </section>
        <section>
          <h3>Name <span>made in the window that saved it</span></h3>
          <p className={css.hash}>{row.id}</p>
        </section>
        {entries !== null && <p className={css.stand}>It is leaf {count(row.seq)} of {count(entries)} under the root that was just recomputed.</p>}
      </div>
      <footer className={css.foot}>
        <span className="small t2" role="status">{copied ?? "Can be checked without Assay."}</span>
        <span className="gap" />
        <Button onPress={() => void copy()}>Copy</Button>
      </footer>
    </aside>
  );
}
