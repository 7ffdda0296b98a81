//! The indexing pass: walk, carry over what did not change, read the rest, seal a snapshot.
//!
//! The whole run is one transaction: cancelled, killed or failed, it leaves the previous snapshot.

mod bulk;
mod seal;
mod unchanged;

pub(crate) use seal::roots;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use assay_model::{Code, Digest, Fault, FieldMap, Flag, Progress, Quarantine, Refusal, Stage, Task};
use assay_read::{Found, FoundRelease, Limits, SourceFile, map_digest, walk};
use rusqlite::{Transaction, TransactionBehavior, params};

use crate::columns::{ColumnWriter, tokens_by_origin};
use crate::database::Index;
use crate::fault;
use crate::kept::KeptWriter;
use crate::rows::RowWriter;
use crate::snapshots::Snapshot;
use crate::worker::{Finished, Row, WorkerCommand, WorkerEvent, read_files};
use bulk::Deferred;

/// Names the rules by which fields are recognised without a map; changes when those rules do.
const RECOGNITION: &str = "recognised by name, rules 2";

/// What to index.
#[derive(Clone, Debug)]
pub struct IndexRequest {
    pub dataset: String,
    pub inputs: Vec<PathBuf>,
    pub map: Option<FieldMap>,
    pub limits: Limits,
    pub worker: WorkerCommand,
    /// `assay x.y.z`
    pub tool: String,
    /// RFC 3339.
    pub now: String,
}

/// How an indexing run ended.
#[derive(Clone, Debug)]
pub enum Indexed {
    New(Snapshot),
    /// Same content under the same map: the latest snapshot stands.
    Unchanged(Snapshot),
}

/// What happens while indexing, for those who draw it. `file` is an index into `Walked`.
pub enum Watch<'a> {
    /// Files in reading order, and whether each is carried over.
    Walked(&'a [(SourceFile, bool)]),
    ReadAs {
        file: usize,
        description: &'a str,
    },
    Progress {
        file: usize,
        bytes: u64,
    },
    Rows {
        file: usize,
        records: u64,
    },
    Quarantine {
        file: usize,
        row: &'a Quarantine,
    },
    Done {
        file: usize,
    },
    /// `file` is absent for what the walk refused.
    Refused {
        file: Option<usize>,
        refusal: &'a Refusal,
    },
}

/// Indexes `request.inputs` as the dataset's next snapshot.
pub fn index(
    index: &mut Index,
    request: &IndexRequest,
    task: &Task,
    watch: &mut dyn FnMut(Watch<'_>),
) -> Result<Indexed, Fault> {
    let began = std::time::Instant::now();
    task.report(&Progress::default());
    let found = walk(&request.inputs, task)?;
    let digest_of_map = request
        .map
        .as_ref()
        .map_or_else(|| Digest::of(RECOGNITION.as_bytes()), map_digest);
    let previous = match index.dataset_id(&request.dataset)? {
        Some(_) => index.snapshots(&request.dataset)?.pop(),
        None => None,
    };
    let folder = index.folder.clone();
    let transaction = index
        .connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(fault::sql("starting to index"))?;
    let mut run = Run::start(transaction, &folder, request, digest_of_map)?;
    let segment_folder = run.segment_folder.clone();
    let sealed = match run.all(found, previous.as_ref(), task, watch) {
        Ok(true) => run.seal(began.elapsed().as_secs_f64()).map(Some),
        Ok(false) => run.abandon().map(|()| None),
        Err(fault) => run.abandon().and(Err(fault)),
    };
    match (sealed, previous) {
        (Ok(Some(number)), _) => index
            .snapshot(Some(&request.dataset), Some(number))
            .map(Indexed::New),
        (Ok(None), Some(previous)) => {
            remove_folder(&segment_folder);
            Ok(Indexed::Unchanged(previous))
        }
        (Ok(None), None) => unreachable!("only a previous snapshot can be unchanged"),
        (Err(fault), _) => {
            remove_folder(&segment_folder);
            Err(fault)
        }
    }
}

/// Best effort: a folder that stays behind is not referred to, and the next run with its number replaces it.
fn remove_folder(folder: &Path) {
    let _ = std::fs::remove_dir_all(folder);
}

/// One indexing run.
struct Run<'a> {
    transaction: Transaction<'a>,
    request: &'a IndexRequest,
    digest_of_map: Digest,
    dataset: i64,
    snapshot: i64,
    segment_folder: PathBuf,
    deferred: Deferred,
    columns: Option<ColumnWriter>,
    kept: KeptWriter,
    next_sample: i64,
    next_file: i64,
    files_seen: u64,
    members: Vec<Member>,
    refusals: Vec<Refusal>,
    releases: Vec<FoundRelease>,
    progress: Progress,
}

/// A file of the new snapshot.
struct Member {
    path: String,
    source: OsString,
    modified_ns: i64,
    file: i64,
    indexed: u64,
}

impl<'a> Run<'a> {
    fn start(
        transaction: Transaction<'a>,
        folder: &Path,
        request: &'a IndexRequest,
        digest_of_map: Digest,
    ) -> Result<Self, Fault> {
        let failed = fault::sql("starting to index");
        let next = |column: &str, table: &str| -> Result<i64, Fault> {
            let query = format!("SELECT coalesce(max({column}), 0) + 1 FROM {table}");
            transaction
                .query_row(&query, [], |row| row.get(0))
                .map_err(&failed)
        };
        transaction
            .execute(
                "INSERT OR IGNORE INTO dataset (name) VALUES (?1)",
                [&request.dataset],
            )
            .map_err(&failed)?;
        let dataset = transaction
            .query_row(
                "SELECT id FROM dataset WHERE name = ?1",
                [&request.dataset],
                |row| row.get(0),
            )
            .map_err(&failed)?;
        let (next_sample, next_file, snapshot) = (
            next("id", "sample")?,
            next("id", "file")?,
            next("id", "snapshot")?,
        );
        let segment_folder = folder.join("features").join(snapshot.to_string());
        // A run that was killed may have left its folder behind.
        remove_folder(&segment_folder);
        Ok(Self {
            deferred: Deferred::take_away(&transaction).map_err(&failed)?,
            kept: KeptWriter::new(&segment_folder),
            transaction,
            request,
            digest_of_map,
            dataset,
            snapshot,
            segment_folder,
            columns: None,
            next_sample,
            next_file,
            files_seen: 0,
            members: Vec::new(),
            refusals: Vec::new(),
            releases: Vec::new(),
            progress: Progress {
                stage: Stage::Reading,
                ..Progress::default()
            },
        })
    }

    /// Reads everything; false when the content is that of `previous`.
    fn all(
        &mut self,
        found: Vec<Found>,
        previous: Option<&Snapshot>,
        task: &Task,
        watch: &mut dyn FnMut(Watch<'_>),
    ) -> Result<bool, Fault> {
        let is_file = |found: &&Found| !matches!(found, Found::Release(_));
        self.files_seen = found.iter().filter(is_file).count() as u64;
        let broken = self.broken_segments(previous)?;
        let mut to_read = Vec::new();
        let mut walked = Vec::new();
        for found in found {
            task.check()?;
            match found {
                Found::Release(release) => self.releases.push(release),
                Found::Refused(refusal) => {
                    watch(Watch::Refused {
                        file: None,
                        refusal: &refusal,
                    });
                    self.refusals.push(refusal);
                }
                Found::File(file) => match self.carried(previous, &broken, &file)? {
                    Some(carried) => {
                        self.carry(&file, &carried);
                        walked.push((file, true));
                    }
                    None => {
                        to_read.push(file.clone());
                        walked.push((file, false));
                    }
                },
            }
        }
        walked.sort_by_key(|(_, carried)| *carried);
        watch(Watch::Walked(&walked));
        self.progress.files_total = walked.len() as u64;
        self.progress.files_carried = walked.iter().filter(|(_, carried)| *carried).count() as u64;
        self.progress.files_done = self.progress.files_carried;
        self.progress.bytes_total = to_read.iter().map(|file| file.bytes).sum();
        self.progress.files_refused = self.refusals.len() as u64;
        task.report(&self.progress);
        if !to_read.is_empty() {
            self.read(&to_read, task, watch)?;
        }
        if self.members.is_empty() {
            return Err(self.nothing_read());
        }
        Ok(!self.same_as(previous)?)
    }

    fn read(
        &mut self,
        files: &[SourceFile],
        task: &Task,
        watch: &mut dyn FnMut(Watch<'_>),
    ) -> Result<(), Fault> {
        let mut columns = ColumnWriter::create(&self.segment_folder)?;
        let mut reading: Option<Reading> = None;
        let mut bytes_before = 0;
        let request = self.request;
        read_files(
            &request.worker,
            files,
            request.map.as_ref(),
            &request.limits,
            task,
            &mut |file, event| {
                let source = &files[file];
                let current = reading.get_or_insert_with(|| Reading::of(self, source));
                match event {
                    WorkerEvent::Started => {}
                    WorkerEvent::ReadAs(description) => watch(Watch::ReadAs {
                        file,
                        description: &description,
                    }),
                    WorkerEvent::Rows(rows) => {
                        watch(Watch::Rows {
                            file,
                            records: rows.len() as u64,
                        });
                        self.push_rows(current, &rows, &mut columns)?;
                        task.report(&self.progress);
                    }
                    WorkerEvent::Words(words) => columns.push_words(current.file as u32, &words)?,
                    WorkerEvent::Quarantine(row) => {
                        watch(Watch::Quarantine { file, row: &row });
                        self.progress.quarantined += 1;
                        self.progress.seen += 1;
                        current.writer(self).push_quarantine(current.file, &row)?;
                    }
                    WorkerEvent::Flag(row) => current.writer(self).push_flag(current.file, &row)?,
                    WorkerEvent::Progress(bytes) => {
                        watch(Watch::Progress { file, bytes });
                        self.progress.bytes_done = bytes_before + bytes.min(source.bytes);
                        task.report(&self.progress);
                    }
                    WorkerEvent::Finished(finished) => {
                        self.finish_file(current, source, &finished)?;
                        watch(Watch::Done { file });
                        reading = None;
                        bytes_before += source.bytes;
                        self.file_done(bytes_before, task);
                    }
                    WorkerEvent::Refused(fault) => {
                        self.refuse(current, source, fault)?;
                        watch(Watch::Refused {
                            file: Some(file),
                            refusal: self.refusals.last().expect("just pushed"),
                        });
                        reading = None;
                        bytes_before += source.bytes;
                        self.progress.files_refused = self.refusals.len() as u64;
                        self.file_done(bytes_before, task);
                    }
                }
                Ok(())
            },
        )?;
        self.columns = Some(columns);
        Ok(())
    }

    fn file_done(&mut self, bytes_done: u64, task: &Task) {
        self.progress.files_done += 1;
        self.progress.bytes_done = bytes_done;
        task.report(&self.progress);
    }

    fn push_rows(
        &mut self,
        current: &mut Reading,
        rows: &[Row],
        columns: &mut ColumnWriter,
    ) -> Result<(), Fault> {
        let mut writer = RowWriter::new(&self.transaction);
        for row in rows {
            let locator = match (&row.locator, &row.kept) {
                (Some(locator), _) => *locator,
                (None, Some(kept)) => self.kept.push(kept)?,
                (None, None) => return Err(Fault::internal("keeping a record", "it came without its bytes")),
            };
            writer.push(self.next_sample, current.file, row, &locator)?;
            if row.language_mismatch {
                writer.push_flag(current.file, &mismatch(row, &current.path))?;
            }
            if let Some(flag) = current.odd_vector(row) {
                writer.push_flag(current.file, &flag)?;
            }
            if !row.personal.is_empty() {
                writer.push_flag(current.file, &personal(row, &current.path))?;
            }
            columns.push(self.next_sample as u64, current.file as u32, row)?;
            self.next_sample += 1;
            current.tokens += u64::from(row.sketch.tokens);
            current.text_bytes += u64::from(row.sketch.bytes);
            for (total, tokens) in self
                .progress
                .tokens_by_origin
                .iter_mut()
                .zip(tokens_by_origin(row))
            {
                *total += u64::from(tokens);
            }
        }
        current.indexed += rows.len() as u64;
        self.progress.indexed += rows.len() as u64;
        self.progress.seen += rows.len() as u64;
        Ok(())
    }

    fn finish_file(
        &mut self,
        current: &Reading,
        source: &SourceFile,
        finished: &Finished,
    ) -> Result<(), Fault> {
        if current.indexed != finished.indexed {
            return Err(
                Fault::internal("indexing", "the worker counted other samples than it sent")
                    .at(&*source.relative),
            );
        }
        self.transaction
            .execute(
                "INSERT INTO file VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                params![
                    current.file,
                    self.snapshot,
                    finished.digest,
                    source.bytes as i64,
                    finished.shape,
                    finished.map,
                    self.digest_of_map.0,
                    finished.recognised,
                    finished.indexed as i64,
                    finished.quarantined as i64,
                    current.tokens as i64,
                    current.text_bytes as i64,
                    current.first
                ],
            )
            .map_err(fault::sql("recording a file"))?;
        self.next_file += 1;
        self.members.push(Member {
            path: source.relative.clone(),
            source: source.path.clone().into_os_string(),
            modified_ns: source.modified_ns,
            file: current.file,
            indexed: current.indexed,
        });
        Ok(())
    }

    fn refuse(&mut self, current: &Reading, source: &SourceFile, fault: Fault) -> Result<(), Fault> {
        current
            .writer(self)
            .discard(current.file, current.first..self.next_sample)?;
        self.progress.indexed -= current.indexed;
        self.progress.quarantined = current.quarantined_before;
        self.progress.seen = self.progress.indexed + self.progress.quarantined;
        // Its columns stay behind under this number, so no other file may have it.
        self.next_file += 1;
        self.refusals.push(Refusal {
            path: source.relative.clone(),
            code: fault.code,
            message: fault.message,
            line: fault.line,
            remedy: fault.remedy,
        });
        Ok(())
    }

    fn nothing_read(&self) -> Fault {
        let reasons: Vec<String> = self
            .refusals
            .iter()
            .take(3)
            .map(|refusal| format!("{} [{}]: {}", refusal.path, refusal.code, refusal.message))
            .collect();
        let more = self.refusals.len().saturating_sub(reasons.len());
        let mut message = match reasons.as_slice() {
            [] => "nothing could be read: there is no file here".to_owned(),
            reasons => format!("nothing could be read: {}", reasons.join("; ")),
        };
        if more > 0 {
            message.push_str(&format!("; and {more} more"));
        }
        let remedy = self
            .refusals
            .first()
            .map(|refusal| refusal.remedy.clone())
            .filter(|remedy| !remedy.is_empty());
        let first_path = self
            .request
            .inputs
            .first()
            .map(|path| path.display().to_string())
            .unwrap_or_default();
        Fault::new(
            Code::NothingRead,
            message,
            remedy.unwrap_or_else(|| "give files or folders that hold data".to_owned()),
        )
        .at(first_path)
    }
}

/// The flag that tells a declared language from the one the text is in.
fn mismatch(row: &Row, path: &str) -> Flag {
    let declared = row.declared_language.as_deref().unwrap_or_default();
    let detected = row
        .sketch
        .detected
        .as_ref()
        .map_or("", |detected| detected.language.as_str());
    Flag {
        path: path.to_owned(),
        line: Some(row.line),
        code: Code::LanguageMismatch,
        message: format!("declared {declared}, detected {detected}"),
    }
}

fn personal(row: &Row, path: &str) -> Flag {
    Flag {
        path: path.to_owned(),
        line: Some(row.line),
        code: Code::PersonalData,
        message: row.personal.clone(),
    }
}

/// The file that is being read.
struct Reading {
    path: String,
    file: i64,
    first: i64,
    indexed: u64,
    tokens: u64,
    text_bytes: u64,
    quarantined_before: u64,
    /// Of the file's first vector.
    vector_length: Option<usize>,
}

impl Reading {
    fn of(run: &Run<'_>, source: &SourceFile) -> Self {
        Self {
            path: source.relative.clone(),
            file: run.next_file,
            first: run.next_sample,
            indexed: 0,
            tokens: 0,
            text_bytes: 0,
            quarantined_before: run.progress.quarantined,
            vector_length: None,
        }
    }

    /// Notices a vector that is not as long as the first of its file.
    fn odd_vector(&mut self, row: &Row) -> Option<Flag> {
        let length = row.embedding.len();
        if length == 0 {
            return None;
        }
        let first = *self.vector_length.get_or_insert(length);
        if first == length {
            return None;
        }
        Some(Flag {
            path: self.path.clone(),
            line: Some(row.line),
            code: Code::UnusableEmbedding,
            message: format!("the vector holds {length} numbers, the first of this file {first}"),
        })
    }

    fn writer<'r>(&self, run: &'r Run<'_>) -> RowWriter<'r> {
        RowWriter::new(&run.transaction)
    }
}
