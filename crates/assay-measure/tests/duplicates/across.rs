//! Duplicates between datasets: found exactly, counted by texts and by samples, and named.

use crate::fixture::{Sample, Snapshot};
use assay_measure::{Across, Judged, Judgements, Kind, across, across_clusters, held};
use assay_model::{Origin, Task};
use proptest::prelude::*;

const LETTER: &str = "Dear madam, the flat in the second floor has no heating and the landlord does not answer my \
    letters, so I ask you how much of the rent I may keep back until it works again; it broke in November";

fn find(sides: &[&Snapshot]) -> Across {
    let inputs: Vec<_> = sides.iter().map(|side| &side.inputs).collect();
    across(&inputs, &Judgements::default(), &Task::silent()).unwrap()
}

fn human(texts: &[&str]) -> Vec<Sample> {
    texts
        .iter()
        .map(|text| Sample::new(text, Origin::Human))
        .collect()
}

#[test]
fn exact_normalised_and_near_pairs_are_told_apart_and_counted_from_both_sides() {
    let (shouted, near) = (LETTER.to_uppercase(), LETTER.replace("November", "December"));
    let a = Snapshot::of(&human(&[LETTER, LETTER, "alone here"]), 1);
    let b = Snapshot::of(&human(&[&near, "nothing in common"]), 10);
    let c = Snapshot::of(&human(&[LETTER, &shouted, &shouted]), 20);
    let found = find(&[&a, &b, &c]);

    let cells: Vec<_> = found
        .cells
        .iter()
        .map(|cell| ((cell.a, cell.b), cell.pairs, cell.samples, cell.of))
        .collect();
    assert_eq!(
        cells,
        [
            ((0, 1), [0, 0, 1], 2, 3),
            ((0, 2), [1, 0, 0], 2, 3),
            ((1, 0), [0, 0, 1], 1, 2),
            ((1, 2), [0, 0, 1], 1, 2),
            ((2, 0), [1, 0, 0], 3, 3),
            ((2, 1), [0, 0, 1], 3, 3),
        ]
    );
    let exact = found.pairs.iter().find(|pair| pair.kind == Kind::Exact).unwrap();
    assert_eq!((exact.a.side, exact.a.sample, exact.a.copies), (0, 1, 2));
    assert_eq!((exact.b.side, exact.b.sample, exact.b.copies), (2, 20, 3));
    let near = found.pairs.iter().find(|pair| pair.kind == Kind::Near).unwrap();
    assert!(near.jaccard >= 0.9 && near.jaccard < 1.0, "{near:?}");
}

#[test]
fn equal_words_in_other_letters_are_a_normalised_pair() {
    let a = Snapshot::of(&human(&["Short text."]), 1);
    let b = Snapshot::of(&human(&["short TEXT"]), 1);
    let found = find(&[&a, &b]);
    assert_eq!((found.pairs.len(), found.pairs[0].kind), (1, Kind::Normalised));
}

#[test]
fn a_pair_judged_apart_is_listed_and_not_counted() {
    let near = LETTER.replace("November", "December");
    let (a, b) = (
        Snapshot::of(&human(&[LETTER]), 1),
        Snapshot::of(&human(&[&near]), 1),
    );
    let mut judgements = Judgements::default();
    let digest = |text: &str| assay_sketch::sample_digest(&[("document", text)]);
    let (one, other) = (digest(LETTER), digest(&near));
    let judged = Judged {
        reason: "another month".to_owned(),
        ..Judged::default()
    };
    judgements
        .apart
        .insert((one.min(other), one.max(other)), judged.clone());
    let found = across(&[&a.inputs, &b.inputs], &judgements, &Task::silent()).unwrap();
    assert_eq!(found.pairs[0].judged, Some(judged));
    assert_eq!((found.cells[0].pairs, found.cells[0].samples), ([0, 0, 0], 0));
    let clusters = across_clusters(&[&a.inputs, &b.inputs], &judgements, &Task::silent()).unwrap();
    assert!(clusters.is_empty());
}

#[test]
fn every_copy_that_a_side_holds_of_a_reference_is_named_under_its_own_kind() {
    let (shouted, near) = (LETTER.to_uppercase(), LETTER.replace("November", "December"));
    let reference = Snapshot::of(&human(&[LETTER, "alone here"]), 1);
    let data = Snapshot::of(&human(&[&near, LETTER, "something else", &shouted, LETTER]), 10);
    let judgements = Judgements::default();
    let (found, crowded) = held(&reference.inputs, &data.inputs, &judgements, &Task::silent()).unwrap();
    let letter = assay_sketch::sample_digest(&[("document", LETTER)]);
    assert!(found.iter().all(|held| held.reference == letter));
    let rows: Vec<_> = found.iter().map(|held| (held.sample, held.kind)).collect();
    let expected = [
        (11, Kind::Exact),
        (14, Kind::Exact),
        (13, Kind::Normalised),
        (10, Kind::Near),
    ];
    assert_eq!((rows.as_slice(), crowded), (expected.as_slice(), 0));
}

#[test]
fn a_cluster_reaches_over_sides_and_prefers_human_origin() {
    let near = LETTER.replace("November", "December");
    let machine = Snapshot::of(
        &[
            Sample::new(&near, Origin::Machine),
            Sample::new(&near, Origin::Machine),
            Sample::new("only here, twice", Origin::Machine),
            Sample::new("only here, twice", Origin::Machine),
        ],
        1,
    );
    let people = Snapshot::of(&human(&[LETTER, "Only HERE twice"]), 1);
    let clusters = across_clusters(
        &[&machine.inputs, &people.inputs],
        &Judgements::default(),
        &Task::silent(),
    )
    .unwrap();
    let shapes: Vec<_> = clusters
        .iter()
        .map(|cluster| {
            let members: Vec<_> = cluster.members.iter().map(|member| member.kind).collect();
            (
                cluster.representative.side,
                cluster.representative.sample,
                cluster.reason.as_str(),
                members,
            )
        })
        .collect();
    assert_eq!(
        shapes,
        [
            (1, 1, "human origin", vec![Kind::Near, Kind::Near]),
            (1, 2, "human origin", vec![Kind::Normalised, Kind::Normalised]),
        ]
    );
}

/// Sentences of a small world, so that texts are near each other often.
fn texts() -> impl Strategy<Value = Vec<String>> {
    let words = "the river bank law clinic dose rent heating letter morning water clerk";
    let text = prop::collection::vec(prop::sample::select(words.split(' ').collect::<Vec<_>>()), 3..60);
    let base = prop::collection::vec(text, 1..4);
    (
        base,
        prop::collection::vec((0_usize..4, 0_usize..60, 0_usize..3), 1..8),
    )
        .prop_map(|(bases, edits)| {
            edits
                .into_iter()
                .map(|(base, at, kind)| {
                    let mut words = bases[base % bases.len()].clone();
                    let at = at % words.len();
                    match kind {
                        0 => words[at] = "changed",
                        1 => words.truncate(at.max(3)),
                        _ => {}
                    }
                    words.join(" ")
                })
                .collect()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// What one measure of everything together finds between the sides is what the join of the sides finds.
    #[test]
    fn pairs_across_are_those_of_the_two_sides_measured_as_one(one in texts(), other in texts()) {
        let of = |texts: &[String], first: u64, file: u32| {
            let samples: Vec<Sample> = texts.iter().map(|text| Sample::new(text, Origin::Human).file(file)).collect();
            (Snapshot::of(&samples, first), samples)
        };
        let (a, samples_a) = of(&one, 0, 1);
        let (b, samples_b) = of(&other, 1_000, 2);
        let found = find(&[&a, &b]);

        let whole = Snapshot::segments(&[(&samples_a, 0), (&samples_b, 1_000)]);
        let texts: std::collections::BTreeMap<u64, &String> =
            (0..).zip(&one).chain((1_000..).zip(&other)).collect();
        let (_, evidence) = whole.measure();
        // Whose text has a partner on the other side, by one measure of all.
        let normal = |text: &str| assay_sketch::sketch(&[assay_model::Part {
            role: "document".into(), text: text.to_owned(), origin: Origin::Human,
            source_class: assay_model::SourceClass::Unknown, confidence: 1.0,
        }]).normalised;
        let mut near: std::collections::BTreeSet<_> = std::collections::BTreeSet::new();
        for pair in evidence.pairs.iter().filter(|pair| pair.accepted) {
            let (x, y) = (normal(texts[&pair.a]), normal(texts[&pair.b]));
            near.insert((x, y));
            near.insert((y, x));
        }
        let mut partner_in_b = 0;
        for text in &one {
            let mine = normal(text);
            partner_in_b += u64::from(other.iter().any(|text| {
                let theirs = normal(text);
                theirs == mine || near.contains(&(mine, theirs))
            }));
        }
        prop_assert_eq!(found.cells[0].samples, partner_in_b);
    }
}
