/// First run: one place to drop data, what will happen to it, the sample, and what was open before.
import { useEffect, useState } from "react";
import { Button } from "@/components/button";
import { Icon, Mark } from "@/components/icon";
import { KeyCap } from "@/components/key_cap";
import { Verbatim } from "@/components/verbatim";
import { call, type RecentWorkspace } from "@/ipc";
import { runCommand } from "@/lib/commands";
import { count, date } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import { report } from "@/lib/trouble";
import css from "./firstrun.module.css";

const STEPS = [
  ["It reads every file once", "Files are opened to read, never to write. Nothing leaves this machine."],
  ["It says what it recognised", "Which field is the text, who made it, in what language; you may correct it."],
  ["It sets aside what it cannot read", "With file, line and reason. Seen is always indexed plus quarantined."],
  ["It measures, then shows you", "Origin, duplication, tail coverage. What nobody declared stays unknown."],
] as const;

/** Whether something is being dragged over the window. */
function useDragging(): boolean {
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent) => {
      event.preventDefault();
      setDragging(true);
    };
    const end = (event: DragEvent) => {
      event.preventDefault();
      if (event.type === "drop" || event.relatedTarget === null) setDragging(false);
    };
    window.addEventListener("dragover", over);
    window.addEventListener("dragleave", end);
    window.addEventListener("drop", end);
    return () => {
      window.removeEventListener("dragover", over);
      window.removeEventListener("dragleave", end);
      window.removeEventListener("drop", end);
    };
  }, []);
  return dragging;
}

function Drop() {
  const dragging = useDragging();
  return (
    <div className={css.drop}>
      <h1>What is your data made of?</h1>
      <p className={css.lede}>Until it is measured, all of it is unknown.</p>
      <div className={dragging ? `${css.zone} ${css.over}` : css.zone}>
        <svg aria-hidden="true"><rect x=".5" y=".5" fill="url(#hatch-wide)" className={css.hatched} /></svg>
        <div className={css.plate}>
          <p>{dragging ? "Let go to read it" : "Drop a folder here"}</p>
          <small>or several, or single files</small>
          <Button kind="ink" size="large" autoFocus onPress={() => runCommand("data.folder")}>Choose a folder…</Button>
        </div>
      </div>
      <p className={css.caption}><span>JSON Lines, JSON, CSV, TSV, Parquet, Arrow, text, Markdown; plain, .gz or .zst</span><span>100 % unknown</span></p>
    </div>
  );
}

function Recent({ recent }: { recent: readonly RecentWorkspace[] }) {
  const { adopt } = useSession();
  const open = (handle: string) => void call("workspace_open_recent", { handle }).then(adopt).catch(report("Opening the workspace"));
  return (
    <ul className={css.recent} aria-label="Workspaces opened before">
      {recent.slice(0, 4).map((one) => (
        <li key={one.handle}>
          <button type="button" onClick={() => open(one.handle)} title={one.path} aria-label={`Open ${one.name}`}>
            <Icon name="folder" /><b><Verbatim>{one.name}</Verbatim></b><span>{one.exists ? date(one.opened) : "not there now"}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

export function View() {
  const { app, refresh } = useSession();
  const { go } = useNavigation();
  const [opening, setOpening] = useState(false);
  const sample = () => {
    setOpening(true);
    void call("sample_open").then(async (job) => {
      await refresh();
      if (job) go("indexing", { job: String(job.id) });
    }).catch(report("Opening the sample")).finally(() => setOpening(false));
  };
  return (
    <div className={css.first}>
      <header>
        <Mark /><span>Assay</span><span className="gap" />
        <Button kind="plain" onPress={() => runCommand("app.keys")} label="Keys">Keys <KeyCap keys="?" /></Button>
        <Button kind="plain" onPress={() => runCommand("app.commands")} label="Commands">Commands <KeyCap keys="Ctrl K" /></Button>
      </header>
      <main>
        <Drop />
        <div className={css.steps}>
          <h2>What will happen</h2>
          <ol>{STEPS.map(([head, text], i) => <li key={head}><i>{i + 1}</i><div><b>{head}</b><span>{text}</span></div></li>)}</ol>
        </div>
        <div className={css.sample}>
          <div>
            <h2>Try it on the sample dataset</h2>
            <p>{app.sample ? `${count(app.sample.samples)} samples in ${app.sample.languages} languages and ${app.sample.domains} domains, written for this purpose, with duplicates and machine text planted where you can find them. It takes a few seconds.` : "The sample dataset was not found beside this program."}</p>
          </div>
          <Button size="large" onPress={sample} unavailable={app.sample ? (opening ? "it is being opened" : undefined) : "it was not found"}>Open the sample</Button>
        </div>
        <div className={css.other}>
          <h2>{app.recent.length ? "Opened before" : "Have a workspace?"}</h2>
          {app.recent.length ? <Recent recent={app.recent} /> : <p>A workspace is a folder whose name ends in .assay. It holds the index, every decision and the exports.</p>}
          <div className={css.acts}><Button onPress={() => runCommand("workspace.open")}>Open a workspace…</Button><Button onPress={() => runCommand("packs.open")}>Open a pack…</Button></div>
        </div>
      </main>
      <footer><span><Icon name="shield" />No network is used</span><span className="gap" /><span>Workspace: none yet. It will be made beside your data, never inside it.</span></footer>
    </div>
  );
}
