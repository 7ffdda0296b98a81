//! The statement that is signed.

use assay_model::{Digest, canonical};
use assay_seal::{PublicKey, Statement};
use serde::{Deserialize, Serialize};

use super::Exception;

/// in-toto's name for what `CardSignOff` says.
pub const PREDICATE_TYPE: &str = "urn:assay:card-sign-off:1";

pub type SignOffStatement = Statement<CardSignOff>;

/// What the signature says of the files it names. Whole numbers and texts only: it has a canonical form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardSignOff {
    pub dataset: String,
    pub snapshot: SnapshotState,
    pub gold: GoldState,
    pub signer: FirstSigner,
    /// What signing it means, in the signer's words.
    pub meaning: String,
    /// RFC 3339, by the signer's clock.
    pub time: String,
    /// Different leads whose signatures make it count.
    pub signers: u64,
    /// The ledger just before, as the text of a C2SP checkpoint; `sign-off.tlog-proof` holds a signed one that continues it.
    pub checkpoint: String,
    /// None where no contract was held against it.
    pub contract: Option<ContractOutcome>,
    /// What the signer was shown first and says to have looked at.
    pub exceptions: Vec<Exception>,
    pub previous: Option<Previous>,
}

/// Who printed their name under it first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstSigner {
    pub name: String,
    pub role: String,
    pub key: PublicKey,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SnapshotState {
    pub number: u64,
    pub root: Digest,
    pub facts_root: Digest,
    pub map: Digest,
    pub files: u64,
    pub samples: u64,
    pub quarantined: u64,
    pub tokens: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldState {
    pub members: u64,
    pub root: Digest,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContractOutcome {
    pub name: String,
    pub passed: bool,
    /// Ids of gates that fail.
    pub failing: Vec<String>,
    /// Those of them that a lead waived, with who and why.
    pub waivers: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Previous {
    /// The earlier sign-off's entry.
    pub sign_off: String,
    pub statement: Digest,
}

/// The bytes that are signed: canonical JSON.
pub(super) fn payload(statement: &SignOffStatement) -> Result<Vec<u8>, String> {
    let value = serde_json::to_value(statement).map_err(|error| error.to_string())?;
    canonical::to_string(&value)
        .map(String::into_bytes)
        .map_err(|error| error.to_string())
}

impl CardSignOff {
    /// The bytes of a statement about these files.
    pub fn statement(self, subject: Vec<assay_seal::Subject>) -> Result<Vec<u8>, String> {
        payload(&Statement::new(subject, PREDICATE_TYPE, self))
    }
}
