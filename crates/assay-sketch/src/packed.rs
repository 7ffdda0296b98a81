//! Hashes as bytes on the wire: eight each, little-endian. As numbers of varying length they would take ten, one at a time.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};

pub(crate) fn serialize<S: Serializer>(hashes: &[u64], serializer: S) -> Result<S::Ok, S::Error> {
    let mut bytes = vec![0; hashes.len() * 8];
    for (place, hash) in bytes.chunks_exact_mut(8).zip(hashes) {
        place.copy_from_slice(&hash.to_le_bytes());
    }
    serializer.serialize_bytes(&bytes)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u64>, D::Error> {
    deserializer.deserialize_bytes(Hashes)
}

struct Hashes;

impl Visitor<'_> for Hashes {
    type Value = Vec<u64>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a multiple of eight bytes")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u64>, E> {
        let (hashes, rest) = bytes.as_chunks::<8>();
        if !rest.is_empty() {
            return Err(E::invalid_length(bytes.len(), &self));
        }
        Ok(hashes.iter().map(|hash| u64::from_le_bytes(*hash)).collect())
    }
}
