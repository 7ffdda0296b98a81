//! What an origin was, what it became, and by which evidence.

use serde::{Deserialize, Serialize};

use crate::{EvidenceKind, Origin, SourceClass};

/// What was held of a sample at one time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct OriginState {
    pub origin: Origin,
    pub source_class: SourceClass,
    /// From 0 to 1.
    pub confidence: f64,
    /// Whether its strongest evidence contradicted itself.
    pub conflict: bool,
}

/// One change of a sample's origin, source class, confidence or conflict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct OriginChange {
    /// When it was recomputed, RFC 3339.
    pub at: String,
    pub was: OriginState,
    pub became: OriginState,
    /// The evidence that came or went; never empty.
    pub causes: Vec<Cause>,
}

/// A piece of evidence that came or went after indexing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Cause {
    /// False where it was withdrawn.
    pub added: bool,
    pub kind: EvidenceKind,
    pub origin: Origin,
    pub source: String,
    pub value: String,
    /// Who brought or withdrew it; empty where nobody was named.
    pub by: String,
    /// When they did, RFC 3339.
    pub at: String,
    /// The ledger's entry, where the act stands there.
    pub entry: Option<u64>,
}
