//! How often was each class seen, by whom, and what of it stays when samples go?

use assay_model::Origin;
use assay_model::report::{AfterRemoval, ClassCount, Coverage, OriginAfter, OriginCoverage, Sampled};
use rayon::prelude::*;

use super::against::{Against, Sides};
use crate::columns::Samples;
use crate::curves::rank_frequency;
use crate::dimensions::Dimension;
use crate::duplication::Kept;
use crate::estimators::coverage::{chao_jost, chao1, chao1_interval, good_turing, good_turing_interval};
use crate::estimators::diversity::{evenness, hill};
use crate::estimators::interval::wilson;
use crate::estimators::retention::{retention, tail};
use crate::estimators::{Frequencies, bootstrap, rarefaction};

/// Classes listed at either end.
const LISTED: usize = 20;
/// Missing or lost classes listed in each list.
const MISSING: usize = 100;

/// How often each class was seen.
pub(crate) struct Tally {
    pub unit: String,
    /// By name.
    pub classes: Vec<Class>,
    /// Whether the counts after removal are known.
    pub removal_known: bool,
    /// Whether the counts by origin are.
    pub origins_known: bool,
    /// What was counted, where it is not everything.
    pub sampled: Option<Sampled>,
}

/// One class and its observations.
#[derive(Clone, Debug, Default)]
pub(crate) struct Class {
    pub name: String,
    /// In the order of `Origin::ALL`.
    pub by_origin: [u64; 4],
    /// Of them, in samples that stay: the representative of each cluster, or what a filter leaves.
    pub kept: [u64; 4],
    /// All that stay when merely the first sample of each cluster does.
    pub kept_first: u64,
}

impl Class {
    pub fn count(&self) -> u64 {
        self.by_origin.iter().sum()
    }

    fn kept_count(&self) -> u64 {
        self.kept.iter().sum()
    }
}

/// The place of an origin in `Origin::ALL`.
pub(crate) fn place(origin: Origin) -> usize {
    let place = Origin::ALL.iter().position(|&each| each == origin);
    place.expect("every origin is in the list of all")
}

impl Tally {
    pub fn of_dimension(dimension: &Dimension, samples: &Samples, kept: &Kept) -> Self {
        let mut classes: Vec<Class> = (0..dimension.classes.len() as u32)
            .map(|number| Class {
                name: dimension.classes.name(number).to_owned(),
                ..Class::default()
            })
            .collect();
        for &(row, number) in &dimension.observations {
            let (row, class) = (row as usize, &mut classes[number as usize]);
            let origin = place(samples.origin[row]);
            class.by_origin[origin] += 1;
            class.kept[origin] += u64::from(kept.best[row]);
            class.kept_first += u64::from(kept.first[row]);
        }
        Self::new(dimension.name.clone(), classes, true)
    }

    pub fn new(unit: String, mut classes: Vec<Class>, removal_known: bool) -> Self {
        classes.retain(|class| class.count() > 0);
        classes.par_sort_unstable_by(|a, b| a.name.cmp(&b.name));
        Self {
            unit,
            classes,
            removal_known,
            origins_known: true,
            sampled: None,
        }
    }

    /// Says that only a sample was counted.
    pub fn sampled(mut self, sampled: Option<Sampled>) -> Self {
        self.sampled = sampled;
        self
    }

    /// Everything a report says of the unit, against the human part where there is one.
    pub fn coverage(&self, seed: u64) -> Coverage {
        let of = Frequencies::of(self.classes.iter().map(Class::count));
        let mut order: Vec<usize> = (0..self.classes.len()).collect();
        order.sort_unstable_by_key(|&class| (self.classes[class].count(), class));
        let largest_first = {
            let mut order = order.clone();
            order.sort_unstable_by_key(|&class| (std::cmp::Reverse(self.classes[class].count()), class));
            order
        };
        let tail = self.against_human();
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
            reference: tail.as_ref().map(|tail| tail.reference.clone()),
            tail_retention: tail.as_ref().and_then(|tail| tail.retention),
            missing: tail.iter().flat_map(|tail| names(&tail.missing)).collect(),
            smallest: self.listed(&order, LISTED, Class::count),
            largest: self.listed(&largest_first, LISTED, Class::count),
            by_origin: if self.origins_known {
                self.by_origin(seed)
            } else {
                Vec::new()
            },
            rank_frequency: rank_frequency(self.classes.iter().map(Class::count).collect()),
            rarefaction: rarefaction::curve(&of),
            after_removal: self.removal_known.then(|| self.after_removal()),
            sampled: self.sampled.clone(),
            intervals: bootstrap::intervals(&of, seed),
            tail,
            without: None,
            topics: None,
        }
    }

    fn against_human(&self) -> Option<assay_model::report::Tail> {
        let human = place(Origin::Human);
        let machine = place(Origin::Machine);
        if self.classes.iter().all(|class| class.by_origin[human] == 0) {
            return None;
        }
        let sides: Vec<Sides<'_>> = self
            .classes
            .iter()
            .map(|class| Sides {
                name: &class.name,
                there: class.by_origin[human],
                here: class.count() - class.by_origin[human],
                machine: class.by_origin[machine],
            })
            .collect();
        Some(Against::human_part().tail(&sides))
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

    /// The tail of what `count` counts: indices, rarest first.
    fn tail_of(&self, count: impl Fn(&Class) -> u64) -> Vec<usize> {
        // Classes stand by name, so that their places break ties as their names would.
        let counted: Vec<(usize, u64)> = self.classes.iter().map(count).enumerate().collect();
        tail(&counted)
    }

    /// One entry for each origin seen, against the tail of the human part.
    fn by_origin(&self, seed: u64) -> Vec<OriginCoverage> {
        let human = place(Origin::Human);
        let tail = self.tail_of(|class| class.by_origin[human]);
        let mass = |place: usize, all: u64| {
            let inside: u64 = tail
                .iter()
                .map(|&class| self.classes[class].by_origin[place])
                .sum();
            (all > 0).then(|| inside as f64 / all as f64)
        };
        let all_human: u64 = self.classes.iter().map(|class| class.by_origin[human]).sum();
        let mass_there = mass(human, all_human).filter(|_| !tail.is_empty());
        let mut parts = Vec::new();
        for (place, origin) in Origin::ALL.into_iter().enumerate() {
            let count = |class: usize| self.classes[class].by_origin[place];
            let of = Frequencies::of((0..self.classes.len()).map(count));
            if of.observations == 0 {
                continue;
            }
            let is_reference = origin == Origin::Human;
            let missing: Vec<usize> = tail.iter().copied().filter(|&class| count(class) == 0).collect();
            let held = (tail.len() - missing.len()) as u64;
            let measured = !is_reference && !tail.is_empty();
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
                missing: self.listed(&missing, MISSING, |class| class.by_origin[human]),
                missing_count: missing.len() as u64,
                retention_interval: measured.then(|| wilson(held, tail.len() as u64)),
                tail_mass_ratio: mass_there
                    .zip(mass(place, of.observations))
                    .filter(|_| measured)
                    .map(|(there, here)| here / there),
                intervals: bootstrap::intervals(&of, seed),
            });
        }
        parts
    }

    /// The same once samples are gone, against the tail of the whole, and of each origin against its own.
    pub fn after_removal(&self) -> AfterRemoval {
        let tail = self.tail_of(Class::count);
        let of = Frequencies::of(self.classes.iter().map(Class::kept_count));
        let mut lost: Vec<usize> = (0..self.classes.len())
            .filter(|&class| self.classes[class].kept_count() == 0)
            .collect();
        lost.sort_unstable_by_key(|&class| (self.classes[class].count(), class));
        AfterRemoval {
            classes: of.classes,
            singletons: of.singletons,
            chao_jost: chao_jost(&of),
            tail_retention: retention(&tail, |class| self.classes[class].kept_count()).unwrap_or(1.0),
            tail_retention_first: retention(&tail, |class| self.classes[class].kept_first).unwrap_or(1.0),
            observations: of.observations,
            hill: hill(&of),
            lost_count: lost.len() as u64,
            lost: self.listed(&lost, MISSING, Class::count),
            by_origin: Origin::ALL
                .into_iter()
                .filter_map(|origin| self.origin_after(origin))
                .collect(),
        }
    }

    fn origin_after(&self, origin: Origin) -> Option<OriginAfter> {
        let place = place(origin);
        let tail = self.tail_of(|class| class.by_origin[place]);
        let seen = || self.classes.iter().filter(|class| class.by_origin[place] > 0);
        seen().next()?;
        Some(OriginAfter {
            origin,
            observations: seen().map(|class| class.kept[place]).sum(),
            classes: seen().filter(|class| class.kept[place] > 0).count() as u64,
            lost: seen().filter(|class| class.kept[place] == 0).count() as u64,
            tail_retention: retention(&tail, |class| self.classes[class].kept[place]),
        })
    }
}

pub(crate) fn names(classes: &[ClassCount]) -> impl Iterator<Item = String> + '_ {
    classes.iter().map(|class| class.class.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(name: &str, human: u64, machine: u64) -> Class {
        Class {
            name: name.to_owned(),
            by_origin: [human, 0, machine, 0],
            kept: [human, 0, 0, 0],
            kept_first: machine,
        }
    }

    fn count(class: &str, count: u64) -> ClassCount {
        ClassCount {
            class: class.into(),
            count,
        }
    }

    #[test]
    fn the_machine_part_is_held_against_the_human_tail() {
        let classes = vec![class("b", 1, 0), class("a", 1, 4), class("common", 50, 50)];
        let coverage = Tally::new("intent".into(), classes, true).coverage(1);
        let machine = &coverage.by_origin[1];
        assert_eq!(
            (
                machine.origin,
                machine.human_tail_retention,
                machine.missing_count
            ),
            (Origin::Machine, Some(0.5), 1)
        );
        assert_eq!(machine.missing, [count("b", 1)]);
        assert_eq!(coverage.by_origin[0].human_tail_retention, None);
        assert_eq!(
            (
                coverage.reference.as_deref(),
                coverage.tail_retention,
                &coverage.missing[..]
            ),
            (Some("human part"), Some(0.5), &["b".to_owned()][..])
        );
    }

    #[test]
    fn without_a_human_part_there_is_no_reference() {
        let coverage = Tally::new("intent".into(), vec![class("a", 0, 3)], true).coverage(1);
        assert_eq!(
            (coverage.reference, coverage.tail, coverage.tail_retention),
            (None, None, None)
        );
    }

    #[test]
    fn the_smallest_come_first_and_ties_go_by_name() {
        let classes = vec![class("z", 2, 0), class("y", 9, 0), class("x", 2, 0)];
        let coverage = Tally::new("intent".into(), classes, false).coverage(1);
        let names = |list: &[ClassCount]| list.iter().map(|class| class.class.clone()).collect::<Vec<_>>();
        assert_eq!(names(&coverage.smallest), ["x", "z", "y"]);
        assert_eq!(names(&coverage.largest), ["y", "x", "z"]);
        assert_eq!(coverage.after_removal, None);
        assert_eq!(
            (coverage.reference.as_deref(), coverage.tail_retention),
            (Some("human part"), None),
            "there is nothing to hold against it"
        );
    }

    #[test]
    fn removal_is_held_against_the_tail_of_the_whole() {
        let classes = vec![class("rare", 1, 0), class("gone", 0, 2), class("common", 40, 40)];
        let after = Tally::new("intent".into(), classes, true)
            .coverage(1)
            .after_removal
            .unwrap();
        assert_eq!(
            (after.classes, after.tail_retention, after.tail_retention_first),
            (2, 0.5, 0.5)
        );
        assert_eq!((after.lost_count, after.lost), (1, vec![count("gone", 2)]));
        let machine = &after.by_origin[1];
        assert_eq!(
            (
                machine.origin,
                machine.observations,
                machine.lost,
                machine.tail_retention
            ),
            (Origin::Machine, 0, 2, Some(0.0))
        );
    }
}
