//! How often is a declared label wrong?
//!
//! Two signs of it: reviewers gave another label, or a duplicate carries another one. The first becomes a rate, with an interval,
//! over random draws; the second is counted only, for pairs share their samples and are no independent draws. Which of two
//! labels is wrong is not said.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use assay_index::{Index, PairRow, Snapshot};
use assay_measure::estimators::interval::proportion;
use assay_model::{Digest, Fault, Task};
use assay_review::Sight;
use assay_review::labels::{self, Given};

use crate::protecting::named;
use crate::wire::{LabelDisagreement, LabelNoise, LabelsApart};

/// Samples and pairs that are listed at most.
const LISTED: usize = 200;
/// Dimensions that say where a sample comes from and not what it is.
const NO_LABELS: [&str; 5] = ["source", "license", "collected_at", "language", "path"];

/// What reviewers, as far as a reader may know of their answers, and duplicates say of the labels of a snapshot.
pub fn label_noise(
    index: &Index,
    snapshot: &Snapshot,
    sight: &Sight<'_>,
    dimension: Option<&str>,
    task: &Task,
) -> Result<LabelNoise, Fault> {
    let given = labels::given(sight)?;
    let dimensions: Vec<String> = index
        .dimensions(snapshot)?
        .into_iter()
        .filter(|(name, only_numbers)| !only_numbers && !NO_LABELS.contains(&name.as_str()))
        .map(|(name, _)| name)
        .collect();
    let chosen = match dimension {
        Some(name) if dimensions.iter().any(|known| known == name) => Some(name.to_owned()),
        _ => likeliest(index, &dimensions, &given)?,
    };
    let Some(dimension) = chosen else {
        return Ok(LabelNoise {
            dimensions,
            ..nothing()
        });
    };
    let mut found = LabelNoise {
        dimension,
        dimensions,
        ..nothing()
    };
    found.hold_against_reviewers(index, snapshot, &given, task)?;
    found.hold_against_duplicates(index, snapshot, task)?;
    Ok(found)
}

fn nothing() -> LabelNoise {
    LabelNoise {
        dimension: String::new(),
        dimensions: Vec::new(),
        audited: 0,
        disagreeing: 0,
        contradictory: 0,
        rate: None,
        disagreements: Vec::new(),
        filter: None,
        pairs: 0,
        pairs_apart: 0,
        samples_apart: 0,
        apart: Vec::new(),
        apart_filter: None,
    }
}

/// The dimension with the most classes that reviewers use as labels; without any, the first but `domain`.
fn likeliest(
    index: &Index,
    dimensions: &[String],
    given: &HashMap<Digest, Given>,
) -> Result<Option<String>, Fault> {
    let used: BTreeSet<String> = given
        .values()
        .flat_map(|given| given.labels.iter().map(|label| folded(label)))
        .collect();
    let mut best: Option<(usize, &String)> = None;
    for name in dimensions {
        let classes = index.classes_of(name)?;
        let shared = classes
            .iter()
            .filter(|class| used.contains(&folded(class)))
            .count();
        if shared > best.map_or(0, |(most, _)| most) {
            best = Some((shared, name));
        }
    }
    let first = || {
        let other = dimensions.iter().find(|name| *name != "domain");
        other.or_else(|| dimensions.first())
    };
    Ok(best.map(|(_, name)| name).or_else(first).cloned())
}

/// As labels are compared: `Rare case` is `rare_case`.
fn folded(label: &str) -> String {
    label.trim().to_lowercase().replace(['_', '-'], " ")
}

fn all_folded<'a>(labels: impl IntoIterator<Item = &'a String>) -> BTreeSet<String> {
    labels.into_iter().map(|label| folded(label)).collect()
}

impl LabelNoise {
    fn hold_against_reviewers(
        &mut self,
        index: &Index,
        snapshot: &Snapshot,
        given: &HashMap<Digest, Given>,
        task: &Task,
    ) -> Result<(), Fault> {
        let classes = all_folded(&index.classes_of(&self.dimension)?);
        let (mut drawn, mut drawn_wrong) = (0, 0);
        let mut wrong = BTreeSet::new();
        let by_digest: BTreeMap<&Digest, &Given> = given.iter().collect();
        for (digest, given) in by_digest {
            task.check()?;
            let Some(sample) = index.samples_with_digest(snapshot, digest)?.first().copied() else {
                continue;
            };
            if given.contradictory {
                self.contradictory += 1;
                continue;
            }
            let declared = index.values_of(sample, &self.dimension)?;
            let said: BTreeSet<String> = all_folded(&given.labels)
                .intersection(&classes)
                .cloned()
                .collect();
            if declared.is_empty() || said.is_empty() {
                continue;
            }
            let differs = said.is_disjoint(&all_folded(&declared));
            self.audited += 1;
            drawn += u64::from(given.drawn);
            if !differs {
                continue;
            }
            self.disagreeing += 1;
            drawn_wrong += u64::from(given.drawn);
            wrong.insert(*digest);
            if self.disagreements.len() < LISTED {
                self.disagreements.push(LabelDisagreement {
                    sample,
                    digest: digest.to_string(),
                    preview: index.preview(sample)?,
                    declared,
                    given: given.labels.iter().cloned().collect(),
                    drawn: given.drawn,
                });
            }
        }
        self.rate = proportion(drawn_wrong, drawn);
        self.filter = (!wrong.is_empty()).then(|| named(&wrong).to_string());
        Ok(())
    }

    fn hold_against_duplicates(
        &mut self,
        index: &Index,
        snapshot: &Snapshot,
        task: &Task,
    ) -> Result<(), Fault> {
        let mut apart: Vec<(PairRow, [Vec<String>; 2])> = Vec::new();
        let mut samples = BTreeSet::new();
        index.each_pair(snapshot, &mut |pair| {
            task.check()?;
            if !pair.accepted {
                return Ok(());
            }
            let labels = [
                index.values_of(pair.a, &self.dimension)?,
                index.values_of(pair.b, &self.dimension)?,
            ];
            if labels.iter().any(Vec::is_empty) {
                return Ok(());
            }
            self.pairs += 1;
            if all_folded(&labels[0]).is_disjoint(&all_folded(&labels[1])) {
                self.pairs_apart += 1;
                samples.extend([pair.a, pair.b]);
                apart.push((pair, labels));
            }
            Ok(())
        })?;
        self.samples_apart = samples.len() as u64;
        let digests_of = |samples: &[u64]| -> Result<BTreeSet<Digest>, Fault> {
            Ok(index.digests_of(samples)?.into_iter().collect())
        };
        let first: Vec<u64> = samples.into_iter().take(LISTED).collect();
        if !first.is_empty() {
            self.apart_filter = Some(named(&digests_of(&first)?).to_string());
        }
        apart.sort_by(|(a, _), (b, _)| b.jaccard.total_cmp(&a.jaccard));
        for (pair, [label_a, label_b]) in apart.into_iter().take(LISTED) {
            self.apart.push(LabelsApart {
                a: pair.a,
                b: pair.b,
                preview: index.preview(pair.a)?,
                kind: pair.kind,
                jaccard: pair.jaccard,
                label_a,
                label_b,
                filter: named(&digests_of(&[pair.a, pair.b])?).to_string(),
            });
        }
        Ok(())
    }
}
