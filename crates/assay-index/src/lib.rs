//! Where is every sample? The index database, the feature columns, and the pass that fills both.
//!
//! Everything here can be rebuilt from the sources; decisions live in the ledger. This crate and the
//! ledger are the only ones that write SQL.

mod clusters;
mod columns;
mod database;
mod exchange;
mod fault;
mod id_set;
mod indexing;
mod kept;
mod measures;
mod query;
mod rows;
mod snapshots;
mod texts;
pub mod worker;

pub use clusters::{ClusterSummary, MemberRow, PairRow, PassageRow};
pub use database::Index;
pub use exchange::{ByOrigin, Exchange, ExchangeCounts};
pub use id_set::IdSet;
pub use indexing::{IndexRequest, Indexed, Watch, index};
pub use measures::{EvidenceTokens, MeasureWriter};
pub use query::{Decisions, FieldSummary, GridRow, Located, Selection, SelectionTotals};
pub use snapshots::{FileRow, Segment, Snapshot};
pub use texts::{ReadSample, Texts};
pub use worker::WorkerCommand;
