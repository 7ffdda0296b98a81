//! Indexes and measures a folder, stage by stage, then reviews: `bench FOLDER DOCUMENTS WORKSPACE RESULT`.
//!
//! Prints time, processor time and peak memory (resident) of each stage, this process and its worker together, and the time
//! from a verdict to its being on disk with the next sample at hand. The stages also go to RESULT as JSON.
//! `scripts/bench.sh` writes the corpora and runs it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use assay_model::{Fault, Progress, Stage, Task};
use assay_review::{Role, Stamp, people};
use assay_workbench::indexing::{IndexOrder, index};
use assay_workbench::wire::{Answer, DecideRequest, QueueCreateRequest, Verdict};
use assay_workbench::{WorkerCommand, Workspace, review, worker};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const STAGES: [Stage; 8] = [
    Stage::Walking,
    Stage::Reading,
    Stage::Composition,
    Stage::Duplication,
    Stage::Passages,
    Stage::Coverage,
    Stage::Diversity,
    Stage::Finishing,
];
const VERDICTS: u64 = 1_000;
/// Between two looks at memory: looking costs a millisecond.
const SAMPLED_EVERY: Duration = Duration::from_millis(200);
/// Of the processor times in /proc.
const TICKS_A_SECOND: f64 = 100.0;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|word| word == "__worker") {
        return worker::run().map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS);
    }
    let [folder, documents, workspace, result] = arguments.as_slice() else {
        eprintln!("usage: bench FOLDER DOCUMENTS WORKSPACE RESULT");
        return ExitCode::FAILURE;
    };
    match bench(
        Path::new(folder),
        documents.parse().unwrap_or(0),
        Path::new(workspace),
        Path::new(result),
    ) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn bench(folder: &Path, documents: u64, workspace: &Path, result: &Path) -> Result<(), Fault> {
    let workspace = Workspace::create(workspace)?;
    let watch = StageWatch::start();
    let order = IndexOrder {
        dataset: Some("bench".into()),
        inputs: vec![PathBuf::from(folder)],
        map: None,
        worker: WorkerCommand::this_executable()?,
    };
    let began = Instant::now();
    let outcome = index(&workspace, &order, &watch.task(), &mut |_| {})?;
    let seconds = began.elapsed().as_secs_f64();
    let stages = watch.stop();

    let megabytes = outcome.report.samples.bytes as f64 / 1e6;
    println!("{documents} documents, {megabytes:.0} MB of text");
    println!("  stage          seconds      cpu s  samples/s     MB/s  peak MiB");
    let line = |name: &str, spent: &Spent| {
        println!(
            "  {name:<13}{:>9.1}{:>11.1}{:>11.0}{:>9.1}{:>10}",
            spent.seconds,
            spent.cpu_s,
            documents as f64 / spent.seconds,
            megabytes / spent.seconds,
            spent.peak_bytes >> 20
        );
    };
    let all = Spent {
        seconds,
        cpu_s: stages.iter().map(|(_, spent)| spent.cpu_s).sum(),
        peak_bytes: stages
            .iter()
            .map(|(_, spent)| spent.peak_bytes)
            .max()
            .unwrap_or(0),
    };
    for (stage, spent) in &stages {
        line(&format!("{stage:?}").to_lowercase(), spent);
    }
    line("all", &all);
    write_result(result, documents, megabytes, &all, &stages)?;
    verdicts(&workspace)
}

/// What other programs compare themselves with.
fn write_result(
    path: &Path,
    documents: u64,
    megabytes: f64,
    all: &Spent,
    stages: &[(Stage, Spent)],
) -> Result<(), Fault> {
    let of_stage = |(stage, spent): &(Stage, Spent)| {
        serde_json::json!({
            "stage": stage,
            "seconds": spent.seconds,
            "cpu_s": spent.cpu_s,
            "peak_mib": spent.peak_bytes >> 20,
        })
    };
    let result = serde_json::json!({
        "documents": documents,
        "megabytes": megabytes,
        "seconds": all.seconds,
        "cpu_s": all.cpu_s,
        "peak_mib": all.peak_bytes >> 20,
        "stages": stages.iter().map(of_stage).collect::<Vec<_>>(),
    });
    std::fs::write(path, result.to_string()).map_err(|error| Fault::internal("writing the result", error))
}

/// Decides a queue sample by sample, as the window does: verdict to disk, then the next sample.
fn verdicts(workspace: &Workspace) -> Result<(), Fault> {
    let actor = "Bench";
    let mut ledger = workspace.ledger_writer()?;
    people::add(&mut ledger, &Stamp::now(actor), actor, Role::Curator)?;
    let request = QueueCreateRequest {
        name: "bench".into(),
        dataset: "bench".into(),
        snapshot: None,
        filter: String::new(),
        size: VERDICTS,
        seed: 1,
        rubric: None,
        reviewers: 1,
        blind: true,
        order: "random".to_owned(),
        defective_below: None,
        allowed: None,
        ..QueueCreateRequest::default()
    };
    let began = Instant::now();
    let queue = review::create(workspace, &mut ledger, &Stamp::now(actor), &request)?;
    println!(
        "  queue of {VERDICTS} drawn and frozen in {:.2} s",
        began.elapsed().as_secs_f64()
    );
    let name = queue.id.to_string();
    let items = review::open(&ledger, &name, actor, 0)?.items;
    let (mut durable, mut shown) = (Vec::new(), Vec::new());
    for item in items {
        let stamp = Stamp::now(actor);
        let request = DecideRequest {
            queue: name.clone(),
            position: item.position,
            digest: item.digest,
            entry: stamp.entry.to_string(),
            answer: approval(),
            dwell_ms: 0,
        };
        let began = Instant::now();
        let decided = review::decide(&mut ledger, &stamp, &request, 0)?;
        durable.push(began.elapsed());
        let began = Instant::now();
        review::item(&ledger, &name, actor, decided.position)?;
        shown.push(began.elapsed());
    }
    println!("  verdict to durable     {}", spread(durable));
    println!("  next sample from disk  {}", spread(shown));
    Ok(())
}

fn approval() -> Answer {
    Answer {
        verdict: Verdict::Approve,
        reason: String::new(),
        labels: Vec::new(),
        scores: std::collections::BTreeMap::new(),
        origin: None,
        confidence: None,
        note: String::new(),
    }
}

fn spread(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    format!("p50 {:.1} ms, p99 {:.1} ms", at(0.5), at(0.99))
}

/// What a stage took.
#[derive(Clone, Copy, Default)]
struct Spent {
    seconds: f64,
    cpu_s: f64,
    peak_bytes: u64,
}

/// What each stage takes, as the work goes on.
struct StageWatch {
    stages: Arc<Mutex<Stages>>,
    stopped: Arc<AtomicBool>,
    sampler: std::thread::JoinHandle<()>,
}

struct Stages {
    now: usize,
    since: Instant,
    cpu_s_then: f64,
    spent: [Spent; STAGES.len()],
}

impl Stages {
    fn enter(&mut self, stage: usize) {
        let used = Used::now();
        let spent = &mut self.spent[self.now];
        spent.seconds += self.since.elapsed().as_secs_f64();
        spent.cpu_s += used.cpu_s - self.cpu_s_then;
        spent.peak_bytes = spent.peak_bytes.max(used.resident_bytes);
        (self.now, self.since, self.cpu_s_then) = (stage, Instant::now(), used.cpu_s);
    }
}

fn locked(stages: &Mutex<Stages>) -> std::sync::MutexGuard<'_, Stages> {
    stages.lock().expect("no thread panics while it holds the lock")
}

impl StageWatch {
    fn start() -> Self {
        let stages = Arc::new(Mutex::new(Stages {
            now: 0,
            since: Instant::now(),
            cpu_s_then: Used::now().cpu_s,
            spent: [Spent::default(); STAGES.len()],
        }));
        let stopped = Arc::new(AtomicBool::new(false));
        let sampler = std::thread::spawn({
            let (stages, stopped) = (stages.clone(), stopped.clone());
            move || {
                while !stopped.load(Ordering::Relaxed) {
                    let resident = Used::now().resident_bytes;
                    let mut stages = locked(&stages);
                    let now = stages.now;
                    stages.spent[now].peak_bytes = stages.spent[now].peak_bytes.max(resident);
                    drop(stages);
                    std::thread::sleep(SAMPLED_EVERY);
                }
            }
        });
        Self {
            stages,
            stopped,
            sampler,
        }
    }

    fn task(&self) -> Task {
        let stages = self.stages.clone();
        Task::new(move |progress: &Progress| {
            let stage = STAGES
                .iter()
                .position(|each| *each == progress.stage)
                .unwrap_or(0);
            let mut stages = locked(&stages);
            if stages.now != stage {
                stages.enter(stage);
            }
        })
    }

    fn stop(self) -> Vec<(Stage, Spent)> {
        self.stopped.store(true, Ordering::Relaxed);
        let _ = self.sampler.join();
        let mut stages = locked(&self.stages);
        let last = stages.now;
        stages.enter(last);
        let all = STAGES.into_iter().zip(stages.spent);
        all.filter(|(_, spent)| spent.seconds > 0.005).collect()
    }
}

/// What this process and its children use; nothing where the system does not say.
#[derive(Default)]
struct Used {
    resident_bytes: u64,
    cpu_s: f64,
}

impl Used {
    fn now() -> Self {
        let mut used = Self::default();
        for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
            // `self` and `thread-self` are this process a second and a third time.
            let name = entry.file_name();
            if name.as_encoded_bytes().iter().all(u8::is_ascii_digit) {
                used.add(&entry.path().join("stat"));
            }
        }
        used
    }

    fn add(&mut self, stat: &Path) -> Option<()> {
        let stat = std::fs::read_to_string(stat).ok()?;
        let (name, fields) = stat.rsplit_once(')')?;
        let process: u32 = name.split_whitespace().next()?.parse().ok()?;
        let fields: Vec<&str> = fields.split_whitespace().collect();
        let number = |place: usize| fields.get(place).and_then(|field| field.parse::<u64>().ok());
        let own = process == std::process::id();
        if own || number(1)? == u64::from(std::process::id()) {
            // The times of children that have ended count for their parent.
            let times = if own { 11..15 } else { 11..13 };
            self.cpu_s += times.filter_map(number).sum::<u64>() as f64 / TICKS_A_SECOND;
            self.resident_bytes += number(21)? * 4096;
        }
        Some(())
    }
}
