//! Which classes has the snapshot seen, which has it likely missed, and what does removal cost the tail?

use assay_model::report::{AfterRemoval, ClassCount, Coverage, OriginCoverage};
use assay_model::{Fault, Origin, Task};

use crate::columns::Samples;
use crate::curves::rank_frequency;
use crate::dimensions::{self, Dimension};
use crate::duplication::Kept;
use crate::estimators::coverage::{chao_jost, chao1, chao1_interval, good_turing, good_turing_interval};
use crate::estimators::diversity::{evenness, hill};
use crate::estimators::retention::{retention, tail};
use crate::estimators::{Frequencies, rarefaction};
use crate::{Inputs, Texts, words};

/// Classes listed at either end.
const LISTED: usize = 20;
/// Missing classes listed for each origin.
const MISSING: usize = 100;

/// One entry for each text dimension, and one for words.
pub(crate) fn measure(
    inputs: &Inputs,
    samples: &Samples,
    kept: &Kept,
    texts: &dyn Texts,
    task: &Task,
) -> Result<Vec<Coverage>, Fault> {
    let mut coverage = Vec::new();
    for dimension in dimensions::read(inputs, samples, task)? {
        task.check()?;
        coverage.push(Tally::of_dimension(&dimension, samples, kept).coverage());
    }
    coverage.push(words::tally(inputs, samples, kept, texts, task)?.coverage());
    Ok(coverage)
}

/// How often each class was seen.
pub(crate) struct Tally {
    pub unit: String,
    /// By name.
    pub classes: Vec<Class>,
    /// Whether the counts after removal are known.
    pub removal_known: bool,
    /// Whether the counts by origin are.
    pub origins_known: bool,
}

/// One class and its observations.
#[derive(Clone, Debug, Default)]
pub(crate) struct Class {
    pub name: String,
    /// In the order of `Origin::ALL`.
    pub by_origin: [u64; 4],
    /// When the representative of each cluster stays, and when the first sample does.
    pub kept_best: u64,
    pub kept_first: u64,
}

impl Class {
    fn count(&self) -> u64 {
        self.by_origin.iter().sum()
    }
}

impl Tally {
    fn of_dimension(dimension: &Dimension, samples: &Samples, kept: &Kept) -> Self {
        let mut classes: Vec<Class> = (0..dimension.classes.len() as u32)
            .map(|number| Class {
                name: dimension.classes.name(number).to_owned(),
                ..Class::default()
            })
            .collect();
        for &(row, number) in &dimension.observations {
            let (row, class) = (row as usize, &mut classes[number as usize]);
            let place = Origin::ALL
                .iter()
                .position(|&origin| origin == samples.origin[row]);
            class.by_origin[place.expect("every origin is in the list of all")] += 1;
            class.kept_best += u64::from(kept.best[row]);
            class.kept_first += u64::from(kept.first[row]);
        }
        Self::new(dimension.name.clone(), classes, true)
    }

    pub fn new(unit: String, mut classes: Vec<Class>, removal_known: bool) -> Self {
        classes.retain(|class| class.count() > 0);
        classes.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        Self {
            unit,
            classes,
            removal_known,
            origins_known: true,
        }
    }

    pub fn coverage(&self) -> Coverage {
        let of = Frequencies::of(self.classes.iter().map(Class::count));
        let mut order: Vec<usize> = (0..self.classes.len()).collect();
        order.sort_unstable_by_key(|&class| (self.classes[class].count(), class));
        let largest_first = {
            let mut order = order.clone();
            order.sort_unstable_by_key(|&class| (std::cmp::Reverse(self.classes[class].count()), class));
            order
        };
        Coverage {
            unit: self.unit.clone(),
            observations: of.observations,
            classes: of.classes,
            singletons: of.singletons,
            doubletons: of.doubletons,
            good_turing: good_turing(&of),
            chao_jost: chao_jost(&of),
            chao1: chao1(&of),
            coverage_interval: good_turing_interval(&of),
            chao1_interval: chao1_interval(&of),
            hill: hill(&of),
            evenness: evenness(&of),
            reference: None,
            tail_retention: None,
            missing: Vec::new(),
            smallest: self.listed(&order, LISTED, Class::count),
            largest: self.listed(&largest_first, LISTED, Class::count),
            by_origin: if self.origins_known {
                self.by_origin()
            } else {
                Vec::new()
            },
            rank_frequency: rank_frequency(self.classes.iter().map(Class::count).collect()),
            rarefaction: rarefaction::curve(&of),
            after_removal: self.removal_known.then(|| self.after_removal()),
        }
    }

    fn listed(&self, order: &[usize], most: usize, count: impl Fn(&Class) -> u64) -> Vec<ClassCount> {
        let listed = order.iter().take(most).map(|&class| &self.classes[class]);
        listed
            .map(|class| ClassCount {
                class: class.name.clone(),
                count: count(class),
            })
            .collect()
    }

    /// One entry for each origin seen, against the tail of the human part.
    fn by_origin(&self) -> Vec<OriginCoverage> {
        let human: Vec<(usize, u64)> = self
            .classes
            .iter()
            .map(|class| class.by_origin[0])
            .enumerate()
            .collect();
        let tail = tail(&human);
        let mut parts = Vec::new();
        for (place, origin) in Origin::ALL.into_iter().enumerate() {
            let count = |class: usize| self.classes[class].by_origin[place];
            let of = Frequencies::of((0..self.classes.len()).map(count));
            if of.observations == 0 {
                continue;
            }
            let is_reference = origin == Origin::Human;
            let missing: Vec<usize> = tail.iter().copied().filter(|&class| count(class) == 0).collect();
            parts.push(OriginCoverage {
                origin,
                observations: of.observations,
                classes: of.classes,
                singletons: of.singletons,
                doubletons: of.doubletons,
                chao_jost: chao_jost(&of),
                hill: hill(&of),
                human_tail_retention: if is_reference {
                    None
                } else {
                    retention(&tail, count)
                },
                rank_frequency: rank_frequency((0..self.classes.len()).map(count).collect()),
                rarefaction: rarefaction::curve(&of),
                missing: self.listed(&missing, MISSING, |class| class.by_origin[0]),
            });
        }
        parts
    }

    /// The same once redundant samples are gone, against the tail of the whole.
    fn after_removal(&self) -> AfterRemoval {
        let whole: Vec<(usize, u64)> = self.classes.iter().map(Class::count).enumerate().collect();
        let tail = tail(&whole);
        let of = Frequencies::of(self.classes.iter().map(|class| class.kept_best));
        AfterRemoval {
            classes: of.classes,
            singletons: of.singletons,
            chao_jost: chao_jost(&of),
            tail_retention: retention(&tail, |class| self.classes[class].kept_best).unwrap_or(1.0),
            tail_retention_first: retention(&tail, |class| self.classes[class].kept_first).unwrap_or(1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(name: &str, human: u64, machine: u64) -> Class {
        Class {
            name: name.to_owned(),
            by_origin: [human, 0, machine, 0],
            kept_best: human,
            kept_first: machine,
        }
    }

    #[test]
    fn the_machine_part_is_held_against_the_human_tail() {
        let classes = vec![class("b", 1, 0), class("a", 1, 4), class("common", 50, 50)];
        let coverage = Tally::new("intent".into(), classes, true).coverage();
        let machine = &coverage.by_origin[1];
        assert_eq!(
            (machine.origin, machine.human_tail_retention),
            (Origin::Machine, Some(0.5))
        );
        assert_eq!(
            machine.missing,
            [ClassCount {
                class: "b".into(),
                count: 1
            }]
        );
        assert_eq!(coverage.by_origin[0].human_tail_retention, None);
    }

    #[test]
    fn the_smallest_come_first_and_ties_go_by_name() {
        let classes = vec![class("z", 2, 0), class("y", 9, 0), class("x", 2, 0)];
        let coverage = Tally::new("intent".into(), classes, false).coverage();
        let names = |list: &[ClassCount]| list.iter().map(|class| class.class.clone()).collect::<Vec<_>>();
        assert_eq!(names(&coverage.smallest), ["x", "z", "y"]);
        assert_eq!(names(&coverage.largest), ["y", "x", "z"]);
        assert_eq!(coverage.after_removal, None);
    }

    #[test]
    fn removal_is_held_against_the_tail_of_the_whole() {
        let classes = vec![class("rare", 1, 0), class("common", 40, 40)];
        let after = Tally::new("intent".into(), classes, true)
            .coverage()
            .after_removal
            .unwrap();
        assert_eq!(
            (after.classes, after.tail_retention, after.tail_retention_first),
            (2, 1.0, 0.0)
        );
    }
}
