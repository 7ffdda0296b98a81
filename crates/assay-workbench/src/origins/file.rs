//! Files of evidence: what another tool found out about samples, named by digest.
//!
//! JSON Lines. A bad line rejects the whole file. The file is kept in the workspace under the digest of its bytes, so the same
//! file twice changes nothing, and a lost index finds it again. A file that is withdrawn stays kept: the ledger says that it
//! no longer speaks, and by whom.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use assay_index::{AddedRow, Addition, AdditionKind, Index, Spoken, evidence_lines, rejected_evidence};
use assay_ledger::{Entry, Ledger};
use assay_model::{Code, Digest, Fault, Task};
use assay_review::Stamp;
use assay_review::evidence_files::{self, Withdrawn};
use serde::{Deserialize, Serialize};

use super::{Brought, Difference, Gone, OriginsChanged, changed, refresh};
use crate::{Workspace, clock};

/// Longest file that is taken, in bytes: it is held in memory while it is checked.
const MOST_BYTES: u64 = 1 << 30;
/// Digits of a digest that may name a file.
const LEAST_OF_DIGEST: usize = 8;

/// What adding a file did.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceAdded {
    /// Lines that hold evidence.
    pub lines: u64,
    /// Whether the workspace had this file already.
    pub known: bool,
    /// Distinct samples it speaks of that are in the index.
    pub samples: u64,
    /// Distinct samples it speaks of that are not; they are found when they are indexed.
    pub waiting: u64,
    #[serde(flatten)]
    pub changed: OriginsChanged,
}

/// A kept file of evidence: the shape of a row of `assay evidence files --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EvidenceFile {
    /// `sha256:…` of its bytes.
    pub file: String,
    pub name: String,
    /// Who brought it; empty where nobody was named.
    pub by: String,
    /// RFC 3339.
    pub at: String,
    /// Null while it speaks.
    pub withdrawn: Option<WithdrawnFile>,
}

/// Who withdrew a file, when and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WithdrawnFile {
    pub by: String,
    /// RFC 3339.
    pub at: String,
    pub reason: String,
    /// Of the ledger.
    pub entry: u64,
}

/// Who brought a kept file, and when.
#[derive(Serialize, Deserialize)]
struct Kept {
    name: String,
    actor: String,
    at: String,
}

/// Checks a file, keeps it in the workspace and recomputes the origins it speaks of.
pub fn add_file(
    workspace: &Workspace,
    path: &Path,
    actor: &str,
    task: &Task,
) -> Result<EvidenceAdded, Fault> {
    let text = read(path)?;
    let shown = path.display().to_string();
    let rows = evidence_lines(&text, &shown)?;
    let mut index = workspace.index_writer()?;
    check_parts(&index, &rows, &shown)?;
    let (mut here, mut waiting) = (HashSet::new(), HashSet::new());
    for (_, row) in &rows {
        let found = index.has_sample(&row.digest)?;
        if found { &mut here } else { &mut waiting }.insert(row.digest);
    }
    let digest = Digest::of(text.as_bytes());
    let known = index
        .additions(AdditionKind::File)?
        .iter()
        .any(|addition| addition.key == digest.to_string());
    let restored = restore(workspace, &digest, actor)?;
    if !known && !restored {
        let name = path
            .file_name()
            .map_or_else(|| shown.clone(), |name| name.to_string_lossy().into_owned());
        keep(
            workspace,
            &digest,
            &text,
            &Kept {
                name: assay_model::fault::one_line(&name),
                actor: actor.to_owned(),
                at: clock::now_text(),
            },
        )?;
    }
    let recomputed = refresh(workspace, &mut index, task)?;
    Ok(EvidenceAdded {
        lines: rows.len() as u64,
        known,
        samples: here.len() as u64,
        waiting: waiting.len() as u64,
        changed: changed(&index, &recomputed)?,
    })
}

/// A file that was withdrawn and is added again speaks again, and the ledger says who brought it back. Whether it was so.
fn restore(workspace: &Workspace, file: &Digest, actor: &str) -> Result<bool, Fault> {
    let Some(withdrawn) = evidence_files::withdrawn(&workspace.ledger()?)?.remove(file) else {
        return Ok(false);
    };
    if actor.is_empty() {
        return Err(Fault::new(
            Code::Usage,
            format!(
                "`{}` was withdrawn by {}, entry {}: {}",
                withdrawn.name, withdrawn.by, withdrawn.seq, withdrawn.reason
            ),
            "say who brings it back with --actor",
        ));
    }
    let mut ledger = workspace.ledger_writer()?;
    evidence_files::restore(&mut ledger, &Stamp::now(actor), *file, &withdrawn.name)?;
    Ok(true)
}

/// Every kept file, in the order they were added, those that were withdrawn too.
pub fn files(workspace: &Workspace) -> Result<Vec<EvidenceFile>, Fault> {
    let mut withdrawn = evidence_files::withdrawn(&workspace.ledger()?)?;
    let mut files = Vec::new();
    for (digest, path) in kept_files(workspace) {
        let kept = about(&path);
        files.push(EvidenceFile {
            file: digest.to_string(),
            name: kept.name,
            by: kept.actor,
            at: kept.at,
            withdrawn: withdrawn.remove(&digest).map(|withdrawn| WithdrawnFile {
                by: withdrawn.by,
                at: withdrawn.at,
                reason: withdrawn.reason,
                entry: withdrawn.seq,
            }),
        });
    }
    files.sort_by(|a, b| (&a.at, &a.file).cmp(&(&b.at, &b.file)));
    Ok(files)
}

/// Records that a kept file no longer speaks. `which` is its name, its digest or the beginning of one. The file stays, and
/// so does what it once said in the history of its samples.
pub fn withdraw(
    workspace: &Workspace,
    ledger: &mut Ledger,
    stamp: &Stamp,
    which: &str,
    reason: &str,
) -> Result<Entry, Fault> {
    let files = files(workspace)?;
    let hex = which.strip_prefix("sha256:").unwrap_or(which);
    let is_meant = |file: &&EvidenceFile| {
        let begins = hex.len() >= LEAST_OF_DIGEST && file.file["sha256:".len()..].starts_with(hex);
        file.name == which || begins
    };
    let meant: Vec<&EvidenceFile> = files.iter().filter(is_meant).collect();
    let which = assay_model::fault::one_line(which);
    match meant.as_slice() {
        [file] => {
            let digest = file
                .file
                .parse::<Digest>()
                .map_err(|error| Fault::internal("reading a file's digest", error))?;
            evidence_files::withdraw(ledger, stamp, digest, &file.name, reason)
        }
        [] => Err(Fault::new(
            Code::NotFound,
            format!("no file of evidence here is `{which}`"),
            "`assay evidence files` lists them",
        )),
        several => Err(Fault::new(
            Code::Usage,
            format!("{} files of evidence are `{which}`", several.len()),
            "name one by its digest; `assay evidence files` lists them",
        )),
    }
}

/// Kept files that the index does not know, and those it knows that were withdrawn.
pub(super) fn pending(workspace: &Workspace, index: &Index, ledger: &Ledger) -> Result<u64, Fault> {
    let withdrawn = evidence_files::withdrawn(ledger)?;
    let gone = gone(index, &withdrawn)?.len();
    Ok((unknown(workspace, index, &withdrawn)?.len() + gone) as u64)
}

/// Kept files to bring, and those that were withdrawn since they were brought.
pub(super) fn difference(workspace: &Workspace, index: &Index, ledger: &Ledger) -> Result<Difference, Fault> {
    let withdrawn = evidence_files::withdrawn(ledger)?;
    let mut difference = Difference {
        gone: gone(index, &withdrawn)?,
        ..Difference::default()
    };
    for path in unknown(workspace, index, &withdrawn)? {
        let text = read(&path)?;
        let rows = evidence_lines(&text, &path.display().to_string())?;
        let kept = about(&path);
        difference.brought.push(Brought {
            addition: Addition {
                kind: AdditionKind::File,
                key: Digest::of(text.as_bytes()).to_string(),
                name: kept.name,
                actor: kept.actor,
                at: kept.at,
                entry: None,
            },
            rows: rows.into_iter().map(|(_, row)| row).collect(),
            compared: Vec::new(),
        });
    }
    Ok(difference)
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.folder().join("evidence")
}

/// What is known of a kept file beside its lines.
fn about(path: &Path) -> Kept {
    std::fs::read(path.with_extension("json"))
        .ok()
        .and_then(|bytes| serde_json::from_slice::<Kept>(&bytes).ok())
        .unwrap_or_else(|| Kept {
            name: "a file of evidence".to_owned(),
            actor: String::new(),
            at: clock::now_text(),
        })
}

/// Every kept file by its digest, in that order.
fn kept_files(workspace: &Workspace) -> BTreeMap<Digest, PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder(workspace)) else {
        return BTreeMap::new();
    };
    let files = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "jsonl"));
    files
        .filter_map(|path| {
            let digest = format!("sha256:{}", path.file_stem()?.to_string_lossy())
                .parse()
                .ok()?;
            Some((digest, path))
        })
        .collect()
}

/// Files in the index that were withdrawn since.
fn gone(index: &Index, withdrawn: &BTreeMap<Digest, Withdrawn>) -> Result<Vec<Gone>, Fault> {
    let mut gone = Vec::new();
    for addition in index.additions(AdditionKind::File)? {
        let digest = addition.key.parse::<Digest>().ok();
        if let Some(act) = digest.and_then(|digest| withdrawn.get(&digest)) {
            gone.push(Gone {
                kind: AdditionKind::File,
                key: addition.key,
                by: act.by.clone(),
                at: act.at.clone(),
                entry: Some(act.seq),
            });
        }
    }
    Ok(gone)
}

/// Files that speak and that the index does not know.
fn unknown(
    workspace: &Workspace,
    index: &Index,
    withdrawn: &BTreeMap<Digest, Withdrawn>,
) -> Result<Vec<PathBuf>, Fault> {
    let known: HashSet<String> = index
        .additions(AdditionKind::File)?
        .into_iter()
        .map(|addition| addition.key)
        .collect();
    let kept = kept_files(workspace).into_iter();
    let new =
        kept.filter(|(digest, _)| !withdrawn.contains_key(digest) && !known.contains(&digest.to_string()));
    Ok(new.map(|(_, path)| path).collect())
}

fn keep(workspace: &Workspace, digest: &Digest, text: &str, kept: &Kept) -> Result<(), Fault> {
    let folder = folder(workspace);
    let path = folder.join(format!("{}.jsonl", digest.hex()));
    let about = serde_json::to_vec_pretty(kept).expect("texts have a JSON form");
    let write = || -> std::io::Result<()> {
        std::fs::create_dir_all(&folder)?;
        std::fs::write(path.with_extension("json"), about)?;
        // Whole or not at all: a file that is half written would be read as a bad one.
        let half = path.with_extension("half");
        std::fs::write(&half, text)?;
        std::fs::rename(&half, &path)
    };
    write().map_err(|error| {
        let code = match error.kind() {
            std::io::ErrorKind::StorageFull => Code::DiskFull,
            _ => Code::NotSaved,
        };
        Fault::new(
            code,
            format!("the file of evidence could not be kept: {error}"),
            "make room, then add it again",
        )
        .at(path.display().to_string())
    })
}

fn read(path: &Path) -> Result<String, Fault> {
    let failed = |error: std::io::Error| {
        let code = match error.kind() {
            std::io::ErrorKind::NotFound => Code::NotFound,
            std::io::ErrorKind::PermissionDenied => Code::NoPermission,
            _ => Code::NotReadable,
        };
        Fault::new(
            code,
            format!("the file of evidence cannot be read: {error}"),
            "check the path",
        )
        .at(path.display().to_string())
    };
    let bytes = std::fs::metadata(path).map_err(failed)?.len();
    if bytes > MOST_BYTES {
        let message = format!("the file of evidence has {bytes} bytes; the most is {MOST_BYTES}");
        return Err(
            Fault::new(Code::InvalidEvidence, message, "cut it in several").at(path.display().to_string())
        );
    }
    String::from_utf8(std::fs::read(path).map_err(failed)?).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..valid]
            .iter()
            .filter(|&&byte| byte == b'\n')
            .count() as u64
            + 1;
        Fault::new(
            Code::InvalidEvidence,
            "the line is not valid UTF-8; nothing was added",
            "write it as UTF-8",
        )
        .at(path.display().to_string())
        .line(line)
    })
}

/// A part that a sample does not have is a mistake that would otherwise never show.
fn check_parts(index: &Index, rows: &[(u64, AddedRow)], path: &str) -> Result<(), Fault> {
    for (line, row) in rows {
        let Spoken::Part(part) = row.spoken else { continue };
        if let Some(parts) = index.part_count(&row.digest)?
            && u64::from(part) >= parts
        {
            let message = format!(
                "sample {} has no part {part}: its parts are 0 to {}",
                row.digest.short(),
                parts - 1
            );
            let fault = Fault::new(Code::Usage, message, "parts are counted from 0, in reading order");
            return Err(rejected_evidence(fault, path, *line));
        }
    }
    Ok(())
}
