//! How a file's bytes hold records: format, compression, encoding, dialect.

use serde::{Deserialize, Serialize};

/// Enough to read any record of the file again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    pub format: Format,
    pub compression: Compression,
    pub encoding: Encoding,
    /// Names the map gives to the elements of records that are arrays.
    pub columns: Option<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    JsonLines,
    Json(Layout),
    Delimited(Dialect),
    Text { markdown: bool },
    Parquet(Tables),
    ArrowFile(Tables),
    ArrowStream(Tables),
}

/// How a JSON file holds its records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Layout {
    /// Values one after another, pretty-printed or not; a single object is one record.
    Values,
    /// One array of records.
    Elements,
    /// One object whose values are the records; their key is the field `key`.
    Members,
    /// One object whose values are arrays of records; the key is the field `key`.
    Lists,
    /// One object of columns: arrays of one length.
    Columns,
}

/// How a table of text is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialect {
    /// One of `,` `;` `|` and tab.
    pub delimiter: u8,
    /// Whether quotes hold cells together; otherwise they are ordinary characters.
    pub quoted: bool,
    /// Names of the columns, made distinct.
    pub header: Vec<String>,
    /// Cells of the header as written, which may be more than the names kept.
    pub cells: u64,
}

/// What is known about a columnar file beyond its own schema.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tables {
    /// Binary columns without a text mark in which every sampled value is valid UTF-8: read as text.
    pub unmarked_text: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Compression {
    None,
    Gzip,
    Zstd,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
}

impl Shape {
    /// What the file is read as, for people: `CSV, ; and UTF-8`, `JSON Lines, zstd`.
    pub fn describe(&self) -> String {
        let mut words = self.format.name().to_owned();
        if let Format::Delimited(dialect) = &self.format {
            match dialect.delimiter {
                b';' => words.push_str(", ; and UTF-8"),
                b'|' => words.push_str(", | and UTF-8"),
                _ => {}
            }
        }
        match self.encoding {
            Encoding::Utf8 => {}
            Encoding::Utf16Le | Encoding::Utf16Be => {
                words = words.replace("UTF-8", "UTF-16");
                if !words.contains("UTF-16") {
                    words.push_str(", UTF-16");
                }
            }
        }
        match self.compression {
            Compression::None => {}
            Compression::Gzip => words.push_str(", gzip"),
            Compression::Zstd => words.push_str(", zstd"),
        }
        words
    }

    /// Whether a byte range of the decoded stream is a byte range of the file on disk.
    pub(crate) fn seekable(&self) -> bool {
        self.compression == Compression::None && self.encoding == Encoding::Utf8
    }
}

impl Format {
    fn name(&self) -> &'static str {
        match self {
            Self::JsonLines => "JSON Lines",
            Self::Json(Layout::Values) => "JSON",
            Self::Json(Layout::Elements) => "JSON array",
            Self::Json(Layout::Members) => "JSON object of records",
            Self::Json(Layout::Lists) => "JSON object of arrays",
            Self::Json(Layout::Columns) => "JSON object of columns",
            Self::Delimited(dialect) if dialect.delimiter == b'\t' => "TSV",
            Self::Delimited(_) => "CSV",
            Self::Text { markdown: true } => "Markdown",
            Self::Text { markdown: false } => "Text",
            Self::Parquet(_) => "Parquet",
            Self::ArrowFile(_) => "Arrow",
            Self::ArrowStream(_) => "Arrow stream",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(format: Format, compression: Compression, encoding: Encoding) -> String {
        Shape {
            format,
            compression,
            encoding,
            columns: None,
        }
        .describe()
    }

    #[test]
    fn shapes_are_described_in_the_words_of_the_screen() {
        let dialect = |delimiter| {
            Format::Delimited(Dialect {
                delimiter,
                quoted: true,
                header: Vec::new(),
                cells: 0,
            })
        };
        assert_eq!(
            shape(dialect(b';'), Compression::None, Encoding::Utf8),
            "CSV, ; and UTF-8"
        );
        assert_eq!(
            shape(Format::JsonLines, Compression::Zstd, Encoding::Utf8),
            "JSON Lines, zstd"
        );
        assert_eq!(
            shape(dialect(b'\t'), Compression::Gzip, Encoding::Utf16Le),
            "TSV, UTF-16, gzip"
        );
    }
}
