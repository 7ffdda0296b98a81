//! Records of a file as they are, without a map: for tables that the user brings beside the data.
//!
//! The same recognition, readers and limits as in indexing. Here damage to a record ends the reading: a table of
//! verdicts or results counts as a whole or not at all. What is plain text holds no records and is refused.

use std::path::Path;

use assay_model::{Code, Digest, Fault, Task, Value};

use crate::intake::{Step, named};
use crate::read::read_rows;
use crate::row::Row;
use crate::walk::{Found, walk};
use crate::{Format, Limits, Shape};

/// One record of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// From 1, as an editor shows it; the record's ordinal where lines do not apply.
    pub line: u64,
    pub value: Value,
    /// What was noticed in it, such as a NaN that was read as null.
    pub noticed: Vec<(Code, String)>,
}

/// What a table was read as.
#[derive(Clone, Debug, PartialEq)]
pub struct TableSummary {
    /// SHA-256 of the bytes on disk.
    pub digest: Digest,
    pub shape: Shape,
    pub rows: u64,
}

/// Reads every record of one file in order, in bounded memory. `Err` names the line of the first damage.
pub fn read_table(
    path: &Path,
    limits: &Limits,
    task: &Task,
    each: &mut dyn FnMut(TableRow) -> Result<(), Fault>,
) -> Result<TableSummary, Fault> {
    let shown = path.display().to_string();
    let file = match walk(&[path.to_owned()], task)?.pop() {
        Some(Found::File(file)) if !path.is_dir() => file,
        Some(Found::Refused(refusal)) => {
            return Err(Fault::new(refusal.code, refusal.message, refusal.remedy).at(shown));
        }
        _ => {
            return Err(Fault::new(Code::NotRegular, "this is a folder", "give one file").at(shown));
        }
    };
    let mut rows = 0;
    let read = read_rows(&file, None, limits, task, &mut |step| match step {
        Step::Shape(shape) if matches!(shape.format, Format::Text { .. }) => Err(Fault::new(
            Code::UnknownFormat,
            "plain text holds no records",
            "give JSON Lines, CSV or Parquet",
        )),
        Step::Shape(_) | Step::Row(Row::Notice { .. }, _) => Ok(()),
        Step::Row(Row::Damaged(damage), _) => {
            let fault = Fault::new(damage.code, damage.message, "correct the record").line(damage.line);
            Err(damage.column.map_or(fault.clone(), |column| fault.column(column)))
        }
        Step::Row(Row::Record(record), _) => {
            rows += 1;
            each(TableRow {
                line: record.line,
                value: named(record.value, None, &record.key),
                noticed: record.notices,
            })
        }
    });
    let (digest, shape) = read.map_err(|fault| match fault.path {
        None => fault.at(shown),
        Some(_) => fault,
    })?;
    Ok(TableSummary { digest, shape, rows })
}
