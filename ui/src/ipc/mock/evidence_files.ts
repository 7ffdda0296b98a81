/// Files of evidence that were added to the made-up workspace, one of them withdrawn.
import type { EvidenceFileRow, EvidenceWithdrawn, EvidenceWithdrawRequest } from "../types";
import { fault } from "./options";
import { mockPending, setPending } from "./origins";
import { mockPerson } from "./workspace";

const row = (digits: string, said: Omit<EvidenceFileRow, "file" | "filter">): EvidenceFileRow => {
  const file = `sha256:${digits.repeat(8)}`;
  return { ...said, file, filter: `evidence_file = '${file}'` };
};

let files: EvidenceFileRow[] = [
  row("8c1f02ad", { name: "vendor-statement-2026-03.jsonl", by: "I. Marchetti", at: "2026-03-18T09:40:00Z", samples: 412, withdrawn: null }),
  row("51e77b90", { name: "clinic-authors.jsonl", by: "", at: "2026-06-02T14:05:00Z", samples: 96, withdrawn: null }),
  row("d2094c6e", { name: "generation-log-orion.jsonl", by: "I. Marchetti", at: "2026-08-21T11:12:00Z", samples: 0, withdrawn: { by: "I. Marchetti", at: "2026-09-03T08:30:00Z", reason: "the vendor named the wrong batch", entry: 10_188 } }),
];
let sequence = 10_820;

export const evidenceCommands = {
  evidence_files: (): EvidenceFileRow[] => files,
  evidence_withdraw({ file, reason }: EvidenceWithdrawRequest): EvidenceWithdrawn {
    const { person } = mockPerson();
    if (person?.role === "expert") throw fault("not_allowed", `${person.name} is neither curator nor lead; only curators and leads may withdraw evidence or bring it back`, "ask a curator or a lead");
    sequence += 1;
    const at = new Date().toISOString();
    files = files.map((one) => (one.file === file ? { ...one, withdrawn: { by: person?.name ?? "", at, reason, entry: sequence } } : one));
    setPending({ ...mockPending(), files: mockPending().files + 1 });
    return { saved: { seq: sequence, at } };
  },
};
