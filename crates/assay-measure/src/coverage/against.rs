//! How do the classes seen here hold against a reference's?

use assay_model::report::{ClassCount, RarityBand, ReferenceFigures, Tail};

use crate::curves::rank_frequency;
use crate::estimators::coverage::{chao_jost, chao1, good_turing};
use crate::estimators::diversity::{evenness, hill};
use crate::estimators::interval::wilson;
use crate::estimators::retention::tail;
use crate::estimators::{Frequencies, rarefaction};

/// Missing classes named at most.
pub const MISSING: usize = 200;
/// Bands of how often the reference holds a class, as they are drawn; the last is open.
const BANDS: [(u64, Option<u64>); 7] = [
    (1, Some(1)),
    (2, Some(2)),
    (3, Some(4)),
    (5, Some(8)),
    (9, Some(16)),
    (17, Some(64)),
    (65, None),
];

/// One class on both sides; a class that only one side has counts 0 on the other.
#[derive(Clone, Copy, Debug)]
pub struct Sides<'a> {
    pub name: &'a str,
    pub there: u64,
    pub here: u64,
    /// Of `here`, in the machine part.
    pub machine: u64,
}

/// What is held against what, in words, and from how many observations on a class counts as present.
#[derive(Clone, Debug)]
pub struct Against {
    pub reference: String,
    pub held: String,
    pub present_at_least: u64,
}

impl Against {
    /// The part of a snapshot that is not known to be human, against the part that is.
    pub fn human_part() -> Self {
        Self {
            reference: "human part".to_owned(),
            held: "non-human part".to_owned(),
            present_at_least: 1,
        }
    }

    /// Holds classes, in any order, against the reference.
    pub fn tail(&self, classes: &[Sides<'_>]) -> Tail {
        let least = self.present_at_least.max(1);
        let present = |count: u64| count >= least;
        let there: Vec<(&str, u64)> = classes.iter().map(|class| (class.name, class.there)).collect();
        let tail = tail(&there);
        let (all_here, all_there) = (
            sum(classes, |class| class.here),
            sum(classes, |class| class.there),
        );
        let in_tail = |of: fn(&Sides<'_>) -> u64| tail.iter().map(|&class| of(&classes[class])).sum::<u64>();
        let mass = |part: u64, all: u64| (all > 0 && !tail.is_empty()).then(|| part as f64 / all as f64);
        let mass_here = mass(in_tail(|class| class.here), all_here);
        let mass_there = mass(in_tail(|class| class.there), all_there);
        let held = tail.iter().filter(|&&class| present(classes[class].here)).count() as u64;
        let measured = !tail.is_empty() && all_here > 0;
        let mut missing: Vec<ClassCount> = tail
            .iter()
            .filter(|&&class| !present(classes[class].here))
            .map(|&class| ClassCount {
                class: classes[class].name.to_owned(),
                count: classes[class].there,
            })
            .collect();
        if !measured {
            missing.clear();
        }
        missing.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.class.cmp(&b.class)));
        let missing_count = missing.len() as u64;
        missing.truncate(MISSING);
        Tail {
            reference: self.reference.clone(),
            held: self.held.clone(),
            present_at_least: least,
            classes: tail.len() as u64,
            present: held,
            retention: measured.then(|| held as f64 / tail.len() as f64),
            interval: measured.then(|| wilson(held, tail.len() as u64)),
            mass_here,
            mass_there,
            mass_ratio: mass_here.zip(mass_there).map(|(here, there)| here / there),
            bands: bands(classes, least),
            missing_count,
            missing,
            there: None,
        }
    }
}

fn sum(classes: &[Sides<'_>], of: impl Fn(&Sides<'_>) -> u64) -> u64 {
    classes.iter().map(of).sum()
}

fn bands(classes: &[Sides<'_>], least: u64) -> Vec<RarityBand> {
    let any_machine = classes.iter().any(|class| class.machine > 0);
    let band = |(from, to): (u64, Option<u64>)| {
        let inside = || {
            classes
                .iter()
                .filter(move |class| class.there >= from && to.is_none_or(|to| class.there <= to))
        };
        let all = inside().count() as u64;
        let present = inside().filter(|class| class.here >= least).count() as u64;
        RarityBand {
            from,
            to,
            classes: all,
            present,
            interval: wilson(present, all),
            machine_present: any_machine
                .then(|| inside().filter(|class| class.machine >= least).count() as u64),
        }
    };
    BANDS
        .into_iter()
        .map(band)
        .filter(|band| band.classes > 0)
        .collect()
}

/// The figures of a reference by itself.
pub fn figures_of(classes: &[(String, u64)]) -> ReferenceFigures {
    let counts = || classes.iter().map(|&(_, count)| count);
    let of = Frequencies::of(counts());
    ReferenceFigures {
        observations: of.observations,
        classes: of.classes,
        singletons: of.singletons,
        doubletons: of.doubletons,
        good_turing: good_turing(&of),
        chao_jost: chao_jost(&of),
        chao1: chao1(&of),
        hill: hill(&of),
        evenness: evenness(&of),
        rank_frequency: rank_frequency(counts().collect()),
        rarefaction: rarefaction::curve(&of),
    }
}

/// Lays two lists of classes by name side by side. Both ascend by name; `machine` belongs to `here`.
pub fn side_by_side<'a>(
    here: &'a [(String, u64)],
    machine: &[(String, u64)],
    there: &'a [(String, u64)],
) -> Vec<Sides<'a>> {
    let of = |list: &[(String, u64)], name: &str| {
        list.binary_search_by(|(other, _)| other.as_str().cmp(name))
            .map_or(0, |place| list[place].1)
    };
    let mut names: Vec<&str> = here.iter().chain(there).map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .map(|name| Sides {
            name,
            there: of(there, name),
            here: of(here, name),
            machine: of(machine, name),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sides(name: &'static str, there: u64, here: u64) -> Sides<'static> {
        Sides {
            name,
            there,
            here,
            machine: here,
        }
    }

    fn against(present_at_least: u64) -> Against {
        Against {
            reference: "field@1".into(),
            held: "whole".into(),
            present_at_least,
        }
    }

    #[test]
    fn the_tail_is_the_references_and_the_missing_are_commonest_first() {
        let classes = [
            sides("common", 90, 100),
            sides("odd", 4, 0),
            sides("rare", 2, 1),
            sides("strange", 1, 0),
            sides("usual", 3, 5),
            sides("new", 0, 4),
        ];
        let tail = against(1).tail(&classes);
        assert_eq!((tail.classes, tail.present, tail.missing_count), (4, 2, 2));
        assert_eq!(tail.retention, Some(0.5));
        let names: Vec<&str> = tail.missing.iter().map(|class| class.class.as_str()).collect();
        assert_eq!(names, ["odd", "strange"]);
        assert_eq!(tail.mass_there, Some(0.1));
        assert!((tail.mass_ratio.unwrap() - (6.0 / 110.0) / 0.1).abs() < 1e-12);
    }

    #[test]
    fn a_class_seen_too_seldom_is_not_present() {
        let classes = [
            sides("common", 95, 9),
            sides("rare", 3, 2),
            sides("strange", 2, 1),
        ];
        assert_eq!(against(1).tail(&classes).retention, Some(1.0));
        assert_eq!(against(2).tail(&classes).retention, Some(0.5));
        assert_eq!(against(3).tail(&classes).retention, Some(0.0));
    }

    #[test]
    fn bands_hold_every_class_of_the_reference_once() {
        let classes = [
            sides("a", 1, 1),
            sides("b", 1, 0),
            sides("c", 4, 1),
            sides("d", 900, 7),
            sides("new", 0, 7),
        ];
        let bands = against(1).tail(&classes).bands;
        let drawn: Vec<_> = bands
            .iter()
            .map(|band| (band.from, band.classes, band.present))
            .collect();
        assert_eq!(drawn, [(1, 2, 1), (3, 1, 1), (65, 1, 1)]);
    }

    #[test]
    fn nothing_held_retains_nothing_that_could_be_said() {
        let classes = [sides("common", 95, 0), sides("rare", 5, 0)];
        let tail = against(1).tail(&classes);
        assert_eq!(
            (tail.retention, tail.missing_count, tail.mass_here),
            (None, 0, None)
        );
    }

    proptest! {
        #[test]
        fn retention_is_a_share_and_falls_with_what_counts_as_present(
            counts in prop::collection::vec((0_u64..60, 0_u64..5), 1..60)
        ) {
            let names: Vec<String> = (0..counts.len()).map(|i| format!("c{i}")).collect();
            let classes: Vec<Sides> = names
                .iter()
                .zip(&counts)
                .map(|(name, &(there, here))| Sides { name, there, here, machine: 0 })
                .collect();
            let mut reversed = classes.clone();
            reversed.reverse();
            let (once, twice) = (against(1).tail(&classes), against(2).tail(&classes));
            prop_assert_eq!(&once, &against(1).tail(&reversed));
            if let (Some(once), Some(twice)) = (once.retention, twice.retention) {
                prop_assert!((0.0..=1.0).contains(&once) && twice <= once);
            }
            let all: u64 = once.bands.iter().map(|band| band.classes).sum();
            prop_assert_eq!(all, counts.iter().filter(|count| count.0 > 0).count() as u64);
        }
    }
}
