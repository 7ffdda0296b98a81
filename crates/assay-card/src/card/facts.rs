//! What a card is written from: measured, decided and authored facts, as plain data.

use std::collections::BTreeMap;

use assay_model::{AuthoredSection, FieldMap, Origin, Report, SourceClass};
use serde::{Deserialize, Serialize};

use crate::visible::visible;

/// Everything a card may say. Nothing else reaches it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardFacts {
    pub report: Report,
    /// The report on the snapshot before, for the section on change.
    pub previous: Option<Report>,
    pub review: Vec<QueueFacts>,
    pub gold: GoldFacts,
    /// The contract the snapshot was held against, where there is one.
    #[serde(default)]
    pub gates: Option<GateFacts>,
    /// People who gave verdicts.
    pub people: u64,
    pub ledger: LedgerFacts,
    /// What only a person can write: plain text, never a measured figure. Open sections are absent.
    pub author: BTreeMap<AuthoredSection, AuthoredFact>,
    /// People who gave verdicts, by role.
    #[serde(default)]
    pub roles: BTreeMap<String, u64>,
    /// The samples of this snapshot against those of the one before.
    #[serde(default)]
    pub exchange: Option<ExchangeFact>,
    /// How records became samples: files that were read in one way together.
    #[serde(default)]
    pub layouts: Vec<LayoutFact>,
    /// Who made the parts, by role.
    #[serde(default)]
    pub authorship: Vec<AuthorshipFact>,
}

impl CardFacts {
    /// What an author wrote, in one line and with nothing hidden in it; none while the section is open.
    pub fn written(&self, section: AuthoredSection) -> Option<String> {
        let text = self.author.get(&section)?.text.split_whitespace();
        let text = visible(&text.collect::<Vec<_>>().join(" "));
        (!text.is_empty()).then_some(text)
    }
}

/// A section as it stands, and who wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthoredFact {
    pub text: String,
    pub by: String,
    /// RFC 3339.
    pub at: String,
    /// Of the ledger.
    pub entry: u64,
}

/// What became of the samples of the snapshot before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeFact {
    pub kept: u64,
    pub added: u64,
    pub left_out: u64,
    /// Of those kept, how many have another origin now.
    pub relabelled: u64,
}

/// Files whose records became samples in the same way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LayoutFact {
    /// The compression's before the format's.
    pub media_types: Vec<String>,
    pub records: RecordsAt,
    pub map: FieldMap,
    pub files: Vec<FileFact>,
}

/// Where the records of a file are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecordsAt {
    /// A row each, of a table with named columns.
    Columns,
    /// A line each, an object in JSON.
    Lines,
    /// In a JSON document, at this JSONPath.
    Document { records: String },
    /// In a JSON document of arrays, one for each field.
    ColumnsOfDocument,
    /// The file is the record.
    WholeFile,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFact {
    /// Below the indexed root, with `/`.
    pub path: String,
    /// Of the bytes as they are stored, 64 hexadecimal digits.
    pub sha256: String,
    pub bytes: u64,
    pub samples: u64,
}

/// Parts of one role that came in one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorshipFact {
    pub role: String,
    pub origin: Origin,
    pub source_class: SourceClass,
    /// The model, where evidence names it; else empty.
    pub generator: String,
    pub parts: u64,
}

/// One review queue: how it was drawn and what was decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QueueFacts {
    pub name: String,
    /// The sampling statement, printed as it is.
    pub statement: String,
    pub size: u64,
    /// Reviewers for each sample.
    pub reviewers: u64,
    pub blind: bool,
    pub rubric: String,
    /// Samples with a verdict other than skip.
    pub decided: u64,
    pub approved: u64,
    pub excluded: u64,
    /// Share excluded with its interval; only from random draws.
    pub estimate: Option<Estimate>,
    /// Verdicts given after which a machine's opinion was shown, and those of them that were then changed.
    #[serde(default)]
    pub unsealed: u64,
    #[serde(default)]
    pub revised: u64,
    /// The version of the rubric that is asked now, where it is another one.
    #[serde(default)]
    pub asked_now: Option<String>,
    /// How far reviewers agree on verdicts, where two of them answered one sample.
    #[serde(default)]
    pub agreement: Option<AgreementFact>,
}

/// Agreement on verdicts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AgreementFact {
    /// Samples that two reviewers or more answered.
    pub samples: u64,
    pub raters: u64,
    /// Agreeing pairs of verdicts over all pairs.
    pub percent: Option<Estimate>,
    /// Gwet's AC1, which a skewed distribution of verdicts does not mislead.
    pub ac1: Option<Estimate>,
    /// Krippendorff's alpha, nominal.
    pub alpha: Option<Estimate>,
}

/// A share with its 95 % interval, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    pub low: f64,
    pub value: f64,
    pub high: f64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GoldFacts {
    pub members: u64,
    /// Over the members' digests.
    pub root: String,
    pub cells: Vec<GoldCell>,
    /// The release of the snapshot for training, where it is released.
    #[serde(default)]
    pub training: Option<TrainingFact>,
}

/// Who released a snapshot for training, what it held of gold, and why it may be trained on all the same.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TrainingFact {
    /// Gold members that it held as they are, and only nearly.
    pub exact: u64,
    pub near: u64,
    pub by: String,
    /// RFC 3339.
    pub at: String,
    /// Empty where it held none and nothing was said.
    pub reason: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GoldCell {
    pub domain: String,
    pub language: String,
    pub members: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LedgerFacts {
    pub entries: u64,
    pub root: String,
}

/// A contract and what its gates measured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GateFacts {
    pub contract: String,
    pub gates: Vec<GateFact>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GateFact {
    /// The key of the limit.
    pub id: String,
    /// Expression; empty for the whole snapshot.
    pub slice: String,
    /// Dimension or field; empty where it is about none.
    pub about: String,
    pub measured: Option<f64>,
    pub limit: f64,
    /// Whether the limit is the least that is allowed, and not the most.
    pub limit_is_least: bool,
    /// Whether both are shares, from 0 to 1.
    pub is_share: bool,
    pub passed: bool,
    /// Measured and shown; cannot fail.
    pub watched: bool,
    pub waiver: Option<WaiverFact>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WaiverFact {
    pub by: String,
    pub reason: String,
    /// The last day.
    pub until: String,
    pub not_worse_than: f64,
}
