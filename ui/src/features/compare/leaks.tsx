/// Samples of one dataset found in the other: how many, of which kind, by which method; every count opens its pairs.
import { Button } from "@/components/button";
import { Charted } from "@/components/charted";
import { Verbatim } from "@/components/verbatim";
import type { LeakFinding } from "@/ipc";
import { count, counted } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import css from "./compare.module.css";
import type { Side } from "./sides";

const KINDS = ["exact", "normalised", "near", "passage"] as const;

export function Leaks({ leaks, a, b }: { leaks: readonly LeakFinding[]; a: Side; b: Side }) {
  const { go } = useNavigation();
  const words = (direction: string) => (direction === "a in b" ? `${a.dataset} in ${b.dataset}` : `${b.dataset} in ${a.dataset}`);
  const number = (leak: LeakFinding, kind: (typeof KINDS)[number] | null) => {
    const value = kind === null ? leak.found : leak[kind];
    if (value === 0) return "0";
    const said = `${words(leak.direction)}, ${counted(value, kind === null ? "match" : `${kind} match`, kind === null ? "matches" : `${kind} matches`)}: open both sides`;
    const [reference, data] = leak.direction === "a in b" ? [a, b] : [b, a];
    return <button type="button" className="link" aria-label={said} onClick={() => go("leak", { key: leak.key, reference: reference.name, data: data.name, ...(kind === null ? {} : { kind }) })}>{count(value)}</button>;
  };
  return (
    <div className={css.region}>
      <Charted
        title="One in the other" gloss="by their strongest kind"
        columns={[{ head: "which way" }, ...KINDS.map((kind) => ({ head: kind, numeric: true })), { head: "found", numeric: true }, { head: "of", numeric: true }]}
        rows={leaks.map((leak) => [words(leak.direction), ...KINDS.map((kind) => leak[kind]), leak.found, leak.of])}
      >
        <table className={css.plain} aria-label="One in the other">
          <thead><tr><th scope="col">which way</th>{KINDS.map((kind) => <th key={kind} scope="col" className="num">{kind}</th>)}<th scope="col" className="num">found</th></tr></thead>
          <tbody>
            {leaks.map((leak) => (
              <tr key={leak.direction}>
                <th scope="row" title={words(leak.direction)}><Verbatim>{words(leak.direction)}</Verbatim></th>
                {KINDS.map((kind) => <td key={kind} className={leak[kind] === 0 ? "num t3" : "num"}>{number(leak, kind)}</td>)}
                <td className="num strong">{number(leak, null)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {leaks.map((leak) => <p key={leak.direction} className={css.statement}><b><Verbatim>{words(leak.direction)}</Verbatim>.</b> {leak.statement}</p>)}
        <p className={css.search}><Button size="small" onPress={() => go("leak", { reference: "gold", data: b.name })}>Look for gold or a benchmark…</Button></p>
      </Charted>
    </div>
  );
}
