/// Samples: the filter, the grid, and one sample in full.
import { Button } from "@/components/button";
import { Empty } from "@/components/states";
import { runCommand } from "@/lib/commands";
import { useSnapshot } from "@/lib/session";
import { Content } from "./content";

export function View() {
  const at = useSnapshot();
  if (!at) {
    return <Empty view="Samples" title="No samples yet" action={<Button kind="ink" onPress={() => runCommand("data.folder")}>Choose a folder…</Button>}>Every sample of an indexed dataset stands here, each one a key away.</Empty>;
  }
  return <Content at={at} />;
}
