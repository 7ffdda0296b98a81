//! Which origin prevails in which domain and language?
//!
//! Sums the report's cells into a table of domain by language with both margins, largest first, and
//! folds what does not fit into one row and one column of others, so that totals stay whole.

use std::collections::BTreeMap;

use assay_model::report::Cell;
use assay_model::{Origin, Report};

use crate::figure::share;

/// Samples and tokens by origin, in the order of `Origin::ALL`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mix {
    pub samples: [u64; 4],
    pub tokens: [u64; 4],
}

impl Mix {
    pub fn all_tokens(&self) -> u64 {
        self.tokens.iter().sum()
    }

    pub fn all_samples(&self) -> u64 {
        self.samples.iter().sum()
    }

    pub fn tokens_of(&self, origin: Origin) -> u64 {
        self.tokens[place(origin)]
    }

    /// Share of tokens; `None` where there are none.
    pub fn token_share(&self, origin: Origin) -> Option<f64> {
        (self.all_tokens() > 0).then(|| share(self.tokens_of(origin), self.all_tokens()))
    }

    fn add_cell(&mut self, cell: &Cell) {
        self.samples[place(cell.origin)] += cell.samples;
        self.tokens[place(cell.origin)] += cell.tokens;
    }
}

/// A row or column head: a value as the data has it, or the rest folded together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Head {
    Value(String),
    Others(usize),
}

/// Domain by language, with the margins.
#[derive(Clone, Debug)]
pub struct Composition {
    pub domains: Vec<Head>,
    pub languages: Vec<Head>,
    pub cells: BTreeMap<(Head, Head), Mix>,
    pub by_domain: BTreeMap<Head, Mix>,
    pub by_language: BTreeMap<Head, Mix>,
    pub total: Mix,
}

impl Composition {
    /// Keeps the largest domains and languages by tokens; at least two of a kind are folded.
    pub fn of(report: &Report, most_domains: usize, most_languages: usize) -> Self {
        let domain_of = Folding::of(&report.composition, most_domains, |cell| &cell.domain);
        let language_of = Folding::of(&report.composition, most_languages, |cell| &cell.language);
        let mut table = Self {
            domains: domain_of.heads(),
            languages: language_of.heads(),
            cells: BTreeMap::new(),
            by_domain: BTreeMap::new(),
            by_language: BTreeMap::new(),
            total: Mix::default(),
        };
        for cell in &report.composition {
            let (domain, language) = (domain_of.head(&cell.domain), language_of.head(&cell.language));
            table.by_domain.entry(domain.clone()).or_default().add_cell(cell);
            table
                .by_language
                .entry(language.clone())
                .or_default()
                .add_cell(cell);
            table.cells.entry((domain, language)).or_default().add_cell(cell);
            table.total.add_cell(cell);
        }
        table
    }

    /// The cell of a domain and a language; `None` where there are no samples.
    pub fn cell(&self, domain: &Head, language: &Head) -> Option<&Mix> {
        self.cells.get(&(domain.clone(), language.clone()))
    }
}

/// Distinct values of a dimension among the cells that hold one; "" (none) is not counted.
pub fn distinct(report: &Report, value: impl Fn(&Cell) -> &str) -> usize {
    let values: std::collections::BTreeSet<&str> = report
        .composition
        .iter()
        .map(value)
        .filter(|value| !value.is_empty())
        .collect();
    values.len()
}

struct Folding {
    kept: Vec<String>,
    others: usize,
}

impl Folding {
    fn of(cells: &[Cell], most: usize, value: impl Fn(&Cell) -> &String) -> Self {
        let mut sizes: BTreeMap<&String, (u64, u64)> = BTreeMap::new();
        for cell in cells {
            let size = sizes.entry(value(cell)).or_default();
            *size = (size.0 + cell.tokens, size.1 + cell.samples);
        }
        let mut ordered: Vec<(&String, (u64, u64))> = sizes.into_iter().collect();
        // What has no value stands last, whatever its size.
        ordered.sort_by(|a, b| (a.0.is_empty(), b.1, a.0).cmp(&(b.0.is_empty(), a.1, b.0)));
        let others = if ordered.len() > most {
            ordered.len() - (most - 1)
        } else {
            0
        };
        let kept = ordered.len() - others;
        Self {
            kept: ordered[..kept]
                .iter()
                .map(|(value, _)| (*value).clone())
                .collect(),
            others,
        }
    }

    fn heads(&self) -> Vec<Head> {
        let mut heads: Vec<Head> = self.kept.iter().cloned().map(Head::Value).collect();
        if self.others > 0 {
            heads.push(Head::Others(self.others));
        }
        heads
    }

    fn head(&self, value: &String) -> Head {
        if self.kept.contains(value) {
            Head::Value(value.clone())
        } else {
            Head::Others(self.others)
        }
    }
}

fn place(origin: Origin) -> usize {
    Origin::ALL
        .iter()
        .position(|each| *each == origin)
        .expect("every origin is in Origin::ALL")
}
