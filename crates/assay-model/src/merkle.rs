//! The Merkle tree hash of RFC 6962 section 2.1, over SHA-256.

use std::borrow::Borrow;

use sha2::{Digest as _, Sha256};

use crate::Digest;

/// Hashes one leaf: SHA-256(0x00 || data).
pub fn leaf(data: &[u8]) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update([0]);
    hasher.update(data);
    Digest(hasher.finalize().into())
}

/// Hashes two subtrees: SHA-256(0x01 || left || right).
pub fn node(left: &Digest, right: &Digest) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update([1]);
    hasher.update(left.0);
    hasher.update(right.0);
    Digest(hasher.finalize().into())
}

/// Builds the tree hash from leaf hashes that arrive in order, in memory logarithmic in their number.
#[derive(Clone, Debug, Default)]
pub struct TreeHasher {
    /// Roots of perfect subtrees, largest first; bit i of `size` tells whether one of 2^i leaves stands here.
    stack: Vec<Digest>,
    size: u64,
}

impl TreeHasher {
    /// Appends the hash of the next leaf.
    pub fn push(&mut self, leaf_hash: Digest) {
        let mut hash = leaf_hash;
        let mut size = self.size;
        while size & 1 == 1 {
            let left = self
                .stack
                .pop()
                .expect("a set bit of size has its subtree on the stack");
            hash = node(&left, &hash);
            size >>= 1;
        }
        self.stack.push(hash);
        self.size += 1;
    }

    /// The number of leaves so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The tree hash of the leaves so far; SHA-256 of nothing for an empty tree.
    pub fn root(&self) -> Digest {
        let mut subtrees = self.stack.iter().rev();
        let Some(&last) = subtrees.next() else {
            return Digest::of(b"");
        };
        subtrees.fold(last, |right, left| node(left, &right))
    }
}

/// The tree hash over leaf hashes.
pub fn root_over(leaves: impl IntoIterator<Item = impl Borrow<Digest>>) -> Digest {
    let mut tree = TreeHasher::default();
    leaves.into_iter().for_each(|leaf| tree.push(*leaf.borrow()));
    tree.root()
}

/// The tree hash over `leaves`, each given as its data.
pub fn root<'a>(leaves: impl IntoIterator<Item = &'a [u8]>) -> Digest {
    root_over(leaves.into_iter().map(leaf))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Inputs and roots of the reference tests published with the Certificate Transparency implementation.
    const LEAVES: [&str; 8] = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];
    const ROOTS: [&str; 8] = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    #[test]
    fn roots_equal_the_published_ones_for_every_size() {
        for (i, expected) in ROOTS.iter().enumerate() {
            let data: Vec<Vec<u8>> = LEAVES[..=i].iter().map(|hex| hex::decode(hex).unwrap()).collect();
            assert_eq!(
                root(data.iter().map(Vec::as_slice)).hex(),
                *expected,
                "{} leaves",
                i + 1
            );
        }
    }

    #[test]
    fn an_empty_tree_hashes_nothing() {
        assert_eq!(
            root([]).hex(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }
}
