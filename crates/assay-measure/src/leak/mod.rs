//! Which samples of a reference are found in a dataset?
//!
//! A reference sample counts once, under its strongest kind: the same digest, the same normalised text, a verified
//! near-duplicate, or a long run of tokens that both hold. Copies of one text are compared once. What was reworded
//! or translated shares no run of words, and is not found.

mod alike;
mod runs;
mod same;

use assay_model::{Fault, Progress, Stage, Task};
use assay_near::{ShingleReader, TextSets};
use rustc_hash::FxHashMap;

use crate::columns::Samples;
use crate::{Inputs, Texts};
pub use alike::{Alike, LEAST_TOKENS, alike};
use runs::{Compared, RunSearch};

/// One side of the comparison.
#[derive(Clone, Copy)]
pub struct LeakSide<'a> {
    pub inputs: &'a Inputs,
    pub texts: &'a dyn Texts,
}

/// What counts as a leak.
#[derive(Clone, Debug, PartialEq)]
pub struct LeakSettings {
    /// Least Jaccard similarity of near-duplicates.
    pub jaccard: f64,
    /// Least containment of the shorter text, where it has 20 shingles.
    pub containment: f64,
    /// Fewest tokens of a shared run.
    pub run_tokens: u32,
    /// Least share of the shorter text that a shared run covers.
    pub run_share: f64,
}

impl Default for LeakSettings {
    fn default() -> Self {
        Self {
            jaccard: 0.8,
            containment: 0.9,
            run_tokens: 13,
            run_share: 0.3,
        }
    }
}

/// How a reference sample was found, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeakKind {
    Exact,
    Normalised,
    Near,
    Passage,
}

impl LeakKind {
    pub const ALL: [Self; 4] = [Self::Exact, Self::Normalised, Self::Near, Self::Passage];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Normalised => "normalised",
            Self::Near => "near",
            Self::Passage => "passage",
        }
    }
}

/// The longest run of tokens that two texts share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedRun {
    pub tokens: u32,
    /// As it stands in the normalised text of the data.
    pub text: String,
}

/// A reference sample and the sample of the data in which it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct LeakMatch {
    pub kind: LeakKind,
    /// Sample ids of the two sides.
    pub reference: u64,
    pub data: u64,
    pub jaccard: f64,
    pub containment: f64,
    /// For near-duplicates and shared passages.
    pub run: Option<SharedRun>,
}

/// Every reference sample that was found, by its place in the reference.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leaks {
    pub reference_samples: u64,
    pub data_samples: u64,
    pub matches: Vec<LeakMatch>,
    /// Texts that resemble so many others that not every pair of theirs was compared.
    pub crowded: u64,
}

/// Looks for every sample of `reference` in `data`.
pub fn leak(
    reference: LeakSide<'_>,
    data: LeakSide<'_>,
    settings: &LeakSettings,
    task: &Task,
) -> Result<Leaks, Fault> {
    let search = Search {
        reference: Side::read(reference, task)?,
        data: Side::read(data, task)?,
        settings,
        task,
    };
    let mut found = same::find(&search.reference.samples, &search.data.samples);
    let (_, crowded) = search.near(&mut found, &|_| true)?;
    search.passages(&mut found)?;
    Ok(Leaks {
        reference_samples: search.reference.samples.len() as u64,
        data_samples: search.data.samples.len() as u64,
        matches: search.matches(&found)?,
        crowded,
    })
}

/// What is known of each reference row: how it was found, and in which row of the data.
type Found = Vec<Option<(LeakKind, u32)>>;

struct Side<'a> {
    given: LeakSide<'a>,
    samples: Samples,
}

impl<'a> Side<'a> {
    fn read(given: LeakSide<'a>, task: &Task) -> Result<Self, Fault> {
        let samples = Samples::read(given.inputs, task)?;
        Ok(Self { given, samples })
    }

    fn readers(&self) -> Result<Vec<ShingleReader>, Fault> {
        let segments = self.given.inputs.segments.iter();
        Ok(segments
            .map(|segment| ShingleReader::open(&segment.folder))
            .collect::<Result<_, _>>()?)
    }

    /// The first row, by place, of each distinct text among `rows`, and for every row the position of its text there.
    fn distinct(&self, mut rows: Vec<u32>) -> (Vec<u32>, Vec<(u32, u32)>) {
        rows.sort_unstable_by_key(|&row| (self.samples.place[row as usize], row));
        let mut positions: FxHashMap<[u8; 16], u32> = FxHashMap::default();
        let (mut texts, mut of_rows) = (Vec::new(), Vec::with_capacity(rows.len()));
        for row in rows {
            let position = *positions
                .entry(self.samples.normalised[row as usize])
                .or_insert_with(|| {
                    texts.push(row);
                    texts.len() as u32 - 1
                });
            of_rows.push((row, position));
        }
        (texts, of_rows)
    }
}

struct Search<'a> {
    reference: Side<'a>,
    data: Side<'a>,
    settings: &'a LeakSettings,
    task: &'a Task,
}

impl Search<'_> {
    fn report(&self, stage: Stage, fraction: f64) {
        self.task.report(&Progress {
            stage,
            fraction,
            ..Progress::default()
        });
    }

    /// Rows of the reference that were not found yet and hold enough to be compared.
    fn open(&self, found: &Found, holds: impl Fn(usize) -> bool) -> Vec<u32> {
        (0..found.len())
            .filter(|&row| found[row].is_none() && holds(row))
            .map(|row| row as u32)
            .collect()
    }

    /// Finds near-duplicates among the pairs that count. Returns the Jaccard similarity and containment of each by its row, and
    /// how many texts were not compared with all they resemble.
    fn near(
        &self,
        found: &mut Found,
        counts: &dyn Fn(&assay_near::Pair) -> bool,
    ) -> Result<(FxHashMap<u32, (f64, f64)>, u64), Fault> {
        let (reference, data) = (&self.reference.samples, &self.data.samples);
        let open = self.open(found, |row| reference.shingles[row] > 0);
        if open.is_empty() {
            return Ok((FxHashMap::default(), 0));
        }
        let (references, of_rows) = self.reference.distinct(open);
        let with_shingles = (0..data.len()).filter(|&row| data.shingles[row] > 0);
        let (texts, _) = self.data.distinct(with_shingles.map(|row| row as u32).collect());

        let mut readers = self.reference.readers()?;
        let first_of_data = readers.len() as u32;
        readers.extend(self.data.readers()?);
        let of_reference = references.iter().map(|&row| reference.found_at[row as usize]);
        let of_data = texts.iter().map(|&row| {
            let (segment, row) = data.found_at[row as usize];
            (first_of_data + segment, row)
        });
        let sets = TextSets::new(readers, of_reference.chain(of_data).collect());
        let settings = assay_near::Settings {
            jaccard: self.settings.jaccard,
            containment: self.settings.containment,
            ..assay_near::Settings::default()
        };
        let second = references.len() as u32;
        let across = assay_near::between(&sets, second, &settings, self.task, &|fraction| {
            self.report(Stage::Duplication, fraction);
        })?;

        let mut best: Vec<Option<(f64, f64, u32)>> = vec![None; references.len()];
        for pair in across.pairs.iter().filter(|pair| counts(pair)) {
            // Texts of the data are in the order of their places: the earlier of equals stays.
            let candidate = (pair.jaccard(), pair.containment(), pair.b - second);
            let kept = &mut best[pair.a as usize];
            let better = |(jaccard, containment, _): (f64, f64, u32)| {
                (candidate.0, candidate.1) > (jaccard, containment)
            };
            if kept.is_none_or(better) {
                *kept = Some(candidate);
            }
        }
        let mut alike = FxHashMap::default();
        for (row, position) in of_rows {
            if let Some((jaccard, containment, text)) = best[position as usize] {
                found[row as usize] = Some((LeakKind::Near, texts[text as usize]));
                alike.insert(row, (jaccard, containment));
            }
        }
        Ok((alike, across.crowded.len() as u64))
    }

    /// Finds long runs of tokens that both sides hold.
    fn passages(&self, found: &mut Found) -> Result<(), Fault> {
        let (reference, data) = (&self.reference.samples, &self.data.samples);
        let enough = |tokens: u32| tokens >= self.settings.run_tokens;
        let open = self.open(found, |row| enough(reference.tokens[row]));
        let (references, of_rows) = self.reference.distinct(open);
        let long = (0..data.len()).filter(|&row| enough(data.tokens[row]));
        let (texts, _) = self.data.distinct(long.map(|row| row as u32).collect());
        let search = RunSearch {
            settings: self.settings,
            task: self.task,
            report: &|fraction| self.report(Stage::Passages, fraction),
        };
        let best = search.find((&self.reference, &references), (&self.data, &texts))?;
        for (row, position) in of_rows {
            if let Some(text) = best[position as usize] {
                found[row as usize] = Some((LeakKind::Passage, texts[text as usize]));
            }
        }
        Ok(())
    }

    /// Names what was found, and compares near texts and passages in full for what is shown of them.
    fn matches(&self, found: &Found) -> Result<Vec<LeakMatch>, Fault> {
        let (reference, data) = (&self.reference.samples, &self.data.samples);
        let mut rows: Vec<(u32, LeakKind, u32)> = found
            .iter()
            .zip(0..)
            .filter_map(|(found, row)| found.map(|(kind, in_row)| (row, kind, in_row)))
            .collect();
        rows.sort_unstable_by_key(|&(row, _, _)| (reference.place[row as usize], row));
        let mut matches = Vec::with_capacity(rows.len());
        for (row, kind, in_row) in rows {
            self.task.check()?;
            let (of_reference, of_data) = (reference.sample[row as usize], data.sample[in_row as usize]);
            let compared = match kind {
                LeakKind::Exact | LeakKind::Normalised => Compared::SAME,
                LeakKind::Near | LeakKind::Passage => Compared::of(
                    &one(self.reference.given.texts, of_reference)?,
                    &one(self.data.given.texts, of_data)?,
                ),
            };
            matches.push(LeakMatch {
                kind,
                reference: of_reference,
                data: of_data,
                jaccard: compared.jaccard,
                containment: compared.containment,
                run: compared.run,
            });
        }
        Ok(matches)
    }
}

/// The text of one sample; empty where its source has changed since it was indexed.
fn one(texts: &dyn Texts, sample: u64) -> Result<String, Fault> {
    let mut read = String::new();
    texts.read(&[sample], &mut |_, text| text.clone_into(&mut read))?;
    Ok(read)
}
