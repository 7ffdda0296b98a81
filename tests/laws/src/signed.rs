//! Notes, proofs, envelopes and keys: is anything read loosely, or believed that nobody signed?

use assay_seal::{Checkpoint, Envelope, KeyFile, Note, PublicKey, SecretKey, TlogProof};

/// A key under which nothing of a corpus was signed.
fn stranger() -> PublicKey {
    SecretKey::from_seed("stranger", &[201; 32]).public().clone()
}

pub(crate) fn signed_note(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(head) = Checkpoint::parse(text) {
        assert_eq!(head.text(), text);
    }
    let Ok(note) = Note::parse(text) else { return };
    assert_eq!(note.to_string(), text);
    let stranger = stranger();
    assert!(!note.is_signed_by(&stranger) && note.cosignature_of(&stranger).is_none());
    if let Ok(head) = Checkpoint::parse(&note.text) {
        assert_eq!(head.text(), note.text);
        assert!(Checkpoint::signed(&note, &[stranger]).is_err());
    }
}

pub(crate) fn tlog_proof(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Ok(proof) = TlogProof::parse(text) else { return };
    assert_eq!(proof.to_string(), text);
    assert!(proof.verify(&[stranger()]).is_err());
    // Signed anew by a known key the path decides, and takes as long as it is.
    let log = SecretKey::from_seed("log", &[1; 32]);
    let Ok(head) = Checkpoint::parse(&proof.checkpoint.text) else {
        return;
    };
    let resigned = TlogProof {
        checkpoint: head.sign(&log),
        ..proof
    };
    if let Ok(found) = resigned.verify(&[log.public().clone()]) {
        assert_eq!(found, head);
        assert!(resigned.index < head.size);
    }
}

pub(crate) fn envelope(bytes: &[u8]) {
    let Ok(envelope) = serde_json::from_slice::<Envelope>(bytes) else {
        return;
    };
    let written = serde_json::to_vec(&envelope).expect("an envelope is plain data");
    assert_eq!(
        serde_json::from_slice::<Envelope>(&written).as_ref().ok(),
        Some(&envelope)
    );
    let stranger = [stranger()];
    assert!(envelope.signers(&stranger).is_empty());
    assert_eq!(envelope.strange(&stranger), envelope.signatures.len());
    let named: Vec<PublicKey> = envelope
        .signatures
        .iter()
        .filter_map(|signature| signature.keyid.parse().ok())
        .collect();
    let signers = envelope.signers(&named).len();
    assert!(signers + envelope.strange(&named) <= envelope.signatures.len());
}

/// A public key, or a key file as JSON under the passphrase `law`.
pub(crate) fn key_file(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(key) = text.parse::<PublicKey>() {
        assert_eq!(key.to_string(), text);
    }
    let Ok(file) = serde_json::from_str::<KeyFile>(text) else {
        return;
    };
    let written = serde_json::to_string(&file).expect("a key file is plain data");
    assert_eq!(
        serde_json::from_str::<KeyFile>(&written).as_ref().ok(),
        Some(&file)
    );
    if is_cheap(text) {
        if let Ok(key) = file.unlock("law") {
            assert_eq!(*key.public(), file.public);
        }
    }
}

/// Work of a second each would find nothing but its own length.
fn is_cheap(text: &str) -> bool {
    let kdf = serde_json::from_str::<serde_json::Value>(text).map(|file| file["kdf"].clone());
    let number = |name: &str| kdf.as_ref().ok().and_then(|kdf| kdf[name].as_u64());
    number("memory").is_some_and(|memory| memory <= 256) && number("passes").is_some_and(|passes| passes <= 2)
}
