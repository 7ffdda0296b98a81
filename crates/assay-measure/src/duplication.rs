//! Which samples say the same again, and which of them stays?
//!
//! Rates count rows. Each level holds the stronger ones: near clusters hold all copies of the texts that were
//! found near, and copies without a near text are a cluster of their own.

use std::collections::BTreeMap;

use assay_model::report::{self, Duplication, OriginPairs, SizeBin, SourcePairs, SourceRemoval};
use assay_model::{Fault, Origin, Progress, Stage, Task};
use assay_near::{Near, ShingleReader, Standing, TextSets};
use rustc_hash::FxHashMap;

use crate::columns::Samples;
use crate::composition::rate;
use crate::groups::{Groups, Tally, standings};
use crate::{Cluster, Inputs, Kind, Member, Pair, Sink};

/// Sources, and pairs of them, that are listed.
const SOURCES_LISTED: usize = 200;
/// A source that would lose a greater share than this is warned of.
const REMOVAL_WARNED: f64 = 0.5;

/// The rates, and what they rest on.
pub(crate) struct Found {
    pub duplication: Duplication,
    pub groups: Groups,
    pub kept: Kept,
}

/// Which rows stay when redundant ones go.
pub(crate) struct Kept {
    /// When the representative stays.
    pub best: Vec<bool>,
    /// When merely the first of each cluster stays.
    pub first: Vec<bool>,
}

/// Finds duplicates of every kind and hands the evidence to `sink`.
pub(crate) fn find(
    inputs: &Inputs,
    samples: &Samples,
    sink: &mut dyn Sink,
    task: &Task,
) -> Result<Found, Fault> {
    let standings = standings(samples, &inputs.gold);
    let groups = Groups::of(samples, &standings);
    let (exact, normalised) = groups.totals(samples);
    let texts = texts_with_shingles(samples, &groups);
    let settings = assay_near::Settings {
        jaccard: inputs.settings.jaccard,
        containment: inputs.settings.containment,
        ..assay_near::Settings::default()
    };
    let near = join(inputs, samples, &groups, &texts, &standings, &settings, task)?;

    let evidence = Evidence {
        samples,
        groups: &groups,
        standings: &standings,
        texts: &texts,
        settings: &settings,
    };
    let clusters = evidence.clusters(&near);
    let mut pairs = PairCounts::default();
    evidence.hand_over_pairs(&near, &mut pairs, sink, task)?;
    let mut tally = Tally::default();
    let mut sizes = Vec::with_capacity(clusters.len());
    let mut kept = Kept {
        best: vec![true; samples.len()],
        first: vec![true; samples.len()],
    };
    for (cluster, id) in clusters.iter().zip(1..) {
        tally.add(samples, &cluster.rows());
        sizes.push(cluster.rows().len() as u64);
        kept.drop_all_but_one(samples, cluster);
        sink.cluster(evidence.named(cluster, id))?;
    }

    let accepted = near
        .pairs
        .iter()
        .filter(|pair| pair.is_accepted(&settings))
        .count() as u64;
    let near = report::Near {
        threshold: settings.jaccard,
        clusters: tally.groups,
        redundant: tally.redundant,
        rate: rate(tally.redundant, samples.len() as u64),
        token_rate: rate(tally.tokens, samples.total_tokens()),
        verified_pairs: accepted,
        rejected_pairs: near.pairs.len() as u64 - accepted,
        crowded_texts: near.crowded.len() as u64,
        histogram: histogram(&sizes),
    };
    let by_source = pairs.by_source(samples);
    let by_origin = pairs
        .by_origin
        .into_iter()
        .map(|((a, b), pairs)| OriginPairs { a, b, pairs })
        .collect();
    let duplication = Duplication {
        exact,
        normalised,
        near,
        passages: report::Passages::default(),
        by_origin,
        by_source,
        removal: removal(samples, &kept.best),
    };
    Ok(Found {
        duplication,
        groups,
        kept,
    })
}

/// Groups long enough to have a shingle, in the order in which their sets are stored.
fn texts_with_shingles(samples: &Samples, groups: &Groups) -> Vec<u32> {
    let mut texts: Vec<u32> = (0..groups.len() as u32)
        .filter(|&group| samples.shingles[groups.best(group as usize) as usize] > 0)
        .collect();
    texts.sort_unstable_by_key(|&group| groups.best(group as usize));
    texts
}

fn join(
    inputs: &Inputs,
    samples: &Samples,
    groups: &Groups,
    texts: &[u32],
    standings: &[Standing],
    settings: &assay_near::Settings,
    task: &Task,
) -> Result<Near, Fault> {
    let open = |segment: &crate::Segment| ShingleReader::open(&segment.folder);
    let readers = inputs.segments.iter().map(open).collect::<Result<Vec<_>, _>>()?;
    for &(segment, row) in &samples.found_at {
        if row as usize >= readers[segment as usize].rows() {
            return Err(Fault::internal(
                "reading feature columns",
                "a sample has no shingle row",
            ));
        }
    }
    let best = |&group: &u32| groups.best(group as usize) as usize;
    let rows = texts.iter().map(|group| samples.found_at[best(group)]).collect();
    let sets = TextSets::new(readers, rows);
    let standings: Vec<Standing> = texts.iter().map(|group| standings[best(group)]).collect();
    let report = |fraction| {
        task.report(&Progress {
            stage: Stage::Duplication,
            fraction,
            ..Progress::default()
        })
    };
    assay_near::find(&sets, &standings, settings, task, &report)
}

/// A cluster by rows.
struct RowCluster {
    representative: u32,
    /// Row, and Jaccard similarity and containment against the representative's text.
    members: Vec<(u32, f64, f64)>,
}

impl RowCluster {
    /// All rows, the representative first.
    fn rows(&self) -> Vec<u32> {
        std::iter::once(self.representative)
            .chain(self.members.iter().map(|member| member.0))
            .collect()
    }
}

impl Kept {
    fn drop_all_but_one(&mut self, samples: &Samples, cluster: &RowCluster) {
        let rows = cluster.rows();
        let first = rows
            .iter()
            .copied()
            .min_by_key(|&row| (samples.place[row as usize], row));
        for &row in &rows {
            self.best[row as usize] = row == cluster.representative;
            self.first[row as usize] = Some(row) == first;
        }
    }
}

/// Turns texts back into rows and samples.
struct Evidence<'a> {
    samples: &'a Samples,
    groups: &'a Groups,
    standings: &'a [Standing],
    /// The group of each joined text.
    texts: &'a [u32],
    settings: &'a assay_near::Settings,
}

impl Evidence<'_> {
    fn rows(&self, text: u32) -> &[u32] {
        self.groups.rows(self.texts[text as usize] as usize)
    }

    /// Stars of texts with all their copies, and groups of copies that are in no star; by place of the representative.
    fn clusters(&self, near: &Near) -> Vec<RowCluster> {
        let mut in_star = vec![false; self.groups.len()];
        let mut clusters = Vec::with_capacity(near.stars.len());
        for star in &near.stars {
            let copies = self.rows(star.representative);
            let mut members: Vec<(u32, f64, f64)> = copies[1..].iter().map(|&row| (row, 1.0, 1.0)).collect();
            in_star[self.texts[star.representative as usize] as usize] = true;
            for member in &star.members {
                in_star[self.texts[member.text as usize] as usize] = true;
                members.extend(
                    self.rows(member.text)
                        .iter()
                        .map(|&row| (row, member.jaccard, member.containment)),
                );
            }
            clusters.push(RowCluster {
                representative: copies[0],
                members,
            });
        }
        for group in self.groups.with_copies().filter(|&group| !in_star[group]) {
            let rows = self.groups.rows(group);
            let members = rows[1..].iter().map(|&row| (row, 1.0, 1.0)).collect();
            clusters.push(RowCluster {
                representative: rows[0],
                members,
            });
        }
        for cluster in &mut clusters {
            cluster
                .members
                .sort_unstable_by_key(|member| (self.standings[member.0 as usize], member.0));
        }
        clusters.sort_unstable_by_key(|cluster| self.place(cluster.representative));
        clusters
    }

    fn place(&self, row: u32) -> (u64, u32) {
        (self.samples.place[row as usize], row)
    }

    fn kind(&self, row: u32, representative: u32) -> Kind {
        let (a, b) = (row as usize, representative as usize);
        let samples = self.samples;
        if samples.digest[a] == samples.digest[b] {
            Kind::Exact
        } else if !samples.normalised_empty[a] && samples.normalised[a] == samples.normalised[b] {
            Kind::Normalised
        } else {
            Kind::Near
        }
    }

    fn named(&self, cluster: &RowCluster, id: u64) -> Cluster {
        let (sample, representative) = (&self.samples.sample, cluster.representative);
        let best_member = cluster.members[0].0;
        let reason =
            self.standings[representative as usize].reason_over(&self.standings[best_member as usize]);
        let members = cluster.members.iter().map(|&(row, jaccard, containment)| Member {
            sample: sample[row as usize],
            kind: self.kind(row, representative),
            jaccard,
            containment,
        });
        Cluster {
            id,
            representative: sample[representative as usize],
            reason: reason.as_str(),
            members: members.collect(),
        }
    }

    /// Copies by stars, and every pair of distinct texts that was compared in full.
    fn hand_over_pairs(
        &self,
        near: &Near,
        counts: &mut PairCounts,
        sink: &mut dyn Sink,
        task: &Task,
    ) -> Result<(), Fault> {
        let sample = &self.samples.sample;
        let mut count = |a: u32, b: u32| counts.add(self.samples, a, b);
        for group in self.groups.with_copies() {
            task.check()?;
            let rows = self.groups.rows(group);
            let representative = rows[0];
            for &row in &rows[1..] {
                count(representative, row);
                let (a, b) = (sample[representative as usize], sample[row as usize]);
                let kind = self.kind(row, representative);
                sink.pair(Pair {
                    a,
                    b,
                    kind,
                    jaccard: 1.0,
                    containment: 1.0,
                    accepted: true,
                    representative: Some(a),
                })?;
            }
        }
        let mut beside = vec![u32::MAX; self.texts.len()];
        for star in &near.stars {
            star.members
                .iter()
                .for_each(|member| beside[member.text as usize] = star.representative);
        }
        for pair in &near.pairs {
            let (mut a, mut b) = (self.rows(pair.a)[0], self.rows(pair.b)[0]);
            if self.place(b) < self.place(a) {
                std::mem::swap(&mut a, &mut b);
            }
            let accepted = pair.is_accepted(self.settings);
            if accepted {
                count(a, b);
            }
            let representative = match (
                beside[pair.b as usize] == pair.a,
                beside[pair.a as usize] == pair.b,
            ) {
                (true, _) => Some(sample[self.rows(pair.a)[0] as usize]),
                (_, true) => Some(sample[self.rows(pair.b)[0] as usize]),
                _ => None,
            };
            let (jaccard, containment) = (pair.jaccard(), pair.containment());
            let (a, b) = (sample[a as usize], sample[b as usize]);
            sink.pair(Pair {
                a,
                b,
                kind: Kind::Near,
                jaccard,
                containment,
                accepted,
                representative,
            })?;
        }
        Ok(())
    }
}

/// Accepted pairs by what the two samples are.
#[derive(Default)]
struct PairCounts {
    by_origin: BTreeMap<(Origin, Origin), u64>,
    /// By numbers of names.
    by_source: FxHashMap<(u32, u32), u64>,
}

impl PairCounts {
    fn add(&mut self, samples: &Samples, a: u32, b: u32) {
        let (a, b) = (a as usize, b as usize);
        let (origin_a, origin_b) = (samples.origin[a], samples.origin[b]);
        *self
            .by_origin
            .entry((origin_a.min(origin_b), origin_a.max(origin_b)))
            .or_default() += 1;
        let (source_a, source_b) = (samples.source[a], samples.source[b]);
        *self
            .by_source
            .entry((source_a.min(source_b), source_a.max(source_b)))
            .or_default() += 1;
    }

    fn by_source(&self, samples: &Samples) -> Vec<SourcePairs> {
        let named = self.by_source.iter().map(|(&(a, b), &pairs)| {
            let (a, b) = (samples.names.name(a), samples.names.name(b));
            SourcePairs {
                a: a.min(b).to_owned(),
                b: a.max(b).to_owned(),
                pairs,
            }
        });
        let mut rows: Vec<SourcePairs> = named.collect();
        rows.sort_unstable_by(|x, y| (y.pairs, &x.a, &x.b).cmp(&(x.pairs, &y.a, &y.b)));
        rows.truncate(SOURCES_LISTED);
        rows
    }
}

/// What each source would lose, so that no removal wipes one out unseen.
fn removal(samples: &Samples, kept: &[bool]) -> Vec<SourceRemoval> {
    let mut of_source: FxHashMap<u32, (u64, u64)> = FxHashMap::default();
    for (&source, &kept) in samples.source.iter().zip(kept) {
        let count = of_source.entry(source).or_default();
        count.0 += 1;
        count.1 += u64::from(!kept);
    }
    let mut rows: Vec<SourceRemoval> = of_source
        .into_iter()
        .filter(|(_, (_, redundant))| *redundant > 0)
        .map(|(source, (all, redundant))| SourceRemoval {
            source: samples.names.name(source).to_owned(),
            samples: all,
            redundant,
            share: rate(redundant, all),
            warned: rate(redundant, all) > REMOVAL_WARNED,
        })
        .collect();
    rows.sort_unstable_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.source.cmp(&b.source)));
    rows.truncate(SOURCES_LISTED);
    rows
}

/// Clusters by size in bins of 2, 3-4, 5-8 and so on, up to the largest.
fn histogram(sizes: &[u64]) -> Vec<SizeBin> {
    let bin_of = |size: u64| size.next_power_of_two().trailing_zeros() as usize - 1;
    let bins = sizes.iter().map(|&size| bin_of(size) + 1).max().unwrap_or(0);
    let bin = |bin: usize| SizeBin {
        from: (1 << bin) + 1,
        to: 2 << bin,
        clusters: 0,
        samples: 0,
    };
    let mut histogram: Vec<SizeBin> = (0..bins).map(bin).collect();
    for &size in sizes {
        let bin = &mut histogram[bin_of(size)];
        bin.clusters += 1;
        bin.samples += size;
    }
    histogram
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_of_sizes_double() {
        let bins: Vec<_> = histogram(&[2, 2, 3, 4, 5, 9])
            .iter()
            .map(|b| (b.from, b.to, b.clusters, b.samples))
            .collect();
        assert_eq!(bins, [(2, 2, 2, 4), (3, 4, 2, 7), (5, 8, 1, 5), (9, 16, 1, 9)]);
    }
}
