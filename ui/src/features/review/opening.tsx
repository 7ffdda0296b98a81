/// Opens a queue where the reviewer left it.
import { Button } from "@/components/button";
import { Faulted, Loading } from "@/components/states";
import { Focus } from "./focus";
import { useReview } from "./use_review";

export function Opening({ queue, onLeave }: { queue: string; onLeave(): void }) {
  const opening = useReview(queue);
  if (opening.isError) {
    return (
      <>
        <Faulted doing="Opening the queue" cause={opening.error} safe="Every answer saved before is on disk." onRetry={() => void opening.refetch()} />
        <Button onPress={onLeave}>All queues</Button>
      </>
    );
  }
  if (!opening.data) return <Loading what="Opening the queue…" />;
  return <Focus session={opening.data.session} rubric={opening.data.rubric} onLeave={onLeave} />;
}
