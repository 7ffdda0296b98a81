//! Outside the worker: start it, listen, and go on when it dies.

use std::io::{self, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use assay_model::{Code, Fault, FieldMap, Flag, Quarantine, Task};
use assay_read::{Limits, SourceFile};

use super::fence::Fence;
use super::frame::{self, Finished, Frame, Job, Row, WordRow};

/// How a worker is started.
#[derive(Clone, Debug)]
pub enum WorkerCommand {
    /// An executable with arguments that lead to `worker::run`.
    Process {
        program: PathBuf,
        arguments: Vec<String>,
    },
    /// A thread of this process, for tests of what lies above the pipe.
    Thread,
}

impl WorkerCommand {
    /// This executable with the hidden subcommand.
    pub fn this_executable() -> Result<Self, Fault> {
        let program =
            std::env::current_exe().map_err(|error| Fault::internal("finding this executable", error))?;
        Ok(Self::Process {
            program,
            arguments: vec!["__worker".to_owned()],
        })
    }
}

/// What a worker did. `file` is the index into the files that were asked for.
#[derive(Debug)]
pub enum WorkerEvent {
    Started,
    ReadAs(String),
    Rows(Vec<Row>),
    Words(Vec<WordRow>),
    Quarantine(Quarantine),
    Flag(Flag),
    Progress(u64),
    Finished(Box<Finished>),
    /// Including files at which the worker died.
    Refused(Fault),
}

/// Reads `files` in worker processes and hands each event to `each`, in order.
///
/// A worker that dies costs the file it was reading; the rest goes to a new one.
pub fn read_files(
    command: &WorkerCommand,
    files: &[SourceFile],
    map: Option<&FieldMap>,
    limits: &Limits,
    task: &Task,
    each: &mut dyn FnMut(usize, WorkerEvent) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut next = 0;
    while next < files.len() {
        let job = Job {
            files: files[next..].to_vec(),
            map: map.cloned(),
            limits: limits.clone(),
        };
        let mut reading = None;
        let ended = converse(command, &job, task, &mut |frame| {
            let (file, event) = event_of(frame);
            reading = match event {
                WorkerEvent::Finished(_) | WorkerEvent::Refused(_) => None,
                _ => Some(file),
            };
            if reading.is_none() {
                next += 1;
            }
            each(next - usize::from(reading.is_none()), event)
        })?;
        if let Ended::Died(how) = ended {
            each(next, WorkerEvent::Refused(crashed(&files[next], &how)))?;
            next += 1;
        }
    }
    Ok(())
}

fn event_of(frame: Frame) -> (usize, WorkerEvent) {
    let (file, event) = match frame {
        Frame::Started { file } => (file, WorkerEvent::Started),
        Frame::ReadAs { file, description } => (file, WorkerEvent::ReadAs(description)),
        Frame::Rows { file, rows } => (file, WorkerEvent::Rows(rows)),
        Frame::Words { file, rows } => (file, WorkerEvent::Words(rows)),
        Frame::Quarantine { file, row } => (file, WorkerEvent::Quarantine(row)),
        Frame::Flag { file, row } => (file, WorkerEvent::Flag(row)),
        Frame::Progress { file, bytes } => (file, WorkerEvent::Progress(bytes)),
        Frame::Finished { file, summary } => (file, WorkerEvent::Finished(summary)),
        Frame::Refused { file, fault } => (file, WorkerEvent::Refused(fault)),
        Frame::Fenced(_) | Frame::Done => unreachable!("the conversation keeps these to itself"),
    };
    (file as usize, event)
}

fn crashed(file: &SourceFile, how: &str) -> Fault {
    Fault::new(
        Code::WorkerCrashed,
        format!("reading this file ended the worker process ({how})"),
        "the other files were read; please report this with the file",
    )
    .at(file.relative.clone())
}

enum Ended {
    Done,
    /// Before it was done; how, in words.
    Died(String),
}

fn converse(
    command: &WorkerCommand,
    job: &Job,
    task: &Task,
    each: &mut dyn FnMut(Frame) -> Result<(), Fault>,
) -> Result<Ended, Fault> {
    match command {
        WorkerCommand::Process { program, arguments } => {
            let mut child = Killed(spawn(program, arguments)?);
            send_job(&mut child.0, job)?;
            let output = child.0.stdout.take().expect("standard output is piped");
            let patience = Duration::from_secs(job.limits.silence_s);
            let (heard, ended) = watched(child, patience, |heard| {
                listen(BufReader::with_capacity(1 << 20, output), task, &mut |frame| {
                    heard();
                    // What is done with a frame is our time, not the worker's.
                    let taken = each(frame);
                    heard();
                    taken
                })
            });
            Ok(match (ended?, heard) {
                (true, _) => Ended::Done,
                (false, How::Silent) => {
                    Ended::Died(format!("it said nothing for {} s", job.limits.silence_s))
                }
                (false, How::Ended(status)) => Ended::Died(status),
            })
        }
        WorkerCommand::Thread => {
            let (reader, mut writer) =
                io::pipe().map_err(|error| Fault::internal("opening a pipe", error))?;
            std::thread::scope(|scope| {
                scope.spawn(move || {
                    let _ = super::serve(job, &mut writer);
                });
                let ended = listen(BufReader::new(reader), task, each)?;
                Ok(if ended {
                    Ended::Done
                } else {
                    Ended::Died("the thread ended early".to_owned())
                })
            })
        }
    }
}

/// How a process came to its end.
enum How {
    Ended(String),
    /// It was ended because it said nothing for too long.
    Silent,
}

/// Holds a conversation with a child, which is killed once it has been silent for too long, so that a parser that never ends
/// costs its file, and as soon as nobody listens any more.
fn watched(
    mut child: Killed,
    patience: Duration,
    conversation: impl FnOnce(&dyn Fn()) -> Result<bool, Fault>,
) -> (How, Result<bool, Fault>) {
    let (tick, ticks) = channel::<()>();
    std::thread::scope(|scope| {
        let watch = scope.spawn(move || {
            let mut heard = std::iter::from_fn(|| Some(ticks.recv_timeout(patience)));
            let last = heard.find(Result::is_err);
            let silent = last == Some(Err(RecvTimeoutError::Timeout));
            // A worker that is done ends by itself; the others would go on until they next speak.
            let _ = child.0.kill();
            let status = child.0.wait();
            let status = status.map_or_else(|error| error.to_string(), |status| status.to_string());
            if silent { How::Silent } else { How::Ended(status) }
        });
        // Nobody waits for the tick once the watch is over.
        let found = conversation(&|| {
            let _ = tick.send(());
        });
        drop(tick);
        let how = watch.join();
        (
            how.unwrap_or_else(|_| How::Ended("it could not be watched".to_owned())),
            found,
        )
    })
}

/// What would hold for a worker that this command starts: asked of one without files.
pub fn fence_of(command: &WorkerCommand) -> Result<Fence, Fault> {
    let WorkerCommand::Process { program, arguments } = command else {
        return Ok(Fence::default());
    };
    let job = Job {
        files: Vec::new(),
        map: None,
        limits: Limits::default(),
    };
    let mut child = Killed(spawn(program, arguments)?);
    send_job(&mut child.0, &job)?;
    let output = child.0.stdout.take().expect("standard output is piped");
    match frame::read(&mut BufReader::new(output), &mut Vec::new()) {
        Ok(Some(Frame::Fenced(fence))) => Ok(fence),
        _ => Err(Fault::internal(
            "asking a worker what holds for it",
            "it said something else",
        )),
    }
}

/// A child that does not outlive its conversation.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn spawn(program: &PathBuf, arguments: &[String]) -> Result<Child, Fault> {
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| Fault::internal("starting the worker", error).at(program.display().to_string()))
}

fn send_job(child: &mut Child, job: &Job) -> Result<(), Fault> {
    let failed = |error: &dyn std::fmt::Display| Fault::internal("handing the worker its job", error);
    let job = serde_json::to_vec(job).map_err(|error| failed(&error))?;
    let mut input = child.stdin.take().expect("standard input is piped");
    match input.write_all(&job) {
        // A worker that died at once is told apart when its output ends.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(|error| failed(&error)),
    }
}

/// Hands on frames until the worker is done (true) or its output ends early (false).
fn listen(
    mut output: impl Read,
    task: &Task,
    each: &mut dyn FnMut(Frame) -> Result<(), Fault>,
) -> Result<bool, Fault> {
    let mut buffer = Vec::new();
    loop {
        task.check()?;
        match frame::read(&mut output, &mut buffer) {
            Ok(Some(Frame::Done)) => return Ok(true),
            Ok(Some(Frame::Fenced(_))) => {}
            Ok(Some(frame)) => each(frame)?,
            Ok(None) | Err(_) => return Ok(false),
        }
    }
}
