//! What is learned from, and in which folds?

use assay_model::report::NoScore;
use assay_model::{Fault, Origin, Task};
use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::model::{Lesson, StyleModel, calibrate, calibrated};
use super::rows::WIDTH;
use super::{Grouping, LEAST_OF_A_KIND, LEAST_TEXTS, StyleRows};
use crate::Inputs;
use crate::columns::Samples;

pub(super) const FOLDS: usize = 5;
/// Texts of each kind, at most; more change the fifth digit.
const MOST_TEXTS: usize = 20_000;

/// Parts of known origin to learn from: one of each kind of role in each group of near-duplicates.
pub(super) struct KnownParts {
    /// Part, whether a machine made it, whether a reviewer said so; in an order that depends on the texts alone.
    pub parts: Vec<(u32, bool, bool)>,
    /// The fold of each part of the snapshot: that of its group.
    pub fold: Vec<u8>,
    /// Parts whose group holds one that is learned from.
    seen: Vec<bool>,
    pub languages: Vec<String>,
    pub roles: Vec<String>,
    /// All human and machine parts of known origin, before languages and roles were looked at.
    pub before: (u64, u64),
}

/// What a part is known to be.
fn truth(inputs: &Inputs, samples: &Samples, rows: &StyleRows, part: usize) -> Option<(bool, bool)> {
    let row = rows.row[part] as usize;
    let of = |origin: Origin, judged| match origin {
        Origin::Human => Some((false, judged)),
        Origin::Machine => Some((true, judged)),
        Origin::Mixed | Origin::Unknown => None,
    };
    if let Some(judged) = inputs.judged.get(&samples.digest[row]) {
        return of(*judged, true);
    }
    match samples.origin[row] {
        Origin::Mixed => of(rows.origin[part], false),
        whole => of(whole, false),
    }
}

impl KnownParts {
    pub fn of(inputs: &Inputs, samples: &Samples, rows: &StyleRows, grouping: &Grouping) -> Self {
        let keys = grouping.keys(samples, inputs.seed);
        let key = |part: usize| keys[rows.row[part] as usize];
        let mut parts = one_of_each(inputs, samples, rows, &key);
        let count = |parts: &[(u32, bool, bool)], is_machine| {
            parts.iter().filter(|part| part.1 == is_machine).count() as u64
        };
        let before = (count(&parts, false), count(&parts, true));
        let (languages, roles) = keep_comparable(rows, &mut parts);
        let order = |part: u32| {
            let digest = &samples.digest[rows.row[part as usize] as usize].0;
            (
                xxh3_64_with_seed(digest, inputs.seed ^ 1),
                rows.part[part as usize],
            )
        };
        parts.sort_unstable_by_key(|&(part, ..)| order(part));
        let mut left = [MOST_TEXTS; 2];
        parts.retain(|&(_, is_machine, _)| {
            let left = &mut left[usize::from(is_machine)];
            let wanted = *left > 0;
            *left = left.saturating_sub(1);
            wanted
        });
        let groups: FxHashSet<u64> = parts.iter().map(|&(part, ..)| key(part as usize)).collect();
        Self {
            fold: (0..rows.len())
                .map(|part| (key(part) % FOLDS as u64) as u8)
                .collect(),
            seen: (0..rows.len()).map(|part| groups.contains(&key(part))).collect(),
            parts,
            languages,
            roles,
            before,
        }
    }

    pub fn count(&self, is_machine: bool) -> u64 {
        self.parts.iter().filter(|part| part.1 == is_machine).count() as u64
    }

    pub fn judged(&self) -> u64 {
        self.parts.iter().filter(|part| part.2).count() as u64
    }

    /// What each of `len` parts taught.
    pub fn trained_as(&self, len: usize) -> Vec<Option<Origin>> {
        let mut taught = vec![None; len];
        for &(part, is_machine, _) in &self.parts {
            taught[part as usize] = Some(if is_machine {
                Origin::Machine
            } else {
                Origin::Human
            });
        }
        taught
    }
}

/// Of each group and role the part with the smallest digest; none where both kinds are among them.
fn one_of_each(
    inputs: &Inputs,
    samples: &Samples,
    rows: &StyleRows,
    key: &dyn Fn(usize) -> u64,
) -> Vec<(u32, bool, bool)> {
    let rank = |part: u32| {
        (
            samples.digest[rows.row[part as usize] as usize],
            rows.part[part as usize],
        )
    };
    let mut best: FxHashMap<(u64, &str), (u32, bool, bool, bool)> = FxHashMap::default();
    for part in 0..rows.len() {
        let Some((is_machine, judged)) = truth(inputs, samples, rows, part) else {
            continue;
        };
        let number = part as u32;
        let found = best
            .entry((key(part), rows.role(part)))
            .or_insert((number, is_machine, judged, false));
        let contradicts = found.3 || found.1 != is_machine;
        if rank(number) < rank(found.0) {
            *found = (number, is_machine, judged, false);
        }
        found.3 = contradicts;
    }
    best.into_values()
        .filter(|found| !found.3)
        .map(|(part, is_machine, judged, _)| (part, is_machine, judged))
        .collect()
}

/// Keeps the parts in languages and roles of which both kinds were seen often enough, and names these.
///
/// Where people only asked and machines only answered, style cannot be told from role, so nothing is left.
fn keep_comparable(rows: &StyleRows, parts: &mut Vec<(u32, bool, bool)>) -> (Vec<String>, Vec<String>) {
    loop {
        let before = parts.len();
        let languages = comparable(parts, |part| rows.language(part));
        parts.retain(|&(part, ..)| {
            languages
                .iter()
                .any(|known| known == rows.language(part as usize))
        });
        let roles = comparable(parts, |part| rows.role(part));
        parts.retain(|&(part, ..)| roles.iter().any(|known| known == rows.role(part as usize)));
        if parts.len() == before {
            return (languages, roles);
        }
    }
}

fn comparable<'a>(parts: &[(u32, bool, bool)], name: impl Fn(usize) -> &'a str) -> Vec<String> {
    let mut counts: FxHashMap<&str, [u64; 2]> = FxHashMap::default();
    for &(part, is_machine, _) in parts {
        counts.entry(name(part as usize)).or_default()[usize::from(is_machine)] += 1;
    }
    let mut names: Vec<String> = counts
        .into_iter()
        .filter(|(name, counts)| !name.is_empty() && counts.iter().all(|&count| count >= LEAST_OF_A_KIND))
        .map(|(name, _)| name.to_owned())
        .collect();
    names.sort_unstable();
    names
}

/// A model of all known parts, one for each fold that did not see it, and what each says of what it did not see.
pub(super) struct Trained {
    pub model: StyleModel,
    /// Each with its own calibration, from the other folds.
    without: Vec<StyleModel>,
    /// Of `KnownParts::parts`, in their order: calibrated, out of fold.
    pub scores: Vec<f64>,
}

impl Trained {
    /// Trains on parts that are enough; `figures` are theirs, in their order.
    pub fn on(rows: &StyleRows, known: &KnownParts, figures: &[f32], task: &Task) -> Result<Self, Fault> {
        let lessons: Vec<Lesson<'_>> = known
            .parts
            .iter()
            .zip(figures.chunks_exact(WIDTH))
            .map(|(&(part, is_machine, _), figures)| Lesson {
                language: rows.language(part as usize),
                role: rows.role(part as usize),
                figures,
                is_machine,
            })
            .collect();
        let fold = |lesson: usize| usize::from(known.fold[known.parts[lesson].0 as usize]);
        let mut without = Vec::with_capacity(FOLDS);
        for held_out in 0..FOLDS {
            task.check()?;
            let others: Vec<Lesson<'_>> = (0..lessons.len())
                .filter(|&lesson| fold(lesson) != held_out)
                .map(|lesson| lessons[lesson])
                .collect();
            without.push(StyleModel::fit(&others, &known.languages, &known.roles));
        }
        let log_odds: Vec<f64> = lessons
            .iter()
            .enumerate()
            .map(|(number, lesson)| {
                without[fold(number)]
                    .log_odds(lesson.language, lesson.role, lesson.figures)
                    .expect("lessons are in the languages and roles that every fold knows")
            })
            .collect();
        for (held_out, model) in without.iter_mut().enumerate() {
            let others = |lesson: &usize| fold(*lesson) != held_out;
            let (odds, kinds): (Vec<f64>, Vec<bool>) = (0..lessons.len())
                .filter(others)
                .map(|lesson| (log_odds[lesson], lessons[lesson].is_machine))
                .unzip();
            model.calibration = calibrate(&odds, &kinds);
        }
        let scores = log_odds
            .iter()
            .enumerate()
            .map(|(lesson, &odds)| calibrated(without[fold(lesson)].calibration, odds))
            .collect();
        task.check()?;
        let mut model = StyleModel::fit(&lessons, &known.languages, &known.roles);
        let kinds: Vec<bool> = lessons.iter().map(|lesson| lesson.is_machine).collect();
        model.calibration = calibrate(&log_odds, &kinds);
        Ok(Self {
            model,
            without,
            scores,
        })
    }

    /// A part's score, by a model that saw neither it nor a near-duplicate of it.
    pub fn score(
        &self,
        rows: &StyleRows,
        part: usize,
        figures: &[f32],
        known: &KnownParts,
    ) -> Result<f64, NoScore> {
        let model = if known.seen[part] {
            &self.without[usize::from(known.fold[part])]
        } else {
            &self.model
        };
        model.score(rows.language(part), rows.role(part), figures)
    }
}

/// Why nothing can be learned from these, in words.
pub(super) fn refusal(known: &KnownParts) -> Option<String> {
    let (human, machine) = (known.count(false), known.count(true));
    if human >= LEAST_TEXTS && machine >= LEAST_TEXTS {
        return None;
    }
    let words = assay_sketch::STYLE_LEAST_WORDS;
    let (all_human, all_machine) = known.before;
    if all_human < LEAST_TEXTS || all_machine < LEAST_TEXTS {
        return Some(format!(
            "it needs {LEAST_TEXTS} human and {LEAST_TEXTS} machine texts of {words} words or more whose origin was declared or \
             judged; there are {all_human} and {all_machine}"
        ));
    }
    Some(format!(
        "human and machine texts must be comparable: of one language and one role, {LEAST_OF_A_KIND} of each or more. Of {all_human} \
         human and {all_machine} machine texts, {human} and {machine} are"
    ))
}
