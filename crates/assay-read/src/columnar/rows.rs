//! One row of Arrow arrays as a value.

use arrow::array::{
    Array, ArrayRef, AsArray, BinaryArray, BinaryViewArray, BooleanArray, FixedSizeBinaryArray,
    LargeBinaryArray, LargeStringArray, OffsetSizeTrait, RecordBatch, StringArray, StringViewArray,
    StructArray,
};
use arrow::datatypes::{
    DataType, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow::util::display::{ArrayFormatter, FormatOptions};
use assay_model::{Code, Value};

use crate::row::Notice;

/// Why a row is quarantined.
pub(super) type Damaged = (Code, String);

/// Row `row` of a batch; `text` names the binary columns that are read as text.
pub(super) fn record(
    batch: &RecordBatch,
    row: usize,
    text: &[String],
) -> Result<(Value, Vec<Notice>), Damaged> {
    let mut cells = Cells { notices: Vec::new() };
    let mut fields = Vec::with_capacity(batch.num_columns());
    for (field, column) in batch.schema_ref().fields().iter().zip(batch.columns()) {
        let value = if text.contains(field.name()) {
            unmarked_text(column, row, field.name())?
        } else {
            cells.value(column, row, field.name())
        };
        fields.push((field.name().clone(), value));
    }
    Ok((Value::Object(fields), cells.notices))
}

/// The bytes in a binary column.
pub(super) fn bytes(column: &ArrayRef, row: usize) -> Option<&[u8]> {
    if column.is_null(row) {
        return None;
    }
    let any = column.as_any();
    if let Some(array) = any.downcast_ref::<BinaryArray>() {
        return Some(array.value(row));
    }
    if let Some(array) = any.downcast_ref::<LargeBinaryArray>() {
        return Some(array.value(row));
    }
    any.downcast_ref::<BinaryViewArray>()
        .map(|array| array.value(row))
}

fn unmarked_text(column: &ArrayRef, row: usize, name: &str) -> Result<Value, Damaged> {
    let Some(bytes) = bytes(column, row) else {
        return Ok(Value::Null);
    };
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Value::Text(text.to_owned())),
        Err(error) => {
            let broken = crate::json::not_utf8(bytes, &error);
            Err((
                Code::InvalidUtf8,
                format!("in column {name}, byte {}: {}", broken.at, broken.message),
            ))
        }
    }
}

struct Cells {
    notices: Vec<Notice>,
}

impl Cells {
    fn value(&mut self, array: &ArrayRef, row: usize, name: &str) -> Value {
        if array.is_null(row) {
            return Value::Null;
        }
        let any = array.as_any();
        macro_rules! text {
            ($($array:ty)*) => { $(if let Some(array) = any.downcast_ref::<$array>() {
                return Value::Text(array.value(row).to_owned());
            })* };
        }
        text!(StringArray LargeStringArray StringViewArray);
        macro_rules! whole {
            ($($kind:ty)*) => { $(if let Some(array) = array.as_primitive_opt::<$kind>() {
                return Value::Number(array.value(row).to_string());
            })* };
        }
        match array.data_type() {
            DataType::Int8 | DataType::Int16 | DataType::Int32 | DataType::Int64 => {
                whole!(Int64Type Int32Type Int16Type Int8Type);
            }
            DataType::UInt8 | DataType::UInt16 | DataType::UInt32 | DataType::UInt64 => {
                whole!(UInt64Type UInt32Type UInt16Type UInt8Type);
            }
            DataType::Float16 => {
                let float = array.as_primitive::<Float16Type>().value(row);
                return self.float(float.to_f32().is_finite(), &float, name);
            }
            DataType::Float32 => {
                let float = array.as_primitive::<Float32Type>().value(row);
                return self.float(float.is_finite(), &float, name);
            }
            DataType::Float64 => {
                let float = array.as_primitive::<Float64Type>().value(row);
                return self.float(float.is_finite(), &float, name);
            }
            DataType::Boolean => {
                if let Some(array) = any.downcast_ref::<BooleanArray>() {
                    return Value::Bool(array.value(row));
                }
            }
            DataType::Struct(_) => return self.object(array.as_struct(), row),
            DataType::List(_) => return self.list::<i32>(array, row, name),
            DataType::LargeList(_) => return self.list::<i64>(array, row, name),
            DataType::FixedSizeList(..) => {
                let items = array.as_fixed_size_list().value(row);
                return self.items(&items, name);
            }
            DataType::Map(..) => return self.map(array, row, name),
            DataType::Dictionary(..) => {
                let dictionary = array.as_any_dictionary();
                return match key(dictionary.keys(), row) {
                    Some(key) if key < dictionary.values().len() => {
                        self.value(dictionary.values(), key, name)
                    }
                    _ => Value::Null,
                };
            }
            DataType::Binary | DataType::LargeBinary | DataType::BinaryView => {
                return binary(bytes(array, row).unwrap_or_default());
            }
            DataType::FixedSizeBinary(_) => {
                if let Some(array) = any.downcast_ref::<FixedSizeBinaryArray>() {
                    return binary(array.value(row));
                }
            }
            _ => {}
        }
        written(array, row)
    }

    fn float(&mut self, finite: bool, float: &dyn std::fmt::Display, name: &str) -> Value {
        if finite {
            return Value::Number(float.to_string());
        }
        self.notices
            .push((Code::NotANumber, format!("{float} in {name} is read as null")));
        Value::Null
    }

    fn object(&mut self, array: &StructArray, row: usize) -> Value {
        let columns = array.column_names().into_iter().zip(array.columns());
        Value::Object(
            columns
                .map(|(name, column)| (name.to_owned(), self.value(column, row, name)))
                .collect(),
        )
    }

    fn list<O: OffsetSizeTrait>(&mut self, array: &ArrayRef, row: usize, name: &str) -> Value {
        let items = array.as_list::<O>().value(row);
        self.items(&items, name)
    }

    fn items(&mut self, items: &ArrayRef, name: &str) -> Value {
        Value::List(
            (0..items.len())
                .map(|item| self.value(items, item, name))
                .collect(),
        )
    }

    fn map(&mut self, array: &ArrayRef, row: usize, name: &str) -> Value {
        let entries = array.as_map().value(row);
        let (keys, values) = (entries.column(0), entries.column(1));
        let entry = |at: usize| {
            (
                self.value(keys, at, name).to_string(),
                self.value(values, at, name),
            )
        };
        Value::Object((0..entries.len()).map(entry).collect())
    }
}

/// The place in a dictionary's values that row `row` points at.
fn key(keys: &dyn Array, row: usize) -> Option<usize> {
    macro_rules! at {
        ($($kind:ty)*) => { $(if let Some(keys) = keys.as_primitive_opt::<$kind>() {
            return usize::try_from(keys.value(row)).ok();
        })* };
    }
    at!(Int32Type Int64Type Int16Type Int8Type UInt32Type UInt64Type UInt16Type UInt8Type);
    None
}

/// Bytes that are no text: their count, since what they mean is not known.
fn binary(bytes: &[u8]) -> Value {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Value::Text(text.to_owned()),
        _ => Value::Text(format!("({} bytes)", bytes.len())),
    }
}

/// Dates, times, decimals and whatever else has a written form.
fn written(array: &ArrayRef, row: usize) -> Value {
    let options = FormatOptions::default();
    let Ok(formatter) = ArrayFormatter::try_new(array, &options) else {
        return Value::Null;
    };
    let Ok(text) = formatter.value(row).try_to_string() else {
        return Value::Null;
    };
    match array.data_type() {
        DataType::Decimal32(..)
        | DataType::Decimal64(..)
        | DataType::Decimal128(..)
        | DataType::Decimal256(..) => Value::Number(text),
        _ => Value::Text(text),
    }
}
