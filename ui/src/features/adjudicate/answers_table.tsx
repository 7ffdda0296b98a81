/// The answers side by side: one's own, then the reviewers' without names, each score as a dot on its scale.
import type { ReactNode } from "react";
import { Verbatim } from "@/components/verbatim";
import { VERDICT_WORDS, VerdictIcon } from "@/components/verdict_mark";
import type { Answer, Rubric, Verdict } from "@/ipc";
import { answersHead, originWords, scoreRows, sharedLabels, unnamed } from "./answers";
import css from "./answers_table.module.css";
import { DotScale } from "./dot_scale";

export function AnswersTable({ rubric, own, others }: { rubric: Rubric; own: Answer; others: readonly Answer[] }) {
  const all = [own, ...others];
  const head = answersHead(all.length);
  const wide = all.length > 3;
  return (
    <section aria-label={head}>
      <h2>{head}<span>yours was given before the others were shown</span></h2>
      <div className={css.wide} {...(wide ? { tabIndex: 0, role: "region", "aria-label": `${head}, side by side` } : {})}>
        <table className={css.table} aria-label={head} {...(wide ? { "data-wide": "" } : {})}>
          <colgroup><col className={css.axis} />{all.map((_, index) => <col key={index === 0 ? "yours" : unnamed(index - 1)} className={css.answer} />)}<col className={css.scale} /></colgroup>
          <thead>
            <tr>
              <th><span className="unseen">axis</span></th>
              <th scope="col">yours</th>
              {others.map((_, index) => <th key={unnamed(index)} scope="col">{unnamed(index)}</th>)}
              <th className="num">on the scale</th>
            </tr>
          </thead>
          <tbody>
            <Row name="Verdict" strong all={all} cell={(answer) => <VerdictWord verdict={answer.verdict} />} />
            {all.some((answer) => answer.reason) && <Row name="Reason" words all={all} cell={(answer) => answer.reason || "–"} />}
            {scoreRows(rubric, own, others).map((row) => (
              <Row key={row.id} name={row.name} strong={row.widest} all={[row.own, ...row.others]} cell={(score) => score ?? "–"} scale={<DotScale max={row.max} own={row.own} others={row.others} />} />
            ))}
            <Row name="Origin" words all={all} cell={(answer) => <>{originWords(answer.origin)}{answer.origin !== null && answer.confidence && <small>{answer.confidence}</small>}</>} />
            <Labels all={all} />
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface RowProps<Given> {
  name: string;
  /** One's own first. */
  all: readonly Given[];
  cell(given: Given): ReactNode;
  strong?: boolean;
  /** Whether its cells are words that may need several lines. */
  words?: boolean;
  scale?: ReactNode;
}

function Row<Given>({ name, all, cell, strong = false, words = false, scale }: RowProps<Given>) {
  return (
    <tr className={strong ? css.strong : words ? css.words : undefined}>
      <th scope="row"><Verbatim>{name}</Verbatim></th>
      {/* biome-ignore lint/suspicious/noArrayIndexKey: answers to one sample never move. */}
      {all.map((given, index) => <td key={index}><Verbatim>{cell(given)}</Verbatim></td>)}
      <td>{scale}</td>
    </tr>
  );
}

function VerdictWord({ verdict }: { verdict: Verdict }) {
  return <span className={`${css.verdict} ${css[verdict]}`}><VerdictIcon verdict={verdict} />{VERDICT_WORDS[verdict]}</span>;
}

function Labels({ all }: { all: readonly Answer[] }) {
  const shared = sharedLabels(all);
  if (shared === null) return <Row name="Labels" words all={all} cell={(answer) => answer.labels.join(", ") || "none"} />;
  return (
    <tr>
      <th scope="row">Labels</th>
      <td colSpan={all.length + 1} className={css.same}>{shared.length === 0 ? "none" : <><Verbatim>{shared.join(", ")}</Verbatim>: the same in all</>}</td>
    </tr>
  );
}
