/// Freezing and exporting gold from any page of the view: the commands, and the dialog that is open.
import type { GoldOverview } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { usePlaceState } from "@/lib/place";
import { ExportDialog, FreezeDialog } from "./frozen_acts";
import { useGoldActs } from "./use_gold_acts";

export function FrozenDialogs({ gold }: { gold: GoldOverview }) {
  const [act] = usePlaceState("act");
  const acts = useGoldActs(gold);
  useCommands({ "gold.freeze": { run: acts.freeze, unavailable: acts.noFreeze }, "gold.export": { run: () => acts.exportSet(), unavailable: acts.noExport } });
  if (act === "freeze" && !acts.noFreeze) return <FreezeDialog gold={gold} onClose={acts.close} onFrozen={acts.frozen} />;
  if (act?.startsWith("export") && !acts.noExport) return <ExportDialog gold={gold} number={numberOf(act, gold)} onClose={acts.close} />;
  return null;
}

/** The set to begin with: the one that was asked for, else gold as it is, else the latest frozen set. */
function numberOf(act: string, gold: GoldOverview): number | null {
  const asked = act.split(" ")[1];
  if (asked !== undefined) return Number(asked);
  return gold.members.length > 0 ? null : (gold.frozen[0]?.number ?? null);
}
