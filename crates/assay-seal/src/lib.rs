//! How is something signed so that anybody can check it, and where is the key kept meanwhile?
//!
//! Ed25519 keys with names, C2SP signed notes (checkpoints, cosignatures), RFC 6962 proofs, C2SP
//! tlog-proofs, DSSE envelopes over in-toto statements, and key files under a passphrase. Pure: what
//! is signed, and whose key may sign it, is decided above.

mod checkpoint;
mod dsse;
mod key;
mod note;
mod proof;
mod statement;
mod tlog_proof;
mod vault;
mod words;

pub use checkpoint::{Checkpoint, Cosignature};
pub use dsse::{Envelope, EnvelopeSignature};
pub use key::{KeyId, NotAKey, PublicKey, SecretKey};
pub use note::{BadNote, Note, NoteSignature};
pub use proof::{consistency, included_in, inclusion, is_consistent, siblings};
pub use statement::{STATEMENT_TYPE, Statement, Subject};
pub use tlog_proof::TlogProof;
pub use vault::{KeyFile, Strength};
pub use words::words_of;
