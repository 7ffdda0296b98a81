//! Finding topics: spherical k-means on tf-idf vectors, seeded.
//!
//! Dhillon and Modha (2001, Machine Learning 42) with the seeding of k-means++ (Arthur and Vassilvitskii 2007). Sums run in the
//! order of the samples, never in that of threads, so that the same samples give the same topics to the last bit.

use std::collections::BTreeSet;

use assay_model::{Fault, Task};
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::dense;
use super::model::{Centre, TopicModel, nearest, term_weight};
use crate::estimators::bootstrap::uniform;

/// Topics at least and at most.
const TOPICS: std::ops::RangeInclusive<usize> = 2..=64;
pub(super) const ROUNDS: usize = 20;
/// Words of the vocabulary at most, most frequent first.
const VOCABULARY: usize = 1 << 14;
/// Words that a topic keeps.
const WORDS_KEPT: usize = 200;
/// Words that name a topic, and those listed.
const NAMED_BY: usize = 3;
const LISTED: usize = 10;

type Vector = Vec<(u32, f32)>;

/// Of a sample that shares no word with any topic.
const NO_TOPIC: u32 = u32::MAX;

/// Topics of these samples, which stand in the order of their seeded digests. `None` where they share no words.
pub(super) fn fit(
    samples: &[Vec<(u32, u8)>],
    seed: u64,
    word_of: &FxHashMap<u32, String>,
    task: &Task,
) -> Result<Option<TopicModel>, Fault> {
    let vocabulary = vocabulary(samples);
    let vectors = vectors(samples, &vocabulary);
    if vectors.is_empty() {
        return Ok(None);
    }
    let wanted = wanted(vectors.len());
    let mut centres = seeds(&vectors, wanted, seed, vocabulary.len());
    let mut assigned = Vec::new();
    for _ in 0..ROUNDS {
        task.check()?;
        let next = assign(&vectors, &centres, vocabulary.len());
        if next == assigned {
            break;
        }
        assigned = next;
        centres = means(&vectors, &assigned, centres.len(), vocabulary.len());
        // A sample that shares no word with any topic begins one of its own.
        if let Some(outcast) = assigned.iter().position(|&topic| topic == NO_TOPIC)
            && centres.len() < *TOPICS.end()
        {
            centres.push(vectors[outcast].clone());
        }
    }
    // A topic of words without words is nothing that a sample could be near to.
    let topics = named(centres, &assigned, &vocabulary, word_of).into_iter();
    let topics = topics
        .map(|(_, topic)| topic)
        .filter(|topic| !topic.weights.is_empty())
        .collect();
    let on = format!(
        "tf-idf vectors of each sample's up to {} most frequent telling words",
        assay_sketch::MOST_TERMS
    );
    Ok(Some(TopicModel {
        method: method(wanted, vectors.len(), seed, &on) + "; what is near none begins another",
        vocabulary,
        topics,
    }))
}

/// Topics of the user's own vectors, named by the words of their samples. Samples and vectors stand side by side, in the
/// order of their seeded digests. `None` where no vector has a direction.
pub(super) fn fit_vectors(
    samples: &[Vec<(u32, u8)>],
    vectors: &[Vec<f32>],
    seed: u64,
    word_of: &FxHashMap<u32, String>,
    task: &Task,
) -> Result<Option<TopicModel>, Fault> {
    let directed = samples.iter().zip(vectors);
    let (samples, vectors): (Vec<_>, Vec<_>) = directed
        .filter_map(|(sample, vector)| Some((sample.clone(), dense::unit(vector.clone())?)))
        .unzip();
    if vectors.is_empty() {
        return Ok(None);
    }
    let wanted = wanted(vectors.len());
    let (centres, assigned) = dense::clusters(&vectors, wanted, seed, task)?;
    let vocabulary = vocabulary(&samples);
    let words: Vec<Vector> = samples.iter().map(|terms| vector(terms, &vocabulary)).collect();
    let telling = means(&words, &assigned, centres.len(), vocabulary.len());
    let topics = named(telling, &assigned, &vocabulary, word_of).into_iter();
    let topics = topics
        .map(|(place, topic)| Centre {
            vector: centres[place].clone(),
            weights: Vec::new(),
            ..topic
        })
        .collect();
    let on = format!("the vectors of {} numbers that the map names", vectors[0].len());
    Ok(Some(TopicModel {
        method: method(wanted, vectors.len(), seed, &on),
        vocabulary: Vec::new(),
        topics,
    }))
}

/// How many topics are looked for in so many samples.
fn wanted(samples: usize) -> usize {
    ((samples as f64 / 2.0).sqrt().round() as usize).clamp(*TOPICS.start(), *TOPICS.end())
}

fn method(wanted: usize, samples: usize, seed: u64, on: &str) -> String {
    format!(
        "spherical k-means (k = {wanted}: the root of half the {samples} distinct samples looked at, from {} to {}; seed {seed}) \
         on {on}",
        TOPICS.start(),
        TOPICS.end(),
    )
}

/// Terms in two samples or more and in no more than half of them, ascending, with their inverse document frequency.
fn vocabulary(samples: &[Vec<(u32, u8)>]) -> Vec<(u32, f32)> {
    let mut frequency: FxHashMap<u32, u32> = FxHashMap::default();
    for &(term, _) in samples.iter().flatten() {
        *frequency.entry(term).or_default() += 1;
    }
    let most = (samples.len() / 2).max(2) as u32;
    let mut telling: Vec<(u32, u32)> = frequency
        .into_iter()
        .filter(|&(_, count)| (2..=most).contains(&count))
        .collect();
    telling.sort_unstable_by_key(|&(term, count)| (std::cmp::Reverse(count), term));
    telling.truncate(VOCABULARY);
    telling.sort_unstable();
    telling
        .into_iter()
        .map(|(term, count)| (term, (samples.len() as f32 / count as f32).ln()))
        .collect()
}

/// Vectors of length 1 over places in the vocabulary; samples without any of its words are left out.
fn vectors(samples: &[Vec<(u32, u8)>], vocabulary: &[(u32, f32)]) -> Vec<Vector> {
    let all = samples.iter().map(|terms| vector(terms, vocabulary));
    all.filter(|vector| !vector.is_empty()).collect()
}

/// A sample as a vector of length 1; empty without any of the vocabulary's words.
fn vector(terms: &[(u32, u8)], vocabulary: &[(u32, f32)]) -> Vector {
    let weighed = terms.iter().filter_map(|&(term, count)| {
        let place = vocabulary.binary_search_by_key(&term, |&(term, _)| term).ok()?;
        Some((place as u32, term_weight(count, vocabulary[place].1)))
    });
    unit(weighed.collect())
}

fn unit(mut vector: Vector) -> Vector {
    let length = vector
        .iter()
        .map(|(_, weight)| weight * weight)
        .sum::<f32>()
        .sqrt();
    if length <= 0.0 {
        return Vector::new();
    }
    vector.iter_mut().for_each(|(_, weight)| *weight /= length);
    vector
}

/// Samples far from each other to begin with: each next one with a chance in proportion to its distance from the nearest.
fn seeds(vectors: &[Vector], wanted: usize, seed: u64, words: usize) -> Vec<Vector> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let first = ((uniform(&mut random) * vectors.len() as f64) as usize).min(vectors.len() - 1);
    let mut centres = vec![vectors[first].clone()];
    let mut distance = vec![f32::INFINITY; vectors.len()];
    let mut dense = vec![0.0_f32; words];
    while centres.len() < wanted {
        let newest = centres.last().expect("one was put there");
        newest
            .iter()
            .for_each(|&(place, weight)| dense[place as usize] = weight);
        distance
            .par_iter_mut()
            .zip(vectors)
            .for_each(|(distance, vector)| {
                *distance = distance.min((1.0 - dot(vector, &dense)).max(0.0));
            });
        newest.iter().for_each(|&(place, _)| dense[place as usize] = 0.0);
        let all: f64 = distance.iter().map(|&distance| f64::from(distance)).sum();
        if all <= 1e-6 {
            break;
        }
        let mut left = uniform(&mut random) * all;
        let chosen = distance.iter().position(|&distance| {
            left -= f64::from(distance);
            left < 0.0
        });
        centres.push(vectors[chosen.unwrap_or(vectors.len() - 1)].clone());
    }
    centres
}

fn dot(vector: &Vector, dense: &[f32]) -> f32 {
    vector
        .iter()
        .map(|&(place, weight)| weight * dense[place as usize])
        .sum()
}

/// The nearest centre of each vector; `NO_TOPIC` where it shares no word with any.
fn assign(vectors: &[Vector], centres: &[Vector], words: usize) -> Vec<u32> {
    let topics = centres.len();
    let mut weights = vec![0.0_f32; words * topics];
    for (number, centre) in centres.iter().enumerate() {
        for &(place, weight) in centre {
            weights[place as usize * topics + number] = weight;
        }
    }
    vectors
        .par_iter()
        .map(|vector| {
            let mut likeness = vec![0.0_f32; topics];
            for &(place, weight) in vector {
                let row = &weights[place as usize * topics..][..topics];
                likeness
                    .iter_mut()
                    .zip(row)
                    .for_each(|(sum, centre)| *sum += weight * centre);
            }
            nearest(&likeness).map_or(NO_TOPIC, |topic| topic as u32)
        })
        .collect()
}

/// The mean of each topic's vectors, cut to its strongest words; empty topics stay empty.
fn means(vectors: &[Vector], assigned: &[u32], topics: usize, words: usize) -> Vec<Vector> {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); topics];
    for (vector, &topic) in assigned.iter().enumerate() {
        if topic != NO_TOPIC {
            members[topic as usize].push(vector);
        }
    }
    members
        .par_iter()
        .map(|members| {
            let mut sums = vec![0.0_f32; words];
            for &member in members {
                vectors[member]
                    .iter()
                    .for_each(|&(place, weight)| sums[place as usize] += weight);
            }
            let mut strongest: Vector = (0..).zip(sums).filter(|&(_, sum)| sum > 0.0).collect();
            strongest.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            strongest.truncate(WORDS_KEPT);
            strongest.sort_unstable_by_key(|&(place, _)| place);
            unit(strongest)
        })
        .collect()
}

/// Topics with samples and the place of each among the centres, largest first, named by their strongest words; names differ.
fn named(
    centres: Vec<Vector>,
    assigned: &[u32],
    vocabulary: &[(u32, f32)],
    word_of: &FxHashMap<u32, String>,
) -> Vec<(usize, Centre)> {
    let mut sizes = vec![0_u64; centres.len()];
    for &topic in assigned.iter().filter(|&&topic| topic != NO_TOPIC) {
        sizes[topic as usize] += 1;
    }
    let mut order: Vec<usize> = (0..centres.len()).filter(|&topic| sizes[topic] > 0).collect();
    order.sort_by_key(|&topic| (std::cmp::Reverse(sizes[topic]), topic));
    let mut taken = BTreeSet::new();
    order
        .into_iter()
        .map(|topic| {
            let mut strongest = centres[topic].clone();
            strongest.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            let words: Vec<String> = strongest
                .iter()
                .filter_map(|&(place, _)| word_of.get(&vocabulary[place as usize].0))
                .filter(|word| !word.is_empty())
                .take(LISTED)
                .cloned()
                .collect();
            let name = (NAMED_BY..=LISTED)
                .map(|count| words[..count.min(words.len())].join(" · "))
                .find(|name| !name.is_empty() && !taken.contains(name))
                .unwrap_or_else(|| format!("topic {}", topic + 1));
            taken.insert(name.clone());
            let centre = Centre {
                name,
                words,
                weights: centres[topic].clone(),
                vector: Vec::new(),
            };
            (topic, centre)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEMES: [[&str; 6]; 3] = [
        ["warfarin", "dose", "bleeding", "clinic", "tablet", "vitamin"],
        ["contract", "clause", "court", "liability", "notice", "tenant"],
        ["flour", "oven", "dough", "butter", "yeast", "bread"],
    ];

    fn term(word: &str) -> u32 {
        assay_sketch::term_of(xxhash_rust::xxh3::xxh3_64(word.as_bytes()))
    }

    /// Forty samples of each theme, with words of their own.
    fn samples() -> (Vec<Vec<(u32, u8)>>, FxHashMap<u32, String>) {
        let mut words = FxHashMap::default();
        let mut number = |word: &str| {
            words.insert(term(word), word.to_owned());
            term(word)
        };
        let samples = (0..120_usize).map(|i| {
            let theme = THEMES[i % 3];
            let mut terms: Vec<(u32, u8)> = (0..4)
                .map(|j| (number(theme[(i / 3 + j) % 6]), 1 + (j == 0) as u8))
                .collect();
            terms.push((number(&format!("own{i}")), 1));
            terms.push((number("everywhere"), 3));
            terms.sort_unstable();
            terms
        });
        let samples = samples.collect();
        (samples, words)
    }

    #[test]
    fn samples_that_speak_of_one_thing_share_a_topic_named_by_its_words() {
        let (samples, words) = samples();
        let model = fit(&samples, 7, &words, &Task::silent()).unwrap().unwrap();
        let assigning = model.assigning();
        let mut theme_of = FxHashMap::default();
        for (i, sample) in samples.iter().enumerate() {
            let topic = assigning.topic(sample).unwrap();
            assert_eq!(
                *theme_of.entry(topic).or_insert(i % 3),
                i % 3,
                "a topic mixes themes"
            );
        }
        for (topic, (name, words)) in model.topics().enumerate() {
            let Some(&theme) = theme_of.get(&topic) else {
                continue;
            };
            let named_by: Vec<&str> = name.split(" · ").collect();
            assert!(named_by.iter().all(|word| THEMES[theme].contains(word)), "{name}");
            assert!(!words.contains(&"everywhere".to_owned()));
        }
    }

    #[test]
    fn the_same_samples_give_the_same_model_and_it_survives_being_kept() {
        let (samples, words) = samples();
        let once = fit(&samples, 7, &words, &Task::silent()).unwrap().unwrap();
        assert_eq!(once, fit(&samples, 7, &words, &Task::silent()).unwrap().unwrap());
        let kept: TopicModel = serde_json::from_str(&serde_json::to_string(&once).unwrap()).unwrap();
        assert_eq!(kept, once);
        let names: BTreeSet<&str> = once.names().collect();
        assert_eq!(names.len(), once.topics().count(), "names differ");
    }

    #[test]
    fn samples_that_share_no_word_have_no_topics() {
        let apart: Vec<Vec<(u32, u8)>> = (0..50).map(|i| vec![(i, 1)]).collect();
        assert_eq!(
            fit(&apart, 7, &FxHashMap::default(), &Task::silent()).unwrap(),
            None
        );
    }
}
