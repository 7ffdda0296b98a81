/// How many models stand between the records and what people wrote.
import { Fragment } from "react";
import { SectionHead } from "@/components/section_head";
import type { Derivation as Measured } from "@/ipc";
import { type NoDepth, withoutDepth } from "@/lib/behind";
import { count, counted } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import css from "./overview.module.css";

/** `written by people`, `made by a model`, `by 3 models in a row`. */
export function depthWords(depth: number): string {
  return depth === 0 ? "written by people" : depth === 1 ? "made by a model" : `by ${count(depth)} models in a row`;
}

/** The samples that have no depth, which are one filter; what people wrote always has one. */
export const WITHOUT_DEPTH = "derivation_depth is null";

interface Remark {
  /** Opens its samples. */
  readonly number: string;
  readonly words: string;
  readonly filter: string;
}

/** What the depths leave out, and why. */
function remarks(derivation: Measured): Remark[] {
  const of = (samples: number, why: NoDepth, words: string): Remark[] => (samples === 0 ? [] : [{ number: counted(samples, "sample"), words, filter: withoutDepth(why) }]);
  return [
    ...of(derivation.unrecorded, "unrecorded", "of other origin name no parent"),
    ...of(derivation.unknown, "unknown", "name one, and nobody said who made them"),
    ...of(derivation.cyclic, "cyclic", "in a chain that leads back to itself"),
  ];
}

export function Derivation({ derivation }: { derivation: Measured }) {
  const { go } = useNavigation();
  const left = remarks(derivation);
  const without = derivation.unrecorded + derivation.unknown + derivation.cyclic;
  return (
    <div className={css.derivation}>
      <SectionHead title="Derivation" gloss="longest chain of “made by a model from”, exact" />
      <table className={css.noticed} aria-label="Samples by depth of derivation">
        <thead><tr><th scope="col">Depth</th><th scope="col" className="num">samples</th><th scope="col">tokens</th></tr></thead>
        <tbody>
          {derivation.by_depth.map((row) => (
            <tr key={row.depth}>
              <td>{count(row.depth)}, {depthWords(row.depth)}</td>
              <td className="num strong"><button type="button" className="link" onClick={() => go("samples", { filter: `derivation_depth = ${row.depth}` })} aria-label={`${counted(row.samples, "sample")} of depth ${row.depth}: open`}>{count(row.samples)}</button></td>
              <td className="t2"><button type="button" className="link" onClick={() => go("samples", { filter: `derivation_depth = ${row.depth}` })} aria-label={`${counted(row.tokens, "token")} of depth ${row.depth}: open the samples that hold them`}>{count(row.tokens)}</button></td>
            </tr>
          ))}
        </tbody>
      </table>
      {without > 0 && <p className="small t2"><button type="button" className="link" aria-label={`${counted(without, "sample")} without a depth: open`} onClick={() => go("samples", { filter: WITHOUT_DEPTH })}>{counted(without, "sample")}</button> without a depth: {left.map((remark, place) => <Fragment key={remark.filter}>{place > 0 && "; "}<Opening {...remark} /></Fragment>)}.</p>}
      {derivation.missing_parents > 0 && <p className="small t2"><Opening number={counted(derivation.missing_parents, "sample")} words="made from a parent that is not in this snapshot" filter={withoutDepth("missing_parent")} />.</p>}
    </div>
  );
}

function Opening({ number, words, filter }: Remark) {
  const { go } = useNavigation();
  return <><button type="button" className="link" aria-label={`${number} ${words}: open`} onClick={() => go("samples", { filter })}>{number}</button> {words}</>;
}
