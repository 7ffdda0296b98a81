//! Plants copies, conflicts and wrong declarations, and remembers where.

use super::compose::Placed;
use super::plan::{Kind, LOTS};
use super::record::Record;
use super::similar::{Likeness, Neighbourhood, shingles, words};
use crate::draw::Draw;

/// What was done to make one record from another.
#[derive(Clone, Debug)]
pub struct Copy {
    pub kind: &'static str,
    pub original: String,
    pub copy: String,
}

/// Everything that was planted, by the ids of the records.
#[derive(Debug, Default)]
pub struct Planted {
    pub copies: Vec<Copy>,
    /// Ids whose declared language is not that of the text.
    pub misdeclared: Vec<String>,
}

/// Plants into the records; copies are appended, and moved to their files by the caller's grouping.
pub fn plant(placed: &mut Vec<Placed>, draw: &mut Draw) -> Result<Planted, String> {
    let mut near = Neighbourhood::default();
    for placed in placed.iter() {
        near.add(&shingles(&placed.record.joined()));
    }
    let mut planting = Planting {
        placed,
        near,
        draw,
        planted: Planted::default(),
    };
    let long = |record: &Record| words(&record.joined()).len() >= 80;
    for number in 0..20 {
        let original = planting.take("exact", |lot, record| declared(lot) && record.prompt.is_some())?;
        for _ in 0..if number < 2 { 3 } else { 1 } {
            planting.copy(original, "exact", |_, _| {})?;
        }
    }
    for _ in 0..18 {
        let original = planting.take("normalised", |lot, record| lot == Kind::Answered && long(record))?;
        planting.copy(original, "normalised", reformat)?;
    }
    for _ in 0..30 {
        let original = planting.take("near", |lot, record| {
            lot == Kind::Answered && changes_little(record)
        })?;
        planting.copy(original, "near", |record, _| {
            change_number(record);
        })?;
    }
    for number in 0..8 {
        let original = planting.take("machine_copies", |lot, record| lot == Kind::Noted && long(record))?;
        for copy in 0..2 + number % 2 {
            planting.copy(original, "machine_copy", move |record, _| {
                by_machine(record, copy)
            })?;
        }
    }
    for _ in 0..6 {
        let mut original = planting.take("truncated", |lot, record| lot == Kind::Answered && long(record))?;
        while !planting.third_stands_apart(original) {
            original = planting.take("truncated", |lot, record| lot == Kind::Answered && long(record))?;
        }
        planting.copy(original, "truncated", |record, _| truncate(record))?;
    }
    for _ in 0..6 {
        let original = planting.take("conflict", |lot, _| lot == Kind::Noted)?;
        planting.copy(original, "conflict", |record, _| {
            record.written_by = Some("model".to_owned());
            record.generator = Some("orion-2".to_owned());
        })?;
    }
    for number in 0..14 {
        let at = planting.take("misdeclared", |lot, record| {
            lot == Kind::Answered
                && long(record)
                && (record.language.as_deref() == Some("en")) == (number < 4)
        })?;
        let record = &mut planting.placed[at].record;
        record.language = Some(if number < 4 { "de" } else { "en" }.to_owned());
        planting.planted.misdeclared.push(record.id.clone());
    }
    Ok(planting.planted)
}

struct Planting<'a> {
    placed: &'a mut Vec<Placed>,
    /// The records as they were before anything was planted.
    near: Neighbourhood,
    draw: &'a mut Draw,
    planted: Planted,
}

impl Planting<'_> {
    /// Draws a record that was not used yet and fits.
    fn take(&mut self, purpose: &str, fits: impl Fn(Kind, &Record) -> bool) -> Result<usize, String> {
        for _ in 0..20_000 {
            let at = self.draw.below(self.placed.len());
            let candidate = &self.placed[at];
            if !candidate.planted && fits(LOTS[candidate.lot].kind, &candidate.record) {
                self.placed[at].planted = true;
                return Ok(at);
            }
        }
        Err(format!("no record is left for {purpose}"))
    }

    /// Whether a third of the record is no near-duplicate of any other record.
    fn third_stands_apart(&self, at: usize) -> bool {
        let mut third = self.placed[at].record.clone();
        truncate(&mut third);
        let close = self.near.likenesses(&shingles(&third.joined()));
        close
            .iter()
            .all(|(other, likeness)| *other == at || likeness.containment.max(likeness.jaccard) < 0.8)
    }

    /// Appends a changed copy to another file of the same domain.
    fn copy(
        &mut self,
        original: usize,
        kind: &'static str,
        change: impl FnOnce(&mut Record, &mut Draw),
    ) -> Result<(), String> {
        let from = self.placed[original].clone();
        let files: Vec<usize> = (0..LOTS.len())
            .filter(|lot| *lot != from.lot && LOTS[*lot].domain() == LOTS[from.lot].domain())
            .filter(|lot| LOTS[*lot].kind != Kind::Leaflet)
            .collect();
        let lot = *self.draw.choose(&files);
        let mut record = from.record.clone();
        record.id = format!("{}-9{:04}", LOTS[lot].source, self.planted.copies.len());
        record.source = Some(LOTS[lot].source.to_owned());
        change(&mut record, self.draw);
        if matches!(kind, "near" | "machine_copy" | "truncated") {
            let likeness = Likeness::between(&from.record.joined(), &record.joined());
            if !likeness.is_near() || likeness.is_doubtful() {
                return Err(format!(
                    "the {kind} of {} is not near: {likeness:?}",
                    from.record.id
                ));
            }
        }
        self.planted.copies.push(Copy {
            kind,
            original: from.record.id,
            copy: record.id.clone(),
        });
        self.placed.push(Placed {
            lot,
            record,
            planted: true,
        });
        Ok(())
    }
}

/// Files in which every part has a declared origin, so that a copy contradicts nothing.
fn declared(kind: Kind) -> bool {
    matches!(kind, Kind::Answered | Kind::Generated | Kind::Smoothed)
}

/// Changes what normalising removes: case, punctuation and space.
fn reformat(record: &mut Record, draw: &mut Draw) {
    let response = record.response.take().unwrap_or_default();
    record.response = Some(match draw.below(3) {
        0 => format!(" {}", response.replace(". ", ".  ").replace("\n\n", "\n")) + " ",
        1 => response.to_lowercase() + "…",
        _ => {
            response
                .replace(", ", " – ")
                .replace('،', " -")
                .replace('，', " ")
                + " !"
        }
    });
}

/// Replaces the last number of the response by another: a dose, a sum, a limit.
fn change_number(record: &mut Record) -> bool {
    let Some(response) = record.response.clone() else {
        return false;
    };
    let mut tokens: Vec<String> = response.split(' ').map(str::to_owned).collect();
    let number = |token: &String| token.len() >= 2 && token.chars().all(|c| c.is_ascii_digit());
    let Some(place) = tokens.iter().rposition(number) else {
        return false;
    };
    let Ok(value) = tokens[place].parse::<u64>() else {
        return false;
    };
    tokens[place] = (value * 10).to_string();
    record.response = Some(tokens.join(" "));
    true
}

/// Whether changing a number leaves the texts near by a margin.
fn changes_little(record: &Record) -> bool {
    let mut changed = record.clone();
    change_number(&mut changed) && Likeness::between(&record.joined(), &changed.joined()).jaccard > 0.84
}

/// The text with a word added at its end, as a paraphrasing model leaves it.
fn by_machine(record: &mut Record, copy: usize) {
    const ENDINGS: [&str; 3] = [" I hope this helps.", " Let me know.", " Stay safe."];
    record.text = record
        .text
        .take()
        .map(|text| text + ENDINGS[copy % ENDINGS.len()]);
    record.written_by = Some("model".to_owned());
    record.generator = Some(if copy == 0 { "orion-2" } else { "lumen-7b" }.to_owned());
}

/// Keeps the question and the first third of the answer, of which nobody says who wrote it.
fn truncate(record: &mut Record) {
    let Some(response) = record.response.take() else {
        return;
    };
    let characters: Vec<char> = response.chars().collect();
    let third: String = characters[..characters.len() / 3].iter().collect();
    record.response = Some(match third.rfind(' ') {
        Some(space) => third[..space].to_owned(),
        None => third,
    });
    (record.prompt_by, record.written_by) = (None, None);
}
