//! From rows to events: holds the first records back until their fields are known, then maps each.

use assay_model::halves::Written;
use assay_model::{Code, Fault, FieldMap, Flag, Quarantine, Value, fault};

use crate::json::with_key;
use crate::map::{fields_seen, recognise_marked};
use crate::row::{Damage, RawRecord, Row};
use crate::{Event, Format, Mapper, Record, Shape};

/// Records that are held back at most to recognise their fields.
const HELD_RECORDS: usize = 256;
const HELD_BYTES: usize = 8 << 20;
/// Bytes of the file between two reports of progress.
const PROGRESS_BYTES: u64 = 1 << 20;
/// Characters of a record that no field makes a sample of.
const EXCERPT: usize = 198;

pub(crate) type Sink<'a> = dyn FnMut(Event) -> Result<(), Fault> + 'a;

/// What a reading hands on.
pub(crate) enum Step<'a> {
    /// How the file is read; comes first.
    Shape(&'a Shape),
    /// The next row, and the bytes of the file read so far.
    Row(Row, u64),
}

pub(crate) struct Intake<'a, 'b> {
    relative: &'a str,
    given: Option<&'a FieldMap>,
    unmarked: Vec<String>,
    bytes: u64,
    sink: &'a mut Sink<'b>,
    held: Vec<Row>,
    held_records: usize,
    held_bytes: usize,
    mapping: Option<(FieldMap, Mapper)>,
    reported_bytes: u64,
    pub seen: u64,
    pub indexed: u64,
    pub quarantined: u64,
}

impl<'a, 'b> Intake<'a, 'b> {
    pub fn new(relative: &'a str, given: Option<&'a FieldMap>, sink: &'a mut Sink<'b>) -> Self {
        Self {
            relative,
            given,
            unmarked: Vec::new(),
            bytes: 0,
            sink,
            held: Vec::new(),
            held_records: 0,
            held_bytes: 0,
            mapping: None,
            reported_bytes: 0,
            seen: 0,
            indexed: 0,
            quarantined: 0,
        }
    }

    /// Takes the next step of the reading.
    pub fn take(&mut self, step: Step) -> Result<(), Fault> {
        let row = match step {
            Step::Shape(shape) => {
                if let Format::Parquet(tables) = &shape.format {
                    self.unmarked = tables.unmarked_text.clone();
                }
                return (self.sink)(Event::Shape(shape));
            }
            Step::Row(row, bytes) => {
                self.bytes = bytes;
                row
            }
        };
        if self.mapping.is_some() {
            return self.pass(row);
        }
        if let Row::Record(record) = &row {
            self.held_records += 1;
            self.held_bytes += weight(&record.value);
        }
        self.held.push(row);
        let full =
            self.held_records >= HELD_RECORDS || self.held_bytes >= HELD_BYTES || self.held.len() >= 4096;
        if full { self.decide() } else { Ok(()) }
    }

    /// Maps what is still held and gives the map that was used.
    pub fn finish(mut self) -> Result<(FieldMap, [u64; 3]), Fault> {
        if self.mapping.is_none() {
            self.decide()?;
        }
        (self.sink)(Event::Progress { bytes: self.bytes })?;
        let map = self.mapping.map(|(map, _)| map).unwrap_or_default();
        Ok((map, [self.seen, self.indexed, self.quarantined]))
    }

    /// Settles on a map and passes on what was held.
    fn decide(&mut self) -> Result<(), Fault> {
        let held = std::mem::take(&mut self.held);
        self.held_records = 0;
        let columns = self.given.and_then(|map| map.columns.clone());
        let records = held.iter().filter_map(|row| {
            if let Row::Record(record) = row {
                Some(record)
            } else {
                None
            }
        });
        let arrays = records
            .clone()
            .filter(|record| matches!(record.value, Value::List(_)))
            .count();
        if arrays > 0 && columns.is_none() && arrays * 2 > records.clone().count() {
            return Err(Fault::new(
                Code::ArraysNeedColumns,
                "its records are arrays",
                "name their elements in the map: columns = [\"text\", \"intent\"]",
            ));
        }
        let values: Vec<Value> = match self.given {
            Some(map) if !map.parts.is_empty() => Vec::new(),
            _ => records
                .map(|record| named(record.value.clone(), columns.as_deref(), &record.key))
                .collect(),
        };
        let map = self.choose(&values)?;
        if let Some(map) = map {
            let mapper = if self.given.is_some() {
                Mapper::new(&map)?
            } else {
                Mapper::recognised(&map)?
            };
            (self.sink)(Event::Mapped {
                map: &map,
                recognised: self.given.is_none(),
            })?;
            self.mapping = Some((map, mapper));
        } else {
            // Nothing but damage so far: it is passed on, and the next records decide.
            let (map, mapper) = (FieldMap::default(), Mapper::new(&FieldMap::default())?);
            self.mapping = Some((map, mapper));
            for row in held {
                self.pass(row)?;
            }
            self.mapping = None;
            return Ok(());
        }
        held.into_iter().try_for_each(|row| self.pass(row))
    }

    /// The map to use: the given one, its parts recognised where it names none; or a recognised one.
    /// `None` while there is no record to recognise anything in.
    fn choose(&self, records: &[Value]) -> Result<Option<FieldMap>, Fault> {
        if let Some(map) = self.given.filter(|map| !map.parts.is_empty()) {
            return Ok(Some(map.clone()));
        }
        if records.is_empty() {
            return Ok(self.given.cloned().filter(|_| self.held_bytes > 0));
        }
        let Some(recognised) = recognise_marked(records, &self.unmarked) else {
            let message = format!(
                "no field is known to be text; the fields are: {}",
                fields_seen(records)
            );
            let remedy = "name the text fields in a map: [[part]] field = \"…\" role = \"document\"";
            return Err(Fault::new(Code::NoTextField, message, remedy));
        };
        Ok(Some(match self.given {
            None => recognised,
            Some(map) => FieldMap {
                parts: recognised.parts,
                ..map.clone()
            },
        }))
    }

    fn pass(&mut self, row: Row) -> Result<(), Fault> {
        match row {
            Row::Notice { line, code, message } => return self.flag(line, code, message),
            Row::Damaged(damage) => {
                self.seen += 1;
                self.quarantine(damage)?;
            }
            Row::Record(record) => {
                self.seen += 1;
                self.record(record)?;
            }
        }
        if self.bytes >= self.reported_bytes + PROGRESS_BYTES {
            self.reported_bytes = self.bytes;
            (self.sink)(Event::Progress { bytes: self.bytes })?;
        }
        Ok(())
    }

    fn record(&mut self, record: RawRecord) -> Result<(), Fault> {
        let RawRecord {
            line,
            byte_offset,
            locator,
            value,
            key,
            notices,
            written,
        } = record;
        let Some((map, mapper)) = &self.mapping else {
            return Err(Fault::internal("mapping a record", "no map was chosen"));
        };
        let value = named(value, map.columns.as_deref(), &key);
        let damage = |code, message| Damage {
            line,
            column: None,
            byte_offset,
            code,
            message,
            excerpt: fault::excerpt(value.to_string().as_bytes(), EXCERPT),
        };
        if let Value::List(items) = &value {
            let (code, message) = match &map.columns {
                Some(columns) => (
                    Code::RaggedRow,
                    format!(
                        "{} elements; the map names {} columns",
                        items.len(),
                        columns.len()
                    ),
                ),
                None => (Code::NotAnObject, "the record is an array".to_owned()),
            };
            return self.quarantine(damage(code, message));
        }
        match mapper.apply(&value, self.relative) {
            Err((code, message)) => self.quarantine(damage(code, message)),
            Ok((sample, noticed)) => {
                self.indexed += 1;
                let record = Record {
                    ordinal: self.seen,
                    line,
                    byte_offset,
                    locator,
                    value,
                    written: written.map(|written| {
                        let value = named(written.value, map.columns.as_deref(), &key);
                        Box::new(Written { value, ..*written })
                    }),
                };
                (self.sink)(Event::Sample { record, sample })?;
                let mut all = notices.into_iter().chain(noticed);
                all.try_for_each(|(code, message)| self.flag(Some(line), code, message))
            }
        }
    }

    fn quarantine(&mut self, damage: Damage) -> Result<(), Fault> {
        self.quarantined += 1;
        let Damage {
            line,
            column,
            byte_offset,
            code,
            message,
            excerpt,
        } = damage;
        let path = self.relative.to_owned();
        (self.sink)(Event::Quarantine(Quarantine {
            path,
            line,
            column,
            byte_offset,
            code,
            message,
            excerpt,
        }))
    }

    fn flag(&mut self, line: Option<u64>, code: Code, message: String) -> Result<(), Fault> {
        (self.sink)(Event::Flag(Flag {
            path: self.relative.to_owned(),
            line,
            code,
            message,
        }))
    }
}

/// Gives an array's elements the names of the map's columns, and the record the key it stands under.
/// An array with more elements than names stays one.
pub(crate) fn named(value: Value, columns: Option<&[String]>, key: &Option<String>) -> Value {
    let value = match (value, columns) {
        (Value::List(items), Some(columns)) if items.len() <= columns.len() => {
            let cells = items.into_iter().chain(std::iter::repeat(Value::Null));
            Value::Object(columns.iter().cloned().zip(cells).collect())
        }
        (value, _) => value,
    };
    match key {
        Some(key) => with_key(value, Value::Text(key.clone())),
        None => value,
    }
}

/// About the bytes a value takes in memory.
fn weight(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) => 32,
        Value::Number(text) | Value::Text(text) => 32 + text.len(),
        Value::List(items) => 32 + items.iter().map(weight).sum::<usize>(),
        Value::Object(fields) => {
            32 + fields
                .iter()
                .map(|(name, value)| name.len() + weight(value))
                .sum::<usize>()
        }
    }
}
