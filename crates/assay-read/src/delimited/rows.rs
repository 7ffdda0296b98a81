//! From a table's bytes to records, one row at a time.

use std::collections::HashSet;

use assay_model::{Code, Fault, Value, fault};

use super::scan::{Scan, Step};
use crate::json::{Broken, not_utf8};
use crate::place::{LineCounter, around, within};
use crate::row::{Context, Damage, Emit, Notice, RawRecord, Row};
use crate::shape::Dialect;
use crate::source::Input;

/// Reads the header at the front of the stream and says what had to be changed about it.
pub(crate) fn header(
    input: &mut Input,
    delimiter: u8,
    quoted: bool,
    lines: &mut LineCounter,
    context: &Context,
) -> Result<(Dialect, Vec<Notice>), Fault> {
    let limits = context.limits;
    let empty = Dialect {
        delimiter,
        quoted,
        header: Vec::new(),
        cells: 0,
    };
    loop {
        let mut scan = Scan::new(delimiter, quoted, limits.fields);
        let (length, ending) = match next(input, &mut scan, limits.line_bytes)? {
            Next::Record { length, ending } => (length, ending),
            Next::Unclosed(at) => {
                let (lines, column) = within(input.window(), at);
                let fault = Fault::new(
                    Code::DamagedFile,
                    "a quote in the header is never closed",
                    "close the quote in the header line",
                );
                return Err(fault.line(1 + lines).column(column));
            }
            Next::TooLong => {
                let limit = limits.line_bytes;
                let message = format!("the header is longer than the limit of {limit} bytes");
                return Err(Fault::new(
                    Code::LineTooLong,
                    message,
                    "raise the limit, or shorten the header",
                )
                .line(1));
            }
        };
        let record = &input.window()[..length];
        if scan.count == 0 && length + ending == 0 {
            return Ok((empty, Vec::new()));
        }
        if scan.count > 0 {
            let text = std::str::from_utf8(record).map_err(|error| {
                let broken = not_utf8(record, &error);
                let remedy = "save the file as UTF-8";
                Fault::new(
                    Code::InvalidUtf8,
                    format!("in the header: {}", broken.message),
                    remedy,
                )
                .line(1)
            })?;
            let written: Vec<String> = scan.cells.iter().map(|cell| cell.text(text)).collect();
            let (names, mut notices) = distinct(&written);
            if scan.count > limits.fields {
                let message = format!("{} columns; the first {} were kept", scan.count, limits.fields);
                notices.push((Code::FieldsCapped, message));
            }
            lines.pass(&input.window()[..length + ending]);
            input.consume(length + ending);
            return Ok((
                Dialect {
                    header: names,
                    cells: scan.count,
                    ..empty
                },
                notices,
            ));
        }
        lines.pass(&input.window()[..length + ending]);
        input.consume(length + ending);
    }
}

/// Names made distinct: empty ones numbered by column, repeated ones counted.
fn distinct(written: &[String]) -> (Vec<String>, Vec<Notice>) {
    let taken: HashSet<&str> = written.iter().map(String::as_str).collect();
    let mut used: HashSet<String> = HashSet::new();
    let mut renamed = Vec::new();
    let mut names = Vec::with_capacity(written.len());
    for (i, name) in written.iter().enumerate() {
        let mut chosen = name.clone();
        let stem = if name.trim().is_empty() {
            "column"
        } else {
            name.as_str()
        };
        let mut number = if name.trim().is_empty() { i + 1 } else { 2 };
        while chosen.trim().is_empty() || used.contains(&chosen) {
            chosen = format!("{stem}_{number}");
            number += 1;
            if taken.contains(chosen.as_str()) {
                chosen.clear();
            }
        }
        if chosen != *name && renamed.len() < 5 {
            renamed.push(format!("column {} is called {chosen}", i + 1));
        }
        used.insert(chosen.clone());
        names.push(chosen);
    }
    let notice = (
        Code::HeaderRenamed,
        format!("duplicate or empty column names: {}", renamed.join(", ")),
    );
    (
        names,
        if renamed.is_empty() {
            Vec::new()
        } else {
            vec![notice]
        },
    )
}

/// Reads every row to the end of the stream.
pub(crate) fn read(
    input: &mut Input,
    dialect: &Dialect,
    lines: &mut LineCounter,
    context: &Context,
    emit: &mut Emit,
) -> Result<(), Fault> {
    loop {
        let mut scan = Scan::new(dialect.delimiter, dialect.quoted, context.limits.fields);
        let (line, byte_offset) = (lines.line(), input.offset());
        let found = next(input, &mut scan, context.limits.line_bytes)?;
        match found {
            Next::Record { length: 0, ending: 0 } => return Ok(()),
            Next::Record { length, ending } => {
                if scan.count > 0 {
                    let unfinished = ending == 0 && (context.cut_off)();
                    emit(row(
                        &input.window()[..length],
                        &scan,
                        dialect,
                        line,
                        byte_offset,
                        unfinished,
                        context,
                    ))?;
                }
                lines.pass(&input.window()[..length + ending]);
                input.consume(length + ending);
            }
            Next::Unclosed(quote) => unclosed(input, quote, lines, context, emit)?,
            Next::TooLong => too_long(input, lines, context, emit)?,
        }
    }
}

enum Next {
    Record { length: usize, ending: usize },
    Unclosed(usize),
    TooLong,
}

fn next(input: &mut Input, scan: &mut Scan, limit: u64) -> Result<Next, Fault> {
    loop {
        match scan.advance(input.window(), input.ended()) {
            Step::Record { length, ending } => return Ok(Next::Record { length, ending }),
            Step::Unclosed(quote) => return Ok(Next::Unclosed(quote)),
            Step::More if scan.at() as u64 > limit => {
                return Ok(scan.open_quote().map_or(Next::TooLong, Next::Unclosed));
            }
            Step::More => {
                input.more()?;
            }
        }
    }
}

fn row(
    bytes: &[u8],
    scan: &Scan,
    dialect: &Dialect,
    line: u64,
    byte_offset: u64,
    unfinished: bool,
    context: &Context,
) -> Row {
    let damaged = |broken: Broken| {
        let (lines, column) = within(bytes, broken.at);
        let column = if lines == 0 { Some(column) } else { Some(1) };
        let excerpt = around(bytes, broken.at);
        Row::Damaged(Damage {
            line,
            column,
            byte_offset,
            code: broken.code,
            message: broken.message,
            excerpt,
        })
    };
    if unfinished {
        let message = "the row ends where the compressed stream was cut".to_owned();
        return damaged(Broken {
            code: Code::CutOff,
            at: bytes.len(),
            message,
        });
    }
    match values(bytes, scan, dialect) {
        Ok((value, notices)) => {
            let locator = context.bytes(byte_offset, bytes.len());
            Row::Record(RawRecord {
                line,
                byte_offset,
                locator,
                value,
                key: None,
                notices,
                written: None,
            })
        }
        Err(broken) => damaged(broken),
    }
}

/// Reads one row again from its bytes alone.
pub(crate) fn record(bytes: &[u8], dialect: &Dialect, fields: u64) -> Result<Value, Broken> {
    let mut scan = Scan::new(dialect.delimiter, dialect.quoted, fields);
    match scan.advance(bytes, true) {
        Step::Record { .. } => values(bytes, &scan, dialect).map(|(value, _)| value),
        Step::Unclosed(at) => Err(Broken {
            code: Code::UnclosedQuote,
            at,
            message: "a quote opened here is never closed".into(),
        }),
        Step::More => Err(Broken {
            code: Code::CutOff,
            at: bytes.len(),
            message: "the row is not whole".into(),
        }),
    }
}

fn values(bytes: &[u8], scan: &Scan, dialect: &Dialect) -> Result<(Value, Vec<Notice>), Broken> {
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(bytes, &error))?;
    if let Some(at) = memchr::memchr(0, bytes) {
        return Err(Broken {
            code: Code::NulByte,
            at,
            message: "a NUL byte stands in the row".into(),
        });
    }
    if scan.count > dialect.cells {
        let at = scan
            .cells
            .get(dialect.cells as usize)
            .map_or(bytes.len(), |cell| cell.start);
        let message = format!("{} cells under a header of {}", scan.count, dialect.cells);
        return Err(Broken {
            code: Code::RaggedRow,
            at,
            message,
        });
    }
    let mut cells = scan.cells.iter().map(|cell| cell.text(text));
    let mut next = || {
        cells
            .next()
            .filter(|cell| !cell.is_empty())
            .map_or(Value::Null, Value::Text)
    };
    let fields = dialect.header.iter().map(|name| (name.clone(), next())).collect();
    let missing = dialect.cells - scan.count;
    let short = (missing > 0).then(|| {
        let message = format!(
            "{} cells under a header of {}; the rest is null",
            scan.count, dialect.cells
        );
        (Code::ShortRow, message)
    });
    Ok((Value::Object(fields), short.into_iter().collect()))
}

/// Quarantines the row in which a quote opens that is never closed; the next line is read as a row again.
fn unclosed(
    input: &mut Input,
    quote: usize,
    lines: &mut LineCounter,
    context: &Context,
    emit: &mut Emit,
) -> Result<(), Fault> {
    let byte_offset = input.offset();
    let window = input.window();
    let (after, column) = within(window, quote);
    let end = memchr::memchr2(b'\n', b'\r', &window[quote..]).map_or(window.len(), |end| quote + end);
    let excerpt = around(&window[..end], quote);
    let rest = end == window.len();
    let (code, message) = if rest && (context.cut_off)() {
        (Code::CutOff, "the row ends where the compressed stream was cut")
    } else {
        (
            Code::UnclosedQuote,
            "opened here and never closed; the lines after it were read again without it",
        )
    };
    let (line, column) = (lines.line() + after, Some(column));
    emit(Row::Damaged(Damage {
        line,
        column,
        byte_offset,
        code,
        message: message.into(),
        excerpt,
    }))?;
    let ending = match window.get(end) {
        None => 0,
        Some(b'\r') if window.get(end + 1) == Some(&b'\n') => 2,
        Some(_) => 1,
    };
    lines.pass(&window[..end + ending]);
    input.consume(end + ending);
    Ok(())
}

/// Quarantines a row that is too long to hold; passes it up to its line's end.
fn too_long(
    input: &mut Input,
    lines: &mut LineCounter,
    context: &Context,
    emit: &mut Emit,
) -> Result<(), Fault> {
    let (line, byte_offset) = (lines.line(), input.offset());
    let excerpt = fault::excerpt(&input.window()[..input.window().len().min(1000)], 120);
    let mut bytes = 0;
    loop {
        let window = input.window();
        let end = memchr::memchr2(b'\n', b'\r', window);
        let length = end.map_or(window.len(), |end| end + 1);
        bytes += end.unwrap_or(length) as u64;
        lines.pass(&window[..length]);
        input.consume(length);
        if end.is_some() || !input.more()? {
            break;
        }
    }
    if input.first()? == Some(b'\n') && lines.ends_with_return() {
        lines.pass(b"\n");
        input.consume(1);
    }
    let message = format!(
        "the row is {bytes} bytes long; the limit is {}",
        context.limits.line_bytes
    );
    emit(Row::Damaged(Damage {
        line,
        column: None,
        byte_offset,
        code: Code::LineTooLong,
        message,
        excerpt,
    }))
}
