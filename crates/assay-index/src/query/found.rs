//! Classes that no column holds: the words and bigrams of texts, found by reading the texts again.
//!
//! Every text of the snapshot is read, by cores side by side, a bounded number of tokens at a time, and its words are told
//! under the origin that each part has now. A source that no longer holds what was indexed is a fault: without its texts the
//! counts would be others than coverage's. Deliberately absent: bigrams of a snapshot whose report counted them in a sample.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use assay_model::{Code, Fault, Origin, Task};
use rayon::prelude::*;

use super::classes::Observation;
use crate::database::Index;
use crate::fault;
use crate::snapshots::Snapshot;
use crate::texts::Texts;

/// Tokens of the texts that are held at a time, about.
const TOGETHER: u64 = 1 << 20;
/// Samples that a core reads at a time.
const BATCH: usize = 64;

/// A unit whose classes are found in texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Word,
    /// Two neighbouring words of one part.
    Bigram,
}

impl Found {
    /// The unit of this name, as coverage calls it beside these dimensions.
    pub fn called(name: &str, dimensions: &[String]) -> Option<Self> {
        let is_taken = |name: &str| dimensions.iter().any(|dimension| dimension == name);
        match name {
            _ if is_taken(name) => None,
            "word" => Some(Self::Word),
            "bigram" => Some(Self::Bigram),
            "derived_bigram" if is_taken("bigram") => Some(Self::Bigram),
            _ => None,
        }
    }

    /// Hands over the classes of a normalised text, each as often as it occurs.
    fn each(self, normalised: &str, mut with: impl FnMut(&str)) {
        let mut words = assay_sketch::tokens(normalised);
        if self == Self::Word {
            words.for_each(with);
            return;
        }
        let Some(mut before) = words.next() else { return };
        let mut pair = String::new();
        for word in words {
            pair.clear();
            pair.extend([before, " ", word]);
            with(&pair);
            before = word;
        }
    }
}

/// A sample whose text is read.
struct Reread {
    sample: u64,
    tokens: u64,
    origin: Origin,
    redundant: bool,
}

/// A part that was read.
struct ReadPart {
    sample: u64,
    origin: Origin,
    redundant: bool,
    normalised: String,
}

impl Index {
    /// Hands every observation of a unit's classes in a snapshot to `with`, sample by sample.
    pub(super) fn each_found(
        &self,
        snapshot: &Snapshot,
        unit: Found,
        task: &Task,
        mut with: impl FnMut(Observation<'_>),
    ) -> Result<(), Fault> {
        let readers = Readers::of(self.folder(), snapshot);
        for together in batches(&self.reread(snapshot)?) {
            let read: Vec<Vec<ReadPart>> = together
                .par_chunks(BATCH)
                .map(|batch| task.check().and_then(|()| readers.read(batch)))
                .collect::<Result<_, Fault>>()?;
            for part in read.iter().flatten() {
                unit.each(&part.normalised, |class| {
                    with(Observation {
                        class,
                        sample: part.sample,
                        origin: part.origin.as_str(),
                        redundant: part.redundant,
                    });
                });
            }
        }
        Ok(())
    }

    /// Refuses a unit that the report counted in some of the texts only: a filter over all of them would count otherwise.
    pub(super) fn check_counted_whole(&self, snapshot: &Snapshot, unit: Found) -> Result<(), Fault> {
        if unit == Found::Word {
            return Ok(());
        }
        let dimensions = self.dimension_names(snapshot)?;
        let report = self.report(snapshot)?;
        let sampled = report.iter().flat_map(|report| &report.coverage).any(|counted| {
            Found::called(&counted.unit, &dimensions) == Some(unit) && counted.sampled.is_some()
        });
        if !sampled {
            return Ok(());
        }
        Err(Fault::new(
            Code::InvalidExpression,
            format!(
                "the bigrams of {}@{} were counted in a sample of its texts, so no filter finds theirs",
                snapshot.dataset, snapshot.number
            ),
            "ask for words, which are counted in every text",
        ))
    }

    fn reread(&self, snapshot: &Snapshot) -> Result<Vec<Reread>, Fault> {
        let failed = fault::sql("listing texts");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT s.id, s.tokens, s.origin, EXISTS (SELECT 1 FROM cluster_member m
                     WHERE m.snapshot = ?1 AND m.sample = s.id AND m.redundant != '')
                 FROM snapshot_file sf CROSS JOIN file f ON f.id = sf.file
                 CROSS JOIN sample s ON s.id >= f.first AND s.id < f.first + f.indexed WHERE sf.snapshot = ?1",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map([snapshot.id], |row| {
                Ok(Reread {
                    sample: row.get::<_, i64>(0)? as u64,
                    tokens: row.get::<_, i64>(1)? as u64,
                    origin: Origin::parse(row.get_ref(2)?.as_str()?).unwrap_or_default(),
                    redundant: row.get(3)?,
                })
            })
            .map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }
}

/// Runs of samples that together hold about as many tokens as may be held; a longer text stands alone.
fn batches(samples: &[Reread]) -> impl Iterator<Item = &[Reread]> {
    let mut rest = samples;
    std::iter::from_fn(move || {
        let mut tokens = 0;
        let most = rest
            .iter()
            .take_while(|sample| {
                tokens += sample.tokens + 1;
                tokens <= TOGETHER
            })
            .count();
        let (batch, behind) = rest.split_at(most.max(1).min(rest.len()));
        rest = behind;
        (!batch.is_empty()).then_some(batch)
    })
}

/// Readers of one snapshot's texts, each with the files of its last look still open.
struct Readers<'a> {
    folder: &'a Path,
    snapshot: &'a Snapshot,
    idle: Mutex<Vec<Texts>>,
}

impl<'a> Readers<'a> {
    fn of(folder: &'a Path, snapshot: &'a Snapshot) -> Self {
        Self {
            folder,
            snapshot,
            idle: Mutex::default(),
        }
    }

    fn read(&self, samples: &[Reread]) -> Result<Vec<ReadPart>, Fault> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut texts = match idle {
            Some(texts) => texts,
            None => Texts::open(self.folder, self.snapshot)?,
        };
        let mut parts = Vec::new();
        for sample in samples {
            add_parts(&mut texts, sample, &mut parts)?;
        }
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(texts);
        Ok(parts)
    }
}

/// Reads a sample's parts. Only where they differ does the part's own origin decide.
fn add_parts(texts: &mut Texts, sample: &Reread, parts: &mut Vec<ReadPart>) -> Result<(), Fault> {
    let read = texts.read(sample.sample)?;
    let differing = if sample.origin == Origin::Mixed {
        texts.part_origins(sample.sample)?
    } else {
        Vec::new()
    };
    for (number, part) in read.mapped.parts.iter().enumerate() {
        parts.push(ReadPart {
            sample: sample.sample,
            origin: differing.get(number).copied().unwrap_or(sample.origin),
            redundant: sample.redundant,
            normalised: assay_sketch::normalise(&part.text),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(unit: Found, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        unit.each(&assay_sketch::normalise(text), |class| {
            found.push(class.to_owned())
        });
        found
    }

    #[test]
    fn words_and_their_neighbours_are_found_as_coverage_counts_them() {
        assert_eq!(
            found(Found::Word, "Rain, on the RAIN."),
            ["rain", "on", "the", "rain"]
        );
        assert_eq!(
            found(Found::Bigram, "Rain, on the RAIN."),
            ["rain on", "on the", "the rain"]
        );
        assert!(found(Found::Bigram, "rain").is_empty() && found(Found::Bigram, "").is_empty());
    }

    #[test]
    fn a_mapped_dimension_is_meant_before_a_unit_of_its_name() {
        let dimensions = ["bigram".to_owned(), "word".to_owned()];
        assert_eq!(Found::called("word", &[]), Some(Found::Word));
        assert_eq!(Found::called("bigram", &[]), Some(Found::Bigram));
        assert_eq!(Found::called("derived_bigram", &[]), None);
        assert_eq!(Found::called("derived_bigram", &dimensions), Some(Found::Bigram));
        assert_eq!(Found::called("bigram", &dimensions), None);
        assert_eq!(Found::called("word", &dimensions), None);
    }

    #[test]
    fn what_is_held_at_a_time_is_bounded_and_nothing_is_left_out() {
        let samples: Vec<Reread> = [TOGETHER / 2, TOGETHER / 4, TOGETHER * 3, 0, 5]
            .into_iter()
            .zip(0..)
            .map(|(tokens, sample)| Reread {
                sample,
                tokens,
                origin: Origin::Human,
                redundant: false,
            })
            .collect();
        let held: Vec<Vec<u64>> = batches(&samples)
            .map(|batch| batch.iter().map(|each| each.sample).collect())
            .collect();
        assert_eq!(held, [vec![0, 1], vec![2], vec![3, 4]]);
        assert_eq!(batches(&[]).count(), 0);
    }
}
