//! How much do the texts repeat themselves, slice against slice?
//!
//! All figures here depend on length, so slices are compared at one token budget: the setting (a million), or four
//! fifths of the smallest slice compared, and less where all draws together would read too much. Each draw is thus
//! a true subsample of its slice, and the spread of the draws an honest interval even for the smallest slice.
//! Origins and domains are compared from 1,000 tokens on.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::atomic::{AtomicU32, Ordering};

use assay_model::report::Diversity;
use assay_model::{Fault, Origin, Progress, Stage, Task};
use flate2::{Compression, write::GzEncoder};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::columns::Samples;
use crate::estimators::diversity::heaps_beta;
use crate::estimators::interval::percentile_interval;
use crate::ngrams::{Fours, VocabularyGrowth, commonest_openings, distinct};
use crate::resample::{Drawn, Draws, Reading};
use crate::{Inputs, Settings, Texts};

/// Texts are kept between resamples where they hold no more bytes than this; else each round rereads its own.
const KEPT_BYTES: u64 = 48 << 20;
/// Samples reread at a time while keeping all.
const BATCH: usize = 4096;
/// Share of the smallest slice that every slice is compared at.
const SUBSAMPLE: f64 = 0.8;

/// Diversity of the whole, of each origin and of the largest domains. Empty without tokens.
pub(crate) fn measure(
    inputs: &Inputs,
    samples: &Samples,
    texts: &dyn Texts,
    task: &Task,
) -> Result<Vec<Diversity>, Fault> {
    let settings = &inputs.settings;
    let slices = slices(samples, settings);
    let Some(smallest) = slices.iter().map(|slice| slice.tokens).min() else {
        return Ok(Vec::new());
    };
    let budget = budget(settings, smallest, slices.len() as u64);
    let readings = Readings::of(samples, texts, task)?;
    let draws = Draws::new(samples, inputs.seed);

    let done = AtomicU32::new(0);
    let rounds: Vec<Vec<Figures>> = (0..settings.resamples)
        .into_par_iter()
        .map(|round| {
            task.check()?;
            let figures = round_of(&slices, &draws, &readings, budget, round)?;
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            task.report(&Progress {
                stage: Stage::Diversity,
                fraction: f64::from(done) / f64::from(settings.resamples),
                ..Progress::default()
            });
            Ok(figures)
        })
        .collect::<Result<_, Fault>>()?;

    let of_slice = |place: usize| rounds.iter().map(|round| &round[place]).collect::<Vec<_>>();
    Ok(slices
        .iter()
        .enumerate()
        .map(|(place, slice)| slice.summary(budget, &of_slice(place)))
        .collect())
}

/// One draw of each slice. Samples are drawn in one order whatever the slice, so most of them are in several draws;
/// each is read once.
fn round_of(
    slices: &[Slice],
    draws: &Draws<'_>,
    readings: &Readings<'_>,
    budget: u64,
    round: u32,
) -> Result<Vec<Figures>, Fault> {
    let keys = draws.keys(round);
    let drawn: Vec<Vec<Drawn>> = slices
        .iter()
        .map(|slice| draws.draw(&slice.rows, slice.tokens, budget, &keys))
        .collect();
    readings.with(&drawn, |readings| {
        drawn.iter().map(|drawn| Figures::of(drawn, readings)).collect()
    })
}

/// Tokens in each draw: the setting, less where the smallest slice or the work that all draws may cost allows less.
fn budget(settings: &Settings, smallest_slice: u64, slices: u64) -> u64 {
    let affordable = settings.diversity_total_tokens / (slices * u64::from(settings.resamples)).max(1);
    settings
        .diversity_tokens
        .min(affordable)
        .min((smallest_slice as f64 * SUBSAMPLE) as u64)
        .max(1)
}

/// Rows compared with other rows.
struct Slice {
    name: String,
    rows: Vec<u32>,
    tokens: u64,
}

impl Slice {
    fn of(name: String, samples: &Samples, holds: impl Fn(usize) -> bool) -> Self {
        let rows: Vec<u32> = (0..samples.len())
            .filter(|&row| holds(row))
            .map(|row| row as u32)
            .collect();
        let tokens = rows
            .iter()
            .map(|&row| u64::from(samples.tokens[row as usize]))
            .sum();
        Self { name, rows, tokens }
    }

    fn summary(&self, budget: u64, figures: &[&Figures]) -> Diversity {
        let interval = |figure: fn(&Figures) -> f64| {
            percentile_interval(&figures.iter().map(|of| figure(of)).collect::<Vec<_>>())
        };
        let distinct = [
            interval(|figures| figures.distinct[0]),
            interval(|figures| figures.distinct[1]),
            interval(|figures| figures.distinct[2]),
        ];
        Diversity {
            slice: self.name.clone(),
            tokens: self.tokens,
            budget,
            compression_ratio: interval(|figures| figures.compression_ratio),
            self_repetition: interval(|figures| figures.self_repetition),
            distinct: distinct.map(|[_, estimate, _]| estimate),
            distinct_intervals: distinct.map(|[low, _, high]| [low, high]),
            resamples: figures.len() as u32,
            heaps_beta: interval(|figures| figures.heaps_beta),
            ngram_diversity: interval(|figures| figures.ngram_diversity),
            commonest_4grams: interval(|figures| figures.commonest_4grams),
            commonest_openings: interval(|figures| figures.commonest_openings),
        }
    }
}

/// The whole, then origins, then domains from the largest down, ties by name.
fn slices(samples: &Samples, settings: &Settings) -> Vec<Slice> {
    let mut slices = vec![Slice::of("all".into(), samples, |_| true)];
    let least = settings.least_slice_tokens;
    for origin in Origin::ALL {
        let slice = Slice::of(format!("origin = '{}'", origin.as_str()), samples, |row| {
            samples.origin[row] == origin
        });
        slices.extend(Some(slice).filter(|slice| slice.tokens >= least));
    }
    let mut domains: BTreeMap<u32, u64> = BTreeMap::new();
    for row in (0..samples.len()).filter(|&row| samples.domain[row] != 0) {
        *domains.entry(samples.domain[row]).or_default() += u64::from(samples.tokens[row]);
    }
    let mut domains: Vec<(u32, u64)> = domains
        .into_iter()
        .filter(|&(_, tokens)| tokens >= least)
        .collect();
    domains.sort_unstable_by_key(|&(domain, tokens)| (std::cmp::Reverse(tokens), samples.names.name(domain)));
    for (domain, _) in domains.into_iter().take(settings.most_domains) {
        let name = format!("domain = '{}'", samples.names.name(domain).replace('\'', "''"));
        slices.push(Slice::of(name, samples, |row| samples.domain[row] == domain));
    }
    slices.retain(|slice| slice.tokens > 0);
    slices
}

/// Where draws find their texts.
enum Readings<'a> {
    Kept(FxHashMap<u32, Reading>),
    Reread {
        samples: &'a Samples,
        texts: &'a dyn Texts,
    },
}

impl<'a> Readings<'a> {
    fn of(samples: &'a Samples, texts: &'a dyn Texts, task: &Task) -> Result<Self, Fault> {
        let bytes: u64 = samples.bytes.iter().map(|&bytes| u64::from(bytes)).sum();
        if bytes > KEPT_BYTES {
            return Ok(Self::Reread { samples, texts });
        }
        let rows: Vec<u32> = (0..samples.len() as u32).collect();
        let batches: Vec<FxHashMap<u32, Reading>> = rows
            .par_chunks(BATCH)
            .map(|batch| task.check().and_then(|()| read(samples, texts, batch)))
            .collect::<Result<_, Fault>>()?;
        Ok(Self::Kept(batches.into_iter().flatten().collect()))
    }

    fn with<T>(
        &self,
        drawn: &[Vec<Drawn>],
        use_readings: impl FnOnce(&FxHashMap<u32, Reading>) -> T,
    ) -> Result<T, Fault> {
        match self {
            Self::Kept(readings) => Ok(use_readings(readings)),
            Self::Reread { samples, texts } => {
                let mut rows: Vec<u32> = drawn.iter().flatten().map(|drawn| drawn.row).collect();
                rows.sort_unstable();
                rows.dedup();
                Ok(use_readings(&read(samples, *texts, &rows)?))
            }
        }
    }
}

fn read(samples: &Samples, texts: &dyn Texts, rows: &[u32]) -> Result<FxHashMap<u32, Reading>, Fault> {
    let mut wanted: Vec<(u64, u32)> = rows
        .iter()
        .map(|&row| (samples.sample[row as usize], row))
        .collect();
    wanted.sort_unstable();
    let ids: Vec<u64> = wanted.iter().map(|&(id, _)| id).collect();
    let mut readings = FxHashMap::default();
    readings.reserve(ids.len());
    texts.read(&ids, &mut |id, text| {
        if let Ok(found) = wanted.binary_search_by_key(&id, |&(id, _)| id) {
            readings.insert(wanted[found].1, Reading::of(text.into()));
        }
    })?;
    Ok(readings)
}

/// What one draw shows.
struct Figures {
    compression_ratio: f64,
    self_repetition: f64,
    distinct: [f64; 3],
    heaps_beta: f64,
    ngram_diversity: f64,
    commonest_4grams: f64,
    commonest_openings: f64,
}

impl Figures {
    /// Texts that could not be reread are left out.
    fn of(drawn: &[Drawn], readings: &FxHashMap<u32, Reading>) -> Self {
        let read = || {
            drawn
                .iter()
                .filter_map(|drawn| Some((readings.get(&drawn.row)?, *drawn)))
        };
        let texts = read().map(|(reading, drawn)| reading.text(drawn));
        let words: Vec<&[u64]> = read()
            .map(|(reading, drawn)| reading.words(drawn.tokens))
            .collect();
        let growth = VocabularyGrowth::of(&words);
        let distinct = [growth.distinct(), distinct(&words, 2), distinct(&words, 3)];
        let fours = Fours::of(&words);
        let ngram_diversity = distinct.iter().sum::<f64>() + fours.distinct();
        Self {
            compression_ratio: compression_ratio(texts),
            self_repetition: fours.self_repetition(),
            ngram_diversity,
            commonest_4grams: fours.commonest(),
            commonest_openings: commonest_openings(&words),
            distinct,
            heaps_beta: heaps_beta(&growth.points).unwrap_or(0.0),
        }
    }
}

/// Bytes over bytes after gzip at its default level, texts joined by line breaks (Shaib et al. 2024).
fn compression_ratio<'a>(texts: impl Iterator<Item = &'a str>) -> f64 {
    let mut gzip = GzEncoder::new(Count(0), Compression::default());
    let mut bytes = 0;
    for text in texts {
        let written = gzip
            .write_all(text.as_bytes())
            .and_then(|()| gzip.write_all(b"\n"));
        written.expect("counting bytes cannot fail");
        bytes += text.len() as u64 + 1;
    }
    let compressed = gzip.finish().expect("counting bytes cannot fail").0;
    bytes as f64 / compressed as f64
}

/// Counts what is written and drops it.
struct Count(u64);

impl Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetition_compresses_better() {
        let same = compression_ratio(std::iter::repeat_n("the same words again and again", 50));
        let words: Vec<String> = (0..50)
            .map(|i| format!("{:x}", (i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)))
            .collect();
        assert!(same > 3.0 * compression_ratio(words.iter().map(String::as_str)));
    }
}
