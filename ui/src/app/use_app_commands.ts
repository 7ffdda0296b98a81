/// The commands that work everywhere: going places, picking data, theme, people; also sent by the native menu.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { call, onEvent, type PickPurpose } from "@/ipc";
import { type Action, runCommand, useCommands } from "@/lib/commands";
import { useIntake } from "@/lib/intake";
import { isIndexing, isUnderWay } from "@/lib/job_words";
import { choosePacks, isPackFile, offerPacks } from "@/lib/pack_file";
import { useNavigation, type ViewName } from "@/lib/place";
import { useSession } from "@/lib/session";
import { report } from "@/lib/trouble";
import { nextZoom, readZoom } from "@/lib/zoom";
import type { Overlay } from "./overlays";

const THEMES = ["system", "light", "dark"];
const PLACES: ViewName[] = ["overview", "samples", "duplicates", "coverage", "review", "adjudicate", "agreement", "gold", "gates", "card", "activity", "queue", "quarantine", "indexing", "compare", "trends", "leak", "sources", "results", "packs", "rubrics", "release"];
const NEEDS_DATA = new Set<ViewName>(["samples", "duplicates", "coverage", "card", "quarantine", "queue", "compare", "trends", "leak", "sources", "results"]);

export function useAppCommands(show: (overlay: Overlay) => void): void {
  const session = useSession();
  const { go, back } = useNavigation();
  const client = useQueryClient();
  const intake = useIntake();
  const { workspace, snapshot, settings, setSetting, adopt, jobs } = session;
  const closed = workspace ? undefined : "open a workspace first";
  const running = jobs.find(isUnderWay);

  const zoom = readZoom(settings.zoom);
  const zoomBy = (by: 1 | -1): Action => ({ run: () => setSetting("zoom", String(nextZoom(zoom, by))), unavailable: nextZoom(zoom, by) === zoom ? `everything is as ${by > 0 ? "large" : "small"} as it goes` : undefined });
  useEffect(() => void call("window_zoom", { percent: zoom }).catch(report("Drawing the window larger or smaller")), [zoom]);

  const whyNot = (view: ViewName): string | undefined => closed ?? (NEEDS_DATA.has(view) && !snapshot ? "nothing is indexed yet" : view === "indexing" && !jobs.some(isIndexing) ? "nothing was indexed in this session" : undefined);
  const places = Object.fromEntries(PLACES.map((view): [string, Action] => [`go.${view}`, { run: () => go(view), unavailable: whyNot(view) }]));
  // What one workspace answered is not true of the next.
  const forget = () => client.removeQueries({ predicate: (query) => query.queryKey[0] !== "app_state" && query.queryKey[0] !== "settings" });
  const pick = async (purpose: PickPurpose, title: string) => {
    const picked = purpose === "data_folder" ? await call("pick_folder", { title, purpose }) : await call("pick_files", { title, purpose });
    const all = picked === null ? [] : Array.isArray(picked) ? picked : [picked];
    if (all.length > 0) await intake.take(all);
  };

  useCommands({
    ...places,
    "go.practice": { run: () => go("review", { practice: "open" }), unavailable: closed },
    "app.commands": { run: () => show("commands") },
    "app.about": { run: () => show("about") },
    "app.keys": { run: () => show("keys") },
    "app.person": { run: () => show("person"), unavailable: closed },
    "app.theme": { run: () => setSetting("theme", THEMES[(THEMES.indexOf(settings.theme ?? "system") + 1) % 3]!) },
    "app.larger": zoomBy(1),
    "app.smaller": zoomBy(-1),
    "app.actual_size": { run: () => setSetting("zoom", "100"), unavailable: zoom === 100 ? "it has its actual size" : undefined },
    "app.back": { run: back, unavailable: closed },
    "app.settings": { run: () => go("settings"), unavailable: closed },
    "data.folder": { run: () => void pick("data_folder", "Choose a folder to index").catch(report("Choosing a folder")) },
    "data.files": { run: () => void pick("data_files", "Choose files to index").catch(report("Choosing files")) },
    "packs.open": { run: () => void choosePacks().catch(report("Choosing a pack")) },
    "data.origins": { run: () => void call("origins_recompute", { dataset: session.dataset!.name, snapshot: null }).catch(report("Recomputing origins")), unavailable: closed ?? (!snapshot ? "nothing is indexed yet" : running ? "another job is running" : undefined) },
    "data.synthetic": { run: () => show("synthetic"), unavailable: closed ?? (snapshot ? undefined : "nothing is indexed yet") },
    "data.stop": { run: () => void call("job_cancel", { id: running!.id }).catch(report("Stopping the job")), unavailable: running ? undefined : "no job is running" },
    "workspace.open": {
      run: () => void (async () => {
        const picked = await call("pick_folder", { title: "Open a workspace", purpose: "workspace" });
        if (!picked) return;
        adopt(await call("workspace_open", { handle: picked.handle }));
        forget();
      })().catch(report("Opening a workspace")),
    },
    "workspace.close": { run: () => void call("workspace_close").then((app) => { adopt(app); forget(); }).catch(report("Closing the workspace")), unavailable: closed },
  });

  useEffect(() => onEvent("menu", (id) => void runCommand(id)), []);
  useEffect(() => onEvent("drop", (picked) => {
    offerPacks(picked.filter((one) => isPackFile(one.label)));
    void intake.take(picked.filter((one) => !isPackFile(one.label))).catch(report("Taking what was dropped"));
  }), [intake]);
}
