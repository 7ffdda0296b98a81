//! Figures of words and bigrams open the samples whose texts hold them: what a test counts by hand, the report counts, and the
//! filter of the figure opens.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::place::{Place, number, range};

const MAP: &str = r#"[[part]]
field = "q"
role = "prompt"
[[part]]
field = "a"
role = "response"
[[provenance]]
part = "prompt"
when = "by != 'model'"
source_class = "human_authored"
[[provenance]]
part = "response"
when = "by = 'person'"
source_class = "human_authored"
[[provenance]]
when = "by is not null"
source_class = "synthetic"
"#;

/// Words of a skewed frequency, always the same.
struct Words(u64);

impl Words {
    fn next(&mut self) -> String {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let drawn = (self.0 >> 33) % 1_000;
        let rank = drawn * drawn * drawn / 4_000_000;
        let letter = |of: u64| char::from(b'a' + (of % 26) as u8);
        format!("k{}{}{}", letter(rank / 676), letter(rank / 26), letter(rank))
    }

    fn text(&mut self, words: usize) -> String {
        let words: Vec<String> = (0..words).map(|_| self.next()).collect();
        words.join(" ")
    }
}

/// Sixty records by a person, a model, or both; six are another's near-copy with a last word of their own.
fn records() -> String {
    let mut words = Words(7);
    let mut lines = String::new();
    for (number, by) in (0_u8..54).zip(["person", "model", "both"].into_iter().cycle()) {
        let (question, answer) = (words.text(6), words.text(14));
        let mut add =
            |answer: &str| lines.push_str(&format!("{}\n", json!({"q": question, "a": answer, "by": by})));
        add(&answer);
        if number % 9 == 0 {
            let (begun, _) = answer.rsplit_once(' ').expect("several words");
            add(&format!("{begun} own{}", char::from(b'a' + number / 9)));
        }
    }
    lines
}

/// How often a class occurs, and where: in all, in human parts, and in samples that stay when duplicates go.
#[derive(Default)]
struct Seen {
    all: Places,
    human: Places,
    kept: Places,
}

#[derive(Default)]
struct Places {
    count: u64,
    samples: BTreeSet<u64>,
}

impl Places {
    fn add(&mut self, sample: u64) {
        self.count += 1;
        self.samples.insert(sample);
    }

    /// These places, where the class occurs so often.
    fn seen(&self, from: u64, to: u64) -> Option<&Self> {
        (from..=to).contains(&self.count).then_some(self)
    }
}

/// Every run of `n` words of a part, counted by hand.
fn counted(rows: &[Value], redundant: &BTreeSet<u64>, n: usize) -> BTreeMap<String, Seen> {
    let mut classes: BTreeMap<String, Seen> = BTreeMap::new();
    for row in rows {
        let sample = number(row, "/sample");
        for part in row["parts"].as_array().expect("parts") {
            let words: Vec<&str> = part["text"].as_str().expect("a text").split(' ').collect();
            for run in words.windows(n) {
                let seen = classes.entry(run.join(" ")).or_default();
                seen.all.add(sample);
                if part["origin"] == "human" {
                    seen.human.add(sample);
                }
                if !redundant.contains(&sample) {
                    seen.kept.add(sample);
                }
            }
        }
    }
    classes
}

/// A place with the records, what its report says of a unit, and what was counted by hand.
struct Opened<'a> {
    place: &'a Place,
    unit: &'a str,
    classes: BTreeMap<String, Seen>,
}

impl Opened<'_> {
    /// Holds a figure to the number of classes for which `having` finds places, and its filter to the samples there.
    #[track_caller]
    fn opens<'s>(&'s self, asked: &str, figure: u64, having: impl Fn(&'s Seen) -> Option<&'s Places>) {
        let counted: Vec<&Places> = self.classes.values().filter_map(having).collect();
        assert_eq!(counted.len() as u64, figure, "{asked}, {}", self.unit);
        let expected: BTreeSet<u64> = counted
            .iter()
            .flat_map(|places| places.samples.iter().copied())
            .collect();
        let filter = format!("class_seen = '{}'", asked.replace("UNIT", self.unit));
        assert_eq!(samples(self.place, &filter), expected, "{filter}");
    }
}

fn samples(place: &Place, filter: &str) -> BTreeSet<u64> {
    place
        .samples(filter)
        .iter()
        .map(|row| number(row, "/sample"))
        .collect()
}

#[test]
fn figures_of_words_and_bigrams_open_the_samples_whose_texts_hold_them() {
    let place = Place::new();
    let (data, map) = (place.write("data.jsonl", records()), place.write("map.toml", MAP));
    let report = place.index(&[&data], Some(&map));
    let redundant = samples(&place, "redundant is not null");
    assert_eq!(redundant.len(), 6);
    let rows = place.samples("");
    for (unit, n) in [("word", 1), ("bigram", 2)] {
        let coverage = report["coverage"].as_array().expect("coverage");
        let figures = coverage
            .iter()
            .find(|each| each["unit"] == unit)
            .expect("it is counted");
        let opened = Opened {
            place: &place,
            unit,
            classes: counted(&rows, &redundant, n),
        };
        let figure = |pointer: &str| number(figures, pointer);
        opened.opens("1 of UNIT", figure("/singletons"), |seen| seen.all.seen(1, 1));
        opened.opens("2 of UNIT", figure("/doubletons"), |seen| seen.all.seen(2, 2));
        opened.opens("1+ of UNIT", figure("/classes"), |seen| Some(&seen.all));
        let lost = figure("/after_removal/lost_count");
        opened.opens("1+ of UNIT in redundant only", lost, |seen| {
            seen.all.seen(1, u64::MAX).filter(|_| seen.kept.count == 0)
        });
        opened.opens(
            "1 of UNIT in unique",
            figure("/after_removal/singletons"),
            |seen| seen.kept.seen(1, 1),
        );
        let mut missing = 0;
        for band in figures
            .pointer("/tail/bands")
            .and_then(Value::as_array)
            .expect("bands")
        {
            let (from, to) = (number(band, "/from"), band["to"].as_u64().unwrap_or(u64::MAX));
            let absent = number(band, "/classes") - number(band, "/present");
            opened.opens(
                &format!("{} of UNIT in human only", range(band)),
                absent,
                |seen| {
                    let human = seen.human.seen(from, to);
                    human.filter(|human| human.count == seen.all.count)
                },
            );
            missing += absent;
        }
        assert!(missing > 0 && lost > 0, "{unit}: there is something to open");
    }
}

#[test]
fn bigrams_that_were_counted_in_some_texts_only_are_refused() {
    let place = Place::new();
    // More tokens than bigrams are counted in.
    let line = |number: usize| {
        let mut words = Words(number as u64);
        format!("{}\n", json!({"text": words.text(10_200)}))
    };
    let data: String = (0..100).map(line).collect();
    let report = place.index(&[&place.write("data.jsonl", data)], None);
    let coverage = report["coverage"].as_array().expect("coverage");
    let bigrams = coverage
        .iter()
        .find(|each| each["unit"] == "bigram")
        .expect("it is counted");
    assert!(!bigrams["sampled"].is_null(), "{bigrams}");
    let refused = place.run(&["samples", "--where", "class_seen = '1 of bigram'", "--json"]);
    assert_eq!(
        (refused.code, refused.error_code().as_str()),
        (2, "invalid_expression")
    );
}
