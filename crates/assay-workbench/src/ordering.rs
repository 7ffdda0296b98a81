//! Which samples of a slice come first when a queue is not drawn at random?

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
    /// The highest rank first.
    Ranked(Vec<(Digest, f64)>),
}

/// The ordering of this name.
pub(crate) fn named(word: &str) -> Result<Ordering, Fault> {
    Ordering::parse(word).ok_or_else(|| {
        Fault::new(
            Code::Usage,
            format!("`{}` is no order", assay_model::fault::one_line(word)),
            "say random, uncertain-origin or machine-like-unknown",
        )
    })
}

/// The candidates of a slice under an ordering.
pub(crate) fn candidates(
    index: &Index,
    snapshot: &Snapshot,
    slice: &Selection,
    ordering: Ordering,
) -> Result<Candidates, Fault> {
    match ordering {
        Ordering::Random => Ok(Candidates::Alike(index.digests(slice)?)),
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
        match self {
            Self::Alike(mut digests) => {
                digests.retain(|digest| hands.keep(digest));
                Self::Alike(digests)
            }
            Self::Ranked(mut ranked) => {
                ranked.retain(|(digest, _)| hands.keep(digest));
                Self::Ranked(ranked)
            }
        }
    }

    /// Distinct samples.
    pub(crate) fn distinct(&self) -> u64 {
        let mut digests: Vec<Digest> = match self {
            Self::Alike(digests) => return digests.len() as u64,
            Self::Ranked(ranked) => ranked.iter().map(|(digest, _)| *digest).collect(),
        };
        digests.sort_unstable();
        digests.dedup();
        digests.len() as u64
    }

    pub(crate) fn draw(self, order: &QueueOrder) -> Result<Draw, Fault> {
        match self {
            Self::Alike(digests) => queue::draw(order, digests),
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
