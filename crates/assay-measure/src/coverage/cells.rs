//! Which cells of domain x language hold nothing, or too little?
//!
//! Samples without a domain or without a language are in no cell: an empty cell is one that two values seen elsewhere
//! make possible.

use std::collections::BTreeMap;

use assay_model::report::{Cells, ThinCell};

use crate::columns::Samples;

/// Samples below which a cell is thin, unless the settings say otherwise.
pub const FLOOR: u64 = 20;
/// Cells listed at most.
const LISTED: usize = 500;

/// Every possible cell with fewer samples than `floor`.
pub(crate) fn thin(samples: &Samples, floor: u64) -> Cells {
    let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for row in 0..samples.len() {
        let (domain, language) = (samples.domain[row], samples.language[row]);
        if domain != 0 && language != 0 {
            let cell = (samples.names.name(domain), samples.names.name(language));
            *counts.entry(cell).or_default() += 1;
        }
    }
    let mut domains: Vec<&str> = counts.keys().map(|cell| cell.0).collect();
    domains.dedup();
    let mut languages: Vec<&str> = counts.keys().map(|cell| cell.1).collect();
    languages.sort_unstable();
    languages.dedup();
    let mut found = Cells {
        domains: domains.len() as u64,
        languages: languages.len() as u64,
        floor,
        ..Cells::default()
    };
    for &domain in &domains {
        for &language in &languages {
            let count = counts.get(&(domain, language)).copied().unwrap_or(0);
            found.empty_count += u64::from(count == 0);
            found.below_count += u64::from(count > 0 && count < floor);
            if count < floor {
                found.cells.push(ThinCell {
                    domain: domain.to_owned(),
                    language: language.to_owned(),
                    samples: count,
                });
            }
        }
    }
    found.cells.sort_by_key(|cell| cell.samples);
    found.cells.truncate(LISTED);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(cells: &[(&str, &str)]) -> Samples {
        let mut samples = Samples::default();
        for (number, (domain, language)) in cells.iter().enumerate() {
            samples.sample.push(number as u64);
            samples.domain.push(samples.names.number(domain));
            samples.language.push(samples.names.number(language));
        }
        samples
    }

    #[test]
    fn empty_cells_come_first_and_samples_without_a_domain_are_in_none() {
        let mut cells = vec![("health", "en"); 30];
        cells.extend([("health", "de"); 5]);
        cells.extend([("law", "en"), ("", "fr"), ("law", "")]);
        let found = thin(&samples(&cells), FLOOR);
        assert_eq!((found.domains, found.languages), (2, 2));
        assert_eq!((found.empty_count, found.below_count), (1, 2));
        let listed: Vec<_> = found
            .cells
            .iter()
            .map(|cell| (cell.domain.as_str(), cell.language.as_str(), cell.samples))
            .collect();
        assert_eq!(listed, [("law", "de", 0), ("law", "en", 1), ("health", "de", 5)]);
    }

    #[test]
    fn one_full_cell_leaves_nothing_to_list() {
        let found = thin(&samples(&[("health", "en"); 25]), FLOOR);
        assert_eq!(
            (found.empty_count, found.below_count, found.cells.len()),
            (0, 0, 0)
        );
    }
}
