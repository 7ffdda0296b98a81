//! What does a release say of itself? Its manifest, and the same as an OpenLineage event.

use assay_model::Digest;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{GoldHandling, OriginCounts, RuleCost, WrittenShard};

/// The word by which a manifest is recognised, with its version.
pub const MANIFEST_FORMAT: &str = "assay release 1";

/// Everything a release consists of and follows from. Holds no time: the same inputs give the same bytes.
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
    pub gold: GoldHandling,
    /// Root of the gold set that was kept out.
    pub gold_root: Digest,
    /// The entry of the sign-off it rests on; none for an unsigned release.
    pub signed_off: Option<String>,
    pub candidates: u64,
    pub samples: u64,
    pub tokens: u64,
    pub origins: OriginCounts,
    /// In the order in which they were applied.
    pub rules: Vec<RuleCost>,
    /// In the order of their paths.
    pub files: Vec<FileEntry>,
}

/// A file of a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Relative to the manifest, with `/`.
    pub path: String,
    /// `train`, `anchor`, `policy`, `map`, `card`, `lineage`, `ablation RATIO`.
    pub role: String,
    pub sha256: Digest,
    pub bytes: u64,
    /// Samples, where the file holds samples.
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
}

impl Manifest {
    /// The manifest's file: JSON for people and programs.
    pub fn to_text(&self) -> String {
        serde_json::to_string_pretty(self).expect("a manifest is plain data") + "\n"
    }
}

/// An OpenLineage RunEvent (spec 2-0-2) of the release. `run` is a UUID; `at` is RFC 3339.
pub fn lineage_event(manifest: &Manifest, manifest_digest: &Digest, run: &str, at: &str) -> Value {
    let producer = "urn:assay";
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
            "facets": {"version": {
                "_producer": producer,
                "_schemaURL": "https://openlineage.io/spec/facets/1-0-0/DatasetVersionDatasetFacet.json#/$defs/DatasetVersionDatasetFacet",
                "datasetVersion": manifest.snapshot_root.to_string(),
            }},
        }],
        "outputs": [{
            "namespace": "assay",
            "name": format!("{}@{}/{}", manifest.dataset, manifest.snapshot, manifest.policy),
            "facets": {"version": {
                "_producer": producer,
                "_schemaURL": "https://openlineage.io/spec/facets/1-0-0/DatasetVersionDatasetFacet.json#/$defs/DatasetVersionDatasetFacet",
                "datasetVersion": manifest_digest.to_string(),
            }},
            "outputFacets": {"outputStatistics": {
                "_producer": producer,
                "_schemaURL": "https://openlineage.io/spec/facets/1-0-2/OutputStatisticsOutputDatasetFacet.json#/$defs/OutputStatisticsOutputDatasetFacet",
                "rowCount": manifest.samples,
                "size": manifest.files.iter().filter(|file| file.role == "train").map(|file| file.bytes).sum::<u64>(),
            }},
        }],
    })
}
