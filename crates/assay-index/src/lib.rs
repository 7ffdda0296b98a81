//! Where is every sample? The index database, the feature columns, and the pass that fills both.
//!
//! Everything here can be rebuilt from the sources; decisions live in the ledger. This crate and the
//! ledger are the only ones that write SQL.

mod clusters;
mod columns;
mod database;
mod evidence;
mod exchange;
mod facts;
mod fault;
mod id_set;
mod indexing;
mod kept;
mod leaves;
mod measures;
mod pairs;
mod query;
pub mod result_files;
mod results;
mod rows;
mod schema;
mod snapshots;
mod style;
mod texts;
mod topics;
pub mod worker;

pub use clusters::{ClusterSummary, MemberRow, PairJudgement, PairRow, PassageRow};
pub use database::Index;
pub use evidence::{
    AddedRow, Addition, AdditionKind, Authorship, BroughtBy, EvidenceRow, EvidenceWriter, Recomputed,
    RelabelledRow, Spoken, Tie, evidence_lines, rejected_evidence,
};
pub use exchange::{ByOrigin, Exchange, ExchangeCounts};
pub use id_set::IdSet;
pub use indexing::{IndexRequest, Indexed, Watch, index};
pub use measures::{EvidenceTokens, MeasureWriter};
pub use pairs::PairFilter;
pub use query::{
    CandidateRow, Clustered, Decisions, FieldSummary, GridRow, Located, Matched, Selection, SelectionTotals,
};
pub use results::{Added, FileResults};
pub use snapshots::{FileLayout, FileRow, Segment, Snapshot};
pub use style::{Doubt, StoredStyle, StyleSaid, StyleScoreRow};
pub use texts::{ReadSample, Texts};
pub use topics::SampleTopics;
pub use worker::WorkerCommand;
