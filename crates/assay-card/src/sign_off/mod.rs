//! What does a lead sign, how is it verified without a workspace, and what has changed since?
//!
//! A sign-off is a folder: the card's files, a manifest of every file and sample, the gold root, and a DSSE envelope over an
//! in-toto statement that names them by digest. Everything here works on bytes and folders; nothing asks a database.

mod changes;
mod exceptions;
mod folder;
mod manifest;
mod meaning;
mod statement;

pub use changes::{CardChange, changes_since};
pub use exceptions::{Exception, exceptions, exceptions_code};
pub use folder::{FolderVerification, verify_folder};
pub use manifest::{ManifestFile, ManifestSample, manifest};
pub use meaning::Meaning;
pub use statement::{
    CardSignOff, ContractOutcome, FirstSigner, GoldState, PREDICATE_TYPE, Previous, SignOffStatement,
    SnapshotState,
};

/// The samples and files of the snapshot, one a line.
pub const MANIFEST_FILE: &str = "manifest.jsonl";
/// The gold set's members and root.
pub const GOLD_FILE: &str = "gold.json";
/// How to verify the folder.
pub const HOW_FILE: &str = "VERIFY.txt";
/// For plain `sha256sum -c`.
pub const SUMS_FILE: &str = "SHA256SUMS";
/// The signatures.
pub const ENVELOPE_FILE: &str = "envelope.json";
/// That the sign-off stands in the ledger.
pub const PROOF_FILE: &str = "sign-off.tlog-proof";

/// What `VERIFY.txt` says.
pub fn how_to_verify(dataset: &str, snapshot: u64, keys: &[String]) -> String {
    let keys: String = keys.iter().map(|key| format!("  {key}\n")).collect();
    format!(
        "Sign-off of {dataset}@{snapshot}\n\n\
         With Assay, and the signer's public key as they gave it to you:\n\n  \
         assay verify THIS_FOLDER --key 'PUBLIC KEY'\n\n\
         The envelope names these keys; compare them with what their owners say:\n\n{keys}\n\
         Without Assay, that no file was changed since (not who signed):\n\n  \
         sha256sum -c {SUMS_FILE}\n\n\
         {ENVELOPE_FILE} is a DSSE envelope over an in-toto statement; {PROOF_FILE} is a C2SP tlog-proof;\n\
         the roots of {MANIFEST_FILE} and {GOLD_FILE} are RFC 6962 tree hashes over SHA-256.\n"
    )
}
