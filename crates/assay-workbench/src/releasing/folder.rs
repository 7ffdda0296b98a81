//! The folder of a release: written under another name, filled file by file, renamed when it is whole.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use assay_index::WorkerCommand;
use assay_ledger::{ENVELOPE_FILE, Ledger};
use assay_model::{Code, Digest, Fault, Progress, Stage, Task};
use assay_release::{
    EVENT_FILE, Fate, FileEntry, GoldHandling, GoldKind, MANIFEST_FILE, MANIFEST_FORMAT, Manifest,
    POLICY_FILE, SHARD_BYTES, SUMS_FILE, Shards, lineage_event,
};
use assay_review::Stamp;

use super::rows::{Reader, Writing};
use super::{Prepared, dimensions};
use crate::card::{self, CardFiles};
use crate::{Workspace, indexing};

/// Rows between two reports of progress.
const REPORTED: usize = 256;

/// A folder that is being filled. Dropped before it is finished, it leaves nothing behind.
pub(super) struct Unfinished {
    at: PathBuf,
    target: PathBuf,
    files: Vec<FileEntry>,
    is_finished: bool,
}

impl Unfinished {
    /// Starts beside the target, which must not be there or be empty. What a killed run left under that name is removed.
    pub fn start(target: &Path) -> Result<Self, Fault> {
        let target = std::path::absolute(target).map_err(|error| unwritable(target, &error))?;
        let is_free = match std::fs::read_dir(&target) {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) => error.kind() == std::io::ErrorKind::NotFound,
        };
        let name = target.file_name().filter(|_| is_free).ok_or_else(|| {
            Fault::new(
                Code::NotAllowed,
                "a release is written into a folder of its own, and something is there already",
                "name a folder that is not there yet",
            )
            .at(target.display().to_string())
        })?;
        let at = target.with_file_name(format!(".{}.unfinished", name.to_string_lossy()));
        let _ = std::fs::remove_dir_all(&at);
        std::fs::create_dir_all(&at).map_err(|error| unwritable(&at, &error))?;
        Ok(Self {
            at,
            target,
            files: Vec::new(),
            is_finished: false,
        })
    }

    /// Writes a file and remembers it for the manifest.
    fn put(&mut self, path: &str, role: &str, bytes: &[u8]) -> Result<(), Fault> {
        self.write(path, bytes)?;
        self.files.push(FileEntry::of(path, role, bytes));
        Ok(())
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Fault> {
        let at = self.at.join(path);
        self.folder(path.rsplit_once('/').map_or("", |(folder, _)| folder))?;
        crate::file::write(&at, bytes, "the release")
    }

    fn folder(&self, path: &str) -> Result<PathBuf, Fault> {
        let at = self.at.join(path);
        std::fs::create_dir_all(&at).map_err(|error| unwritable(&at, &error))?;
        Ok(at)
    }

    /// Makes it the release: from now on it is found under its name.
    pub fn finish(mut self) -> Result<(), Fault> {
        // An empty folder of that name gives way; on some systems a rename does not replace it.
        let _ = std::fs::remove_dir(&self.target);
        std::fs::rename(&self.at, &self.target).map_err(|error| unwritable(&self.target, &error))?;
        self.is_finished = true;
        // So that the name outlives a power cut; where folders cannot be synced, there is nothing to do.
        if let Some(parent) = self.target.parent() {
            let _ = std::fs::File::open(parent).and_then(|parent| parent.sync_all());
        }
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.is_finished {
            let _ = std::fs::remove_dir_all(&self.at);
        }
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> Fault {
    crate::file::unwritable(path, "the release", error)
}

/// Writes every file, the manifest last.
pub(super) fn fill(
    workspace: &Workspace,
    ledger: &Ledger,
    prepared: &Prepared,
    stamp: &Stamp,
    folder: &mut Unfinished,
    (worker, task): (&WorkerCommand, &Task),
) -> Result<Manifest, Fault> {
    write_shards(workspace, prepared, folder, task)?;
    folder.put(POLICY_FILE, "policy", prepared.policy_text.as_bytes())?;
    write_card(workspace, ledger, prepared, folder, (worker, task))?;
    write_sign_off(ledger, prepared, folder)?;
    let mut manifest = manifest(prepared, std::mem::take(&mut folder.files));
    let event = lineage_event(&manifest, &stamp.entry.to_string(), &stamp.at.to_string());
    let event = serde_json::to_string_pretty(&event).expect("an event is plain data") + "\n";
    folder.put(EVENT_FILE, "lineage", event.as_bytes())?;
    manifest.files.append(&mut folder.files);
    let manifest = manifest.sealed();
    folder.write(SUMS_FILE, manifest.sums().as_bytes())?;
    folder.write(MANIFEST_FILE, manifest.to_text().as_bytes())?;
    Ok(manifest)
}

/// The training set, its ablation sets and the anchor, and the maps that their lineage names.
fn write_shards(
    workspace: &Workspace,
    prepared: &Prepared,
    folder: &mut Unfinished,
    task: &Task,
) -> Result<(), Fault> {
    let dimensions = dimensions(&workspace.index()?, &prepared.snapshot)?;
    let mut reader = Reader::open(workspace, &prepared.snapshot, dimensions.clone())?;
    for (digest, text) in std::mem::take(&mut reader.maps) {
        folder.put(&format!("maps/{}.toml", digest.hex()), "map", text.as_bytes())?;
    }
    let mut write = |path: &str, prefix, role: &str, samples: &[Writing]| -> Result<(), Fault> {
        let at = folder.folder(path)?;
        let mut shards = Shards::new(&at, prefix, prepared.format, &dimensions, SHARD_BYTES);
        for (place, writing) in samples.iter().enumerate() {
            if place % REPORTED == 0 {
                task.check()?;
                task.report(&Progress {
                    stage: Stage::Finishing,
                    fraction: place as f64 / samples.len() as f64,
                    ..Progress::default()
                });
            }
            let mut row = reader.row(*writing)?;
            for copy in 1..=writing.copies {
                row.lineage.copy = copy;
                shards
                    .push(row.clone())
                    .map_err(|error| unwritable(&at, &error))?;
            }
        }
        let written = shards.finish().map_err(|error| unwritable(&at, &error))?;
        let entries = written
            .into_iter()
            .map(|shard| FileEntry::shard(path, role, shard));
        folder.files.extend(entries);
        Ok(())
    };
    write("data", "train", "train", &released(prepared)?)?;
    for set in &prepared.ablations {
        let samples: Vec<Writing> = prepared
            .plan
            .kept()
            .filter(|sample| set.samples.contains(sample))
            .map(Writing::plain)
            .collect();
        let (path, role) = (
            format!("ablations/{}", set.ratio),
            format!("ablation {}", set.ratio),
        );
        write(&path, "train", &role, &samples)?;
    }
    if prepared.policy.gold == GoldHandling::Anchor {
        write("gold", "anchor", "anchor", &anchor(prepared))?;
    }
    Ok(())
}

/// What is trained on. Gold among it would be a fault of the plan, and is never written.
fn released(prepared: &Prepared) -> Result<Vec<Writing>, Fault> {
    let gold: HashSet<u64> = prepared
        .candidates
        .iter()
        .filter(|candidate| candidate.gold.is_some())
        .map(|candidate| candidate.sample)
        .collect();
    let mut all = Vec::new();
    for planned in &prepared.plan.samples {
        let Fate::Released {
            weight,
            copies,
            stands_for,
        } = planned.fate
        else {
            continue;
        };
        if gold.contains(&planned.sample) {
            return Err(Fault::internal(
                "planning a release",
                "gold is in what would be trained on",
            ));
        }
        all.push(Writing {
            sample: planned.sample,
            weight,
            copies,
            stands_for,
        });
    }
    Ok(all)
}

/// Members of the gold set that the snapshot holds, each text once.
fn anchor(prepared: &Prepared) -> Vec<Writing> {
    let mut seen: HashSet<Digest> = HashSet::new();
    let members = prepared
        .candidates
        .iter()
        .filter(|candidate| candidate.gold == Some(GoldKind::Exact));
    members
        .filter(|candidate| seen.insert(candidate.digest))
        .map(|candidate| Writing::plain(candidate.sample))
        .collect()
}

fn write_card(
    workspace: &Workspace,
    ledger: &Ledger,
    prepared: &Prepared,
    folder: &mut Unfinished,
    (worker, task): (&WorkerCommand, &Task),
) -> Result<(), Fault> {
    let (dataset, number) = (&prepared.snapshot.dataset, prepared.snapshot.number);
    let card = card::card(workspace, ledger, Some(dataset), Some(number), worker, task)?;
    for (name, text) in CardFiles::of(&card, &[]).files() {
        folder.put(&format!("card/{name}"), "card", text.as_bytes())?;
    }
    Ok(())
}

/// The envelope of the sign-off that stands, and the figures that were signed.
fn write_sign_off(ledger: &Ledger, prepared: &Prepared, folder: &mut Unfinished) -> Result<(), Fault> {
    let Some(sign_off) = &prepared.signed_off else {
        return Ok(());
    };
    for name in [ENVELOPE_FILE, "card.json"] {
        let bytes = ledger
            .signed_file(sign_off.id, name)?
            .ok_or_else(|| Fault::internal("writing a release", format!("the signed {name} was not kept")))?;
        folder.put(&format!("sign-off/{name}"), "sign-off", &bytes)?;
    }
    Ok(())
}

fn manifest(prepared: &Prepared, files: Vec<FileEntry>) -> Manifest {
    let Prepared {
        snapshot,
        policy,
        plan,
        ..
    } = prepared;
    Manifest {
        format: MANIFEST_FORMAT.to_owned(),
        tool: indexing::tool(),
        dataset: snapshot.dataset.clone(),
        snapshot: snapshot.number,
        snapshot_root: snapshot.root,
        facts_root: snapshot.facts_root,
        policy: policy.name.clone(),
        policy_digest: Digest::of(prepared.policy_text.as_bytes()),
        seed: policy.seed,
        shards: prepared.format,
        gold: policy.gold,
        gold_root: prepared.gold_root,
        gold_not_compared: prepared.not_compared,
        signed_off: prepared.signed_off.as_ref().map(|one| one.id.to_string()),
        candidates: plan.candidates,
        samples: plan.released,
        rows: plan.rows,
        tokens: plan.tokens,
        origins: plan.origins,
        rules: plan.rules.clone(),
        files,
        seal: Digest([0; 32]),
    }
}
