//! Seeds that only a program can write: what was signed, hashed or packed. `cargo run -p assay-laws --example seeds` writes
//! them; the others in `tests/fixtures/fuzz` were written by hand or found by the fuzzer.

use std::io::Write;

use assay_model::{Digest, merkle};
use assay_seal::{Checkpoint, Envelope, KeyFile, SecretKey, Strength, TlogProof, inclusion};

use crate::folders;

/// Name and seed of the key over the exported ledger's head.
pub const SIGNER: (&str, [u8; 32]) = ("Ines/laws", [7; 32]);

/// A target, a name, and the bytes.
pub type Seed = (&'static str, String, Vec<u8>);

/// All but the key file and the ledger's export, which are not the same twice: those stay as they were committed.
pub fn seeds() -> Vec<Seed> {
    [signed(), packed(), folders::seeds()].concat()
}

fn signed() -> Vec<Seed> {
    let (log, lead) = (
        SecretKey::from_seed("log", &[1; 32]),
        SecretKey::from_seed("lead", &[2; 32]),
    );
    let entries: Vec<Vec<u8>> = (0..5_u8).map(|entry| vec![entry; 6]).collect();
    let leaves: Vec<Digest> = entries.iter().map(|entry| merkle::leaf(entry)).collect();
    let head = Checkpoint {
        origin: "assay/ledger/laws".to_owned(),
        size: 5,
        root: merkle::root_over(&leaves),
    };
    let note = head.sign(&log).cosigned_by(&lead, 1_700_000_000);
    let proof = TlogProof {
        entry: entries[3].clone(),
        index: 3,
        path: inclusion(&leaves, 3),
        checkpoint: note.clone(),
    };
    let envelope = Envelope::unsigned("text/plain", b"said")
        .signed_by(&log)
        .signed_by(&lead);
    let line = serde_json::json!({"head": note.to_string()});
    [
        ("signed_note", "cosigned", note.to_string()),
        ("signed_note", "checkpoint", head.text()),
        ("heads_log", "two", format!("{line}\n{line}\n")),
        ("tlog_proof", "third-of-five", proof.to_string()),
        ("envelope", "two-signers", serde_json::json!(envelope).to_string()),
        ("key_file", "public", lead.public().to_string()),
    ]
    .map(|(target, name, text)| (target, name.to_owned(), text.into_bytes()))
    .into()
}

const LINES: &[u8] = b"{\"text\":\"one\"}\n{\"text\":\"two\"}\r\n{\"text\":\n{\"text\":\"\xc3\xa9\"}";

/// The first byte says how: `reading::wrapped`.
fn packed() -> Vec<Seed> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(LINES).expect("memory can be written to");
    let gzip = gzip.finish().expect("memory can be written to");
    let zstd = zstd::encode_all(LINES, 1).expect("zstd packs");
    [("gzip", 0, gzip), ("zstd", 1, zstd), ("utf16", 4, LINES.to_vec())]
        .map(|(name, how, bytes)| ("wrapped", name.to_owned(), [&[how], bytes.as_slice()].concat()))
        .into()
}

/// A key file under the passphrase `law`, that takes no work to open.
pub fn key_file() -> Result<Vec<u8>, String> {
    let key = SecretKey::from_seed("Ines/law", &[9; 32]);
    let file = KeyFile::lock(&key, "law", Strength::TEST)?;
    serde_json::to_vec(&file).map_err(|error| error.to_string())
}
