/// The contract of the workspace and its gates on the current snapshot: measured once, then again when something was decided.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { call, type Gates } from "@/ipc";
import { fails } from "./gates";
import { useSession, useSnapshot } from "./session";
import { useAnswer } from "./use_answer";

/** Gates and the last entry that they know of: a later verdict or promotion may move them. */
export interface MeasuredGates {
  gates: Gates | null;
  entry: number;
}

export function gatesKey(at: { dataset: string; snapshot: number } | null) {
  return ["gates", at?.dataset, at?.snapshot] as const;
}

export function useContract() {
  return useQuery({ queryKey: ["contract"], queryFn: () => call("contract") });
}

/** What was measured last on this snapshot; measures nothing by itself. */
function useSeen(): MeasuredGates | undefined {
  const at = useSnapshot();
  return useQuery({ queryKey: gatesKey(at), queryFn: (): Promise<MeasuredGates> => Promise.reject(new Error("only read here")), enabled: false }).data;
}

/** Measures the gates while a contract is chosen; what was measured before stays while it is measured again. */
export function useGates() {
  const at = useSnapshot();
  const { saved, snapshot } = useSession();
  const client = useQueryClient();
  const contract = useContract();
  const entry = saved?.seq ?? 0;
  const text = contract.data?.chosen?.text;
  const seen = useSeen();
  // A waiver hands over gates that know of its own entry before the session does.
  const known = seen !== undefined && seen.entry >= entry;
  const measuring = useAnswer({ key: ["gates_asked", at, entry, text], ask: () => call("gates", at!), enabled: at !== null && snapshot?.measured !== false && text !== undefined && !known });
  const { answer } = measuring;
  useEffect(() => {
    if (answer && !known) client.setQueryData<MeasuredGates>(gatesKey(at), { gates: answer, entry });
  }, [answer, client, at, entry, known]);
  return { contract, measuring, measured: seen?.gates ?? null };
}

/** How many gates fail, as far as they were measured in this session. */
export function useFailingGates(): number | null {
  return useSeen()?.gates?.gates.filter(fails).length ?? null;
}
