/// Indexing: what is being read, what was set aside, and how far it is; the snapshot before stays as it is.
import { useEffect, useRef } from "react";
import { Button } from "@/components/button";
import { Empty, Faulted } from "@/components/states";
import { runCommand } from "@/lib/commands";
import { isIndexing } from "@/lib/job_words";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import { Content } from "./content";

export function View() {
  const { jobs: all, workspace, choose } = useSession();
  const jobs = all.filter(isIndexing);
  const { place, go } = useNavigation();
  const job = jobs.find((one) => String(one.id) === place.state.job) ?? jobs.at(-1);
  const watched = useRef<number | null>(null);
  const running = job?.state === "running" || job?.state === "queued";
  if (running && job) watched.current = job.id;
  const known = workspace?.datasets.find((one) => one.name === job?.dataset);
  const arrived = job?.state === "succeeded" && watched.current === job.id && known?.snapshots.some((one) => one.measured);
  useEffect(() => {
    if (!arrived || !job) return;
    watched.current = null;
    choose(job.dataset);
    go("overview");
  }, [arrived, job, choose, go]);

  if (!job) return <Empty view="Indexing" title="Nothing is being indexed" action={<Button kind="ink" onPress={() => runCommand("data.folder")}>Choose a folder…</Button>}>While a folder is read, each file and each record that could not be read stands here.</Empty>;
  if (job.state === "failed") return <Faulted view="Indexing" doing={`Indexing ${job.dataset}`} cause={job.fault} safe="The previous snapshot is as it was; the source files were only read." onRetry={() => runCommand("data.folder")} />;
  return <Content job={job} />;
}
