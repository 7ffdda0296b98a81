//! Who made the parts of a snapshot, by role: the composition of what a field of a catalogue describes.

use std::collections::BTreeMap;

use assay_model::resolution::{Effect, effect, speaks_of};
use assay_model::{Evidence, Fault, Origin, SourceClass, Task, resolve};
use rusqlite::Row;

use super::stored::{Beside, PartRow, read};
use crate::{Index, Snapshot, fault};

/// Samples between two looks at whether the task goes on.
const TOGETHER: u64 = 4_096;

/// Parts of one role that were made in one way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Authorship {
    pub role: String,
    pub origin: Origin,
    pub source_class: SourceClass,
    /// As the evidence that decided names it; empty where none does.
    pub generator: String,
}

impl Index {
    /// Parts by role, origin, source class and generator, counted. Samples that an older Assay indexed have no roles and are left out.
    pub fn authorship(&self, snapshot: &Snapshot, task: &Task) -> Result<BTreeMap<Authorship, u64>, Fault> {
        let failed = fault::sql("reading who made the parts");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT se.part, e.id, se.addition, e.kind, e.origin, e.source_class, e.confidence, e.source, e.value,
                        e.generator, se.record, d.id, d.parts
                 FROM snapshot_file sf JOIN file f ON f.id = sf.file
                 CROSS JOIN sample_detail d ON d.id >= f.first AND d.id < f.first + f.indexed
                 LEFT JOIN sample_evidence se ON se.sample = d.id
                 LEFT JOIN evidence e ON e.id = se.evidence
                 WHERE sf.snapshot = ?1 AND d.parts IS NOT NULL ORDER BY d.id, se.addition, se.part, e.id",
            )
            .map_err(&failed)?;
        let mut rows = statement.query([snapshot.id]).map_err(&failed)?;
        let mut counts = BTreeMap::new();
        let mut seen = 0;
        let mut sample: Option<(i64, Vec<PartRow>, Vec<Beside>)> = None;
        while let Some(row) = rows.next().map_err(&failed)? {
            let id: i64 = row.get(11).map_err(&failed)?;
            if sample.as_ref().is_none_or(|(last, ..)| *last != id) {
                if let Some((_, parts, beside)) = sample.take() {
                    count(&mut counts, &parts, &beside);
                }
                let bytes: Vec<u8> = row.get(12).map_err(&failed)?;
                sample = Some((id, PartRow::from_bytes(&bytes)?, Vec::new()));
                seen += 1;
                if seen % TOGETHER == 0 {
                    task.check()?;
                }
            }
            if let (Some((_, _, beside)), Some(found)) = (&mut sample, evidence(row).map_err(&failed)?) {
                beside.push(found);
            }
        }
        if let Some((_, parts, beside)) = sample {
            count(&mut counts, &parts, &beside);
        }
        Ok(counts)
    }
}

/// The evidence of a row; a sample without any has one row that holds none.
fn evidence(row: &Row<'_>) -> rusqlite::Result<Option<Beside>> {
    let id: Option<i64> = row.get(1)?;
    id.map(|_| read(row)).transpose()
}

fn count(counts: &mut BTreeMap<Authorship, u64>, parts: &[PartRow], beside: &[Beside]) {
    let evidence: Vec<Evidence> = beside.iter().flat_map(|row| row.spoken(parts)).collect();
    let resolution = resolve(parts.len(), &evidence);
    for ((place, part), resolved) in (0..).zip(parts).zip(&resolution.parts) {
        let decides = |each: &&Evidence| {
            speaks_of(each, place) && effect(each, resolved) == Effect::Decides && each.generator.is_some()
        };
        let generator = evidence
            .iter()
            .find(decides)
            .and_then(|each| each.generator.clone());
        let made = Authorship {
            role: part.role.clone(),
            origin: resolved.origin,
            source_class: resolved.source_class,
            generator: generator.unwrap_or_default(),
        };
        *counts.entry(made).or_default() += 1;
    }
}
