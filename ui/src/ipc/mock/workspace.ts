/// The application without a backend: workspace, people, settings, and an indexing job that runs in real time.
import type { About, AppState, Job, JobFile, Person, PersonRequest, Picked, PickRequest, Settings, SnapshotInfo, SyntheticMark, SyntheticMarkRequest, SyntheticUnmarkRequest, WorkspaceInfo } from "../types";
import { emit } from "./backend";
import { latestOfDisputes, openDisputes } from "./disputes";
import { fault, later, option, viewState } from "./options";
import { setPending } from "./origins";
import { QUARANTINED } from "./overview";
import { packOfStart, pickedPack } from "./packs";
import { TOTAL } from "./samples";

const start = option("state");
const PATH = "/home/ilse/Documents/Meridian.assay";

/** Snapshots 1 to 5: what trends and comparisons go back to. */
const EARLIER: SnapshotInfo[] = ["2026-02-03", "2026-03-17", "2026-05-06", "2026-06-19", "2026-08-12"].map((day, index) => ({ number: index + 1, created: `${day}T10:12:40Z`, samples: 1_204 + 230 * index, tokens: 89_800 + 15_000 * index, root: `sha256:${`${index + 1}b2c40aa`.repeat(8)}`, measured: true }));

const PEOPLE: Person[] = [{ name: "Ilse Marchetti", role: "curator" }, { name: "Dr Amara Okafor", role: "expert" }, { name: "Lin Qiao", role: "lead" }];

function workspace(name: string, indexed: boolean): WorkspaceInfo {
  return {
    name, path: PATH, gold: 214, review_left: 160, disputes: 0, last_entry: indexed ? { seq: 10_412, at: "2026-11-20T11:06:23Z" } : null,
    datasets: indexed ? [
      { name: "praxis-instruct", snapshots: [...EARLIER, { number: 6, created: "2026-10-02T09:01:00Z", samples: TOTAL - 91, tokens: 171_904, root: `sha256:${"9b1c40aa".repeat(8)}`, measured: true }, { number: 7, created: "2026-11-14T10:12:40Z", samples: TOTAL, tokens: 180_220, root: `sha256:${"3f9c81d2".repeat(8)}`, measured: true }], synthetic: null },
      { name: "field-2023", snapshots: [{ number: 1, created: "2026-05-02T08:00:00Z", samples: 9_120, tokens: 1_204_118, root: `sha256:${"77e2b0f1".repeat(8)}`, measured: true }], synthetic: null },
    ] : [],
    person: indexed ? (PEOPLE.find(({ role }) => role === (option("role") ?? "curator")) ?? null) : null,
    people: indexed ? PEOPLE : [],
  };
}

let open: WorkspaceInfo | null = start === "first" ? null : workspace("Meridian", start !== "new");
const jobs: Job[] = [];
let settings: Record<string, string> = {};

if (option("theme")) settings.theme = option("theme")!;
if (option("view")) settings[`place:${PATH}`] = JSON.stringify({ view: option("view"), states: { [option("view")!]: viewState() } });

function app(): AppState {
  return {
    version: "0.1.0", workspace: open && { ...open, disputes: openDisputes(), last_entry: latestOfDisputes() ?? open.last_entry }, sample: { samples: 2_400, languages: 6, domains: 7 }, ...packOfStart(),
    recent: [{ handle: "recent-1", name: "Meridian", path: PATH, exists: true, opened: "2026-11-19T17:20:00Z" }, { handle: "recent-2", name: "Pilot, legal", path: "/media/usb/Pilot.assay", exists: false, opened: "2026-08-02T09:00:00Z" }],
  };
}

const FILES: [string, string, number, number, number][] = [
  ["court-decisions-fr/2026/part-03.parquet", "Parquet", 388e6, 41_882, 0], ["vendor-c/hi-banking-2026-10.jsonl.zst", "JSON Lines, zstd", 412e6, 118_204, 0], ["careforum-uk/2026-q3.jsonl", "JSON Lines", 221e6, 96_113, 187],
  ["casos-clinicos-es/2026.csv", "CSV, ; and UTF-8", 58e6, 12_904, 41], ["vendor-c/hi-banking-2026-09.jsonl.zst", "JSON Lines, zstd", 396e6, 181_440, 22], ["field-notes-sw/part-2.jsonl", "JSON Lines", 12e6, 3_077, 4],
  ["vendor-b/ar-legal-2026.parquet", "Parquet", 164e6, 41_988, 0], ["legal-clinic-ar/questions.json", "JSON array", 71e6, 22_310, 0], ["trust-leaflets/2026.md", "Markdown", 2e6, 23, 0], ["tax-helpline-de/2026.tsv", "TSV", 83e6, 31_440, 0],
];
const BYTES = FILES.reduce((sum, file) => sum + file[2], 0);

function filesAt(done: number): JobFile[] {
  let before = 0;
  const files = FILES.map(([path, read_as, bytes, records, quarantined]): JobFile => {
    const fraction = Math.min(1, Math.max(0, (done - before) / bytes));
    before += bytes;
    return { path, read_as: fraction > 0 ? read_as : "", bytes, records: Math.round(records * fraction), quarantined: fraction === 1 ? quarantined : 0, fraction, message: null, state: fraction === 1 ? "done" : fraction > 0 ? "reading" : "waiting" };
  });
  const refused: JobFile[] = [["vendor-c/sw-health.jsonl.gz", "a Git LFS pointer; run git lfs pull, then index again"], ["vendor-b/reward-model.pkl", "pickles are never loaded"]].map(([path, message]) => ({ path: path!, read_as: "", bytes: 130, records: 0, quarantined: 0, state: "refused", fraction: 0, message: message! }));
  const of = (state: string) => files.filter((file) => file.state === state);
  return [...of("reading"), ...refused, ...of("done"), ...of("waiting")];
}

function jobAt(job: Job, seconds: number, length: number): Job {
  const read = Math.min(1, seconds / (length * 0.8));
  const done = BYTES * read;
  const files = filesAt(done);
  const seen = files.reduce((sum, file) => sum + file.records, 0);
  const quarantined = files.reduce((sum, file) => sum + file.quarantined, 0);
  const measuring = read === 1;
  const tokens = (seen - quarantined) * 320;
  return {
    ...job, elapsed_s: seconds, samples_per_s: 29_400, bytes_per_s: 31e6, left_s: seconds > 1 ? length - seconds : null, files, quarantine: quarantined ? QUARANTINED : [], state: seconds >= length ? "succeeded" : "running",
    progress: { stage: measuring ? "duplication" : "reading", files_done: files.filter((file) => file.state === "done").length, files_total: FILES.length + 2, files_carried: 0, files_refused: 2, seen, indexed: seen - quarantined, quarantined, bytes_done: done, bytes_total: BYTES, tokens_by_origin: [tokens * 0.561, tokens * 0.083, tokens * 0.251, tokens * 0.105].map(Math.round) as [number, number, number, number], fraction: measuring ? (seconds / length - 0.8) / 0.2 : 0 },
    quarantine_counts: quarantined ? [{ code: "invalid_utf8", meaning: "Not valid UTF-8", count: Math.round(quarantined * 0.55) }, { code: "cut_off", meaning: "Record cut off", count: Math.round(quarantined * 0.24) }, { code: "unclosed_quote", meaning: "Quote never closed", count: Math.round(quarantined * 0.13) }, { code: "nested_too_deep", meaning: "Nested too deep", count: 4 }] : [],
    new_snapshot: seconds >= length ? true : null,
  };
}

function emptyJob(dataset: string, kind: string): Job {
  return { id: jobs.length + 1, kind, dataset, snapshot: 1, state: "running", progress: { stage: "walking", files_done: 0, files_total: 0, files_carried: 0, files_refused: 0, seen: 0, indexed: 0, quarantined: 0, bytes_done: 0, bytes_total: 0, tokens_by_origin: [0, 0, 0, 0], fraction: 0 }, elapsed_s: 0, samples_per_s: 0, bytes_per_s: 0, left_s: null, files: [], quarantine: [], quarantine_counts: [], refused: [], fault: null, new_snapshot: null };
}

function startJob(dataset: string, kind: string, length: number, from = 0): Job {
  const empty = emptyJob(dataset, kind);
  const at = jobs.push(jobAt(empty, from, length)) - 1;
  const began = Date.now() - from * 1000;
  const timer = setInterval(() => {
    if (jobs[at]!.state !== "running") return clearInterval(timer);
    jobs[at] = jobAt(jobs[at]!, (Date.now() - began) / 1000, length);
    if (jobs[at]!.state === "succeeded" && open && open.datasets.length === 0) open = { ...workspace(open.name, true), person: open.person, people: open.people, last_entry: open.last_entry };
    emit("job", jobs[at]);
  }, 100);
  return jobs[at]!;
}

const worked = new Set<string>();

/** A job that only looks, `?work=SECONDS` long, the first time something is asked for; then its answer is there. */
export function workFor(kind: string, about: string): Job | null {
  const seconds = Number(option("work") ?? 0);
  const key = `${kind} ${about}`;
  const running = jobs.find((job) => `${job.kind} ${job.dataset}` === key && job.state === "running");
  if (running) return running;
  if (seconds === 0 || worked.has(key)) return null;
  const empty = emptyJob(about, kind);
  const job: Job = { ...empty, progress: { ...empty.progress, stage: "coverage" } };
  jobs.push(job);
  const began = Date.now();
  const timer = setInterval(() => {
    const now = jobs[job.id - 1]!;
    if (now.state !== "running") return clearInterval(timer);
    const passed = (Date.now() - began) / 1000;
    const done = passed >= seconds;
    if (done) worked.add(key);
    jobs[job.id - 1] = { ...job, state: done ? "succeeded" : "running", elapsed_s: passed, progress: { ...job.progress, fraction: Math.min(1, passed / seconds) } };
    emit("job", jobs[job.id - 1]);
  }, 100);
  return job;
}

if (start === "indexing") startJob("praxis-instruct", "index", 3_000, 1_600);

function saved(person: Person): WorkspaceInfo {
  const now = open ?? workspace("Meridian", false);
  const people = now.people.some((one) => one.name === person.name) ? now.people : [...now.people, person];
  return { ...now, person, people, last_entry: { seq: (now.last_entry?.seq ?? 0) + 1, at: new Date().toISOString() } };
}

/** Who is at the keyboard. */
export function mockPerson(): { person: Person | null } {
  return { person: open?.person ?? null };
}

const PICKED: Picked = { handle: "picked-1", label: "careforum-uk" };

export const workspaceCommands = {
  app_state: app,
  pick_folder: (): Picked => PICKED,
  pick_files: ({ purpose }: PickRequest): Picked[] => [purpose === "pack_file" ? pickedPack() : PICKED],
  pick_save: (): Picked => PICKED,
  drop_handles: (): Picked[] => [],
  workspace_create({ name }: { name: string }): AppState {
    open = workspace(name, false);
    return app();
  },
  workspace_open(): AppState {
    open = workspace("Meridian", true);
    return app();
  },
  workspace_open_recent({ handle }: { handle: string }): AppState {
    if (handle === "recent-2") throw fault("not_found", "there is nothing at /media/usb/Pilot.assay", "connect the drive and try again", { path: "/media/usb/Pilot.assay" });
    return workspaceCommands.workspace_open();
  },
  about: (): About => ({
    version: "0.1.0", licence: "Apache-2.0",
    reader: [
      { what: "reads only the folders of its files and writes none", holds: option("fence") !== "none" },
      { what: "opens no connection and starts no program", holds: option("fence") !== "none" },
      { what: "memory, processor time and file sizes are limited", holds: true },
    ],
  }),
  workspace_close(): AppState {
    open = null;
    return app();
  },
  async sample_open(): Promise<Job | null> {
    open = workspace("Sample", false);
    await later(100);
    return startJob("sample", "sample", 4);
  },
  person_add({ name, role }: PersonRequest): AppState {
    open = saved({ name, role });
    return app();
  },
  person_choose({ name }: PersonRequest): AppState {
    open = { ...open!, person: open!.people.find((one) => one.name === name)! };
    return app();
  },
  settings_get: (): Settings => ({ values: settings }),
  settings_set(next: Settings): Settings {
    settings = next.values as Record<string, string>;
    return next;
  },
  window_zoom: (): null => null,
  jobs: (): Job[] => jobs,
  job_cancel({ id }: { id: number }): Job {
    jobs[id - 1] = { ...jobs[id - 1]!, state: "canceled", left_s: null };
    emit("job", jobs[id - 1]);
    return jobs[id - 1]!;
  },
  index_start({ dataset }: { dataset: string }): Job {
    return startJob(dataset, "index", 20);
  },
  origins_recompute({ dataset }: { dataset: string }): Job {
    setPending({ judgements: 0, marks: 0, files: 0 });
    return startJob(dataset, "origins", 4);
  },
  synthetic_mark({ dataset, generator, reason, entry }: SyntheticMarkRequest): AppState {
    if (open?.person?.role === "expert") throw fault("not_allowed", "only curators and leads may say that a dataset is a model's output", "ask a curator or a lead");
    return marked(dataset, entry, { generator, reason, by: open!.person!.name, at: new Date().toISOString(), entry: (open!.last_entry?.seq ?? 0) + 1 });
  },
  synthetic_unmark({ dataset, entry }: SyntheticUnmarkRequest): AppState {
    return marked(dataset, entry, null);
  },
};

function marked(dataset: string, _entry: string, synthetic: SyntheticMark | null): AppState {
  const datasets = open!.datasets.map((one) => (one.name === dataset ? { ...one, synthetic } : one));
  open = { ...open!, datasets, last_entry: { seq: (open!.last_entry?.seq ?? 0) + 1, at: new Date().toISOString() } };
  return app();
}
