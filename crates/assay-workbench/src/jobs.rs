//! Long work behind the window: started, watched, cancelled.
//!
//! Whole snapshots of a job are handed out at most 20 times a second, and none in the first 250 ms,
//! so that quick work never flickers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use assay_index::Watch;
use assay_model::{Code, Fault, Progress, Quarantine, Stage, Task};
use tokio::runtime::Runtime;

use crate::wire::{CodeCount, Job, JobFile, JobFileState, JobState};

const TICK: Duration = Duration::from_millis(50);
const QUIET: Duration = Duration::from_millis(250);
/// Rows a snapshot of a job holds at most.
const FILES_SHOWN: usize = 200;
const QUARANTINE_SHOWN: usize = 50;
/// Rates are taken over this long.
const RATE_WINDOW: Duration = Duration::from_secs(3);

type Listener = Arc<dyn Fn(Job) + Send + Sync>;

/// Runs jobs one at a time, and tells a listener how they go.
pub struct Jobs {
    runtime: Runtime,
    listener: Listener,
    all: Arc<Mutex<Vec<Arc<Running>>>>,
}

/// A job as its worker and its watchers share it.
struct Running {
    task: Task,
    state: Arc<Mutex<Tracked>>,
}

impl Jobs {
    pub fn new(listener: impl Fn(Job) + Send + Sync + 'static) -> Result<Self, Fault> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .max_blocking_threads(2)
            .enable_time()
            .build()
            .map_err(|error| Fault::internal("starting the job runner", error))?;
        Ok(Self {
            runtime,
            listener: Arc::new(listener),
            all: Arc::default(),
        })
    }

    /// Starts `work` and returns the job as it begins. `done` is called on its thread, before the last snapshot goes out.
    pub fn start(
        &self,
        kind: &str,
        dataset: &str,
        work: impl FnOnce(&Task, &JobWatch) -> Result<JobEnd, Fault> + Send + 'static,
        done: impl FnOnce() + Send + 'static,
    ) -> Result<Job, Fault> {
        let mut all = lock(&self.all);
        if all
            .iter()
            .any(|running| lock(&running.state).job.state == JobState::Running)
        {
            return Err(Fault::new(
                Code::NotAllowed,
                "another job is running",
                "wait until it has finished, or stop it",
            ));
        }
        let state = Arc::new(Mutex::new(Tracked::new(all.len() as u64 + 1, kind, dataset)));
        let progress = state.clone();
        let task = Task::new(move |now| lock(&progress).advance(now));
        let running = Arc::new(Running {
            task: task.clone(),
            state: state.clone(),
        });
        all.push(running.clone());
        let listener = self.listener.clone();
        self.runtime.spawn(tell(running.clone(), listener.clone()));
        self.runtime.spawn_blocking(move || {
            let ended = work(&task, &JobWatch { state: state.clone() });
            lock(&state).end(ended);
            done();
            let last = lock(&state).snapshot();
            listener(last);
        });
        let first = lock(&running.state).snapshot();
        Ok(first)
    }

    /// Every job of this session, latest first.
    pub fn list(&self) -> Vec<Job> {
        lock(&self.all)
            .iter()
            .rev()
            .map(|running| lock(&running.state).snapshot())
            .collect()
    }

    /// Asks a job to stop; what it had not finished leaves no trace.
    pub fn cancel(&self, id: u64) {
        for running in lock(&self.all).iter() {
            if lock(&running.state).job.id == id {
                running.task.cancel();
            }
        }
    }

    /// Stops whatever runs: before the workspace is closed.
    pub fn cancel_all(&self) {
        lock(&self.all).iter().for_each(|running| running.task.cancel());
    }

    /// Whether something runs.
    pub fn is_busy(&self) -> bool {
        lock(&self.all)
            .iter()
            .any(|running| lock(&running.state).job.state == JobState::Running)
    }
}

/// Sends snapshots while the job runs.
async fn tell(running: Arc<Running>, listener: Listener) {
    tokio::time::sleep(QUIET).await;
    loop {
        let snapshot = lock(&running.state).snapshot();
        if snapshot.state != JobState::Running {
            return;
        }
        listener(snapshot);
        tokio::time::sleep(TICK).await;
    }
}

/// What a job that succeeded has to say.
#[derive(Clone, Copy, Debug, Default)]
pub struct JobEnd {
    pub snapshot: u64,
    pub new_snapshot: Option<bool>,
}

/// Lets the work of a job say what happens to its files.
#[derive(Clone)]
pub struct JobWatch {
    state: Arc<Mutex<Tracked>>,
}

impl JobWatch {
    /// Takes in one step of an indexing run.
    pub fn see(&self, step: Watch<'_>) {
        lock(&self.state).see(step);
    }

    /// Names the snapshot that is being made.
    pub fn snapshot(&self, number: u64) {
        lock(&self.state).job.snapshot = number;
    }
}

/// A job's latest state, and what its rates are computed from.
struct Tracked {
    job: Job,
    began: Instant,
    /// Those to read first, in the order in which the worker counts them; then those carried over.
    files: Vec<JobFile>,
    quarantine_counts: BTreeMap<Code, u64>,
    rates: Vec<(Instant, u64, u64)>,
}

impl Tracked {
    fn new(id: u64, kind: &str, dataset: &str) -> Self {
        let job = Job {
            id,
            kind: kind.to_owned(),
            dataset: dataset.to_owned(),
            snapshot: 0,
            state: JobState::Running,
            progress: Progress::default(),
            elapsed_s: 0.0,
            samples_per_s: 0.0,
            bytes_per_s: 0.0,
            left_s: None,
            files: Vec::new(),
            quarantine: Vec::new(),
            quarantine_counts: Vec::new(),
            refused: Vec::new(),
            fault: None,
            new_snapshot: None,
        };
        Self {
            job,
            began: Instant::now(),
            files: Vec::new(),
            quarantine_counts: BTreeMap::new(),
            rates: Vec::new(),
        }
    }

    /// Takes in progress. Measuring counts nothing, so what indexing counted stays.
    fn advance(&mut self, now: &Progress) {
        if matches!(now.stage, Stage::Walking | Stage::Reading) {
            self.job.progress = now.clone();
        } else {
            self.job.progress.stage = now.stage;
            self.job.progress.fraction = now.fraction;
        }
    }

    fn see(&mut self, step: Watch<'_>) {
        match step {
            Watch::Walked(files) => {
                self.files = files
                    .iter()
                    .map(|(file, carried)| job_file(file, *carried))
                    .collect();
            }
            Watch::ReadAs { file, description } => self.file(file, |row| {
                row.read_as = description.to_owned();
                row.state = JobFileState::Reading;
            }),
            Watch::Progress { file, bytes } => self.file(file, |row| {
                row.fraction = if row.bytes == 0 {
                    1.0
                } else {
                    (bytes as f64 / row.bytes as f64).min(1.0)
                };
            }),
            Watch::Rows { file, records } => self.file(file, |row| row.records += records),
            Watch::Quarantine { file, row } => {
                self.file(file, |file| file.quarantined += 1);
                self.quarantined(row);
            }
            Watch::Done { file } => self.file(file, |row| {
                row.state = JobFileState::Done;
                row.fraction = 1.0;
            }),
            Watch::Refused { file, refusal } => {
                if let Some(file) = file {
                    self.file(file, |row| {
                        row.state = JobFileState::Refused;
                        row.message = Some(refusal.message.clone());
                        row.records = 0;
                    });
                }
                if self.job.refused.len() < FILES_SHOWN {
                    self.job.refused.push(refusal.clone());
                }
            }
        }
    }

    fn file(&mut self, file: usize, change: impl FnOnce(&mut JobFile)) {
        if let Some(row) = self.files.get_mut(file) {
            change(row);
        }
    }

    fn quarantined(&mut self, row: &Quarantine) {
        *self.quarantine_counts.entry(row.code).or_default() += 1;
        if self.job.quarantine.len() >= QUARANTINE_SHOWN {
            self.job.quarantine.remove(0);
        }
        self.job.quarantine.push(row.clone());
    }

    fn end(&mut self, ended: Result<JobEnd, Fault>) {
        match ended {
            Ok(end) => {
                self.job.state = JobState::Succeeded;
                self.job.snapshot = end.snapshot;
                self.job.new_snapshot = end.new_snapshot;
            }
            Err(fault) if fault.code == Code::Cancelled => self.job.state = JobState::Canceled,
            Err(fault) => {
                self.job.state = JobState::Failed;
                self.job.fault = Some(fault);
            }
        }
    }

    /// The job as it stands now.
    fn snapshot(&mut self) -> Job {
        if self.job.state == JobState::Running {
            self.job.elapsed_s = self.began.elapsed().as_secs_f64();
            self.update_rates();
        }
        let mut job = self.job.clone();
        job.files = shown(&self.files);
        job.quarantine_counts = self
            .quarantine_counts
            .iter()
            .map(|(code, count)| CodeCount {
                code: code.to_string(),
                meaning: code.meaning().to_owned(),
                count: *count,
            })
            .collect();
        job.quarantine_counts
            .sort_by_key(|counted| std::cmp::Reverse(counted.count));
        job
    }

    fn update_rates(&mut self) {
        let now = Instant::now();
        let (samples, bytes) = (self.job.progress.seen, self.job.progress.bytes_done);
        self.rates.push((now, samples, bytes));
        self.rates.retain(|(then, _, _)| now - *then <= RATE_WINDOW);
        let Some((then, samples_then, bytes_then)) = self.rates.first() else {
            return;
        };
        let seconds = (now - *then).as_secs_f64();
        if seconds < 0.2 {
            return;
        }
        self.job.samples_per_s = samples.saturating_sub(*samples_then) as f64 / seconds;
        self.job.bytes_per_s = bytes.saturating_sub(*bytes_then) as f64 / seconds;
        let left = self.job.progress.bytes_total.saturating_sub(bytes) as f64;
        self.job.left_s = (self.job.bytes_per_s > 0.0).then(|| left / self.job.bytes_per_s);
    }
}

fn job_file(file: &assay_read::SourceFile, carried: bool) -> JobFile {
    JobFile {
        path: file.relative.clone(),
        read_as: String::new(),
        bytes: file.bytes,
        records: 0,
        quarantined: 0,
        state: if carried {
            JobFileState::Carried
        } else {
            JobFileState::Waiting
        },
        fraction: 0.0,
        message: None,
    }
}

/// Files in the order a watcher cares for: being read, refused, done, waiting, carried over.
fn shown(files: &[JobFile]) -> Vec<JobFile> {
    let order = |state: JobFileState| match state {
        JobFileState::Reading => 0,
        JobFileState::Refused => 1,
        JobFileState::Done => 2,
        JobFileState::Waiting => 3,
        JobFileState::Carried => 4,
    };
    let mut rows: Vec<&JobFile> = files.iter().collect();
    rows.sort_by_key(|file| order(file.state));
    rows.into_iter().take(FILES_SHOWN).cloned().collect()
}

/// A poisoned lock means a panic that was already reported; the data behind it is plain and stays usable.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
