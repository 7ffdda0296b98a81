//! Reads one file once, start to end: what is it, what are its records, did it hold still?

use std::cell::Cell;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::rc::Rc;

use assay_model::{Code, Digest, Fault, FieldMap, Flag, Locator, MappedSample, Quarantine, Task, Value};

use crate::columnar::{self, Store};
use crate::intake::{Intake, Sink};
use crate::place::LineCounter;
use crate::row::{Context, Notice, Row};
use crate::shape::{Dialect, Tables};
use crate::sniff::{self, Container, Content};
use crate::source::{Input, Raw, Stamp, Tally, Utf16, decompress, open};
use crate::{Compression, Encoding, Format, Limits, Shape, SourceFile, delimited, json, text};

/// A record as it stands in its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// From 1, over all records of the file, quarantined ones included.
    pub ordinal: u64,
    /// From 1, as an editor shows it; the ordinal where lines do not apply.
    pub line: u64,
    /// Of the record's start in the decoded stream.
    pub byte_offset: u64,
    /// `None`: the record cannot be found again in its file and must be kept.
    pub locator: Option<Locator>,
    pub value: Value,
}

/// What reading a file gives, in file order. The shape comes first, the map before the first sample.
#[derive(Debug)]
pub enum Event<'a> {
    Shape(&'a Shape),
    Mapped { map: &'a FieldMap, recognised: bool },
    Sample { record: Record, sample: MappedSample },
    Quarantine(Quarantine),
    Flag(Flag),
    /// Bytes of the file on disk read so far.
    Progress { bytes: u64 },
}

/// What was read of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct FileSummary {
    /// SHA-256 of the bytes on disk.
    pub digest: Digest,
    pub shape: Shape,
    /// Empty where the file holds no record to recognise anything in.
    pub map: FieldMap,
    /// `indexed + quarantined`.
    pub seen: u64,
    pub indexed: u64,
    pub quarantined: u64,
}

/// Reads one file once, start to end, in bounded memory. Recognises fields from the first records
/// when `map` is `None`. `Err`: the file is refused as a whole, whatever the sink was given before.
pub fn read_file(
    file: &SourceFile,
    map: Option<&FieldMap>,
    limits: &Limits,
    task: &Task,
    sink: &mut dyn FnMut(Event) -> Result<(), Fault>,
) -> Result<FileSummary, Fault> {
    let reading = Reading { file, map, limits, task };
    reading.read(sink).map_err(|fault| match fault.path {
        None => fault.at(file.relative.clone()),
        Some(_) => fault,
    })
}

/// A source opened and judged: what its records can be read from.
pub(crate) enum Opened {
    Stream { input: Input, content: Content, compression: Compression, encoding: Encoding },
    Columns { store: Store, format: Format, compression: Compression, tally: Rc<Tally> },
}

/// Opens the file at `path`, which is called `name`, and judges it by its content.
pub(crate) fn open_source(
    file: File,
    name: &str,
    limits: &Limits,
    task: &Task,
) -> Result<Opened, Fault> {
    let head = head(&file)?;
    let tally = Rc::new(Tally::default());
    let compression = match sniff::container(name, &head)? {
        Container::Stream(compression) => compression,
        container => {
            let store = Store::File(file);
            return Ok(Opened::Columns { store, format: columnar(container), compression: Compression::None, tally });
        }
    };
    let raw = Raw::new(file, tally.clone());
    let mut input = Input::new(decompress(raw, compression, limits), tally.clone(), limits, task);
    let head = input.ahead(sniff::HEAD)?;
    if compression != Compression::None && let Some(container) = sniff::inner_container(head) {
        let store = Store::Memory(whole(&mut input, limits)?);
        return Ok(Opened::Columns { store, format: columnar(container), compression, tally });
    }
    let (encoding, mark) = sniff::encoding(head);
    input.consume(mark);
    if encoding != Encoding::Utf8 {
        input = input.wrap(limits, |reader| Box::new(Utf16::new(reader, encoding)));
        input.ahead(sniff::HEAD)?;
    }
    let content = sniff::content(name, input.window(), input.ended(), limits)?;
    Ok(Opened::Stream { input, content, compression, encoding })
}

/// The first bytes on disk, without passing them.
fn head(file: &File) -> Result<Vec<u8>, Fault> {
    let mut head = Vec::new();
    let mut reader = file;
    let read = reader.take(512).read_to_end(&mut head).and_then(|_| reader.seek(SeekFrom::Start(0)));
    read.map_err(|error| crate::source::open_fault(&error))?;
    Ok(head)
}

fn columnar(container: Container) -> Format {
    match container {
        Container::ArrowFile => Format::ArrowFile(Tables::default()),
        Container::ArrowStream => Format::ArrowStream(Tables::default()),
        Container::Parquet | Container::Stream(_) => Format::Parquet(Tables::default()),
    }
}

/// The whole decoded stream, for formats that are read from their end.
fn whole(input: &mut Input, limits: &Limits) -> Result<bytes::Bytes, Fault> {
    while input.more()? {
        if input.window().len() as u64 > limits.whole_bytes {
            let message = format!("compressed Parquet and Arrow are read as a whole; the limit is {} bytes", limits.whole_bytes);
            return Err(Fault::new(Code::FileTooLarge, message, "decompress the file"));
        }
    }
    if input.tally().is_cut_off() {
        let message = "the compressed stream ends early";
        return Err(Fault::new(Code::DamagedArchive, message, "fetch the file again"));
    }
    Ok(bytes::Bytes::copy_from_slice(input.window()))
}

struct Reading<'a> {
    file: &'a SourceFile,
    map: Option<&'a FieldMap>,
    limits: &'a Limits,
    task: &'a Task,
}

impl Reading<'_> {
    fn read(&self, sink: &mut Sink) -> Result<FileSummary, Fault> {
        let (file, before) = open(&self.file.path)?;
        if before.bytes > self.limits.file_bytes {
            let message = format!("{} bytes; the limit is {}", before.bytes, self.limits.file_bytes);
            return Err(Fault::new(Code::FileTooLarge, message, "split the file"));
        }
        if self.file.relative.contains("\\x") && self.file.path.to_str().is_none() {
            let message = "the file name is not valid UTF-8; it is shown escaped".to_owned();
            let path = self.file.relative.clone();
            sink(Event::Flag(Flag { path, line: None, code: Code::UnreadableName, message }))?;
        }
        let summary = match open_source(file, &self.file.relative, self.limits, self.task)? {
            Opened::Stream { input, content, compression, encoding } => {
                self.stream(input, &content, compression, encoding, before, sink)
            }
            Opened::Columns { store, format, compression, tally } => {
                self.columns(&store, format, compression, &tally, sink)
            }
        };
        self.check_unchanged(before)?;
        summary
    }

    fn stream(
        &self,
        mut input: Input,
        content: &Content,
        compression: Compression,
        encoding: Encoding,
        before: Stamp,
        sink: &mut Sink,
    ) -> Result<FileSummary, Fault> {
        let columns = self.map.and_then(|map| map.columns.clone());
        let format = Format::JsonLines;
        let mut shape = Shape { format, compression, encoding, columns };
        let tally = input.tally().clone();
        let cut_off = || tally.is_cut_off();
        let context = Context { limits: self.limits, task: self.task, seekable: shape.seekable(), cut_off: &cut_off };
        let mut lines = LineCounter::new();
        let mut noticed = Vec::new();
        shape.format = match content {
            Content::JsonLines => Format::JsonLines,
            Content::Json(layout) => Format::Json(*layout),
            Content::Text { markdown } => Format::Text { markdown: *markdown },
            Content::Delimited { delimiter } => {
                let quoted = *delimiter != b'\t' || self.quotes_hold(compression, encoding)?;
                let (dialect, notices) = delimited::header(&mut input, *delimiter, quoted, &mut lines, &context)?;
                noticed = notices;
                Format::Delimited(dialect)
            }
        };
        sink(Event::Shape(&shape))?;
        let raw_bytes = || tally.bytes();
        let mut intake = Intake::new(&self.file.relative, self.map, Vec::new(), &raw_bytes, sink);
        notices(&mut intake, noticed, Some(1))?;
        let mut take = |row: Row| intake.take(row);
        match &shape.format {
            Format::JsonLines => json::read_lines(&mut input, &context, &mut take)?,
            Format::Json(layout) => json::read_document(&mut input, *layout, &context, &mut take)?,
            Format::Delimited(dialect) => rows(&mut input, dialect, &mut lines, &context, &mut take)?,
            Format::Text { .. } => text::read(&mut input, &context, &mut take)?,
            Format::Parquet(_) | Format::ArrowFile(_) | Format::ArrowStream(_) => {}
        }
        notices(&mut intake, tally.take_notices(), None)?;
        if tally.bytes() < before.bytes && !input.drain()? {
            return Err(changed());
        }
        let (map, [seen, indexed, quarantined]) = intake.finish()?;
        sink(Event::Progress { bytes: tally.bytes() })?;
        Ok(FileSummary { digest: tally.digest(), shape, map, seen, indexed, quarantined })
    }

    /// Reads a tab-separated file once more beforehand, to learn whether its quotes mean anything.
    fn quotes_hold(&self, compression: Compression, encoding: Encoding) -> Result<bool, Fault> {
        let (file, _) = open(&self.file.path)?;
        let tally = Rc::new(Tally::default());
        let reader = decompress(Raw::new(file, tally.clone()), compression, self.limits);
        let mut input = Input::new(reader, tally, self.limits, self.task);
        let (_, mark) = sniff::encoding(input.ahead(4)?);
        input.consume(mark);
        if encoding != Encoding::Utf8 {
            input = input.wrap(self.limits, |reader| Box::new(Utf16::new(reader, encoding)));
        }
        delimited::quotes_hold_throughout(&mut input, self.limits.line_bytes)
    }

    fn columns(
        &self,
        store: &Store,
        format: Format,
        compression: Compression,
        tally: &Rc<Tally>,
        sink: &mut Sink,
    ) -> Result<FileSummary, Fault> {
        let tables = columnar::tables(store, &format)?;
        let unmarked = tables.unmarked_text.clone();
        let format = match format {
            Format::Parquet(_) => Format::Parquet(tables),
            other => other,
        };
        let columns = self.map.and_then(|map| map.columns.clone());
        let shape = Shape { format, compression, encoding: Encoding::Utf8, columns };
        sink(Event::Shape(&shape))?;
        let digest = match store {
            Store::Memory(_) => tally.digest(),
            Store::File(file) => self.hash(file)?,
        };
        let rows = Cell::new(0_u64);
        let raw_bytes = || rows.get();
        let mut intake = Intake::new(&self.file.relative, self.map, unmarked, &raw_bytes, sink);
        let cut_off = || false;
        let context = Context { limits: self.limits, task: self.task, seekable: shape.seekable(), cut_off: &cut_off };
        notices(&mut intake, tally.take_notices(), None)?;
        columnar::read(store, &shape.format, &context, &mut |row| intake.take(row))?;
        let (map, [seen, indexed, quarantined]) = intake.finish()?;
        sink(Event::Progress { bytes: self.file.bytes })?;
        Ok(FileSummary { digest, shape, map, seen, indexed, quarantined })
    }

    fn hash(&self, file: &File) -> Result<Digest, Fault> {
        let again = file.try_clone().map_err(|error| crate::source::open_fault(&error))?;
        let tally = Rc::new(Tally::default());
        let mut raw = Raw::new(again, tally.clone());
        let mut buffer = vec![0; 256 << 10];
        raw.rewind()?;
        while raw.read(&mut buffer).map_err(crate::source::fault_of)? > 0 {
            self.task.check()?;
        }
        Ok(tally.digest())
    }

    /// A file whose size or time of modification moved while it was read is refused.
    fn check_unchanged(&self, before: Stamp) -> Result<(), Fault> {
        let after = fs::metadata(&self.file.path).map(|metadata| Stamp::of(&metadata));
        if after.is_ok_and(|after| after == before) { Ok(()) } else { Err(changed()) }
    }
}

fn rows(
    input: &mut Input,
    dialect: &Dialect,
    lines: &mut LineCounter,
    context: &Context,
    take: &mut crate::row::Emit,
) -> Result<(), Fault> {
    delimited::read(input, dialect, lines, context, take)
}

fn notices(intake: &mut Intake, notices: Vec<Notice>, line: Option<u64>) -> Result<(), Fault> {
    notices.into_iter().try_for_each(|(code, message)| intake.take(Row::Notice { line, code, message }))
}

fn changed() -> Fault {
    Fault::new(Code::ChangedWhileRead, "the file changed while it was read", "wait until it is complete, then index again")
}
