//! How often does each word occur, by the origin of the part it stands in?

use std::collections::BTreeMap;

use assay_model::{Fault, Origin, Task};
use polars::prelude::*;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::columns::Samples;
use crate::coverage::{Class, Tally};
use crate::duplication::Kept;
use crate::frame::ColumnFile;
use crate::relabel::{move_words, moved_tokens};
use crate::{Inputs, Texts};

/// Samples reread at a time.
const BATCH: usize = 1024;

/// Counts words over the snapshot's files, and over what stays when redundant samples go.
pub(crate) fn tally(
    inputs: &Inputs,
    samples: &Samples,
    kept: &Kept,
    texts: &dyn Texts,
    task: &Task,
) -> Result<Tally, Fault> {
    let mut words: FxHashMap<u64, Class> = FxHashMap::default();
    for segment in &inputs.segments {
        task.check()?;
        add_segment(&ColumnFile::new(segment, "words.parquet")?, &mut words)?;
    }
    for class in words.values_mut() {
        let count = class.by_origin.iter().sum();
        (class.kept_best, class.kept_first) = (count, count);
    }
    let origins_known = moved_tokens(&inputs.relabelled) <= inputs.settings.relabelled_tokens;
    if origins_known {
        move_words(&inputs.relabelled, texts, &mut words, task)?;
    }
    let removal_known = removed_tokens(samples, kept) <= inputs.settings.removal_tokens;
    if removal_known {
        take_away_removed(samples, kept, texts, &mut words, task)?;
    }
    let tally = Tally::new("word".into(), words.into_values().collect(), removal_known);
    Ok(Tally {
        origins_known,
        ..tally
    })
}

/// Observations of each word, by name; in parts of one origin only where it is given. That needs texts where samples were
/// relabelled.
pub(crate) fn counts(
    inputs: &Inputs,
    origin: Option<Origin>,
    texts: Option<&dyn Texts>,
    task: &Task,
) -> Result<Vec<(String, u64)>, Fault> {
    let mut words: FxHashMap<u64, Class> = FxHashMap::default();
    for segment in &inputs.segments {
        task.check()?;
        add_segment(&ColumnFile::new(segment, "words.parquet")?, &mut words)?;
    }
    if origin.is_some() && moved_tokens(&inputs.relabelled) > 0 {
        let texts = texts.ok_or_else(|| {
            Fault::internal(
                "counting words by origin",
                "samples were relabelled, and no texts are at hand",
            )
        })?;
        move_words(&inputs.relabelled, texts, &mut words, task)?;
    }
    let of = |class: &Class| match origin {
        None => class.by_origin.iter().sum(),
        Some(origin) => {
            let place = Origin::ALL.iter().position(|&each| each == origin);
            class.by_origin[place.expect("every origin is in the list of all")]
        }
    };
    let counted = words.into_values().map(|class| (of(&class), class.name));
    let mut counts: Vec<(String, u64)> = counted
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| (name, count))
        .collect();
    counts.sort_unstable();
    Ok(counts)
}

fn add_segment(file: &ColumnFile, words: &mut FxHashMap<u64, Class>) -> Result<(), Fault> {
    let query = file
        .of_members()?
        .group_by([col("hash"), col("origin")])
        .agg([col("word").first(), col("count").sum()]);
    let frame = file.collect(query)?;
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

/// Rereads the redundant samples and subtracts their words.
fn take_away_removed(
    samples: &Samples,
    kept: &Kept,
    texts: &dyn Texts,
    words: &mut FxHashMap<u64, Class>,
    task: &Task,
) -> Result<(), Fault> {
    let removed = (0..samples.len()).filter(|&row| !kept.best[row] || !kept.first[row]);
    let removed: BTreeMap<u64, usize> = removed.map(|row| (samples.sample[row], row)).collect();
    let ids: Vec<u64> = removed.keys().copied().collect();
    for batch in ids.chunks(BATCH) {
        task.check()?;
        texts.read(batch, &mut |sample, text| {
            let Some(&row) = removed.get(&sample) else { return };
            let normalised = assay_sketch::normalise(text);
            for word in assay_sketch::tokens(&normalised) {
                let Some(class) = words.get_mut(&xxh3_64(word.as_bytes())) else {
                    continue;
                };
                class.kept_best = class.kept_best.saturating_sub(u64::from(!kept.best[row]));
                class.kept_first = class.kept_first.saturating_sub(u64::from(!kept.first[row]));
            }
        })?;
    }
    Ok(())
}
