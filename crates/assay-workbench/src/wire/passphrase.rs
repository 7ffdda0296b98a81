//! A passphrase on its way from the window to the key.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};
use zeroize::Zeroizing;

/// Wiped from memory once it was used, and never written: not in a log, not in an answer. What the window and the shell's own
/// message held before it came here is theirs, and is not wiped.
#[derive(Clone, PartialEq)]
pub struct Passphrase(Zeroizing<String>);

impl From<String> for Passphrase {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl Deref for Passphrase {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Passphrase(…)")
    }
}

impl<'de> Deserialize<'de> for Passphrase {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

impl Serialize for Passphrase {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(ser::Error::custom("a passphrase is never written"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_is_read_and_never_shown() {
        let given: Passphrase = serde_json::from_str("\"four plain words here\"").unwrap();
        assert_eq!(&*given, "four plain words here");
        assert!(!format!("{given:?}").contains("plain"));
        assert!(serde_json::to_string(&given).is_err());
    }
}
