//! Reads one file once, start to end: what is it, what are its records, did it hold still?

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::rc::Rc;

use assay_model::halves::Written;
use assay_model::{Code, Digest, Fault, FieldMap, Flag, Locator, MappedSample, Quarantine, Task, Value};

use crate::columnar::{self, Store};
use crate::intake::{Intake, Step};
use crate::place::LineCounter;
use crate::row::{Context, Emit, Notice, Row};
use crate::shape::Tables;
use crate::sniff::{self, Container, Content};
use crate::source::{Input, Raw, Stamp, Tally, Utf16, changed, decompress, open};
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
    /// The same value with marks, where it holds half of a UTF-16 pair.
    pub written: Option<Box<Written>>,
}

/// What reading a file gives, in file order. The shape comes first, the map before the first sample.
#[derive(Debug)]
pub enum Event<'a> {
    Shape(&'a Shape),
    Mapped {
        map: &'a FieldMap,
        recognised: bool,
    },
    Sample {
        record: Record,
        sample: MappedSample,
    },
    Quarantine(Quarantine),
    Flag(Flag),
    /// Bytes of the file on disk read so far.
    Progress {
        bytes: u64,
    },
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
    let place = |fault: Fault| {
        if fault.path.is_none() {
            fault.at(file.relative.clone())
        } else {
            fault
        }
    };
    let mut intake = Intake::new(&file.relative, map, sink);
    let columns = map.and_then(|map| map.columns.clone());
    let rows = read_rows(file, columns, limits, task, &mut |step| intake.take(step));
    let (digest, shape) = rows.map_err(place)?;
    let (map, [seen, indexed, quarantined]) = intake.finish().map_err(place)?;
    Ok(FileSummary {
        digest,
        shape,
        map,
        seen,
        indexed,
        quarantined,
    })
}

/// Reads the rows of one file, before any map is applied to them.
pub(crate) fn read_rows(
    file: &SourceFile,
    columns: Option<Vec<String>>,
    limits: &Limits,
    task: &Task,
    take: &mut Take,
) -> Result<(Digest, Shape), Fault> {
    Reading {
        file,
        columns,
        limits,
        task,
    }
    .read(take)
}

type Take<'a> = dyn FnMut(Step) -> Result<(), Fault> + 'a;

/// A source opened and judged: what its records can be read from.
pub(crate) enum Opened {
    Stream {
        input: Input,
        content: Content,
        compression: Compression,
        encoding: Encoding,
    },
    Columns {
        store: Store,
        format: Format,
        compression: Compression,
        tally: Rc<Tally>,
    },
}

/// Opens the file at `path`, which is called `name`, and judges it by its content.
pub(crate) fn open_source(file: File, name: &str, limits: &Limits, task: &Task) -> Result<Opened, Fault> {
    let head = head(&file)?;
    let tally = Rc::new(Tally::default());
    let compression = match sniff::container(name, &head)? {
        Container::Stream(compression) => compression,
        container => {
            let store = Store::File(file);
            return Ok(Opened::Columns {
                store,
                format: columnar(container),
                compression: Compression::None,
                tally,
            });
        }
    };
    let raw = Raw::new(file, tally.clone());
    let mut input = Input::new(decompress(raw, compression, limits), tally.clone(), limits, task);
    let head = input.ahead(sniff::HEAD)?;
    if compression != Compression::None
        && let Some(container) = sniff::inner_container(head)
    {
        let store = Store::Memory(whole(&mut input, limits)?);
        return Ok(Opened::Columns {
            store,
            format: columnar(container),
            compression,
            tally,
        });
    }
    let (encoding, mark) = sniff::encoding(head);
    input.consume(mark);
    if encoding != Encoding::Utf8 {
        input = input.wrap(limits, |reader| Box::new(Utf16::new(reader, encoding)));
        input.ahead(sniff::HEAD)?;
    }
    let content = sniff::content(name, input.window(), input.ended(), limits)?;
    Ok(Opened::Stream {
        input,
        content,
        compression,
        encoding,
    })
}

/// The first bytes on disk, without passing them.
fn head(file: &File) -> Result<Vec<u8>, Fault> {
    let mut head = Vec::new();
    let mut reader = file;
    let read = reader
        .take(512)
        .read_to_end(&mut head)
        .and_then(|_| reader.seek(SeekFrom::Start(0)));
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
            let message = format!(
                "compressed Parquet and Arrow are read as a whole; the limit is {} bytes",
                limits.whole_bytes
            );
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
    columns: Option<Vec<String>>,
    limits: &'a Limits,
    task: &'a Task,
}

impl Reading<'_> {
    fn read(&self, take: &mut Take) -> Result<(Digest, Shape), Fault> {
        let (file, before) = open(&self.file.path)?;
        if before.bytes > self.limits.file_bytes {
            let message = format!("{} bytes; the limit is {}", before.bytes, self.limits.file_bytes);
            return Err(Fault::new(Code::FileTooLarge, message, "split the file"));
        }
        let read = match open_source(file, &self.file.relative, self.limits, self.task)? {
            Opened::Stream {
                input,
                content,
                compression,
                encoding,
            } => self.stream(input, &content, compression, encoding, before, take),
            Opened::Columns {
                store,
                format,
                compression,
                tally,
            } => self.columns(&store, format, compression, &tally, take),
        };
        self.check_unchanged(before)?;
        read
    }

    /// Notes that the file's own name is no text.
    fn name_notice(&self) -> Option<Notice> {
        let message = "the file name is not valid UTF-8; it is shown escaped";
        self.file
            .path
            .to_str()
            .is_none()
            .then(|| (Code::UnreadableName, message.to_owned()))
    }

    fn stream(
        &self,
        mut input: Input,
        content: &Content,
        compression: Compression,
        encoding: Encoding,
        before: Stamp,
        take: &mut Take,
    ) -> Result<(Digest, Shape), Fault> {
        let mut shape = Shape {
            format: Format::JsonLines,
            compression,
            encoding,
            columns: self.columns.clone(),
        };
        let tally = input.tally().clone();
        let cut_off = || tally.is_cut_off();
        let context = Context {
            limits: self.limits,
            task: self.task,
            seekable: shape.seekable(),
            cut_off: &cut_off,
        };
        let mut lines = LineCounter::new();
        let mut of_header = Vec::new();
        shape.format = match content {
            Content::JsonLines => Format::JsonLines,
            Content::Json(layout) => Format::Json(*layout),
            Content::Text { markdown } => Format::Text { markdown: *markdown },
            Content::Delimited { delimiter } => {
                let quoted = *delimiter != b'\t' || self.quotes_hold(compression, encoding)?;
                let (dialect, notices) =
                    delimited::header(&mut input, *delimiter, quoted, &mut lines, &context)?;
                of_header = notices;
                Format::Delimited(dialect)
            }
        };
        take(Step::Shape(&shape))?;
        let mut emit = |row: Row| take(Step::Row(row, tally.bytes()));
        notices(&mut emit, self.name_notice(), None)?;
        notices(&mut emit, of_header, Some(1))?;
        match &shape.format {
            Format::JsonLines => json::read_lines(&mut input, &context, &mut emit)?,
            Format::Json(layout) => json::read_document(&mut input, *layout, &context, &mut emit)?,
            Format::Delimited(dialect) => {
                delimited::read(&mut input, dialect, &mut lines, &context, &mut emit)?
            }
            Format::Text { .. } => text::read(&mut input, &context, &mut emit)?,
            Format::Parquet(_) | Format::ArrowFile(_) | Format::ArrowStream(_) => {}
        }
        notices(&mut emit, tally.take_notices(), None)?;
        if tally.bytes() != before.bytes {
            return Err(changed());
        }
        Ok((tally.digest(), shape))
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
        take: &mut Take,
    ) -> Result<(Digest, Shape), Fault> {
        let tables = columnar::tables(store, &format)?;
        let format = match format {
            Format::Parquet(_) => Format::Parquet(tables),
            other => other,
        };
        let shape = Shape {
            format,
            compression,
            encoding: Encoding::Utf8,
            columns: self.columns.clone(),
        };
        take(Step::Shape(&shape))?;
        let digest = match store {
            Store::Memory(_) => tally.digest(),
            Store::File(file) => self.hash(file)?,
        };
        let cut_off = || false;
        let context = Context {
            limits: self.limits,
            task: self.task,
            seekable: shape.seekable(),
            cut_off: &cut_off,
        };
        let mut emit = |row: Row| take(Step::Row(row, self.file.bytes));
        notices(&mut emit, self.name_notice(), None)?;
        notices(&mut emit, tally.take_notices(), None)?;
        columnar::read(store, &shape.format, &context, &mut emit)?;
        Ok((digest, shape))
    }

    fn hash(&self, file: &File) -> Result<Digest, Fault> {
        let again = file
            .try_clone()
            .map_err(|error| crate::source::open_fault(&error))?;
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
        if after.is_ok_and(|after| after == before) {
            Ok(())
        } else {
            Err(changed())
        }
    }
}

fn notices(
    emit: &mut Emit,
    notices: impl IntoIterator<Item = Notice>,
    line: Option<u64>,
) -> Result<(), Fault> {
    notices
        .into_iter()
        .try_for_each(|(code, message)| emit(Row::Notice { line, code, message }))
}
