//! Inside the worker: read, map, sketch on all cores, send; each on a thread of its own, so that none waits for another.

use std::io::{self, BufWriter, Read, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};

use assay_model::halves::Written;
use assay_model::{Fault, FieldMap, MappedSample, Task, Value};
use assay_read::{Event, Format, Record, SourceFile, read_file};
use assay_sketch::{Sketcher, WordCounts, language_mismatch, personal_data};
use rayon::prelude::*;

use super::fence;
use super::frame::{self, Finished, Frame, Job, PartFacts, Row, WordRow};

/// Records sketched together.
const BATCH_RECORDS: usize = 512;
/// Text sketched together, in bytes: what bounds the worker's memory.
const BATCH_BYTES: usize = 4 << 20;
/// Words counted before they are sent on.
const WORDS_BYTES: usize = 64 << 20;
/// Characters of text a row of the grid shows.
const PREVIEW_CHARACTERS: usize = 160;

/// Runs a worker between standard input and output: the hidden subcommand.
pub fn run() -> io::Result<()> {
    let mut job = Vec::new();
    io::stdin().lock().read_to_end(&mut job)?;
    let job: Job = serde_json::from_slice(&job)?;
    // Before any thread is started: the fence holds for this one and for those that come from it.
    let fence = fence::raise_fence(job.files.iter().map(|file| file.path.as_path()), &job.limits);
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout());
    frame::write(&mut out, &frame::encode(&Frame::Fenced(fence))?)?;
    answer(&job, &mut out, &|file| {
        fence::allow_processor_time(file.bytes, &job.limits);
    })
}

/// What the reading thread hands to the sketching thread.
enum Step {
    Frame(Frame),
    Batch {
        file: u32,
        records: Vec<(Record, MappedSample)>,
    },
    End {
        file: u32,
        finished: Box<Finished>,
    },
}

/// Encoded frames, in order.
type Frames = Vec<Vec<u8>>;

/// Reads every file of `job` and writes frames to `out`.
pub fn serve(job: &Job, out: &mut (impl Write + Send)) -> io::Result<()> {
    answer(job, out, &|_| {})
}

/// The same, with what is done before each file.
fn answer(job: &Job, out: &mut (impl Write + Send), before: &(dyn Fn(&SourceFile) + Sync)) -> io::Result<()> {
    let (steps, received) = sync_channel(4);
    let (frames, encoded) = sync_channel::<Frames>(2);
    std::thread::scope(|scope| {
        let reader = scope.spawn(move || read_all(job, &steps, before));
        let writer = scope.spawn(move || write_all(&encoded, out));
        let sketched = sketch_all(&received, &frames);
        drop((received, frames));
        let ended = [reader.join().map(|()| Ok(())), writer.join()];
        for end in ended {
            end.map_err(|_| io::Error::other("a thread of the worker panicked"))??;
        }
        sketched
    })
}

/// Writes frames as they come; what arrived together goes out at once.
fn write_all(encoded: &Receiver<Frames>, out: &mut impl Write) -> io::Result<()> {
    for frames in encoded {
        for frame in frames {
            frame::write(out, &frame)?;
        }
        out.flush()?;
    }
    Ok(())
}

/// Reads the files in order. Stops silently when nobody listens any more.
fn read_all(job: &Job, steps: &SyncSender<Step>, before: &dyn Fn(&SourceFile)) {
    for (number, file) in job.files.iter().enumerate() {
        before(file);
        let number = number as u32;
        if steps.send(Step::Frame(Frame::Started { file: number })).is_err() {
            return;
        }
        let mut batch = Batch {
            file: number,
            steps,
            records: Vec::new(),
            bytes: 0,
        };
        let last = match batch.read(file, job) {
            Ok(finished) => Step::End {
                file: number,
                finished: Box::new(finished),
            },
            Err(fault) => Step::Frame(Frame::Refused { file: number, fault }),
        };
        if steps.send(last).is_err() {
            return;
        }
    }
    let _ = steps.send(Step::Frame(Frame::Done));
}

/// Records of one file on their way to the sketching thread.
struct Batch<'a> {
    file: u32,
    steps: &'a SyncSender<Step>,
    records: Vec<(Record, MappedSample)>,
    bytes: usize,
}

impl Batch<'_> {
    fn read(&mut self, file: &SourceFile, job: &Job) -> Result<Finished, Fault> {
        let mut recognised = false;
        let mut lines_apply = true;
        let summary = read_file(
            file,
            job.map.as_ref(),
            &job.limits,
            &Task::silent(),
            &mut |event| {
                match event {
                    Event::Shape(shape) => {
                        lines_apply = matches!(shape.format, Format::JsonLines | Format::Delimited(_));
                        self.send(Step::Frame(Frame::ReadAs {
                            file: self.file,
                            description: shape.describe(),
                        }))?;
                    }
                    Event::Mapped {
                        recognised: by_name, ..
                    } => recognised = by_name,
                    Event::Sample { mut record, sample } => {
                        if !lines_apply {
                            record.line = record.ordinal;
                        }
                        self.push(record, sample)?;
                    }
                    Event::Quarantine(row) => {
                        self.send(Step::Frame(Frame::Quarantine { file: self.file, row }))?
                    }
                    Event::Flag(row) => self.send(Step::Frame(Frame::Flag { file: self.file, row }))?,
                    Event::Progress { bytes } => self.send(Step::Frame(Frame::Progress {
                        file: self.file,
                        bytes,
                    }))?,
                }
                Ok(())
            },
        )?;
        self.flush()?;
        Ok(Finished {
            digest: summary.digest.0,
            shape: to_json(&summary.shape)?,
            map: to_json(&summary.map)?,
            recognised,
            indexed: summary.indexed,
            quarantined: summary.quarantined,
        })
    }

    fn push(&mut self, record: Record, sample: MappedSample) -> Result<(), Fault> {
        self.bytes += sample.parts.iter().map(|part| part.text.len()).sum::<usize>();
        self.records.push((record, sample));
        if self.records.len() >= BATCH_RECORDS || self.bytes >= BATCH_BYTES {
            self.flush()
        } else {
            Ok(())
        }
    }

    fn flush(&mut self) -> Result<(), Fault> {
        self.bytes = 0;
        let records = std::mem::take(&mut self.records);
        if records.is_empty() {
            Ok(())
        } else {
            self.send(Step::Batch {
                file: self.file,
                records,
            })
        }
    }

    fn send(&self, step: Step) -> Result<(), Fault> {
        self.steps
            .send(step)
            .map_err(|_| Fault::internal("sending to the sketching thread", "it has stopped"))
    }
}

fn to_json(value: &impl serde::Serialize) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|error| Fault::internal("writing a file's shape", error))
}

/// A core's buffers, and the words it has counted since they were last sent.
#[derive(Default)]
struct Bench {
    sketcher: Sketcher,
    words: WordCounts,
}

/// Sketches batches on all cores and hands the frames on in order. Stops silently when nobody listens any more.
fn sketch_all(steps: &Receiver<Step>, out: &SyncSender<Frames>) -> io::Result<()> {
    let benches = Benches::default();
    for step in steps {
        let frames = match step {
            Step::Frame(next) => {
                if matches!(next, Frame::Refused { .. }) {
                    benches.take_words();
                }
                vec![frame::encode(&next)?]
            }
            Step::Batch { file, records } => {
                let mut frames: Frames = chunks(records)
                    .into_par_iter()
                    .map(|records| benches.rows(file, records))
                    .collect::<io::Result<_>>()?;
                if benches.approx_bytes() > WORDS_BYTES {
                    word_frames(file, benches.take_words(), &mut frames)?;
                }
                frames
            }
            Step::End { file, finished } => {
                let mut frames = Vec::new();
                word_frames(file, benches.take_words(), &mut frames)?;
                frames.push(frame::encode(&Frame::Finished {
                    file,
                    summary: finished,
                })?);
                frames
            }
        };
        if out.send(frames).is_err() {
            return Ok(());
        }
    }
    Ok(())
}

/// The benches at which nobody works at present.
#[derive(Default)]
struct Benches(Mutex<Vec<Bench>>);

impl Benches {
    fn idle(&self) -> MutexGuard<'_, Vec<Bench>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sketches some records of a file into an encoded frame.
    fn rows(&self, file: u32, records: Vec<(Record, MappedSample)>) -> io::Result<Vec<u8>> {
        let idle = self.idle().pop();
        let mut bench = idle.unwrap_or_default();
        let rows = records
            .into_iter()
            .map(|(record, sample)| row(record, &sample, &mut bench))
            .collect();
        self.idle().push(bench);
        frame::encode(&Frame::Rows { file, rows })
    }

    fn approx_bytes(&self) -> usize {
        self.idle().iter().map(|bench| bench.words.approx_bytes()).sum()
    }

    fn take_words(&self) -> WordCounts {
        let mut idle = self.idle();
        let mut all = idle.iter_mut().map(|bench| std::mem::take(&mut bench.words));
        let mut words = all.next().unwrap_or_default();
        all.for_each(|counted| words.merge(counted));
        words
    }
}

fn word_frames(file: u32, words: WordCounts, frames: &mut Frames) -> io::Result<()> {
    for chunk in words.into_sorted_rows().chunks(50_000) {
        let rows = chunk
            .iter()
            .map(|(hash, word, counts)| WordRow {
                hash: *hash,
                word: word.to_string(),
                counts: *counts,
            })
            .collect();
        frames.push(frame::encode(&Frame::Words { file, rows })?);
    }
    Ok(())
}

/// Cuts a batch into a few runs for each core.
fn chunks(mut records: Vec<(Record, MappedSample)>) -> Vec<Vec<(Record, MappedSample)>> {
    let size = records.len().div_ceil(4 * rayon::current_num_threads()).max(1);
    let mut chunks = Vec::new();
    while records.len() > size {
        let rest = records.split_off(size);
        chunks.push(std::mem::replace(&mut records, rest));
    }
    chunks.push(records);
    chunks
}

fn row(record: Record, sample: &MappedSample, bench: &mut Bench) -> Row {
    let texts: Vec<&str> = sample.parts.iter().map(|part| part.text.as_str()).collect();
    let sketch = bench.sketcher.sketch(&sample.parts);
    bench.sketcher.count_words(&mut bench.words);
    let declared = dimension(sample, "language");
    let mismatch = declared.as_deref().is_some_and(|declared| {
        language_mismatch(declared, sketch.detected.as_ref(), sketch.letters as usize)
    });
    let kept = if record.locator.is_none() {
        kept(&record)
    } else {
        None
    };
    Row {
        ordinal: record.ordinal,
        line: record.line,
        locator: record.locator,
        kept,
        key: sample.id.clone(),
        parents: sample.parents.clone(),
        parts: sample
            .parts
            .iter()
            .map(|part| PartFacts {
                role: part.role.clone(),
                origin: part.origin,
                source_class: part.source_class,
            })
            .collect(),
        facts: crate::facts::leaf(
            &sketch.digest,
            sample.parts.iter().map(|part| (part.origin, part.source_class)),
            &crate::facts::written(&sample.dimensions),
        )
        .0,
        dimensions: sample.dimensions.clone(),
        evidence: sample.evidence.clone(),
        origin: sample.origin,
        source_class: sample.source_class,
        confidence: sample.confidence,
        conflict: sample.conflict,
        overlap: sample.overlap,
        preview: preview(&texts),
        personal: personal(&texts),
        declared_language: declared,
        language_mismatch: mismatch,
        sketch,
        embedding: sample.embedding.clone(),
    }
}

fn dimension(sample: &MappedSample, name: &str) -> Option<String> {
    let (_, value) = sample
        .dimensions
        .iter()
        .find(|(dimension, value)| dimension == name && !value.is_null())?;
    Some(value.to_string())
}

/// What in the parts identifies a person, in words; never the data itself.
fn personal(texts: &[&str]) -> String {
    let found = personal_data(texts.iter().copied());
    let words: Vec<String> = found
        .iter()
        .map(|(kind, count)| format!("{} {count}", kind.as_str()))
        .collect();
    words.join(", ")
}

/// The first characters of the parts on one line.
fn preview(texts: &[&str]) -> String {
    let mut out = String::new();
    let mut left = PREVIEW_CHARACTERS;
    for text in texts.iter().filter(|text| !text.trim().is_empty()) {
        if left == 0 {
            break;
        }
        if !out.is_empty() {
            out.push_str(" · ");
        }
        let mut space = false;
        for c in text.trim_start().chars() {
            if left == 0 {
                break;
            }
            if c.is_whitespace() {
                space = true;
                continue;
            }
            if space {
                out.push(' ');
                space = false;
            }
            out.push(c);
            left -= 1;
        }
    }
    out
}

/// The map as a reader of rows needs it: with it a record becomes the sample it was.
pub(crate) fn parse_map(json: &str) -> Result<FieldMap, Fault> {
    serde_json::from_str(json).map_err(|error| Fault::internal("reading a stored map", error))
}

/// A record in the form in which the workspace keeps it: its value, and behind it what its source wrote, where no text holds that.
fn kept(record: &Record) -> Option<Vec<u8>> {
    let bytes = postcard::to_stdvec(&record.value).ok()?;
    match &record.written {
        Some(written) => postcard::to_extend(written, bytes).ok(),
        None => Some(bytes),
    }
}

/// Restores a record that the workspace kept.
pub(crate) fn parse_kept(bytes: &[u8]) -> Result<(Value, Option<Written>), Fault> {
    let failed = |error| Fault::internal("reading a kept record", error);
    let (value, rest) = postcard::take_from_bytes(bytes).map_err(failed)?;
    let written = (!rest.is_empty()).then(|| postcard::from_bytes(rest));
    Ok((value, written.transpose().map_err(failed)?))
}
