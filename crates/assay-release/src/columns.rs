//! Rows as Arrow columns, for shards in Parquet.
//!
//! Every field may be null, so that the schema depends on nothing but the dimensions; a field is never left out.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, Int64Array, ListArray, RecordBatch, StringArray, StructArray};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{Field, FieldRef, Fields, Schema, SchemaRef};
use arrow::error::ArrowError;

use crate::{Class, Row};

/// A dimension of the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    pub name: String,
    /// Whether its values are lists.
    pub is_list: bool,
}

pub(crate) fn batch(rows: &[Row], dimensions: &[Dimension]) -> Result<RecordBatch, ArrowError> {
    let mut columns = vec![
        (
            "digest",
            texts(rows.iter().map(|row| Some(row.digest.to_string()))),
        ),
        ("parts", parts(rows)?),
        ("weight", floats(rows.iter().map(|row| row.weight))),
        ("origin", texts(rows.iter().map(|row| Some(row.origin.as_str())))),
        (
            "source_class",
            texts(rows.iter().map(|row| Some(row.source_class.as_str()))),
        ),
        ("confidence", floats(rows.iter().map(|row| row.confidence))),
        ("tokens", counts(rows.iter().map(|row| Some(row.tokens)))),
        ("evidence", evidence(rows)?),
        ("lineage", lineage(rows)?),
    ];
    // Parquet has no empty groups.
    if !dimensions.is_empty() {
        columns.insert(7, ("dimensions", classes(rows, dimensions)?));
    }
    let schema = schema(&columns);
    RecordBatch::try_new(schema, columns.into_iter().map(|(_, column)| column).collect())
}

fn schema(columns: &[(&str, ArrayRef)]) -> SchemaRef {
    let fields: Vec<FieldRef> = columns.iter().map(|(name, column)| field(name, column)).collect();
    Arc::new(Schema::new(fields))
}

fn field(name: &str, column: &ArrayRef) -> FieldRef {
    Arc::new(Field::new(name, column.data_type().clone(), true))
}

fn parts(rows: &[Row]) -> Result<ArrayRef, ArrowError> {
    let all = || rows.iter().flat_map(|row| &row.parts);
    let values = structs(vec![
        ("role", texts(all().map(|part| Some(&part.role)))),
        ("text", texts(all().map(|part| Some(&part.text)))),
        ("origin", texts(all().map(|part| Some(part.origin.as_str())))),
        (
            "source_class",
            texts(all().map(|part| Some(part.source_class.as_str()))),
        ),
        ("confidence", floats(all().map(|part| part.confidence))),
    ])?;
    lists(rows.iter().map(|row| row.parts.len()), values)
}

fn evidence(rows: &[Row]) -> Result<ArrayRef, ArrowError> {
    let all = || rows.iter().flat_map(|row| &row.evidence);
    let values = structs(vec![
        ("part", counts(all().map(|each| each.part.map(u64::from)))),
        ("kind", texts(all().map(|each| Some(each.kind.as_str())))),
        ("origin", texts(all().map(|each| Some(each.origin.as_str())))),
        (
            "source_class",
            texts(all().map(|each| Some(each.source_class.as_str()))),
        ),
        ("confidence", floats(all().map(|each| each.confidence))),
        ("source", texts(all().map(|each| Some(&each.source)))),
        ("generator", texts(all().map(|each| each.generator.as_ref()))),
    ])?;
    lists(rows.iter().map(|row| row.evidence.len()), values)
}

fn classes(rows: &[Row], dimensions: &[Dimension]) -> Result<ArrayRef, ArrowError> {
    let columns = dimensions.iter().map(|dimension| {
        let class = |row: &Row| row.dimensions.get(&dimension.name).cloned().flatten();
        let column = match dimension.is_list {
            true => lists_or_nulls(rows.iter().map(class))?,
            false => texts(rows.iter().map(|row| class(row).map(first))),
        };
        Ok((dimension.name.as_str(), column))
    });
    structs(columns.collect::<Result<_, ArrowError>>()?)
}

fn first(class: Class) -> String {
    match class {
        Class::One(text) => text,
        Class::Several(texts) => texts.into_iter().next().unwrap_or_default(),
    }
}

fn lists_or_nulls(classes: impl Iterator<Item = Option<Class>>) -> Result<ArrayRef, ArrowError> {
    let of = |class: Class| match class {
        Class::One(text) => vec![text],
        Class::Several(texts) => texts,
    };
    let all: Vec<Option<Vec<String>>> = classes.map(|class| class.map(of)).collect();
    let nulls = all.iter().map(Option::is_some).collect::<Vec<bool>>().into();
    let lengths = all.iter().map(|texts| texts.as_ref().map_or(0, Vec::len));
    let offsets = OffsetBuffer::from_lengths(lengths);
    let values = texts(all.into_iter().flatten().flatten().map(Some));
    let list = ListArray::try_new(field("item", &values), offsets, values, Some(nulls))?;
    Ok(Arc::new(list))
}

fn lineage(rows: &[Row]) -> Result<ArrayRef, ArrowError> {
    let all = || rows.iter().map(|row| &row.lineage);
    let stands_for = structs(vec![
        ("exact", counts(all().map(|each| Some(each.stands_for.exact)))),
        (
            "normalised",
            counts(all().map(|each| Some(each.stands_for.normalised))),
        ),
        ("near", counts(all().map(|each| Some(each.stands_for.near)))),
    ])?;
    structs(vec![
        ("dataset", texts(all().map(|each| Some(&each.dataset)))),
        ("snapshot", counts(all().map(|each| Some(each.snapshot)))),
        ("path", texts(all().map(|each| Some(&each.path)))),
        ("file", texts(all().map(|each| Some(each.file.to_string())))),
        ("line", counts(all().map(|each| Some(each.line)))),
        ("place", texts(all().map(|each| Some(&each.place)))),
        ("id", texts(all().map(|each| each.id.as_ref()))),
        ("map", texts(all().map(|each| Some(each.map.to_string())))),
        ("stands_for", stands_for),
        ("copy", counts(all().map(|each| Some(each.copy)))),
        ("copies", counts(all().map(|each| Some(each.copies)))),
    ])
}

fn texts<T: AsRef<str>>(values: impl Iterator<Item = Option<T>>) -> ArrayRef {
    Arc::new(values.collect::<StringArray>())
}

fn floats(values: impl Iterator<Item = f64>) -> ArrayRef {
    Arc::new(values.map(Some).collect::<Float64Array>())
}

/// Signed, as every reader has them.
fn counts(values: impl Iterator<Item = Option<u64>>) -> ArrayRef {
    Arc::new(
        values
            .map(|value| value.map(|value| value as i64))
            .collect::<Int64Array>(),
    )
}

fn structs(columns: Vec<(&str, ArrayRef)>) -> Result<ArrayRef, ArrowError> {
    let fields: Fields = columns.iter().map(|(name, column)| field(name, column)).collect();
    let columns = columns.into_iter().map(|(_, column)| column).collect();
    Ok(Arc::new(StructArray::try_new(fields, columns, None)?))
}

fn lists(lengths: impl Iterator<Item = usize>, values: ArrayRef) -> Result<ArrayRef, ArrowError> {
    let offsets = OffsetBuffer::from_lengths(lengths);
    let list = ListArray::try_new(field("item", &values), offsets, values, None)?;
    Ok(Arc::new(list))
}
