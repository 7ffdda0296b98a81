//! Heads of a log: C2SP `tlog-checkpoint`, and `tlog-cosignature` by who has seen one.

use assay_model::Digest;
use base64::{Engine, prelude::BASE64_STANDARD};

use crate::key::{COSIGNATURE, PublicKey, SecretKey};
use crate::note::{BadNote, Note, NoteSignature};

/// How long a log was, and what stood in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Names the log.
    pub origin: String,
    /// Its entries then.
    pub size: u64,
    /// RFC 6962 tree hash over them.
    pub root: Digest,
}

/// Who saw a checkpoint, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosignature {
    /// Seconds since 1970.
    pub time: u64,
}

impl Checkpoint {
    /// The text of the note.
    pub fn text(&self) -> String {
        format!(
            "{}\n{}\n{}\n",
            self.origin,
            self.size,
            BASE64_STANDARD.encode(self.root.0)
        )
    }

    pub fn sign(&self, key: &SecretKey) -> Note {
        Note::unsigned(self.text()).signed_by(key)
    }

    /// Reads the text of a note strictly. Extension lines, which the format allows, are not ours and are refused.
    pub fn parse(text: &str) -> Result<Self, BadNote> {
        let mut lines = text.strip_suffix('\n').unwrap_or_default().split('\n');
        let (Some(origin), Some(size), Some(root), None) =
            (lines.next(), lines.next(), lines.next(), lines.next())
        else {
            return Err(BadNote("a checkpoint has three lines"));
        };
        if origin.is_empty() {
            return Err(BadNote("the checkpoint names no log"));
        }
        let root: [u8; 32] = BASE64_STANDARD
            .decode(root)
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(BadNote("the root of the checkpoint is no SHA-256"))?;
        let number: u64 = size
            .parse()
            .map_err(|_| BadNote("the size of the checkpoint is no number"))?;
        if number.to_string() != size {
            return Err(BadNote("the size of the checkpoint is not written plainly"));
        }
        Ok(Self {
            origin: origin.to_owned(),
            size: number,
            root: Digest(root),
        })
    }

    /// The checkpoint of a note that one of these keys signed.
    pub fn signed(note: &Note, keys: &[PublicKey]) -> Result<Self, BadNote> {
        let head = Self::parse(&note.text)?;
        if keys.iter().any(|key| note.is_signed_by(key)) {
            Ok(head)
        } else {
            Err(BadNote("no known key signed it"))
        }
    }
}

/// What a cosigner signs: the time and the note's text.
fn seen(text: &str, time: u64) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

impl Note {
    /// The same note, and that this key saw it then.
    pub fn cosigned_by(mut self, key: &SecretKey, time: u64) -> Self {
        let signature = key.sign(seen(&self.text, time).as_bytes());
        self.signatures.push(NoteSignature {
            name: key.public().name().to_owned(),
            id: key.public().id_for(COSIGNATURE),
            bytes: [time.to_be_bytes().as_slice(), &signature].concat(),
        });
        self
    }

    /// When this key saw it; none where it did not, or the signature does not hold.
    pub fn cosignature_of(&self, key: &PublicKey) -> Option<Cosignature> {
        let id = key.id_for(COSIGNATURE);
        let line = self
            .signatures
            .iter()
            .find(|line| line.name == key.name() && line.id == id)?;
        let (time, signature) = line.bytes.split_first_chunk::<8>()?;
        let time = u64::from_be_bytes(*time);
        let signature = <&[u8; 64]>::try_from(signature).ok()?;
        key.verifies(seen(&self.text, time).as_bytes(), signature)
            .then_some(Cosignature { time })
    }

    /// Whether this key signed the note, or saw it and said so.
    pub fn is_vouched_for_by(&self, key: &PublicKey) -> bool {
        self.is_signed_by(key) || self.cosignature_of(key).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> Checkpoint {
        Checkpoint {
            origin: "assay/ledger/test".into(),
            size: 12,
            root: Digest::of(b"x"),
        }
    }

    #[test]
    fn a_signed_checkpoint_is_read_back_only_under_its_key() {
        let (key, other) = (
            SecretKey::from_seed("a", &[1; 32]),
            SecretKey::from_seed("a", &[2; 32]),
        );
        let note = Note::parse(&head().sign(&key).to_string()).unwrap();
        assert_eq!(
            Checkpoint::signed(&note, &[other.public().clone(), key.public().clone()]),
            Ok(head())
        );
        assert!(Checkpoint::signed(&note, &[other.public().clone()]).is_err());
    }

    #[test]
    fn the_example_of_the_specification_is_read() {
        // C2SP tlog-checkpoint, its example's text without its extension-free signature.
        let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        let read = Checkpoint::parse(text).unwrap();
        assert_eq!(
            (read.origin.as_str(), read.size),
            ("example.com/behind-the-sofa", 20_852_163)
        );
        assert_eq!(read.text(), text);
    }

    #[test]
    fn a_cosignature_holds_for_its_time_its_key_and_its_text() {
        let (log, lead) = (
            SecretKey::from_seed("log", &[1; 32]),
            SecretKey::from_seed("lead", &[2; 32]),
        );
        let note = head().sign(&log).cosigned_by(&lead, 1_700_000_000);
        let note = Note::parse(&note.to_string()).unwrap();
        assert_eq!(
            note.cosignature_of(lead.public()),
            Some(Cosignature { time: 1_700_000_000 })
        );
        assert!(note.is_signed_by(log.public()));
        assert!(!note.is_signed_by(lead.public()), "a cosignature is no signature");
        assert!(note.is_vouched_for_by(lead.public()) && note.is_vouched_for_by(log.public()));
        let mut later = note.clone();
        later.signatures[1].bytes[7] ^= 1;
        assert_eq!(later.cosignature_of(lead.public()), None);
        let mut longer = note;
        longer.text = longer.text.replace("12", "13");
        assert_eq!(longer.cosignature_of(lead.public()), None);
    }

    #[test]
    fn sizes_written_otherwise_and_further_lines_are_refused() {
        for text in [
            head().text().replace("12", "012"),
            head().text().replace("12", "+12"),
            head().text() + "more\n",
            "\n12\n\n".to_owned(),
        ] {
            assert!(Checkpoint::parse(&text).is_err(), "{text:?}");
        }
    }
}
