/// What is called how, and when may it be done, of frozen gold?
import type { FrozenGold, GoldAges } from "@/ipc";
import { count, counted } from "@/lib/format";

/** `Gold set 2`, or the gold set as it is. */
export function setName(number: number | null): string {
  return number === null ? "Gold as it was then" : `Gold set ${number}`;
}

/** What has come and gone since: `+2 −1`, `unchanged`. */
export function sinceWords({ since_added, since_revoked }: Pick<FrozenGold, "since_added" | "since_revoked">): string {
  return [since_added > 0 && `+${count(since_added)}`, since_revoked > 0 && `−${count(since_revoked)}`].filter(Boolean).join(" ") || "unchanged";
}

export function ageWords({ youngest, median, oldest }: GoldAges): string {
  if (youngest === oldest) return `${counted(oldest, "day")} old`;
  return `${count(youngest)} to ${counted(oldest, "day")} old, half of them over ${count(median)}`;
}

/** Why this person keeps no gold. */
export function keepingUnavailable(role: string | undefined): string | undefined {
  if (!role) return "choose who you are first";
  return role === "expert" ? "only curators and leads keep gold" : undefined;
}

/** Why the set as it is need not, or cannot, be frozen. */
export function freezingUnavailable(members: number, latest: FrozenGold | undefined, root: string): string | undefined {
  if (members === 0) return "the gold set is empty";
  return latest && latest.size === members && bare(latest.root) === bare(root) ? `gold set ${latest.number} is the same` : undefined;
}

const bare = (root: string) => root.replace(/^sha256:/, "");

export function exportName(number: number | null): string {
  return number === null ? "gold.jsonl" : `gold ${number}.jsonl`;
}
