/// The contract of the workspace and its gates on the current snapshot: measured once, then again when something was decided.
import { useQuery } from "@tanstack/react-query";
import { call, type Gates } from "@/ipc";
import { fails } from "./gates";
import { useSession, useSnapshot } from "./session";

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

/** Measures the gates while a contract is chosen; what was measured before stays while it is measured again. */
export function useGates() {
  const at = useSnapshot();
  const { saved, snapshot } = useSession();
  const contract = useContract();
  const entry = saved?.seq ?? 0;
  const gates = useQuery({
    queryKey: gatesKey(at),
    queryFn: async (): Promise<MeasuredGates> => ({ gates: await call("gates", at!), entry }),
    enabled: at !== null && snapshot?.measured !== false && contract.data?.chosen != null,
    staleTime: (query) => ((query.state.data as MeasuredGates | undefined)?.entry === entry ? Number.POSITIVE_INFINITY : 0),
  });
  return { contract, gates, measured: gates.data?.gates ?? null };
}

/** How many gates fail, as far as they were measured in this session; measures nothing by itself. */
export function useFailingGates(): number | null {
  const at = useSnapshot();
  const seen = useQuery({ queryKey: gatesKey(at), queryFn: (): Promise<MeasuredGates> => Promise.reject(new Error("only read here")), enabled: false });
  return seen.data?.gates?.gates.filter(fails).length ?? null;
}
