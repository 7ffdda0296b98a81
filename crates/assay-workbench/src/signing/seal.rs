//! Signing: the statement, the signatures over it, and the folder that holds both.

use std::path::Path;

use assay_card::sign_off::{
    self, CardSignOff, ENVELOPE_FILE, FirstSigner, HOW_FILE, PROOF_FILE, Previous, SUMS_FILE, SnapshotState,
};
use assay_index::Snapshot;
use assay_ledger::{SignOff, SignOffTerms};
use assay_model::{Code, Digest, Fault};
use assay_review::{Ledger, Stamp, sign_offs};
use assay_seal::{Envelope, PublicKey, SecretKey, Statement, Subject};
use jiff::Timestamp;

use super::Signable;
use crate::card::CardFiles;

/// What was signed, and where it stands.
#[derive(Clone, Debug)]
pub struct Signature {
    pub sign_off: SignOff,
    /// The ledger's entry.
    pub seq: u64,
    pub statement: Digest,
    pub files: Vec<String>,
}

/// A statement as it will be signed: whoever signs sees its digest first.
pub struct Prepared<'a> {
    signable: &'a Signable,
    terms: SignOffTerms,
    payload: Vec<u8>,
    /// What depends on who signs: how to verify, and the list of all files.
    files: Vec<(String, Vec<u8>)>,
    key: PublicKey,
}

impl Prepared<'_> {
    /// SHA-256 over the bytes that will be signed.
    pub fn statement(&self) -> Digest {
        self.terms.statement
    }
}

/// Writes the statement that this person would sign with `key`. The same arguments give the same bytes.
pub fn prepare<'a>(
    ledger: &Ledger,
    signable: &'a Signable,
    (actor, key, at): (&str, &PublicKey, Timestamp),
    meaning: &str,
) -> Result<Prepared<'a>, Fault> {
    let snapshot = &signable.snapshot;
    sign_offs::may_sign(ledger, actor, &snapshot.dataset, snapshot.number)?;
    let previous = sign_offs::standing(ledger, &snapshot.dataset)?;
    let checkpoint = ledger.checkpoint()?.map(|checkpoint| checkpoint.text());
    let said = CardSignOff {
        dataset: snapshot.dataset.clone(),
        snapshot: snapshot_state(snapshot),
        gold: signable.gold.clone(),
        signer: FirstSigner {
            name: actor.to_owned(),
            role: "lead".to_owned(),
            key: key.clone(),
        },
        meaning: meaning.trim().to_owned(),
        time: at.to_string(),
        signers: signable.signers,
        checkpoint: checkpoint.unwrap_or_default(),
        contract: signable.contract.clone(),
        exceptions: signable.exceptions.clone(),
        previous: previous.as_ref().map(|previous| Previous {
            sign_off: previous.id.to_string(),
            statement: previous.statement,
        }),
    };
    let how = sign_off::how_to_verify(&snapshot.dataset, snapshot.number, &[key.to_string()]);
    let mut subjects = signable.subjects.clone();
    subjects.push(Subject::of(HOW_FILE, how.as_bytes()));
    let listed = |subject: &Subject| format!("{}  {}\n", subject.digest.sha256, subject.name);
    let sums: String = subjects.iter().map(listed).collect();
    let payload = said
        .statement(subjects)
        .map_err(|error| Fault::internal("writing a statement", error))?;
    Ok(Prepared {
        signable,
        terms: SignOffTerms {
            dataset: snapshot.dataset.clone(),
            snapshot: snapshot.number,
            root: snapshot.root,
            statement: Digest::of(&payload),
            meaning: meaning.trim().to_owned(),
            signers: signable.signers,
            supersedes: previous.map(|previous| previous.id),
        },
        payload,
        files: vec![
            (HOW_FILE.to_owned(), how.into_bytes()),
            (SUMS_FILE.to_owned(), sums.into_bytes()),
        ],
        key: key.clone(),
    })
}

fn snapshot_state(snapshot: &Snapshot) -> SnapshotState {
    SnapshotState {
        number: snapshot.number,
        root: snapshot.root,
        facts_root: snapshot.facts_root,
        map: snapshot.map_digest,
        files: snapshot.files_read,
        samples: snapshot.indexed,
        quarantined: snapshot.quarantined,
        tokens: snapshot.tokens,
    }
}

/// Signs what was prepared, and writes the card and the sign-off into `folder`.
///
/// Refused where anything was recorded since the card was measured: the lead would sign a state that they were not shown.
pub fn sign(
    ledger: &mut Ledger,
    stamp: &Stamp,
    prepared: Prepared<'_>,
    key: &SecretKey,
    folder: &Path,
) -> Result<Signature, Fault> {
    if ledger.size()? != prepared.signable.entries {
        return Err(Fault::new(
            Code::NotAllowed,
            "something was recorded since the card was measured",
            "look at what there is to sign again",
        ));
    }
    if *key.public() != prepared.key {
        return Err(Fault::internal(
            "signing a card",
            "the statement names another key",
        ));
    }
    let Prepared {
        signable,
        terms,
        payload,
        mut files,
        ..
    } = prepared;
    let envelope = Envelope::unsigned(Statement::<CardSignOff>::PAYLOAD_TYPE, &payload).signed_by(key);
    let statement = terms.statement;
    let signature = envelope.signatures[0].sig().to_owned();
    files.extend(signable.covered.iter().cloned());
    std::fs::create_dir_all(folder)
        .map_err(|error| crate::file::unwritable(folder, "the sign-off", &error))?;
    // Written before it is recorded: a drive that is full leaves no sign-off without its folder.
    for (name, bytes) in &files {
        write(&folder.join(name), bytes)?;
    }
    let entry = sign_offs::sign(ledger, stamp, terms, key.public(), signature)?;
    let written = files.len();
    finish(ledger, (entry.id, entry.seq), &envelope, key, &mut files)?;
    for (name, bytes) in &files[written..] {
        write(&folder.join(name), bytes)?;
    }
    signature_of(ledger, entry.id, entry.seq, statement, files)
}

/// Signs what another lead signed: the folder must hold the statement of the sign-off that stands.
pub fn join(
    ledger: &mut Ledger,
    (stamp, key): (&Stamp, &SecretKey),
    sign_off: &SignOff,
    folder: &Path,
) -> Result<Signature, Fault> {
    let found = sign_off::verify_folder(folder, &[]);
    let envelope = ledger.signed_file(sign_off.id, ENVELOPE_FILE)?;
    let envelope: Envelope = envelope
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .ok_or_else(|| Fault::internal("signing too", "the envelope was not kept"))?;
    let is_it = std::fs::read(folder.join(ENVELOPE_FILE))
        .ok()
        .and_then(|bytes| serde_json::from_slice::<Envelope>(&bytes).ok())
        .and_then(|there| there.payload())
        .is_some_and(|payload| Digest::of(&payload) == sign_off.statement);
    if !is_it || found.is_changed() {
        return Err(Fault::new(
            Code::NotAllowed,
            "the folder does not hold the statement and the files that were signed",
            "sign the folder that the first signer wrote",
        )
        .at(folder.display().to_string()));
    }
    let envelope = envelope.signed_by(key);
    let signature = envelope
        .signatures
        .last()
        .map(|signature| signature.sig().to_owned())
        .unwrap_or_default();
    let entry = sign_offs::join(ledger, stamp, sign_off, key.public(), signature)?;
    let mut files = Vec::new();
    finish(ledger, (sign_off.id, sign_off.seq), &envelope, key, &mut files)?;
    for (name, bytes) in &files {
        write(&folder.join(name), bytes)?;
    }
    signature_of(ledger, sign_off.id, entry.seq, sign_off.statement, files)
}

/// Keeps the envelope and the card's figures, signs the head over the entry, and proves the entry under it.
fn finish(
    ledger: &mut Ledger,
    (sign_off, seq): (uuid::Uuid, u64),
    envelope: &Envelope,
    key: &SecretKey,
    files: &mut Vec<(String, Vec<u8>)>,
) -> Result<(), Fault> {
    let bytes =
        serde_json::to_vec(envelope).map_err(|error| Fault::internal("writing an envelope", error))?;
    files.push((ENVELOPE_FILE.to_owned(), bytes));
    let kept: Vec<(String, Vec<u8>)> = files
        .iter()
        .filter(|(name, _)| [ENVELOPE_FILE, CARD_FILE].contains(&name.as_str()))
        .cloned()
        .collect();
    ledger.keep_signed(sign_off, &kept)?;
    if let Some(head) = ledger.sign_head(key)? {
        let proof = ledger.prove_entry(seq, &head)?;
        files.push((PROOF_FILE.to_owned(), proof.to_string().into_bytes()));
    }
    Ok(())
}

fn signature_of(
    ledger: &Ledger,
    id: uuid::Uuid,
    seq: u64,
    statement: Digest,
    files: Vec<(String, Vec<u8>)>,
) -> Result<Signature, Fault> {
    let sign_off = ledger.sign_offs()?.into_iter().find(|one| one.id == id);
    Ok(Signature {
        sign_off: sign_off.ok_or_else(|| Fault::internal("signing a card", "it was not recorded"))?,
        seq,
        statement,
        files: files.into_iter().map(|(name, _)| name).collect(),
    })
}

pub(super) const CARD_FILE: &str = "card.json";

/// The card's files in the folder must be as the workspace would write them now: figures cannot be typed.
pub fn is_card_of(folder: &Path, files: &CardFiles) -> Result<(), Fault> {
    for (name, text) in files.files() {
        let there = std::fs::read(folder.join(name)).unwrap_or_default();
        if there != text.as_bytes() {
            return Err(Fault::new(
                Code::NotAllowed,
                format!("{name} in the folder is not the card as it is now"),
                "write the card again, read it, and sign that",
            )
            .at(folder.display().to_string()));
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    crate::file::write(path, bytes, "the sign-off")
}
