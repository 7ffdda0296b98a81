/// The signs, one a row: its course, where it stands, and what the last step did to it.
import { Sparkline } from "@/components/sparkline";
import { Verbatim } from "@/components/verbatim";
import type { FigureChange, TrendSign, Trends } from "@/ipc";
import { behindMeasure, byMeaning, changeWords, figureWords, measureGloss, measureName } from "@/lib/changes";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import css from "./trends.module.css";

export function signKey({ measure, about }: Pick<TrendSign, "measure" | "about">): string {
  return `${measure}|${about}`;
}

/** Worse first by the last step, then better, then those that did not move; as they came where there is one snapshot. */
export function orderedSigns({ signs }: Trends): TrendSign[] {
  const changes = signs.flatMap((sign) => (sign.change ? [sign.change] : []));
  const { worse, better, other } = byMeaning(changes);
  const place = new Map([...worse, ...better, ...other].map((change, index) => [signKey(change), index]));
  return signs.toSorted((one, another) => (place.get(signKey(one)) ?? signs.length) - (place.get(signKey(another)) ?? signs.length));
}

/** `worse, medium`; what did not move is `as before`. */
export function stepWords(change: FigureChange | null): string {
  if (!change || change.effect === null) return "";
  if (change.size === "none") return "no effect";
  return [change.direction, change.size].filter(Boolean).join(", ");
}

export interface SignListProps {
  dataset: string;
  trends: Trends;
  signs: readonly TrendSign[];
  chosen: string;
  onChoose(key: string): void;
}

export function SignList({ dataset, trends, signs, chosen, onChoose }: SignListProps) {
  const [first, last] = [trends.snapshots[0]!.snapshot, trends.snapshots.at(-1)!.snapshot];
  return (
    <table className={css.signs} aria-label="Warning signs">
      <thead><tr><th scope="col">sign</th><th scope="col" className={css.courseHead}>{first === last ? "" : `${first} to ${last}`}</th><th scope="col" className={`num ${css.nowHead}`}>now</th><th scope="col" className={`num ${css.stepHead}`}>last step</th></tr></thead>
      <tbody>
        {signs.map((sign) => {
          const key = signKey(sign);
          const now = sign.values.at(-1) ?? null;
          const bad = sign.change?.direction === "worse" && sign.change.size !== "none";
          const gloss = measureGloss(sign);
          return (
            <tr key={key} aria-current={key === chosen ? "true" : undefined} onClick={() => onChoose(key)}>
              <th scope="row" title={[measureName(sign), gloss].filter(Boolean).join(", ")}><button type="button" onClick={() => onChoose(key)}><span>{measureName(sign)}</span><small><Verbatim>{gloss}</Verbatim></small></button></th>
              <td>{sign.values.filter((value) => value !== null).length > 1 && <Sparkline values={sign.values} width={78} height={22} label={`${measureName(sign)}, snapshots ${first} to ${last}`} />}</td>
              <td className="num"><Now dataset={dataset} snapshot={last} sign={sign} value={now} /></td>
              <td className="num">{sign.change ? <><b className={bad ? css.bad : undefined}>{changeWords(sign.change)}</b><small>{stepWords(sign.change)}</small></> : <span className="t3">–</span>}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Where a sign stands; it opens what it counts in the last snapshot, where it counts samples. */
function Now({ dataset, snapshot, sign, value }: { dataset: string; snapshot: number; sign: TrendSign; value: number | null }) {
  const { choose } = useSession();
  const { go } = useNavigation();
  const words = figureWords(sign.measure, value);
  const behind = value === null ? null : behindMeasure(sign.measure, sign.about);
  if (!behind) return words;
  const open = () => {
    choose(dataset, snapshot);
    go(behind.view, behind.state);
  };
  // The row itself chooses the sign.
  return <button type="button" className="link" aria-label={`${words}, ${[measureName(sign), sign.about].filter(Boolean).join(", ")} in snapshot ${snapshot}: open`} onClick={(event) => { event.stopPropagation(); open(); }}>{words}</button>;
}
