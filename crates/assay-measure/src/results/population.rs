//! Which texts does a snapshot hold, and in which groups do they stand?

use std::collections::HashSet;

use assay_model::report::ClassCount;
use assay_model::results::{BandRow, BandTable, SampleResult};
use assay_model::{Digest, Fault, Origin, Task};
use rustc_hash::{FxHashMap, FxHashSet};

use super::bands::{Band, bands};
use super::groups::{self, Group};
use super::scored::Scored;
use crate::columns::Samples;
use crate::names::Names;
use crate::{Inputs, Texts, WORD, Whose, dimensions, words};

/// Domains and languages that get a group of their own at most, largest first.
const MOST_VALUES: usize = 50;
/// Texts reread at a time, for the rarity of their words.
const BATCH: usize = 1024;
/// The rarest words of a text that count: one of so many, at least one.
const WORDS_FOR_ONE: usize = 10;

/// By what texts are rare.
pub enum Rarity<'a> {
    /// By their class in a mapped dimension.
    Dimension(&'a str),
    /// By their rarest words. Only these texts are reread; the others have no band.
    Words {
        texts: &'a dyn Texts,
        of: &'a HashSet<Digest>,
    },
}

/// A slice that was asked for: its expression and the sample ids it holds.
pub struct Slice {
    pub expression: String,
    pub samples: Vec<u64>,
}

/// The distinct texts of a snapshot, by digest.
pub struct Population {
    digests: Vec<Digest>,
    /// Texts that stand in the snapshot as human here and machine there, or the like.
    pub contradictory: u64,
    pub bands: BandTable,
    groups: Vec<Group>,
    unnamed: Vec<(Band, Vec<u64>)>,
}

impl Population {
    /// Reads a snapshot's texts and puts each into its groups.
    pub fn read(inputs: &Inputs, rarity: &Rarity, slices: &[Slice], task: &Task) -> Result<Self, Fault> {
        let samples = Samples::read(inputs, task)?;
        let rows = Rows::of(&samples);
        let origins = rows.origins(&samples);
        let mut groups = vec![Group {
            by: "all",
            value: String::new(),
            filter: Some(String::new()),
            members: (0..rows.texts() as u32).collect(),
        }];
        groups.extend(Origin::ALL.into_iter().map(|origin| Group {
            by: "origin",
            value: origin.as_str().to_owned(),
            filter: Some(groups::equals(origins.field(), origin.as_str())),
            members: places(&origins.of_text, |found| *found == origin),
        }));
        let (table, banded) = match rarity {
            Rarity::Dimension(dimension) => by_class(inputs, &samples, &rows, dimension, task)?,
            Rarity::Words { texts, of } => by_words(inputs, &samples, &rows, *texts, of, task)?,
        };
        let unnamed = rows.without_expression(&samples, &banded);
        groups.extend(banded);
        groups.extend(by_name(&samples.names, &rows, &samples.domain, "domain"));
        groups.extend(by_name(&samples.names, &rows, &samples.language, "language"));
        groups.extend(slices.iter().map(|slice| rows.slice(&samples, slice)));
        Ok(Self {
            digests: rows
                .first
                .iter()
                .map(|&row| samples.digest[row as usize])
                .collect(),
            contradictory: origins.contradictory,
            bands: table,
            groups,
            unnamed,
        })
    }

    /// Bands whose samples no expression of dimensions describes, each with its sample ids; empty ones are left out.
    pub fn unnamed_bands(&self) -> &[(Band, Vec<u64>)] {
        &self.unnamed
    }

    /// Says under which expression the caller keeps the samples of those bands.
    pub fn name_bands(&mut self, expression: impl Fn(Band) -> String) {
        for group in self.groups.iter_mut().filter(|group| group.by == "band") {
            let band = self.unnamed.iter().find(|(band, _)| band.as_str() == group.value);
            if let Some((band, _)) = band {
                group.filter = Some(expression(*band));
            }
        }
    }

    pub fn texts(&self) -> u64 {
        self.digests.len() as u64
    }

    /// A population made by hand. `digests` ascend.
    #[cfg(test)]
    pub(super) fn of(digests: Vec<Digest>, groups: Vec<Group>) -> Self {
        Self {
            digests,
            contradictory: 0,
            bands: BandTable::default(),
            groups,
            unnamed: Vec::new(),
        }
    }

    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Each text's result, where it has one. Results of other texts are passed over.
    pub(super) fn join(&self, results: &[(Digest, SampleResult)]) -> Vec<Option<Scored>> {
        let mut joined = vec![None; self.digests.len()];
        for (digest, result) in results {
            if let Ok(place) = self.digests.binary_search(digest) {
                joined[place] = Some(*result);
            }
        }
        joined
    }
}

/// Who made each text, as all its copies tell it.
struct TextOrigins {
    of_text: Vec<Origin>,
    /// Texts whose copies contradict each other; they are unknown.
    contradictory: u64,
    /// Whether some sample stands under another origin than its text.
    differ: bool,
}

impl TextOrigins {
    /// The field that finds the samples of a text's origin: the sample's own, which is quicker, where they are the same.
    fn field(&self) -> &'static str {
        if self.differ { "text_origin" } else { "origin" }
    }
}

/// Rows by text: copies together, the first of them standing for all.
struct Rows {
    /// The first row of each text.
    first: Vec<u32>,
    /// The text of each row.
    text: Vec<u32>,
}

impl Rows {
    fn of(samples: &Samples) -> Self {
        let mut order: Vec<u32> = (0..samples.len() as u32).collect();
        order.sort_unstable_by_key(|&row| (samples.digest[row as usize], samples.place[row as usize], row));
        let mut first = Vec::new();
        let mut text = vec![0; samples.len()];
        for copies in order.chunk_by(|&a, &b| samples.digest[a as usize] == samples.digest[b as usize]) {
            for &row in copies {
                text[row as usize] = first.len() as u32;
            }
            first.push(copies[0]);
        }
        Self { first, text }
    }

    fn texts(&self) -> usize {
        self.first.len()
    }

    /// The one known origin of a text's copies; unknown where they contradict each other, which is counted.
    fn origins(&self, samples: &Samples) -> TextOrigins {
        let mut origins = vec![Origin::Unknown; self.texts()];
        let mut contradictory = FxHashSet::default();
        for (row, &text) in self.text.iter().enumerate() {
            let (known, next) = (&mut origins[text as usize], samples.origin[row]);
            if *known == Origin::Unknown {
                *known = next;
            } else if next != Origin::Unknown && next != *known {
                contradictory.insert(text);
            }
        }
        for &text in &contradictory {
            origins[text as usize] = Origin::Unknown;
        }
        let differs = |(row, &text): (usize, &u32)| samples.origin[row] != origins[text as usize];
        TextOrigins {
            differ: self.text.iter().enumerate().any(differs),
            contradictory: contradictory.len() as u64,
            of_text: origins,
        }
    }

    /// The sample ids of the bands that have texts and no expression.
    fn without_expression(&self, samples: &Samples, groups: &[Group]) -> Vec<(Band, Vec<u64>)> {
        let mut found = Vec::new();
        for group in groups
            .iter()
            .filter(|group| group.filter.is_none() && !group.members.is_empty())
        {
            let band = Band::ALL.into_iter().find(|band| band.as_str() == group.value);
            let rows = self.text.iter().zip(&samples.sample);
            let ids = rows.filter(|(text, _)| group.members.binary_search(text).is_ok());
            found.extend(band.map(|band| (band, ids.map(|(_, id)| *id).collect())));
        }
        found
    }

    fn slice(&self, samples: &Samples, slice: &Slice) -> Group {
        let ids: FxHashSet<u64> = slice.samples.iter().copied().collect();
        let mut holds = vec![false; self.texts()];
        for (row, id) in samples.sample.iter().enumerate() {
            holds[self.text[row] as usize] |= ids.contains(id);
        }
        Group {
            by: "slice",
            value: slice.expression.clone(),
            filter: Some(slice.expression.clone()),
            members: places(&holds, |held| *held),
        }
    }
}

/// The places of a column for which something holds.
fn places<T>(column: &[T], holds: impl Fn(&T) -> bool) -> Vec<u32> {
    let numbered = column.iter().zip(0..);
    numbered
        .filter(|(value, _)| holds(value))
        .map(|(_, place)| place)
        .collect()
}

/// One group for each of the largest values of a named column; none where nothing has one. A text stands in the group of each
/// value that one of its copies has, as in a slice: what its expression opens is what is counted.
fn by_name(names: &Names, rows: &Rows, column: &[u32], by: &'static str) -> Vec<Group> {
    let mut members: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (&text, &name) in rows.text.iter().zip(column) {
        members.entry(name).or_default().push(text);
    }
    for texts in members.values_mut() {
        texts.sort_unstable();
        texts.dedup();
    }
    if members.keys().all(|&name| name == 0) {
        return Vec::new();
    }
    let mut groups: Vec<Group> = members
        .into_iter()
        .map(|(name, members)| Group {
            by,
            value: names.name(name).to_owned(),
            filter: Some(groups::equals(by, names.name(name))),
            members,
        })
        .collect();
    groups.sort_unstable_by(|a, b| (b.members.len(), &a.value).cmp(&(a.members.len(), &b.value)));
    groups.truncate(MOST_VALUES);
    groups
}

type Banded = (BandTable, Vec<Group>);

/// Bands by class: a text with several classes stands with its rarest.
fn by_class(
    inputs: &Inputs,
    samples: &Samples,
    rows: &Rows,
    dimension: &str,
    task: &Task,
) -> Result<Banded, Fault> {
    let wanted = Inputs {
        text_dimensions: vec![dimension.to_owned()],
        segments: inputs.segments.clone(),
        ..Inputs::default()
    };
    let read = dimensions::read(&wanted, samples, task)?;
    let read = read.first().expect("one dimension was asked for");
    let mut classes: Vec<ClassCount> = (0..read.classes.len() as u32)
        .map(|class| ClassCount {
            class: read.classes.name(class).to_owned(),
            count: 0,
        })
        .collect();
    for &(_, class) in &read.observations {
        classes[class as usize].count += 1;
    }
    let counted: Vec<(&str, u64)> = classes
        .iter()
        .map(|each| (each.class.as_str(), each.count))
        .collect();
    let of_class = bands(&counted);
    let mut of_text: Vec<Option<Band>> = vec![None; rows.texts()];
    let mut several = false;
    let mut observed = FxHashSet::default();
    for &(row, class) in &read.observations {
        let band = &mut of_text[rows.text[row as usize] as usize];
        *band = (*band).max(of_class[class as usize]);
        several |= !observed.insert(row);
    }
    let of_band = |band: Band| -> Vec<&str> {
        let numbered = counted.iter().zip(&of_class);
        let mut names: Vec<&str> = numbered
            .filter(|(_, found)| **found == Some(band))
            .map(|((name, _), _)| *name)
            .collect();
        names.sort_unstable();
        names
    };
    let filter = |band: Band| {
        let rarer = Band::ALL.into_iter().filter(|other| several && *other > band);
        let rarer: Vec<&str> = rarer.flat_map(of_band).collect();
        groups::among(dimension, &of_band(band), &rarer)
    };
    let observations = |band: Band| {
        let numbered = classes.iter().zip(&of_class);
        numbered
            .filter(|(_, found)| **found == Some(band))
            .map(|(class, _)| class.count)
            .sum()
    };
    let table = BandTable {
        dimension: dimension.to_owned(),
        definition: format!(
            "Tail: the rarest classes of {dimension} that together hold at most a tenth of its observations in this \
             snapshot; head: the commonest with which half of them are reached. A text with several classes stands with \
             its rarest."
        ),
        bands: Band::ALL
            .map(|band| BandRow {
                band: band.as_str().to_owned(),
                classes: Some(of_band(band).len() as u64),
                observations: observations(band),
                texts: of_text.iter().filter(|found| **found == Some(band)).count() as u64,
            })
            .to_vec(),
        without: of_text.iter().filter(|band| band.is_none()).count() as u64,
    };
    let without = table.without;
    let mut banded = band_groups(&of_text, filter);
    if without > 0 {
        banded.push(Group {
            by: "band",
            value: "none".to_owned(),
            filter: Some(groups::equals(dimension, "")),
            members: places(&of_text, Option::is_none),
        });
    }
    Ok((table, banded))
}

fn band_groups(of_text: &[Option<Band>], filter: impl Fn(Band) -> Option<String>) -> Vec<Group> {
    Band::ALL
        .map(|band| Group {
            by: "band",
            value: band.as_str().to_owned(),
            filter: filter(band),
            members: places(of_text, |found| *found == Some(band)),
        })
        .to_vec()
}

/// Bands by words: each text is as rare as the mean log count of the rarest tenth of its words.
fn by_words(
    inputs: &Inputs,
    samples: &Samples,
    rows: &Rows,
    texts: &dyn Texts,
    of: &HashSet<Digest>,
    task: &Task,
) -> Result<Banded, Fault> {
    let counts: FxHashMap<String, u64> = words::counts(inputs, Whose::Everyone, None, task)?
        .into_iter()
        .collect();
    let mut asked: Vec<(u64, u32)> = rows
        .first
        .iter()
        .zip(0..)
        .filter(|(row, _)| of.contains(&samples.digest[**row as usize]))
        .map(|(&row, text)| (samples.sample[row as usize], text))
        .collect();
    asked.sort_unstable();
    let text_of: FxHashMap<u64, u32> = asked.iter().copied().collect();
    let ids: Vec<u64> = asked.iter().map(|(id, _)| *id).collect();
    let mut ranked: Vec<(f64, u32)> = Vec::new();
    for batch in ids.chunks(BATCH) {
        task.check()?;
        texts.read(batch, &mut |id, text| {
            if let Some(rarity) = word_rarity(text, &counts) {
                ranked.push((rarity, text_of[&id]));
            }
        })?;
    }
    // Rarest first; texts stand by digest, so ties do too. A text is one observation.
    ranked.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let as_classes: Vec<(usize, u64)> = (0..ranked.len()).map(|place| (place, 1)).collect();
    let mut of_text = vec![None; rows.texts()];
    for (band, &(_, text)) in bands(&as_classes).into_iter().zip(&ranked) {
        of_text[text as usize] = band;
    }
    let count = |band: Band| of_text.iter().filter(|found| **found == Some(band)).count() as u64;
    let table = BandTable {
        dimension: WORD.to_owned(),
        definition: "A text is as rare as the mean logarithm of how often the rarest tenth of its words (at least one) \
                     occurs in this snapshot. Tail: the rarest tenth of the texts with a result; head: the commoner half."
            .to_owned(),
        bands: Band::ALL
            .map(|band| BandRow {
                band: band.as_str().to_owned(),
                classes: None,
                observations: count(band),
                texts: count(band),
            })
            .to_vec(),
        without: of_text.iter().filter(|band| band.is_none()).count() as u64,
    };
    Ok((table, band_groups(&of_text, |_| None)))
}

/// The mean natural logarithm of the counts of a text's rarest tenth of words; none for a text without words.
fn word_rarity(text: &str, counts: &FxHashMap<String, u64>) -> Option<f64> {
    let normalised = assay_sketch::normalise(text);
    let mut found: Vec<u64> = assay_sketch::tokens(&normalised)
        .map(|word| counts.get(word).copied().unwrap_or(1).max(1))
        .collect();
    found.sort_unstable();
    let rarest = &found[..found.len().min((found.len() / WORDS_FOR_ONE).max(1))];
    let sum: f64 = rarest.iter().map(|&count| (count as f64).ln()).sum();
    (!rarest.is_empty()).then(|| sum / rarest.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_as_rare_as_its_rarest_words() {
        let counts = [
            ("the".to_owned(), 1000),
            ("cat".to_owned(), 10),
            ("axolotl".to_owned(), 1),
        ];
        let counts: FxHashMap<String, u64> = counts.into_iter().collect();
        let of = |text: &str| word_rarity(text, &counts).unwrap();
        assert_eq!(of("The axolotl"), 0.0);
        assert!((of("the cat") - 10_f64.ln()).abs() < 1e-12);
        // Twenty words: the two rarest count.
        let long = format!("axolotl cat {}", "the ".repeat(18));
        assert!((of(&long) - 10_f64.ln() / 2.0).abs() < 1e-12);
        assert_eq!(word_rarity("…", &counts), None);
    }

    #[test]
    fn a_text_whose_copies_lie_in_two_domains_stands_in_both() {
        let mut names = Names::default();
        let (health, law) = (names.number("health"), names.number("law"));
        let rows = Rows {
            first: vec![0, 2],
            text: vec![0, 0, 1],
        };
        let groups = by_name(&names, &rows, &[health, law, law], "domain");
        let found: Vec<(&str, &[u32])> = groups
            .iter()
            .map(|group| (group.value.as_str(), group.members.as_slice()))
            .collect();
        assert_eq!(found, [("law", &[0, 1][..]), ("health", &[0][..])]);
    }

    #[test]
    fn copies_count_once_and_contradictory_ones_are_unknown() {
        let digest = |n: u8| Digest::of(&[n]);
        let samples = Samples {
            sample: vec![1, 2, 3, 4],
            place: vec![1, 2, 3, 4],
            digest: vec![digest(1), digest(2), digest(1), digest(2)],
            origin: vec![Origin::Human, Origin::Unknown, Origin::Machine, Origin::Mixed],
            ..Samples::default()
        };
        let rows = Rows::of(&samples);
        let origins = rows.origins(&samples);
        assert_eq!((rows.texts(), origins.contradictory), (2, 1));
        assert_eq!(
            origins.field(),
            "text_origin",
            "no sample's own origin would find them"
        );
        assert_eq!(origins.of_text[rows.text[0] as usize], Origin::Unknown);
        assert_eq!(
            origins.of_text[rows.text[1] as usize],
            Origin::Mixed,
            "what one copy says holds for the other"
        );
    }
}
