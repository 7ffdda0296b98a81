/// Review: the list of queues, and the focus view on one of them.
import { useNavigation } from "@/lib/place";
import { Opening } from "./opening";
import { Queues } from "./queues";

export function View() {
  const { place, keep, go } = useNavigation();
  const queue = place.state.queue;
  if (!queue) return <Queues onOpen={(chosen) => keep({ queue: chosen })} onNew={() => go("queue")} />;
  return <Opening key={queue} queue={queue} onLeave={() => keep({ queue: undefined })} />;
}
