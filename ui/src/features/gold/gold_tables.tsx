/// Candidates and members as tables whose rows can be chosen.
import { Icon } from "@/components/icon";
import { Visible } from "@/components/reading";
import { Verbatim } from "@/components/verbatim";
import type { GoldCandidate, GoldMember } from "@/ipc";
import { count, date } from "@/lib/format";
import css from "./gold.module.css";

interface Rows<Row> {
  rows: readonly Row[];
  chosen: string | undefined;
  onChoose(digest: string): void;
}

export function CandidateTable({ rows, chosen, onChoose }: Rows<GoldCandidate>) {
  if (rows.length === 0) return <p className={css.none}>No candidate. Approve human samples in Review, and they stand here.</p>;
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead><tr><th scope="col">sample</th><th scope="col" className={css.slice}>slice</th><th scope="col" className={css.checksColumn}>checks</th><th scope="col" className={css.waits}>waits for</th></tr></thead>
        <tbody>
          {rows.map((row) => {
            const ready = row.checks_held === row.checks;
            return (
              <tr key={row.digest} aria-current={row.digest === chosen ? "true" : undefined} onClick={() => onChoose(row.digest)}>
                <td className={css.text}><Chooser digest={row.digest} title={row.title} onChoose={onChoose} /></td>
                <td><Verbatim>{[row.domain, row.language].filter(Boolean).join(", ") || "none"}</Verbatim></td>
                <td className={ready ? css.held : `${css.held} t2`}>{ready ? <Icon name="check" /> : <span className={css.noIcon} />}{count(row.checks_held)} of {count(row.checks)}</td>
                <td className={ready ? undefined : "t2"} title={row.waits_for}>{row.waits_for}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

export function MemberTable({ rows, chosen, onChoose, act }: Rows<GoldMember> & { act: "Promoted" | "Revoked" }) {
  if (rows.length === 0) return <p className={css.none}>{act === "Promoted" ? "No member yet. Promote a candidate that is ready." : "Nothing has been revoked."}</p>;
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead><tr><th scope="col">sample</th><th scope="col" className={css.slice}>slice</th><th scope="col" className={css.waits}>{act.toLowerCase()}</th><th scope="col">reason</th></tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.digest} ${row.seq}`} aria-current={row.digest === chosen ? "true" : undefined} onClick={() => onChoose(row.digest)}>
              <td className={css.text}><Chooser digest={row.digest} title={row.title} onChoose={onChoose} /></td>
              <td><Verbatim>{[row.domain, row.language].filter(Boolean).join(", ") || "none"}</Verbatim></td>
              <td title={`#${count(row.seq)} by ${row.by}`}>{date(row.at)}</td>
              <td dir="auto" title={row.reason}><Visible text={row.reason} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Chooser({ digest, title, onChoose }: { digest: string; title: string; onChoose(digest: string): void }) {
  return <button type="button" dir="auto" onClick={() => onChoose(digest)}><Visible text={title} /></button>;
}
