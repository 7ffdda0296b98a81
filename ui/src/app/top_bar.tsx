/// The top bar: which dataset and snapshot, who looks, and the way to every command.
import { Button } from "react-aria-components";
import { Icon } from "@/components/icon";
import { Menu } from "@/components/menu";
import { Verbatim } from "@/components/verbatim";
import { runCommand } from "@/lib/commands";
import { caps } from "@/lib/commands";
import { count, date, digestWords, sentence } from "@/lib/format";
import { isIndexing, isUnderWay } from "@/lib/job_words";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import css from "./shell.module.css";

export function TopBar() {
  const { workspace, dataset, snapshot, person, choose, jobs } = useSession();
  const { go } = useNavigation();
  const running = jobs.find((job) => isIndexing(job) && isUnderWay(job));
  const snapshots = [...(dataset?.snapshots ?? [])].sort((a, b) => b.number - a.number);
  return (
    <header className={css.top}>
      {dataset && workspace && (
        <Menu
          label={`Dataset ${dataset.name}`}
          trigger={<Button className={css.pick!}><strong><Verbatim>{dataset.name}</Verbatim></strong><Icon name="down" /></Button>}
          items={[
            ...workspace.datasets.map((one) => ({ id: one.name, title: one.name, chosen: one.name === dataset.name, note: `${count(one.snapshots.length)} snapshots` })),
            { id: " add", title: "Index a folder…", section: "" },
            { id: " synthetic", title: dataset.synthetic ? `Output of ${dataset.synthetic.generator}…` : "This dataset is a model's output…", section: "" },
          ]}
          onChoose={(id) => (id === " add" ? runCommand("data.folder") : id === " synthetic" ? runCommand("data.synthetic") : choose(id))}
        />
      )}
      {snapshot && dataset && (
        <>
          <span className={css.slash}>/</span>
          <Menu
            label={`Snapshot ${snapshot.number}`}
            trigger={<Button className={css.pick!}>snapshot {snapshot.number}<Icon name="down" /></Button>}
            items={[
              ...snapshots.map((one) => ({ id: String(one.number), title: `snapshot ${one.number}`, chosen: one.number === snapshot.number, note: `${date(one.created)}, ${count(one.samples)} samples` })),
              { id: " compare", title: "Compare snapshots…", section: "" },
            ]}
            onChoose={(id) => (id === " compare" ? go("compare", { b: `${dataset.name}@${snapshot.number}` }) : choose(dataset.name, Number(id)))}
          />
          <span className="small t3">{date(snapshot.created)}</span>
          <span className={`code t3 ${css.root}`} title={`Snapshot root ${snapshot.root}`}>{digestWords(snapshot.root)}</span>
        </>
      )}
      {!dataset && <span className="small t3">{running ? "being indexed" : "no dataset yet"}</span>}
      <span className="gap" />
      {person && <span className="small t2">{sentence(person.role)}</span>}
      <Button className={css.palette!} onPress={() => runCommand("app.commands")}>
        <Icon name="search" />
        <span>Search or run a command</span>{" "}
        <span className={css.paletteKey}>{caps("Ctrl K").join(" ")}</span>
      </Button>
    </header>
  );
}
