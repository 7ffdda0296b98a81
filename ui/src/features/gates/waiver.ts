/// Who may waive which gate, and until when.
import type { GateRow, Person } from "@/ipc";
import { fails } from "@/lib/gates";

/** Why this person cannot waive this gate; nothing where they can. */
export function whyNotWaive(gate: GateRow, person: Person | null): string | undefined {
  if (gate.severity === "watch") return "it is only watched and cannot fail";
  if (!fails(gate)) return "it holds; only a gate that fails can be waived";
  if (gate.measured === null) return "what could not be measured cannot be waived; its note says what is missing";
  if (!person) return "choose who you are first";
  if (person.role !== "lead") return `you are ${person.role === "expert" ? "an expert" : `a ${person.role}`}; only a lead may waive a gate`;
  return undefined;
}

/** The day so many days after another, as `YYYY-MM-DD`. Days are those of UTC, as in the ledger. */
export function dayAfter(now: Date, days: number): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

/** What is wrong with a last day as it was typed. */
export function dayProblem(text: string, now: Date): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return "write it as 2027-01-31";
  const day = new Date(`${text}T00:00:00Z`);
  // A day that does not exist, such as the 31st of June, is refused, not moved on.
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text) return "there is no such day";
  return text < dayAfter(now, 0) ? "this day is over" : undefined;
}
