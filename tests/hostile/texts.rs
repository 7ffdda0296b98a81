//! Row 28: texts that tempt a duplicate finder.

use std::time::{Duration, Instant};

use crate::place::{Place, flagged, number};

fn lines(texts: impl Iterator<Item = String>) -> String {
    texts
        .map(|text| format!("{}\n", serde_json::json!({"text": text})))
        .collect()
}

#[test]
fn row_28_short_and_empty_texts_make_no_false_cluster() {
    let place = Place::new();
    let mut texts: Vec<String> = ["yes", "no", "not sure", "perhaps so", "...", "!!!", "–", ""]
        .map(str::to_owned)
        .to_vec();
    texts.extend((0..200).map(|n| format!("item {n}")));
    place.write("short.jsonl", lines(texts.into_iter()));
    let report = place.index_twice(None);
    assert_eq!(number(&report, "/samples/indexed"), 208);
    for level in ["exact", "normalised"] {
        assert_eq!(
            number(&report, &format!("/duplication/{level}/redundant")),
            0,
            "{level}"
        );
    }
    assert_eq!(number(&report, "/duplication/near/redundant"), 0);
    assert_eq!(flagged(&report, "empty_text"), 1);
}

#[test]
fn row_28_one_text_a_hundred_thousand_times_takes_no_quadratic_time() {
    let place = Place::new();
    let text = "The same answer, given again and again to whoever asks, word for word and never a comma less than before.".to_owned();
    place.write("same.jsonl", lines(std::iter::repeat_n(text, 100_000)));
    let started = Instant::now();
    let report = place.index(&[&place.data()], None);
    assert!(
        started.elapsed() < Duration::from_secs(240),
        "{:?}",
        started.elapsed()
    );
    assert_eq!(number(&report, "/duplication/exact/redundant"), 99_999);
    assert_eq!(number(&report, "/duplication/near/clusters"), 1);
}

#[test]
fn row_28_five_thousand_texts_of_one_template_take_no_quadratic_time() {
    let place = Place::new();
    let text = |n: usize| {
        format!(
            "Dear customer {n}, we have received your request and will answer it within five working days; until then please do not send it \
             again, for each copy is put behind the first in the order in which they came, and the answer takes longer."
        )
    };
    place.write("template.jsonl", lines((0..5_000).map(text)));
    let started = Instant::now();
    let report = place.index(&[&place.data()], None);
    assert!(
        started.elapsed() < Duration::from_secs(240),
        "{:?}",
        started.elapsed()
    );
    assert_eq!(number(&report, "/duplication/near/clusters"), 1);
    assert_eq!(number(&report, "/duplication/near/redundant"), 4_999);
}
