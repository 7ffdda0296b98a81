//! Signed notes as C2SP `signed-note` defines them: a text that people can read, and lines that sign it.

use std::fmt;

use base64::{Engine, prelude::BASE64_STANDARD};

use crate::key::{KeyId, PublicKey, SecretKey, is_name};

/// A note and the signatures under it, checked or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Ends with a line feed; the signatures are over it.
    pub text: String,
    pub signatures: Vec<NoteSignature>,
}

/// One line under a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSignature {
    pub name: String,
    pub id: KeyId,
    /// 64 bytes for Ed25519; 72 for a cosignature (big-endian seconds before it).
    pub bytes: Vec<u8>,
}

/// Says why a text is no signed note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadNote(pub &'static str);

impl fmt::Display for BadNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a signed note: {}", self.0)
    }
}

impl std::error::Error for BadNote {}

/// Em dash and space, before each signature.
const DASH: &str = "\u{2014} ";
/// Longer notes are no heads of ours.
const MAX_BYTES: usize = 1 << 20;
const MAX_SIGNATURES: usize = 64;

impl Note {
    /// A note nobody has signed.
    ///
    /// # Panics
    /// Where the text does not end its last line, or holds control characters.
    pub fn unsigned(text: String) -> Self {
        assert!(is_text(&text), "the text of a note is whole lines of plain text");
        Self {
            text,
            signatures: Vec::new(),
        }
    }

    /// The same note with one more signature.
    pub fn signed_by(mut self, key: &SecretKey) -> Self {
        self.signatures.push(NoteSignature {
            name: key.public().name().to_owned(),
            id: key.public().id(),
            bytes: key.sign(self.text.as_bytes()).to_vec(),
        });
        self
    }

    /// Whether this key signed it. A signature under the key's name and id that does not hold is `false`, whatever else stands there.
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        let mut own = self
            .signatures
            .iter()
            .filter(|line| line.name == key.name() && line.id == key.id())
            .peekable();
        own.peek().is_some()
            && own.all(|line| {
                <&[u8; 64]>::try_from(line.bytes.as_slice())
                    .is_ok_and(|signature| key.verifies(self.text.as_bytes(), signature))
            })
    }

    /// Reads a note strictly; checks no signature.
    pub fn parse(text: &str) -> Result<Self, BadNote> {
        if text.len() > MAX_BYTES {
            return Err(BadNote("it is longer than 1 MiB"));
        }
        // The last empty line parts text and signatures: the text itself may hold some.
        let at = text
            .rfind("\n\n")
            .ok_or(BadNote("no empty line before the signatures"))?;
        let (body, lines) = (&text[..=at], &text[at + 2..]);
        if !is_text(body) {
            return Err(BadNote("its text holds control characters"));
        }
        let Some(lines) = lines.strip_suffix('\n') else {
            return Err(BadNote("its last line is cut off"));
        };
        let signatures = lines.split('\n').map(signature).collect::<Result<Vec<_>, _>>()?;
        if signatures.len() > MAX_SIGNATURES {
            return Err(BadNote("it holds more than 64 signatures"));
        }
        Ok(Self {
            text: body.to_owned(),
            signatures,
        })
    }
}

fn signature(line: &str) -> Result<NoteSignature, BadNote> {
    let fields = line
        .strip_prefix(DASH)
        .ok_or(BadNote("a signature line without its dash"))?;
    let (name, encoded) = fields
        .split_once(' ')
        .ok_or(BadNote("a signature line without a name"))?;
    if !is_name(name) {
        return Err(BadNote("a signature by a name that cannot be one"));
    }
    let bytes = BASE64_STANDARD
        .decode(encoded)
        .map_err(|_| BadNote("a signature that is not base64"))?;
    let (id, rest) = bytes
        .split_first_chunk::<4>()
        .filter(|(_, rest)| !rest.is_empty())
        .ok_or(BadNote("a signature that is too short"))?;
    Ok(NoteSignature {
        name: name.to_owned(),
        id: *id,
        bytes: rest.to_vec(),
    })
}

fn is_text(text: &str) -> bool {
    text.ends_with('\n') && !text.chars().any(|c| (c < ' ' && c != '\n') || c == '\u{fffd}')
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        for line in &self.signatures {
            let bytes = [line.id.as_slice(), &line.bytes].concat();
            writeln!(f, "{DASH}{} {}", line.name, BASE64_STANDARD.encode(bytes))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The signed note, and the key that verifies it, of the Go `note` package's documentation, from which C2SP took its form.
    const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const SAYING: &str = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n\
         \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    #[test]
    fn the_published_note_verifies_and_is_written_as_it_was_read() {
        let note = Note::parse(SAYING).unwrap();
        let key = PETER.parse().unwrap();
        assert!(note.is_signed_by(&key));
        assert_eq!(note.to_string(), SAYING);
    }

    #[test]
    fn any_changed_byte_of_the_published_note_is_seen() {
        let key: PublicKey = PETER.parse().unwrap();
        for at in 0..SAYING.len() {
            for bit in 0..8 {
                let mut bytes = SAYING.as_bytes().to_vec();
                bytes[at] ^= 1 << bit;
                let held = String::from_utf8(bytes)
                    .is_ok_and(|text| Note::parse(&text).is_ok_and(|note| note.is_signed_by(&key)));
                assert!(!held, "byte {at}, bit {bit}");
            }
        }
    }

    #[test]
    fn notes_that_are_cut_or_malformed_are_refused() {
        for bad in [
            "",
            "text\n",
            "text\n\n",
            "text\n\nno dash\n",
            "text\n\n\u{2014} a AAAA\n",
            "te\u{7}xt\n\n\u{2014} a AAAAAAAA\n",
            "text\n\n\u{2014} a AAAAAAAA",
        ] {
            assert!(Note::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_second_signature_leaves_the_first_as_it_is() {
        let (a, b) = (
            SecretKey::from_seed("a", &[1; 32]),
            SecretKey::from_seed("b", &[2; 32]),
        );
        let note = Note::unsigned("said\n".into()).signed_by(&a).signed_by(&b);
        assert!(note.is_signed_by(a.public()) && note.is_signed_by(b.public()));
        let other = SecretKey::from_seed("a", &[3; 32]);
        assert!(!note.is_signed_by(other.public()));
    }
}
