//! Named Ed25519 keys, written as C2SP signed notes write them.

use std::fmt;
use std::str::FromStr;

use base64::{Engine, prelude::BASE64_STANDARD};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// C2SP signed-note: the byte that says Ed25519.
pub(crate) const ED25519: u8 = 0x01;
/// C2SP tlog-cosignature: the byte that says a timestamped Ed25519 cosignature.
pub(crate) const COSIGNATURE: u8 = 0x04;

/// The first four bytes of SHA-256 over name, line feed, algorithm and public key: finds a key, proves nothing.
pub type KeyId = [u8; 4];

/// Who signs, and how that is checked. Written `name+hash+base64`, the verifier key of C2SP signed notes.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    name: String,
    key: VerifyingKey,
}

/// Says why a text is no public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAKey(pub &'static str);

impl fmt::Display for NotAKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a public key: {}", self.0)
    }
}

impl std::error::Error for NotAKey {}

impl PublicKey {
    /// The signer's name: no spaces, no `+`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The 32 bytes of RFC 8032.
    pub fn bytes(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// The id under which an ordinary signature of this key stands.
    pub fn id(&self) -> KeyId {
        self.id_for(ED25519)
    }

    pub(crate) fn id_for(&self, algorithm: u8) -> KeyId {
        let hash = Sha256::new()
            .chain_update(&self.name)
            .chain_update([b'\n', algorithm])
            .chain_update(self.bytes())
            .finalize();
        [hash[0], hash[1], hash[2], hash[3]]
    }

    /// What people compare over the telephone: SHA-256 of the written key, in groups of four digits.
    pub fn fingerprint(&self) -> String {
        let digits = hex::encode(Sha256::digest(self.to_string()));
        let groups: Vec<&str> = (0..8).map(|i| &digits[4 * i..4 * i + 4]).collect();
        groups.join(" ")
    }

    /// Strict: no signature that another reader of RFC 8032 could refuse.
    pub fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.key
            .verify_strict(message, &Signature::from_bytes(signature))
            .is_ok()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut typed = vec![ED25519];
        typed.extend(self.bytes());
        write!(
            f,
            "{}+{}+{}",
            self.name,
            hex::encode(self.id()),
            BASE64_STANDARD.encode(typed)
        )
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for PublicKey {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let mut fields = text.splitn(3, '+');
        let (Some(name), Some(id), Some(typed)) = (fields.next(), fields.next(), fields.next()) else {
            return Err(NotAKey("it is written name+hash+key"));
        };
        if !is_name(name) {
            return Err(NotAKey("its name is empty or holds a space"));
        }
        let typed = BASE64_STANDARD
            .decode(typed)
            .map_err(|_| NotAKey("its key is not base64"))?;
        let Some((&ED25519, bytes)) = typed.split_first() else {
            return Err(NotAKey("its kind is not Ed25519"));
        };
        let bytes = bytes.try_into().map_err(|_| NotAKey("its key is not 32 bytes"))?;
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| NotAKey("its key is no point of the curve"))?;
        if key.is_weak() {
            return Err(NotAKey("its key is weak"));
        }
        let read = Self {
            name: name.to_owned(),
            key,
        };
        if hex::encode(read.id()) != id {
            return Err(NotAKey("its hash is that of another key"));
        }
        Ok(read)
    }
}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Whether a signer may have this name: not empty, no white space, no `+` (C2SP signed-note).
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains('+') && !name.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// A key that can sign. Its bytes are wiped when it is dropped; it is never printed.
pub struct SecretKey {
    public: PublicKey,
    key: SigningKey,
}

impl SecretKey {
    /// A new key from the system's randomness, under a person's name: its spaces become hyphens, and the key's own first bytes
    /// stand behind it, so that two keys of one person have two names.
    pub fn generate(person: &str) -> Result<Self, getrandom::Error> {
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(seed.as_mut())?;
        let key = SigningKey::from_bytes(&seed);
        let mark = hex::encode(&key.verifying_key().to_bytes()[..4]);
        let words: Vec<String> = person
            .split(|c: char| c.is_whitespace() || c.is_control() || c == '+')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        let name = format!("{}/{mark}", words.join("-"));
        Ok(Self::named(name, key))
    }

    /// The key of this seed under this name.
    ///
    /// # Panics
    /// Where the name could not be written in a note.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Self {
        assert!(is_name(name), "a key's name has no spaces: {name:?}");
        Self::named(name.to_owned(), SigningKey::from_bytes(seed))
    }

    fn named(name: String, key: SigningKey) -> Self {
        let public = PublicKey {
            name,
            key: key.verifying_key(),
        };
        Self { public, key }
    }

    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Ed25519 over the message (RFC 8032).
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }

    /// The 32 bytes that are the key (RFC 8032), for a place that keeps secrets.
    pub fn seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.key.to_bytes())
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey({})", self.public.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_written_as_it_was_read() {
        let secret = SecretKey::generate("Dr. Ada  Byron+King").unwrap();
        let written = secret.public().to_string();
        assert!(written.starts_with("Dr.-Ada-Byron-King/"), "{written}");
        assert_eq!(written.parse::<PublicKey>().unwrap(), *secret.public());
    }

    #[test]
    fn a_key_with_a_changed_name_hash_or_kind_is_refused() {
        let written = SecretKey::from_seed("lead", &[7; 32]).public().to_string();
        for (from, to) in [("lead", "dean"), ("+", "+0"), ("+A", "+B"), ("lead", "")] {
            let changed = written.replacen(from, to, 1);
            assert!(changed.parse::<PublicKey>().is_err(), "{changed}");
        }
    }

    #[test]
    fn signatures_are_those_of_rfc_8032() {
        // RFC 8032 section 7.1, TEST 2.
        let seed: [u8; 32] = hex::decode("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
            .unwrap()
            .try_into()
            .unwrap();
        let secret = SecretKey::from_seed("test", &seed);
        assert_eq!(
            hex::encode(secret.public().bytes()),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
        );
        let signature = secret.sign(&[0x72]);
        assert_eq!(
            hex::encode(signature),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        );
        assert!(secret.public().verifies(&[0x72], &signature));
        assert!(!secret.public().verifies(&[0x73], &signature));
    }
}
