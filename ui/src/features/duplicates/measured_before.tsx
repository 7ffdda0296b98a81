/// Says that something was judged, or made gold, after the figures were measured, and offers to measure again.
import { useMutation } from "@tanstack/react-query";
import { Button } from "@/components/button";
import { asFault, call } from "@/ipc";
import { faultWords } from "@/lib/fault_words";
import { useSession } from "@/lib/session";
import css from "./duplicates.module.css";
import { useDuplicateState } from "./judging";

export function MeasuredBefore({ dataset, snapshot }: { dataset: string; snapshot: number }) {
  const state = useDuplicateState(dataset, snapshot);
  const { jobs } = useSession();
  const again = useMutation({ mutationFn: () => call("measure_start", { dataset, snapshot }) });
  const running = jobs.find((job) => job.state === "running");
  if (!state.data?.stale) return null;
  if (running?.kind === "measure" || again.isPending) return <p role="status" className={css.before}>Measuring again with what was judged{running ? `, ${Math.round(running.progress.fraction * 100)}\u202f%` : ""}. The figures are those from before.</p>;
  return (
    <p role="status" className={css.before}>
      These figures were measured before the latest judgement, setting or change of gold.{" "}
      <Button size="small" onPress={() => again.mutate()} unavailable={running ? "another job is running" : undefined}>Measure again</Button>
      {again.isError && <span role="alert"> {faultWords(asFault(again.error, "Measuring again"))}</span>}
    </p>
  );
}
