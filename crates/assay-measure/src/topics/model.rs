//! A topic model: which words tell topics apart, and which topic does a sample belong to?

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// Topics by the weights of their words. Kept with a snapshot, so that other data can be held against its topics.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TopicModel {
    pub(super) method: String,
    /// Terms that tell topics apart, ascending, each with its inverse document frequency.
    pub(super) vocabulary: Vec<(u32, f32)>,
    pub(super) topics: Vec<Centre>,
}

/// One topic: its strongest words, of length 1 as a vector.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Centre {
    pub name: String,
    /// Up to ten, most characteristic first.
    pub words: Vec<String>,
    /// (place in the vocabulary, weight), ascending.
    pub weights: Vec<(u32, f32)>,
    /// The direction of the user's own vectors, where topics were found in those; else empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vector: Vec<f32>,
}

impl TopicModel {
    /// How it was made, in words.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Names of the topics, largest topic first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.topics.iter().map(|topic| topic.name.as_str())
    }

    /// Each topic's name and its most characteristic words.
    pub fn topics(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.topics
            .iter()
            .map(|topic| (topic.name.as_str(), topic.words.as_slice()))
    }

    /// Whether topics were found in the user's own vectors.
    pub fn is_of_vectors(&self) -> bool {
        self.topics.iter().any(|topic| !topic.vector.is_empty())
    }

    /// The centres of a model of vectors.
    pub(super) fn centres(&self) -> Vec<Vec<f32>> {
        self.topics.iter().map(|topic| topic.vector.clone()).collect()
    }

    /// The model laid out for many samples.
    pub fn assigning(&self) -> Assigning {
        let places: FxHashMap<u32, (u32, f32)> = self
            .vocabulary
            .iter()
            .zip(0..)
            .map(|(&(term, rarity), place)| (term, (place, rarity)))
            .collect();
        let topics = self.topics.len();
        let mut weights = vec![0.0; self.vocabulary.len() * topics];
        for (number, topic) in self.topics.iter().enumerate() {
            for &(place, weight) in &topic.weights {
                weights[place as usize * topics + number] = weight;
            }
        }
        Assigning {
            places,
            weights,
            topics,
        }
    }
}

/// Finds the topic of one sample after another.
pub struct Assigning {
    /// Of each term: its place in the vocabulary, and its inverse document frequency.
    places: FxHashMap<u32, (u32, f32)>,
    /// `weights[place * topics + topic]`.
    weights: Vec<f32>,
    topics: usize,
}

impl Assigning {
    /// The topic nearest by cosine; among equals the larger. `None` where no word of any topic is in the sample.
    pub fn topic(&self, terms: &[(u32, u8)]) -> Option<usize> {
        let mut likeness = vec![0.0_f32; self.topics];
        for &(term, count) in terms {
            let Some(&(place, rarity)) = self.places.get(&term) else {
                continue;
            };
            let weight = term_weight(count, rarity);
            let row = &self.weights[place as usize * self.topics..][..self.topics];
            for (likeness, topic) in likeness.iter_mut().zip(row) {
                *likeness += weight * topic;
            }
        }
        nearest(&likeness)
    }
}

/// The first of the greatest, if it is above nothing.
pub(super) fn nearest(likeness: &[f32]) -> Option<usize> {
    let mut best = None;
    let mut most = 0.0;
    for (topic, &likeness) in likeness.iter().enumerate() {
        if likeness > most {
            (best, most) = (Some(topic), likeness);
        }
    }
    best
}

/// Weight of a term in a sample: dampened frequency times rarity (Salton and Buckley 1988).
pub(super) fn term_weight(count: u8, rarity: f32) -> f32 {
    (1.0 + f32::from(count.max(1)).ln()) * rarity
}
