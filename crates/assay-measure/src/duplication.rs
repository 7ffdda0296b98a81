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
use crate::judgements::ApartGroups;
use crate::{Cluster, Inputs, Judged, Kind, Member, Pair, Sink};

/// Sources, and pairs of them, that are listed.
const SOURCES_LISTED: usize = 200;

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
    let standings = standings(samples, &inputs.gold, &inputs.judgements);
    let groups = Groups::of(samples, &standings, &inputs.judgements);
    let apart = ApartGroups::of(&inputs.judgements, samples, &groups);
    let (exact, normalised) = groups.totals(samples);
    let texts = texts_with_shingles(samples, &groups);
    let settings = assay_near::Settings {
        jaccard: inputs.settings.jaccard,
        containment: inputs.settings.containment,
        ..assay_near::Settings::default()
    };
    let evidence = Evidence {
        samples,
        groups: &groups,
        standings: &standings,
        texts: &texts,
        apart: &apart,
        kept: inputs.judgements.kept_ranks(),
        settings: &settings,
    };
    let near = evidence.join(inputs, task)?;
    let levels = evidence.levels();
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
        sink.cluster(evidence.named(cluster, id, &levels))?;
    }

    let near = report::Near {
        threshold: settings.jaccard,
        clusters: tally.groups,
        redundant: tally.redundant,
        rate: rate(tally.redundant, samples.len() as u64),
        token_rate: rate(tally.tokens, samples.total_tokens()),
        verified_pairs: pairs.accepted,
        rejected_pairs: pairs.rejected,
        judged_apart: pairs.judged_apart,
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
        removal: removal(samples, &kept.best, inputs.settings.removal_limit),
        removal_limit: inputs.settings.removal_limit,
        inside: Vec::new(),
        keep_policy: inputs.judgements.policy,
        keep_policy_reason: inputs
            .judgements
            .policy_reason
            .as_ref()
            .map_or(String::new(), |judged| {
                format!("{}: {}", judged.by, judged.reason)
            }),
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

/// Pairs of groups as pairs of the texts that are joined.
fn apart_texts(apart: &ApartGroups<'_>, texts: &[u32]) -> assay_near::Apart {
    let pairs = apart.pairs();
    let mut found = assay_near::Apart::default();
    if pairs.is_empty() {
        return found;
    }
    let text_of: FxHashMap<u32, u32> = texts.iter().copied().zip(0..).collect();
    for (a, b) in pairs {
        if let (Some(&a), Some(&b)) = (text_of.get(&a), text_of.get(&b)) {
            found.add(a, b);
        }
    }
    found
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
    apart: &'a ApartGroups<'a>,
    /// Samples that somebody said stay.
    kept: FxHashMap<assay_model::Digest, (u32, &'a Judged)>,
    settings: &'a assay_near::Settings,
}

impl Evidence<'_> {
    fn join(&self, inputs: &Inputs, task: &Task) -> Result<Near, Fault> {
        let open = |segment: &crate::Segment| ShingleReader::open(&segment.folder);
        let readers = inputs.segments.iter().map(open).collect::<Result<Vec<_>, _>>()?;
        for &(segment, row) in &self.samples.found_at {
            if row as usize >= readers[segment as usize].rows() {
                return Err(Fault::internal(
                    "reading feature columns",
                    "a sample has no shingle row",
                ));
            }
        }
        let best = |&group: &u32| self.groups.best(group as usize) as usize;
        let rows = self
            .texts
            .iter()
            .map(|group| self.samples.found_at[best(group)])
            .collect();
        let sets = TextSets::new(readers, rows);
        let standings: Vec<Standing> = self
            .texts
            .iter()
            .map(|group| self.standings[best(group)])
            .collect();
        let report = |fraction| {
            task.report(&Progress {
                stage: Stage::Duplication,
                fraction,
                ..Progress::default()
            })
        };
        let apart = apart_texts(self.apart, self.texts);
        assay_near::find(&sets, &standings, &apart, self.settings, task, &report)
    }

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

    /// The strongest level at which each row would be redundant: as a copy of its digest, of its normalised text, or near.
    fn levels(&self) -> Vec<Kind> {
        let mut levels = vec![Kind::Near; self.samples.len()];
        for group in self.groups.with_copies() {
            for &row in &self.groups.rows(group)[1..] {
                levels[row as usize] = Kind::Normalised;
            }
            for copies in self.groups.by_digest(self.samples, group) {
                for &row in &copies[1..] {
                    levels[row as usize] = Kind::Exact;
                }
            }
        }
        levels
    }

    fn reason(&self, representative: u32, best_member: u32) -> String {
        let standing = &self.standings[representative as usize];
        let reason = standing.reason_over(&self.standings[best_member as usize]);
        match self.kept.get(&self.samples.digest[representative as usize]) {
            // Beside a copy of the same text, which is as much chosen, too.
            Some((_, judged)) if standing.is_chosen() => {
                format!("kept by {}: {}", judged.by, judged.reason)
            }
            _ => reason.as_str().to_owned(),
        }
    }

    fn named(&self, cluster: &RowCluster, id: u64, levels: &[Kind]) -> Cluster {
        let (sample, representative) = (&self.samples.sample, cluster.representative);
        let reason = self.reason(representative, cluster.members[0].0);
        let members = cluster.members.iter().map(|&(row, jaccard, containment)| Member {
            sample: sample[row as usize],
            kind: self.kind(row, representative),
            redundant: levels[row as usize],
            jaccard,
            containment,
        });
        Cluster {
            id,
            representative: sample[representative as usize],
            reason,
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
        for group in self.groups.with_copies() {
            task.check()?;
            let rows = self.groups.rows(group);
            let representative = rows[0];
            for &row in &rows[1..] {
                counts.add(self.samples, representative, row);
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
                    judged: None,
                })?;
            }
        }
        self.hand_over_parted(counts, sink)?;
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
            let judged = self
                .apart
                .get(self.texts[pair.a as usize], self.texts[pair.b as usize])
                .filter(|_| pair.is_accepted(self.settings));
            let accepted = judged.is_none() && pair.is_accepted(self.settings);
            if accepted {
                counts.add(self.samples, a, b);
                counts.accepted += 1;
            } else {
                counts.rejected += 1;
                counts.judged_apart += u64::from(judged.is_some());
            }
            let kind = match self.kind(a, b) {
                Kind::Exact => Kind::Near,
                kind => kind,
            };
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
                kind,
                jaccard,
                containment,
                accepted,
                representative,
                judged: judged.cloned(),
            })?;
        }
        Ok(())
    }

    /// Copies of one normalised text that somebody parted and that are too short to be compared by shingles.
    fn hand_over_parted(&self, counts: &mut PairCounts, sink: &mut dyn Sink) -> Result<(), Fault> {
        for (one, other) in self.apart.pairs() {
            let (mut a, mut b) = (self.groups.best(one as usize), self.groups.best(other as usize));
            let parted = self.kind(a, b) == Kind::Normalised && self.samples.shingles[a as usize] == 0;
            if !parted {
                continue;
            }
            if self.place(b) < self.place(a) {
                std::mem::swap(&mut a, &mut b);
            }
            counts.rejected += 1;
            counts.judged_apart += 1;
            let judged = self.apart.get(one, other).cloned();
            sink.pair(Pair {
                a: self.samples.sample[a as usize],
                b: self.samples.sample[b as usize],
                kind: Kind::Normalised,
                jaccard: 1.0,
                containment: 1.0,
                accepted: false,
                representative: None,
                judged,
            })?;
        }
        Ok(())
    }
}

/// Accepted pairs by what the two samples are.
#[derive(Default)]
struct PairCounts {
    /// Pairs of distinct texts by what came of them; the copies of one text are not counted here.
    accepted: u64,
    rejected: u64,
    /// Of those rejected, pairs that would have been accepted had nobody said that they are no duplicates.
    judged_apart: u64,
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
fn removal(samples: &Samples, kept: &[bool], limit: f64) -> Vec<SourceRemoval> {
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
            warned: rate(redundant, all) > limit,
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
