/// Review: the list of queues, and the focus view on one of them.
import { useNavigation } from "@/lib/place";
import { Opening } from "./opening";
import { Practice } from "./practice_view";
import { Queues } from "./queues";

export function View() {
  const { place, keep, go } = useNavigation();
  const queue = place.state.queue;
  if (place.state.practice) return <Practice onLeave={() => keep({ practice: undefined })} />;
  if (!queue) return <Queues onOpen={(chosen) => keep({ queue: chosen })} onNew={() => go("queue")} onPractise={() => keep({ practice: "open" })} />;
  return <Opening key={queue} queue={queue} onLeave={() => keep({ queue: undefined })} />;
}
