/// What the address asks of reviewing, gold, the card, the ledger and near-duplicates: `?state=empty`, `?state=error`, `?fail=3`.
import { answers } from "./backend";
import { fault, option } from "./options";
import { failNextSaves } from "./review";

const NOTHING = {
  queues: () => [],
  gold_overview: () => ({ members: [], revoked: [], candidates: [], root: "", domains: [], languages: [], cells: [], frozen: [], exports: [], ages: null }),
  activity_page: () => ({ rows: [], total: 0, kinds: [] }),
  ledger_verify: () => ({ whole: true, entries: 0, root: "", failure: null, elapsed_ms: 0.4, at: new Date().toISOString() }),
  clusters_page: () => ({ total: 0, rows: [] }),
};

function broken(): never {
  throw fault("workspace_damaged", "The index could not be read: page 4,112 does not match its checksum.", "Run assay doctor, or index again; decisions are kept elsewhere");
}

if (option("state") === "empty") answers(NOTHING);
if (option("state") === "error") {
  answers({ queues: broken, queue_open: broken, gold_overview: broken, gold_anchor: broken, training: broken, label_noise: broken, incidents: broken, signal_calibration: broken, activity_page: broken, clusters_page: broken, cluster_detail: broken, card_draft: broken, queue_preview: broken, packs: broken, rubrics: broken });
}
failNextSaves(Number(option("fail") ?? 0));
