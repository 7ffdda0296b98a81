//! The feature columns of a segment: Parquet files that the measures read.
//!
//! Rows are written once, in the order of sample ids, and never changed. Rows of a file that was
//! given up in the middle stay behind; snapshots name the files they consist of.

mod style;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{
    ArrayRef, BinaryBuilder, BooleanBuilder, Float32Builder, Float64Builder, RecordBatch, StringBuilder,
    UInt8Builder, UInt32Builder, UInt64Builder,
};
use arrow::datatypes::{Field, Schema};
use assay_model::{Fault, Origin, SourceClass, Value};
use assay_near::{ShingleReader, ShingleWriter};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use parquet::file::serialized_reader::SerializedFileReader;

use self::style::StyleColumns;
use crate::fault;
use crate::worker::{Row, WordRow};

/// Rows gathered before a row group is written.
const GROUP_ROWS: usize = 64 * 1024;

/// Columns whose values hardly ever recur: looking each one up in a dictionary would find nothing.
const WITHOUT_DICTIONARY: &[&str] = &[
    "sample",
    "ordinal",
    "digest",
    "normalised",
    "hash",
    "terms",
    "embedding",
];

/// Writes the column files and the shingle file of one segment.
pub struct ColumnWriter {
    samples: SampleColumns,
    dimensions: DimensionColumns,
    words: WordColumns,
    passages: PassageColumns,
    repetition: RepetitionColumns,
    style: StyleColumns,
    shingles: ShingleWriter,
}

impl ColumnWriter {
    pub fn create(folder: &Path) -> Result<Self, Fault> {
        std::fs::create_dir_all(folder).map_err(fault::io("writing feature columns", folder))?;
        Ok(Self {
            samples: SampleColumns::create(folder)?,
            dimensions: DimensionColumns::create(folder)?,
            words: WordColumns::create(folder)?,
            passages: PassageColumns::create(folder)?,
            repetition: RepetitionColumns::create(folder)?,
            style: StyleColumns::create(folder)?,
            shingles: ShingleWriter::create(folder)?,
        })
    }

    /// Appends one sample.
    pub fn push(&mut self, sample: u64, file: u32, row: &Row) -> Result<(), Fault> {
        self.samples.push(sample, file, row)?;
        self.dimensions.push(sample, &row.dimensions)?;
        for passage in &row.sketch.passages {
            self.passages.push(sample, file, passage)?;
        }
        self.repetition.push(sample, file, &row.sketch.repetition)?;
        self.style.push(sample, file, row)?;
        self.shingles.append(&row.sketch.shingles).map_err(Fault::from)
    }

    /// Appends word counts of one file.
    pub fn push_words(&mut self, file: u32, words: &[WordRow]) -> Result<(), Fault> {
        words.iter().try_for_each(|word| self.words.push(file, word))
    }

    /// Closes every file; without this the segment cannot be read.
    pub fn finish(self) -> Result<(), Fault> {
        self.samples.table.finish(self.samples.columns.finish())?;
        self.dimensions.table.finish(self.dimensions.columns.finish())?;
        self.words.table.finish(self.words.columns.finish())?;
        self.passages.table.finish(self.passages.columns.finish())?;
        self.repetition.table.finish(self.repetition.columns.finish())?;
        self.style.finish()?;
        self.shingles.finish().map_err(Fault::from)
    }
}

/// Whether the columns of a segment are there and can be opened. Damage within a column shows only to whoever reads it.
pub(crate) fn are_whole(folder: &Path) -> bool {
    let opens =
        |name: &str| File::open(folder.join(name)).is_ok_and(|file| SerializedFileReader::new(file).is_ok());
    FILES.iter().all(|name| opens(name)) && ShingleReader::open(folder).is_ok()
}

/// What every segment has had from the first version on.
const FILES: [&str; 4] = [
    "samples.parquet",
    "dimensions.parquet",
    "words.parquet",
    "passages.parquet",
];

/// One Parquet file being written.
struct Table {
    path: PathBuf,
    writer: ArrowWriter<File>,
    schema: Arc<Schema>,
    rows: usize,
}

impl Table {
    fn create(folder: &Path, name: &str, columns: Vec<(&'static str, ArrayRef)>) -> Result<Self, Fault> {
        let path = folder.join(name);
        let fields: Vec<Field> = columns
            .iter()
            .map(|(name, array)| Field::new(*name, array.data_type().clone(), true))
            .collect();
        let schema = Arc::new(Schema::new(fields));
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(
                ZstdLevel::try_new(1).expect("1 is a zstd level"),
            ))
            .set_max_row_group_row_count(Some(GROUP_ROWS));
        for name in WITHOUT_DICTIONARY {
            properties = properties.set_column_dictionary_enabled((*name).into(), false);
        }
        let properties = properties.build();
        let file = File::create(&path).map_err(fault::io("writing feature columns", &path))?;
        let writer = ArrowWriter::try_new(file, schema.clone(), Some(properties)).map_err(broken(&path))?;
        Ok(Self {
            path,
            writer,
            schema,
            rows: 0,
        })
    }

    /// Counts a row; true when the group is full and should be written.
    fn count(&mut self) -> bool {
        self.rows += 1;
        self.rows >= GROUP_ROWS
    }

    fn write(&mut self, columns: Vec<(&'static str, ArrayRef)>) -> Result<(), Fault> {
        self.rows = 0;
        let arrays = columns.into_iter().map(|(_, array)| array).collect();
        let batch = RecordBatch::try_new(self.schema.clone(), arrays)
            .map_err(|error| Fault::internal("gathering feature columns", error))?;
        self.writer.write(&batch).map_err(broken(&self.path))
    }

    fn finish(mut self, columns: Vec<(&'static str, ArrayRef)>) -> Result<(), Fault> {
        self.write(columns)?;
        self.writer.close().map(|_| ()).map_err(broken(&self.path))
    }
}

fn broken(path: &Path) -> impl Fn(parquet::errors::ParquetError) -> Fault + '_ {
    |error| match error {
        parquet::errors::ParquetError::External(cause) => match cause.downcast::<std::io::Error>() {
            Ok(error) => fault::io("writing feature columns", path)(*error),
            Err(error) => Fault::internal("writing feature columns", error),
        },
        other => Fault::internal("writing feature columns", other).at(path.display().to_string()),
    }
}

/// Declares a set of column builders with the names they are stored under.
macro_rules! columns {
    ($name:ident { $($column:ident: $builder:ty,)* }) => {
        #[derive(Default)]
        struct $name { $($column: $builder,)* }

        impl $name {
            fn finish(mut self) -> Vec<(&'static str, ArrayRef)> { self.take() }

            /// Hands out what was gathered and starts again.
            fn take(&mut self) -> Vec<(&'static str, ArrayRef)> {
                vec![$((stringify!($column), Arc::new(self.$column.finish()) as ArrayRef),)*]
            }
        }
    };
}

columns! { SampleBuilders {
    sample: UInt64Builder, file: UInt32Builder, ordinal: UInt32Builder, digest: BinaryBuilder,
    normalised: BinaryBuilder, normalised_empty: BooleanBuilder, origin: UInt8Builder, source_class: UInt8Builder,
    confidence: Float32Builder, conflict: BooleanBuilder, tokens: UInt32Builder, tokens_human: UInt32Builder,
    tokens_mixed: UInt32Builder, tokens_machine: UInt32Builder, tokens_unknown: UInt32Builder,
    characters: UInt32Builder, bytes: UInt32Builder, shingles: UInt32Builder, declared_language: StringBuilder,
    detected_language: StringBuilder, language_mismatch: BooleanBuilder, domain: StringBuilder,
    language: StringBuilder, source: StringBuilder, license: StringBuilder, collected_at: StringBuilder,
    terms: BinaryBuilder, embedding: BinaryBuilder,
} }

columns! { DimensionBuilders {
    sample: UInt64Builder, dimension: StringBuilder, value: StringBuilder, number: Float64Builder,
} }

columns! { WordBuilders {
    file: UInt32Builder, origin: UInt8Builder, hash: UInt64Builder, word: StringBuilder, count: UInt64Builder,
} }

columns! { PassageBuilders {
    sample: UInt64Builder, file: UInt32Builder, unit: UInt8Builder, position: UInt32Builder,
    start_token: UInt32Builder, tokens: UInt32Builder, hash: UInt64Builder,
} }

columns! { RepetitionBuilders {
    sample: UInt64Builder, file: UInt32Builder, repeated_lines: Float64Builder, repeated_line_text: Float64Builder,
    repeated_paragraphs: Float64Builder, repeated_paragraph_text: Float64Builder, top_2gram: Float64Builder,
    top_3gram: Float64Builder, top_4gram: Float64Builder, repeated_5grams: Float64Builder,
    repeated_6grams: Float64Builder, repeated_7grams: Float64Builder, repeated_8grams: Float64Builder,
    repeated_9grams: Float64Builder, repeated_10grams: Float64Builder,
} }

/// Declares a table with its builders, so that each file is created and flushed alike.
macro_rules! table {
    ($name:ident, $builders:ident, $file:literal) => {
        struct $name {
            table: Table,
            columns: $builders,
        }

        impl $name {
            fn create(folder: &Path) -> Result<Self, Fault> {
                let table = Table::create(folder, $file, $builders::default().take())?;
                Ok(Self {
                    table,
                    columns: $builders::default(),
                })
            }

            fn row_done(&mut self) -> Result<(), Fault> {
                if self.table.count() {
                    self.table.write(self.columns.take())
                } else {
                    Ok(())
                }
            }
        }
    };
}

table!(SampleColumns, SampleBuilders, "samples.parquet");
table!(DimensionColumns, DimensionBuilders, "dimensions.parquet");
table!(WordColumns, WordBuilders, "words.parquet");
table!(PassageColumns, PassageBuilders, "passages.parquet");
table!(RepetitionColumns, RepetitionBuilders, "repetition.parquet");

impl SampleColumns {
    fn push(&mut self, sample: u64, file: u32, row: &Row) -> Result<(), Fault> {
        let columns = &mut self.columns;
        let sketch = &row.sketch;
        columns.sample.append_value(sample);
        columns.file.append_value(file);
        columns
            .ordinal
            .append_value(u32::try_from(row.ordinal).unwrap_or(u32::MAX));
        columns.digest.append_value(sketch.digest.0);
        columns.normalised.append_value(sketch.normalised);
        columns.normalised_empty.append_value(sketch.normalised_empty);
        columns.origin.append_value(origin_index(row.origin));
        columns
            .source_class
            .append_value(source_class_index(row.source_class));
        columns.confidence.append_value(row.confidence as f32);
        columns.conflict.append_value(row.conflict);
        columns.tokens.append_value(sketch.tokens);
        let by_origin = tokens_by_origin(row);
        columns.tokens_human.append_value(by_origin[0]);
        columns.tokens_mixed.append_value(by_origin[1]);
        columns.tokens_machine.append_value(by_origin[2]);
        columns.tokens_unknown.append_value(by_origin[3]);
        columns.characters.append_value(sketch.characters);
        columns.bytes.append_value(sketch.bytes);
        columns.shingles.append_value(sketch.shingles.len() as u32);
        columns
            .declared_language
            .append_option(row.declared_language.as_deref());
        columns.detected_language.append_option(detected(row));
        columns.language_mismatch.append_value(row.language_mismatch);
        columns.domain.append_option(dimension(row, "domain"));
        columns.language.append_option(language(row));
        columns.source.append_option(dimension(row, "source"));
        columns.license.append_option(dimension(row, "license"));
        columns.collected_at.append_option(dimension(row, "collected_at"));
        columns.terms.append_value(packed_terms(&sketch.terms));
        let vector = (!row.embedding.is_empty()).then(|| packed_vector(&row.embedding));
        columns.embedding.append_option(vector);
        self.row_done()
    }
}

impl DimensionColumns {
    fn push(&mut self, sample: u64, dimensions: &[(String, Value)]) -> Result<(), Fault> {
        for (name, value) in dimensions {
            for element in elements(value) {
                self.columns.sample.append_value(sample);
                self.columns.dimension.append_value(name);
                self.columns.value.append_value(element.to_string());
                self.columns.number.append_option(element.as_number());
                self.row_done()?;
            }
        }
        Ok(())
    }
}

impl WordColumns {
    fn push(&mut self, file: u32, word: &WordRow) -> Result<(), Fault> {
        for (origin, count) in (0u8..).zip(word.counts).filter(|(_, count)| *count > 0) {
            self.columns.file.append_value(file);
            self.columns.origin.append_value(origin);
            self.columns.hash.append_value(word.hash);
            self.columns.word.append_value(&word.word);
            self.columns.count.append_value(count);
            self.row_done()?;
        }
        Ok(())
    }
}

impl PassageColumns {
    fn push(&mut self, sample: u64, file: u32, passage: &assay_sketch::Passage) -> Result<(), Fault> {
        self.columns.sample.append_value(sample);
        self.columns.file.append_value(file);
        self.columns.unit.append_value(passage.unit as u8);
        self.columns.position.append_value(passage.position);
        self.columns.start_token.append_value(passage.start_token);
        self.columns.tokens.append_value(passage.tokens);
        self.columns.hash.append_value(passage.hash);
        self.row_done()
    }
}

impl RepetitionColumns {
    /// Samples without any repetition have no row.
    fn push(&mut self, sample: u64, file: u32, repetition: &assay_sketch::Repetition) -> Result<(), Fault> {
        let values = repetition.values();
        if values.iter().all(|value| *value == 0.0) {
            return Ok(());
        }
        let columns = &mut self.columns;
        columns.sample.append_value(sample);
        columns.file.append_value(file);
        let builders = [
            &mut columns.repeated_lines,
            &mut columns.repeated_line_text,
            &mut columns.repeated_paragraphs,
            &mut columns.repeated_paragraph_text,
            &mut columns.top_2gram,
            &mut columns.top_3gram,
            &mut columns.top_4gram,
            &mut columns.repeated_5grams,
            &mut columns.repeated_6grams,
            &mut columns.repeated_7grams,
            &mut columns.repeated_8grams,
            &mut columns.repeated_9grams,
            &mut columns.repeated_10grams,
        ];
        for (builder, value) in builders.into_iter().zip(values) {
            builder.append_value(value);
        }
        self.row_done()
    }
}

/// Five bytes for each term: its number, little-endian, and its count.
fn packed_terms(terms: &[assay_sketch::Term]) -> Vec<u8> {
    let bytes = terms.iter().flat_map(|(term, count)| {
        let [a, b, c, d] = term.to_le_bytes();
        [a, b, c, d, *count]
    });
    bytes.collect()
}

/// Four bytes for each number, little-endian.
fn packed_vector(vector: &[f32]) -> Vec<u8> {
    vector.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// Index in `Origin::ALL`.
pub fn origin_index(origin: Origin) -> u8 {
    Origin::ALL
        .iter()
        .position(|each| *each == origin)
        .expect("ALL holds every origin") as u8
}

fn source_class_index(class: SourceClass) -> u8 {
    SourceClass::ALL
        .iter()
        .position(|each| *each == class)
        .expect("ALL holds every class") as u8
}

/// Tokens of a sample's parts by their origin, in the order of `Origin::ALL`.
pub fn tokens_by_origin(row: &Row) -> [u32; 4] {
    let mut tokens = [0; 4];
    for (part, count) in row.parts.iter().zip(&row.sketch.part_tokens) {
        tokens[origin_index(part.origin) as usize] += count;
    }
    tokens
}

/// Each observation of a dimension: the elements of a list, nothing for null.
pub fn elements(value: &Value) -> &[Value] {
    match value {
        Value::Null => &[],
        Value::List(items) => items,
        other => std::slice::from_ref(other),
    }
}

fn detected(row: &Row) -> Option<&str> {
    row.sketch
        .detected
        .as_ref()
        .map(|detected| detected.language.as_str())
}

fn language(row: &Row) -> Option<&str> {
    row.declared_language.as_deref().or_else(|| detected(row))
}

fn dimension<'a>(row: &'a Row, name: &str) -> Option<&'a str> {
    let (_, value) = row.dimensions.iter().find(|(dimension, _)| dimension == name)?;
    match value {
        Value::Text(text) => Some(text),
        Value::Number(written) => Some(written),
        Value::List(items) => items.first().and_then(Value::as_text),
        _ => None,
    }
}
