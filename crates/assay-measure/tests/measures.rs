//! What the measures of small snapshots must be.

mod fixture;

use assay_measure::{Kind, Unit};
use assay_model::report::{ClassCount, LanguageMismatch};
use assay_model::{Origin, SourceClass};
use fixture::{Sample, Snapshot};

const LETTER: &str = "The committee met on Tuesday to discuss the harbour works and agreed that the eastern wall \
    should be raised before the autumn storms, at a cost to be shared between the town and the province, while \
    the fishermen asked that the old slipway be kept open for small boats during the whole of the building season.";

fn words(seed: u64, count: usize) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let word = |_| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let rank = ((state >> 33) as f64 / 2_f64.powi(31) * 7.0).exp() as u64;
        format!("w{rank}")
    };
    (0..count).map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_origin_is_there_and_shares_add_up() {
    let samples = [
        Sample::new("one two three", Origin::Human).domain("law"),
        Sample::new("four five", Origin::Machine).domain("law"),
        Sample::new("six", Origin::Unknown),
    ];
    let (measures, _) = Snapshot::of(&samples, 1).measure();
    assert_eq!((measures.samples, measures.tokens), (3, 6));
    assert_eq!(
        (measures.origin.human.tokens, measures.origin.mixed.samples),
        (3, 0)
    );
    let shares: f64 = Origin::ALL
        .iter()
        .map(|&origin| measures.origin.of(origin).token_share)
        .sum();
    assert!((shares - 1.0).abs() < 1e-12);
    let cells: Vec<_> = measures
        .composition
        .iter()
        .map(|cell| (cell.domain.as_str(), cell.origin, cell.samples))
        .collect();
    assert_eq!(
        cells,
        [
            ("", Origin::Unknown, 1),
            ("law", Origin::Human, 1),
            ("law", Origin::Machine, 1)
        ]
    );
}

#[test]
fn a_digest_declared_human_here_and_machine_there_is_one_conflict() {
    let mut beside_itself = Sample::new("another text", Origin::Unknown);
    beside_itself.conflict = true;
    let samples = [
        Sample::new("the same text", Origin::Human),
        Sample::new("the same text", Origin::Machine),
        Sample::new("the same text", Origin::Machine),
        Sample::new("The same text!", Origin::Mixed),
        Sample::new("unknown contradicts nothing", Origin::Unknown),
        Sample::new("unknown contradicts nothing", Origin::Human),
        beside_itself,
    ];
    let (measures, _) = Snapshot::of(&samples, 1).measure();
    assert_eq!((measures.conflicts, measures.conflicting_digests), (2, 1));
}

#[test]
fn mismatches_are_counted_by_declared_language() {
    let declared = |language: &str, mismatch| {
        let mut sample = Sample::new("text", Origin::Human);
        sample.declared_language = Some(language.to_owned());
        sample.language_mismatch = mismatch;
        sample
    };
    let samples = [
        declared("sw", true),
        declared("sw", false),
        declared("de", false),
        Sample::new("x", Origin::Human),
    ];
    let (measures, _) = Snapshot::of(&samples, 1).measure();
    let row = |declared: &str, samples, mismatched| LanguageMismatch {
        declared: declared.into(),
        samples,
        mismatched,
    };
    assert_eq!(measures.language_mismatch, [row("de", 1, 0), row("sw", 2, 1)]);
}

#[test]
fn near_clusters_hold_every_copy_and_the_human_original_stays() {
    let near = LETTER.replace("Tuesday", "Monday");
    let samples = [
        Sample::new(&near, Origin::Machine),
        Sample::new(&near, Origin::Machine),
        Sample::new(&LETTER.to_uppercase(), Origin::Unknown),
        Sample::new(LETTER, Origin::Human),
        Sample::new("short", Origin::Human),
        Sample::new("short", Origin::Human),
        Sample::new("short!", Origin::Machine),
        Sample::new("!!!", Origin::Human),
        Sample::new("???", Origin::Human),
    ];
    let (measures, found) = Snapshot::of(&samples, 10).measure();
    let duplication = &measures.duplication;
    assert_eq!((duplication.exact.groups, duplication.exact.redundant), (2, 2));
    assert_eq!(
        (duplication.normalised.groups, duplication.normalised.redundant),
        (3, 4)
    );
    assert_eq!((duplication.near.clusters, duplication.near.redundant), (2, 5));
    assert_eq!(
        (duplication.near.verified_pairs, duplication.near.rejected_pairs),
        (1, 0)
    );
    let bins: Vec<_> = duplication
        .near
        .histogram
        .iter()
        .map(|bin| (bin.from, bin.to, bin.clusters))
        .collect();
    assert_eq!(bins, [(2, 2, 0), (3, 4, 2)]);

    let cluster = &found.clusters[0];
    assert_eq!(
        (cluster.id, cluster.representative, cluster.reason.as_str()),
        (1, 13, "human origin")
    );
    let members: Vec<_> = cluster
        .members
        .iter()
        .map(|member| (member.sample, member.kind))
        .collect();
    assert_eq!(
        members,
        [(12, Kind::Normalised), (10, Kind::Near), (11, Kind::Near)]
    );
    let kinds = |kind| found.pairs.iter().filter(|pair| pair.kind == kind).count();
    assert_eq!(
        (kinds(Kind::Exact), kinds(Kind::Normalised), kinds(Kind::Near)),
        (2, 2, 1)
    );
    let near = found.pairs.iter().find(|pair| pair.kind == Kind::Near).unwrap();
    assert_eq!((near.representative, near.accepted), (Some(13), true));

    assert_eq!(measures.unique.human.samples, 4);
    assert_eq!(measures.unique.machine.samples, 0);
    let by_origin: Vec<_> = duplication
        .by_origin
        .iter()
        .map(|row| (row.a, row.b, row.pairs))
        .collect();
    assert_eq!(
        by_origin,
        [
            (Origin::Human, Origin::Human, 1),
            (Origin::Human, Origin::Machine, 2),
            (Origin::Human, Origin::Unknown, 1),
            (Origin::Machine, Origin::Machine, 1),
        ]
    );
}

#[test]
fn gold_then_date_then_licence_decide_among_equals() {
    let mut dated = Sample::new(LETTER, Origin::Human);
    dated.collected_at = Some("2019-05-01".into());
    let mut later = Sample::new(LETTER, Origin::Human);
    later.collected_at = Some("2021-01-01".into());
    let mut licensed = Sample::new(LETTER, Origin::Human);
    licensed.license = Some("CC-BY-4.0".into());
    let reason = |samples: &[Sample]| {
        let (_, found) = Snapshot::of(samples, 1).measure();
        (found.clusters[0].representative, found.clusters[0].reason.clone())
    };
    assert_eq!(
        reason(&[later.clone(), dated.clone()]),
        (2, "earliest collected".to_owned())
    );
    assert_eq!(
        reason(&[Sample::new(LETTER, Origin::Human), licensed]),
        (2, "clearer licence".to_owned())
    );
    assert_eq!(
        reason(&[
            Sample::new(LETTER, Origin::Human),
            Sample::new(LETTER, Origin::Human)
        ]),
        (1, "lower ordinal".to_owned())
    );

    let machine = Sample::new(&LETTER.replace("Tuesday", "Monday"), Origin::Machine);
    let mut snapshot = Snapshot::of(&[dated, machine], 1);
    let gold = assay_sketch::sample_digest(&[("document", &LETTER.replace("Tuesday", "Monday"))]);
    snapshot.inputs.gold.insert(gold);
    let (_, found) = snapshot.measure();
    assert_eq!(
        (
            found.clusters[0].representative,
            found.clusters[0].reason.as_str()
        ),
        (2, "gold")
    );
}

#[test]
fn a_recurring_paragraph_is_one_passage_whose_tokens_count_once() {
    let footer = "This message and its attachments are meant for the person named above and for nobody else, and \
        whoever receives it by mistake should tell the sender and then delete it at once.";
    let samples: Vec<Sample> = (0..5)
        .map(|i| Sample::new(&format!("Dear reader number {i}.\n\n{footer}"), Origin::Human))
        .chain([Sample::new("Nothing of the kind stands here.", Origin::Human)])
        .collect();
    let (measures, found) = Snapshot::of(&samples, 1).measure();
    let passages = &measures.duplication.passages;
    assert_eq!(passages.paragraph.recurring, 1);
    let footer_tokens = u64::from(assay_sketch::count_tokens(footer));
    let expected = (5 * footer_tokens) as f64 / measures.tokens as f64;
    assert!((passages.paragraph.token_share - expected).abs() < 1e-12);
    let passage = found
        .passages
        .iter()
        .find(|passage| passage.unit == Unit::Paragraph)
        .unwrap();
    assert_eq!(
        (passage.samples, passage.tokens, passage.found_in[0]),
        (5, footer_tokens as u32, (1, 1))
    );
}

#[test]
fn a_source_that_removal_would_wipe_out_is_warned_of() {
    let letter = |n: u64| words(n, 40);
    let mut samples: Vec<Sample> = (0..10)
        .map(|n| Sample::new(&letter(n), Origin::Human).source("clinic"))
        .collect();
    samples.extend((0..3).map(|n| Sample::new(&letter(n), Origin::Machine).source("echo")));
    samples.push(Sample::new(&letter(99), Origin::Machine).source("echo"));
    let (measures, _) = Snapshot::of(&samples, 1).measure();
    let removal = &measures.duplication.removal;
    assert_eq!(removal.len(), 1, "the human originals stay: {removal:?}");
    let echo = &removal[0];
    assert_eq!(
        (echo.source.as_str(), echo.samples, echo.redundant, echo.warned),
        ("echo", 4, 3, true)
    );
    let pairs = &measures.duplication.by_source[0];
    assert_eq!(
        (pairs.a.as_str(), pairs.b.as_str(), pairs.pairs),
        ("clinic", "echo", 3)
    );
}

#[test]
fn passages_sorted_in_many_ranges_are_those_sorted_in_one() {
    let paragraph = |n: u64| format!("Paragraph {n} of the usual terms. {}", words(n, 40));
    let samples: Vec<Sample> = (0..40)
        .map(|i| {
            Sample::new(
                &format!("{}\n\n{}", paragraph(i % 7), paragraph(i % 11)),
                Origin::Human,
            )
        })
        .collect();
    let mut snapshot = Snapshot::of(&samples, 1);
    let whole = snapshot.measure();
    snapshot.inputs.settings.passages_together = 1;
    let ranges = snapshot.measure();
    assert!(whole.0.duplication.passages.paragraph.recurring >= 11);
    assert_eq!(whole, ranges);
}

#[test]
fn coverage_counts_list_values_and_says_what_removal_costs() {
    let copy = |origin, intent: &str| Sample::new(LETTER, origin).dimension("intent", intent);
    let mut samples: Vec<Sample> = (0..20)
        .map(|i| Sample::new(&words(i, 30), Origin::Human).dimension("intent", "common"))
        .collect();
    samples.push(copy(Origin::Machine, "common"));
    samples.push(copy(Origin::Human, "rare").dimension("intent", "common"));
    let (measures, _) = Snapshot::of(&samples, 1).measure();
    let units: Vec<&str> = measures
        .coverage
        .iter()
        .map(|coverage| coverage.unit.as_str())
        .collect();
    assert_eq!(units[..3], ["intent", "word", "bigram"]);
    let intent = &measures.coverage[0];
    assert_eq!(
        (intent.observations, intent.classes, intent.singletons),
        (23, 2, 1)
    );
    assert_eq!(
        intent.smallest[0],
        ClassCount {
            class: "rare".into(),
            count: 1
        }
    );
    let after = intent.after_removal.as_ref().unwrap();
    assert_eq!(
        (after.tail_retention, after.tail_retention_first),
        (1.0, 0.0),
        "the human copy holds the rare intent"
    );
    let word = measures.coverage[1].after_removal.as_ref().unwrap();
    assert_eq!(
        word.classes, measures.coverage[1].classes,
        "a copy takes no word with it"
    );
}

#[test]
fn diversity_compares_slices_at_one_budget() {
    let varied = (0..60).map(|i| Sample::new(&words(i + 1, 50), Origin::Human));
    let repetitive =
        (0..60).map(|i| Sample::new(&format!("{} {}", LETTER, words(i + 900, 5)), Origin::Machine));
    let samples: Vec<Sample> = varied.chain(repetitive).collect();
    let (measures, _) = Snapshot::of(&samples, 1).measure();
    let slices: Vec<&str> = measures
        .diversity
        .iter()
        .map(|slice| slice.slice.as_str())
        .collect();
    assert_eq!(slices, ["all", "origin = 'human'", "origin = 'machine'"]);
    let [_, human, machine] = &measures.diversity[..] else {
        panic!()
    };
    assert!(human.budget == machine.budget && human.budget == human.tokens * 4 / 5);
    assert!(machine.compression_ratio[0] > human.compression_ratio[2]);
    assert!(machine.self_repetition[0] > human.self_repetition[2]);
    assert!(human.distinct[1] > machine.distinct[1] && human.heaps_beta[1] > 0.0);
    for slice in &measures.diversity {
        let [low, estimate, high] = slice.compression_ratio;
        assert!(low < estimate && estimate < high);
        assert_eq!(slice.resamples, 20);
        for (estimate, [low, high]) in slice.distinct.into_iter().zip(slice.distinct_intervals) {
            assert!(low <= estimate && estimate <= high);
        }
    }
}

#[test]
fn measures_do_not_depend_on_ids_segments_or_their_order() {
    let sample = |i: u64| {
        let origin = Origin::ALL[i as usize % 4];
        let text = if i.is_multiple_of(5) {
            LETTER.replace("Tuesday", &format!("day {}", i % 3))
        } else {
            words(i % 33, 40)
        };
        let file = 1 + (i / 20) as u32;
        Sample::new(&text, origin)
            .domain(["law", "health"][i as usize % 2])
            .dimension("intent", &format!("i{}", i % 7))
            .file(file)
    };
    let all: Vec<Sample> = (0..80).map(sample).collect();
    let (whole, found) = Snapshot::of(&all, 1).measure();
    let (late, early) = all.split_at(40);
    let (parted, found_parted) = Snapshot::segments(&[(early, 7_000), (late, 90_000)]).measure();
    assert_eq!(whole, parted);
    assert_eq!(
        (found.pairs.len(), found.clusters.len()),
        (found_parted.pairs.len(), found_parted.clusters.len())
    );
    let shape = |found: &fixture::Found| {
        found
            .clusters
            .iter()
            .map(|cluster| (cluster.id, cluster.reason.clone(), cluster.members.len()))
            .collect::<Vec<_>>()
    };
    assert_eq!(shape(&found), shape(&found_parted));
}

#[test]
fn rows_of_files_outside_the_snapshot_do_not_count() {
    let samples = [
        Sample::new(LETTER, Origin::Human)
            .dimension("intent", "a")
            .file(1),
        Sample::new(LETTER, Origin::Machine)
            .dimension("intent", "b")
            .file(2),
        Sample::new("third", Origin::Machine)
            .dimension("intent", "c")
            .file(3),
    ];
    let mut snapshot = Snapshot::of(&samples, 1);
    snapshot.inputs.segments[0].files = vec![1, 3];
    let (measures, found) = snapshot.measure();
    assert_eq!(
        (
            measures.samples,
            measures.duplication.exact.groups,
            found.pairs.len()
        ),
        (2, 0, 0)
    );
    assert_eq!(
        (
            measures.coverage[0].observations,
            measures.duplication.passages.sentence.recurring
        ),
        (2, 0)
    );
    let words = u64::from(assay_sketch::count_tokens(LETTER)) + 1;
    assert_eq!(
        measures.coverage[1].observations, words,
        "of the first and the third sample"
    );
}

#[test]
fn nothing_measures_as_nothing() {
    let (measures, found) = Snapshot::of(&[], 1).measure();
    assert_eq!((measures.samples, measures.tokens, measures.conflicts), (0, 0, 0));
    assert!(measures.diversity.is_empty() && found.clusters.is_empty());
    assert_eq!(measures.duplication.near.rate, 0.0);
    assert_eq!(measures.coverage[0].good_turing, None);
}

#[test]
fn source_classes_make_cells_of_their_own() {
    let mut synthetic = Sample::new("a", Origin::Machine);
    synthetic.source_class = SourceClass::Synthetic;
    let (measures, _) = Snapshot::of(&[synthetic, Sample::new("b", Origin::Machine)], 1).measure();
    assert_eq!(measures.composition.len(), 2);
}
