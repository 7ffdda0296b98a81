/// Data on its way in: what was picked or dropped, from there to the screen where its fields are shown.
import { useMemo } from "react";
import { call, type Picked } from "@/ipc";
import { useNavigation } from "./place";
import { useSession } from "./session";

/** A name for the workspace that is made for this data. */
export function workspaceName(picked: readonly Picked[]): string {
  const last = picked[0]?.label.split(/[\\/]/).filter(Boolean).at(-1) ?? "Workspace";
  return last.replace(/(\.(jsonl?|csv|tsv|parquet|arrow|feather|txt|md))?(\.(gz|zst))?$/i, "") || "Workspace";
}

/** Takes picked data: makes a workspace where none is open, then shows its fields before anything is indexed. */
export function useIntake(): { take(picked: readonly Picked[]): Promise<void> } {
  const { workspace, adopt } = useSession();
  const { go } = useNavigation();
  return useMemo(() => ({
    async take(picked) {
      if (picked.length === 0) return;
      if (!workspace) adopt(await call("workspace_create", { name: workspaceName(picked), parent: null }));
      go("fields", { handles: JSON.stringify(picked) });
    },
  }), [workspace, adopt, go]);
}
