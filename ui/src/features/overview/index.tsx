/// Overview: what a snapshot is made of, at a glance; every figure opens the samples behind it.
import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/button";
import { Empty, Faulted, Loading } from "@/components/states";
import { call } from "@/ipc";
import { runCommand } from "@/lib/commands";
import { isIndexing, isUnderWay } from "@/lib/job_words";
import { useSession, useSnapshot } from "@/lib/session";
import { Content } from "./content";

export function View() {
  const at = useSnapshot();
  const { jobs, snapshot } = useSession();
  const query = useQuery({ queryKey: ["overview", at], queryFn: () => call("overview", at!), enabled: at !== null });
  const running = jobs.find((job) => isIndexing(job) && isUnderWay(job));
  if (at && snapshot?.measured === false && !running) {
    return (
      <Empty view="Overview" title="These figures must be measured again" action={<Button kind="ink" onPress={() => runCommand("data.origins")}>Measure them</Button>}>
        Origins have changed since this snapshot was measured, or measuring was stopped. The samples and what was decided about them are as they were.
      </Empty>
    );
  }
  if (!at || snapshot?.measured === false) {
    return (
      <Empty view="Overview" title={running ? `${running.dataset} is being indexed` : "Nothing is indexed yet"} action={<Button kind="ink" onPress={() => runCommand(running ? "go.indexing" : "data.folder")}>{running ? "Watch it" : "Choose a folder…"}</Button>}>
        {running ? "The overview appears as soon as it is measured." : "Origin, duplication and tail coverage of a dataset stand here once it is measured."}
      </Empty>
    );
  }
  if (query.isError) return <Faulted view="Overview" doing="Opening the overview" cause={query.error} safe="The ledger and the source files are not affected." onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Loading view="Overview" what="Opening the overview…" />;
  return <Content overview={query.data} />;
}
