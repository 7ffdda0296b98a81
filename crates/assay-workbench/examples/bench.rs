//! Indexes and measures a folder, stage by stage, then reviews: `bench FOLDER DOCUMENTS WORKSPACE`.
//!
//! Prints time and peak memory (resident, this process and its worker together) of each stage, and the time from a
//! verdict to its being on disk with the next sample at hand. `scripts/bench.sh` writes the corpora and runs it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use assay_model::{Fault, Progress, Stage, Task};
use assay_review::{Role, Stamp, people};
use assay_workbench::indexing::{IndexOrder, index};
use assay_workbench::wire::{Answer, DecideRequest, QueueCreateRequest, Verdict};
use assay_workbench::{WorkerCommand, Workspace, review, worker};

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
const SAMPLED_EVERY: Duration = Duration::from_millis(20);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|word| word == "__worker") {
        return worker::run().map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS);
    }
    let [folder, documents, workspace] = arguments.as_slice() else {
        eprintln!("usage: bench FOLDER DOCUMENTS WORKSPACE");
        return ExitCode::FAILURE;
    };
    match bench(
        Path::new(folder),
        documents.parse().unwrap_or(0),
        Path::new(workspace),
    ) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn bench(folder: &Path, documents: u64, workspace: &Path) -> Result<(), Fault> {
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
    println!("  stage          seconds  samples/s     MB/s  peak MiB");
    let line = |name: &str, seconds: f64, peak: u64| {
        println!(
            "  {name:<13}{seconds:>9.1}{:>11.0}{:>9.1}{:>10}",
            documents as f64 / seconds,
            megabytes / seconds,
            peak >> 20
        );
    };
    for (stage, seconds, peak) in &stages {
        line(&format!("{stage:?}").to_lowercase(), *seconds, *peak);
    }
    line(
        "all",
        seconds,
        stages.iter().map(|stage| stage.2).max().unwrap_or(0),
    );
    verdicts(&workspace)
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
    };
    let began = Instant::now();
    let queue = review::create(workspace, &mut ledger, &Stamp::now(actor), &request)?;
    println!(
        "  queue of {VERDICTS} drawn and frozen in {:.2} s",
        began.elapsed().as_secs_f64()
    );
    let name = queue.id.to_string();
    let items = review::open(&ledger, &name, actor)?.items;
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
        let decided = review::decide(&mut ledger, &stamp, &request)?;
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

/// Time and peak memory by stage.
struct StageWatch {
    stage: Arc<AtomicU8>,
    stopped: Arc<AtomicBool>,
    peaks: Arc<[AtomicU64; 8]>,
    times: Arc<Mutex<(Instant, [Duration; 8])>>,
    sampler: std::thread::JoinHandle<()>,
}

impl StageWatch {
    fn start() -> Self {
        let (stage, stopped) = (Arc::new(AtomicU8::new(0)), Arc::new(AtomicBool::new(false)));
        let peaks: Arc<[AtomicU64; 8]> = Arc::default();
        let sampler = std::thread::spawn({
            let (stage, stopped, peaks) = (stage.clone(), stopped.clone(), peaks.clone());
            move || {
                while !stopped.load(Ordering::Relaxed) {
                    let now = resident_bytes();
                    peaks[usize::from(stage.load(Ordering::Relaxed))].fetch_max(now, Ordering::Relaxed);
                    std::thread::sleep(SAMPLED_EVERY);
                }
            }
        });
        Self {
            stage,
            stopped,
            peaks,
            times: Arc::new(Mutex::new((Instant::now(), [Duration::ZERO; 8]))),
            sampler,
        }
    }

    fn task(&self) -> Task {
        let (stage, times) = (self.stage.clone(), self.times.clone());
        Task::new(move |progress: &Progress| {
            let now = STAGES
                .iter()
                .position(|each| *each == progress.stage)
                .unwrap_or(0) as u8;
            let before = stage.swap(now, Ordering::Relaxed);
            if before != now {
                let mut times = times.lock().expect("no thread panics while it holds the lock");
                let since = times.0.elapsed();
                times.1[usize::from(before)] += since;
                times.0 = Instant::now();
            }
        })
    }

    fn stop(self) -> Vec<(Stage, f64, u64)> {
        self.stopped.store(true, Ordering::Relaxed);
        let _ = self.sampler.join();
        let mut times = self
            .times
            .lock()
            .expect("no thread panics while it holds the lock");
        let last = usize::from(self.stage.load(Ordering::Relaxed));
        let since = times.0.elapsed();
        times.1[last] += since;
        let seconds = times.1.map(|time| time.as_secs_f64());
        let of = |place: usize| {
            (
                STAGES[place],
                seconds[place],
                self.peaks[place].load(Ordering::Relaxed),
            )
        };
        (0..STAGES.len())
            .map(of)
            .filter(|stage| stage.1 > 0.005)
            .collect()
    }
}

/// Resident memory of this process and its children; 0 where the system does not say.
fn resident_bytes() -> u64 {
    let own = std::process::id();
    let Ok(processes) = std::fs::read_dir("/proc") else {
        return 0;
    };
    processes
        .flatten()
        .filter_map(|entry| {
            let process: u32 = entry.file_name().to_str()?.parse().ok()?;
            let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
            let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
            let parent: u32 = fields.get(1)?.parse().ok()?;
            let pages: u64 = fields.get(21)?.parse().ok()?;
            (process == own || parent == own).then_some(pages * 4096)
        })
        .sum()
}
