//! in-toto statements: which files, by their digests, somebody says something about.

use assay_model::Digest;
use serde::{Deserialize, Serialize};

/// `_type` of an in-toto statement, version 1.
pub const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";

/// What a DSSE envelope of ours holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement<P> {
    #[serde(rename = "_type")]
    pub kind: String,
    pub subject: Vec<Subject>,
    #[serde(rename = "predicateType")]
    pub predicate_type: String,
    pub predicate: P,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// Path below the folder of the statement, with `/`.
    pub name: String,
    pub digest: Sha256,
}

/// The digest set of in-toto, with the one algorithm that is used here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sha256 {
    /// 64 hexadecimal digits.
    pub sha256: String,
}

impl Subject {
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            digest: Sha256 {
                sha256: Digest::of(bytes).hex(),
            },
        }
    }
}

impl<P> Statement<P> {
    pub const PAYLOAD_TYPE: &'static str = "application/vnd.in-toto+json";

    pub fn new(subject: Vec<Subject>, predicate_type: &str, predicate: P) -> Self {
        Self {
            kind: STATEMENT_TYPE.to_owned(),
            subject,
            predicate_type: predicate_type.to_owned(),
            predicate,
        }
    }
}
