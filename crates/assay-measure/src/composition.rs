//! Who made the snapshot, in which cells, and where do its declarations contradict each other?

use std::collections::BTreeMap;

use assay_model::Origin;
use assay_model::report::{Cell, LanguageMismatch, OriginTable};
use rustc_hash::FxHashMap;

use crate::columns::Samples;
use crate::estimators::interval::TokenSums;
use crate::groups::Groups;

/// Samples and tokens by origin, of the rows that `counts`. Tokens follow the parts, samples the whole.
pub(crate) fn by_origin(samples: &Samples, counts: impl Fn(usize) -> bool) -> OriginTable {
    let mut table = OriginTable::default();
    let mut sums = [TokenSums::default(); 4];
    for row in (0..samples.len()).filter(|&row| counts(row)) {
        table.of_mut(samples.origin[row]).samples += 1;
        let by_origin = samples.tokens_by_origin[row];
        let whole = by_origin.iter().map(|&tokens| u64::from(tokens)).sum();
        for ((origin, sums), tokens) in Origin::ALL.into_iter().zip(&mut sums).zip(by_origin) {
            table.of_mut(origin).tokens += u64::from(tokens);
            sums.add(whole, u64::from(tokens));
        }
    }
    let all_samples: u64 = Origin::ALL.iter().map(|&origin| table.of(origin).samples).sum();
    let all_tokens: u64 = Origin::ALL.iter().map(|&origin| table.of(origin).tokens).sum();
    for (origin, sums) in Origin::ALL.into_iter().zip(&sums) {
        let share = table.of_mut(origin);
        share.token_share_interval = sums.share_interval();
        share.share = rate(share.samples, all_samples);
        share.token_share = rate(share.tokens, all_tokens);
    }
    table
}

/// `part / whole`, 0 of nothing.
pub(crate) fn rate(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// Every cell of domain x language x origin x source class that holds a sample or tokens, in that order. As everywhere,
/// tokens follow the parts and samples the whole: a mixed sample's machine answer counts its tokens as machine.
pub(crate) fn cells(samples: &Samples) -> Vec<Cell> {
    let mut cells: FxHashMap<_, (u64, u64)> = FxHashMap::default();
    for row in 0..samples.len() {
        let (domain, language) = (samples.domain[row], samples.language[row]);
        let class = samples.source_class[row];
        cells
            .entry((domain, language, samples.origin[row], class))
            .or_default()
            .0 += 1;
        for (origin, tokens) in Origin::ALL.into_iter().zip(samples.tokens_by_origin[row]) {
            if tokens > 0 {
                cells.entry((domain, language, origin, class)).or_default().1 += u64::from(tokens);
            }
        }
    }
    let mut cells: Vec<Cell> = cells
        .into_iter()
        .map(
            |((domain, language, origin, source_class), (count, tokens))| Cell {
                domain: samples.names.name(domain).to_owned(),
                language: samples.names.name(language).to_owned(),
                origin,
                source_class,
                samples: count,
                tokens,
            },
        )
        .collect();
    cells.sort_unstable_by(|a, b| {
        (&a.domain, &a.language, a.origin, a.source_class).cmp(&(
            &b.domain,
            &b.language,
            b.origin,
            b.source_class,
        ))
    });
    cells
}

/// How many samples of each declared language were detected as another one.
pub(crate) fn language_mismatch(samples: &Samples) -> Vec<LanguageMismatch> {
    let mut languages: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for row in (0..samples.len()).filter(|&row| samples.declared[row] != 0) {
        let language = languages
            .entry(samples.names.name(samples.declared[row]))
            .or_default();
        language.0 += 1;
        language.1 += u64::from(samples.language_mismatch[row]);
    }
    languages
        .into_iter()
        .map(|(declared, (samples, mismatched))| LanguageMismatch {
            declared: declared.to_owned(),
            samples,
            mismatched,
        })
        .collect()
}

/// Where declarations contradict each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Conflicting {
    /// Digests whose copies are declared human here and machine or mixed there. Unknown contradicts nothing.
    pub digests: u64,
    /// Every copy of these, and the samples whose own evidence contradicts itself.
    pub samples: u64,
}

/// Counts texts of contradictory origin, and the samples concerned.
pub(crate) fn conflicting(samples: &Samples, groups: &Groups) -> Conflicting {
    let mut found = Conflicting {
        digests: 0,
        samples: samples.conflict.iter().filter(|&&conflict| conflict).count() as u64,
    };
    for group in groups.with_copies() {
        for copies in groups.by_digest(samples, group) {
            let mut declared = copies
                .iter()
                .map(|&row| samples.origin[row as usize])
                .filter(|&origin| origin != Origin::Unknown);
            let first = declared.next();
            if first.is_some_and(|first| declared.any(|origin| origin != first)) {
                found.digests += 1;
                // A copy whose own evidence contradicts itself is counted already.
                let further = copies.iter().filter(|&&row| !samples.conflict[row as usize]);
                found.samples += further.count() as u64;
            }
        }
    }
    found
}
