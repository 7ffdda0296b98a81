//! Samples as a release writes them: text from the source, facts from the index.

use std::collections::HashMap;

use assay_index::{Index, Located, Snapshot, Texts};
use assay_model::{Digest, Fault};
use assay_read::{map_digest, map_to_toml};
use assay_release::{Class, Dimension, Lineage, Row, RowEvidence, RowPart, StandsFor};
use serde_json::Value;

use crate::{Workspace, samples};

/// Reads the samples of a snapshot as rows.
pub(super) struct Reader {
    index: Index,
    texts: Texts,
    snapshot: Snapshot,
    dimensions: Vec<Dimension>,
    sources: HashMap<String, Source>,
    /// Maps of the snapshot's files, as TOML, by their digests.
    pub maps: Vec<(Digest, String)>,
}

/// A file of the snapshot: its digest and that of its map.
struct Source {
    file: Digest,
    map: Digest,
}

/// How a sample is written.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    pub sample: u64,
    pub weight: f64,
    pub copies: u64,
    pub stands_for: StandsFor,
}

impl Writing {
    /// Once, for what it is.
    pub fn plain(sample: u64) -> Self {
        Self {
            sample,
            weight: 1.0,
            copies: 1,
            stands_for: StandsFor::default(),
        }
    }
}

impl Reader {
    pub fn open(
        workspace: &Workspace,
        snapshot: &Snapshot,
        dimensions: Vec<Dimension>,
    ) -> Result<Self, Fault> {
        let index = workspace.index()?;
        let (mut sources, mut maps) = (HashMap::new(), Vec::new());
        for layout in index.layouts(snapshot)? {
            let map = map_digest(&layout.map);
            if maps.iter().all(|(known, _)| *known != map) {
                maps.push((map, map_to_toml(&layout.map)));
            }
            let file = layout.file.digest;
            sources.insert(layout.file.path, Source { file, map });
        }
        maps.sort();
        Ok(Self {
            texts: Texts::open(workspace.folder(), snapshot)?,
            snapshot: snapshot.clone(),
            index,
            dimensions,
            sources,
            maps,
        })
    }

    /// The first row of a sample; the others differ in their number. A source that changed is a fault.
    pub fn row(&mut self, writing: Writing) -> Result<Row, Fault> {
        let located = samples::located(&self.index, &self.snapshot, writing.sample)?;
        let read = self.texts.read(writing.sample)?;
        let (evidence, resolution) = self.index.evidence(writing.sample)?;
        let parts = samples::with_origins(read.mapped.parts, &resolution).into_iter();
        let source = self
            .sources
            .get(&located.path)
            .ok_or_else(|| Fault::internal("writing a release", "a sample's file is not in its snapshot"))?;
        Ok(Row {
            digest: read.digest,
            parts: parts
                .map(|part| RowPart {
                    role: part.role,
                    text: part.text,
                    origin: part.origin,
                    source_class: part.source_class,
                    confidence: part.confidence,
                })
                .collect(),
            weight: writing.weight,
            origin: located.origin,
            source_class: located.source_class,
            confidence: located.confidence,
            tokens: located.tokens,
            dimensions: self
                .dimensions
                .iter()
                .map(|dimension| (dimension.name.clone(), class(&located, dimension)))
                .collect(),
            evidence: evidence
                .iter()
                .map(|row| RowEvidence::of(&row.evidence))
                .collect(),
            lineage: Lineage {
                dataset: self.snapshot.dataset.clone(),
                snapshot: self.snapshot.number,
                file: source.file,
                map: source.map,
                line: located.line,
                place: samples::place_in_words(&located),
                path: located.path,
                id: located.id,
                stands_for: writing.stands_for,
                copy: 1,
                copies: writing.copies,
            },
        })
    }
}

/// What a sample declares: null is nothing, also inside a list.
fn class(located: &Located, dimension: &Dimension) -> Option<Class> {
    let texts: Vec<String> = match located.dimensions.get(&dimension.name)? {
        Value::Array(items) => items.iter().filter_map(text).collect(),
        one => text(one).into_iter().collect(),
    };
    match dimension.is_list {
        _ if texts.is_empty() => None,
        true => Some(Class::Several(texts)),
        false => texts.into_iter().next().map(Class::One),
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}
