//! Seeds that only a program can write: what was signed, hashed or packed. `cargo run -p assay-laws --example seeds` writes
//! them; the others in `tests/fixtures/fuzz` were written by hand or found by the fuzzer.

use std::io::Write;

use assay_index::worker::frame::{self, Frame, Job};
use assay_index::worker::{self, Fence};
use assay_ledger::digest_of_parts;
use assay_model::{Code, Digest, Fault, Origin, Part, SourceClass, merkle};
use assay_read::Limits;
use assay_seal::{Checkpoint, Envelope, KeyFile, SecretKey, Strength, TlogProof, inclusion};
use serde_json::json;

use crate::folders;
use crate::reading::source;
use crate::scratch::with_file;

/// Name and seed of the key over the exported ledger's head.
pub const SIGNER: (&str, [u8; 32]) = ("Ines/laws", [7; 32]);

/// A target, a name, and the bytes.
pub type Seed = (&'static str, String, Vec<u8>);

/// All but the key file and the ledger's export, which are not the same twice: those stay as they were committed.
pub fn seeds() -> Vec<Seed> {
    [signed(), packed(), gold(), frames(), folders::seeds()].concat()
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
    let line = json!({"head": note.to_string()});
    [
        ("signed_note", "cosigned", note.to_string()),
        ("signed_note", "checkpoint", head.text()),
        ("heads_log", "two", format!("{line}\n{line}\n")),
        ("tlog_proof", "third-of-five", proof.to_string()),
        ("envelope", "two-signers", json!(envelope).to_string()),
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

/// A sample that a person wrote, in one part.
pub fn document(text: &str) -> Vec<Part> {
    vec![Part {
        role: "document".to_owned(),
        text: text.to_owned(),
        origin: Origin::Human,
        source_class: SourceClass::HumanAuthored,
        confidence: 1.0,
    }]
}

/// Two members in their order.
fn gold() -> Vec<Seed> {
    let mut members = ["one", "two"].map(|text| {
        let parts = document(text);
        (digest_of_parts(&parts), parts)
    });
    members.sort_by_key(|(digest, _)| *digest);
    let lines = members.map(|(digest, parts)| format!("{}\n", json!({"digest": digest, "parts": parts})));
    vec![("gold_export", "two".to_owned(), lines.concat().into_bytes())]
}

/// What a worker says of one file, and its refusal of another.
fn frames() -> Vec<Seed> {
    let mut stream = Vec::new();
    let refused = Frame::Refused {
        file: 1,
        fault: Fault::new(Code::NotReadable, "it is locked", "unlock it").at("b.jsonl"),
    };
    for frame in [Frame::Fenced(Fence::default()), refused] {
        let body = frame::encode(&frame).expect("a frame is plain data");
        frame::write(&mut stream, &body).expect("memory can be written to");
    }
    with_file("a.jsonl", LINES, |path| {
        let job = Job {
            files: vec![source(path).expect("the file is there")],
            map: None,
            limits: Limits::default(),
        };
        worker::serve(&job, &mut stream).expect("memory can be written to");
    });
    vec![("worker_frames", "read-and-refused".to_owned(), stream)]
}

/// A key file under the passphrase `law`, that takes no work to open.
pub fn key_file() -> Result<Vec<u8>, String> {
    let key = SecretKey::from_seed("Ines/law", &[9; 32]);
    let file = KeyFile::lock(&key, "law", Strength::TEST)?;
    serde_json::to_vec(&file).map_err(|error| error.to_string())
}
