/// Judgements and marks that the figures do not hold yet.
import type { PendingEvidence } from "../types";

let pending: PendingEvidence = { judgements: 3, marks: 0, files: 0 };

export function mockPending(): PendingEvidence {
  return pending;
}

export function setPending(next: PendingEvidence): void {
  pending = next;
}
