/** How gold stands against a dataset, what is trained on, and what labels and signals are worth, without a backend. */
import type { AnchorCell, GoldAnchor, GoldSettings, IncidentNearestAnswer, IncidentNearestRequest, IncidentRequest, IncidentRow, IncidentSaved, LabelNoiseAnswer, LabelNoiseRequest, SignalCalibration, SnapshotRequest, TrainingAnswer, TrainingChanged, TrainingReleased, TrainingReleaseRequest, TrainingWithdrawRequest } from "..";
import { fault, later, option } from "./options";
import { mockSample, textAt } from "./review";
import { workFor } from "./workspace";

const DOMAINS = ["health", "law", "finance", "public_services"];
const LANGUAGES = ["en", "de", "es", "ar", "zh", "sw"];
const MEMBERS = [[64, 19, 20, 11, 18, 3], [39, 8, 8, 3, 9, 0], [16, 4, 3, 0, 6, 0], [12, 4, 4, 2, 3, 0]];
const SAMPLES = [[412, 160, 151, 90, 120, 31], [260, 88, 71, 30, 64, 0], [140, 60, 44, 28, 51, 9], [96, 41, 38, 22, 30, 6]];

let settings: GoldSettings = { max_age_days: 365, thin_below: 5 };
let releases: TrainingReleased[] = [{ release: "0192f0c1-a2b3-7fff-bfff-0000000000aa", dataset: "field-2023", snapshot: 1, exact: 0, near: 0, reason: "", by: "L. Qiao", at: "2026-09-02T08:12:00Z", seq: 9_120 }];
let sequence = 10_520;
let incidents: IncidentRow[] = [
  { incident: "0192f0c1-a2b3-7fff-bfff-0000000000bb", seq: 10_402, title: "Wrong dose for a child", text: "My daughter weighs 20 kg. How much paracetamol may she have? It answered with the dose for an adult.", sample: null, happened: "2026-11-12", severity: "high", by: "A. Okafor", at: "2026-11-13T08:02:00Z" },
  { incident: "0192f0c1-a2b3-7fff-bfff-0000000000bc", seq: 10_377, title: "Deadline of the other canton", text: "", sample: "sha256:c40b77d1", happened: "2026-11-03", severity: "medium", by: "L. Qiao", at: "2026-11-04T14:40:00Z" },
];

function proportion(count: number, of: number) {
  const share = count / of;
  const z = 1.96;
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return { count, of, share, interval: [Math.max(0, middle - half), Math.min(1, middle + half)] as [number, number] };
}

function cells(): AnchorCell[] {
  return DOMAINS.flatMap((domain, row) => LANGUAGES.map((language, column) => ({ domain, language, members: MEMBERS[row]![column]!, samples: SAMPLES[row]![column]!, filter: `domain = '${domain}' and language = '${language}' and origin = 'human'` })));
}

const MONTHS = [["2026-03", 42], ["2026-04", 49], ["2026-05", 51], ["2026-06", 54], ["2026-07", 0], ["2026-08", 21], ["2026-09", 38], ["2026-10", 41], ["2026-11", 9]] as const;

function saved(): TrainingChanged {
  sequence += 1;
  return { saved: { seq: sequence, at: new Date().toISOString() } };
}

export const goldAuditCommands = {
  gold_anchor({ dataset }: SnapshotRequest): GoldAnchor {
    const old = [21, 24].map((position, index) => ({ digest: mockSample(position).digest, title: textAt(position).title, domain: "health", language: "en", reason: "Rare case, well told", by: "I. Marchetti", at: `2025-1${index}-04T09:00:00Z`, seq: 8_001 + index }));
    const empty = option("gold") === "none";
    return {
      dataset, snapshot: 7, settings, domains: DOMAINS, languages: LANGUAGES, cells: empty ? cells().map((cell) => ({ ...cell, members: 0 })) : cells(),
      ages_days: empty ? null : [3, 144, 401], months: empty ? [] : MONTHS.map(([month, members]) => ({ month, members })), old: empty ? [] : old, old_count: empty ? 0 : 2,
      changed: empty ? [] : [
        { domain: "health", language: "en", members: 64, promoted: "2026-10-02T10:00:00Z", since: 6, then: 355, now: 412, added: 61, filter: "domain = 'health' and language = 'en' and origin = 'human' and added_since = 'praxis-instruct@6'" },
        { domain: "law", language: "de", members: 8, promoted: "2026-08-21T10:00:00Z", since: 5, then: 91, now: 88, added: 4, filter: "domain = 'law' and language = 'de' and origin = 'human' and added_since = 'praxis-instruct@5'" },
      ],
    };
  },
  gold_settings(request: GoldSettings): GoldSettings {
    if (request.max_age_days < 1 || request.thin_below < 1) throw fault("usage", "the age and the least count of gold are at least 1", "choose another value");
    settings = request;
    return settings;
  },
  async training({ dataset }: SnapshotRequest): Promise<TrainingAnswer> {
    await later(Number(option("wait") ?? 60));
    const working = workFor("training", `gold in ${dataset}@7`);
    if (working) return { job: working, answer: null };
    const clean = option("gold") === "none";
    return { job: null, answer: { dataset, snapshot: 7, members: 305, exact: clean ? 0 : 301, near: clean ? 0 : 4, samples: clean ? 0 : 318, filter: clean ? null : "gold = true or digest in ('sha256:c40b77d1', 'sha256:9e01ab52')", threshold: 0.8, crowded: 0, releases } };
  },
  training_release({ dataset, snapshot, reason, entry }: TrainingReleaseRequest): TrainingChanged {
    const clean = option("gold") === "none";
    if (!clean && reason.trim() === "") throw fault("not_allowed", `${dataset}@${snapshot} holds gold: 301 as they are, 4 nearly`, "take these samples out, or say why it may be trained on all the same");
    const done = saved();
    releases = [...releases, { release: entry, dataset, snapshot, exact: clean ? 0 : 301, near: clean ? 0 : 4, reason, by: "I. Marchetti", at: done.saved.at, seq: done.saved.seq }];
    return done;
  },
  training_withdraw({ release }: TrainingWithdrawRequest): TrainingChanged {
    releases = releases.filter((each) => each.release !== release);
    return saved();
  },
  incidents: (): IncidentRow[] => (option("gold") === "none" ? [] : incidents),
  incident_report(request: IncidentRequest): IncidentSaved {
    if (request.title.trim() === "") throw fault("usage", "an incident needs a title", "say in a few words what went wrong");
    const done = saved();
    incidents = [{ incident: request.entry, seq: done.saved.seq, title: request.title, text: request.text, sample: request.sample, happened: request.happened, severity: request.severity, by: "I. Marchetti", at: done.saved.at }, ...incidents];
    return { saved: done.saved, incident: request.entry };
  },
  async incident_nearest({ dataset, incident }: IncidentNearestRequest): Promise<IncidentNearestAnswer> {
    await later(Number(option("wait") ?? 60));
    const working = workFor("incident", `an incident in ${dataset}@7`);
    if (working) return { job: working, answer: null };
    const near = incident.endsWith("bc");
    const samples = [3, 8, 12].map((position, index) => ({ sample: position, digest: mockSample(position).digest, preview: textAt(position).prompt.slice(0, 120), likeness: (near ? 0.93 : 0.61) - index * 0.08 }));
    return { job: null, answer: { method: near ? "near" : "words", words: near ? [] : ["paracetamol", "daughter", "weighs", "dose", "adult"], samples, filter: `digest in (${samples.map((sample) => `'${sample.digest}'`).join(", ")})` } };
  },
  async label_noise({ dataset, dimension }: LabelNoiseRequest): Promise<LabelNoiseAnswer> {
    await later(Number(option("wait") ?? 60));
    const working = workFor("labels", `labels of ${dataset}@7`);
    if (working) return { job: working, answer: null };
    const chosen = dimension ?? "intent";
    const preview = (position: number) => textAt(position).prompt.slice(0, 120);
    const none = option("gold") === "none";
    return {
      job: null,
      answer: {
        dimension: none ? "" : chosen, dimensions: none ? [] : ["intent", "domain"], audited: 96, disagreeing: 7, contradictory: 3, rate: proportion(5, 80),
        disagreements: [2, 5, 9].map((position) => ({ sample: position, digest: mockSample(position).digest, preview: preview(position), declared: ["dosing"], given: ["Medicines", "Emergency"], drawn: position !== 9 })),
        filter: "digest in ('sha256:c40b77d1')", pairs: 412, pairs_apart: 11, samples_apart: 19,
        apart: [3, 4].map((position) => ({ a: position, b: position + 1, preview: preview(position), kind: position === 3 ? "exact" : "near", jaccard: position === 3 ? 1 : 0.87, label_a: ["dosing"], label_b: ["triage"], filter: "digest in ('sha256:c40b77d1', 'sha256:9e01ab52')" })),
        apart_filter: "digest in ('sha256:c40b77d1', 'sha256:9e01ab52')",
      },
    };
  },
  signal_calibration({ dataset }: SnapshotRequest): SignalCalibration {
    const bins = [[0, 41, 1], [1, 33, 2], [2, 20, 3], [4, 14, 5], [5, 12, 7], [7, 15, 11], [8, 22, 20], [9, 38, 37]] as const;
    const filterOf = (low: number) => `judged_origin in ('human', 'machine') and style_score >= ${low / 10}${low === 9 ? "" : ` and style_score < ${(low + 1) / 10}`}`;
    if (option("gold") === "none") return { dataset, snapshot: 7, judged: 0, drawn: 0, style: null, evidence: [] };
    return {
      dataset, snapshot: 7, judged: 214, drawn: 160,
      style: { samples: 195, machine: 86, taught: 61, brier: 0.082, brier_of_share: 0.246, bins: bins.map(([low, of, machine]) => ({ low: low / 10, high: (low + 1) / 10, mean_score: (low + 0.5) / 10, machine: proportion(machine, of), filter: filterOf(low) })) },
      evidence: [
        { kind: "generation_record", agreeing: proportion(64, 65), brier: 0.02, mean_confidence: 0.98, filter: "digest in ('sha256:c40b77d1')" },
        { kind: "rule", agreeing: proportion(171, 196), brier: 0.121, mean_confidence: 0.9, filter: "digest in ('sha256:c40b77d1', 'sha256:9e01ab52')" },
        { kind: "self_disclosure", agreeing: proportion(9, 9), brier: 0.01, mean_confidence: 0.9, filter: null },
      ],
    };
  },
};
