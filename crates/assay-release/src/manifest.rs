//! What does a release say of itself? Its manifest, and the same as an OpenLineage event.

use assay_model::Digest;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{GoldHandling, OriginCounts, RuleCost, ShardFormat, WrittenShard};

/// The word by which a manifest is recognised, with its version.
pub const MANIFEST_FORMAT: &str = "assay release 1";
/// The manifest's file.
pub const MANIFEST_FILE: &str = "release.json";
/// The policy's file, byte for byte as it was given.
pub const POLICY_FILE: &str = "policy.toml";
/// The OpenLineage event.
pub const EVENT_FILE: &str = "openlineage.json";
/// For plain `sha256sum -c`.
pub const SUMS_FILE: &str = "SHA256SUMS";

/// Everything a release consists of and follows from. Holds no time of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub format: String,
    /// `assay x.y.z`
    pub tool: String,
    pub dataset: String,
    pub snapshot: u64,
    pub snapshot_root: Digest,
    pub facts_root: Digest,
    pub policy: String,
    /// Over the bytes of the policy file beside the manifest.
    pub policy_digest: Digest,
    pub seed: u64,
    pub shards: ShardFormat,
    pub gold: GoldHandling,
    /// Root of the gold set that was kept out.
    pub gold_root: Digest,
    /// Texts that resemble so many others that not every pair of theirs was compared when gold was looked for.
    pub gold_not_compared: u64,
    /// The sign-off it rests on; none for an unsigned snapshot.
    pub signed_off: Option<String>,
    pub candidates: u64,
    pub samples: u64,
    /// More than the samples where a tail is raised by repeating.
    pub rows: u64,
    /// Of the samples, each once.
    pub tokens: u64,
    pub origins: OriginCounts,
    /// In the order in which they were applied.
    pub rules: Vec<RuleCost>,
    /// In the order of their paths.
    pub files: Vec<FileEntry>,
    /// Over this manifest with 64 zeros in this place, so that any other byte of it is held.
    pub seal: Digest,
}

/// A file of a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Relative to the manifest, with `/`.
    pub path: String,
    /// `train`, `anchor`, `ablation RATIO`, `policy`, `map`, `card`, `sign-off`, `lineage`.
    pub role: String,
    pub sha256: Digest,
    pub bytes: u64,
    /// Where the file holds samples.
    pub rows: Option<u64>,
}

impl FileEntry {
    /// The entry of a shard in a folder.
    pub fn shard(folder: &str, role: &str, shard: WrittenShard) -> Self {
        Self {
            path: format!("{folder}/{}", shard.name),
            role: role.to_owned(),
            sha256: shard.digest,
            bytes: shard.bytes,
            rows: Some(shard.rows),
        }
    }

    /// The entry of any other file.
    pub fn of(path: &str, role: &str, bytes: &[u8]) -> Self {
        Self {
            path: path.to_owned(),
            role: role.to_owned(),
            sha256: Digest::of(bytes),
            bytes: bytes.len() as u64,
            rows: None,
        }
    }
}

/// In the place of the seal while it is computed.
const UNSEALED: Digest = Digest([0; 32]);

impl Manifest {
    /// Sorts the files and puts the seal in its place.
    pub fn sealed(mut self) -> Self {
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        self.seal = self.own_seal();
        self
    }

    /// The manifest's file: JSON for people and programs.
    pub fn to_text(&self) -> String {
        serde_json::to_string_pretty(self).expect("a manifest is plain data") + "\n"
    }

    /// Reads a manifest that is whole: of this format, written as Assay writes it, under its seal.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let manifest: Self = serde_json::from_slice(bytes)
            .map_err(|error| format!("it is no manifest of a release: {error}"))?;
        if manifest.format != MANIFEST_FORMAT {
            return Err("its format is not one that this Assay reads".to_owned());
        }
        if manifest.to_text().as_bytes() != bytes || manifest.own_seal() != manifest.seal {
            return Err("its bytes are not those that were written".to_owned());
        }
        Ok(manifest)
    }

    /// The list for `sha256sum -c`: every file and the manifest itself.
    pub fn sums(&self) -> String {
        let own = (MANIFEST_FILE, Digest::of(self.to_text().as_bytes()));
        let files = self.files.iter().map(|file| (file.path.as_str(), file.sha256));
        files
            .chain([own])
            .map(|(path, digest)| format!("{}  {path}\n", digest.hex()))
            .collect()
    }

    /// The digest over the shards to train on, by which the training set is named whatever stands beside it.
    pub fn training_digest(&self) -> Digest {
        let shards = self.files.iter().filter(|file| file.role == "train");
        let lines: String = shards
            .map(|file| format!("{}  {}\n", file.sha256.hex(), file.path))
            .collect();
        Digest::of(lines.as_bytes())
    }

    fn own_seal(&self) -> Digest {
        let unsealed = Self {
            seal: UNSEALED,
            ..self.clone()
        };
        Digest::of(unsealed.to_text().as_bytes())
    }
}

/// An OpenLineage RunEvent (spec 2-0-2) of the release, whose shards the manifest must name already. `run` is a UUID; `at` is
/// RFC 3339.
pub fn lineage_event(manifest: &Manifest, run: &str, at: &str) -> Value {
    let producer = "urn:assay";
    let version = |digest: &Digest| {
        json!({
            "_producer": producer,
            "_schemaURL": "https://openlineage.io/spec/facets/1-0-0/DatasetVersionDatasetFacet.json#/$defs/DatasetVersionDatasetFacet",
            "datasetVersion": digest.to_string(),
        })
    };
    let size: u64 = manifest
        .files
        .iter()
        .filter(|file| file.role == "train")
        .map(|file| file.bytes)
        .sum();
    json!({
        "eventType": "COMPLETE",
        "eventTime": at,
        "producer": producer,
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
        "run": {"runId": run},
        "job": {"namespace": "assay", "name": format!("release {}", manifest.policy)},
        "inputs": [{
            "namespace": "assay",
            "name": format!("{}@{}", manifest.dataset, manifest.snapshot),
            "facets": {"version": version(&manifest.snapshot_root)},
        }],
        "outputs": [{
            "namespace": "assay",
            "name": format!("{}@{}/{}", manifest.dataset, manifest.snapshot, manifest.policy),
            "facets": {"version": version(&manifest.training_digest())},
            "outputFacets": {"outputStatistics": {
                "_producer": producer,
                "_schemaURL": "https://openlineage.io/spec/facets/1-0-2/OutputStatisticsOutputDatasetFacet.json#/$defs/OutputStatisticsOutputDatasetFacet",
                "rowCount": manifest.rows,
                "size": size,
            }},
        }],
    })
}
