/// How many samples of the reference were found, by their strongest kind, and by which method.
import { Charted } from "@/components/charted";
import { Visible } from "@/components/reading";
import { Verbatim } from "@/components/verbatim";
import type { LeakFinding } from "@/ipc";
import { count, counted, percent } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import css from "./leak.module.css";

export const KINDS = ["exact", "normalised", "near", "passage"] as const;
export type Kind = (typeof KINDS)[number];

export const KIND_WORDS: Record<Kind, string> = {
  exact: "Equal text", normalised: "Equal after normalising", near: "Near-duplicate", passage: "Shared passage",
};

export function Found({ found, label }: { found: LeakFinding; label: string }) {
  const { place, keep } = useNavigation();
  const kind = place.state.kind;
  const share = found.of > 0 ? found.found / found.of : 0;
  return (
    <div className={css.found}>
      <Charted
        title="Found" gloss={<><Verbatim>{label}</Verbatim>, by the strongest kind</>}
        columns={[{ head: "kind" }, { head: "samples of the reference", numeric: true }, { head: "share", numeric: true, format: percent }]}
        rows={[...KINDS.map((one) => [KIND_WORDS[one], found[one], found.of > 0 ? found[one] / found.of : null]), ["all", found.found, share]]}
      >
        <table className={css.kinds} aria-label="Found by kind">
          <tbody>
            {KINDS.map((one) => (
              <tr key={one} aria-current={kind === one ? "true" : undefined}>
                <th scope="row">{KIND_WORDS[one]}</th>
                <td className="num">{found[one] === 0 ? <span className="t3">0</span> : <button type="button" className="link" aria-label={`${KIND_WORDS[one]}: ${counted(found[one], "match", "matches")}, show them`} onClick={() => keep({ kind: one, pair: undefined })}>{count(found[one])}</button>}</td>
              </tr>
            ))}
          </tbody>
          <tfoot><tr><th scope="row">All, of {count(found.of)}</th><td className="num">{found.found === 0 ? "0" : <button type="button" className="link" aria-label={`All ${counted(found.found, "match", "matches")}, show them`} onClick={() => keep({ kind: undefined, pair: undefined })}>{count(found.found)}</button>}, {percent(share)}</td></tr></tfoot>
        </table>
      </Charted>
      <p className={css.statement}><Visible text={found.statement} /></p>
    </div>
  );
}
