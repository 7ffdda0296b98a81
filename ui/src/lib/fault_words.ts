/// A fault in running text: what happened and what to do, each a sentence.
import type { Fault } from "@/ipc";
import { sentence } from "./format";

/** `The drive is full. Make room on it.`, however the two were punctuated. */
export function faultWords(fault: Pick<Fault, "message" | "remedy">): string {
  return [fault.message, fault.remedy].map((part) => part.trim()).filter((part) => part !== "").map((part) => sentence(/[.!?…]$/.test(part) ? part : `${part}.`)).join(" ");
}
