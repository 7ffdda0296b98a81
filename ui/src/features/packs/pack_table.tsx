/// Packs as rows: queue, person, how far it is, what came back; a fork is said below its row.
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { useReturning } from "@/components/returning";
import { SectionHead } from "@/components/section_head";
import { Verbatim } from "@/components/verbatim";
import type { PackInfo } from "@/ipc";
import { count, counted, date } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import css from "./packs.module.css";

const BAR = 120;

export function PackTable({ title, gloss, packs }: { title: string; gloss: string; packs: readonly PackInfo[] }) {
  const issued = packs[0]?.issued ?? false;
  return (
    <section className={css.section}>
      <SectionHead title={title} gloss={gloss} />
      <table className={css.table} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">queue</th><th scope="col" className={css.person}>{issued ? "for" : "answered by"}</th><th scope="col" className={css.when}>{issued ? "issued" : "opened"}</th>
            <th scope="col" className={css.far}>answered</th><th scope="col" className={css.acts}>{issued ? "came back" : "a return would hold"}</th><th scope="col" className={css.act}><span className="unseen">Act</span></th>
          </tr>
        </thead>
        <tbody>{packs.map((pack) => <Row key={pack.pack} pack={pack} />)}</tbody>
      </table>
    </section>
  );
}

function Row({ pack }: { pack: PackInfo }) {
  const { go } = useNavigation();
  const returning = useReturning();
  const forked = pack.quarantined_from;
  return (
    <>
      <tr>
        <th scope="row"><button type="button" className="link" onClick={() => go("review", { queue: pack.queue })}><Verbatim>{pack.queue_name}</Verbatim></button></th>
        <td><Verbatim>{pack.person}</Verbatim></td>
        <td title={`Entry ${count(pack.seq)} of the ledger`}>{date(pack.at)}</td>
        <td><Far pack={pack} /></td>
        <td className={pack.acts === 0 ? "t2" : undefined}>{pack.acts > 0 ? counted(pack.acts, "act") : "nothing yet"}</td>
        <td className={css.act}>
          {pack.issued
            ? <Button size="small" label={`Write again…: ${pack.queue_name}, for ${pack.person}`} onPress={() => go("packs", { make: pack.queue, person: pack.person })}>Write again…</Button>
            : <Button size="small" label={`Write the return…: ${pack.queue_name}`} unavailable={pack.acts === 0 ? "nothing was answered yet" : undefined} onPress={() => returning.begin(pack)}>Write the return…</Button>}
        </td>
      </tr>
      {returning.written && <tr className={css.below}><td colSpan={6} role="status"><Icon name="check" /><Verbatim>{returning.written}</Verbatim></td></tr>}
      {returning.problem && <tr className={css.below}><td colSpan={6} role="alert"><Icon name="cross" />Not written: {returning.problem}</td></tr>}
      {returning.dialog}
      {forked !== null && (
        <tr className={css.below}>
          <td colSpan={6}>
            <div className={css.stop}>
              <Icon name="warning" />
              <div>
                <p><b>Quarantined from act {count(forked + 1)} on.</b></p>
                <p>Two returns of this pack say different things from there: it was answered in two copies. {forked === 0 ? "None of its acts counts" : `The ${counted(forked, "act")} before it, on which both agree, count`}; what follows is kept in the ledger and counts for nothing, whichever came first.</p>
              </div>
            </div>
          </td>
        </tr>
      )}
    </>
  );
}

function Far({ pack }: { pack: PackInfo }) {
  return (
    <span className={css.farCell}>
      <svg width={BAR} height="4" viewBox={`0 0 ${BAR} 4`} aria-hidden="true">
        <rect width={BAR} height="4" rx="2" fill="var(--line)" />
        <rect width={(BAR * pack.answered) / Math.max(1, pack.samples)} height="4" rx="2" fill="var(--ink)" />
      </svg>
      <span>{count(pack.answered)} of {count(pack.samples)}</span>
    </span>
  );
}
