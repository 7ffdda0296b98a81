//! A secret key in a file, under a passphrase: Argon2id (RFC 9106) makes the key that XChaCha20-Poly1305 locks with.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::key::{PublicKey, SecretKey};

/// What such a file holds, as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyFile {
    format: String,
    /// Readable without the passphrase.
    pub public: PublicKey,
    kdf: Kdf,
    /// Hexadecimal, 24 bytes.
    nonce: String,
    /// Hexadecimal: the locked seed and its tag. The public key is authenticated beside it.
    locked: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kdf {
    name: String,
    /// KiB.
    memory: u32,
    passes: u32,
    lanes: u32,
    /// Hexadecimal, 16 bytes.
    salt: String,
}

/// How much work a passphrase is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strength {
    /// KiB.
    memory: u32,
    passes: u32,
}

impl Strength {
    /// RFC 9106's second recommendation: 64 MiB, three passes.
    pub const FULL: Self = Self {
        memory: 64 << 10,
        passes: 3,
    };
    /// For tests only: a passphrase under it is quickly guessed.
    pub const TEST: Self = Self {
        memory: 64,
        passes: 1,
    };
}

const FORMAT: &str = "assay-key-1";
/// More than this is no honest file, and would only make us work.
const MOST_MEMORY: u32 = 1 << 20;
const MOST_PASSES: u32 = 16;

impl KeyFile {
    /// Locks a key.
    pub fn lock(key: &SecretKey, passphrase: &str, strength: Strength) -> Result<Self, String> {
        let (mut salt, mut nonce) = ([0; 16], [0; 24]);
        getrandom::fill(&mut salt)
            .and_then(|()| getrandom::fill(&mut nonce))
            .map_err(|error| format!("no randomness: {error}"))?;
        let kdf = Kdf {
            name: "argon2id".to_owned(),
            memory: strength.memory,
            passes: strength.passes,
            lanes: 1,
            salt: hex::encode(salt),
        };
        let public = key.public().clone();
        let (seed, beside) = (key.seed(), public.to_string());
        let message = Payload {
            msg: seed.as_ref(),
            aad: beside.as_bytes(),
        };
        let locked = cipher(&kdf, passphrase)?
            .encrypt(&XNonce::from(nonce), message)
            .map_err(|_| "the key could not be locked".to_owned())?;
        Ok(Self {
            format: FORMAT.to_owned(),
            public,
            kdf,
            nonce: hex::encode(nonce),
            locked: hex::encode(locked),
        })
    }

    /// The key, where the passphrase is right and the file whole; the two cannot be told apart.
    pub fn unlock(&self, passphrase: &str) -> Result<SecretKey, String> {
        if self.format != FORMAT {
            return Err(format!("unknown format `{}`", self.format));
        }
        let mut nonce = [0; 24];
        hex::decode_to_slice(&self.nonce, &mut nonce).map_err(|_| "its nonce is damaged".to_owned())?;
        let locked = hex::decode(&self.locked).map_err(|_| "its key is damaged".to_owned())?;
        let beside = self.public.to_string();
        let message = Payload {
            msg: &locked,
            aad: beside.as_bytes(),
        };
        let seed = Zeroizing::new(
            cipher(&self.kdf, passphrase)?
                .decrypt(&XNonce::from(nonce), message)
                .map_err(|_| "the passphrase is wrong, or the key file damaged".to_owned())?,
        );
        let seed =
            <&[u8; 32]>::try_from(seed.as_slice()).map_err(|_| "its key is not 32 bytes".to_owned())?;
        let key = SecretKey::from_seed(self.public.name(), seed);
        if *key.public() == self.public {
            Ok(key)
        } else {
            Err("its public key is that of another key".to_owned())
        }
    }
}

fn cipher(kdf: &Kdf, passphrase: &str) -> Result<XChaCha20Poly1305, String> {
    if kdf.name != "argon2id" || kdf.memory > MOST_MEMORY || kdf.passes > MOST_PASSES || kdf.lanes != 1 {
        return Err("its passphrase rule is not one that Assay writes".to_owned());
    }
    let salt = hex::decode(&kdf.salt).map_err(|_| "its salt is damaged".to_owned())?;
    let params =
        Params::new(kdf.memory, kdf.passes, kdf.lanes, Some(32)).map_err(|error| error.to_string())?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), &salt, key.as_mut())
        .map_err(|error| error.to_string())?;
    Ok(XChaCha20Poly1305::new(&(*key).into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_passphrase_opens_the_file() {
        let key = SecretKey::generate("Lead").unwrap();
        let file = KeyFile::lock(&key, "correct horse", Strength::TEST).unwrap();
        let text = serde_json::to_string(&file).unwrap();
        let read: KeyFile = serde_json::from_str(&text).unwrap();
        assert_eq!(read.unlock("correct horse").unwrap().public(), key.public());
        assert!(read.unlock("correct horsf").unwrap_err().contains("passphrase"));
        assert!(!text.contains(&hex::encode(key.seed().as_ref())));
    }

    #[test]
    fn a_file_that_names_another_public_key_opens_nothing() {
        let (own, other) = (
            SecretKey::generate("a").unwrap(),
            SecretKey::generate("a").unwrap(),
        );
        let mut file = KeyFile::lock(&own, "p", Strength::TEST).unwrap();
        file.public = other.public().clone();
        assert!(file.unlock("p").is_err());
    }

    #[test]
    fn a_file_that_asks_for_all_the_memory_is_refused() {
        let mut file = KeyFile::lock(&SecretKey::generate("a").unwrap(), "p", Strength::TEST).unwrap();
        file.kdf.memory = u32::MAX;
        assert!(file.unlock("p").unwrap_err().contains("rule"));
    }
}
