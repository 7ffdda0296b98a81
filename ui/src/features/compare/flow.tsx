/// What became of the samples: left out, kept and added, each by origin; every count opens the samples it counts.
import { Fragment } from "react";
import { Charted } from "@/components/charted";
import { OriginBar } from "@/components/origin_bar";
import { OriginGlyph } from "@/components/origin_glyph";
import { Verbatim } from "@/components/verbatim";
import type { Origin, OriginCounts, SnapshotComparison } from "@/ipc";
import { addedSince, alsoIn, leftOutOf, ofOrigin, relabelledSince } from "@/lib/exchange";
import { equals } from "@/lib/expression";
import { count, counted, percent, short } from "@/lib/format";
import { ORIGINS, sum } from "@/lib/origin";
import css from "./compare.module.css";
import { useOpenSide } from "./open_side";
import { type Side, sideName } from "./sides";

const share = (of: OriginCounts, part: number) => percent(part / Math.max(1, sum(of)), 0);

/** A share of the sentence below the bars, and the samples it is made of. */
interface AdditionPart {
  words: string;
  open?: { side: "a" | "b"; origin: "machine" | "human"; count: number };
}

/** What the additions are made of, against what was there: the sentence that the bars show. */
export function additionParts(added: OriginCounts, before: OriginCounts): AdditionPart[] {
  if (sum(added) === 0) return [{ words: "Nothing was added." }];
  const part = (side: "a" | "b", of: OriginCounts, origin: "machine" | "human"): AdditionPart => ({ words: share(of, of[origin]), open: { side, origin, count: of[origin] } });
  return [
    { words: "Of what was added, " }, part("b", added, "machine"), { words: " is machine text and " }, part("b", added, "human"),
    { words: " is human. Of what was there, " }, part("a", before, "machine"), { words: " and " }, part("a", before, "human"), { words: "." },
  ];
}

function Addition({ added, before, a, b }: { added: OriginCounts; before: OriginCounts; a: Side; b: Side }) {
  const open = useOpenSide();
  const show = ({ side, origin }: NonNullable<AdditionPart["open"]>) => (side === "b" ? open(b, { view: "samples", state: { filter: ofOrigin(addedSince(a.name), origin) } }) : open(a, { view: "samples", state: { filter: equals("origin", origin) } }));
  return (
    <p className={css.prose}>
      {additionParts(added, before).map(({ words, open: target }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence never move.
        <Fragment key={place}>{target && target.count > 0 ? <button type="button" className="link" aria-label={`${words} ${target.origin} ${target.side === "b" ? "of what was added" : "of what was there"}, ${counted(target.count, "sample")}: open them`} onClick={() => show(target)}>{words}</button> : words}</Fragment>
      ))}
    </p>
  );
}

interface Fate {
  name: string;
  of: OriginCounts;
  tokens: number;
  /** In which snapshot the samples are, and the filter that counts them. */
  side: Side;
  filter: string;
}

/** The samples of a comparison by what became of them. */
export function fates(compared: SnapshotComparison, a: Side, b: Side): Fate[] {
  const across = a.dataset !== b.dataset;
  return [
    { name: across ? `Only in ${sideName(a, true)}` : "Left out", of: compared.left_out, tokens: compared.left_out_tokens, side: a, filter: leftOutOf(b.name) },
    { name: across ? "In both" : "Kept", of: compared.kept, tokens: compared.kept_tokens, side: b, filter: alsoIn(a.name) },
    { name: across ? `Only in ${sideName(b, true)}` : "Added", of: compared.added, tokens: compared.added_tokens, side: b, filter: addedSince(a.name) },
  ];
}

function Row({ fate }: { fate: Fate }) {
  const open = useOpenSide();
  const total = sum(fate.of);
  const show = (filter: string) => open(fate.side, { view: "samples", state: { filter } });
  const of = (origin: Origin) => (
    <button key={origin} type="button" className={css.part} aria-label={`${fate.name}, ${origin}: ${counted(fate.of[origin], "sample")}, open them`} onClick={() => show(ofOrigin(fate.filter, origin))}>
      <OriginGlyph origin={origin} /><span>{count(fate.of[origin])}</span>
    </button>
  );
  return (
    <div className={css.flow}>
      <p>
        <span><Verbatim>{fate.name}</Verbatim></span>
        {total === 0 ? <b>none</b> : <span className={css.amount}><button type="button" className="link" aria-label={`${fate.name}: ${counted(total, "sample")}, open them`} onClick={() => show(fate.filter)}>{counted(total, "sample")}</button>, <b>{short(fate.tokens)}</b> tokens</span>}
      </p>
      {total > 0 ? <OriginBar values={fate.of} height={18} label={fate.name} /> : <div className={css.emptyBar} />}
      {total > 0 && <div className={css.parts}>{ORIGINS.filter((origin) => fate.of[origin] > 0).map(of)}</div>}
    </div>
  );
}

export function Flow({ compared, a, b }: { compared: SnapshotComparison; a: Side; b: Side }) {
  const { kept, added, left_out: leftOut, relabelled } = compared;
  const open = useOpenSide();
  const across = a.dataset !== b.dataset;
  const before = Object.fromEntries(ORIGINS.map((origin) => [origin, kept[origin] + leftOut[origin]])) as unknown as OriginCounts;
  const rows = fates(compared, a, b);
  return (
    <div className={css.region}>
      <Charted
        title="What changed" gloss="origin of samples, each bar whole"
        columns={[{ head: "samples" }, ...ORIGINS.map((origin) => ({ head: origin, numeric: true })), { head: "all", numeric: true }, { head: "tokens", numeric: true }]}
        rows={rows.map((row) => [row.name, ...ORIGINS.map((origin) => row.of[origin]), sum(row.of), row.tokens])}
      >
        {rows.map((fate) => <Row key={fate.filter} fate={fate} />)}
        {!across && <Addition added={added} before={before} a={a} b={b} />}
        {relabelled > 0 && (
          <p className="small t2">
            Of those {across ? "in both" : "kept"}, <button type="button" className="link" aria-label={`${counted(relabelled, "sample")} with another origin: open them`} onClick={() => open(b, { view: "samples", state: { filter: relabelledSince(a.name) } })}>{count(relabelled)}</button> {relabelled === 1 ? "has" : "have"} another origin {across ? "in the second" : "now"}.
          </p>
        )}
      </Charted>
    </div>
  );
}
