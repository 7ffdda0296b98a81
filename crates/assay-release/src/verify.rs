//! Is a release folder what was written? Needs no workspace.
//!
//! Whoever changes every file and writes a new manifest over them makes a folder that holds: that it is the release of the
//! ledger is told by the manifest's digest, which the entry of the release names. Deliberately absent: signatures, which the
//! envelope beside the release carries.

mod contents;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::panic::AssertUnwindSafe;
use std::path::Path;

use assay_model::Digest;
use sha2::{Digest as _, Sha256};

use crate::manifest::{MANIFEST_FILE, POLICY_FILE, SUMS_FILE};
use crate::{Manifest, parse_policy, rule_names};

/// What was found. Where `failure` is set, nothing after it was looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct ReleaseVerification {
    /// What the manifest says, where it is whole.
    pub manifest: Option<Manifest>,
    /// Over the manifest's bytes: what the ledger's entry of the release names.
    pub digest: Option<Digest>,
    /// Files whose digests were compared.
    pub files: u64,
    /// What does not hold, first; it begins with the file.
    pub failure: Option<String>,
}

/// Whether a folder is meant as a release, damaged or not.
pub fn is_release(folder: &Path) -> bool {
    folder.join(MANIFEST_FILE).exists() || (folder.join(POLICY_FILE).exists() && folder.join("data").exists())
}

/// Verifies a folder.
pub fn verify_release(folder: &Path) -> ReleaseVerification {
    let mut found = ReleaseVerification {
        manifest: None,
        digest: None,
        files: 0,
        failure: None,
    };
    found.failure = checked(folder, &mut found).err();
    found
}

/// A manifest of ten thousand shards is far smaller.
const MAX_MANIFEST_BYTES: u64 = 64 << 20;

fn checked(folder: &Path, found: &mut ReleaseVerification) -> Result<(), String> {
    let bytes = small(folder, MANIFEST_FILE)?;
    let manifest = Manifest::parse(&bytes).map_err(|why| format!("{MANIFEST_FILE}: {why}"))?;
    found.digest = Some(Digest::of(&bytes));
    found.manifest = Some(manifest.clone());
    nothing_else(folder, &manifest)?;
    for file in &manifest.files {
        let (digest, bytes) = digest_of(folder, &file.path)?;
        if (digest, bytes) != (file.sha256, file.bytes) {
            return Err(format!(
                "{}: its bytes are not those that were written",
                file.path
            ));
        }
        found.files += 1;
    }
    if small(folder, SUMS_FILE)? != manifest.sums().as_bytes() {
        return Err(format!("{SUMS_FILE}: it does not list the files of the release"));
    }
    policy(folder, &manifest)?;
    accounting(&manifest).map_err(|why| format!("{MANIFEST_FILE}: {why}"))?;
    unpanicked(|| contents::checked(folder, &manifest))
}

/// Whoever writes a release may write shards that make their reader panic: then they are damaged, and that is the answer.
fn unpanicked(look: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    std::panic::catch_unwind(AssertUnwindSafe(look))
        .unwrap_or_else(|_| Err("data: a shard's structure contradicts itself".to_owned()))
}

/// A file or link that the manifest does not name voids the release: it could be trained on.
fn nothing_else(folder: &Path, manifest: &Manifest) -> Result<(), String> {
    let mut known: BTreeSet<&str> = manifest.files.iter().map(|file| file.path.as_str()).collect();
    known.extend([MANIFEST_FILE, SUMS_FILE]);
    let mut folders = vec![String::new()];
    while let Some(at) = folders.pop() {
        let entries = std::fs::read_dir(folder.join(&at)).map_err(|error| format!("{at}: {error}"))?;
        for entry in entries {
            let entry = entry.map_err(|error| format!("{at}: {error}"))?;
            let path = format!("{at}{}", entry.file_name().to_string_lossy());
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            match is_folder {
                true => folders.push(format!("{path}/")),
                false if known.contains(path.as_str()) => {}
                false => return Err(format!("{path}: the manifest does not name it")),
            }
        }
    }
    Ok(())
}

/// What the manifest says it was made by is what stands in the policy's file.
fn policy(folder: &Path, manifest: &Manifest) -> Result<(), String> {
    let told = |why: &str| format!("{POLICY_FILE}: {why}");
    let bytes = small(folder, POLICY_FILE)?;
    if Digest::of(&bytes) != manifest.policy_digest {
        return Err(told("it is not the policy of the manifest"));
    }
    let text = String::from_utf8(bytes).map_err(|_| told("it is not UTF-8"))?;
    let policy = parse_policy(&text, POLICY_FILE).map_err(|fault| told(&fault.message))?;
    if (&policy.name, policy.gold) != (&manifest.policy, manifest.gold) {
        return Err(told("its name or its gold is not that of the manifest"));
    }
    let applied: Vec<&str> = manifest.rules.iter().map(|cost| cost.rule.as_str()).collect();
    if applied != rule_names(&policy) {
        return Err(told("its rules are not those of the manifest"));
    }
    Ok(())
}

/// Candidates less what each rule took are the samples, by origin too.
fn accounting(manifest: &Manifest) -> Result<(), String> {
    let removed = sum(manifest.rules.iter().map(|cost| cost.samples))?;
    if manifest.candidates.checked_sub(removed) != Some(manifest.samples) {
        return Err(format!(
            "{} candidates less {removed} removed are not {} samples",
            manifest.candidates, manifest.samples
        ));
    }
    let origins = manifest.origins;
    if sum([origins.human, origins.machine, origins.mixed, origins.unknown])? != manifest.samples {
        return Err("its origins do not come to its samples".to_owned());
    }
    Ok(())
}

/// Whoever writes a manifest chooses its numbers: a sum that wraps around could come to anything.
fn sum(counts: impl IntoIterator<Item = u64>) -> Result<u64, String> {
    let mut counts = counts.into_iter();
    counts
        .try_fold(0, u64::checked_add)
        .ok_or_else(|| "its counts are larger than any release's".to_owned())
}

fn digest_of(folder: &Path, path: &str) -> Result<(Digest, u64), String> {
    let mut file = open(folder, path)?;
    let (mut hash, mut bytes) = (Sha256::new(), 0);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file
            .read(&mut buffer)
            .map_err(|error| format!("{path}: {error}"))?;
        if read == 0 {
            return Ok((Digest(hash.finalize().into()), bytes));
        }
        hash.update(&buffer[..read]);
        bytes += read as u64;
    }
}

fn small(folder: &Path, path: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let told = |error| format!("{path}: {error}");
    open(folder, path)?
        .take(MAX_MANIFEST_BYTES)
        .read_to_end(&mut bytes)
        .map_err(told)?;
    Ok(bytes)
}

/// A file inside the folder: no path that leads elsewhere, no link.
fn open(folder: &Path, path: &str) -> Result<File, String> {
    let is_plain = path
        .split('/')
        .all(|step| !step.is_empty() && step != "." && step != "..")
        && !path.contains(['\\', '\0']);
    if !is_plain {
        return Err(format!("{path:?}: it is no file of the folder"));
    }
    let at = folder.join(path);
    let about = std::fs::symlink_metadata(&at).map_err(|error| format!("{path}: {error}"))?;
    if !about.is_file() {
        return Err(format!("{path}: it is no ordinary file"));
    }
    File::open(&at).map_err(|error| format!("{path}: {error}"))
}

#[cfg(test)]
#[path = "verify_tests.rs"]
mod tests;
