//! Is a sign-off folder what was signed, and by whom? Needs no workspace.

use std::path::Path;

use assay_model::{Digest, merkle};
use assay_seal::{Envelope, PublicKey, TlogProof};
use serde_json::Value;

use super::statement::{CardSignOff, PREDICATE_TYPE, SignOffStatement, payload};
use super::{ENVELOPE_FILE, GOLD_FILE, MANIFEST_FILE, PROOF_FILE, SUMS_FILE, manifest};

/// What was found. Where `failure` is set, nothing after it was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderVerification {
    /// What the statement says, as far as it could be read.
    pub statement: Option<CardSignOff>,
    /// Whose signatures hold.
    pub signers: Vec<PublicKey>,
    /// Whether they are keys that whoever verifies brought; otherwise the envelope itself names them.
    pub is_trusted: bool,
    /// Files whose digests were compared.
    pub files: u64,
    /// The ledger's entries under the proof's head; none where there is no proof.
    pub proved: Option<u64>,
    /// Signatures that the statement asks for and that are not there yet.
    pub missing: u64,
    /// What does not hold, first.
    pub failure: Option<String>,
}

impl FolderVerification {
    /// Nothing was changed, and everybody has signed who must.
    pub fn holds(&self) -> bool {
        self.failure.is_none()
    }

    /// Something other than a signature that is still to come does not hold.
    pub fn is_changed(&self) -> bool {
        self.failure.is_some() && self.missing == 0
    }
}

/// No file of a card is larger, the manifest of ten million samples included.
const MAX_BYTES: u64 = 4 << 30;

/// Verifies a folder. With `trusted` keys, every signature that the statement asks for must be by one of them.
pub fn verify_folder(folder: &Path, trusted: &[PublicKey]) -> FolderVerification {
    let mut found = FolderVerification {
        statement: None,
        signers: Vec::new(),
        is_trusted: !trusted.is_empty(),
        files: 0,
        proved: None,
        missing: 0,
        failure: None,
    };
    found.failure = checked(folder, trusted, &mut found).err();
    found
}

fn checked(folder: &Path, trusted: &[PublicKey], found: &mut FolderVerification) -> Result<(), String> {
    let envelope: Envelope = serde_json::from_slice(&read(folder, ENVELOPE_FILE)?)
        .map_err(|error| format!("{ENVELOPE_FILE}: it is not a DSSE envelope: {error}"))?;
    let (bytes, statement) = statement(&envelope)?;
    let said = statement.predicate.clone();
    found.statement = Some(said.clone());
    found.signers = signers(&envelope, &said, trusted)?;
    for subject in &statement.subject {
        let digest = Digest::of(&read(folder, &subject.name)?).hex();
        if digest != subject.digest.sha256 {
            return Err(format!(
                "{}: its bytes are not those that were signed",
                subject.name
            ));
        }
        found.files += 1;
    }
    let name = |file: &str| statement.subject.iter().any(|subject| subject.name == file);
    for needed in [MANIFEST_FILE, GOLD_FILE, "card.json"] {
        if !name(needed) {
            return Err(format!("{needed}: the statement does not name it"));
        }
    }
    figures(folder, &said)?;
    sums(folder, &statement)?;
    let (named, needed) = (found.signers.len() as u64, said.signers.max(1));
    if !trusted.is_empty() && named == 0 {
        return Err(format!("{ENVELOPE_FILE}: no trusted key signed it"));
    }
    found.proved = proof(folder, &Digest::of(&bytes), &found.signers)?;
    if named < needed {
        found.missing = needed - named;
        return Err(format!(
            "{ENVELOPE_FILE}: it counts with {needed} signatures by {} keys and has {named}",
            if trusted.is_empty() {
                "different"
            } else {
                "trusted"
            }
        ));
    }
    Ok(())
}

/// The statement, in its canonical form and of the kind that Assay signs.
fn statement(envelope: &Envelope) -> Result<(Vec<u8>, SignOffStatement), String> {
    let told = |why: &str| format!("{ENVELOPE_FILE}: {why}");
    if envelope.payload_type != SignOffStatement::PAYLOAD_TYPE {
        return Err(told("what it holds is no in-toto statement"));
    }
    let bytes = envelope
        .payload()
        .ok_or_else(|| told("its payload is not base64"))?;
    let statement: SignOffStatement = serde_json::from_slice(&bytes)
        .map_err(|error| told(&format!("its statement cannot be read: {error}")))?;
    let again = payload(&statement).map_err(|error| told(&error))?;
    if statement.kind != assay_seal::STATEMENT_TYPE
        || statement.predicate_type != PREDICATE_TYPE
        || again != bytes
    {
        return Err(told("its statement is not one that Assay signs"));
    }
    Ok((bytes, statement))
}

/// The different keys that count and signed; the first signer's must be among the signatures, and each must hold. Whether they
/// are enough is asked last: a folder that waits for a second signature is whole.
fn signers(envelope: &Envelope, said: &CardSignOff, trusted: &[PublicKey]) -> Result<Vec<PublicKey>, String> {
    let named: Vec<PublicKey> = envelope
        .signatures
        .iter()
        .filter_map(|signature| signature.keyid.parse().ok())
        .collect();
    if named.len() != envelope.signatures.len() || envelope.strange(&named) > 0 {
        return Err(format!(
            "{ENVELOPE_FILE}: a signature is not by the key that it names"
        ));
    }
    let keys = if trusted.is_empty() { &named } else { trusted };
    let signed: Vec<PublicKey> = envelope.signers(keys).into_iter().cloned().collect();
    if !named.contains(&said.signer.key) {
        return Err(format!("{ENVELOPE_FILE}: {} has not signed it", said.signer.name));
    }
    Ok(signed)
}

/// The roots that the statement names, computed again, and its counts against the card's figures.
fn figures(folder: &Path, said: &CardSignOff) -> Result<(), String> {
    let text = String::from_utf8(read(folder, MANIFEST_FILE)?)
        .map_err(|_| format!("{MANIFEST_FILE}: it is not UTF-8"))?;
    let roots = manifest::roots(&text).map_err(|why| format!("{MANIFEST_FILE}: {why}"))?;
    let snapshot = &said.snapshot;
    if (roots.samples, roots.root, roots.facts_root) != (snapshot.samples, snapshot.root, snapshot.facts_root)
    {
        return Err(format!(
            "{MANIFEST_FILE}: its samples do not come to the roots that were signed"
        ));
    }
    let gold = json(folder, GOLD_FILE)?;
    let members: Vec<Digest> =
        serde_json::from_value(gold["members"].clone()).map_err(|error| format!("{GOLD_FILE}: {error}"))?;
    let root = merkle::root(members.iter().map(|member| member.0.as_slice()));
    if (root, members.len() as u64) != (said.gold.root, said.gold.members) {
        return Err(format!(
            "{GOLD_FILE}: its members do not come to the root that was signed"
        ));
    }
    let card = json(folder, "card.json")?;
    for (path, signed) in [
        ("/report/samples/indexed", snapshot.samples),
        ("/report/samples/quarantined", snapshot.quarantined),
        ("/report/samples/tokens", snapshot.tokens),
        ("/gold/members", said.gold.members),
    ] {
        if card.pointer(path).and_then(Value::as_u64) != Some(signed) {
            return Err(format!(
                "card.json: {path} is not {signed}, as the statement says"
            ));
        }
    }
    Ok(())
}

/// The list for `sha256sum` says the same as the statement.
fn sums(folder: &Path, statement: &SignOffStatement) -> Result<(), String> {
    let text =
        String::from_utf8(read(folder, SUMS_FILE)?).map_err(|_| format!("{SUMS_FILE}: it is not UTF-8"))?;
    let expected: String = statement
        .subject
        .iter()
        .map(|subject| format!("{}  {}\n", subject.digest.sha256, subject.name))
        .collect();
    if text == expected {
        Ok(())
    } else {
        Err(format!("{SUMS_FILE}: it does not list what was signed"))
    }
}

/// That a `signed_off` entry with this statement stands under a head that one of the signers signed.
fn proof(folder: &Path, statement: &Digest, signers: &[PublicKey]) -> Result<Option<u64>, String> {
    if !folder.join(PROOF_FILE).exists() {
        return Ok(None);
    }
    let told = |why: String| format!("{PROOF_FILE}: {why}");
    let text =
        String::from_utf8(read(folder, PROOF_FILE)?).map_err(|_| told("it is not UTF-8".to_owned()))?;
    let proof = TlogProof::parse(&text).map_err(|error| told(error.to_string()))?;
    if proof.to_string() != text {
        return Err(told("it is not written as Assay writes it".to_owned()));
    }
    let head = proof.verify(signers).map_err(|error| told(error.to_string()))?;
    let entry: Value = serde_json::from_slice(&proof.entry)
        .map_err(|error| told(format!("its entry cannot be read: {error}")))?;
    let is_it = entry["kind"] == "signed_off" && entry["terms"]["statement"] == statement.to_string();
    if is_it {
        Ok(Some(head.size))
    } else {
        Err(told("its entry is of another sign-off".to_owned()))
    }
}

fn json(folder: &Path, name: &str) -> Result<Value, String> {
    serde_json::from_slice(&read(folder, name)?).map_err(|error| format!("{name}: {error}"))
}

/// A file of the folder itself: no path that leads elsewhere.
fn read(folder: &Path, name: &str) -> Result<Vec<u8>, String> {
    let is_plain = !name.is_empty() && !name.contains(['/', '\\', '\0']) && name != "." && name != "..";
    if !is_plain {
        return Err(format!("{name:?} is no file of the folder"));
    }
    let path = folder.join(name);
    let about = std::fs::symlink_metadata(&path).map_err(|error| format!("{name}: {error}"))?;
    if !about.is_file() || about.len() > MAX_BYTES {
        return Err(format!("{name}: it is no ordinary file, or too large"));
    }
    std::fs::read(&path).map_err(|error| format!("{name}: {error}"))
}
