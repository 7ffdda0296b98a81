//! What does this JSON text say, exactly, and what is odd about it?
//!
//! Numbers keep their written form; the last of several equal keys wins; what Python writes for
//! numbers that are none is read as null. Each oddity is noted. The parser recurses, at most to the
//! stated depth.

use std::collections::HashMap;

use assay_model::halves::{self, Written};
use assay_model::{Code, Value, fault};

use crate::Limits;
use crate::row::Notice;

/// A value and what was noticed in it.
#[derive(Debug, PartialEq)]
pub(crate) struct Parsed {
    pub value: Value,
    pub notices: Vec<Notice>,
    /// The same with marks, where it holds half of a UTF-16 pair.
    pub written: Option<Box<Written>>,
}

impl Parsed {
    /// What is done with the value, done with both.
    pub fn map(self, with: impl Fn(Value) -> Value) -> Self {
        Self {
            written: self.written.map(|written| {
                let value = with(written.value);
                Box::new(Written { value, ..*written })
            }),
            value: with(self.value),
            notices: self.notices,
        }
    }
}

/// Why a text is no JSON value, and at which byte.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    pub code: Code,
    pub at: usize,
    pub message: String,
}

/// Reads bytes that should be one JSON value in UTF-8.
pub(crate) fn parse_bytes(bytes: &[u8], limits: &Limits) -> Result<Parsed, Broken> {
    match std::str::from_utf8(bytes) {
        Ok(text) => parse(text, limits),
        Err(error) => Err(not_utf8(bytes, &error)),
    }
}

/// Says which byte is no UTF-8, and what it may be instead.
pub(crate) fn not_utf8(bytes: &[u8], error: &std::str::Utf8Error) -> Broken {
    let at = error.valid_up_to();
    let byte = bytes[at];
    let guess = match byte {
        0xFF => "; it may be half of a UTF-16 pair",
        0xA0..=0xFE => "; the text may be Latin-1",
        0x80..=0x9F => "; the text may be Windows-1252",
        _ => "",
    };
    Broken {
        code: Code::InvalidUtf8,
        at,
        message: format!("the byte 0x{byte:02X} is not valid UTF-8 here{guess}"),
    }
}

/// Reads a text that should be one JSON value with nothing but white space around it.
pub(crate) fn parse(text: &str, limits: &Limits) -> Result<Parsed, Broken> {
    let mut parsed = parse_once(text, limits)?;
    if parsed
        .notices
        .iter()
        .any(|(code, _)| *code == Code::LoneSurrogate)
        && let Some((marked, marks)) = halves::marked(text)
    {
        let value = parse_once(&marked, limits)?.value;
        parsed.written = Some(Box::new(Written { value, marks }));
    }
    Ok(parsed)
}

fn parse_once(text: &str, limits: &Limits) -> Result<Parsed, Broken> {
    let mut parser = Parser {
        text,
        bytes: text.as_bytes(),
        at: 0,
        depth: 0,
        fields: 0,
        elements: 0,
        limits,
        opened: Vec::new(),
        notices: Vec::new(),
    };
    parser.skip_space();
    let value = parser.value()?;
    parser.skip_space();
    if parser.at < parser.bytes.len() {
        return Err(parser.unexpected("the end of the record"));
    }
    parser.note_caps();
    Ok(Parsed {
        value,
        notices: parser.notices,
        written: None,
    })
}

struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: u64,
    fields: u64,
    elements: u64,
    limits: &'a Limits,
    /// Where the containers around the present byte were opened.
    opened: Vec<usize>,
    notices: Vec<Notice>,
}

impl Parser<'_> {
    fn value(&mut self) -> Result<Value, Broken> {
        match self.bytes.get(self.at) {
            Some(b'"') => Ok(Value::Text(self.string()?)),
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::list),
            Some(b'-' | b'0'..=b'9' | b'N' | b'I') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            _ => Err(self.unexpected("a value")),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, Broken>) -> Result<Value, Broken> {
        self.depth += 1;
        if self.depth > self.limits.depth {
            let levels = nesting(&self.bytes[self.at..]) + self.depth - 1;
            let message = format!("{levels} levels; the limit is {}", self.limits.depth);
            return Err(Broken {
                code: Code::NestedTooDeep,
                at: self.at,
                message,
            });
        }
        self.opened.push(self.at);
        self.at += 1;
        self.skip_space();
        let value = read(self)?;
        self.opened.pop();
        self.depth -= 1;
        Ok(value)
    }

    fn object(&mut self) -> Result<Value, Broken> {
        let mut object = Fields::default();
        if self.take(b'}') {
            return Ok(Value::Object(object.fields));
        }
        loop {
            if self.bytes.get(self.at) != Some(&b'"') {
                return Err(self.unexpected("a key in double quotes"));
            }
            let key = self.string()?;
            self.skip_space();
            if !self.take(b':') {
                return Err(self.unexpected("a colon"));
            }
            self.skip_space();
            let value = self.value()?;
            self.fields += 1;
            match object.place(&key) {
                Some(place) => self.replace(&mut object.fields[place], value),
                None if self.fields > self.limits.fields => {}
                None => object.push(key, value),
            }
            self.skip_space();
            if self.take(b'}') {
                return Ok(Value::Object(object.fields));
            }
            if !self.take(b',') {
                return Err(self.unexpected("a comma or }"));
            }
            self.skip_space();
        }
    }

    fn replace(&mut self, field: &mut (String, Value), value: Value) {
        let key = fault::excerpt(field.0.as_bytes(), 40);
        let message = if field.1 == value {
            format!("\"{key}\" stands twice with the same value")
        } else {
            format!(
                "\"{key}\" is given with two different values: {} and {}",
                short(&field.1),
                short(&value)
            )
        };
        self.note(Code::DuplicateKey, message);
        field.1 = value;
    }

    fn list(&mut self) -> Result<Value, Broken> {
        let mut items = Vec::new();
        if self.take(b']') {
            return Ok(Value::List(items));
        }
        loop {
            let item = self.value()?;
            self.elements += 1;
            if self.elements <= self.limits.elements {
                items.push(item);
            }
            self.skip_space();
            if self.take(b']') {
                return Ok(Value::List(items));
            }
            if !self.take(b',') {
                return Err(self.unexpected("a comma or ]"));
            }
            self.skip_space();
        }
    }

    fn string(&mut self) -> Result<String, Broken> {
        let opening = self.at;
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = &self.bytes[self.at..];
            let Some(length) = memchr::memchr2(b'"', b'\\', rest) else {
                return Err(self.never_closed("text", opening));
            };
            if let Some(control) = rest[..length].iter().position(|&byte| byte < 0x20) {
                self.at += control;
                let message = format!(
                    "a raw control character (U+{:04X}) stands in a text",
                    rest[control]
                );
                return Err(Broken {
                    code: Code::InvalidJson,
                    at: self.at,
                    message,
                });
            }
            let piece = &self.text[self.at..self.at + length];
            self.at += length + 1;
            if rest[length] == b'"' {
                if out.is_empty() {
                    return Ok(piece.to_owned());
                }
                out.push_str(piece);
                return Ok(out);
            }
            out.push_str(piece);
            self.escape(&mut out, opening)?;
        }
    }

    fn escape(&mut self, out: &mut String, opening: usize) -> Result<(), Broken> {
        let Some(&letter) = self.bytes.get(self.at) else {
            return Err(self.never_closed("text", opening));
        };
        self.at += 1;
        out.push(match letter {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => self.code_point(opening)?,
            _ => {
                self.at -= 1;
                let shown = fault::excerpt(&self.bytes[self.at..], 1);
                let message = format!("\\{} is no escape", shown.trim_end_matches('…'));
                return Err(Broken {
                    code: Code::InvalidJson,
                    at: self.at - 1,
                    message,
                });
            }
        });
        Ok(())
    }

    fn code_point(&mut self, opening: usize) -> Result<char, Broken> {
        let column = self.at - 1;
        let unit = self.four_digits(opening)?;
        if unit == 0 {
            self.note(
                Code::NulCharacter,
                format!("the text holds U+0000 (byte {column} of the record)"),
            );
        }
        if let Some(character) = char::from_u32(unit) {
            return Ok(character);
        }
        if unit < 0xDC00 && self.bytes[self.at..].starts_with(b"\\u") {
            let back = self.at;
            self.at += 2;
            let low = self.four_digits(opening)?;
            if (0xDC00..0xE000).contains(&low) {
                let scalar = 0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                return Ok(char::from_u32(scalar).expect("a pair of surrogates is a scalar value"));
            }
            self.at = back;
        }
        self.note(
            Code::LoneSurrogate,
            format!("\\u{unit:04x} is half of a pair; U+FFFD stands in its place"),
        );
        Ok(char::REPLACEMENT_CHARACTER)
    }

    fn four_digits(&mut self, opening: usize) -> Result<u32, Broken> {
        let Some(digits) = self.bytes.get(self.at..self.at + 4) else {
            return Err(self.never_closed("text", opening));
        };
        let mut unit = 0;
        for &digit in digits {
            let Some(value) = char::from(digit).to_digit(16) else {
                let message = "\\u needs four hexadecimal digits".into();
                return Err(Broken {
                    code: Code::InvalidJson,
                    at: self.at,
                    message,
                });
            };
            unit = unit * 16 + value;
        }
        self.at += 4;
        Ok(unit)
    }

    fn number(&mut self) -> Result<Value, Broken> {
        for word in ["NaN", "Infinity", "-Infinity"] {
            if self.bytes[self.at..].starts_with(word.as_bytes()) {
                self.at += word.len();
                self.note(Code::NotANumber, format!("{word} is read as null"));
                return Ok(Value::Null);
            }
        }
        let start = self.at;
        self.at += usize::from(self.bytes[self.at] == b'-');
        let whole = self.digits();
        let leading_zero = whole > 1 && self.bytes[self.at - whole] == b'0';
        if whole == 0 || leading_zero {
            self.at = if leading_zero {
                self.at - whole + 1
            } else {
                self.at
            };
            return Err(self.unexpected(if leading_zero {
                "no digit after a leading zero"
            } else {
                "a digit"
            }));
        }
        if self.take(b'.') && self.digits() == 0 {
            return Err(self.unexpected("a digit"));
        }
        let exponent = matches!(self.bytes.get(self.at), Some(b'e' | b'E'));
        if exponent {
            self.at += 1;
            self.at += usize::from(matches!(self.bytes.get(self.at), Some(b'+' | b'-')));
            if self.digits() == 0 {
                return Err(self.unexpected("a digit"));
            }
        }
        let written = &self.text[start..self.at];
        if (exponent || written.len() > 300) && written.parse::<f64>().is_ok_and(f64::is_infinite) {
            let shown = fault::excerpt(written.as_bytes(), 40);
            self.note(
                Code::NumberOutOfRange,
                format!("{shown} is too large for any float; kept as written"),
            );
        }
        Ok(Value::Number(written.to_owned()))
    }

    fn digits(&mut self) -> usize {
        let count = self.bytes[self.at..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        self.at += count;
        count
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Broken> {
        let rest = &self.bytes[self.at..];
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(value);
        }
        if word.as_bytes().starts_with(rest) {
            self.at = self.bytes.len();
        }
        Err(self.unexpected("a value"))
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.bytes.get(self.at) == Some(&byte);
        self.at += usize::from(found);
        found
    }

    fn skip_space(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn note(&mut self, code: Code, message: String) {
        // A record with a thousand oddities of one kind says so once for each of the first few.
        if self.notices.iter().filter(|(known, _)| *known == code).count() < 3 {
            self.notices.push((code, message));
        }
    }

    fn note_caps(&mut self) {
        if self.fields > self.limits.fields {
            let message = format!(
                "{} fields; the first {} were kept",
                self.fields, self.limits.fields
            );
            self.notices.push((Code::FieldsCapped, message));
        }
        if self.elements > self.limits.elements {
            let message = format!(
                "{} list elements; the first {} were kept",
                self.elements, self.limits.elements
            );
            self.notices.push((Code::FieldsCapped, message));
        }
    }

    fn unexpected(&self, wanted: &str) -> Broken {
        if self.at >= self.bytes.len() {
            return match self.opened.last() {
                Some(&opening) if self.bytes[opening] == b'{' => self.never_closed("object", opening),
                Some(&opening) => self.never_closed("array", opening),
                None => Broken {
                    code: Code::CutOff,
                    at: self.at,
                    message: format!("it ends where {wanted} should stand"),
                },
            };
        }
        let found = self.text[self.at..]
            .chars()
            .next()
            .map_or(String::new(), |c| fault::one_line(&c.to_string()));
        Broken {
            code: Code::InvalidJson,
            at: self.at,
            message: format!("expected {wanted}, found {found}"),
        }
    }

    fn never_closed(&self, what: &str, opening: usize) -> Broken {
        let (lines, column) = crate::place::within(self.bytes, opening);
        let place = if lines == 0 {
            String::new()
        } else {
            format!(" line {}", lines + 1)
        };
        let message = format!("the {what} opened at{place} column {column} is never closed");
        Broken {
            code: Code::CutOff,
            at: self.bytes.len(),
            message,
        }
    }
}

/// The fields of an object under construction, found by name in constant time once they are many.
#[derive(Default)]
struct Fields {
    fields: Vec<(String, Value)>,
    places: HashMap<String, usize>,
}

impl Fields {
    const FEW: usize = 24;

    fn place(&self, key: &str) -> Option<usize> {
        if self.fields.len() <= Self::FEW {
            return self.fields.iter().position(|(name, _)| name == key);
        }
        self.places.get(key).copied()
    }

    fn push(&mut self, key: String, value: Value) {
        let place = self.fields.len();
        if place == Self::FEW {
            self.places = self
                .fields
                .iter()
                .enumerate()
                .map(|(i, (name, _))| (name.clone(), i))
                .collect();
        }
        if place >= Self::FEW {
            self.places.insert(key.clone(), place);
        }
        self.fields.push((key, value));
    }
}

/// Levels opened at the front of `bytes`, as far as they are opened without pause.
fn nesting(bytes: &[u8]) -> u64 {
    let mut depth = 0_u64;
    let mut deepest = 0;
    let mut in_text = false;
    let mut escaped = false;
    for &byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// A value in at most 60 characters.
fn short(value: &Value) -> String {
    let shown = match value {
        Value::Text(text) => format!("\"{}\"", text.chars().take(80).collect::<String>()),
        Value::Null => "null".into(),
        Value::List(items) => format!("a list of {}", items.len()),
        Value::Object(fields) => format!("an object of {}", fields.len()),
        other => other.to_string(),
    };
    fault::excerpt(shown.as_bytes(), 60)
}
