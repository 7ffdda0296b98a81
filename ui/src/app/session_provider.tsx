/// Keeps what is open: asks once at the start, then follows the events.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Faulted, Loading } from "@/components/states";
import { type AppState, call, type Job, onEvent, type SavedEntry } from "@/ipc";
import { readGiven, setKeys, setSingleKeys } from "@/lib/commands";
import { isIndexing } from "@/lib/job_words";
import { type Session, SessionContext } from "@/lib/session";

/** Puts a job where its id is, or at the end. */
function withJob(jobs: Job[], job: Job): Job[] {
  return jobs.some((one) => one.id === job.id) ? jobs.map((one) => (one.id === job.id ? job : one)) : [...jobs, job];
}

function useSettings() {
  const query = useQuery({ queryKey: ["settings"], queryFn: () => call("settings_get") });
  const [changes, setChanges] = useState<Record<string, string>>({});
  const values = useMemo(() => ({ ...query.data?.values, ...changes }) as Record<string, string>, [query.data, changes]);
  const latest = useRef(values);
  latest.current = values;
  // The first change is written at once, for the window may be closed a moment later; those that follow it, together.
  const pending = useRef<{ timer: ReturnType<typeof setTimeout>; again: boolean } | null>(null);
  const setSetting = useCallback((key: string, value: string) => {
    setChanges((before) => (before[key] === value ? before : { ...before, [key]: value }));
    latest.current = { ...latest.current, [key]: value };
    const write = () => {
      void call("settings_set", { values: latest.current });
      const timer = setTimeout(() => {
        const again = pending.current?.again ?? false;
        pending.current = null;
        if (again) write();
      }, 200);
      pending.current = { timer, again: false };
    };
    if (pending.current) pending.current.again = true;
    else write();
  }, []);
  return { query, values, setSetting };
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const state = useQuery({ queryKey: ["app_state"], queryFn: () => call("app_state") });
  const { query: settingsQuery, values: settings, setSetting } = useSettings();
  const [jobs, setJobs] = useState<Job[]>([]);
  const [saved, setSaved] = useState<SavedEntry | null>(null);

  const adopt = useCallback((app: AppState) => {
    client.setQueryData(["app_state"], app);
    setSaved(app.workspace?.last_entry ?? null);
  }, [client]);
  const refresh = useCallback(async () => adopt(await call("app_state")), [adopt]);

  useEffect(() => {
    void call("jobs").then((all) => setJobs((now) => now.reduce(withJob, all)));
    const stopJobs = onEvent("job", (job) => setJobs((before) => withJob(before, job)));
    const stopWorkspace = onEvent("workspace", adopt);
    return () => {
      stopJobs();
      stopWorkspace();
    };
  }, [adopt]);

  const theme = settings.theme ?? "system";
  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
  useEffect(() => setKeys(readGiven(settings.keys)), [settings.keys]);
  useEffect(() => setSingleKeys(settings.single_keys !== "off"), [settings.single_keys]);

  // Only a new snapshot changes what was asked before; a job that looked changes nothing.
  const finished = jobs.filter((job) => job.state === "succeeded" && isIndexing(job)).map((job) => job.id).join(" ");
  useEffect(() => {
    if (!finished) return;
    void refresh();
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "app_state" && queryKey[0] !== "settings" });
  }, [finished, refresh, client]);

  const app = state.data;
  const session = useMemo<Session | null>(() => {
    if (!app) return null;
    const workspace = app.workspace;
    const dataset = workspace?.datasets.find((one) => one.name === settings.dataset) ?? workspace?.datasets.at(0) ?? null;
    const snapshots = dataset?.snapshots ?? [];
    const latest = snapshots.reduce<(typeof snapshots)[number] | null>((best, one) => (!best || one.number > best.number ? one : best), null);
    const snapshot = snapshots.find((one) => String(one.number) === settings.snapshot) ?? latest;
    const entry = workspace?.last_entry ?? null;
    return {
      app, workspace, dataset, snapshot, person: workspace?.person ?? null, jobs,
      saved: saved && (!entry || saved.seq >= entry.seq) ? saved : entry,
      choose(name, number) {
        setSetting("dataset", name);
        setSetting("snapshot", number === undefined ? "" : String(number));
      },
      adopt, refresh, noteSaved: setSaved, settings, setSetting,
    };
  }, [app, jobs, saved, adopt, refresh, settings, setSetting]);

  if (state.isError) return <Faulted doing="Starting Assay" cause={state.error} onRetry={() => void state.refetch()} />;
  if (!session || settingsQuery.isPending) return <Loading what="Starting…" />;
  return <SessionContext value={session}>{children}</SessionContext>;
}
