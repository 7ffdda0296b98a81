//! One JSON record: does it mean what another reader says it means?

use assay_model::{Task, Value};
use assay_read::{Limits, TableRow, read_table};

use crate::scratch::with_file;

/// Nesting at which the two readers may differ.
const DEEP: usize = 100;

pub(crate) fn json_record(bytes: &[u8]) {
    let is_one_line = !bytes.iter().any(|byte| matches!(byte, b'\n' | b'\r'));
    let depth = bytes.iter().filter(|byte| matches!(byte, b'[' | b'{')).count();
    if !is_one_line || depth > DEEP {
        return;
    }
    let line = [b"{\"v\":", bytes, b"}\n"].concat();
    let theirs = serde_json::from_slice::<serde_json::Value>(&line);
    match (one_row(&line), theirs) {
        (Ok(row), Ok(theirs)) => assert!(is_same(&row.value, &theirs), "{:?}\n{theirs}", row.value),
        (Ok(row), Err(error)) => assert!(!row.noticed.is_empty(), "{error}: taken as {:?}", row.value),
        (Err(why), Ok(theirs)) => panic!("{why}: {theirs}"),
        (Err(_), Err(_)) => {}
    }
}

/// The only record of a file of one line.
fn one_row(line: &[u8]) -> Result<TableRow, String> {
    let mut rows = Vec::new();
    let read = with_file("record.jsonl", line, |path| {
        read_table(path, &Limits::default(), &Task::silent(), &mut |row| {
            rows.push(row);
            Ok(())
        })
    });
    read.map_err(|fault| fault.to_string())?;
    match (rows.pop(), rows.len()) {
        (Some(row), 0) => Ok(row),
        (_, more) => Err(format!("{more} more records")),
    }
}

fn is_same(ours: &Value, theirs: &serde_json::Value) -> bool {
    match (ours, theirs) {
        (Value::Null, serde_json::Value::Null) => true,
        (Value::Bool(a), serde_json::Value::Bool(b)) => a == b,
        (Value::Text(a), serde_json::Value::String(b)) => a == b,
        (Value::Number(written), serde_json::Value::Number(number)) => is_close(
            written.parse().unwrap_or(f64::NAN),
            number.as_f64().unwrap_or(f64::NAN),
        ),
        (Value::List(a), serde_json::Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        // Of a key that stands twice theirs keeps the last value, ours both.
        (Value::Object(fields), serde_json::Value::Object(map)) => {
            fields.iter().all(|(key, _)| map.contains_key(key))
                && map.iter().all(|(key, value)| {
                    let last = fields.iter().rfind(|(name, _)| name == key);
                    last.is_some_and(|(_, ours)| is_same(ours, value))
                })
        }
        _ => false,
    }
}

/// serde_json rounds the last digit faster than right.
fn is_close(a: f64, b: f64) -> bool {
    a == b || (a - b).abs() <= 1e-14 * a.abs().max(b.abs())
}
