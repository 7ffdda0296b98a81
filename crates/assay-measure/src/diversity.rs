//! How much do the texts repeat themselves, slice against slice?
//!
//! All figures here depend on length, so slices are compared at one token budget: the setting (a million), or four
//! fifths of the smallest slice compared, and less where all draws together would read too much. Each draw is thus
//! a true subsample of its slice, and the spread of the draws an honest interval even for the smallest slice.
//! Origins and domains are compared from 1,000 tokens on.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};

use assay_model::report::Diversity;
use assay_model::{Fault, Origin, Progress, Stage, Task};
use flate2::{Compression, write::GzEncoder};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::columns::Samples;
use crate::estimators::diversity::heaps_beta;
use crate::estimators::interval::percentile_interval;
use crate::resample::{Drawn, Draws, Reading};
use crate::{Inputs, Settings, Texts};

/// Texts are kept between resamples where they hold no more bytes than this; else each draw rereads its own.
const KEPT_BYTES: u64 = 48 << 20;
/// Samples reread at a time while keeping all.
const BATCH: usize = 4096;
/// N-grams and openings that count as the commonest.
const COMMONEST: usize = 100;
/// Words of a sample's opening.
const OPENING: usize = 3;
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

    let jobs: Vec<(usize, u32)> = (0..slices.len())
        .flat_map(|slice| (0..settings.resamples).map(move |round| (slice, round)))
        .collect();
    let done = AtomicU64::new(0);
    let figures: Vec<Figures> = jobs
        .par_iter()
        .map(|&(slice, round)| {
            task.check()?;
            let slice = &slices[slice];
            let drawn = draws.draw(&slice.rows, slice.tokens, budget, round);
            let figures = readings.with(&drawn, |readings| Figures::of(&drawn, readings))?;
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            let fraction = done as f64 / jobs.len() as f64;
            task.report(&Progress {
                stage: Stage::Diversity,
                fraction,
                ..Progress::default()
            });
            Ok(figures)
        })
        .collect::<Result<_, Fault>>()?;

    let by_slice = figures.chunks(settings.resamples.max(1) as usize);
    Ok(slices
        .iter()
        .zip(by_slice)
        .map(|(slice, figures)| slice.summary(budget, figures))
        .collect())
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

    fn summary(&self, budget: u64, figures: &[Figures]) -> Diversity {
        let interval = |figure: fn(&Figures) -> f64| {
            percentile_interval(&figures.iter().map(figure).collect::<Vec<_>>())
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
        let mut kept = FxHashMap::default();
        for batch in rows.chunks(BATCH) {
            task.check()?;
            kept.extend(read(samples, texts, batch)?);
        }
        Ok(Self::Kept(kept))
    }

    fn with<T>(
        &self,
        drawn: &[Drawn],
        use_readings: impl FnOnce(&FxHashMap<u32, Reading>) -> T,
    ) -> Result<T, Fault> {
        match self {
            Self::Kept(readings) => Ok(use_readings(readings)),
            Self::Reread { samples, texts } => {
                let rows: Vec<u32> = drawn.iter().map(|drawn| drawn.row).collect();
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
    let mut texts_read = Vec::with_capacity(ids.len());
    texts.read(&ids, &mut |id, text| {
        if let Ok(found) = wanted.binary_search_by_key(&id, |&(id, _)| id) {
            texts_read.push((wanted[found].1, Box::<str>::from(text)));
        }
    })?;
    Ok(texts_read
        .into_par_iter()
        .map(|(row, text)| (row, Reading::of(text)))
        .collect())
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
                .filter_map(|drawn| Some((readings.get(&drawn.row)?, drawn.tokens)))
        };
        let texts = read().map(|(reading, tokens)| reading.text(tokens));
        let words: Vec<&[u64]> = read().map(|(reading, tokens)| reading.words(tokens)).collect();
        let distinct = [1, 2, 3].map(|n| distinct(&words, n));
        let fours = counted(words.iter().flat_map(|words| ngrams(words, 4)));
        let openings = counted(words.iter().filter_map(|words| ngrams(words, OPENING).next()));
        let distinct_4 = share(fours.len() as u64, fours.values().sum());
        Self {
            compression_ratio: compression_ratio(texts),
            self_repetition: self_repetition(&words),
            ngram_diversity: distinct.iter().sum::<f64>() + distinct_4,
            commonest_4grams: commonest(fours),
            commonest_openings: commonest(openings),
            distinct,
            heaps_beta: heaps_beta(&vocabulary_growth(&words)).unwrap_or(0.0),
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

/// How often each of the given hashes occurs.
fn counted(hashes: impl Iterator<Item = u64>) -> FxHashMap<u64, u64> {
    let mut counts = FxHashMap::default();
    hashes.for_each(|hash| *counts.entry(hash).or_default() += 1);
    counts
}

/// The share of all occurrences that the commonest account for.
fn commonest(counts: FxHashMap<u64, u64>) -> f64 {
    let mut counts: Vec<u64> = counts.into_values().collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let all = counts.iter().sum();
    share(counts.iter().take(COMMONEST).sum(), all)
}

fn share(part: u64, whole: u64) -> f64 {
    crate::composition::rate(part, whole)
}

/// Hashes of the runs of `n` words. Runs do not cross from one text to the next.
fn ngrams(words: &[u64], n: usize) -> impl Iterator<Item = u64> + '_ {
    words.windows(n).map(|run| {
        run.iter().fold(0, |hash: u64, word| {
            (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        })
    })
}

/// Distinct n-grams over n-grams (Li et al. 2016).
fn distinct(texts: &[&[u64]], n: usize) -> f64 {
    let mut all = 0;
    let mut seen = FxHashSet::default();
    for words in texts {
        for ngram in ngrams(words, n) {
            all += 1;
            seen.insert(ngram);
        }
    }
    if all == 0 {
        0.0
    } else {
        seen.len() as f64 / f64::from(all)
    }
}

/// Mean over texts of ln(1 + occurrences of its distinct 4-grams in other texts), each other text once
/// (Salkar et al. 2022, as Shaib et al. 2024 compute it).
fn self_repetition(texts: &[&[u64]]) -> f64 {
    let by_text: Vec<Vec<u64>> = texts
        .iter()
        .map(|words| {
            let mut own: Vec<u64> = ngrams(words, 4).collect();
            own.sort_unstable();
            own.dedup();
            own
        })
        .collect();
    let mut holders: FxHashMap<u64, u64> = FxHashMap::default();
    by_text
        .iter()
        .flatten()
        .for_each(|ngram| *holders.entry(*ngram).or_default() += 1);
    let elsewhere = |own: &Vec<u64>| own.iter().map(|ngram| holders[ngram] - 1).sum::<u64>();
    let sum: f64 = by_text.iter().map(|own| (elsewhere(own) as f64).ln_1p()).sum();
    if texts.is_empty() {
        0.0
    } else {
        sum / texts.len() as f64
    }
}

/// Points (words read, distinct words among them), from 10 on and each a tenth further.
fn vocabulary_growth(texts: &[&[u64]]) -> Vec<(u64, u64)> {
    let mut seen = FxHashSet::default();
    let (mut read, mut next) = (0_u64, 10_u64);
    let mut points = Vec::new();
    for word in texts.iter().copied().flatten() {
        seen.insert(*word);
        read += 1;
        if read == next {
            points.push((read, seen.len() as u64));
            next += (next / 10).max(1);
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distinct_counts_runs_inside_texts_only() {
        assert_eq!(distinct(&[&[1, 2, 1, 2], &[1, 2]], 1), 2.0 / 6.0);
        assert_eq!(distinct(&[&[1, 2, 1, 2], &[1, 2]], 2), 2.0 / 4.0);
        assert_eq!(distinct(&[], 3), 0.0);
    }

    #[test]
    fn self_repetition_is_nothing_for_texts_that_share_nothing() {
        assert_eq!(self_repetition(&[&[1, 2, 3, 4, 1, 2, 3, 4], &[5, 6, 7, 8]]), 0.0);
        let shared: f64 = self_repetition(&[&[1, 2, 3, 4, 5], &[1, 2, 3, 4, 5], &[9, 9, 9, 9]]);
        assert!(
            (shared - 2.0 * 3_f64.ln() / 3.0).abs() < 1e-12,
            "two of three texts have two 4-grams elsewhere"
        );
    }

    #[test]
    fn repetition_compresses_better() {
        let same = compression_ratio(std::iter::repeat_n("the same words again and again", 50));
        let words: Vec<String> = (0..50)
            .map(|i| format!("{:x}", (i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)))
            .collect();
        assert!(same > 3.0 * compression_ratio(words.iter().map(String::as_str)));
    }

    #[test]
    fn the_vocabulary_is_read_at_growing_distances() {
        let words: Vec<u64> = (0..1000).map(|i| i % 500).collect();
        let points = vocabulary_growth(&[&words]);
        assert_eq!(points[0], (10, 10));
        assert!(points.iter().all(|&(read, distinct)| distinct == read.min(500)));
    }
}
