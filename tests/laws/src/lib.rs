//! What holds of any bytes that a parser is handed?
//!
//! Each law is a plain function that panics where it does not hold. The fuzz targets in `fuzz/` hand it bytes that nobody
//! thought of; the test beside this crate hands it those of `tests/fixtures/fuzz`, which `make test` so replays. Deliberately
//! absent: parsers above `assay-measure`, which a sanitizer would take polars along for.

mod brought;
mod expressions;
mod folders;
mod journal;
mod ledger;
mod packs;
mod pipe;
mod reading;
mod records;
mod scratch;
mod signed;
mod tables;
mod toml_files;

pub mod seeds;

/// A law and the name of its target, its corpus and its test.
pub struct Law {
    pub name: &'static str,
    pub holds: fn(&[u8]),
}

macro_rules! laws {
    ($($name:ident in $room:ident: $what:literal,)*) => {
        $(
            #[doc = $what]
            pub fn $name(bytes: &[u8]) {
                $room::$name(bytes);
            }
        )*

        /// All of them.
        pub const LAWS: &[Law] = &[$(Law { name: stringify!($name), holds: $name }),*];
    };
}

laws! {
    json_lines in reading: "Lines of JSON: nothing is lost uncounted, places lie inside, every record is found again.",
    json_document in reading: "The same of one JSON value, an array, an object of columns, pretty-printed or not.",
    delimited in reading: "The same of tables, whatever dialect the sniffer takes them for.",
    wrapped in reading: "What is packed by gzip or zstd, or written as UTF-16, holds the same records; bad packing is a fault.",
    columnar in reading: "The same of Parquet and Arrow, whose own decoders are allowed to panic.",
    json_record in records: "One record means what serde_json says it means, wherever that reads it.",
    table_cells in tables: "Cells written with quotes come back as they were.",
    map_file in toml_files: "A map that is accepted is written and read back the same; a fault points into the text.",
    policy_file in toml_files: "A policy that is accepted can be applied; a fault points into the text.",
    contract_file in toml_files: "A contract that is accepted has gates inside the text and finite limits; a fault points into the text.",
    rubric_file in toml_files: "A rubric that is accepted can be answered with nine keys.",
    expression in expressions: "A condition prints back to itself, and is evaluated in time that grows with the text alone.",
    filter_sql in expressions: "A condition compiles in SQLite and selects the samples that it selects without.",
    journal in journal: "Every byte of a journal is in a frame or told; whole frames are written as they were read.",
    ledger_export in ledger: "No file but the one that was signed verifies under the signer's key.",
    heads_log in ledger: "Heads that are read are written as they were read.",
    pack_file in packs: "A pack or return that is accepted holds what its hashes say.",
    decisions_file in brought: "Verdicts are taken as they stand; a fault names a line and column of the file.",
    evidence_file in brought: "Evidence is taken as it stands; a fault names a line and column of the file.",
    results_file in brought: "Results are finite, within their bounds and one for each sample, whatever table holds them.",
    gold_export in brought: "What is taken for gold holds each text under its digest, once, in order.",
    worker_frames in pipe: "What a worker sends makes no room that is not filled, and is written as it was read.",
    signed_note in signed: "A note, and a checkpoint in it, is written as it was read.",
    tlog_proof in signed: "A proof is written as it was read, and holds under no key that did not sign.",
    envelope in signed: "An envelope is read back as it was; nobody signed it who did not.",
    key_file in signed: "A key is written as it was read; a key file opens to its own key or not at all.",
    release_manifest in folders: "A manifest is accepted only as it would be written, and any sealed one can be judged.",
    release_folder in folders: "A release of which one byte is another does not verify.",
    sign_off_folder in folders: "A signed folder of which one byte is another does not verify.",
}
