/// Entries, latest first, each with the mark of what it did.
import { Fragment } from "react";
import { Badge } from "@/components/badge";
import { Button } from "@/components/button";
import { Icon, type IconName } from "@/components/icon";
import { Visible } from "@/components/reading";
import { Verbatim } from "@/components/verbatim";
import { VerdictMark } from "@/components/verdict_mark";
import type { ActivityRow } from "@/ipc";
import { count, date, time } from "@/lib/format";
import css from "./activity.module.css";

/** The icon of an entry that is no verdict, by the words in its kind. */
export function kindIcon(kind: string): IconName {
  const icons: readonly (readonly [RegExp, IconName])[] = [[/undo|bulk_withdrawn/, "undo"], [/redo/, "redo"], [/gold|promot|revo/, "gold"], [/queue/, "review"], [/person|role/, "person"], [/rubric/, "note"], [/head|session/, "shield"], [/card|sign/, "card"]];
  return icons.find(([pattern]) => pattern.test(kind))?.[1] ?? "activity";
}

export interface EntryTableProps {
  rows: readonly ActivityRow[];
  chosen: number | null;
  onChoose(row: ActivityRow): void;
  /** What is not loaded yet, if anything. */
  more: { count: number; loading: boolean; load(): void } | null;
  /** Entries under a head that left this machine. */
  away: number;
}

export function EntryTable({ rows, chosen, onChoose, more, away }: EntryTableProps) {
  // The first row that is under such a head, where a later one stands above it.
  const border = rows.find((row, i) => i > 0 && row.seq < away)?.seq;
  const divides = rows[0] !== undefined && rows[0].seq >= away;
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col" className={`num ${css.seq}`}>entry</th>
            <th scope="col" className={css.when}>when</th>
            <th scope="col" className={css.mark}><span className="unseen">mark</span></th>
            <th scope="col">what</th>
            <th scope="col" className={css.who}>who</th>
            <th scope="col" className={css.leaf}>leaf</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Fragment key={row.seq}>
            {divides && row.seq === border && <tr className={css.border}><td colSpan={6}>Up to here, a head has left this machine</td></tr>}
            <tr aria-current={row.seq === chosen ? "true" : undefined} onClick={() => onChoose(row)}>
              <td className="num">{count(row.seq)}</td>
              <td className="t2">{date(row.at)}, {time(row.at)}</td>
              <td>{row.verdict ? <VerdictMark verdict={row.verdict} /> : <span className={/gold/.test(row.kind) ? css.goldMark : css.kindMark}><Icon name={kindIcon(row.kind)} /></span>}</td>
              <td><button type="button" dir="auto" onClick={() => onChoose(row)}><Visible text={row.what} /></button></td>
              <td><Verbatim>{row.actor}</Verbatim>{row.by_machine && <> <Badge>machine</Badge></>}</td>
              <td className="code t3">{row.leaf.slice(0, 8)}</td>
            </tr>
            </Fragment>
          ))}
        </tbody>
      </table>
      {more && <p className={css.more}><Button unavailable={more.loading ? "reading" : undefined} onPress={more.load}>Earlier entries, {count(more.count)}</Button></p>}
    </div>
  );
}
