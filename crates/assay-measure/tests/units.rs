//! Units derived from the texts, references and thin cells, on samples whose figures can be worked out by hand.

mod fixture;

use assay_measure::{Measures, SliceTable, TOPIC, TopicColumn, WORD, Whose};
use assay_model::report::Coverage;
use assay_model::{Origin, Task};
use fixture::{Sample, Snapshot};
use proptest::prelude::*;

fn unit<'a>(measures: &'a Measures, name: &str) -> &'a Coverage {
    measures
        .coverage
        .iter()
        .find(|coverage| coverage.unit == name)
        .unwrap_or_else(|| panic!("{name} was not counted"))
}

const THEMES: [[&str; 8]; 3] = [
    [
        "warfarin", "dose", "bleeding", "clinic", "tablet", "vitamin", "blood", "nurse",
    ],
    [
        "contract",
        "clause",
        "court",
        "liability",
        "notice",
        "tenant",
        "deposit",
        "appeal",
    ],
    [
        "flour", "oven", "dough", "butter", "yeast", "bread", "crust", "kneading",
    ],
];

/// A text of one theme, different for every number.
fn about(theme: usize, number: usize) -> String {
    let words = THEMES[theme];
    let word = |step: usize| words[(number * step + number / 8 + step) % 8];
    format!(
        "The {} and the {} with {} and {} are in case{number}.",
        word(1),
        word(3),
        word(5),
        word(2)
    )
}

/// Two thirds human, of all themes; the machine part never bakes.
fn themed() -> Vec<Sample> {
    let human = (0..90).map(|i| Sample::new(&about(i % 3, i), Origin::Human));
    let machine = (0..60).map(|i| Sample::new(&about(i % 2, 200 + i), Origin::Machine));
    human.chain(machine).collect()
}

#[test]
fn bigrams_are_pairs_of_neighbours_and_counted_exactly_where_the_text_is_short() {
    let samples = [
        Sample::new("Take the dose, take the tablet.", Origin::Human),
        Sample::new("take THE dose", Origin::Machine),
    ];
    let (measures, _) = Snapshot::of(&samples, 1).measure();
    let bigram = unit(&measures, "bigram");
    assert_eq!(
        (bigram.observations, bigram.classes, &bigram.sampled),
        (7, 4, &None)
    );
    let counts: Vec<(&str, u64)> = bigram
        .largest
        .iter()
        .map(|class| (class.class.as_str(), class.count))
        .collect();
    assert_eq!(
        counts,
        [
            ("take the", 3),
            ("the dose", 2),
            ("dose take", 1),
            ("the tablet", 1)
        ]
    );
    let tail = bigram.tail.as_ref().unwrap();
    assert_eq!(
        (tail.reference.as_str(), tail.held.as_str()),
        ("human part", "non-human part")
    );
}

#[test]
fn beyond_the_budget_bigrams_are_counted_in_a_stated_sample_that_does_not_depend_on_order() {
    let samples: Vec<Sample> = (0..200)
        .map(|i| Sample::new(&about(i % 3, i), Origin::Human))
        .collect();
    let measured = |samples: &[Sample]| {
        let mut snapshot = Snapshot::of(samples, 1);
        snapshot.inputs.settings.bigram_tokens = 500;
        unit(&snapshot.measure().0, "bigram").clone()
    };
    let counted = measured(&samples);
    let sampled = counted.sampled.clone().unwrap();
    assert_eq!(sampled.of, 200);
    assert!(sampled.samples > 20 && sampled.samples < 80 && sampled.tokens <= 500);
    assert_eq!(
        counted.observations,
        sampled.tokens - sampled.samples,
        "one less than words in each"
    );
    let backwards: Vec<Sample> = samples.into_iter().rev().collect();
    assert_eq!(measured(&backwards), counted);
}

#[test]
fn what_a_copy_takes_away_is_subtracted_from_bigrams() {
    let mut samples: Vec<Sample> = (0..30)
        .map(|i| Sample::new(&about(i % 3, i), Origin::Human))
        .collect();
    samples.push(samples[4].clone());
    let (measures, _) = Snapshot::of(&samples, 1).measure();
    let bigram = unit(&measures, "bigram");
    let after = bigram.after_removal.as_ref().unwrap();
    let words = u64::from(assay_sketch::count_tokens(&samples[4].text));
    assert_eq!(after.observations, bigram.observations - (words - 1));
    assert_eq!((after.classes, after.lost_count), (bigram.classes, 0));
}

#[test]
fn topics_are_named_by_their_words_and_the_machine_part_lacks_one() {
    let samples = themed();
    let (measures, found) = Snapshot::of(&samples, 1).measure();
    let topic = unit(&measures, "topic");
    let facts = topic.topics.as_ref().unwrap();
    assert!(facts.method.contains("k-means") && facts.method.contains("seed 7"));
    assert_eq!(facts.found_in, 150);
    assert_eq!(topic.observations, 150 - facts.unassigned);
    // Each topic is of one theme.
    let theme_of = |name: &str| {
        let words: Vec<&str> = name.split(" · ").collect();
        THEMES
            .iter()
            .position(|theme| words.iter().any(|word| theme.contains(word)))
    };
    for (sample, name) in &found.topics {
        let number = *sample as usize - 1;
        let theme = if number < 90 {
            number % 3
        } else {
            (number - 90) % 2
        };
        assert_eq!(theme_of(name), Some(theme), "{name}: {}", samples[number].text);
    }
    let baking: Vec<&String> = found
        .topics
        .values()
        .filter(|name| theme_of(name) == Some(2))
        .collect();
    assert_eq!(baking.len(), 30);
    let machine = topic
        .by_origin
        .iter()
        .find(|part| part.origin == Origin::Machine)
        .unwrap();
    let human = topic
        .by_origin
        .iter()
        .find(|part| part.origin == Origin::Human)
        .unwrap();
    assert!(machine.classes < human.classes, "the machine part is narrower");
}

#[test]
fn topics_are_the_same_whatever_the_order_of_samples_files_and_ids() {
    let samples = themed();
    let (measures, found) = Snapshot::of(&samples, 1).measure();
    let late: Vec<Sample> = samples[70..]
        .iter()
        .rev()
        .cloned()
        .map(|sample| sample.file(2))
        .collect();
    let early: Vec<Sample> = samples[..70]
        .iter()
        .rev()
        .cloned()
        .map(|sample| sample.file(1))
        .collect();
    let (again, found_again) = Snapshot::segments(&[(&late, 9_000), (&early, 100)]).measure();
    assert_eq!(unit(&measures, "topic"), unit(&again, "topic"));
    assert_eq!(found.topics[&1], found_again.topics[&169]);
}

#[test]
fn the_users_own_vectors_take_the_words_place() {
    let samples: Vec<Sample> = (0..60)
        .map(|i| {
            let mut vector = [0.01 * (i % 5) as f32; 3];
            vector[i % 3] = 2.0;
            let sample = Sample::new(&about(i % 3, i), Origin::Human);
            match i {
                7 => sample,
                8 => sample.embedding(&[1.0, 2.0]),
                _ => sample.embedding(&vector),
            }
        })
        .collect();
    let (measures, found) = Snapshot::of(&samples, 1).measure();
    let facts = unit(&measures, "topic").topics.clone().unwrap();
    assert!(facts.method.contains("vectors of 3 numbers"), "{}", facts.method);
    assert_eq!(
        facts.unassigned, 2,
        "one without a vector, one with another length"
    );
    assert!(!found.topics.contains_key(&8) && !found.topics.contains_key(&9));
    for (sample, name) in &found.topics {
        let theme = THEMES[(*sample as usize - 1) % 3];
        let named = name
            .split(" · ")
            .all(|word| theme.contains(&word) || word.starts_with("case"));
        assert!(named, "{name} names a topic of {theme:?}");
    }
}

#[test]
fn few_samples_have_no_topics() {
    let samples: Vec<Sample> = (0..12)
        .map(|i| Sample::new(&about(i % 3, i), Origin::Human))
        .collect();
    let (measures, found) = Snapshot::of(&samples, 1).measure();
    assert!(measures.coverage.iter().all(|coverage| coverage.unit != TOPIC));
    assert!(found.topics.is_empty());
}

#[test]
fn a_mapped_dimension_keeps_its_name_and_the_derived_one_steps_back() {
    let samples: Vec<Sample> = themed()
        .into_iter()
        .map(|sample| sample.dimension("topic", "the vendor's own"))
        .collect();
    let (measures, _) = Snapshot::of(&samples, 1).measure();
    assert_eq!(unit(&measures, "topic").classes, 1);
    assert!(unit(&measures, "derived_topic").topics.is_some());
}

#[test]
fn a_slice_table_counts_what_measuring_counted() {
    let samples = themed();
    let snapshot = Snapshot::of(&samples, 1);
    let (measures, found) = snapshot.measure();
    let mut inputs = snapshot.inputs.clone();
    let mut names: Vec<String> = found.topics.values().cloned().collect();
    names.sort();
    names.dedup();
    let number = |name: &String| names.binary_search(name).unwrap() as u32;
    inputs.topics = Some(TopicColumn {
        unit: TOPIC.to_owned(),
        of: found
            .topics
            .iter()
            .map(|(sample, name)| (*sample, number(name)))
            .collect(),
        names: names.clone(),
    });
    let task = Task::silent();
    let table = SliceTable::read(&inputs, &task).unwrap().rereading(&snapshot);
    for name in [WORD, "bigram", TOPIC] {
        let unit = unit(&measures, name);
        let all = table.classes(name, None, Whose::Everyone, &task).unwrap();
        assert_eq!(all.len() as u64, unit.classes, "{name}");
        assert_eq!(all.iter().map(|class| class.1).sum::<u64>(), unit.observations);
        let human = table
            .classes(name, None, Whose::Of(Origin::Human), &task)
            .unwrap();
        let rest = table.classes(name, None, Whose::NotHuman, &task).unwrap();
        let sum: u64 = human.iter().chain(&rest).map(|class| class.1).sum();
        assert_eq!(sum, unit.observations, "{name}: human and not human are all");
    }
}

#[test]
fn taking_the_bakers_away_costs_their_words_and_their_topics() {
    let samples = themed();
    let snapshot = Snapshot::of(&samples, 1);
    let task = Task::silent();
    let table = SliceTable::read(&snapshot.inputs, &task)
        .unwrap()
        .rereading(&snapshot);
    let bakers: Vec<u64> = (1..=90).filter(|id| (id - 1) % 3 == 2).collect();
    assert_eq!(table.size(&bakers).0, 30);
    for name in [WORD, "bigram"] {
        let after = table.without(name, &bakers, &task).unwrap().unwrap();
        assert!(
            after.lost.iter().any(|class| class.class.contains("case2")),
            "{name}: {:?}",
            after.lost
        );
        assert!(after.lost_count >= 30 && after.tail_retention < 1.0);
        let human = after
            .by_origin
            .iter()
            .find(|part| part.origin == Origin::Human)
            .unwrap();
        assert!(human.lost >= 30);
        let machine = after
            .by_origin
            .iter()
            .find(|part| part.origin == Origin::Machine)
            .unwrap();
        assert_eq!(machine.lost, 0);
    }
}

#[test]
fn cells_of_domain_and_language_that_hold_little_are_listed() {
    let mut samples: Vec<Sample> = (0..25)
        .map(|i| Sample::new(&about(0, i), Origin::Human).domain("health"))
        .collect();
    samples.push(Sample::new(&about(1, 1), Origin::Human).domain("law"));
    for sample in &mut samples {
        sample.declared_language = Some("en".into());
    }
    samples.push(Sample::new("Ein Brief", Origin::Human).domain("law"));
    samples.last_mut().unwrap().declared_language = Some("de".into());
    let (measures, _) = Snapshot::of(&samples, 1).measure();
    let cells = &measures.cells;
    assert_eq!((cells.domains, cells.languages, cells.floor), (2, 2, 20));
    assert_eq!((cells.empty_count, cells.below_count), (1, 2));
    assert_eq!(
        (cells.cells[0].domain.as_str(), cells.cells[0].language.as_str()),
        ("health", "de")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn counting_the_parts_and_merging_is_counting_the_whole(
        intents in prop::collection::vec(0_usize..6, 2..40),
        cut in 1_usize..20,
    ) {
        let samples: Vec<Sample> = intents
            .iter()
            .enumerate()
            .map(|(i, intent)| {
                Sample::new(&about(intent % 3, i), Origin::ALL[i % 4]).dimension("intent", &format!("i{intent}"))
            })
            .collect();
        let cut = cut.min(samples.len() - 1);
        let counts = |samples: &[Sample], name: &str| {
            let snapshot = Snapshot::of(samples, 1);
            let task = Task::silent();
            let table = SliceTable::read(&snapshot.inputs, &task).unwrap().rereading(&snapshot);
            table.classes(name, None, Whose::Everyone, &task).unwrap()
        };
        for name in ["intent", WORD, "bigram"] {
            let mut merged = std::collections::BTreeMap::new();
            for (class, count) in counts(&samples[..cut], name).into_iter().chain(counts(&samples[cut..], name)) {
                *merged.entry(class).or_insert(0) += count;
            }
            prop_assert_eq!(merged.into_iter().collect::<Vec<_>>(), counts(&samples, name));
        }
    }
}
