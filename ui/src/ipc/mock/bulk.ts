/// Acts on many samples without a backend: the same refusals, and undo.
import type { BulkPreview, BulkPreviewRequest, BulkRequest, BulkSaved, BulkSelection, BulkUndoRequest, SampleRow } from "../types";
import { acts } from "./bulk_acts";
import { fault, later, option } from "./options";
import { rowOf, select, TOTAL } from "./samples";
import { mockPerson } from "./workspace";

let sequence = 10_500;

function rowsOf({ filter, picked, left_out }: BulkSelection): SampleRow[] {
  const chosen = picked === null ? select(filter, "") : null;
  const rows = (chosen ?? Array.from({ length: Math.min(TOTAL, 20_000) }, (_, i) => i)).map((index, at) => rowOf(index, at + 1));
  const wanted = picked && new Set(picked);
  const out = new Set(left_out);
  return rows.filter((row) => (!wanted || wanted.has(row.digest)) && !out.has(row.digest));
}

function refuseExperts(act: BulkRequest["act"]): void {
  const { person } = mockPerson();
  if (person?.role === "machine" || (person?.role === "expert" && act !== "tag")) throw fault("not_allowed", `${person.name} is neither curator nor lead; only they may exclude or route in bulk`, "tag the samples, or ask a curator or a lead");
}

export const bulkCommands = {
  async bulk_preview({ selection, seed }: BulkPreviewRequest): Promise<BulkPreview> {
    await later(40);
    if (option("bulk") === "error") throw fault("workspace_damaged", "the index could not be read: page 412 is damaged", "close Assay and run assay doctor; the ledger is not affected");
    const rows = rowsOf(selection);
    const free = rows.filter((row) => !row.gold);
    const step = Math.max(1, Math.floor(free.length / 20));
    return {
      rows: free.length, samples: free.length, tokens: free.reduce((sum, row) => sum + row.tokens, 0), gold: rows.length - free.length, answered: free.filter((row) => row.verdict !== null).length,
      hits: free.filter((_, at) => at % step === seed % step).slice(0, 20),
    };
  },
  async bulk_act({ entry, selection, act, word }: BulkRequest): Promise<BulkSaved> {
    await later(20);
    refuseExperts(act);
    if (!acts.some((one) => one.id === entry)) acts.push({ id: entry, kind: act, word, digests: new Set(rowsOf(selection).filter((row) => !row.gold).map((row) => row.digest)), withdrawn: false });
    sequence += 1;
    return { saved: { seq: sequence, at: new Date().toISOString() }, act: entry, samples: acts.find((one) => one.id === entry)!.digests.size };
  },
  async bulk_undo({ act }: BulkUndoRequest): Promise<BulkSaved> {
    await later(20);
    const found = acts.find((one) => one.id === act && !one.withdrawn);
    if (!found) throw fault("not_allowed", `no bulk act with the id ${act} stands`, "nothing was recorded");
    found.withdrawn = true;
    sequence += 1;
    return { saved: { seq: sequence, at: new Date().toISOString() }, act, samples: found.digests.size };
  },
};
