/// Frozen gold without a backend: sets that are frozen and exports with their purpose, remembered until the page is left.
import type { FrozenGold, GoldAges, GoldExportRequest, GoldExported, GoldExportRow, GoldFreezed, GoldFreezeRequest, GoldMember } from "../types";
import { fault, option } from "./options";
import { mockPerson } from "./workspace";

const none = option("state") === "empty";
const root = (seed: string) => `sha256:${seed.repeat(8)}`;

let frozen: FrozenGold[] = none ? [] : [
  { number: 2, size: 5, root: root("b04e77d1"), reason: "Release 2026-11: the set that the evaluation of that release rests on", by: "Lin Qiao", at: "2026-11-02T15:04:00Z", seq: 10_211, since_added: 2, since_revoked: 1 },
  { number: 1, size: 3, root: root("19c2a8f0"), reason: "تجميد أول قبل مراجعة القانون", by: "Ilse Marchetti", at: "2026-07-19T08:30:00Z", seq: 7_904, since_added: 3, since_revoked: 0 },
];
let exported: GoldExportRow[] = none ? [] : [
  { purpose: "Held-out evaluation of release 2026-11", number: 2, size: 5, by: "Lin Qiao", at: "2026-11-02T15:20:00Z", seq: 10_214 },
  { purpose: "A look by the legal department, in their own viewer, before the contract with the second supplier is signed", number: null, size: 4, by: "Ilse Marchetti", at: "2026-09-30T10:00:00Z", seq: 9_120 },
];
let sequence = 10_700;

function saved() {
  sequence += 1;
  return { seq: sequence, at: new Date().toISOString() };
}

function keeper(): string {
  const { person } = mockPerson();
  if (person?.role === "expert") throw fault("not_allowed", `\`${person.name}\` is an expert; only curators and leads keep gold`, "ask a curator or a lead");
  return person?.name ?? "Ilse Marchetti";
}

/** What `gold_overview` says of frozen sets, exports and ages. */
export function frozenFacts(members: readonly GoldMember[]): { frozen: FrozenGold[]; exports: GoldExportRow[]; ages: GoldAges | null } {
  return { frozen, exports: exported, ages: members.length === 0 ? null : { youngest: 0, median: 96, oldest: 301 } };
}

export function frozenCommands(members: () => number) {
  return {
    gold_freeze({ reason }: GoldFreezeRequest): GoldFreezed {
      const by = keeper();
      if (members() === 0) throw fault("not_allowed", "the gold set is empty", "promote samples first");
      const entry = saved();
      const number = (frozen[0]?.number ?? 0) + 1;
      frozen = [{ number, size: members(), root: root(`${number}c5a7e2b`), reason, by, at: entry.at, seq: entry.seq, since_added: 0, since_revoked: 0 }, ...frozen];
      return { saved: entry, number };
    },
    gold_export({ number, purpose }: GoldExportRequest): GoldExported {
      const by = keeper();
      const size = frozen.find((set) => set.number === number)?.size ?? members();
      const entry = saved();
      exported = [{ purpose, number, size, by, at: entry.at, seq: entry.seq }, ...exported];
      return { saved: entry, written: size, path: `/home/ilse/Documents/${number === null ? "gold" : `gold ${number}`}.jsonl` };
    },
  };
}
