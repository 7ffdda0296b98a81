//! What is a queue drawn from: the slice as a whole, its groups, its clusters, or its samples in an order?

use std::collections::{BTreeMap, HashMap, HashSet};

use assay_index::{Doubt, Index, Selection, Snapshot};
use assay_model::{Code, Digest, Fault, Origin};
use assay_review::Ordering;
use assay_review::draw::Draw;
use assay_review::queue::{self, QueueOrder};

use crate::bulk::Hands;

/// What a queue may be made of.
pub(crate) enum Candidates {
    /// Digests in order, each once.
    Alike(Vec<Digest>),
    /// By the value of the field that the order groups by.
    Grouped(BTreeMap<String, Vec<Digest>>),
    /// Each with its cluster; none where it stands alone.
    Clustered(Vec<(Digest, Option<u64>)>),
    /// The highest rank first.
    Ranked(Vec<(Digest, f64)>),
}

/// The ordering of this name.
pub(crate) fn named(word: &str) -> Result<Ordering, Fault> {
    Ordering::parse(word).ok_or_else(|| {
        Fault::new(
            Code::Usage,
            format!("`{}` is no order", assay_model::fault::one_line(word)),
            "say random, uncertain-origin, machine-like-unknown, rarest-first or cluster-by-cluster",
        )
    })
}

/// The candidates of a slice under an order.
pub(crate) fn candidates(
    index: &Index,
    snapshot: &Snapshot,
    slice: &Selection,
    order: &QueueOrder,
) -> Result<Candidates, Fault> {
    let all = all(index, snapshot, slice, order)?;
    if !order.one_per_cluster {
        return Ok(all);
    }
    let kept = one_of_each_cluster(index, snapshot, slice)?;
    Ok(all.only(|digest| kept.contains(digest)))
}

fn all(
    index: &Index,
    snapshot: &Snapshot,
    slice: &Selection,
    order: &QueueOrder,
) -> Result<Candidates, Fault> {
    match order.ordering {
        Ordering::Random => match &order.strata {
            None => Ok(Candidates::Alike(index.digests(slice)?)),
            Some((by, _)) => {
                let mut groups: BTreeMap<String, Vec<Digest>> = BTreeMap::new();
                for (digest, value) in index.grouped_by(snapshot, slice, by)? {
                    groups.entry(value).or_default().push(digest);
                }
                Ok(Candidates::Grouped(groups))
            }
        },
        Ordering::RarestFirst => Ok(Candidates::Ranked(rarest(index, snapshot, slice)?)),
        Ordering::ClusterByCluster => {
            let clustered = index.clusters_of(snapshot, slice)?;
            let each = clustered.iter().map(|sample| (sample.digest, sample.cluster));
            Ok(Candidates::Clustered(each.collect()))
        }
        Ordering::UncertainOrigin => {
            let doubts = index.doubts(snapshot, slice)?;
            let ranked = doubts.iter().map(|doubt| (doubt.digest, uncertainty(doubt)));
            Ok(Candidates::Ranked(ranked.collect()))
        }
        Ordering::MachineLikeUnknown => {
            check_signal(index, snapshot)?;
            let doubts = index.doubts(snapshot, slice)?;
            let unknown = doubts.iter().filter(|doubt| doubt.origin == Origin::Unknown);
            let ranked = unknown.filter_map(|doubt| Some((doubt.digest, doubt.score?)));
            Ok(Candidates::Ranked(ranked.collect()))
        }
    }
}

/// Samples of small classes rank high; a class is a domain and a language together, as far as the data says either.
fn rarest(index: &Index, snapshot: &Snapshot, slice: &Selection) -> Result<Vec<(Digest, f64)>, Fault> {
    let languages = index.grouped_by(snapshot, slice, "language")?;
    let has_domains = index
        .dimensions(snapshot)?
        .iter()
        .any(|(name, _)| name == "domain");
    let domains = match has_domains {
        true => index.grouped_by(snapshot, slice, "domain")?,
        false => languages.clone(),
    };
    let classes: Vec<(&str, &str)> = domains
        .iter()
        .zip(&languages)
        .map(|((_, domain), (_, language))| (domain.as_str(), language.as_str()))
        .collect();
    let mut sizes: HashMap<(&str, &str), u64> = HashMap::new();
    for class in &classes {
        *sizes.entry(*class).or_default() += 1;
    }
    let rank = |class: &(&str, &str)| -(sizes[class] as f64);
    Ok(languages
        .iter()
        .zip(&classes)
        .map(|((digest, _), class)| (*digest, rank(class)))
        .collect())
}

/// One sample of each cluster that the slice meets: the one that represents it where the slice holds it, else the first by
/// digest. Samples without a cluster stand for themselves.
fn one_of_each_cluster(
    index: &Index,
    snapshot: &Snapshot,
    slice: &Selection,
) -> Result<HashSet<Digest>, Fault> {
    let mut kept = HashSet::new();
    let mut chosen: HashMap<u64, (bool, Digest)> = HashMap::new();
    for sample in index.clusters_of(snapshot, slice)? {
        let Some(cluster) = sample.cluster else {
            kept.insert(sample.digest);
            continue;
        };
        let known = chosen
            .entry(cluster)
            .or_insert((sample.represents, sample.digest));
        let better =
            (sample.represents, std::cmp::Reverse(sample.digest)) > (known.0, std::cmp::Reverse(known.1));
        if better {
            *known = (sample.represents, sample.digest);
        }
    }
    kept.extend(chosen.into_values().map(|(_, digest)| digest));
    Ok(kept)
}

fn check_signal(index: &Index, snapshot: &Snapshot) -> Result<(), Fault> {
    let stored = index.style(snapshot)?;
    let why = match &stored {
        Some(stored) => stored.summary.refused.clone(),
        None => Some("it was measured by a version without one".to_owned()),
    };
    match why {
        None => Ok(()),
        Some(why) => Err(Fault::new(
            Code::Usage,
            format!(
                "{}@{} has no style signal to order by: {why}",
                snapshot.dataset, snapshot.number
            ),
            "borrow one with `assay style --with NAME`, or choose another order",
        )),
    }
}

/// From 0 (certain) to 4: a contradiction, then unknown with a score near one half, then unknown, then by confidence.
fn uncertainty(doubt: &Doubt) -> f64 {
    if doubt.conflict {
        return 4.0;
    }
    if doubt.origin == Origin::Unknown {
        return doubt.score.map_or(1.0, |score| 3.0 - 2.0 * (score - 0.5).abs());
    }
    1.0 - doubt.confidence.clamp(0.0, 1.0)
}

impl Candidates {
    /// Those that hands did not leave out.
    pub(crate) fn chosen(self, hands: &Hands) -> Self {
        self.only(|digest| hands.keep(digest))
    }

    /// Those of them that are kept.
    fn only(self, keep: impl Fn(&Digest) -> bool) -> Self {
        match self {
            Self::Alike(mut digests) => {
                digests.retain(|digest| keep(digest));
                Self::Alike(digests)
            }
            Self::Grouped(mut groups) => {
                for group in groups.values_mut() {
                    group.retain(|digest| keep(digest));
                }
                Self::Grouped(groups)
            }
            Self::Clustered(mut clustered) => {
                clustered.retain(|(digest, _)| keep(digest));
                Self::Clustered(clustered)
            }
            Self::Ranked(mut ranked) => {
                ranked.retain(|(digest, _)| keep(digest));
                Self::Ranked(ranked)
            }
        }
    }

    pub(crate) fn draw(self, order: &QueueOrder) -> Result<Draw, Fault> {
        match self {
            Self::Alike(digests) => queue::draw(order, digests),
            Self::Grouped(groups) => queue::draw_groups(order, groups),
            Self::Clustered(clustered) => queue::draw_clusters(order, clustered),
            Self::Ranked(ranked) => queue::take_first(order, ranked),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubt(origin: Origin, confidence: f64, conflict: bool, score: Option<f64>) -> f64 {
        uncertainty(&Doubt {
            digest: Digest([0; 32]),
            origin,
            confidence,
            conflict,
            score,
        })
    }

    #[test]
    fn contradictions_come_before_doubtful_scores_and_these_before_what_was_declared() {
        let unknown = Origin::Unknown;
        let order = [
            doubt(Origin::Human, 1.0, true, None),
            doubt(unknown, 0.0, false, Some(0.52)),
            doubt(unknown, 0.0, false, Some(0.9)),
            doubt(unknown, 0.0, false, None),
            doubt(Origin::Human, 0.4, false, Some(0.5)),
            doubt(Origin::Machine, 1.0, false, Some(0.99)),
        ];
        assert!(order.windows(2).all(|two| two[0] > two[1]), "{order:?}");
    }
}
