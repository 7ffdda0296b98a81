/// Opening what is behind a figure of one side: its snapshot becomes the open one, as the top bar says.
import type { Behind } from "@/lib/changes";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import type { Side } from "./sides";

export function useOpenSide(): (side: Side, target: Behind) => void {
  const { choose } = useSession();
  const { go } = useNavigation();
  return (side, target) => {
    choose(side.dataset, side.snapshot.number);
    go(target.view, target.state);
  };
}
