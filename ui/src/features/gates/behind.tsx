/// What is behind a gate, and where it can be seen: samples by its filter, copies in Duplicates, classes in Coverage, members in Gold.
import { Visible } from "@/components/reading";
import type { GateRow } from "@/ipc";
import { behindWords, gateName, placeBehind } from "@/lib/gates";
import { useNavigation } from "@/lib/place";

export function Behind({ gate }: { gate: GateRow }) {
  const { go } = useNavigation();
  const place = placeBehind(gate);
  const words = behindWords(gate);
  // A share of tokens also holds those of mixed samples, which are none of the samples that offend.
  if (gate.made_of !== null && (gate.offending === 0 || !place)) return <button type="button" className="link" aria-label={`${gateName(gate)}: open the samples that hold its tokens`} onClick={(event) => { event.stopPropagation(); go("samples", { filter: gate.made_of! }); }}>its tokens</button>;
  // A ratio of the whole is not made of some of its samples.
  if (gate.offending === 0 && (gate.measured === null || gate.id === "max_compression_ratio")) return null;
  if (!place || gate.offending === 0) return <span className="t2"><Visible text={words} /></span>;
  return <button type="button" className="link" aria-label={`${words} behind ${gateName(gate)}: open them`} onClick={(event) => { event.stopPropagation(); go(place.view, place.state); }}>{words}</button>;
}
