/// One entry: exactly what was hashed, and the hash.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/button";
import { Visible } from "@/components/reading";
import { Verbatim } from "@/components/verbatim";
import { type ActivityRow, call, type EntryProof } from "@/ipc";
import { count, counted, date, time } from "@/lib/format";
import { report } from "@/lib/trouble";
import { useTrust } from "@/lib/trust";
import css from "./activity.module.css";

/** From the leaf to the signed root: each neighbour, and the entries it stands for. */
function Path({ row, proof }: { row: ActivityRow; proof: EntryProof }) {
  return (
    <section>
      <h3>Path to head #{count(proof.head - 1)} <span>leaf, then {counted(proof.steps.length, "neighbour")}</span></h3>
      <table className={css.path}>
        <tbody>
          <tr><td /><td>leaf</td><td><b>#{count(row.seq)}</b></td><td className={css.hash}>{hashGroups(row.leaf.slice(0, 16))}</td></tr>
          {proof.steps.map((step, index) => (
            <tr key={step.hash}><td className="t2">{index + 1}</td><td>{step.is_left ? "left" : "right"}</td><td>#{count(step.first)}{step.last > step.first && ` to #${count(step.last)}`}</td><td className={css.hash}>{hashGroups(step.hash.slice(0, 16))}</td></tr>
          ))}
          <tr><td /><td>root</td><td>signed by <Verbatim>{proof.by.join(" and ")}</Verbatim></td><td className={css.hash}>{hashGroups(proof.root.slice(0, 16))}</td></tr>
        </tbody>
      </table>
    </section>
  );
}

/** Groups of eight, so that a person can read a hash aloud. */
export function hashGroups(hash: string): string {
  return hash.match(/.{1,8}/g)?.join(" ") ?? hash;
}

export function EntryPanel({ row, entries, onClose }: { row: ActivityRow; entries: number | null; onClose(): void }) {
  const [copied, setCopied] = useState<string | null>(null);
  const trust = useTrust();
  const proof = useQuery({ queryKey: ["entry_proof", row.seq, trust.data?.head], queryFn: () => call("entry_proof", { seq: row.seq }) });
  const save = async (text: string) => {
    const picked = await call("pick_save", { title: `Save the proof of entry ${row.seq}`, purpose: "chart_file", name: `entry-${row.seq}.tlog-proof` });
    if (!picked) return;
    await call("chart_save", { handle: picked.handle, text, bytes: null });
    setCopied(`Saved as ${picked.label}.`);
  };
  const copy = () => navigator.clipboard.writeText(`${row.body}\n`).then(() => setCopied("Copied."), () => setCopied("The clipboard refused it."));
  return (
    <aside className={css.right} aria-label={`Entry ${row.seq}`}>
      <header className={css.panelHead}>
        <h2>Entry {count(row.seq)}</h2>
        <span className="small t2"><Verbatim>{row.actor}</Verbatim>{row.by_machine && ", a machine"}, {date(row.at)}, {time(row.at)}</span>
        <span className="gap" />
        <Button kind="plain" size="small" icon="cross" label="Close the entry" onPress={onClose} />
      </header>
      <div className={css.panelBody}>
        <section>
          <h3>What was hashed <span>canonical JSON; no sample text, by design</span></h3>
          <pre className={css.body}><Visible text={row.body} /></pre>
        </section>
        <section>
          <h3>Leaf <span>SHA-256 of a zero byte and the line above</span></h3>
          <p className={css.hash}>{hashGroups(row.leaf)}</p>
        </section>
        <section>
          <h3>Name <span>made in the window that saved it</span></h3>
          <p className={css.hash}>{row.id}</p>
        </section>
        {proof.data && <Path row={row} proof={proof.data} />}
        {entries !== null && <p className={css.stand}>It is leaf {count(row.seq)} of {count(entries)} under the root that was just recomputed.</p>}
      </div>
      <footer className={css.foot}>
        <span className="small t2" role="status">{copied ?? "Can be checked without Assay."}</span>
        <span className="gap" />
        <Button onPress={() => void copy()}>Copy</Button>
        {proof.data && <Button onPress={() => void save(proof.data!.text).catch(report("Saving the proof"))}>Save this proof…</Button>}
      </footer>
    </aside>
  );
}
