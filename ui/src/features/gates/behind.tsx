/// What is behind a gate, and where it can be seen: samples by its filter, copies in Duplicates, classes in Coverage, members in Gold.
import type { GateRow } from "@/ipc";
import { both, equals } from "@/lib/expression";
import { behindWords, gateName, placeBehind } from "@/lib/gates";
import { useNavigation } from "@/lib/place";

export function Behind({ gate }: { gate: GateRow }) {
  const { go } = useNavigation();
  const place = placeBehind(gate);
  const words = behindWords(gate);
  if (gate.id === "min_human_tokens") return <button type="button" className="link" onClick={(event) => { event.stopPropagation(); go("samples", { filter: both(gate.slice, equals("origin", "human")) }); }}>human samples</button>;
  // A ratio of the whole is not made of some of its samples.
  if (gate.offending === 0 && (gate.measured === null || gate.id === "max_compression_ratio")) return null;
  if (!place || gate.offending === 0) return <span className="t2">{words}</span>;
  return <button type="button" className="link" aria-label={`${words} behind ${gateName(gate)}: open them`} onClick={(event) => { event.stopPropagation(); go(place.view, place.state); }}>{words}</button>;
}
