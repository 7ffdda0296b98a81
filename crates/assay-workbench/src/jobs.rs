//! Long work behind the window: started, watched, cancelled.
//!
//! Two lanes: what writes a snapshot, and what looks at some. One job at a time in each, so that a comparison
//! need not wait for an indexing run, and memory stays flat; whoever looks waits for the one before. Whole
//! snapshots of a job are handed out at most 20 times a second, and none in the first 250 ms, so that quick
//! work never flickers.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, TryLockError};
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

/// How often a job that waits looks whether it is its turn.
const TURN: Duration = Duration::from_millis(20);
/// Jobs that only looked and have ended, of which the list still tells.
const ENDED: usize = 20;
/// Threads for jobs: one that writes, one that looks, and those that wait for it.
const THREADS: usize = 16;

/// What a job does to the workspace.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lane {
    Writing,
    Looking,
}

/// Runs jobs, one at a time in each lane, and tells a listener how they go.
pub struct Jobs {
    runtime: Runtime,
    listener: Listener,
    all: Arc<Mutex<Vec<Arc<Running>>>>,
    next: AtomicU64,
    looking: Arc<Mutex<()>>,
}

/// A job as its worker and its watchers share it.
struct Running {
    lane: Lane,
    /// What is looked for, so that it is not looked for twice at a time.
    key: Option<String>,
    task: Task,
    state: Arc<Mutex<Tracked>>,
}

impl Running {
    fn is_under_way(&self) -> bool {
        matches!(lock(&self.state).job.state, JobState::Running | JobState::Queued)
    }
}

impl Jobs {
    pub fn new(listener: impl Fn(Job) + Send + Sync + 'static) -> Result<Self, Fault> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .max_blocking_threads(THREADS)
            .enable_time()
            .build()
            .map_err(|error| Fault::internal("starting the job runner", error))?;
        Ok(Self {
            runtime,
            listener: Arc::new(listener),
            all: Arc::default(),
            next: AtomicU64::new(1),
            looking: Arc::default(),
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
        let busy = |running: &Arc<Running>| running.lane == Lane::Writing && running.is_under_way();
        if all.iter().any(busy) {
            return Err(Fault::new(
                Code::NotAllowed,
                "another job is running",
                "wait until it has finished, or stop it",
            ));
        }
        let running = self.enter(&mut all, Lane::Writing, None, kind, dataset);
        let (listener, state, task) = (self.listener.clone(), running.state.clone(), running.task.clone());
        lock(&state).begin();
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

    /// Starts `work` that only looks, when its turn comes; returns the job of the same key where one is under way.
    pub fn look(
        &self,
        kind: &str,
        about: &str,
        key: &str,
        work: impl FnOnce(&Task) -> Result<(), Fault> + Send + 'static,
    ) -> Job {
        let mut all = lock(&self.all);
        let same = |running: &&Arc<Running>| running.key.as_deref() == Some(key) && running.is_under_way();
        if let Some(running) = all.iter().find(same) {
            return lock(&running.state).snapshot();
        }
        forget_ended(&mut all);
        let running = self.enter(&mut all, Lane::Looking, Some(key), kind, about);
        let (listener, state, task) = (self.listener.clone(), running.state.clone(), running.task.clone());
        let looking = self.looking.clone();
        self.runtime.spawn_blocking(move || {
            // Whoever asks for the same again must not be given a job that will never end.
            let looked = std::panic::catch_unwind(AssertUnwindSafe(|| {
                turn(&looking, &task).and_then(|_turn| {
                    lock(&state).begin();
                    work(&task)
                })
            }));
            let ended = looked
                .unwrap_or_else(|_| Err(Fault::internal("finding an answer", "the work ended in a panic")));
            lock(&state).end(ended.map(|()| JobEnd::default()));
            let last = lock(&state).snapshot();
            listener(last);
        });
        lock(&running.state).snapshot()
    }

    fn enter(
        &self,
        all: &mut Vec<Arc<Running>>,
        lane: Lane,
        key: Option<&str>,
        kind: &str,
        about: &str,
    ) -> Arc<Running> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let state = Arc::new(Mutex::new(Tracked::new(id, kind, about)));
        let progress = state.clone();
        let running = Arc::new(Running {
            lane,
            key: key.map(str::to_owned),
            task: Task::new(move |now| lock(&progress).advance(now)),
            state,
        });
        all.push(running.clone());
        self.runtime.spawn(tell(running.clone(), self.listener.clone()));
        running
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

    /// Stops what only looks: nothing is lost by it.
    pub fn cancel_looking(&self) {
        let all = lock(&self.all);
        let looking = all.iter().filter(|running| running.lane == Lane::Looking);
        looking.for_each(|running| running.task.cancel());
    }

    /// Whether something writes.
    pub fn is_busy(&self) -> bool {
        lock(&self.all)
            .iter()
            .any(|running| running.lane == Lane::Writing && running.is_under_way())
    }
}

/// Waits until no other job looks, or fails once the task was cancelled.
fn turn<'a>(looking: &'a Mutex<()>, task: &Task) -> Result<MutexGuard<'a, ()>, Fault> {
    loop {
        task.check()?;
        match looking.try_lock() {
            Ok(turn) => return Ok(turn),
            Err(TryLockError::Poisoned(poisoned)) => return Ok(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => std::thread::sleep(TURN),
        }
    }
}

/// Forgets the jobs that only looked and ended longest ago.
fn forget_ended(all: &mut Vec<Arc<Running>>) {
    let ended = |running: &Running| running.lane == Lane::Looking && !running.is_under_way();
    let mut over = all
        .iter()
        .filter(|running| ended(running))
        .count()
        .saturating_sub(ENDED);
    all.retain(|running| {
        let goes = over > 0 && ended(running);
        over -= usize::from(goes);
        !goes
    });
}

/// Sends snapshots while the job runs.
async fn tell(running: Arc<Running>, listener: Listener) {
    tokio::time::sleep(QUIET).await;
    loop {
        let snapshot = lock(&running.state).snapshot();
        if !matches!(snapshot.state, JobState::Running | JobState::Queued) {
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
            state: JobState::Queued,
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

    /// It is this job's turn.
    fn begin(&mut self) {
        self.began = Instant::now();
        self.job.state = JobState::Running;
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    /// Jobs whose last snapshots come out of a channel.
    fn jobs() -> (Jobs, mpsc::Receiver<Job>) {
        let (out, ended) = mpsc::channel();
        let jobs = Jobs::new(move |job| {
            if !matches!(job.state, JobState::Running | JobState::Queued) {
                let _ = out.send(job);
            }
        });
        (jobs.unwrap(), ended)
    }

    fn until_cancelled(task: &Task) -> Result<(), Fault> {
        loop {
            task.check()?;
            std::thread::yield_now();
        }
    }

    #[test]
    fn what_is_looked_for_already_is_not_looked_for_twice() {
        let (jobs, ended) = jobs();
        let first = jobs.look("compare", "a", "key", until_cancelled);
        let again = jobs.look("compare", "a", "key", |_| Ok(()));
        assert_eq!(first.id, again.id);
        jobs.cancel(first.id);
        assert_eq!(ended.recv().unwrap().state, JobState::Canceled);
        let later = jobs.look("compare", "a", "key", |_| Ok(()));
        assert_ne!(later.id, first.id);
        assert_eq!(ended.recv().unwrap().state, JobState::Succeeded);
    }

    #[test]
    fn one_that_waits_for_its_turn_can_be_stopped() {
        let (jobs, ended) = jobs();
        let first = jobs.look("gates", "a", "one", until_cancelled);
        while !jobs.list().iter().any(|job| job.state == JobState::Running) {
            std::thread::yield_now();
        }
        let second = jobs.look("compare", "a", "two", |_| panic!("it never gets its turn"));
        assert_eq!(second.state, JobState::Queued);
        jobs.cancel(second.id);
        let stopped = ended.recv().unwrap();
        assert_eq!((stopped.id, stopped.state), (second.id, JobState::Canceled));
        jobs.cancel(first.id);
        assert_eq!(ended.recv().unwrap().id, first.id);
    }

    #[test]
    fn looking_neither_waits_for_writing_nor_counts_as_being_busy() {
        let (jobs, ended) = jobs();
        jobs.look("gates", "a", "one", until_cancelled);
        assert!(!jobs.is_busy());
        let written = jobs
            .start(
                "index",
                "a",
                |task, _| until_cancelled(task).map(|()| JobEnd::default()),
                || {},
            )
            .unwrap();
        assert!(jobs.is_busy());
        assert_eq!(
            jobs.start("index", "b", |_, _| Ok(JobEnd::default()), || {})
                .unwrap_err()
                .code,
            Code::NotAllowed
        );
        jobs.cancel_looking();
        assert_eq!(ended.recv().unwrap().kind, "gates");
        jobs.cancel(written.id);
        assert_eq!(ended.recv().unwrap().kind, "index");
    }

    #[test]
    fn a_job_that_fails_says_why() {
        let (jobs, ended) = jobs();
        jobs.look("leak", "a", "one", |_| {
            Err(Fault::new(Code::NotFound, "there is nothing", "look elsewhere"))
        });
        let failed = ended.recv().unwrap();
        assert_eq!(
            (failed.state, failed.fault.unwrap().code),
            (JobState::Failed, Code::NotFound)
        );
    }

    #[test]
    fn a_job_that_panics_has_failed_and_the_next_gets_its_turn() {
        let (jobs, ended) = jobs();
        jobs.look("compare", "a", "one", |_| panic!("on purpose"));
        assert_eq!(ended.recv().unwrap().state, JobState::Failed);
        jobs.look("compare", "a", "one", |_| Ok(()));
        assert_eq!(ended.recv().unwrap().state, JobState::Succeeded);
    }
}
