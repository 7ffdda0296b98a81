/// One cluster: its members against the representative, and the words that differ.
import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/button";
import { KeyCap } from "@/components/key_cap";
import { OriginLabel } from "@/components/origin_glyph";
import { Visible } from "@/components/reading";
import { Empty, Faulted, Loading } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { DiffSummary, WordDiff } from "@/components/word_diff";
import { asFault, call, type ClusterMember, type Coverage } from "@/ipc";
import { count, counted, date, sentence } from "@/lib/format";
import { useCommands } from "@/lib/commands";
import { usePlaceState } from "@/lib/place";
import css from "./duplicates.module.css";
import type { Judging } from "./judging";
import { nameOf } from "./pair_view";
import { costliest } from "./removal_cost";

/** The order in which a representative is chosen, as 4-metrics has it. */
const RULES = ["kept by a person", "gold", "origin", "collected", "licence", "longer", "first"] as const;

/** Which step of the order decided, from its words; `null` where they are not known. */
export function decidingRule(reason: string): (typeof RULES)[number] | null {
  const words = reason.toLowerCase();
  if (words.startsWith("kept by ")) return "kept by a person";
  if (words.includes("keep policy")) return null;
  if (words.includes("gold")) return "gold";
  if (words.includes("origin") || words.includes("human")) return "origin";
  if (words.includes("collect") || words.includes("earli")) return "collected";
  if (words.includes("licen")) return "licence";
  if (words.includes("long")) return "longer";
  return words.includes("ordinal") || words.includes("first") ? "first" : null;
}

export interface ClusterDetailProps {
  dataset: string;
  snapshot: number;
  cluster: number;
  coverage: readonly Coverage[];
  /** Where it stands in the list, if it is in the part read. */
  place: { at: number; of: number } | null;
  judging: Judging;
  onClose(): void;
}

export function ClusterDetail({ dataset, snapshot, cluster, coverage, place, judging, onClose }: ClusterDetailProps) {
  const detail = useQuery({ queryKey: ["cluster_detail", dataset, snapshot, cluster], queryFn: () => call("cluster_detail", { dataset, snapshot, cluster }) });
  const [member, setMember] = usePlaceState("member");
  // A cluster that was parted is gone once the snapshot is measured again.
  if (detail.isError && asFault(detail.error, "").code === "unknown_sample") return <Empty title="This cluster is no more" action={<Button onPress={onClose}>All clusters</Button>}>Its members stand for themselves, or beside another representative, since the snapshot was measured again.</Empty>;
  if (detail.isError) return <Faulted doing={`Opening cluster ${cluster}`} cause={detail.error} onRetry={() => void detail.refetch()} />;
  if (!detail.data) return <Loading what="Opening the cluster…" />;
  const { members, size, reason, kept_entry } = detail.data;
  const representative = members.find((each) => each.representative) ?? members[0];
  const others = members.filter((each) => each !== representative);
  const other = others.find((each) => String(each.sample) === member) ?? others.find((each) => each.kind === "near") ?? others[0];
  const stepMember = (by: 1 | -1) => {
    const next = others[others.indexOf(other!) + by];
    if (next) setMember(String(next.sample));
  };
  const names = (one: ClusterMember, two: ClusterMember) => [nameOf(one), nameOf(two)] as const;
  const apart = () => representative && other && judging.ask({ act: "not_duplicate", a: representative.digest, b: other.digest, names: names(representative, other) });
  const keep = () => representative && other && judging.ask({ act: "keep", a: other.digest, b: representative.digest, names: names(other, representative) });
  const same = representative?.digest === other?.digest ? "both have one digest: they are the same text" : undefined;
  const apartUnavailable = judging.unavailable ?? same ?? (other?.judged ? "judged already" : undefined);
  const sources = new Set(members.map((each) => each.source)).size;
  return (
    <>
      <MemberKeys onStep={stepMember} many={others.length > 1} onApart={apart} apartUnavailable={apartUnavailable} onKeep={keep} keepUnavailable={judging.unavailable ?? same} onClose={onClose} />
      <header className={css.clusterHead}>
        <h2>Cluster {cluster}</h2>
        <span className={`small t2 ${css.clusterGloss}`} title="Members are compared with the representative only, never through chains.">{counted(size, "sample")} from {counted(sources, "source")}. Members are compared with the representative only, never through chains.</span>
        <span className="gap" />
        {place && <span className="small t2 nowrap">{count(place.at)} of {count(place.of)} <KeyCap keys="J" /> <KeyCap keys="K" /></span>}
        {others.length > 1 && <span className={`small t2 nowrap ${css.memberKeys}`}><KeyCap keys="[" /> <KeyCap keys="]" /> members</span>}
        <Button size="small" keys="M" onPress={apart} unavailable={apartUnavailable}>Not a duplicate</Button>
        <Button size="small" keys="T" onPress={keep} unavailable={judging.unavailable ?? same}>Keep this</Button>
        <Button size="small" onPress={onClose}>All clusters</Button>
      </header>
      <Members members={members} size={size} chosen={other?.sample ?? null} onChoose={(sample) => setMember(String(sample))} />
      {representative && other && <Texts representative={representative} other={other} />}
      <Why reason={reason} coverage={coverage} size={size} onWithdraw={kept_entry === null ? null : () => judging.withdraw(kept_entry)} />
    </>
  );
}

/** Mounted only while members are shown, so that the keys mean nothing before. */
function MemberKeys({ onStep, many, onApart, apartUnavailable, onKeep, keepUnavailable, onClose }: { onStep(by: 1 | -1): void; many: boolean; onApart(): void; apartUnavailable: string | undefined; onKeep(): void; keepUnavailable: string | undefined; onClose(): void }) {
  const unavailable = many ? undefined : "the cluster has one other member";
  useCommands({ "duplicates.member.next": { run: () => onStep(1), unavailable }, "duplicates.member.previous": { run: () => onStep(-1), unavailable }, "duplicates.apart": { run: onApart, unavailable: apartUnavailable }, "duplicates.keep": { run: onKeep, unavailable: keepUnavailable }, "duplicates.close": { run: onClose } });
  return null;
}

function Members({ members, size, chosen, onChoose }: { members: readonly ClusterMember[]; size: number; chosen: number | null; onChoose(sample: number): void }) {
  return (
    <div className={css.members}>
      <table>
        <caption className="unseen">Members of the cluster</caption>
        <thead><tr><th scope="col">origin</th><th scope="col">source</th><th scope="col">collected</th><th scope="col">licence</th><th scope="col" className="num">tokens</th><th scope="col" className="num">Jaccard</th><th scope="col"><span className="unseen">part in the cluster</span></th></tr></thead>
        <tbody>
          {members.map((each) => (
            <tr key={each.sample} aria-current={each.sample === chosen ? "true" : undefined} data-choosable={!each.representative} onClick={() => each.representative || onChoose(each.sample)}>
              <td><OriginLabel origin={each.origin} /></td>
              <td>{each.representative ? <Verbatim>{each.source || each.path}</Verbatim> : <button type="button" onClick={() => onChoose(each.sample)} aria-label={`Compare ${each.source || each.path}, line ${each.line}, with the representative`}><Verbatim>{each.source || each.path}</Verbatim></button>} <span className="t3">line {count(each.line)}</span></td>
              <td>{each.collected_at ? date(each.collected_at) : <span className="t3">not stated</span>}</td>
              <td><Verbatim>{each.license || <span className="t3">not stated</span>}</Verbatim></td>
              <td className="num">{count(each.tokens)}</td>
              <td className="num">{each.representative ? "" : each.jaccard.toFixed(2)}</td>
              <td>{each.representative ? <b className="strong">representative</b> : each.judged ? <span title={`${each.judged.by}: ${each.judged.reason}`}>judged no duplicate</span> : each.kind === "near" ? "" : <span className="t2">{each.kind}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {size > members.length && <p className={css.rest}>and {count(size - members.length)} more, not listed</p>}
    </div>
  );
}

function Texts({ representative, other }: { representative: ClusterMember; other: ClusterMember }) {
  const texts = useQuery({ queryKey: ["compare_texts", representative.sample, other.sample], queryFn: () => call("compare_texts", { a: representative.sample, b: other.sample }) });
  if (texts.isError) return <Faulted doing="Comparing the texts" cause={texts.error} onRetry={() => void texts.refetch()} />;
  if (!texts.data) return <div className={css.waiting}><Loading what="Comparing the texts…" /></div>;
  return (
    <>
      <DiffSummary comparison={texts.data} />
      <WordDiff comparison={texts.data} first={<SideHead member={representative} />} second={<SideHead member={other} />} />
    </>
  );
}

function SideHead({ member }: { member: ClusterMember }) {
  const when = member.collected_at ? date(member.collected_at) : "";
  return (
    <>
      <OriginLabel origin={member.origin}><b className={css.sideName}>{sentence(member.origin)}, <Visible text={member.source || member.path} /></b></OriginLabel>
      <span>{[when, member.representative ? "the representative" : ""].filter(Boolean).join(", ")}</span>
    </>
  );
}

function Why({ reason, coverage, size, onWithdraw }: { reason: string; coverage: readonly Coverage[]; size: number; onWithdraw: (() => void) | null }) {
  const rule = decidingRule(reason);
  const unit = costliest(coverage);
  return (
    <footer className={css.why}>
      <div>
        <h3>Why this one represents the cluster</h3>
        <ol aria-label={`Decided by: ${reason}`}>
          {RULES.map((each) => <li key={each} className={each === rule ? css.decided : undefined}><Visible text={each === rule ? reason : each} /></li>)}
        </ol>
        {rule === null && <p><Verbatim>{sentence(reason)}</Verbatim></p>}
        {onWithdraw && <button type="button" className="link" onClick={onWithdraw}>Take that choice back</button>}
      </div>
      {unit?.after_removal && (
        <div>
          <h3>{size === 2 ? "If the other one goes" : `If the other ${count(size - 1)} go`}</h3>
          <p className="t2">Measured for all clusters together: {(unit.after_removal.tail_retention * 100).toFixed(1)}{"\u202f"}% of the tail classes of <Verbatim>{unit.unit}</Verbatim> stay.</p>
        </div>
      )}
    </footer>
  );
}
