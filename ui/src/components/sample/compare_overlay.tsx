/// The near-duplicates of the sample on screen, beside it, with the words that differ.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import { Button } from "@/components/button";
import { OriginGlyph } from "@/components/origin_glyph";
import { Faulted, Loading } from "@/components/states";
import { DiffSummary, WordDiff } from "@/components/word_diff";
import { call, type ClusterMember, type SampleDetail } from "@/ipc";
import { count, counted, date } from "@/lib/format";
import { Visible } from "../reading";
import { CompareActs } from "./compare_acts";
import css from "./compare.module.css";

/** What may be said of the two that are compared. */
export interface Comparing {
  /** Why this person says nothing of them here. */
  unavailable: string | undefined;
  /** The sample on screen represents its cluster in the place of `over`. */
  keep(over: ClusterMember): void;
  /** It is no duplicate of `other`; the same may be said of `rest`. */
  apart(other: ClusterMember, rest: readonly ClusterMember[]): void;
}

export function CompareOverlay({ sample, comparing, onClose }: { sample: SampleDetail; comparing?: Comparing; onClose(): void }) {
  return (
    <ModalOverlay isOpen onOpenChange={(open) => open || onClose()} isDismissable className={css.scrim!} data-modal="compare">
      <Modal className={css.modal!}>
        <Dialog className={css.dialog!} aria-label="Near-duplicates of this sample">
          {sample.cluster !== null && <Beside sample={sample} cluster={sample.cluster} comparing={comparing} onClose={onClose} />}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Beside({ sample, cluster, comparing, onClose }: { sample: SampleDetail; cluster: number; comparing: Comparing | undefined; onClose(): void }) {
  const { dataset, snapshot } = sample;
  const detail = useQuery({ queryKey: ["cluster_detail", dataset, snapshot, cluster], queryFn: () => call("cluster_detail", { dataset, snapshot, cluster }) });
  const [chosen, setChosen] = useState<number | null>(null);
  const others = (detail.data?.members ?? []).filter((member) => member.sample !== sample.sample);
  const other = others.find((member) => member.sample === chosen) ?? others[0];
  const texts = useQuery({
    queryKey: ["compare_texts", sample.sample, other?.sample],
    queryFn: () => call("compare_texts", { a: sample.sample, b: other!.sample }),
    enabled: other !== undefined,
  });
  return (
    <>
      <header className={css.head}>
        <h2>Near-duplicates</h2>
        <span className="small t2">{counted(sample.cluster_size - 1, "other sample")} in cluster {cluster}. Verdicts on them stay sealed until you answer.</span>
        <span className="gap" />
        {comparing && other && <CompareActs sample={sample} members={detail.data?.members ?? []} other={other} comparing={comparing} />}
        <Button kind="plain" icon="cross" label="Close" onPress={onClose} />
      </header>
      {detail.isError && <Faulted doing="Opening the cluster" cause={detail.error} onRetry={() => void detail.refetch()} />}
      {detail.isPending && <Loading what="Opening the cluster…" />}
      {other && <Members members={others} chosen={other.sample} onChoose={setChosen} />}
      {texts.isError && <Faulted doing="Comparing the texts" cause={texts.error} onRetry={() => void texts.refetch()} />}
      {texts.data && other && (
        <>
          <DiffSummary comparison={texts.data} />
          <WordDiff comparison={texts.data} first={<><OriginGlyph origin={sample.origin} /><span>This sample</span></>} second={<><OriginGlyph origin={other.origin} /><b className="strong">{other.origin}</b><span><Visible text={other.source || other.path} /></span></>} />
        </>
      )}
    </>
  );
}

function Members({ members, chosen, onChoose }: { members: readonly ClusterMember[]; chosen: number; onChoose(sample: number): void }) {
  return (
    <ul className={css.members} aria-label="Other members of the cluster">
      {members.map((member) => (
        <li key={member.sample}>
          <button type="button" aria-pressed={member.sample === chosen} onClick={() => onChoose(member.sample)}>
            <OriginGlyph origin={member.origin} />
            <span><Visible text={member.source || member.path} />, line {count(member.line)}</span>
            <span className="t2">{member.collected_at && date(member.collected_at)}</span>
            <span className="num">{member.representative ? "representative" : member.kind === "near" ? `Jaccard ${member.jaccard.toFixed(2)}` : member.kind}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
