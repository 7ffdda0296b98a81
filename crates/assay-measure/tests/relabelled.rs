//! Origins that evidence changed after indexing: measured through the columns as if they had always said so.

mod fixture;

use assay_measure::{LeakKind, LeakSettings, Relabelled, RelabelledPart, SliceTable, Whose, alike};
use assay_model::{Origin, SourceClass, Task};
use fixture::{Sample, Snapshot};
use proptest::prelude::*;

const TEXTS: [&str; 6] = [
    "the patient was given five milligrams of the drug in the evening and slept well until the morning",
    "the court found that the lease had ended before the flood came and that nobody was to blame for it",
    "the patient was given five milligrams of the drug in the evening and slept well until the morning came",
    "interest rates rose again in the third quarter and the bank closed two of its smaller branches",
    "the court found that the lease had ended before the flood came and that nobody was to blame for it",
    "she wrote to her sister every week of that long winter and kept none of the answers",
];

fn samples(origins: &[Origin]) -> Vec<Sample> {
    TEXTS
        .iter()
        .zip(origins)
        .enumerate()
        .map(|(number, (text, origin))| {
            let domain = if number % 2 == 0 { "health" } else { "law" };
            Sample::new(text, *origin)
                .domain(domain)
                .dimension("intent", &format!("intent {}", number % 3))
        })
        .collect()
}

fn relabelled(was: &[Origin], now: &[Origin], samples: &[Sample]) -> Vec<Relabelled> {
    (1..)
        .zip(was.iter().zip(now).zip(samples))
        .filter(|(_, ((was, now), _))| was != now)
        .map(|(sample, ((was, now), of))| Relabelled {
            sample,
            origin: *now,
            source_class: SourceClass::Unknown,
            conflict: false,
            parts: vec![RelabelledPart {
                tokens: assay_sketch::count_tokens(&of.text),
                was: *was,
                now: *now,
            }],
        })
        .collect()
}

fn origins() -> impl Strategy<Value = Vec<Origin>> {
    proptest::collection::vec(0_usize..4, TEXTS.len())
        .prop_map(|origins| origins.into_iter().map(|origin| Origin::ALL[origin]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn relabelled_samples_measure_as_if_their_columns_had_always_said_so(was in origins(), now in origins()) {
        let mut before = Snapshot::of(&samples(&was), 1);
        before.inputs.relabelled = relabelled(&was, &now, &samples(&was));
        let always = Snapshot::of(&samples(&now), 1);
        prop_assert_eq!(before.measure(), always.measure());
    }

    #[test]
    fn words_of_one_origin_follow_the_origins_of_now(was in origins(), now in origins(), origin in 0_usize..4) {
        let mut before = Snapshot::of(&samples(&was), 1);
        before.inputs.relabelled = relabelled(&was, &now, &samples(&was));
        let always = Snapshot::of(&samples(&now), 1);
        let words = |snapshot: &Snapshot| {
            let table = SliceTable::read(&snapshot.inputs, &Task::silent()).unwrap().rereading(snapshot);
            table.classes("word", None, Whose::Of(Origin::ALL[origin]), &Task::silent()).unwrap()
        };
        prop_assert_eq!(words(&before), words(&always));
    }
}

#[test]
fn beyond_the_budget_words_are_not_told_by_origin_rather_than_told_wrongly() {
    let (was, now) = (vec![Origin::Unknown; 6], vec![Origin::Human; 6]);
    let mut snapshot = Snapshot::of(&samples(&was), 1);
    snapshot.inputs.relabelled = relabelled(&was, &now, &samples(&was));
    snapshot.inputs.settings.relabelled_tokens = 10;
    let (measures, _) = snapshot.measure();
    let word = measures
        .coverage
        .iter()
        .find(|entry| entry.unit == "word")
        .unwrap();
    assert!(word.by_origin.is_empty());
    let intent = measures
        .coverage
        .iter()
        .find(|entry| entry.unit == "intent")
        .unwrap();
    assert_eq!(intent.by_origin[0].origin, Origin::Human);
}

#[test]
fn copies_and_near_duplicates_are_found_and_what_merely_quotes_is_not() {
    let synthetic = Snapshot::of(
        &[
            Sample::new(TEXTS[0], Origin::Unknown),
            Sample::new(TEXTS[1], Origin::Unknown),
            Sample::new("Yes, thank you.", Origin::Unknown),
        ],
        1,
    );
    let quoting = format!(
        "Our house style forbids what follows, and I copy it here so that everybody knows what to avoid. {} {} {}",
        TEXTS[3], TEXTS[0], TEXTS[5]
    );
    let data = Snapshot::of(
        &[
            Sample::new(TEXTS[5], Origin::Unknown),
            Sample::new(TEXTS[0], Origin::Unknown),
            Sample::new(&TEXTS[1].to_uppercase(), Origin::Unknown),
            Sample::new(TEXTS[2], Origin::Unknown),
            Sample::new(&quoting, Origin::Unknown),
            Sample::new("Yes, thank you.", Origin::Unknown),
        ],
        1,
    );
    let found = alike(
        &data.inputs,
        &synthetic.inputs,
        &LeakSettings::default(),
        &Task::silent(),
    )
    .unwrap();
    let found: Vec<(u64, u64, LeakKind)> = found
        .iter()
        .map(|each| (each.sample, each.other, each.kind))
        .collect();
    assert_eq!(
        found,
        [
            (2, 1, LeakKind::Exact),
            (3, 2, LeakKind::Normalised),
            (4, 1, LeakKind::Near)
        ]
    );
}
