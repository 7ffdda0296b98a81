/// How far signatures reach, in words: for the status bar and for Activity.
import { useQuery } from "@tanstack/react-query";
import { call, type Trust } from "@/ipc";
import { count, date } from "./format";
import { useSession } from "./session";

/** Asked anew after so many entries: while a queue is read the bar need not know each. */
const EVERY = 20;

export function useTrust() {
  const { workspace, saved } = useSession();
  const seq = saved?.seq ?? workspace?.last_entry?.seq ?? 0;
  return useQuery({ queryKey: ["trust", workspace?.path, Math.floor(seq / EVERY)], queryFn: () => call("trust"), enabled: workspace !== null, staleTime: 0 });
}

const WHERE: Record<string, string> = {
  this_machine: "on this machine only",
  other_folder: "also in another folder of this drive",
  other_drive: "on another drive",
  cosigned: "signed by two people",
};

/** `Head #10,400 on another drive since 18 Nov 2026`. */
export function headWords({ head, strength, since }: Pick<Trust, "head" | "strength" | "since">): string {
  if (head === null) return "No signed head";
  return `Head #${count(head - 1)} ${WHERE[strength] ?? strength}${since ? ` since ${date(since)}` : ""}`;
}

/** `Last signed: snapshot 6, 5 Oct 2026, T. Ribeiro`; nothing where none stands. */
export function lastSignedWords({ last_signed: last }: Pick<Trust, "last_signed">): string | null {
  return last && `Last signed: snapshot ${last.snapshot}, ${date(last.at)}, ${last.by.join(" and ")}`;
}
