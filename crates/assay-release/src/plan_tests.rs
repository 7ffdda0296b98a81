use proptest::prelude::*;

use super::*;
use crate::{Cap, Duplicate, GoldKind, KeepDuplicates, Tail, ablations};

fn any_candidate(place: u64) -> impl Strategy<Value = Candidate> {
    (
        0u8..30,
        0usize..4,
        1u64..9,
        prop::option::of(0u64..6),
        0u8..10,
        prop::collection::vec(0u8..5, 1..3),
    )
        .prop_map(move |(text, origin, tokens, cluster, facts, classes)| Candidate {
            sample: place,
            digest: Digest::of(&[text]),
            path: format!("file-{}", place % 3),
            ordinal: place,
            tokens,
            origin: Origin::ALL[origin],
            source: String::new(),
            included: facts != 0,
            excluded: facts == 1,
            rejected: facts == 2,
            gold: (facts == 3).then_some(GoldKind::Near),
            duplicate: Duplicate {
                normalised: None,
                cluster,
                represents: place.is_multiple_of(5),
            },
            caps: if place.is_multiple_of(2) {
                vec![0, 1]
            } else {
                vec![1]
            },
            classes: vec![classes.into_iter().map(|class| class.to_string()).collect()],
        })
}

fn any_candidates() -> impl Strategy<Value = Vec<Candidate>> {
    (0u64..80).prop_flat_map(|count| (0..count).map(any_candidate).collect::<Vec<_>>())
}

fn cap(limit: Limit, line: u64) -> Cap {
    let slice = assay_model::Expression::parse("tokens > 0").unwrap();
    Cap {
        text: slice.to_string(),
        slice,
        limits: vec![limit],
        line,
    }
}

fn policy(share: f64, machine: f64, floor: u64) -> Policy {
    Policy {
        seed: 7,
        caps: vec![
            cap(Limit::MaxShare(share), 1),
            cap(Limit::MaxMachineShare(machine), 2),
        ],
        tail: Tail {
            floors: vec![Floor {
                dimension: "intent".into(),
                min_samples: floor,
                min_retention: 0.0,
                up_to_samples: 0,
                max_factor: 1.0,
                repeat: false,
            }],
        },
        ..Policy::default()
    }
}

fn released<'a>(plan: &Plan, candidates: &'a [Candidate]) -> Vec<&'a Candidate> {
    let kept: BTreeSet<u64> = plan
        .samples
        .iter()
        .filter(|planned| matches!(planned.fate, Fate::Released { .. }))
        .map(|planned| planned.sample)
        .collect();
    candidates
        .iter()
        .filter(|candidate| kept.contains(&candidate.sample))
        .collect()
}

proptest! {
    #[test]
    fn caps_hold_exactly_and_no_gold_is_inside(candidates in any_candidates(), share in 0.0..1.0, machine in 0.0..1.0) {
        let plan = plan(&candidates, &policy(share, machine, 0), &Task::silent()).unwrap();
        let kept = released(&plan, &candidates);
        prop_assert!(kept.iter().all(|sample| sample.gold.is_none() && sample.included && !sample.excluded && !sample.rejected));
        let sliced = kept.iter().filter(|sample| sample.caps.contains(&0)).count() as f64;
        let machines = kept.iter().filter(|sample| sample.origin == Origin::Machine).count() as f64;
        prop_assert!(sliced <= share * kept.len() as f64);
        prop_assert!(machines <= machine * kept.len() as f64);
        prop_assert_eq!(plan.released, kept.len() as u64);
        prop_assert_eq!(plan.candidates, plan.released + plan.rules.iter().map(|rule| rule.samples).sum::<u64>());
    }

    #[test]
    fn a_floor_is_kept_or_the_cap_is_refused(candidates in any_candidates(), machine in 0.0..1.0, floor in 1u64..6) {
        let policy = policy(1.0, machine, floor);
        match plan(&candidates, &policy, &Task::silent()) {
            Err(fault) => prop_assert_eq!(fault.code, Code::NotAllowed),
            Ok(plan) => {
                let count = |samples: Vec<&Candidate>, class: &str| samples.iter()
                    .filter(|sample| sample.classes[0].iter().any(|each| each == class)).count() as u64;
                let allowed = |sample: &&Candidate| sample.gold.is_none() && sample.included && !sample.excluded && !sample.rejected;
                for class in 0..5u8 {
                    let class = class.to_string();
                    let there = count(candidates.iter().filter(allowed).collect(), &class);
                    prop_assert!(count(released(&plan, &candidates), &class) >= floor.min(there));
                }
            }
        }
    }

    #[test]
    fn the_order_of_candidates_changes_nothing(candidates in any_candidates()) {
        let policy = policy(0.4, 0.3, 0);
        let forward = plan(&candidates, &policy, &Task::silent()).unwrap();
        let backward: Vec<Candidate> = candidates.iter().rev().cloned().collect();
        prop_assert_eq!(forward, plan(&backward, &policy, &Task::silent()).unwrap());
    }

    #[test]
    fn one_sample_of_a_cluster_stays(candidates in any_candidates()) {
        let plan = plan(&candidates, &Policy { duplicates: KeepDuplicates::default(), ..Policy { caps: vec![], ..policy(1.0, 1.0, 0) } }, &Task::silent()).unwrap();
        let mut seen = BTreeSet::new();
        for sample in released(&plan, &candidates) {
            prop_assert!(sample.duplicate.cluster.is_none_or(|cluster| seen.insert(cluster)));
        }
    }

    #[test]
    fn a_repeated_class_comes_to_its_size_and_no_further(candidates in any_candidates(), size in 1u64..40, factor in 1.0..5.0f64) {
        let candidates: Vec<Candidate> = candidates.into_iter()
            .map(|mut candidate| { candidate.classes[0].truncate(1); candidate }).collect();
        let mut policy = policy(1.0, 1.0, 0);
        policy.tail.floors[0] = Floor { up_to_samples: size, max_factor: factor, repeat: true, ..policy.tail.floors[0].clone() };
        let plan = plan(&candidates, &policy, &Task::silent()).unwrap();
        let class = |sample: u64| candidates.iter().find(|each| each.sample == sample).unwrap().classes[0][0].clone();
        let (mut there, mut rows) = (BTreeMap::<String, u64>::new(), BTreeMap::<String, u64>::new());
        for planned in &plan.samples {
            if let Fate::Released { copies, weight, .. } = planned.fate {
                prop_assert_eq!(weight, 1.0);
                *there.entry(class(planned.sample)).or_default() += 1;
                *rows.entry(class(planned.sample)).or_default() += copies;
            }
        }
        for (class, there) in there {
            let expected = size.min((there as f64 * factor).floor() as u64).max(there);
            prop_assert_eq!(rows[&class], expected);
        }
        prop_assert_eq!(plan.rows, rows.values().sum::<u64>());
    }

    #[test]
    fn what_stayed_stands_for_all_that_went_as_its_duplicates(candidates in any_candidates()) {
        let policy = Policy { caps: vec![], ..policy(1.0, 1.0, 0) };
        let plan = plan(&candidates, &policy, &Task::silent()).unwrap();
        let stands_for = |level: fn(&StandsFor) -> u64| plan.samples.iter()
            .filter_map(|planned| match &planned.fate { Fate::Released { stands_for, .. } => Some(level(stands_for)), _ => None })
            .sum::<u64>();
        let went = |rule: &str| plan.rules.iter().find(|cost| cost.rule == rule).unwrap().samples;
        prop_assert_eq!(stands_for(|each| each.near), went("duplicates near"));
        prop_assert!(stands_for(|each| each.exact) <= went("duplicates exact"));
    }

    #[test]
    fn the_rules_are_those_of_the_policy(candidates in any_candidates(), share in 0.0..1.0) {
        let policy = policy(share, 1.0, 0);
        let plan = plan(&candidates, &policy, &Task::silent()).unwrap();
        let names: Vec<String> = plan.rules.iter().map(|cost| cost.rule.clone()).collect();
        prop_assert_eq!(names, rule_names(&policy));
        for pair in plan.rules[..7].windows(2) {
            prop_assert_eq!(pair[0].after, pair[1].before);
        }
    }

    #[test]
    fn ablations_have_one_size_and_their_ratio_and_nest(candidates in any_candidates()) {
        let plan = plan(&candidates, &policy(1.0, 1.0, 0), &Task::silent()).unwrap();
        let Ok(sets) = ablations(&plan, &candidates, 7, &[0.0, 0.25, 0.5]) else { return Ok(()) };
        let machines = |set: &BTreeSet<u64>| candidates.iter()
            .filter(|sample| set.contains(&sample.sample) && sample.origin == Origin::Machine)
            .map(|sample| sample.sample).collect::<BTreeSet<_>>();
        for (set, ratio) in sets.iter().zip([0.0, 0.25, 0.5]) {
            prop_assert_eq!(set.len(), sets[0].len());
            prop_assert_eq!(machines(set).len(), (ratio * set.len() as f64).round() as usize);
        }
        prop_assert!(machines(&sets[1]).is_subset(&machines(&sets[2])));
    }
}
