//! Which files hold a snapshot's records, and how does a loader get at them?

use assay_card::{FileFact, LayoutFact, RecordsAt};
use assay_index::{FileLayout, Index, Snapshot};
use assay_model::Fault;
use assay_read::{Compression, Format, Layout, Shape};

/// Files that were read in one way together, in path order.
pub fn of(index: &Index, snapshot: &Snapshot) -> Result<Vec<LayoutFact>, Fault> {
    let mut layouts: Vec<LayoutFact> = Vec::new();
    for FileLayout { file, shape, map } in index.layouts(snapshot)? {
        let (media_types, records) = (media_types(&shape), records(&shape.format));
        let fact = FileFact {
            path: file.path,
            sha256: file.digest.hex(),
            bytes: file.bytes,
            samples: file.indexed,
        };
        let alike = |known: &&mut LayoutFact| {
            known.media_types == media_types && known.records == records && known.map == map
        };
        match layouts.iter_mut().find(alike) {
            Some(known) => known.files.push(fact),
            None => layouts.push(LayoutFact {
                media_types,
                records,
                map,
                files: vec![fact],
            }),
        }
    }
    Ok(layouts)
}

/// Registered media types, the compression's first (RFC 6713, RFC 8878; the IANA registry for the rest).
fn media_types(shape: &Shape) -> Vec<String> {
    let compression = match shape.compression {
        Compression::None => None,
        Compression::Gzip => Some("application/gzip"),
        Compression::Zstd => Some("application/zstd"),
    };
    let format = match &shape.format {
        Format::JsonLines => "application/jsonlines",
        Format::Json(_) => "application/json",
        Format::Delimited(dialect) if dialect.delimiter == b'\t' => "text/tab-separated-values",
        Format::Delimited(_) => "text/csv",
        Format::Text { markdown: true } => "text/markdown",
        Format::Text { markdown: false } => "text/plain",
        Format::Parquet(_) => "application/x-parquet",
        Format::ArrowFile(_) => "application/vnd.apache.arrow.file",
        Format::ArrowStream(_) => "application/vnd.apache.arrow.stream",
    };
    compression
        .into_iter()
        .chain([format])
        .map(str::to_owned)
        .collect()
}

fn records(format: &Format) -> RecordsAt {
    let at = |records: &str| RecordsAt::Document {
        records: records.to_owned(),
    };
    match format {
        Format::JsonLines => RecordsAt::Lines,
        Format::Json(Layout::Values) => at("$"),
        Format::Json(Layout::Elements) => at("$[*]"),
        Format::Json(Layout::Members) => at("$.*"),
        Format::Json(Layout::Lists) => at("$.*[*]"),
        Format::Json(Layout::Columns) => RecordsAt::ColumnsOfDocument,
        Format::Text { .. } => RecordsAt::WholeFile,
        Format::Delimited(_) | Format::Parquet(_) | Format::ArrowFile(_) | Format::ArrowStream(_) => {
            RecordsAt::Columns
        }
    }
}
