//! Arrow batches as polars frames, for the types in which feature columns are written.

use arrow::array::{Array, ArrayRef, ArrowPrimitiveType, AsArray, PrimitiveArray, RecordBatchReader};
use arrow::datatypes as arrows;
use polars::prelude::*;

/// The batches of a reader, one after the other, with these columns in this order.
pub(super) fn frame(columns: &[&str], reader: impl RecordBatchReader) -> Result<DataFrame, String> {
    let schema = reader.schema();
    let mut arrays: Vec<Vec<ArrayRef>> = vec![Vec::new(); columns.len()];
    let mut rows = 0;
    for batch in reader {
        let batch = batch.map_err(|error| error.to_string())?;
        rows += batch.num_rows();
        for (name, arrays) in columns.iter().zip(&mut arrays) {
            arrays.extend(batch.column_by_name(name).cloned());
        }
    }
    let columns = columns
        .iter()
        .zip(arrays)
        .map(|(name, arrays)| {
            let kind = schema
                .field_with_name(name)
                .map_err(|error| error.to_string())?
                .data_type();
            column(name, kind, &arrays)
        })
        .collect::<Result<Vec<_>, String>>()?;
    DataFrame::new(rows, columns).map_err(|error| error.to_string())
}

fn column(name: &str, kind: &arrows::DataType, arrays: &[ArrayRef]) -> Result<Column, String> {
    use arrows::DataType as Kind;
    let name = PlSmallStr::from_str(name);
    Ok(match kind {
        Kind::UInt8 => numbers::<arrows::UInt8Type, UInt8Type>(name, arrays),
        Kind::UInt32 => numbers::<arrows::UInt32Type, UInt32Type>(name, arrays),
        Kind::UInt64 => numbers::<arrows::UInt64Type, UInt64Type>(name, arrays),
        Kind::Float32 => numbers::<arrows::Float32Type, Float32Type>(name, arrays),
        Kind::Float64 => numbers::<arrows::Float64Type, Float64Type>(name, arrays),
        Kind::Boolean => {
            let values = arrays.iter().flat_map(|array| array.as_boolean().iter());
            BooleanChunked::from_iter_options(name, values).into_column()
        }
        Kind::Utf8 => {
            let values = arrays.iter().flat_map(|array| array.as_string::<i32>().iter());
            StringChunked::from_iter_options(name, values).into_column()
        }
        Kind::Binary => {
            let values = arrays.iter().flat_map(|array| array.as_binary::<i32>().iter());
            BinaryChunked::from_iter_options(name, values).into_column()
        }
        other => {
            return Err(format!(
                "column `{name}` is of type {other}, in which none is written"
            ));
        }
    })
}

/// Copies numbers at once where none is missing.
fn numbers<A, P>(name: PlSmallStr, arrays: &[ArrayRef]) -> Column
where
    A: ArrowPrimitiveType,
    P: PolarsNumericType<Native = A::Native>,
    ChunkedArray<P>: IntoColumn + NewChunkedArray<P, A::Native>,
{
    let arrays = || arrays.iter().map(|array| array.as_primitive::<A>());
    if arrays().any(|array: &PrimitiveArray<A>| array.null_count() > 0) {
        let values = arrays().flat_map(|array| array.iter());
        return ChunkedArray::<P>::from_iter_options(name, values).into_column();
    }
    let mut values = Vec::with_capacity(arrays().map(Array::len).sum());
    for array in arrays() {
        values.extend_from_slice(array.values());
    }
    ChunkedArray::<P>::from_vec(name, values).into_column()
}
