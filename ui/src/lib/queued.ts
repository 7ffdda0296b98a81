/// Opening samples of queues: in the snapshot that they were drawn from.
import type { QueueInfo } from "@/ipc";
import { useNavigation } from "./place";
import { useSession } from "./session";

export type Drawn = Pick<QueueInfo, "dataset" | "snapshot">;

/** The one snapshot that all queues were drawn from; `null` where there are several, for no filter reaches beyond one. */
export function drawnFrom(queues: readonly Drawn[]): Drawn | null {
  const [first, ...rest] = queues;
  return first !== undefined && rest.every((each) => each.dataset === first.dataset && each.snapshot === first.snapshot) ? first : null;
}

/** Opens the samples of a filter in a snapshot, which becomes the open one. */
export function useOpenDrawn(): (from: Drawn, filter: string) => void {
  const { choose } = useSession();
  const { go } = useNavigation();
  return ({ dataset, snapshot }, filter) => {
    choose(dataset, snapshot);
    go("samples", { filter });
  };
}
