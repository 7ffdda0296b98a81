//! Digests that two people can read to each other.

use assay_model::Digest;
use bip39::Language;

/// The first 44 bits of a digest as four English words of the list of BIP 39.
///
/// Enough to tell that two screens show the same statement; too few to rest a signature on.
pub fn words_of(digest: &Digest) -> [&'static str; 4] {
    let mut first = [0; 8];
    first[2..].copy_from_slice(&digest.0[..6]);
    let bits = u64::from_be_bytes(first) >> 4;
    let list = Language::English.word_list();
    [33, 22, 11, 0].map(|shift| list[(bits >> shift) as usize & 0x7ff])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_published_list() {
        // The mnemonic of 128 bits of one begins so in the vectors of BIP 39; that of zeros is the first word.
        assert_eq!(words_of(&Digest([0xff; 32])), ["zoo"; 4]);
        assert_eq!(words_of(&Digest([0; 32])), ["abandon"; 4]);
        let mut digest = [0; 32];
        digest[..16].copy_from_slice(&hex::decode("9e885d952ad362caeb4efe34a8e91bd2").unwrap());
        assert_eq!(words_of(&Digest(digest)), ["ozone", "drill", "grab", "fiber"]);
    }
}
