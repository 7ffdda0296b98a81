/// Packs and returns as files: those that wait to be looked at (dropped, chosen, or what Assay was started with), and what
/// a new one is called.
import { useSyncExternalStore } from "react";
import { call, type Picked } from "@/ipc";

let waiting: readonly Picked[] = [];
const listeners = new Set<() => void>();

function set(next: readonly Picked[]): void {
  waiting = next;
  for (const listener of listeners) listener();
}

export function isPackFile(label: string): boolean {
  return /\.assay(pack|return)$/i.test(label.trim());
}

/** Puts files at the end of those that wait; the first is shown. */
export function offerPacks(picked: readonly Picked[]): void {
  if (picked.length > 0) set([...waiting, ...picked]);
}

/** The first is done with: taken, or put aside. */
export function packSeen(): void {
  set(waiting.slice(1));
}

export function useWaitingPacks(): readonly Picked[] {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => waiting);
}

/** Asks for a pack or returns in the file dialog and offers them. */
export async function choosePacks(): Promise<void> {
  offerPacks((await call("pick_files", { title: "Open a pack or a return", purpose: "pack_file" })) ?? []);
}

/** A name that every file system takes. */
function plain(text: string): string {
  return text.replace(/[\\/:*?"<>|\p{Cc}]+/gu, " ").replace(/\s+/g, " ").trim();
}

export function packName(queue: string, person: string): string {
  return `${plain(queue)} for ${plain(person)}.assaypack`;
}

export function returnName(queue: string, person: string): string {
  return `${plain(queue)} from ${plain(person)}.assayreturn`;
}
