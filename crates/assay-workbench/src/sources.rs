//! What did reviewers find in each source? Standing answers joined to the samples of a snapshot.
//!
//! Joined whenever a report is read, for every verdict changes it. A digest counts once for each source that holds it.

use std::collections::HashMap;

use assay_index::{Index, Snapshot};
use assay_ledger::{Sight, Verdict};
use assay_measure::estimators::interval::proportion;
use assay_model::report::{SourceJudgements, SourceQuality};
use assay_model::{Digest, Fault, Origin};

use crate::wire::SourceReputation;

/// What the standing answers on a source's samples come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct SourceReviews {
    approved: u64,
    reviewed: u64,
    /// Decided by two or more, and of these all alike.
    doubly: u64,
    alike: u64,
    judged: SourceJudgements,
}

pub(crate) type ReviewsBySource = HashMap<String, SourceReviews>;

/// One sample's standing answers, one a person.
#[derive(Default)]
struct Standing {
    verdicts: Vec<Verdict>,
    origins: Vec<Origin>,
}

/// Reviews by source, of the samples that are in a snapshot, as far as a reader may know of them.
pub(crate) fn reviews(
    index: &Index,
    snapshot: &Snapshot,
    sight: &Sight<'_>,
) -> Result<ReviewsBySource, Fault> {
    let mut standing: HashMap<Digest, Standing> = HashMap::new();
    sight.each_standing(|decision| {
        let known = standing.entry(decision.sample).or_default();
        known.verdicts.push(decision.verdict);
        known.origins.extend(decision.origin);
    })?;
    let mut by_source = ReviewsBySource::new();
    for (digest, answers) in &standing {
        for source in index.sources_of(snapshot, digest)? {
            by_source.entry(source).or_default().add(answers);
        }
    }
    Ok(by_source)
}

impl SourceReviews {
    fn add(&mut self, answers: &Standing) {
        let alike = answers.verdicts.windows(2).all(|two| two[0] == two[1]);
        self.reviewed += 1;
        self.approved += u64::from(alike && answers.verdicts.first() == Some(&Verdict::Approve));
        if answers.verdicts.len() > 1 {
            self.doubly += 1;
            self.alike += u64::from(alike);
        }
        let Some(first) = answers.origins.first() else {
            return;
        };
        let judged = &mut self.judged;
        if answers.origins.iter().any(|origin| origin != first) {
            judged.disputed += 1;
            return;
        }
        *match first {
            Origin::Human => &mut judged.human,
            Origin::Mixed => &mut judged.mixed,
            Origin::Machine => &mut judged.machine,
            Origin::Unknown => &mut judged.unknown,
        } += 1;
    }

    /// The source's reputation; `None` where nobody judged the origin of any of its samples.
    pub(crate) fn reputation(&self, source: &str) -> Option<SourceReputation> {
        let SourceJudgements {
            human,
            mixed,
            machine,
            unknown,
            disputed,
        } = self.judged;
        let judged = human + mixed + machine + unknown;
        (judged + disputed > 0).then(|| SourceReputation {
            source: source.to_owned(),
            judged,
            human,
            mixed,
            machine,
            unknown,
            disputed,
            machine_share: proportion(machine + mixed, human + mixed + machine),
        })
    }
}

/// Fills in what reviewers found.
pub(crate) fn fill(sources: &mut [SourceQuality], reviews: &ReviewsBySource) {
    for source in sources {
        let Some(found) = reviews.get(&source.source) else {
            continue;
        };
        source.approved = proportion(found.approved, found.reviewed);
        source.agreement = proportion(found.alike, found.doubly);
        source.judged = found.judged;
        source.machine_judged = found
            .reputation(&source.source)
            .and_then(|reputation| reputation.machine_share);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(verdicts: &[Verdict], origins: &[Origin]) -> Standing {
        Standing {
            verdicts: verdicts.to_vec(),
            origins: origins.to_vec(),
        }
    }

    #[test]
    fn a_sample_on_which_reviewers_differ_is_reviewed_but_neither_approved_nor_told() {
        use Verdict::{Approve, Exclude};
        let mut source = SourceReviews::default();
        source.add(&standing(&[Approve, Exclude], &[Origin::Human, Origin::Machine]));
        source.add(&standing(&[Approve, Approve], &[Origin::Human, Origin::Human]));
        source.add(&standing(&[Exclude], &[Origin::Machine]));
        source.add(&standing(&[Approve], &[]));
        let mut row = [SourceQuality {
            source: "a".into(),
            ..SourceQuality::default()
        }];
        fill(&mut row, &HashMap::from([("a".to_owned(), source)]));
        let [row] = row;
        assert_eq!(row.approved.map(|share| (share.count, share.of)), Some((2, 4)));
        assert_eq!(row.agreement.map(|share| (share.count, share.of)), Some((1, 2)));
        assert_eq!(row.judged.disputed, 1);
        assert_eq!(
            row.machine_judged.map(|share| (share.count, share.of)),
            Some((1, 2))
        );
    }

    #[test]
    fn a_source_that_nobody_judged_has_no_reputation() {
        let mut source = SourceReviews::default();
        source.add(&standing(&[Verdict::Approve], &[]));
        assert_eq!(source.reputation("a"), None);
    }
}
