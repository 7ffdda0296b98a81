//! A JSON file that is no line format: one array, one object of records, arrays or columns, or
//! values one after another. Its records are cut out of the stream one by one.

use assay_model::halves::Written;
use assay_model::{Code, Fault, Value};

use super::{Broken, Extent, Parsed, extent, parse_bytes};
use crate::place::{LineCounter, around, within};
use crate::row::{Context, Damage, Emit, RawRecord, Row};
use crate::shape::Layout;
use crate::source::Input;

/// Reads every record of a document laid out as `layout`.
pub(crate) fn read(
    input: &mut Input,
    layout: Layout,
    context: &Context,
    emit: &mut Emit,
) -> Result<(), Fault> {
    let mut document = Document {
        input,
        lines: LineCounter::new(),
        indent: Some(0),
        context,
        emit,
    };
    match layout {
        Layout::Columns => return document.columns(),
        Layout::Values => document.values()?,
        Layout::Elements => {
            document.pass_space()?;
            document.pass(1);
            document.elements(None)?;
        }
        Layout::Members => {
            document.pass_space()?;
            document.pass(1);
            document.members()?;
        }
        Layout::Lists => {
            document.pass_space()?;
            document.pass(1);
            document.lists()?;
        }
    }
    document.rest()
}

/// Reads one record of a document again from its bytes alone. A damaged object of records may hold one without a key: it is read
/// as it stands.
pub(crate) fn element(bytes: &[u8], layout: Layout, context: &Context) -> Result<Parsed, Broken> {
    if layout != Layout::Members || bytes_first(bytes) != b'"' {
        return Ok(parse_bytes(bytes, context.limits)?.map(as_record));
    }
    let end = member_key(bytes).unwrap_or(bytes.len());
    let key = parse_bytes(&bytes[..end], context.limits)?.value;
    let colon = memchr::memchr(b':', &bytes[end..]).map_or(bytes.len(), |colon| end + colon + 1);
    let shift = |broken: Broken| Broken {
        at: broken.at + colon,
        ..broken
    };
    let parsed = parse_bytes(&bytes[colon..], context.limits).map_err(shift)?;
    Ok(parsed.map(|value| with_key(as_record(value), key.clone())))
}

/// The end of the key that a member begins with.
fn member_key(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at + 1);
        }
        at += 2;
    }
}

/// A text standing where a record should is the record's field `text`.
fn as_record(value: Value) -> Value {
    match value {
        text @ Value::Text(_) => Value::Object(vec![("text".into(), text)]),
        other => other,
    }
}

/// Adds the key a record stands under, unless it has a field of that name.
pub(crate) fn with_key(value: Value, key: Value) -> Value {
    match value {
        Value::Object(mut fields) if fields.iter().all(|(name, _)| name != "key") => {
            fields.insert(0, ("key".into(), key));
            Value::Object(fields)
        }
        other => other,
    }
}

struct Document<'a, 'b> {
    input: &'a mut Input,
    lines: LineCounter,
    /// White space before the present place, if nothing else stands before it on its line.
    indent: Option<usize>,
    context: &'a Context<'a>,
    emit: &'a mut Emit<'b>,
}

impl Document<'_, '_> {
    fn pass(&mut self, count: usize) {
        let passed = &self.input.window()[..count];
        self.lines.pass(passed);
        if let Some(&last) = passed.last() {
            let line_start = memchr::memrchr2(b'\n', b'\r', passed).map(|end| end + 1);
            let blank = passed[line_start.unwrap_or(0)..]
                .iter()
                .all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
            let before = if line_start.is_some() {
                Some(0)
            } else {
                self.indent
            };
            let width = count - line_start.unwrap_or(0);
            self.indent = if matches!(last, b'\n' | b'\r') {
                Some(0)
            } else {
                before.filter(|_| blank).map(|indent| indent + width)
            };
        }
        self.input.consume(count);
    }

    /// Passes white space; false at the end of the stream.
    fn pass_space(&mut self) -> Result<bool, Fault> {
        while self.input.first()?.is_some() {
            let window = self.input.window();
            let space = window
                .iter()
                .take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'))
                .count();
            let whole = space == window.len();
            self.pass(space);
            if !whole {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn values(&mut self) -> Result<(), Fault> {
        while self.pass_space()? {
            self.record(None)?;
        }
        Ok(())
    }

    /// Reads elements up to the closing bracket.
    fn elements(&mut self, key: Option<&str>) -> Result<(), Fault> {
        while self.pass_space()? {
            match self.input.window()[0] {
                b',' => self.pass(1),
                b']' => {
                    self.pass(1);
                    return Ok(());
                }
                _ => self.record(key)?,
            }
        }
        self.unfinished("array")
    }

    fn members(&mut self) -> Result<(), Fault> {
        while self.pass_space()? {
            match self.input.window()[0] {
                b',' => self.pass(1),
                b'}' => {
                    self.pass(1);
                    return Ok(());
                }
                b'"' => self.member()?,
                _ => self.record(None)?,
            }
        }
        self.unfinished("object")
    }

    fn lists(&mut self) -> Result<(), Fault> {
        while self.pass_space()? {
            match self.input.window()[0] {
                b',' => self.pass(1),
                b'}' => {
                    self.pass(1);
                    return Ok(());
                }
                b'"' => {
                    let start = (self.lines.line(), self.input.offset());
                    let limit = self.context.limits.line_bytes;
                    let lines = &mut self.lines;
                    match extent(self.input, 0, limit, &mut |bytes| lines.pass(bytes))? {
                        Extent::Whole(end) => self.list_under_key(end)?,
                        other => self.spoiled(other, start)?,
                    }
                }
                _ => self.record(None)?,
            }
        }
        self.unfinished("object")
    }

    fn list_under_key(&mut self, end: usize) -> Result<(), Fault> {
        let key = parse_bytes(&self.input.window()[..end], self.context.limits);
        let key = key
            .ok()
            .and_then(|parsed| parsed.value.as_text().map(str::to_owned))
            .unwrap_or_default();
        self.pass(end);
        self.pass_space()?;
        if self.input.first()? == Some(b':') {
            self.pass(1);
            self.pass_space()?;
        }
        if self.input.first()? == Some(b'[') {
            self.pass(1);
            return self.elements(Some(&key));
        }
        if self.input.first()?.is_some() {
            self.record(None)?;
        }
        Ok(())
    }

    /// Reads `"key": value`, all of it in the window at once.
    fn member(&mut self) -> Result<(), Fault> {
        let limit = self.context.limits.line_bytes;
        let start = (self.lines.line(), self.input.offset());
        let lines = &mut self.lines;
        let key = extent(self.input, 0, limit, &mut |bytes| lines.pass(bytes))?;
        let Extent::Whole(mut at) = key else {
            return self.spoiled(key, start);
        };
        let mut colons = 0;
        loop {
            match self.input.ahead(at + 1)?.get(at) {
                Some(b':') if colons == 0 => colons += 1,
                Some(b' ' | b'\n' | b'\r' | b'\t') => {}
                Some(b',' | b'}') | None => {
                    break self.finish(Extent::Whole(at), start, Layout::Members, None);
                }
                Some(_) => {
                    let lines = &mut self.lines;
                    let value = extent(self.input, at, limit, &mut |bytes| lines.pass(bytes))?;
                    break self.finish(value, start, Layout::Members, None);
                }
            }
            at += 1;
        }
    }

    fn record(&mut self, key: Option<&str>) -> Result<(), Fault> {
        let start = (self.lines.line(), self.input.offset());
        let lines = &mut self.lines;
        let limit = self.context.limits.line_bytes;
        let extent = extent(self.input, 0, limit, &mut |bytes| lines.pass(bytes))?;
        self.finish(extent, start, Layout::Elements, key)
    }

    /// Hands on the record at the front of the window, whose extent is known.
    fn finish(
        &mut self,
        extent: Extent,
        start: (u64, u64),
        layout: Layout,
        key: Option<&str>,
    ) -> Result<(), Fault> {
        let Extent::Whole(end) = extent else {
            return self.spoiled(extent, start);
        };
        let (line, byte_offset) = start;
        let bytes = &self.input.window()[..end];
        let row = match element(bytes, layout, self.context) {
            Ok(Parsed {
                value: value @ (Value::Object(_) | Value::List(_)),
                notices,
                written,
            }) => {
                let locator = if key.is_some() {
                    None
                } else {
                    self.context.bytes(byte_offset, end)
                };
                Row::Record(RawRecord {
                    line,
                    byte_offset,
                    locator,
                    value,
                    key: key.map(str::to_owned),
                    notices,
                    written,
                })
            }
            Ok(_) => {
                let message = "the record is a single value, not an object".to_owned();
                let broken = Broken {
                    code: Code::NotAnObject,
                    at: 0,
                    message,
                };
                Row::Damaged(damage(bytes, broken, line, byte_offset, self.indent))
            }
            Err(broken) => Row::Damaged(damage(bytes, broken, line, byte_offset, self.indent)),
        };
        (self.emit)(row)?;
        self.pass(end);
        Ok(())
    }

    /// Quarantines a record whose end could not be found, and finds the next one.
    fn spoiled(&mut self, extent: Extent, (line, byte_offset): (u64, u64)) -> Result<(), Fault> {
        match extent {
            Extent::TooLong { bytes, excerpt } => {
                let message = format!(
                    "the record is {bytes} bytes long; the limit is {}",
                    self.context.limits.line_bytes
                );
                let code = Code::LineTooLong;
                self.indent = None;
                (self.emit)(Row::Damaged(Damage {
                    line,
                    column: None,
                    byte_offset,
                    code,
                    message,
                    excerpt,
                }))
            }
            Extent::Torn(at) => {
                let message = "a line break stands inside a text".to_owned();
                let broken = Broken {
                    code: Code::InvalidJson,
                    at,
                    message,
                };
                let bytes = self.input.window();
                (self.emit)(Row::Damaged(damage(
                    bytes,
                    broken,
                    line,
                    byte_offset,
                    self.indent,
                )))?;
                let (indent, first) = (self.indent, bytes_first(self.input.window()));
                self.pass(at + 1);
                self.resume(indent, first)
            }
            Extent::CutOff | Extent::Whole(_) => {
                let bytes = self.input.window();
                let message = "the record is never closed".to_owned();
                let cut = Broken {
                    code: Code::CutOff,
                    at: bytes.len(),
                    message,
                };
                let broken = parse_bytes(bytes, self.context.limits)
                    .err()
                    .filter(|broken| broken.code == Code::CutOff);
                let row = damage(bytes, broken.unwrap_or(cut), line, byte_offset, self.indent);
                let length = bytes.len();
                (self.emit)(Row::Damaged(row))?;
                self.pass(length);
                Ok(())
            }
        }
    }

    /// Passes on to the next line that begins as the damaged record began, or ends its container.
    fn resume(&mut self, indent: Option<usize>, first: u8) -> Result<(), Fault> {
        loop {
            if !self.pass_space()? {
                return Ok(());
            }
            let byte = self.input.window()[0];
            let closes = matches!(byte, b']' | b'}') && self.indent < indent;
            if self.indent.is_some() && ((self.indent == indent && byte == first) || closes) {
                return Ok(());
            }
            loop {
                let window = self.input.window();
                let end = memchr::memchr2(b'\n', b'\r', window);
                let length = end.map_or(window.len(), |end| end + 1);
                self.pass(length);
                if end.is_some() || self.input.first()?.is_none() {
                    break;
                }
            }
        }
    }

    fn unfinished(&mut self, what: &str) -> Result<(), Fault> {
        let message = format!("the file ends before its {what} is closed");
        (self.emit)(Row::Notice {
            line: Some(self.lines.line()),
            code: Code::CutOff,
            message,
        })
    }

    /// Notes what stands behind the document's end.
    fn rest(&mut self) -> Result<(), Fault> {
        if !self.pass_space()? {
            return Ok(());
        }
        let line = Some(self.lines.line());
        let mut ignored = 0;
        while self.input.first()?.is_some() {
            let length = self.input.window().len();
            ignored += length;
            self.pass(length);
        }
        let message = format!("{ignored} bytes after the end of the JSON document were ignored");
        (self.emit)(Row::Notice {
            line,
            code: Code::TrailingGarbage,
            message,
        })
    }

    /// Reads an object of columns, which cannot be read record by record.
    fn columns(&mut self) -> Result<(), Fault> {
        let limit = self.context.limits.whole_bytes;
        while self.input.more()? {
            if self.input.window().len() as u64 > limit {
                return Err(Fault::new(
                    Code::FileTooLarge,
                    format!("an object of columns is read as a whole; the limit is {limit} bytes"),
                    "write it as JSON Lines",
                ));
            }
        }
        let limits = crate::Limits {
            elements: u64::MAX,
            ..self.context.limits.clone()
        };
        let parsed = match parse_bytes(self.input.window(), &limits) {
            Ok(parsed) => parsed,
            Err(broken) => {
                let (lines, column) = within(self.input.window(), broken.at);
                let fault = Fault::new(
                    Code::DamagedFile,
                    broken.message,
                    "repair the file, or write it as JSON Lines",
                );
                return Err(fault.line(lines + 1).column(column));
            }
        };
        let length = self.input.window().len();
        self.input.consume(length);
        let emit = &mut *self.emit;
        for (code, message) in parsed.notices {
            emit(Row::Notice {
                line: Some(1),
                code,
                message,
            })?;
        }
        let marks = parsed.written.as_ref().map(|written| written.marks);
        let record = |line, value, written: Option<Value>| {
            Row::Record(RawRecord {
                line,
                byte_offset: 0,
                locator: None,
                value,
                key: None,
                notices: Vec::new(),
                written: written
                    .zip(marks)
                    .map(|(value, marks)| Box::new(Written { value, marks })),
            })
        };
        let marked = parsed.written.map(|written| written.value);
        let (records, mut marked) = match (transpose(parsed.value), marked.map(transpose)) {
            (Ok(records), marked) => (records, marked.and_then(Result::ok)),
            (Err(single), marked) => return emit(record(1, single, marked.and_then(Result::err))),
        };
        for (ordinal, value) in (1..).zip(records) {
            if ordinal % 1024 == 0 {
                self.context.task.check()?;
            }
            emit(record(ordinal, value, marked.as_mut().and_then(Iterator::next)))?;
        }
        Ok(())
    }
}

/// The records of an object in which every value is an array of one length; else the value as it was.
fn transpose(value: Value) -> Result<impl Iterator<Item = Value>, Value> {
    let Value::Object(fields) = value else {
        return Err(value);
    };
    let mut lengths = fields.iter().map(|(_, value)| {
        if let Value::List(items) = value {
            Some(items.len())
        } else {
            None
        }
    });
    let first = lengths.next().flatten();
    if first.is_none() || !lengths.all(|length| length == first) {
        return Err(Value::Object(fields));
    }
    let column = |(name, value)| match value {
        Value::List(items) => (name, items.into_iter()),
        _ => (name, Vec::new().into_iter()),
    };
    let (names, mut columns): (Vec<String>, Vec<_>) = fields.into_iter().map(column).unzip();
    Ok(std::iter::from_fn(move || {
        let cells: Option<Vec<Value>> = columns.iter_mut().map(Iterator::next).collect();
        let cells = cells.filter(|cells| !cells.is_empty())?;
        Some(Value::Object(names.iter().cloned().zip(cells).collect()))
    }))
}

fn bytes_first(bytes: &[u8]) -> u8 {
    bytes.first().copied().unwrap_or(b'{')
}

/// Places damage in a record that may span lines: its line is the record's; the column that of the
/// damage where that is on the same line.
fn damage(bytes: &[u8], broken: Broken, line: u64, byte_offset: u64, indent: Option<usize>) -> Damage {
    let Broken {
        code,
        at,
        mut message,
    } = broken;
    let (lines, column) = within(bytes, at);
    let before = indent.unwrap_or(0) as u64;
    let column = if lines == 0 {
        indent.map(|_| column + before)
    } else {
        message.push_str(&format!(" (line {}, column {column})", line + lines));
        indent.map(|_| before + 1)
    };
    Damage {
        line,
        column,
        byte_offset,
        code,
        message,
        excerpt: around(bytes, at),
    }
}
