//! Which pairs can be ruled out without reading their sets?
//!
//! A signature is 512 bits; each shingle toggles one. The number of bits in which two signatures differ is at
//! most the number of shingles that only one set has, so it bounds the overlap from above: nothing near is lost.

/// What is known of a set without reading it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Signature {
    bits: [u64; 8],
    /// Orders sets of equal size by content, so that the order of files does not matter.
    pub fingerprint: u64,
}

impl Signature {
    pub fn of(set: &[u64]) -> Self {
        let mut signature = Self::default();
        for &hash in set {
            signature.bits[(hash & 7) as usize] ^= 1 << ((hash >> 3) & 63);
            signature.fingerprint = signature.fingerprint.wrapping_add(hash);
        }
        signature
    }

    /// The largest overlap that two sets of these sizes and signatures can have.
    pub fn most_overlap(&self, size: u32, other: &Self, other_size: u32) -> u32 {
        let differing: u32 = self
            .bits
            .iter()
            .zip(&other.bits)
            .map(|(a, b)| (a ^ b).count_ones())
            .sum();
        (size + other_size).saturating_sub(differing) / 2
    }
}
