//! DSSE 1.0: an envelope that several people sign, without rewriting what they sign.

use base64::{Engine, prelude::BASE64_STANDARD, prelude::BASE64_URL_SAFE};
use serde::{Deserialize, Serialize};

use crate::key::{PublicKey, SecretKey};

/// Bytes, what kind they are, and who signed them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Envelope {
    /// Base64.
    payload: String,
    pub payload_type: String,
    pub signatures: Vec<EnvelopeSignature>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnvelopeSignature {
    /// The signer's public key as `PublicKey` writes it: a hint, never a ground for trust.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub keyid: String,
    /// Base64 of the 64 bytes.
    sig: String,
}

impl EnvelopeSignature {
    /// Base64 of the 64 bytes.
    pub fn sig(&self) -> &str {
        &self.sig
    }
}

/// What is signed: pre-authentication encoding of type and payload.
fn encoding(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let mut out = format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len()).into_bytes();
    out.extend_from_slice(payload);
    out
}

/// Readers take both alphabets.
fn decoded(text: &str) -> Option<Vec<u8>> {
    BASE64_STANDARD
        .decode(text)
        .or_else(|_| BASE64_URL_SAFE.decode(text))
        .ok()
}

impl Envelope {
    pub fn unsigned(payload_type: &str, payload: &[u8]) -> Self {
        Self {
            payload: BASE64_STANDARD.encode(payload),
            payload_type: payload_type.to_owned(),
            signatures: Vec::new(),
        }
    }

    /// The same envelope with one more signature; a signature of the same key is replaced.
    pub fn signed_by(mut self, key: &SecretKey) -> Self {
        let keyid = key.public().to_string();
        let payload = self.payload().unwrap_or_default();
        let sig = BASE64_STANDARD.encode(key.sign(&encoding(&self.payload_type, &payload)));
        self.signatures.retain(|signature| signature.keyid != keyid);
        self.signatures.push(EnvelopeSignature { keyid, sig });
        self
    }

    /// The signed bytes; none where they are not base64.
    pub fn payload(&self) -> Option<Vec<u8>> {
        decoded(&self.payload)
    }

    /// Those of `keys` that signed, each once. The caller asks for as many as its rule needs.
    pub fn signers<'a>(&self, keys: &'a [PublicKey]) -> Vec<&'a PublicKey> {
        let Some(payload) = self.payload() else {
            return Vec::new();
        };
        let message = encoding(&self.payload_type, &payload);
        let signatures: Vec<[u8; 64]> = self
            .signatures
            .iter()
            .filter_map(|signature| decoded(&signature.sig)?.try_into().ok())
            .collect();
        let mut signers: Vec<&PublicKey> = Vec::new();
        for key in keys {
            let is_known = signers.iter().any(|known| known.bytes() == key.bytes());
            if !is_known
                && signatures
                    .iter()
                    .any(|signature| key.verifies(&message, signature))
            {
                signers.push(key);
            }
        }
        signers
    }

    /// Signatures that none of `keys` made: a stranger's, or damaged.
    pub fn strange(&self, keys: &[PublicKey]) -> usize {
        let message = encoding(&self.payload_type, &self.payload().unwrap_or_default());
        let is_known = |signature: &&EnvelopeSignature| {
            decoded(&signature.sig)
                .and_then(|bytes| <[u8; 64]>::try_from(bytes).ok())
                .is_some_and(|bytes| keys.iter().any(|key| key.verifies(&message, &bytes)))
        };
        self.signatures.len() - self.signatures.iter().filter(is_known).count()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// The protocol's published test vectors: keys by seed (RFC 8032), envelopes, and whether a verifier must accept them.
    const VECTORS: &str = include_str!("../tests/dsse_vectors.json");

    fn key(vectors: &Value, name: &Value) -> SecretKey {
        let name = name.as_str().unwrap();
        let mut seed = [0; 32];
        hex::decode_to_slice(vectors["keys"][name]["seed"].as_str().unwrap(), &mut seed).unwrap();
        SecretKey::from_seed(name, &seed)
    }

    fn accepts(vectors: &Value, vector: &Value) -> bool {
        let envelope: Envelope = serde_json::from_value(vector["envelope"].clone()).unwrap();
        let keys: Vec<PublicKey> = vector["trusted"]
            .as_array()
            .unwrap()
            .iter()
            .map(|name| key(vectors, name).public().clone())
            .collect();
        let kinds = vector["types"].as_array().unwrap();
        !envelope.payload_type.is_empty()
            && kinds.contains(&json!(envelope.payload_type))
            && envelope.signers(&keys).len() as u64 >= vector["threshold"].as_u64().unwrap()
    }

    #[test]
    fn the_published_vectors_are_accepted_and_refused() {
        let vectors: Value = serde_json::from_str(VECTORS).unwrap();
        let all = vectors["vectors"].as_array().unwrap();
        assert_eq!(all.len(), 9);
        for vector in all {
            assert_eq!(
                accepts(&vectors, vector),
                vector["accept"].as_bool().unwrap(),
                "{}",
                vector["id"]
            );
        }
    }

    #[test]
    fn the_encoding_is_that_of_the_protocol() {
        let encoded = encoding("http://example.com/HelloWorld", b"hello world");
        assert_eq!(encoded, b"DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    #[test]
    fn signing_anew_makes_the_published_signatures() {
        let vectors: Value = serde_json::from_str(VECTORS).unwrap();
        let two = &vectors["vectors"][6]["envelope"];
        let made = Envelope::unsigned(
            "application/vnd.in-toto+json",
            br#"{"_type":"https://in-toto.io/Statement/v1"}"#,
        )
        .signed_by(&key(&vectors, &json!("A")))
        .signed_by(&key(&vectors, &json!("B")));
        for i in 0..2 {
            assert_eq!(
                made.signatures[i].sig,
                two["signatures"][i]["sig"].as_str().unwrap()
            );
        }
    }

    #[test]
    fn one_key_under_two_names_signs_once() {
        let (a, b) = (
            SecretKey::from_seed("a", &[1; 32]),
            SecretKey::from_seed("b", &[1; 32]),
        );
        let envelope = Envelope::unsigned("t", b"x").signed_by(&a).signed_by(&b);
        assert_eq!(
            envelope.signers(&[a.public().clone(), b.public().clone()]).len(),
            1
        );
    }
}
