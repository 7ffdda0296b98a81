//! Plain text and Markdown: the whole file is one record with the field `text`.

use assay_model::{Code, Fault, Value, fault};

use crate::json::Broken;
use crate::place::{around, within};
use crate::row::{Context, Damage, Emit, RawRecord, Row};
use crate::source::Input;

/// Reads the file to its end. An empty file holds no record.
pub(crate) fn read(input: &mut Input, context: &Context, emit: &mut Emit) -> Result<(), Fault> {
    let limit = context.limits.line_bytes;
    let byte_offset = input.offset();
    while input.more()? {
        if input.window().len() as u64 > limit {
            let excerpt = fault::excerpt(&input.window()[..1000], 120);
            let bytes = drain(input)?;
            let message = format!("the text is {bytes} bytes long; the limit is {limit}");
            let code = Code::LineTooLong;
            return emit(Row::Damaged(Damage {
                line: 1,
                column: None,
                byte_offset,
                code,
                message,
                excerpt,
            }));
        }
    }
    let bytes = input.window();
    if bytes.is_empty() {
        return Ok(());
    }
    let row = match record(bytes) {
        Ok(_) if (context.cut_off)() => {
            let (code, message) = (
                Code::CutOff,
                "the text ends where the compressed stream was cut".to_owned(),
            );
            let excerpt = around(bytes, bytes.len());
            Row::Damaged(Damage {
                line: 1,
                column: None,
                byte_offset,
                code,
                message,
                excerpt,
            })
        }
        Ok(value) => {
            let locator = context.bytes(byte_offset, bytes.len());
            let notices = nul_notice(bytes);
            Row::Record(RawRecord {
                line: 1,
                byte_offset,
                locator,
                value,
                key: None,
                notices,
                written: None,
            })
        }
        Err(broken) => {
            let (lines, column) = within(bytes, broken.at);
            Row::Damaged(Damage {
                line: 1 + lines,
                column: Some(column),
                byte_offset,
                code: broken.code,
                message: broken.message,
                excerpt: around(bytes, broken.at),
            })
        }
    };
    emit(row)?;
    let length = input.window().len();
    input.consume(length);
    Ok(())
}

/// The record that the bytes of a text file are.
pub(crate) fn record(bytes: &[u8]) -> Result<Value, Broken> {
    let text = std::str::from_utf8(bytes).map_err(|error| crate::json::not_utf8(bytes, &error))?;
    Ok(Value::Object(vec![("text".into(), Value::Text(text.to_owned()))]))
}

fn nul_notice(bytes: &[u8]) -> Vec<crate::row::Notice> {
    let nul = memchr::memchr(0, bytes);
    nul.map(|at| (Code::NulCharacter, format!("the text holds U+0000 (byte {at})")))
        .into_iter()
        .collect()
}

fn drain(input: &mut Input) -> Result<u64, Fault> {
    let mut bytes = 0;
    loop {
        let length = input.window().len();
        bytes += length as u64;
        input.consume(length);
        if !input.more()? {
            return Ok(bytes);
        }
    }
}
