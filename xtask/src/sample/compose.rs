//! Fills the files of the plan with records, each kept well apart from all others.

use super::content::{self, Case};
use super::plan::{Kind, LANGUAGES, LOTS, Lot};
use super::record::Record;
use super::similar::{Neighbourhood, shingles};
use super::voice;
use crate::draw::Draw;

/// A record and the index of its file in the plan.
#[derive(Clone, Debug)]
pub struct Placed {
    pub lot: usize,
    pub record: Record,
    /// Whether it was copied from, or into, another record.
    pub planted: bool,
}

/// Every record before anything is planted.
pub fn compose(draw: &mut Draw) -> Result<Vec<Placed>, String> {
    let cases = content::cases();
    let mut near = Neighbourhood::default();
    let mut placed = Vec::new();
    for (index, lot) in LOTS.iter().enumerate() {
        let first = placed.len();
        for (language, count) in LANGUAGES.iter().zip(lot.counts) {
            let told: Vec<&Case> = cases
                .iter()
                .filter(|case| case.language == *language && case.domain == lot.domain())
                .collect();
            for case in assign(&told, lot.kind, count, draw) {
                let record = match apart(case, lot, &mut near, draw) {
                    Some(record) => record,
                    None => instead(&told, lot, &mut near, draw)?,
                };
                placed.push(Placed {
                    lot: index,
                    record,
                    planted: false,
                });
            }
        }
        draw.shuffle(&mut placed[first..]);
        for (number, placed) in placed[first..].iter_mut().enumerate() {
            placed.record.id = format!("{}-{:05}", lot.source, 100 + 7 * number);
        }
    }
    Ok(placed)
}

/// The cases for the records of one file in one language: the long tail goes to people alone, and models
/// know only the commoner half of what people ask.
fn assign<'a>(cases: &[&'a Case], kind: Kind, count: usize, draw: &mut Draw) -> Vec<&'a Case> {
    let common: Vec<&Case> = cases.iter().copied().filter(|case| !case.is_tail()).collect();
    let mut chosen = Vec::new();
    let tail = cases.iter().copied().filter(|case| case.is_tail());
    match kind {
        Kind::Answered => chosen.extend(tail),
        // Some of the rare questions are asked a second time, in few words.
        Kind::Typed => chosen.extend(
            tail.enumerate()
                .filter(|(rank, _)| rank % 3 == 1)
                .map(|(_, case)| case),
        ),
        _ => {}
    }
    chosen.truncate(count);
    let mut intents: Vec<&str> = common.iter().map(|case| case.intent.as_str()).collect();
    intents.dedup();
    let known = if kind == Kind::Generated {
        intents.len().div_ceil(2)
    } else {
        intents.len()
    };
    let weights: Vec<f64> = common
        .iter()
        .map(|case| {
            let rank = intents
                .iter()
                .position(|intent| *intent == case.intent)
                .unwrap_or_default();
            if rank < known {
                1.0 / (rank as f64 + 1.0).powf(0.4)
            } else {
                0.0
            }
        })
        .collect();
    let total: f64 = weights.iter().sum();
    while chosen.len() < count {
        let mut left = draw.unit() * total;
        let place = weights.iter().position(|weight| {
            left -= weight;
            left < 0.0
        });
        chosen.push(common[place.unwrap_or(0)]);
    }
    chosen
}

/// A record of the case that is no near-duplicate of any other, by a wide margin; `None` once all that can be said was said.
fn apart(case: &Case, lot: &Lot, near: &mut Neighbourhood, draw: &mut Draw) -> Option<Record> {
    for (jaccard, containment) in [(0.5, 0.6), (0.65, 0.75)] {
        for _ in 0..40 {
            let record = tell(case, lot, draw);
            let runs = shingles(&record.joined());
            let close = near.likenesses(&runs);
            if runs.len() > 3
                && close
                    .iter()
                    .all(|(_, l)| l.jaccard < jaccard && l.containment < containment)
            {
                near.add(&runs);
                return Some(record);
            }
        }
    }
    None
}

/// A record of any common case, where the one that was drawn is exhausted.
fn instead(cases: &[&Case], lot: &Lot, near: &mut Neighbourhood, draw: &mut Draw) -> Result<Record, String> {
    let common: Vec<&Case> = cases.iter().copied().filter(|case| !case.is_tail()).collect();
    for _ in 0..60 {
        let case = *draw.choose(&common);
        if let Some(record) = apart(case, lot, near, draw) {
            return Ok(record);
        }
    }
    Err(format!(
        "too little is written for {} in {}",
        lot.path, common[0].language
    ))
}

fn tell(case: &Case, lot: &Lot, draw: &mut Draw) -> Record {
    let by = |who: &str| Some(who.to_owned());
    let mut record = Record {
        domain: case.domain.clone(),
        language: Some(case.language.clone()),
        intent: Some(case.intent.clone()),
        source: Some(lot.source.to_owned()),
        license: lot.license.map(str::to_owned),
        collected_at: Some(day(lot, draw)),
        ..Record::default()
    };
    let topic = voice::topic(case, draw);
    match lot.kind {
        Kind::Answered => {
            (record.prompt, record.response) = (
                Some(voice::asked(case, topic, draw)),
                Some(voice::answered(case, topic, draw)),
            );
            (record.prompt_by, record.written_by) = (by("person"), by("person"));
        }
        Kind::Typed => {
            (record.prompt, record.prompt_by) = (Some(voice::typed(case, draw)), by("person"));
        }
        Kind::Noted => {
            (record.title, record.text) = (Some(case.title.clone()), Some(voice::noted(case, draw)));
            record.written_by = by("person");
        }
        Kind::Generated => {
            let person = draw.one_in(3);
            record.prompt = Some(if person {
                voice::asked(case, topic, draw)
            } else {
                voice::prompted(case, draw)
            });
            record.response = Some(voice::generated(case, topic, draw));
            (record.prompt_by, record.written_by) =
                (by(if person { "person" } else { "model" }), by("model"));
            record.generator = lot.generator.map(str::to_owned);
        }
        Kind::Smoothed => {
            (record.prompt, record.response) = (
                Some(voice::asked(case, topic, draw)),
                Some(voice::smoothed(case, topic, draw)),
            );
            (record.prompt_by, record.written_by) = (by("person"), by("person with model"));
            record.generator = lot.generator.map(str::to_owned);
        }
        Kind::Undeclared => {
            let answer = if draw.one_in(3) {
                voice::generated(case, topic, draw)
            } else {
                voice::answered(case, topic, draw)
            };
            (record.prompt, record.response) = (Some(voice::asked(case, topic, draw)), Some(answer));
            if draw.one_in(4) {
                record.collected_at = None;
            }
        }
        Kind::Leaflet => {
            record = Record {
                domain: case.domain.clone(),
                text: Some(voice::leaflet(case, draw)),
                ..Record::default()
            };
        }
    }
    record
}

fn day(lot: &Lot, draw: &mut Draw) -> String {
    let year = lot.years.0 + draw.below(lot.years.1 - lot.years.0 + 1);
    format!("{year}-{:02}-{:02}", 1 + draw.below(12), 1 + draw.below(28))
}
