use std::collections::BTreeMap;

use assay_model::{Code, Digest};
use assay_review::acceptance::Ruling;
use assay_review::draw::draw;
use assay_review::queue::{self, Enough, QueueOrder};
use assay_review::{
    AcceptanceRule, Allocation, Ordering, SliceTerms, StopRule, Tier, Verdict, confidence, reveal, rubric,
    sampling, slices, standing,
};
use proptest::prelude::*;

use crate::world::{World, by, order, world};

fn digests(count: u64) -> Vec<Digest> {
    (0..count)
        .map(|number| Digest::of(&number.to_be_bytes()))
        .collect()
}

proptest! {
    #[test]
    fn a_draw_depends_neither_on_order_nor_on_repeats(
        (mut shuffled, sorted) in (1u64..60).prop_map(digests).prop_flat_map(|all| (Just(all.clone()).prop_shuffle(), Just(all))),
        repeats in 0usize..20,
        size in 1u64..80,
        seed in 0u64..1_000,
    ) {
        let expected = draw(sorted.clone(), size, seed);
        shuffled.extend(sorted.iter().cycle().take(repeats));
        let found = draw(shuffled, size, seed);
        prop_assert_eq!(&found, &expected);
        prop_assert_eq!(found.population, sorted.len() as u64);
        prop_assert_eq!(found.items.len() as u64, size.min(sorted.len() as u64));
        let mut distinct = found.items.clone();
        distinct.sort_unstable();
        distinct.dedup();
        prop_assert_eq!(distinct.len(), found.items.len());
    }
}

/// A changed generator or library must not move queues that were frozen. Checked once against another ChaCha20.
#[test]
fn seed_42_draws_these_of_a_thousand() {
    let all = digests(1000);
    let number = |item: &Digest| all.iter().position(|digest| digest == item).unwrap();
    let drawn: Vec<usize> = draw(all.clone(), 5, 42).items.iter().map(number).collect();
    assert_eq!(drawn, PINNED);
}
const PINNED: [usize; 5] = [881, 733, 928, 982, 509];

#[test]
fn every_sample_has_the_same_chance() {
    let all = digests(20);
    let mut counts = [0u32; 20];
    for seed in 0..2000 {
        for item in draw(all.clone(), 5, seed).items {
            counts[all.iter().position(|digest| *digest == item).unwrap()] += 1;
        }
    }
    // 2,000 draws of 5 in 20: 500 expected for each, standard deviation 19.4; five of them either way.
    assert!(
        counts.iter().all(|count| (403..=597).contains(count)),
        "{counts:?}"
    );
}

#[test]
fn claims_cost_what_the_tables_say() {
    let samples = |population| {
        sampling::prices(population)
            .iter()
            .map(|price| price.samples[0].unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(samples(1_000_000_000), [59, 99, 149, 299, 598]);
    // A hundred samples: 45 drawn without a defect leave C(95,45)/C(100,45) = 0.046 for five defective ones, 44 leave 0.051.
    assert_eq!(sampling::price(100, 0.05), 45);
    assert_eq!(sampling::price(10, 0.05), 10);
    assert!(
        samples(3_000)
            .iter()
            .zip(samples(1_000_000))
            .all(|(few, many)| *few <= many)
    );
}

#[test]
fn a_draw_supports_the_claim_it_was_paid_for() {
    for population in [200, 5_000, 1_000_000] {
        for limit in sampling::PRICED_LIMITS {
            let price = sampling::price(population, limit);
            assert!(sampling::supported_limit(population, price) <= limit + 1.0 / population as f64);
            assert!(sampling::supported_limit(population, price - 1) > limit);
        }
    }
    assert_eq!(sampling::supported_limit(1000, 1000), 0.001);
    assert_eq!(sampling::supported_limit(1000, 0), 1.0);
}

#[test]
fn wilson_intervals_are_the_published_ones() {
    // Newcombe 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29.
    for (found, of, low, high) in [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ] {
        let interval = sampling::wilson(found, of).unwrap();
        assert!(
            (interval.low - low).abs() < 5e-5 && (interval.high - high).abs() < 5e-5,
            "{found}/{of}: {interval:?}"
        );
    }
    assert_eq!(sampling::wilson(0, 0), None);
}

#[test]
fn a_queue_is_frozen_with_its_terms_and_its_rubric() {
    let world = world();
    let queue = queue::find(&world.ledger, "first").unwrap();
    assert_eq!(queue, queue::find(&world.ledger, &queue.id.to_string()).unwrap());
    assert_eq!((queue.terms.size, queue.terms.population), (5, 8));
    assert_eq!(queue.terms.rubric.to_string(), "general@1");
    assert_eq!(world.ledger.queue_items(&queue).unwrap(), world.items);
    assert_eq!(
        rubric::find(&world.ledger, &queue.terms.rubric).unwrap(),
        rubric::general()
    );
    let statement = "5 of 8 distinct samples of letters, snapshot 1, drawn at random without replacement, \
                     each with the same chance (ChaCha20, seed 42).";
    assert_eq!(queue::statement(&queue.terms), statement);
    let digests = world.samples.iter().map(|sample| sample.digest).collect();
    let drawn = queue::draw(&order("x", 5), digests).unwrap();
    assert_eq!(queue::preview(&order("x", 5), &drawn).statement, statement);
    assert!(world.ledger.verify().unwrap().whole());
}

#[test]
fn a_repeated_order_makes_one_queue_and_a_taken_name_none() {
    let mut world = world();
    let order = order("second", 3);
    let drawn = queue::draw(&order, world.items.clone()).unwrap();
    let stamp = by("Jonas");
    let first = queue::create(&mut world.ledger, &stamp, &order, &drawn, &[]).unwrap();
    let size = world.ledger.size().unwrap();
    assert_eq!(
        queue::create(&mut world.ledger, &stamp, &order, &drawn, &[]).unwrap(),
        first
    );
    assert_eq!(world.ledger.size().unwrap(), size);
    let fault = queue::create(&mut world.ledger, &by("Jonas"), &order, &drawn, &[]).unwrap_err();
    assert_eq!(fault.code, Code::NotAllowed);
}

#[test]
fn a_queue_whose_texts_are_not_kept_is_not_made() {
    let mut world = world();
    let order = order("unkept", 3);
    let drawn = queue::draw(&order, digests(10)).unwrap();
    assert!(queue::create(&mut world.ledger, &by("Jonas"), &order, &drawn, &[]).is_err());
    assert!(queue::find(&world.ledger, "unkept").is_err());
}

#[test]
fn orders_that_make_no_sense_are_refused() {
    let refused = |change: fn(&mut QueueOrder)| {
        let mut order = order("odd", 3);
        change(&mut order);
        queue::draw(&order, digests(10)).unwrap_err().code
    };
    assert_eq!(refused(|order| order.size = 0), Code::Usage);
    assert_eq!(refused(|order| order.seed = u64::MAX), Code::Usage);
    assert_eq!(refused(|order| order.name = " ".to_owned()), Code::Usage);
    assert_eq!(refused(|order| order.reviewers = 0), Code::Usage);
    assert_eq!(
        queue::draw(&order("empty", 3), vec![]).unwrap_err().code,
        Code::Usage
    );
    let world = world();
    assert_eq!(
        queue::find(&world.ledger, "nowhere").unwrap_err().code,
        Code::UnknownQueue
    );
}

#[test]
fn the_next_position_is_the_next_unanswered_then_the_skipped() {
    let mut world = world();
    let at = |world: &crate::world::World, from| {
        queue::next_after(&world.ledger, &world.queue, "Maria", from).unwrap()
    };
    assert_eq!(queue::position(&world.ledger, &world.queue, "Maria").unwrap(), 0);
    world.decide("Maria", 0, Verdict::Skip);
    assert_eq!(at(&world, Some(0)), 1);
    world.decide("Maria", 4, Verdict::Approve);
    assert_eq!(at(&world, Some(4)), 1);
    for position in [1, 2, 3] {
        world.decide("Maria", position, Verdict::Exclude);
    }
    assert_eq!(at(&world, Some(3)), 0);
    assert_eq!(queue::position(&world.ledger, &world.queue, "Maria").unwrap(), 0);
    world.decide("Maria", 0, Verdict::Unsure);
    assert_eq!(at(&world, Some(0)), 0);
    assert_eq!(queue::position(&world.ledger, &world.queue, "Maria").unwrap(), 4);
    // Jonas has not begun.
    assert_eq!(queue::position(&world.ledger, &world.queue, "Jonas").unwrap(), 0);
}

#[test]
fn progress_counts_one_persons_answers() {
    let mut world = world();
    world.decide("Maria", 0, Verdict::Approve);
    world.decide("Maria", 1, Verdict::Exclude);
    world.decide("Maria", 2, Verdict::Skip);
    world.decide("Maria", 0, Verdict::Skip);
    world.decide("Jonas", 3, Verdict::Unsure);
    let progress = queue::progress(&world.ledger, &world.queue, "Maria").unwrap();
    assert_eq!((progress.done, progress.left), (2, 3));
    assert_eq!(
        (
            progress.approved,
            progress.excluded,
            progress.unsure,
            progress.skipped
        ),
        (1, 1, 0, 1)
    );
    assert_eq!(progress.estimate, confidence::sequence(8, &[false, true]));
    assert_eq!((progress.estimated_from, progress.ruling), (2, None));
    // A gap ends what may be estimated from: whoever puts the hard ones off would bend it.
    world.decide("Maria", 4, Verdict::Exclude);
    let progress = queue::progress(&world.ledger, &world.queue, "Maria").unwrap();
    assert_eq!((progress.done, progress.estimated_from), (3, 2));
    let queue = world.queue.clone();
    assay_review::verdict::undo(&mut world.ledger, &by("Maria"), &queue).unwrap();
    let items = queue::items(&world.ledger, &world.queue, "Maria").unwrap();
    let verdicts: Vec<_> = items
        .iter()
        .map(|item| item.answer.as_ref().map(|answer| answer.verdict))
        .collect();
    assert_eq!(
        verdicts,
        [
            Some(Verdict::Approve),
            Some(Verdict::Exclude),
            Some(Verdict::Skip),
            None,
            None
        ]
    );
    assert_eq!(
        queue::item(&world.ledger, &world.queue, "Maria", 0).unwrap(),
        items[0]
    );
}

#[test]
fn the_state_of_a_sample_follows_from_entries() {
    let mut world = world();
    let state = |world: &crate::world::World, position: usize| {
        standing::status(&world.ledger, &world.items[position])
            .unwrap()
            .to_string()
    };
    assert_eq!(
        standing::status(&world.ledger, &Digest::of(b"elsewhere"))
            .unwrap()
            .to_string(),
        "unassigned"
    );
    assert_eq!(state(&world, 0), "in review (0 of 1)");
    world.decide("Maria", 0, Verdict::Skip);
    assert_eq!(state(&world, 0), "in review (0 of 1)");
    world.decide("Maria", 0, Verdict::Approve);
    assert_eq!(state(&world, 0), "gold candidate");
    world.decide("Jonas", 0, Verdict::Exclude);
    assert_eq!(state(&world, 0), "disputed");
    world.decide("Maria", 0, Verdict::Exclude);
    assert_eq!(state(&world, 0), "excluded");
    world.decide("Maria", 1, Verdict::Unsure);
    assert_eq!(state(&world, 1), "agreed");
    let verdicts = standing::latest_verdicts(&world.ledger).unwrap();
    assert_eq!(verdicts[&world.items[0]], Verdict::Exclude);
    assert_eq!(verdicts.len(), 2);
    assert_eq!(standing::own_verdicts(&world.ledger, "Jonas").unwrap().len(), 1);
}

#[test]
fn a_rule_is_registered_before_anyone_looks_and_holds_or_not() {
    let mut world = world();
    // Of eight samples two defective are 25 %: one must be found among six or more, if none is allowed.
    let rule = assay_review::AcceptanceRule {
        defective_below_ppm: 250_000,
        allowed: 0,
    };
    let digests: Vec<Digest> = world.samples.iter().map(|sample| sample.digest).collect();
    let create = |world: &mut World, size: u64, ordering: Ordering| {
        let order = QueueOrder {
            rule: Some(rule),
            ordering,
            ..order(&format!("rule {size} {ordering:?}"), size)
        };
        let drawn = queue::draw(&order, digests.clone()).unwrap();
        queue::create(&mut world.ledger, &by("Jonas"), &order, &drawn, &[])
    };
    let few = create(&mut world, 5, Ordering::Random).unwrap_err();
    assert!(
        few.code == Code::Usage && few.message.contains("it takes 6"),
        "{few}"
    );
    assert_eq!(
        create(&mut world, 8, Ordering::UncertainOrigin).unwrap_err().code,
        Code::Usage
    );
    world.queue = create(&mut world, 6, Ordering::Random).unwrap();
    world.items = world.ledger.queue_items(&world.queue).unwrap();
    let ruling = |world: &World| {
        queue::progress(&world.ledger, &world.queue, "Maria")
            .unwrap()
            .ruling
    };
    assert_eq!(ruling(&world), Some(Ruling::Open { left: 6 }));
    for position in 0..6 {
        world.decide("Maria", position, Verdict::Approve);
    }
    assert_eq!(ruling(&world), Some(Ruling::Accepted));
    world.decide("Maria", 3, Verdict::Exclude);
    assert_eq!(ruling(&world), Some(Ruling::Rejected));
    assert!(world.ledger.verify().unwrap().whole());
}

#[test]
fn a_draw_from_strata_is_frozen_with_its_groups_and_claims_what_it_can() {
    let mut world = world();
    let order = QueueOrder {
        strata: Some(("language".to_owned(), Allocation::Equal)),
        ..order("by language", 4)
    };
    let groups = || {
        let each =
            |range: std::ops::Range<usize>| world.samples[range].iter().map(|sample| sample.digest).collect();
        BTreeMap::from([("ar".to_owned(), each(0..2)), ("en".to_owned(), each(2..8))])
    };
    let drawn = queue::draw_groups(&order, groups()).unwrap();
    let statement = queue::preview(&order, &drawn).statement;
    assert_eq!(
        statement,
        "4 of 8 distinct samples of letters, snapshot 1, drawn at random without replacement from each language by itself, as many \
         from each (ChaCha20, seed 42)."
    );
    let claimed = |below: f64| QueueOrder {
        rule: Some(AcceptanceRule {
            defective_below_ppm: (below * 1e6) as u64,
            allowed: 0,
        }),
        ..order.clone()
    };
    let refused = queue::create(&mut world.ledger, &by("Jonas"), &claimed(0.2), &drawn, &[]).unwrap_err();
    assert!(
        refused.code == Code::Usage && refused.message.contains("supports at best"),
        "{refused}"
    );
    world.queue = queue::create(&mut world.ledger, &by("Jonas"), &order, &drawn, &[]).unwrap();
    assert_eq!(queue::statement(&world.queue.terms), statement);
    world.items = drawn.items;
    for position in 0..4 {
        world.decide("Maria", position, Verdict::Approve);
    }
    let estimate = queue::progress(&world.ledger, &world.queue, "Maria")
        .unwrap()
        .estimate
        .unwrap();
    assert_eq!((estimate.low, estimate.value), (0.0, 0.0));
    assert!(estimate.high < 1.0, "all of one group was read: {estimate:?}");
    assert!(world.ledger.verify().unwrap().whole());
}

#[test]
fn enough_is_told_by_the_stopping_rule_and_nothing_is_refused() {
    let mut world = world();
    let digests: Vec<Digest> = world.samples.iter().map(|sample| sample.digest).collect();
    let order = QueueOrder {
        stop: Some(StopRule {
            when_decided: false,
            narrower_than_ppm: Some(500_000),
        }),
        ..order("until narrow", 8)
    };
    let drawn = queue::draw(&order, digests).unwrap();
    world.queue = queue::create(&mut world.ledger, &by("Jonas"), &order, &drawn, &[]).unwrap();
    world.items = drawn.items;
    let mut told = Vec::new();
    for position in 0..8 {
        world.decide("Maria", position, Verdict::Approve);
        told.push(
            queue::progress(&world.ledger, &world.queue, "Maria")
                .unwrap()
                .enough,
        );
    }
    assert_eq!((told[0], told[7]), (None, Some(Enough::Narrow)));
    let undecidable = QueueOrder {
        stop: Some(StopRule {
            when_decided: true,
            narrower_than_ppm: None,
        }),
        ..order
    };
    assert_eq!(
        queue::draw(&undecidable, world.items.clone()).unwrap_err().code,
        Code::Usage,
        "without a rule nothing is decided"
    );
}

#[test]
fn a_high_stakes_slice_is_judged_by_two_blind() {
    let mut world = world();
    let slice = SliceTerms {
        name: "Doses".to_owned(),
        filter: "domain = 'health'".to_owned(),
        tier: Tier::HighStakes,
        blurred: true,
    };
    let expert = slices::define(&mut world.ledger, &by("Maria"), &slice, "").unwrap_err();
    assert_eq!(expert.code, Code::NotAllowed);
    slices::define(&mut world.ledger, &by("Jonas"), &slice, "doses of children")
        .unwrap()
        .unwrap();
    assert_eq!(
        slices::define(&mut world.ledger, &by("Jonas"), &slice, "again").unwrap(),
        None
    );
    assert_eq!(world.ledger.slices().unwrap(), std::slice::from_ref(&slice));
    let digests: Vec<Digest> = world.samples.iter().map(|sample| sample.digest).collect();
    let alone = QueueOrder {
        slice: Some(slice.clone()),
        ..order("alone", 4)
    };
    assert_eq!(
        queue::draw(&alone, digests.clone()).unwrap_err().code,
        Code::Usage
    );
    let together = QueueOrder {
        reviewers: 2,
        blind: true,
        ..alone
    };
    let drawn = queue::draw(&together, digests).unwrap();
    let queue = queue::create(&mut world.ledger, &by("Jonas"), &together, &drawn, &[]).unwrap();
    slices::remove(&mut world.ledger, &by("Jonas"), "Doses", "renamed").unwrap();
    assert!(world.ledger.slices().unwrap().is_empty());
    let kept = queue::find(&world.ledger, &queue.id.to_string())
        .unwrap()
        .terms
        .slice;
    assert_eq!(kept, Some(slice), "a queue keeps what it was drawn from");
    world.ledger.rebuild_projections().unwrap();
    assert!(world.ledger.verify().unwrap().whole());
}

#[test]
fn flags_are_raised_and_taken_down_and_a_blind_peer_knows_nothing_of_them() {
    let mut world = crate::adjudicating::blind();
    let (queue, sample) = (world.queue.clone(), world.items[1]);
    let raised = reveal::flag(&mut world.ledger, &by("Maria"), &queue, &sample, true).unwrap();
    assert!(raised.is_some());
    assert_eq!(
        reveal::flag(&mut world.ledger, &by("Maria"), &queue, &sample, true).unwrap(),
        None
    );
    let seen_by = |world: &World, reader: &str| world.ledger.seen_by(reader).unwrap().flags().unwrap().len();
    assert_eq!((seen_by(&world, "Maria"), seen_by(&world, "Jonas")), (1, 1));
    world.decide("Omar", 0, Verdict::Approve);
    assert_eq!(seen_by(&world, "Omar"), 0);
    let kept = world.ledger.seen_whole().flags().unwrap();
    world.ledger.rebuild_projections().unwrap();
    assert_eq!(world.ledger.seen_whole().flags().unwrap(), kept);
    reveal::flag(&mut world.ledger, &by("Maria"), &queue, &sample, false).unwrap();
    assert_eq!(seen_by(&world, "Maria"), 0);
}
