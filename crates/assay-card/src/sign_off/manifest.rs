//! Every file and every sample of a snapshot, one a line, from which its roots can be computed again.

use assay_model::merkle::{self, TreeHasher};
use assay_model::{Digest, canonical};
use serde::{Deserialize, Serialize};

/// A source file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestFile {
    pub bytes: u64,
    pub digest: Digest,
    pub path: String,
}

/// A sample: SHA-256 of its text, and the leaf hash of its facts (origins, classes, dimensions).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestSample {
    pub digest: Digest,
    pub facts: Digest,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Sample(ManifestSample),
    File(ManifestFile),
}

/// Writes a manifest: files in their order, then samples, which the caller gives in byte order of digest and facts.
pub fn manifest(
    files: &[ManifestFile],
    samples: impl IntoIterator<Item = ManifestSample>,
) -> Result<String, String> {
    let mut out = String::new();
    let files = files.iter().cloned().map(Line::File);
    for line in files.chain(samples.into_iter().map(Line::Sample)) {
        out += &written(&line)?;
        out.push('\n');
    }
    Ok(out)
}

fn written(line: &Line) -> Result<String, String> {
    let value = serde_json::to_value(line).map_err(|error| error.to_string())?;
    canonical::to_string(&value).map_err(|error| error.to_string())
}

/// What a manifest comes to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Roots {
    pub samples: u64,
    pub root: Digest,
    pub facts_root: Digest,
}

/// Computes snapshot root and facts root from a manifest.
pub(super) fn roots(text: &str) -> Result<Roots, String> {
    let (mut root, mut facts) = (TreeHasher::default(), TreeHasher::default());
    for (number, line) in text.lines().enumerate() {
        let read: Line =
            serde_json::from_str(line).map_err(|error| format!("line {}: {error}", number + 1))?;
        if let Line::Sample(sample) = read {
            root.push(merkle::leaf(&sample.digest.0));
            facts.push(sample.facts);
        }
    }
    Ok(Roots {
        samples: root.size(),
        root: root.root(),
        facts_root: facts.root(),
    })
}
