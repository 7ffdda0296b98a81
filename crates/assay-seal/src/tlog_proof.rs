//! C2SP `tlog-proof`: that an entry stands in a log, in one text that needs nothing else.

use std::fmt;

use assay_model::{Digest, merkle};
use base64::{Engine, prelude::BASE64_STANDARD};

use crate::checkpoint::Checkpoint;
use crate::key::PublicKey;
use crate::note::{BadNote, Note};
use crate::proof;

/// An entry, its place, the way from it to a root, and the signed head with that root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlogProof {
    /// The entry's bytes. The format calls them `extra` and trusts them only once they hash to the leaf.
    pub entry: Vec<u8>,
    pub index: u64,
    pub path: Vec<Digest>,
    pub checkpoint: Note,
}

/// A path through 2^63 leaves.
const MAX_PATH: usize = 63;

impl TlogProof {
    /// The first line of every such text.
    pub const FIRST: &str = "c2sp.org/tlog-proof@v1";

    /// The head, where one of these keys signed it and the entry stands under it.
    pub fn verify(&self, keys: &[PublicKey]) -> Result<Checkpoint, BadNote> {
        let head = Checkpoint::signed(&self.checkpoint, keys)?;
        let leaf = merkle::leaf(&self.entry);
        if proof::included_in(&head.root, head.size, self.index, &leaf, &self.path) {
            Ok(head)
        } else {
            Err(BadNote("the entry does not lead to the head's root"))
        }
    }

    pub fn parse(text: &str) -> Result<Self, BadNote> {
        let (head, note) = text
            .split_once("\n\n")
            .ok_or(BadNote("the proof has no checkpoint"))?;
        let mut lines = head.split('\n');
        if lines.next() != Some(Self::FIRST) {
            return Err(BadNote("the first line does not say tlog-proof@v1"));
        }
        let entry = lines
            .next()
            .and_then(|line| line.strip_prefix("extra "))
            .and_then(|encoded| BASE64_STANDARD.decode(encoded).ok())
            .ok_or(BadNote("the proof does not hold its entry"))?;
        let written = lines
            .next()
            .and_then(|line| line.strip_prefix("index "))
            .ok_or(BadNote("the proof has no index"))?;
        let index: u64 = written.parse().map_err(|_| BadNote("the index is no number"))?;
        let path = lines.map(digest).collect::<Result<Vec<_>, _>>()?;
        if index.to_string() != written || path.len() > MAX_PATH {
            return Err(BadNote("the index or the path is not written plainly"));
        }
        Ok(Self {
            entry,
            index,
            path,
            checkpoint: Note::parse(note)?,
        })
    }
}

fn digest(line: &str) -> Result<Digest, BadNote> {
    let bytes = BASE64_STANDARD.decode(line).ok();
    let hash = bytes.and_then(|bytes| bytes.try_into().ok());
    hash.map(Digest)
        .ok_or(BadNote("a step of the path is no SHA-256"))
}

impl fmt::Display for TlogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}\nextra {}\nindex {}",
            Self::FIRST,
            BASE64_STANDARD.encode(&self.entry),
            self.index
        )?;
        for step in &self.path {
            writeln!(f, "{}", BASE64_STANDARD.encode(step.0))?;
        }
        write!(f, "\n{}", self.checkpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SecretKey;

    #[test]
    fn a_proof_holds_for_its_entry_and_its_log_only() {
        let key = SecretKey::from_seed("log", &[1; 32]);
        let entries: Vec<Vec<u8>> = (0..9_u8).map(|i| vec![i; 5]).collect();
        let leaves: Vec<Digest> = entries.iter().map(|entry| merkle::leaf(entry)).collect();
        let head = Checkpoint {
            origin: "assay/ledger/x".into(),
            size: 9,
            root: merkle::root(entries.iter().map(Vec::as_slice)),
        };
        let made = TlogProof {
            entry: entries[6].clone(),
            index: 6,
            path: proof::inclusion(&leaves, 6),
            checkpoint: head.sign(&key),
        };
        let read = TlogProof::parse(&made.to_string()).unwrap();
        assert_eq!(read, made);
        assert_eq!(read.verify(&[key.public().clone()]), Ok(head));
        for change in [
            |proof: &mut TlogProof| proof.entry[0] ^= 1,
            |proof: &mut TlogProof| proof.index = 5,
            |proof: &mut TlogProof| proof.path.truncate(2),
            |proof: &mut TlogProof| proof.checkpoint.text = proof.checkpoint.text.replace("9\n", "8\n"),
        ] {
            let mut changed = read.clone();
            change(&mut changed);
            assert!(changed.verify(&[key.public().clone()]).is_err());
        }
    }
}
