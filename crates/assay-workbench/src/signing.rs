//! Signing a card: what a lead is shown first, the folder that is written, and whether it still holds.

use std::path::{Path, PathBuf};

use assay_card::sign_off::{
    self, CardChange, CardSignOff, ContractOutcome, ENVELOPE_FILE, Exception, FirstSigner, GOLD_FILE,
    GoldState, HOW_FILE, MANIFEST_FILE, ManifestFile, ManifestSample, PROOF_FILE, Previous, SUMS_FILE,
    SnapshotState,
};
use assay_index::{Index, Snapshot, WorkerCommand};
use assay_ledger::{SignOff, SignOffTerms};
use assay_model::{Code, Digest, Expression, Fault, Task, canonical};
use assay_review::{Ledger, Stamp, gold, sign_offs};
use assay_seal::{Envelope, KeyFile, SecretKey, Statement, Strength, Subject};
use serde_json::{Value, json};

use crate::card::{self, CardFiles};
use crate::{Workspace, checking};

/// Keys at rest: one file each, under a passphrase, in the application's own folder and never in a workspace.
#[derive(Clone, Debug)]
pub struct KeyRing {
    folder: PathBuf,
}

impl KeyRing {
    pub fn at(home: &Path) -> Self {
        Self {
            folder: home.join("keys"),
        }
    }

    /// Makes a key for a person and locks it.
    pub fn create(&self, person: &str, passphrase: &str) -> Result<SecretKey, Fault> {
        if passphrase.chars().count() < MIN_PASSPHRASE {
            return Err(Fault::new(
                Code::Usage,
                format!("the passphrase is shorter than {MIN_PASSPHRASE} characters"),
                "choose a longer one; several words are good",
            ));
        }
        let key = SecretKey::generate(person).map_err(|error| Fault::internal("making a key", error))?;
        let file = KeyFile::lock(&key, passphrase, Strength::FULL)
            .map_err(|error| Fault::internal("locking a key", error))?;
        let text =
            serde_json::to_vec_pretty(&file).map_err(|error| Fault::internal("locking a key", error))?;
        let path = self.path(&key.public().to_string());
        std::fs::create_dir_all(&self.folder)
            .and_then(|()| write_private(&path, &text))
            .map_err(|error| crate::file::unwritable(&path, "the key", &error))?;
        Ok(key)
    }

    /// Opens the file of this public key.
    pub fn unlock(&self, public: &assay_seal::PublicKey, passphrase: &str) -> Result<SecretKey, Fault> {
        let path = self.path(&public.to_string());
        let refused = |code: Code, why: String, remedy: &str| {
            Fault::new(code, why, remedy).at(path.display().to_string())
        };
        let bytes = std::fs::read(&path).map_err(|error| {
            refused(
                Code::NotFound,
                format!("the key {} is not on this machine: {error}", public.name()),
                "bring its file, or replace the key",
            )
        })?;
        let file: KeyFile = serde_json::from_slice(&bytes).map_err(|error| {
            refused(
                Code::NotReadable,
                format!("the key file is damaged: {error}"),
                "bring a copy of it, or replace the key",
            )
        })?;
        file.unlock(passphrase)
            .map_err(|why| refused(Code::NotAllowed, why, "type the passphrase again"))
    }

    /// By digest: names may hold what file names cannot.
    fn path(&self, public: &str) -> PathBuf {
        self.folder
            .join(format!("{}.json", &Digest::of(public.as_bytes()).hex()[..16]))
    }
}

/// Shorter passphrases are guessed, whatever the work.
const MIN_PASSPHRASE: usize = 12;

/// Written whole under another name first, readable by its owner only.
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    let next = path.with_extension("new");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&next)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&next, path)
}

/// A card that is ready to be signed, and what the lead is shown first.
#[derive(Clone, Debug)]
pub struct Signable {
    pub snapshot: Snapshot,
    pub files: CardFiles,
    pub contract: Option<ContractOutcome>,
    pub exceptions: Vec<Exception>,
    /// Different leads who must sign.
    pub signers: u64,
}

/// The card as it is now, its figures measured and its gates held against it again.
pub fn signable(
    workspace: &Workspace,
    ledger: &Ledger,
    (dataset, number): (Option<&str>, Option<u64>),
    files: impl FnOnce(&assay_card::Card) -> CardFiles,
    worker: &WorkerCommand,
    task: &Task,
) -> Result<Signable, Fault> {
    let card = card::card(workspace, ledger, dataset, number, worker, task)?;
    let index = workspace.index()?;
    let snapshot = index.snapshot(dataset, number)?;
    let held = checking::of_workspace(workspace, &snapshot.dataset, Some(snapshot.number), worker, task)?;
    let contract = held.map(|held| ContractOutcome {
        name: held.contract,
        passed: held.passed,
        failing: failing(&held.gates, |_| true),
        waivers: failing(&held.gates, |gate| gate.waived.is_some()),
    });
    let gates = contract.as_ref().map_or(&[][..], |contract| &contract.failing);
    let figures = parsed(&card.json())?;
    let exceptions = sign_off::exceptions(&figures, gates);
    let signers = sign_offs::signers_needed(ledger, |filter| holds(&index, &snapshot, filter))?;
    Ok(Signable {
        files: files(&card),
        snapshot,
        contract,
        exceptions,
        signers,
    })
}

fn failing(gates: &[checking::GateResult], which: impl Fn(&checking::GateResult) -> bool) -> Vec<String> {
    let fails = |gate: &&checking::GateResult| !gate.passed && gate.severity != "watch" && which(gate);
    let named = gates.iter().filter(fails).map(|gate| match &gate.slice {
        Some(slice) => format!("{} where {slice}", gate.id),
        None => gate.id.to_owned(),
    });
    named.collect()
}

fn holds(index: &Index, snapshot: &Snapshot, filter: &str) -> Result<bool, Fault> {
    let filter = Expression::parse(filter).map_err(Fault::from)?;
    Ok(index.count(&index.select(snapshot, Some(&filter))?)? > 0)
}

/// What was signed, and where it stands.
#[derive(Clone, Debug)]
pub struct Signature {
    pub sign_off: SignOff,
    /// The ledger's entry.
    pub seq: u64,
    pub statement: Digest,
    pub files: Vec<String>,
}

/// Signs a card that stands in `folder` as the workspace would write it now, and writes the sign-off beside it.
pub fn sign(
    workspace: &Workspace,
    ledger: &mut Ledger,
    signable: &Signable,
    (stamp, key): (&Stamp, &SecretKey),
    meaning: &str,
    folder: &Path,
) -> Result<Signature, Fault> {
    let snapshot = &signable.snapshot;
    sign_offs::may_sign(ledger, &stamp.actor, &snapshot.dataset, snapshot.number)?;
    let mut files = card_in(folder, &signable.files)?;
    let members = gold::membership(ledger)?;
    let gold_root = gold::root(ledger)?;
    files.push((
        MANIFEST_FILE.to_owned(),
        manifest(workspace, snapshot)?.into_bytes(),
    ));
    files.push((
        GOLD_FILE.to_owned(),
        line(&json!({"members": members, "root": gold_root}))?.into_bytes(),
    ));
    let keys = [key.public().to_string()];
    let how = sign_off::how_to_verify(&snapshot.dataset, snapshot.number, &keys);
    files.push((HOW_FILE.to_owned(), how.into_bytes()));
    let head = ledger
        .sign_head(key)?
        .ok_or_else(|| Fault::internal("signing a card", "the ledger is empty"))?;
    let previous = sign_offs::standing(ledger, &snapshot.dataset)?;
    let said = CardSignOff {
        dataset: snapshot.dataset.clone(),
        snapshot: SnapshotState {
            number: snapshot.number,
            root: snapshot.root,
            facts_root: snapshot.facts_root,
            map: snapshot.map_digest,
            files: snapshot.files_read,
            samples: snapshot.indexed,
            quarantined: snapshot.quarantined,
            tokens: snapshot.tokens,
        },
        gold: GoldState {
            members: members.len() as u64,
            root: gold_root,
        },
        signer: FirstSigner {
            name: stamp.actor.clone(),
            role: "lead".to_owned(),
            key: key.public().clone(),
        },
        meaning: meaning.trim().to_owned(),
        time: stamp.at.to_string(),
        signers: signable.signers,
        checkpoint: head.note.to_string(),
        contract: signable.contract.clone(),
        exceptions: signable.exceptions.clone(),
        previous: previous.as_ref().map(|previous| Previous {
            sign_off: previous.id.to_string(),
            statement: previous.statement,
        }),
    };
    let subjects: Vec<Subject> = files
        .iter()
        .map(|(name, bytes)| Subject::of(name, bytes))
        .collect();
    let sums: String = subjects
        .iter()
        .map(|subject| format!("{}  {}\n", subject.digest.sha256, subject.name))
        .collect();
    let payload = said
        .statement(subjects)
        .map_err(|error| Fault::internal("writing a statement", error))?;
    let envelope = Envelope::unsigned(Statement::<CardSignOff>::PAYLOAD_TYPE, &payload).signed_by(key);
    let terms = SignOffTerms {
        dataset: snapshot.dataset.clone(),
        snapshot: snapshot.number,
        root: snapshot.root,
        statement: Digest::of(&payload),
        meaning: meaning.trim().to_owned(),
        signers: signable.signers,
        supersedes: previous.map(|previous| previous.id),
    };
    let statement = terms.statement;
    let signature = envelope.signatures[0].sig().to_owned();
    let entry = sign_offs::sign(ledger, stamp, terms, key.public(), signature)?;
    files.push((SUMS_FILE.to_owned(), sums.into_bytes()));
    finish(ledger, (entry.id, entry.seq), &envelope, key, &mut files)?;
    for (name, bytes) in &files {
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

const CARD_FILE: &str = "card.json";

/// The card's files in the folder, which must be as the workspace would write them now: figures cannot be typed.
fn card_in(folder: &Path, files: &CardFiles) -> Result<Vec<(String, Vec<u8>)>, Fault> {
    let mut found = Vec::new();
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
        found.push((name.to_owned(), there));
    }
    Ok(found)
}

fn manifest(workspace: &Workspace, snapshot: &Snapshot) -> Result<String, Fault> {
    let index = workspace.index()?;
    let files: Vec<ManifestFile> = index
        .files(snapshot)?
        .into_iter()
        .map(|file| ManifestFile {
            bytes: file.bytes,
            digest: file.digest,
            path: file.path,
        })
        .collect();
    let samples = index.leaves(snapshot)?.into_iter();
    sign_off::manifest(
        &files,
        samples.map(|(digest, facts)| ManifestSample { digest, facts }),
    )
    .map_err(|error| Fault::internal("writing a manifest", error))
}

fn line(value: &Value) -> Result<String, Fault> {
    canonical::to_string(value)
        .map(|text| text + "\n")
        .map_err(|error| Fault::internal("writing a file to sign", error))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    use std::io::Write as _;
    let mut file = crate::file::create(path, "the sign-off")?;
    file.write_all(bytes)
        .map_err(|error| crate::file::unwritable(path, "the sign-off", &error))?;
    crate::file::finish(file, path, "the sign-off")
}

fn parsed(text: &str) -> Result<Value, Fault> {
    serde_json::from_str(text).map_err(|error| Fault::internal("reading a card's figures", error))
}

/// A sign-off that stands, and what has changed since.
#[derive(Clone, Debug)]
pub struct SignedState {
    pub sign_off: SignOff,
    /// Empty where the card says what was signed.
    pub changes: Vec<CardChange>,
}

/// The dataset's standing sign-off against the card as it is now.
pub fn state(ledger: &Ledger, dataset: &str, card: &str) -> Result<Option<SignedState>, Fault> {
    let Some(sign_off) = sign_offs::standing(ledger, dataset)? else {
        return Ok(None);
    };
    let signed = ledger.signed_file(sign_off.id, CARD_FILE)?;
    let signed =
        signed.ok_or_else(|| Fault::internal("comparing a card", "the signed figures were not kept"))?;
    let signed = serde_json::from_slice(&signed)
        .map_err(|error| Fault::internal("reading the signed figures", error))?;
    Ok(Some(SignedState {
        changes: sign_off::changes_since(&signed, &parsed(card)?),
        sign_off,
    }))
}
