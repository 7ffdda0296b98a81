/// The matches of a search: the list at the left, both sides of one at the right with the run that they share.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/button";
import { Visible } from "@/components/reading";
import { SectionHead } from "@/components/section_head";
import { Segmented } from "@/components/segmented";
import { Faulted, Loading } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { call, type LeakPair, type LeakSample } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { equals } from "@/lib/expression";
import { count, counted } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import { placeOfRun } from "@/lib/shared_run";
import { KIND_WORDS, KINDS, type Kind } from "./found";
import css from "./leak.module.css";

const PAGE = 50;
const ANY = "all";

export function Pairs({ found, data, total }: { found: string; data: string; total: number | null }) {
  const { place, keep } = useNavigation();
  const kind = KINDS.find((one) => one === place.state.kind) ?? null;
  const [page, setPage] = useState(0);
  const offset = page * PAGE;
  const pairs = useQuery({ queryKey: ["leak_pairs", found, kind, offset], queryFn: () => call("leak_pairs", { key: found, kind, offset, limit: PAGE }), placeholderData: (before) => before });
  const chosen = Math.min(Number(place.state.pair ?? 0), Math.max(0, (pairs.data?.pairs.length ?? 1) - 1));
  const move = (by: 1 | -1) => keep({ pair: String(Math.max(0, Math.min((pairs.data?.pairs.length ?? 1) - 1, chosen + by))) });
  useCommands({ "leak.next": { run: () => move(1) }, "leak.previous": { run: () => move(-1) } });
  if (pairs.isError) return <Faulted doing="Opening the matches" cause={pairs.error} safe="Nothing was changed." onRetry={() => keep({ key: undefined })} />;
  if (!pairs.data) return <Loading what="Opening the matches…" />;
  const { listed, total: ofKind } = pairs.data;
  const pair = pairs.data.pairs[chosen];
  const options = [{ value: ANY, label: "All" }, ...KINDS.map((one) => ({ value: one as string, label: one }))];
  return (
    <div className={css.pairs}>
      <div className={css.list}>
        <SectionHead title="Matches" gloss={`${count(ofKind)}${total !== null && kind !== null ? ` of ${count(total)}` : ""}${listed < ofKind ? `, the first ${count(listed)} with their texts` : ""}`} />
        <div className={css.filter}>
          <Segmented label="Kind" size="small" value={kind ?? ANY} options={options} onChange={(next) => { setPage(0); keep({ kind: next === ANY ? undefined : next, pair: undefined }); }} />
          <span className="gap" />
          <Button size="small" icon="left" label="Earlier matches" onPress={() => { setPage(page - 1); keep({ pair: undefined }); }} unavailable={page === 0 ? "these are the first" : undefined} />
          <Button size="small" icon="right" label="Later matches" onPress={() => { setPage(page + 1); keep({ pair: undefined }); }} unavailable={offset + PAGE >= listed ? "these are the last" : undefined} />
        </div>
        {pairs.data.pairs.length === 0 ? <p className="small t2">None of this kind.</p> : (
          <ol className={css.matches} aria-label="Matches">
            {pairs.data.pairs.map((one, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two matches may have the same reference; a page never moves.
              <li key={`${kind} ${offset + index}`} aria-current={index === chosen ? "true" : undefined}>
                <button type="button" onClick={() => keep({ pair: String(index) })}>
                  <span className={css.text} dir="auto"><Visible text={one.a.text.slice(0, 160) || "no text"} /></span>
                  <small>{KIND_WORDS[one.kind as Kind] ?? one.kind}{one.run ? `, ${counted(one.run.tokens, "token")} in a row` : ""}</small>
                </button>
              </li>
            ))}
          </ol>
        )}
      </div>
      {pair && <Both pair={pair} data={data} />}
    </div>
  );
}

function Both({ pair, data }: { pair: LeakPair; data: string }) {
  return (
    <section className={css.both} aria-label="Both sides">
      <p className={css.facts}>
        <b>{KIND_WORDS[pair.kind as Kind] ?? pair.kind}</b>
        {(pair.kind === "near" || pair.kind === "passage") && <span>Jaccard {pair.jaccard.toFixed(3)} of 5-token shingles</span>}
        {pair.containment > 0 && pair.kind !== "exact" && pair.kind !== "normalised" && <span>containment {pair.containment.toFixed(3)}</span>}
        {pair.run && <span>longest shared run: {counted(pair.run.tokens, "token")}, marked</span>}
      </p>
      <div className={css.sides}>
        <Side name="Reference" sample={pair.a} run={pair.run?.text ?? null} data={data} />
        <Side name="Found in" sample={pair.b} run={pair.run?.text ?? null} data={data} />
      </div>
      {pair.run && !(placeOfRun(pair.a.text, pair.run.text) && placeOfRun(pair.b.text, pair.run.text)) && <p className={css.quoted}>The run as it was compared: <q dir="auto"><Visible text={pair.run.text} /></q></p>}
    </section>
  );
}

function Side({ name, sample, run }: { name: string; sample: LeakSample; run: string | null; data: string }) {
  const { choose } = useSession();
  const { go } = useNavigation();
  const place = run === null ? null : placeOfRun(sample.text, run);
  const open = () => {
    choose(sample.dataset, sample.snapshot);
    go("samples", { filter: equals("digest", sample.digest) });
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <div className={css.side} role="region" aria-label={name} tabIndex={0}>
      <h3>{name} <Verbatim className="t2">{sample.opens ? `${sample.dataset} / ${sample.snapshot}` : sample.dataset}</Verbatim></h3>
      <p className={css.where}><Verbatim title={sample.path}>{sample.path}</Verbatim>, line {count(sample.line)}{sample.id && <>, <Verbatim>{sample.id}</Verbatim></>}{sample.opens && <> <button type="button" className="link" onClick={open}>open in Samples</button></>}</p>
      <p className={css.prose} dir="auto">
        {place ? <><Visible text={sample.text.slice(0, place.from)} /><mark><Visible text={sample.text.slice(place.from, place.to)} /></mark><Visible text={sample.text.slice(place.to)} /></> : <Visible text={sample.text} />}
        {sample.cut && <span className="t3"> … the text goes on</span>}
        {sample.text === "" && <span className="t3">The source has changed since it was read; its text cannot be shown.</span>}
      </p>
    </div>
  );
}
