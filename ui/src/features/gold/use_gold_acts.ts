/// The acts on gold as a whole: whether they are possible now, and how they are begun. The place keeps which dialog is open.
import type { GoldOverview } from "@/ipc";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import { freezingUnavailable, keepingUnavailable } from "./frozen_sets";

export function useGoldActs(gold: GoldOverview) {
  const { keep } = useNavigation();
  const { person } = useSession();
  const mayNot = keepingUnavailable(person?.role);
  return {
    noFreeze: mayNot ?? freezingUnavailable(gold.members.length, gold.frozen[0], gold.root),
    noExport: mayNot ?? (gold.members.length === 0 && gold.frozen.length === 0 ? "the gold set is empty" : undefined),
    freeze: () => keep({ act: "freeze" }),
    /** A frozen set by its number; else gold as it is. */
    exportSet: (number?: number) => keep({ act: number === undefined ? "export" : `export ${number}` }),
    close: () => keep({ act: undefined }),
    /** To the frozen sets, where the new one stands. */
    frozen: () => keep({ act: undefined, page: "frozen" }),
  };
}
