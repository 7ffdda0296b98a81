//! How often does each word occur, by the origin of the part it stands in?

use std::collections::BTreeMap;

use assay_model::{Fault, Task};
use polars::prelude::*;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::columns::Samples;
use crate::coverage::tally::{Class, Tally, place};
use crate::duplication::Kept;
use crate::frame::{ColumnFile, broken};
use crate::relabel::{Now, move_words, moved_tokens};
use crate::{Inputs, Texts, Whose};

/// Samples reread at a time by each core.
const BATCH: usize = 1024;

/// Each word by the hash it was counted under.
pub(crate) type Words = FxHashMap<u64, Class>;

/// Reads the words of the snapshot's files.
pub(crate) fn read(inputs: &Inputs, task: &Task) -> Result<Words, Fault> {
    let mut words = Words::default();
    for segment in &inputs.segments {
        task.check()?;
        add_segment(&ColumnFile::new(segment, "words.parquet")?, &mut words)?;
    }
    Ok(words)
}

/// Counts words over the snapshot, and over what stays when samples go.
pub(crate) fn tally(
    mut words: Words,
    inputs: &Inputs,
    samples: &Samples,
    kept: &Kept,
    texts: &dyn Texts,
    task: &Task,
) -> Result<Tally, Fault> {
    let origins_known = moved_tokens(&inputs.relabelled) <= inputs.settings.relabelled_tokens;
    if origins_known {
        move_words(&inputs.relabelled, texts, &mut words, task)?;
    }
    for class in words.values_mut() {
        (class.kept, class.kept_first) = (class.by_origin, class.count());
    }
    let removal_known = removed_tokens(samples, kept) <= inputs.settings.removal_tokens;
    if removal_known {
        take_away_removed(
            samples,
            kept,
            &Now::of(&inputs.relabelled),
            texts,
            &mut words,
            task,
        )?;
    }
    let tally = Tally::new("word".into(), words.into_values().collect(), removal_known);
    Ok(Tally {
        origins_known,
        ..tally
    })
}

/// Observations of each word, by name; only those of a part of the snapshot where it is given. That needs texts where
/// samples were relabelled.
pub(crate) fn counts(
    inputs: &Inputs,
    whose: Whose,
    texts: Option<&dyn Texts>,
    task: &Task,
) -> Result<Vec<(String, u64)>, Fault> {
    let mut words = read(inputs, task)?;
    if whose != Whose::Everyone && moved_tokens(&inputs.relabelled) > 0 {
        let texts = texts.ok_or_else(|| {
            Fault::internal(
                "counting words by origin",
                "samples were relabelled, and no texts are at hand",
            )
        })?;
        move_words(&inputs.relabelled, texts, &mut words, task)?;
    }
    let counted = words.into_values();
    let mut counts: Vec<(String, u64)> = counted
        .map(|class| (whose.count(&class.by_origin), class.name))
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| (name, count))
        .collect();
    counts.sort_unstable();
    Ok(counts)
}

fn add_segment(file: &ColumnFile, words: &mut Words) -> Result<(), Fault> {
    let together = |rows: LazyFrame| {
        rows.group_by([col("hash"), col("origin")])
            .agg([col("word").first(), col("count").sum()])
    };
    // Of each row group first: a word stands in many.
    let frame = file.of_members(&["hash", "origin", "word", "count"], together)?;
    let frame = together(frame.lazy()).collect().map_err(broken(file.path()))?;
    let hashes = file.column(&frame, "hash", Column::u64)?;
    let origins = file.column(&frame, "origin", Column::u8)?;
    let names = file.column(&frame, "word", Column::str)?;
    let counts = file.column(&frame, "count", Column::u64)?;
    for (((hash, origin), name), count) in hashes
        .iter()
        .zip(origins.iter())
        .zip(names.iter())
        .zip(counts.iter())
    {
        let (Some(hash), Some(origin), Some(name), Some(count)) = (hash, origin, name, count) else {
            continue;
        };
        let class = words.entry(hash).or_insert_with(|| Class {
            name: name.to_owned(),
            ..Class::default()
        });
        if let Some(of_origin) = class.by_origin.get_mut(usize::from(origin)) {
            *of_origin += count;
        }
    }
    Ok(())
}

fn removed_tokens(samples: &Samples, kept: &Kept) -> u64 {
    let removed = (0..samples.len()).filter(|&row| !kept.best[row] || !kept.first[row]);
    removed.map(|row| u64::from(samples.tokens[row])).sum()
}

/// What goes of one word.
#[derive(Clone, Copy, Default)]
struct Gone {
    by_origin: [u64; 4],
    first: u64,
}

/// Rereads the redundant samples and subtracts their words.
fn take_away_removed(
    samples: &Samples,
    kept: &Kept,
    now: &Now<'_>,
    texts: &dyn Texts,
    words: &mut Words,
    task: &Task,
) -> Result<(), Fault> {
    let removed = (0..samples.len()).filter(|&row| !kept.best[row] || !kept.first[row]);
    let removed: BTreeMap<u64, usize> = removed.map(|row| (samples.sample[row], row)).collect();
    let ids: Vec<u64> = removed.keys().copied().collect();
    let counted: Vec<FxHashMap<u64, Gone>> = ids
        .par_chunks(BATCH)
        .map(|batch| {
            task.check()?;
            let mut gone = FxHashMap::default();
            texts.read_parts(batch, &mut |sample, parts| {
                let Some(&row) = removed.get(&sample) else { return };
                for (number, part) in parts.iter().enumerate() {
                    let origin = place(now.origin(sample, number, part.origin));
                    add_gone(&mut gone, part.text, origin, kept, row);
                }
            })?;
            Ok(gone)
        })
        .collect::<Result<_, Fault>>()?;
    for (hash, gone) in counted.into_iter().flatten() {
        let Some(class) = words.get_mut(&hash) else {
            continue;
        };
        for (kept, gone) in class.kept.iter_mut().zip(gone.by_origin) {
            *kept = kept.saturating_sub(gone);
        }
        class.kept_first = class.kept_first.saturating_sub(gone.first);
    }
    Ok(())
}

fn add_gone(gone: &mut FxHashMap<u64, Gone>, text: &str, origin: usize, kept: &Kept, row: usize) {
    let normalised = assay_sketch::normalise(text);
    for word in assay_sketch::tokens(&normalised) {
        let gone = gone.entry(xxh3_64(word.as_bytes())).or_default();
        gone.by_origin[origin] += u64::from(!kept.best[row]);
        gone.first += u64::from(!kept.first[row]);
    }
}
