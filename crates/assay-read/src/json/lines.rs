//! JSON Lines: one record a line, each read on its own.

use assay_model::{Code, Fault, Value, fault};
use memchr::memchr2;

use super::{Broken, Parsed, parse_bytes};
use crate::place::{around, column};
use crate::row::{Context, Damage, Emit, RawRecord, Row};
use crate::source::Input;

/// Reads every line to the end of the stream.
pub(crate) fn read(input: &mut Input, context: &Context, emit: &mut Emit) -> Result<(), Fault> {
    let mut number = 0;
    while let Some(line) = next_line(input, context.limits.line_bytes)? {
        number += 1;
        let byte_offset = input.offset();
        let (length, ending) = match line {
            Line::Held { length, ending } => (length, ending),
            Line::TooLong {
                byte_offset,
                bytes,
                excerpt,
            } => {
                let message = format!(
                    "the line is {bytes} bytes long; the limit is {}",
                    context.limits.line_bytes
                );
                let code = Code::LineTooLong;
                emit(Row::Damaged(Damage {
                    line: number,
                    column: None,
                    byte_offset,
                    code,
                    message,
                    excerpt,
                }))?;
                continue;
            }
        };
        let bytes = &input.window()[..length];
        if !bytes.iter().all(|byte| byte.is_ascii_whitespace()) {
            emit(row(bytes, number, byte_offset, context))?;
        }
        input.consume(length + ending);
    }
    Ok(())
}

fn row(bytes: &[u8], line: u64, byte_offset: u64, context: &Context) -> Row {
    match parse_bytes(bytes, context.limits) {
        Ok(Parsed {
            value: value @ (Value::Object(_) | Value::List(_)),
            notices,
            written,
        }) => {
            let locator = context.bytes(byte_offset, bytes.len());
            Row::Record(RawRecord {
                line,
                byte_offset,
                locator,
                value,
                key: None,
                notices,
                written,
            })
        }
        Ok(_) => {
            let message = "the line holds a single value, not an object".into();
            let (code, excerpt) = (Code::NotAnObject, around(bytes, 0));
            Row::Damaged(Damage {
                line,
                column: Some(1),
                byte_offset,
                code,
                message,
                excerpt,
            })
        }
        Err(Broken { code, at, message }) => {
            let (column, excerpt) = (Some(column(bytes, at)), around(bytes, at));
            Row::Damaged(Damage {
                line,
                column,
                byte_offset,
                code,
                message,
                excerpt,
            })
        }
    }
}

enum Line {
    /// The line stands at the front of the window, without its ending.
    Held { length: usize, ending: usize },
    /// The line was passed over without being held.
    TooLong {
        byte_offset: u64,
        bytes: u64,
        excerpt: String,
    },
}

fn next_line(input: &mut Input, limit: u64) -> Result<Option<Line>, Fault> {
    let mut searched = 0;
    loop {
        let window = input.window();
        if let Some(end) = memchr2(b'\n', b'\r', &window[searched..]).map(|end| searched + end) {
            if end as u64 > limit {
                return pass_over(input, end).map(Some);
            }
            let ending = ending(input, end)?;
            return Ok(Some(Line::Held { length: end, ending }));
        }
        searched = window.len();
        if searched as u64 > limit {
            return pass_over(input, searched).map(Some);
        }
        if !input.more()? {
            return Ok((searched > 0).then_some(Line::Held {
                length: searched,
                ending: 0,
            }));
        }
    }
}

/// Bytes of the line ending at `end`: LF, CR or both.
fn ending(input: &mut Input, end: usize) -> Result<usize, Fault> {
    if input.window()[end] == b'\n' {
        return Ok(1);
    }
    let window = input.ahead(end + 2)?;
    Ok(if window.get(end + 1) == Some(&b'\n') { 2 } else { 1 })
}

fn pass_over(input: &mut Input, held: usize) -> Result<Line, Fault> {
    let byte_offset = input.offset();
    let excerpt = fault::excerpt(&input.window()[..held.min(1000)], 120);
    let mut bytes = held as u64;
    input.consume(held);
    loop {
        let window = input.window();
        if let Some(end) = memchr2(b'\n', b'\r', window) {
            bytes += end as u64;
            input.consume(end);
            let ending = ending(input, 0)?;
            input.consume(ending);
            break;
        }
        let length = window.len();
        bytes += length as u64;
        input.consume(length);
        if !input.more()? {
            break;
        }
    }
    Ok(Line::TooLong {
        byte_offset,
        bytes,
        excerpt,
    })
}
