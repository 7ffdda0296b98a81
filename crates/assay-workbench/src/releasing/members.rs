//! Which releases hold a sample?
//!
//! The ledger names a release by the digest of its manifest. Its samples are kept beside, in the workspace's `releases`: one file
//! for each, the digests in byte order. Losing them loses an answer, no proof: the folder of the release has the same list.

use std::collections::BTreeSet;
use std::path::PathBuf;

use assay_ledger::Ledger;
use assay_model::{Digest, Fault};
use assay_review::releases;

use super::{Fate, Prepared};
use crate::Workspace;

/// Bytes of a digest.
const WIDTH: usize = 32;

/// Whether a release holds a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Membership {
    Held,
    LeftOut,
    /// Its list is not in this workspace.
    Unknown,
}

fn path(workspace: &Workspace, manifest: &Digest) -> PathBuf {
    workspace
        .folder()
        .join("releases")
        .join(format!("{}.digests", manifest.hex()))
}

/// Keeps the digests of what a release holds.
pub(super) fn keep(workspace: &Workspace, manifest: &Digest, prepared: &Prepared) -> Result<(), Fault> {
    let released: BTreeSet<u64> = prepared
        .plan
        .samples
        .iter()
        .filter(|planned| matches!(planned.fate, Fate::Released { .. }))
        .map(|planned| planned.sample)
        .collect();
    let held = prepared
        .candidates
        .iter()
        .filter(|each| released.contains(&each.sample));
    let digests: BTreeSet<Digest> = held.map(|each| each.digest).collect();
    let bytes: Vec<u8> = digests.iter().flat_map(|digest| digest.0).collect();
    let path = path(workspace, manifest);
    let written = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    written
        .and_then(|()| std::fs::write(&path, bytes))
        .map_err(|error| crate::file::unwritable(&path, "the list of a release", &error))
}

/// Every release that was written, earliest first: its entry, what it is called, and whether it holds this sample.
pub fn membership(
    workspace: &Workspace,
    ledger: &Ledger,
    sample: &Digest,
) -> Result<Vec<(u64, String, Membership)>, Fault> {
    let all = releases::all_written(ledger)?.into_iter();
    Ok(all
        .map(|(seq, release)| {
            let called = format!(
                "{}@{}, {} samples",
                release.dataset, release.snapshot, release.samples
            );
            let held = match std::fs::read(path(workspace, &release.manifest)) {
                Ok(list) if list.len() % WIDTH == 0 => held(&list, sample),
                _ => Membership::Unknown,
            };
            (seq, called, held)
        })
        .collect())
}

fn held(list: &[u8], sample: &Digest) -> Membership {
    let rows: Vec<&[u8]> = list.chunks_exact(WIDTH).collect();
    match rows.binary_search(&sample.0.as_slice()) {
        Ok(_) => Membership::Held,
        Err(_) => Membership::LeftOut,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_holds_its_digests_and_no_other() {
        let list: Vec<u8> = [1, 4, 9].iter().flat_map(|byte| [*byte; WIDTH]).collect();
        for byte in 0..12 {
            let found = held(&list, &Digest([byte; WIDTH]));
            assert_eq!(found == Membership::Held, [1, 4, 9].contains(&byte), "{byte}");
        }
    }
}
