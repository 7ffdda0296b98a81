//! The writing-style signal on texts whose two styles are made up: what it learns, refuses and never does.

mod fixture;

use assay_measure::Measures;
use assay_model::report::{NoScore, Stylometry};
use assay_model::{Digest, Origin};
use fixture::{Sample, Snapshot};

/// A number below `below` that depends on its seed alone.
fn chance(seed: u64, place: u64, below: u64) -> u64 {
    let digest = Digest::of(&[seed.to_le_bytes(), place.to_le_bytes()].concat());
    u64::from_le_bytes(digest.0[..8].try_into().unwrap()) % below
}

const TOPICS: [&str; 24] = [
    "river", "contract", "kidney", "market", "lantern", "verdict", "harbour", "ticket", "garden", "engine",
    "letter", "window", "dosage", "ledger", "school", "bridge", "winter", "pension", "sample", "fever",
    "train", "kitchen", "tenant", "coast",
];

/// About 80 words: short and long sentences in turn, in the first person; or even ones with connectives.
fn text(seed: u64, like_machine: bool) -> String {
    let mut text = String::new();
    for sentence in 0..9 {
        let topic = |place: u64| TOPICS[chance(seed, 100 * sentence + place, TOPICS.len() as u64) as usize];
        if like_machine {
            text += &format!(
                "Moreover, the {} of the {} is a notable part of the {}. ",
                topic(1),
                topic(2),
                topic(3)
            );
        } else if chance(seed, sentence, 2) == 0 {
            text += &format!("I didn't like my {}! ", topic(1));
        } else {
            text += &format!(
                "We really wanted {} and {}, but you know how it goes, I just lost the {} again and so my {} was gone... ",
                topic(1),
                topic(2),
                topic(3),
                topic(4)
            );
        }
    }
    text
}

fn sample(seed: u64, like_machine: bool, origin: Origin) -> Sample {
    let mut sample = Sample::new(&text(seed, like_machine), origin);
    sample.declared_language = Some("en".to_owned());
    sample
}

/// `each` human and machine texts in their styles.
fn two_styles(each: u64) -> Vec<Sample> {
    (0..each)
        .flat_map(|i| {
            [
                sample(2 * i, false, Origin::Human),
                sample(2 * i + 1, true, Origin::Machine),
            ]
        })
        .collect()
}

fn style(samples: &[Sample]) -> Stylometry {
    measured(samples).style.summary
}

fn measured(samples: &[Sample]) -> Measures {
    Snapshot::of(samples, 1).measure().0
}

#[test]
fn two_styles_are_told_apart_and_the_error_is_stated_with_its_interval() {
    let style = style(&two_styles(80));
    assert_eq!(style.refused, None);
    assert_eq!((style.human, style.machine), (80, 80));
    assert!(style.auc.unwrap()[1] > 0.99, "{:?}", style.auc);
    let wrong = style.false_positives.unwrap();
    assert_eq!(wrong.of, 80);
    assert!(
        wrong.share < 0.05 && wrong.interval[1] > 0.02,
        "never nothing: {wrong:?}"
    );
    assert!(style.calibration_error.unwrap() < 0.1);
}

#[test]
fn labels_without_a_style_behind_them_are_not_learned() {
    let samples: Vec<Sample> = (0..240)
        .map(|i| {
            sample(
                i,
                chance(i, 9_998, 2) == 0,
                if chance(i, 9_999, 2) == 0 {
                    Origin::Human
                } else {
                    Origin::Machine
                },
            )
        })
        .collect();
    let style = style(&samples);
    let [low, _, high] = style.auc.unwrap();
    assert!(
        low < 0.5 && high > 0.5,
        "what it has not seen it cannot know: {low} to {high}"
    );
}

#[test]
fn near_duplicates_teach_once_and_copies_under_both_labels_teach_nothing() {
    let mut samples = two_styles(60);
    for i in 0..30 {
        // Nearly the text of a human sample.
        samples.push(Sample {
            text: format!("{} The end of it.", text(2 * i, false)),
            ..sample(0, false, Origin::Human)
        });
    }
    for i in 0..5 {
        samples.push(sample(2 * i, false, Origin::Machine));
    }
    let style = style(&samples);
    assert_eq!((style.human, style.machine), (55, 60), "{style:?}");
}

#[test]
fn too_few_of_a_kind_are_refused_in_words() {
    let samples: Vec<Sample> = two_styles(80)
        .into_iter()
        .filter(|sample| sample.origin == Origin::Human)
        .collect();
    let style = style(&samples);
    let why = style.refused.unwrap();
    assert!(why.contains("there are 80 and 0"), "{why}");
    assert_eq!(
        (style.auc, style.false_positives, style.scored),
        (None, None, [0; 4])
    );
}

#[test]
fn languages_of_one_kind_only_are_no_comparison() {
    let mut samples = two_styles(60);
    for sample in samples
        .iter_mut()
        .filter(|sample| sample.origin == Origin::Machine)
    {
        sample.declared_language = Some("nl".to_owned());
    }
    let why = style(&samples).refused.unwrap();
    assert!(why.contains("must be comparable"), "{why}");
}

#[test]
fn short_texts_and_unseen_languages_have_no_score_and_are_counted() {
    let mut samples = two_styles(60);
    samples.push(Sample::new("Too short to tell.", Origin::Unknown));
    let mut welsh = sample(900, true, Origin::Unknown);
    welsh.declared_language = Some("cy".to_owned());
    samples.push(welsh);
    samples.push(sample(901, true, Origin::Unknown));
    let style = style(&samples);
    let without: Vec<(NoScore, u64)> = style
        .not_scored
        .iter()
        .map(|none| (none.reason, none.samples))
        .collect();
    assert_eq!(without, [(NoScore::TooShort, 1), (NoScore::LanguageUnseen, 1)]);
    assert_eq!((style.scored[3], style.machine_like[3]), (1, 1));
}

#[test]
fn a_score_changes_no_origin() {
    let mut samples = two_styles(60);
    samples.extend((0..20).map(|i| sample(1_000 + i, true, Origin::Unknown)));
    let measures = measured(&samples);
    assert_eq!(measures.origin.unknown.samples, 20);
    assert_eq!(measures.origin.machine.samples, 60);
    assert_eq!(measures.style.summary.machine_like[3], 20, "however sure it is");
}

#[test]
fn what_reviewers_judged_is_learned_from() {
    let mut samples = two_styles(60);
    for sample in samples.iter_mut().take(20) {
        sample.origin = Origin::Unknown;
    }
    let mut snapshot = Snapshot::of(&samples, 1);
    let before = snapshot.measure().0.style.summary;
    for (place, sample) in samples.iter().take(20).enumerate() {
        let origin = if place % 2 == 0 {
            Origin::Human
        } else {
            Origin::Machine
        };
        let digest = assay_sketch::sample_digest(&[("document", sample.text.as_str())]);
        snapshot.inputs.judged.insert(digest, origin);
    }
    let after = snapshot.measure().0.style.summary;
    assert_eq!((before.human, before.judged), (50, 0));
    assert_eq!((after.human, after.machine, after.judged), (60, 60, 20));
}

#[test]
fn neither_order_nor_segments_nor_ids_change_what_is_learned() {
    let samples = two_styles(60);
    let one = style(&samples);
    let mut backward: Vec<Sample> = samples.iter().rev().cloned().collect();
    let (first, second) = backward.split_at_mut(50);
    second.iter_mut().for_each(|sample| sample.file = 2);
    let (measures, _) = Snapshot::segments(&[(first, 40), (second, 900)]).measure();
    assert_eq!(measures.style.summary, one);
}

#[test]
fn sources_have_their_parts_and_no_blend() {
    let mut samples = two_styles(60);
    for (place, sample) in samples.iter_mut().enumerate() {
        sample.source = (place % 3 > 0).then(|| if place % 3 == 1 { "a" } else { "b" }.to_owned());
        sample.collected_at = Some(
            if place % 3 == 1 {
                "2026-01-11"
            } else {
                "2026-01-01"
            }
            .to_owned(),
        );
    }
    samples[1].collected_at = Some("a while ago".to_owned());
    samples.push(samples[1].clone());
    let measures = measured(&samples);
    assert_eq!(measures.source_count, 3);
    let [a, b, none] = ["a", "b", ""].map(|name| {
        measures
            .sources
            .iter()
            .find(|source| source.source == name)
            .unwrap_or_else(|| panic!("no {name}"))
    });
    assert_eq!((a.samples, b.samples, none.samples), (41, 40, 40));
    let unique = a.unique.unwrap();
    assert_eq!((unique.count, unique.of), (40, 41), "one copy is redundant");
    assert_eq!(a.undated.map(|share| share.count), Some(2));
    assert_eq!(b.median_age_days, Some([10.0; 3]));
    assert_eq!(a.median_day.as_deref(), Some("2026-01-11"));
    assert_eq!(a.approved, None, "nobody reviewed it here");
    let [low, mean, high] = a.distinct_words.unwrap();
    assert!(low < mean && mean < high && mean < 1.0);
}
