/// The overview without a backend: counted from the rows of the grid, so that every number leads to them.
import type { Cell, EvidenceShare, Origin, OriginTable, Overview, Quarantine, QuarantinePage, Report } from "../types";
import { mockCells, mockCoverage } from "./coverage";
import { mockDuplication } from "./duplicates";
import { fault, later, option } from "./options";
import { mockPending } from "./origins";
import { sampleCommands, TOTAL } from "./samples";
import { mockSources, mockStylometry } from "./style";

const ORIGINS: readonly Origin[] = ["human", "mixed", "machine", "unknown"];

function table(cells: readonly Cell[], tilt: number): OriginTable {
  const samples = cells.reduce((n, cell) => n + cell.samples, 0);
  const all = cells.reduce((n, cell) => n + cell.tokens, 0);
  const of = (origin: Origin) => {
    const mine = cells.filter((cell) => cell.origin === origin);
    const shift = origin === "human" ? -tilt : origin === "machine" ? tilt : 0;
    const share = mine.reduce((n, cell) => n + cell.samples, 0) / samples + shift;
    const token_share = mine.reduce((n, cell) => n + cell.tokens, 0) / all + shift;
    return { samples: Math.round(share * samples), tokens: Math.round(token_share * all), share, token_share, token_share_interval: [Math.max(0, token_share - 0.012), Math.min(1, token_share + 0.012)] as [number, number] };
  };
  return { human: of("human"), mixed: of("mixed"), machine: of("machine"), unknown: of("unknown") };
}

async function composition(): Promise<Cell[]> {
  const cells = new Map<string, Cell>();
  const view = (await sampleCommands.samples_open({ filter: "", find: "" })).view;
  for (let offset = 0; offset < Math.min(TOTAL, 2_480); offset += 200) {
    for (const row of (await sampleCommands.samples_rows({ view, offset, limit: 200 })).rows) {
      if (row.domain === "finance" && row.language === "zh") continue;
      const key = `${row.domain} ${row.language} ${row.origin}`;
      const cell = cells.get(key) ?? { domain: row.domain, language: row.language, origin: row.origin, source_class: "unknown", samples: 0, tokens: 0 };
      cells.set(key, { ...cell, samples: cell.samples + 1, tokens: cell.tokens + row.tokens });
    }
  }
  return [...cells.values()];
}

export const QUARANTINED: Quarantine[] = [
  { path: "health/careforum-uk-en.jsonl", line: 701, column: 133, byte_offset: 291_118, code: "cut_off", message: "the object opened at column 1 is never closed", excerpt: '{"id":"cf-91020","prompt":"My daughter swallowed a ' },
  { path: "health/careforum-uk-en.jsonl", line: 842, column: 29, byte_offset: 352_204, code: "invalid_utf8", message: "0xE9 stands alone; the line may be Latin-1", excerpt: '{"id":"cf-93377","prompt":"Le m\\xE9decin a prescrit' },
  { path: "law/legal-clinic-es.csv", line: 310, column: null, byte_offset: 88_120, code: "unclosed_quote", message: "opened here; the next 12 lines were read again without it", excerpt: 'es-3118;"Varón de 58 años, disnea de esfuerzo' },
  { path: "finance/taxhelp-2026-en.jsonl.zst", line: 90, column: 41, byte_offset: 40_233, code: "nested_too_deep", message: "100,000 levels; the limit is 128", excerpt: '{"note":"Mgonjwa alifika","meta":[[[[[[[[[[[[[[[[' },
  { path: "law/legal-clinic-ar.jsonl", line: 12, column: 1, byte_offset: 5_204, code: "not_an_object", message: "the line holds a list", excerpt: '["سؤال", "جواب"]' },
  { path: "health/careforum-uk-de.jsonl", line: 404, column: null, byte_offset: 180_000, code: "no_text", message: "prompt and reply are null", excerpt: '{"id":"cf-de-404","prompt":null,"reply":null}' },
];

async function report(snapshot: number, tilt: number): Promise<Report> {
  const cells = await composition();
  const samples = cells.reduce((n, cell) => n + cell.samples, 0);
  return {
    dataset: "praxis-instruct", snapshot, snapshot_root: `sha256:${"3f9c81d2".repeat(8)}`, facts_root: `sha256:${"a71e5c09".repeat(8)}`, map_digest: `sha256:${"04c1d2e3".repeat(8)}`,
    tool: "assay 0.1.0", created: snapshot === 7 ? "2026-11-14T10:12:40Z" : "2026-10-02T09:01:00Z",
    files: { seen: 16, read: 14, refused_count: 2, refused: [{ path: "vendor-c/sw-health.jsonl.gz", code: "git_lfs_pointer", message: "a Git LFS pointer, not the data it stands for", line: null, remedy: "run git lfs pull, then index again" }, { path: "vendor-b/reward-model.pkl", code: "never_loaded", message: "pickles are never loaded", line: null, remedy: "export the rows as JSON Lines or Parquet" }] },
    releases: [],
    samples: { seen: samples + QUARANTINED.length, indexed: samples, quarantined: QUARANTINED.length, tokens: cells.reduce((n, cell) => n + cell.tokens, 0), bytes: 1_284_594, quarantine: QUARANTINED },
    origin: table(cells, tilt), composition: cells, unique: table(cells, tilt - 0.03), conflicts: 26, conflicting_samples: 51, flags: [], flag_counts: { duplicate_key: 4, lone_surrogate: 1, empty_text: 2 },
    language_mismatch: [{ declared: "en", samples: 812, mismatched: 3 }, { declared: "es", samples: 404, mismatched: 9 }, { declared: "ar", samples: 390, mismatched: 0 }, { declared: "de", samples: 398, mismatched: 2 }, { declared: "zh", samples: 371, mismatched: 1 }],
    duplication: mockDuplication, coverage: mockCoverage, cells: mockCells,
    diversity: [
      { slice: "all", tokens: 180_000, budget: 50_000, compression_ratio: [3.09, 3.12, 3.15], self_repetition: [0.41, 0.43, 0.45], distinct: [0.12, 0.51, 0.79], heaps_beta: [0.59, 0.594, 0.598], ngram_diversity: [2.2, 2.3, 2.4], commonest_4grams: [0.01, 0.012, 0.014], commonest_openings: [0.08, 0.09, 0.1], distinct_intervals: [[0.11, 0.17], [0.37, 0.62], [0.65, 0.87]], resamples: 20 },
      { slice: "origin = 'human'", tokens: 90_000, budget: 50_000, compression_ratio: [2.81, 2.84, 2.87], self_repetition: [0.22, 0.24, 0.26], distinct: [0.16, 0.61, 0.86], heaps_beta: [0.62, 0.624, 0.628], ngram_diversity: [2.2, 2.3, 2.4], commonest_4grams: [0.01, 0.012, 0.014], commonest_openings: [0.08, 0.09, 0.1], distinct_intervals: [[0.11, 0.17], [0.37, 0.62], [0.65, 0.87]], resamples: 20 },
      { slice: "origin = 'machine'", tokens: 60_000, budget: 50_000, compression_ratio: [3.61, 3.66, 3.71], self_repetition: [0.66, 0.69, 0.72], distinct: [0.08, 0.38, 0.66], heaps_beta: [0.52, 0.527, 0.534], ngram_diversity: [2.2, 2.3, 2.4], commonest_4grams: [0.01, 0.012, 0.014], commonest_openings: [0.08, 0.09, 0.1], distinct_intervals: [[0.11, 0.17], [0.37, 0.62], [0.65, 0.87]], resamples: 20 },
    ],
    derivation: { by_depth: [{ depth: 0, samples: 1_204, tokens: 96_210 }, { depth: 1, samples: 412, tokens: 40_122 }, { depth: 2, samples: 88, tokens: 9_020 }], with_parent: 500, missing_parents: 12, cyclic: 2, unknown: 6, unrecorded: 310 },
    elapsed_s: { index: 1.4, measure: 2.2 },
    stylometry: mockStylometry, sources: mockSources, source_count: mockSources.length,
  };
}

function evidence(of: OriginTable): EvidenceShare[] {
  const strengths: Record<Origin, [number, number, number]> = { human: [0.014, 0.31, 0.676], mixed: [0.02, 0.26, 0.72], machine: [0.006, 0.71, 0.284], unknown: [0, 0, 0] };
  return ORIGINS.flatMap((origin) => ["judged", "recorded", "declared"].map((strength, i) => ({ origin, strength, tokens: Math.round(of[origin].tokens * strengths[origin][i]!) }))).filter((one) => one.tokens > 0);
}

export const overviewCommands = {
  async overview({ snapshot }: { snapshot: number | null }): Promise<Overview> {
    await later(80);
    if (option("state") === "error") throw fault("workspace_damaged", "the measures of snapshot 7 could not be read: page 412 of index.db is damaged", "close Assay and run assay doctor");
    const now = await report(snapshot ?? 7, 0);
    return { report: now, previous: (snapshot ?? 7) > 6 ? await report(6, -0.04) : null, evidence: evidence(now.origin), pending: option("pending") === "none" ? { judgements: 0, marks: 0, files: 0 } : mockPending() };
  },
  quarantine_page({ offset, limit }: { offset: number; limit: number }): QuarantinePage {
    const all = option("state") === "empty" ? [] : Array.from({ length: 312 }, (_, i) => ({ ...QUARANTINED[i % QUARANTINED.length]!, line: QUARANTINED[i % QUARANTINED.length]!.line + Math.floor(i / 6) * 37 }));
    return { rows: all.slice(offset, offset + limit), total: all.length };
  },
};
