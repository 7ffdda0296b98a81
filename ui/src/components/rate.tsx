/// How often something is wrong: a dot with its interval on a scale from 0 to 50 %, and the same in numbers.
import type { ReactNode } from "react";
import type { Proportion } from "@/ipc";
import { count, percent, percentNumber } from "@/lib/format";
import css from "./rate.module.css";

/** The scale's end: a rate of a half is a coin's. Greater ones stand at the end. */
const MOST = 0.5;

const at = (share: number) => `${(Math.min(share, MOST) / MOST) * 100}%`;

/** `7.1 % (5.4–9.3) of 649` */
export function rateWords(rate: Proportion): string {
  return `${percent(rate.share)} (${percentNumber(rate.interval[0])}–${percentNumber(rate.interval[1])}) of ${count(rate.of)}`;
}

export interface RateRowProps {
  label: ReactNode;
  rate: Proportion | null;
  absent: string;
  /** What the row is called where its samples are opened. */
  name?: string;
  /** Opens the samples that are wrong, and all that the rate is of; a number that opens nothing is no link. */
  onOpen?: (() => void) | undefined;
  onOpenAll?: (() => void) | undefined;
}

function Opening({ words, label, onOpen }: { words: string; label: string; onOpen: (() => void) | undefined }) {
  return onOpen ? <button type="button" className="link" aria-label={label} onClick={onOpen}>{words}</button> : words;
}

export function RateRow({ label, rate, absent, name = "", onOpen, onOpenAll }: RateRowProps) {
  if (!rate) return <tr className={css.row}><th scope="row">{label}</th><td colSpan={2} className={css.absent}>{absent}</td></tr>;
  const [low, high] = rate.interval;
  return (
    <tr className={css.row}>
      <th scope="row">{label}</th>
      <td className={css.scale}>
        <svg width="100%" height="14" role="img" aria-label={`${rateWords(rate)}, on a scale to 50 %`}>
          <path d="M0.5 3.5v7M0 7h1000" stroke="var(--chart-axis)" fill="none" />
          <line x1={at(low)} x2={at(high)} y1="7" y2="7" stroke="var(--chart-ink)" strokeWidth="2" />
          <circle cx={at(rate.share)} cy="7" r="4" fill="var(--chart-ink)" />
        </svg>
      </td>
      <td className={css.figure}><b className="strong"><Opening words={percent(rate.share)} label={`${name}: ${percent(rate.share)}, ${count(rate.count)} of ${count(rate.of)}, open them`} onOpen={rate.count > 0 ? onOpen : undefined} /></b> {percentNumber(low)}–{percentNumber(high)}<small>of <Opening words={count(rate.of)} label={`${name}: all ${count(rate.of)}, open them`} onOpen={onOpenAll} /></small></td>
    </tr>
  );
}
