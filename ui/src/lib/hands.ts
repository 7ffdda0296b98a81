/// Samples chosen by hand in the grid, on their way to the queue builder: too many for a place, and gone when the window closes.
import type { QueueCreateRequest } from "@/ipc";

export type Hands = Pick<QueueCreateRequest, "picked" | "left_out">;

const kept = new Map<string, Hands>();

/** Keeps a choice and names it; nothing chosen has no name. */
export function keepHands(hands: Hands): string | undefined {
  if (!hands.picked && !hands.left_out) return undefined;
  const name = String(kept.size + 1);
  kept.set(name, hands);
  return name;
}

/** The choice of this name; `gone` when the window was closed since. */
export function handsOf(name: string | undefined): Hands | "gone" {
  return name === undefined ? {} : (kept.get(name) ?? "gone");
}
