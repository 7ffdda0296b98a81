//! The grid of samples, its filter, and one sample in full.

use assay_model::resolution::Effect;
use assay_model::{EvidenceKind, GenerationRecord, Origin, OriginChange, SourceClass};

use super::wire;

wire! {
    /// Command `samples_open`: opens a view of the snapshot under a filter. Cheap; counting goes on behind.
    pub struct SamplesOpenRequest {
        pub dataset: String,
        pub snapshot: Option<u64>,
        /// An expression of the filter language; everything where empty.
        pub filter: String,
        /// Only samples whose text holds this, ignoring case.
        pub find: String,
    }

    /// The first rows, at once, and a handle for the rest.
    pub struct SamplesView {
        pub view: u64,
        /// The first 200 rows.
        pub rows: Vec<SampleRow>,
        /// Whole when the counting is done, else `None`: ask `samples_summary`.
        pub total: Option<u64>,
        pub elapsed_ms: f64,
    }

    /// Commands `samples_summary` (waits for the count) and `samples_close`.
    pub struct ViewRequest {
        pub view: u64,
    }

    pub struct SamplesSummary {
        pub samples: u64,
        pub tokens: u64,
        /// Samples by origin, in the order human, mixed, machine, unknown.
        pub by_origin: [u64; 4],
    }

    /// Command `samples_rows`: rows `offset..offset + limit` of a view; at most 200.
    pub struct RowsRequest {
        pub view: u64,
        pub offset: u64,
        pub limit: u64,
    }

    pub struct RowsPage {
        pub offset: u64,
        pub rows: Vec<SampleRow>,
        pub elapsed_ms: f64,
    }

    pub struct SampleRow {
        /// 1-based position in the view.
        pub row: u64,
        /// `sha256:…`; several rows may share one.
        pub digest: String,
        /// Opaque id of this row, for `sample_detail`.
        pub sample: u64,
        pub origin: Origin,
        pub confidence: f64,
        /// The first 160 characters, parts joined by ` · `.
        pub text: String,
        pub domain: String,
        pub language: String,
        pub tokens: u64,
        /// Samples in its near-duplicate cluster, itself included; 1 for none.
        pub copies: u64,
        pub verdict: Option<Verdict>,
        pub gold: bool,
        /// What it speaks of, where topics were found.
        pub topic: Option<String>,
        /// What was done to it with many others.
        pub bulk: Option<BulkState>,
    }

    /// What stands on a sample of what was done to many at once. None of it is a verdict.
    #[derive(Eq)]
    pub struct BulkState {
        pub tags: Vec<String>,
        /// Who is to look at it.
        pub routed: Option<String>,
        /// Left out unread.
        pub excluded: bool,
    }

    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum Verdict { Approve, Exclude, Unsure, Skip }

    /// Command `sample_detail`.
    pub struct SampleRequest {
        pub sample: u64,
    }

    /// Everything known about one sample.
    pub struct SampleDetail {
        pub sample: u64,
        pub digest: String,
        pub id: Option<String>,
        pub dataset: String,
        pub snapshot: u64,
        pub path: String,
        pub line: u64,
        /// `row group 3, row 41,207`, `line 7,001`
        pub place: String,
        pub parts: Vec<PartDetail>,
        /// Strongest first.
        pub evidence: Vec<SampleEvidence>,
        /// How the origin came to be what it is, earliest first; empty where it is as indexed.
        #[serde(default)]
        pub history: Vec<OriginChange>,
        /// Samples with the same text and another known origin; at most 20.
        #[serde(default)]
        pub contradicts: Vec<ContradictingSample>,
        /// `None` where nothing says what it was made from.
        #[serde(default)]
        pub derivation: Option<SampleDerivation>,
        pub conflict: bool,
        pub origin: Origin,
        pub source_class: SourceClass,
        pub confidence: f64,
        pub tokens: u64,
        pub characters: u64,
        pub dimensions: Vec<(String, String)>,
        pub detected_language: Option<String>,
        /// Rows with the same digest, itself not counted.
        pub exact_copies: u64,
        pub cluster: Option<u64>,
        pub cluster_size: u64,
        pub verdict: Option<Verdict>,
        pub gold: bool,
        /// What was done to it with many others; never part of what is kept for review.
        #[serde(default)]
        pub bulk: Option<BulkState>,
        /// Set when the source no longer holds what was indexed: what was expected, what to do. Parts are then empty.
        pub stale: Option<assay_model::Fault>,
        /// What machines say of it; never part of what is kept for review.
        #[serde(default)]
        pub opinions: Option<super::Opinions>,
    }

    /// One piece of evidence, and what it did.
    pub struct SampleEvidence {
        /// Index of the part it speaks of; `None` when it speaks of all parts.
        pub part: Option<u32>,
        pub kind: EvidenceKind,
        /// 0 for the strongest kind; `None` in copies that an older Assay kept.
        #[serde(default)]
        pub strength: Option<u8>,
        #[serde(default)]
        pub effect: Option<Effect>,
        pub origin: Origin,
        pub source_class: SourceClass,
        /// From 0 to 1.
        pub confidence: f64,
        pub source: String,
        pub value: String,
        pub generator: Option<String>,
        #[serde(default)]
        pub record: Option<GenerationRecord>,
        /// Who brought it; `None` for what indexing found.
        #[serde(default)]
        pub brought: Option<EvidenceBrought>,
    }

    pub struct EvidenceBrought {
        /// Empty where nobody was named.
        pub by: String,
        /// RFC 3339.
        pub at: String,
        pub name: String,
        /// Of the ledger.
        pub entry: Option<u64>,
    }

    pub struct ContradictingSample {
        pub sample: u64,
        pub path: String,
        pub line: u64,
        pub origin: Origin,
        pub evidence: Vec<SampleEvidence>,
    }

    /// What a record was made from.
    pub struct SampleDerivation {
        /// Longest chain of "made by a model from"; `None` where it cannot be told.
        pub depth: Option<u64>,
        /// Whether a chain of parents leads back to itself.
        pub cyclic: bool,
        /// Identities of the records it names.
        pub parents: Vec<String>,
    }

    pub struct PartDetail {
        pub role: String,
        pub text: String,
        pub origin: Origin,
        pub source_class: SourceClass,
        pub confidence: f64,
        pub tokens: u64,
        /// Whether the text runs right to left.
        pub rtl: bool,
    }

    /// Command `fields`: what a filter may name, with the commonest values.
    pub struct FieldInfo {
        pub name: String,
        /// `text` or `number`.
        pub kind: String,
        /// At most 50, commonest first; empty for numbers.
        pub values: Vec<assay_model::report::ClassCount>,
    }
}
