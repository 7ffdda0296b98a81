//! Which files the sample dataset has, what each claims about itself, and how many records of what it holds.

/// What the records of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A person asks, an expert answers.
    Answered,
    /// A person's short question.
    Typed,
    /// A person's note under a title.
    Noted,
    /// A model answers; half of the questions are a model's too.
    Generated,
    /// A person asks, an expert and a model answer together.
    Smoothed,
    /// Question and answer of which nobody said who wrote them.
    Undeclared,
    /// A Markdown file without any field but its text.
    Leaflet,
}

/// The languages in the order of the counts.
pub const LANGUAGES: [&str; 5] = ["en", "de", "es", "ar", "zh"];

/// A file, or a folder of leaflets.
pub struct Lot {
    pub path: &'static str,
    pub kind: Kind,
    pub counts: [usize; 5],
    pub source: &'static str,
    pub license: Option<&'static str>,
    /// First and last year of collection.
    pub years: (usize, usize),
    pub generator: Option<&'static str>,
}

impl Lot {
    /// The first folder: the domain.
    pub fn domain(&self) -> &'static str {
        self.path.split('/').next().unwrap_or_default()
    }
}

const fn lot(
    path: &'static str,
    kind: Kind,
    counts: [usize; 5],
    source: &'static str,
    license: Option<&'static str>,
    years: (usize, usize),
    generator: Option<&'static str>,
) -> Lot {
    Lot {
        path,
        kind,
        counts,
        source,
        license,
        years,
        generator,
    }
}

const BY: Option<&str> = Some("CC BY 4.0");
const SHARE: Option<&str> = Some("CC BY-SA 4.0");
const OPEN: Option<&str> = Some("Apache-2.0");
const CONTRACT: Option<&str> = Some("vendor contract 2025-02");

pub const LOTS: [Lot; 21] = [
    lot(
        "health/careline.jsonl",
        Kind::Answered,
        [160, 24, 22, 24, 24],
        "careline",
        BY,
        (2023, 2024),
        None,
    ),
    lot(
        "health/triage-queries.tsv",
        Kind::Typed,
        [80, 9, 9, 8, 9],
        "triage-desk",
        BY,
        (2023, 2025),
        None,
    ),
    lot(
        "health/ward-letters.csv",
        Kind::Noted,
        [38, 6, 6, 6, 6],
        "ward-letters",
        SHARE,
        (2023, 2024),
        None,
    ),
    lot(
        "health/orion-answers.parquet",
        Kind::Generated,
        [82, 14, 14, 13, 14],
        "orion-qa",
        OPEN,
        (2024, 2025),
        Some("orion-2"),
    ),
    lot(
        "health/edited-answers.arrow",
        Kind::Smoothed,
        [40, 8, 8, 8, 8],
        "editors",
        BY,
        (2024, 2025),
        Some("lumen-7b"),
    ),
    lot(
        "health/vendor-north.jsonl.zst",
        Kind::Undeclared,
        [56, 12, 12, 12, 12],
        "vendor-north",
        None,
        (2024, 2025),
        None,
    ),
    lot(
        "health/leaflets",
        Kind::Leaflet,
        [12, 2, 2, 2, 2],
        "leaflets",
        None,
        (2023, 2023),
        None,
    ),
    lot(
        "law/tenancy-clinic.json",
        Kind::Answered,
        [150, 23, 23, 24, 23],
        "tenancy-clinic",
        BY,
        (2023, 2024),
        None,
    ),
    lot(
        "law/desk-queries.csv",
        Kind::Typed,
        [76, 9, 8, 8, 9],
        "advice-desk",
        BY,
        (2023, 2025),
        None,
    ),
    lot(
        "law/casebook.parquet",
        Kind::Noted,
        [40, 6, 6, 6, 6],
        "casebook",
        SHARE,
        (2023, 2024),
        None,
    ),
    lot(
        "law/lumen-answers.jsonl.gz",
        Kind::Generated,
        [78, 13, 13, 13, 13],
        "lumen-qa",
        OPEN,
        (2024, 2025),
        Some("lumen-7b"),
    ),
    lot(
        "law/edited-answers.jsonl",
        Kind::Smoothed,
        [38, 8, 8, 8, 8],
        "editors",
        BY,
        (2024, 2025),
        Some("orion-2"),
    ),
    lot(
        "law/vendor-south.arrow",
        Kind::Undeclared,
        [54, 12, 12, 12, 12],
        "vendor-south",
        CONTRACT,
        (2024, 2025),
        None,
    ),
    lot(
        "law/notices",
        Kind::Leaflet,
        [10, 2, 2, 2, 2],
        "notices",
        None,
        (2023, 2023),
        None,
    ),
    lot(
        "finance/bank-desk.csv",
        Kind::Answered,
        [140, 23, 24, 23, 24],
        "bank-desk",
        BY,
        (2023, 2024),
        None,
    ),
    lot(
        "finance/app-queries.tsv",
        Kind::Typed,
        [74, 9, 9, 9, 8],
        "banking-app",
        BY,
        (2023, 2025),
        None,
    ),
    lot(
        "finance/guidance.jsonl",
        Kind::Noted,
        [38, 6, 6, 6, 6],
        "guidance-notes",
        SHARE,
        (2023, 2024),
        None,
    ),
    lot(
        "finance/orion-answers.jsonl.zst",
        Kind::Generated,
        [80, 13, 13, 13, 13],
        "orion-qa",
        OPEN,
        (2024, 2025),
        Some("orion-2"),
    ),
    lot(
        "finance/edited-answers.json",
        Kind::Smoothed,
        [36, 8, 8, 8, 8],
        "editors",
        BY,
        (2024, 2025),
        Some("lumen-7b"),
    ),
    lot(
        "finance/vendor-north.parquet",
        Kind::Undeclared,
        [54, 12, 12, 12, 12],
        "vendor-north",
        None,
        (2024, 2025),
        None,
    ),
    lot(
        "finance/factsheets",
        Kind::Leaflet,
        [10, 2, 2, 2, 2],
        "factsheets",
        None,
        (2023, 2023),
        None,
    ),
];
