/// What is open: workspace, dataset, snapshot, person. Views read it from here and never ask again.
import { createContext, use } from "react";
import type { AppState, DatasetInfo, Job, Person, SnapshotInfo, SavedEntry, WorkspaceInfo } from "@/ipc";

export interface Session {
  app: AppState;
  workspace: WorkspaceInfo | null;
  dataset: DatasetInfo | null;
  snapshot: SnapshotInfo | null;
  person: Person | null;
  jobs: Job[];
  /** The last durable entry: "Saved #n". */
  saved: SavedEntry | null;
  choose(dataset: string, snapshot?: number): void;
  /** Takes an `AppState` that a command answered with. */
  adopt(app: AppState): void;
  /** Tells the status bar of an entry known to be on disk. */
  noteSaved(entry: SavedEntry): void;
  /** Asks for the application's state anew. */
  refresh(): Promise<void>;
  settings: Record<string, string>;
  setSetting(key: string, value: string): void;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error("no session above this component");
  return session;
}

/** Dataset and snapshot for requests about the current snapshot; `null` while there is none. */
export function useSnapshot(): { dataset: string; snapshot: number } | null {
  const { dataset, snapshot } = useSession();
  return dataset && snapshot ? { dataset: dataset.name, snapshot: snapshot.number } : null;
}
