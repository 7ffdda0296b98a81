/// In what order does a reviewer meet the items of a queue? The frozen one; what is open first.
import type { QueueItem, Verdict } from "@/ipc";

/** The next item without an answer after `position`, then from the start; `position` itself when all are answered. */
export function nextOpen(items: readonly QueueItem[], position: number): number {
  for (let step = 1; step < items.length; step += 1) {
    const item = items[(position + step) % items.length];
    if (item && item.verdict === null) return item.position;
  }
  return position;
}

/** Puts `item` in its place; `verdict`, where given, wins over its own. */
export function replaceItem(items: readonly QueueItem[], item: QueueItem, verdict: Verdict | null): readonly QueueItem[] {
  return items.map((each) => (each.position === item.position ? { ...item, verdict: verdict ?? item.verdict } : each));
}

/** Positions to hold in memory: what comes next in order, open items first. */
export function comingUp(items: readonly QueueItem[], position: number, count: number): number[] {
  const coming: number[] = [];
  for (let at = position + 1; at < items.length && coming.length < count; at += 1) coming.push(at);
  const open = nextOpen(items, position);
  if (open !== position && !coming.includes(open)) coming.unshift(open);
  return coming.slice(0, count);
}
