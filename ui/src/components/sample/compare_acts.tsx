/// What may be said of the sample and the one beside it: this stays, or they are no duplicates.
import { Button } from "@/components/button";
import type { ClusterMember, SampleDetail } from "@/ipc";
import { useCommands } from "@/lib/commands";
import type { Comparing } from "./compare_overlay";

export interface CompareActsProps {
  sample: SampleDetail;
  members: readonly ClusterMember[];
  /** The one beside it. */
  other: ClusterMember;
  comparing: Comparing;
}

/** Its keys mean something only while the overlay is open. */
export function CompareActs({ sample, members, other, comparing }: CompareActsProps) {
  const representative = members.find((each) => each.representative) ?? other;
  const distinct = members.filter((each) => each.digest !== sample.digest && each.judged === null);
  const stays = comparing.unavailable ?? (representative.digest === sample.digest ? "it represents the cluster already" : undefined);
  const apart = comparing.unavailable ?? (other.digest === sample.digest ? "both are the same text" : other.judged ? "judged already" : undefined);
  const keep = () => comparing.keep(representative);
  const part = () => comparing.apart(other, distinct.filter((each) => each !== other));
  useCommands({ "review.keep": { run: keep, unavailable: stays }, "review.apart": { run: part, unavailable: apart } });
  return (
    <>
      {comparing.unavailable && <span className="small t2">Judging duplicates: {comparing.unavailable}.</span>}
      <Button size="small" keys="T" onPress={keep} unavailable={stays}>Keep this</Button>
      <Button size="small" keys="M" onPress={part} unavailable={apart}>Not a duplicate</Button>
    </>
  );
}
