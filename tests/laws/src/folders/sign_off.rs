//! A signed folder of two samples, and what may become of it.

use std::path::Path;

use assay_card::sign_off::{
    CardSignOff, ENVELOPE_FILE, FirstSigner, GOLD_FILE, GoldState, MANIFEST_FILE, ManifestFile,
    ManifestSample, PROOF_FILE, SUMS_FILE, SignOffStatement, SnapshotState, manifest, verify_folder,
};
use assay_model::{Digest, canonical, merkle};
use assay_seal::{Checkpoint, Envelope, SecretKey, Subject, TlogProof};
use serde_json::json;
use tempfile::TempDir;

use super::{Change, read, write};

const CARD_FILE: &str = "card.json";
const SUBJECTS: [&str; 3] = [CARD_FILE, GOLD_FILE, MANIFEST_FILE];
const FILES: [&str; 6] = [
    CARD_FILE,
    GOLD_FILE,
    MANIFEST_FILE,
    ENVELOPE_FILE,
    SUMS_FILE,
    PROOF_FILE,
];

thread_local! {
    static FOLDER: TempDir = folder();
}

fn key() -> SecretKey {
    SecretKey::from_seed("Ines", &[3; 32])
}

pub(crate) fn sign_off_folder(bytes: &[u8]) {
    let Some(change) = Change::of(bytes, &FILES) else {
        return;
    };
    FOLDER.with(|folder| {
        let folder = folder.path();
        let before: Vec<Vec<u8>> = FILES.iter().map(|file| read(folder, file)).collect();
        let whole = read(folder, change.file);
        write(folder, change.file, change.content);
        if change.is_resealed && change.file == ENVELOPE_FILE {
            signed(folder, change.content);
        } else if change.is_resealed && SUBJECTS.contains(&change.file) {
            let envelope: Envelope =
                serde_json::from_slice(&read(folder, ENVELOPE_FILE)).expect("it was whole");
            let mut statement: SignOffStatement = statement_of(&envelope).expect("it was whole");
            statement.subject = subjects(folder);
            write(folder, SUMS_FILE, sums(&statement.subject));
            let text = canonical::to_string(&json!(statement)).expect("a statement has a canonical form");
            signed(folder, text.as_bytes());
        }
        let trusted = [key().public().clone()];
        let found = verify_folder(folder, &trusted);
        verify_folder(folder, &[]);
        if !change.is_resealed {
            let is_same = match change.file {
                // JSON may be written otherwise around what is signed.
                ENVELOPE_FILE => payload(change.content) == payload(&whole),
                _ => change.content == whole,
            };
            assert!(is_same || !found.holds(), "{}: {found:?}", change.file);
            assert!(found.holds() || change.content != whole, "{found:?}");
        }
        for (file, bytes) in FILES.iter().zip(before) {
            write(folder, file, bytes);
        }
    });
}

fn payload(bytes: &[u8]) -> Option<Vec<u8>> {
    serde_json::from_slice::<Envelope>(bytes).ok()?.payload()
}

fn statement_of(envelope: &Envelope) -> Option<SignOffStatement> {
    serde_json::from_slice(&envelope.payload()?).ok()
}

/// Puts an envelope over this statement into the folder, and a proof that its entry stands in a log.
fn signed(folder: &Path, statement: &[u8]) {
    let envelope = Envelope::unsigned(SignOffStatement::PAYLOAD_TYPE, statement).signed_by(&key());
    write(
        folder,
        ENVELOPE_FILE,
        serde_json::to_vec(&envelope).expect("an envelope is plain data"),
    );
    let entry = json!({"kind": "signed_off", "terms": {"statement": Digest::of(statement)}}).to_string();
    let head = Checkpoint {
        origin: "assay/ledger/laws".to_owned(),
        size: 1,
        root: merkle::root([entry.as_bytes()]),
    };
    let proof = TlogProof {
        entry: entry.into_bytes(),
        index: 0,
        path: Vec::new(),
        checkpoint: head.sign(&key()),
    };
    write(folder, PROOF_FILE, proof.to_string());
}

fn subjects(folder: &Path) -> Vec<Subject> {
    SUBJECTS
        .iter()
        .map(|name| Subject::of(name, &read(folder, name)))
        .collect()
}

fn sums(subjects: &[Subject]) -> String {
    subjects
        .iter()
        .map(|subject| format!("{}  {}\n", subject.digest.sha256, subject.name))
        .collect()
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let mut samples = [b"one", b"two"].map(|text| ManifestSample {
        digest: Digest::of(text),
        facts: Digest::of(&text[1..]),
    });
    samples.sort_by_key(|sample| sample.digest);
    let file = ManifestFile {
        bytes: 9,
        digest: Digest::of(b"one\ntwo\n"),
        path: "letters.jsonl".to_owned(),
    };
    let written = manifest(&[file], samples.clone()).expect("a manifest has a canonical form");
    let member = samples[0].digest;
    let card =
        json!({"gold": {"members": 1}, "report": {"samples": {"indexed": 2, "quarantined": 0, "tokens": 2}}});
    write(folder.path(), MANIFEST_FILE, written);
    write(folder.path(), GOLD_FILE, json!({"members": [member]}).to_string());
    write(folder.path(), CARD_FILE, card.to_string());
    let said = CardSignOff {
        dataset: "letters".to_owned(),
        snapshot: SnapshotState {
            number: 1,
            root: merkle::root(samples.iter().map(|sample| sample.digest.0.as_slice())),
            facts_root: merkle::root_over(samples.iter().map(|sample| sample.facts)),
            map: Digest::of(b"map"),
            files: 1,
            samples: 2,
            quarantined: 0,
            tokens: 2,
        },
        gold: GoldState {
            members: 1,
            root: merkle::root([member.0.as_slice()]),
        },
        signer: FirstSigner {
            name: "Ines".to_owned(),
            role: "lead".to_owned(),
            key: key().public().clone(),
        },
        meaning: "I have read it.".to_owned(),
        time: "2026-01-01T00:00:00.000Z".to_owned(),
        signers: 1,
        checkpoint: String::new(),
        contract: None,
        exceptions: Vec::new(),
        previous: None,
    };
    let subjects = subjects(folder.path());
    write(folder.path(), SUMS_FILE, sums(&subjects));
    let statement = said
        .statement(subjects)
        .expect("a statement has a canonical form");
    signed(folder.path(), &statement);
    let found = verify_folder(folder.path(), &[key().public().clone()]);
    assert!(found.holds(), "{found:?}");
    folder
}

/// Inputs that change nothing, one for each file, and what in them other targets read.
pub(super) fn seeds() -> Vec<crate::seeds::Seed> {
    FOLDER.with(|folder| {
        let mut seeds = Vec::new();
        for (place, file) in (0_u8..).zip(FILES) {
            let whole = read(folder.path(), file);
            for resealed in [0, 1] {
                let content = match (file, resealed) {
                    (ENVELOPE_FILE, 1) => payload(&whole).expect("it is whole"),
                    _ => whole.clone(),
                };
                let name = format!("{}-{resealed}", file.replace('.', "-"));
                seeds.push((
                    "sign_off_folder",
                    name,
                    [&[place, resealed], content.as_slice()].concat(),
                ));
            }
            match file {
                ENVELOPE_FILE => seeds.push(("envelope", "sign-off".to_owned(), whole)),
                PROOF_FILE => seeds.push(("tlog_proof", "sign-off".to_owned(), whole)),
                _ => {}
            }
        }
        seeds
    })
}
