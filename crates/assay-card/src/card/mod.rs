//! The dataset card: what a lead reads and signs, in three forms with the same figures.
//!
//! A draft is derived from facts alone. `sections` gives it as data, `readme` as a Hugging Face
//! card, `html` as a document to read or print, and `json` as every number behind it.

mod contents;
mod decided;
mod facts;
mod front_matter;
mod gates;
mod license;
pub(crate) mod limits;
mod numbers;
mod page;
mod readme;
mod variety;
mod written;

use assay_model::AuthoredSection;
use assay_model::hidden::visible_json;

pub(crate) use decided::sentences as queue_sentences;
pub use facts::{
    AgreementFact, AuthoredFact, AuthorshipFact, CardFacts, Estimate, ExchangeFact, FileFact, GateFact,
    GateFacts, GoldCell, GoldFacts, LayoutFact, LedgerFacts, QueueFacts, RecordsAt, TrainingFact, WaiverFact,
};
pub(crate) use front_matter::{has_machine_part, languages};
pub(crate) use license::{catalogue_license, spdx_address, spdx_identifier};
pub(crate) use readme::plain;
pub(crate) use written::personal_data_sentence;

use crate::croissant;
use crate::mapping::Mapping;

/// Columns that a name from the data may take on a card.
const LONGEST_NAME: usize = 80;

/// A card as it would be written now.
#[derive(Clone, Debug)]
pub struct Card {
    facts: CardFacts,
    sections: Vec<Section>,
}

/// One section, in the order of reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    pub topic: Topic,
    pub title: String,
    pub blocks: Vec<Block>,
}

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    Purpose,
    Coverage,
    Sources,
    Origin,
    Duplication,
    Tail,
    Diversity,
    Review,
    Gold,
    Gates,
    Limits,
    PersonalData,
    Change,
    Maintenance,
}

/// A piece of a section.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    Paragraph {
        text: String,
    },
    /// A measured fact; `filter` is an expression that finds the samples behind it.
    Fact {
        label: String,
        value: String,
        note: String,
        filter: Option<String>,
    },
    /// `filters` holds the expression behind each cell that has one, in the order of rows and columns; empty where none has.
    Table {
        columns: Vec<String>,
        rows: Vec<Vec<String>>,
        filters: Vec<Vec<Option<String>>>,
    },
    /// What a person wrote, a paragraph of it.
    Written {
        section: AuthoredSection,
        text: String,
    },
    /// What only a person can write, and has not yet.
    Open {
        section: AuthoredSection,
        label: String,
    },
}

impl Card {
    /// Writes the card from these facts.
    pub fn draft(facts: &CardFacts) -> Self {
        let sections = vec![
            written::purpose(facts),
            contents::covers(facts),
            contents::sources(facts),
            contents::origin(facts),
            variety::duplication(facts),
            variety::tail(facts),
            variety::diversity(facts),
            decided::review(facts),
            decided::gold(facts),
            gates::section(facts),
            limits::limits(facts),
            written::personal_data(facts),
            variety::change(facts),
            written::maintenance(facts),
        ];
        Self {
            facts: facts.clone(),
            sections,
        }
    }

    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// README.md: a Hugging Face dataset card with its YAML front matter.
    pub fn readme(&self) -> String {
        readme::readme(&self.facts, &self.sections)
    }

    /// card.html: one self-contained document to read, send or print.
    pub fn html(&self) -> String {
        page::page(&self.facts, &self.sections)
    }

    /// croissant.json: the dataset in Croissant 1.1.
    pub fn croissant(&self) -> String {
        let mut text = serde_json::to_string_pretty(&croissant::document(&self.facts))
            .expect("a document has text keys only");
        text.push('\n');
        text
    }

    /// The same facts in the form of another standard.
    pub fn mapped(&self, mapping: Mapping) -> String {
        mapping.write(&self.facts)
    }

    /// card.json: every number of the card, its keys explained under `about`.
    pub fn json(&self) -> String {
        visible_json(&numbers::numbers(&self.facts)).into_owned()
    }
}

impl Section {
    fn new(topic: Topic, title: impl Into<String>, blocks: Vec<Block>) -> Self {
        Self {
            topic,
            title: title.into(),
            blocks,
        }
    }
}

impl Block {
    fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph { text: text.into() }
    }

    fn fact(label: impl Into<String>, value: impl Into<String>, note: impl Into<String>) -> Self {
        Self::Fact {
            label: label.into(),
            value: value.into(),
            note: note.into(),
            filter: None,
        }
    }

    /// The same fact with the expression that finds its samples.
    fn opened_by(self, expression: impl Into<String>) -> Self {
        match self {
            Self::Fact {
                label, value, note, ..
            } => Self::Fact {
                label,
                value,
                note,
                filter: Some(expression.into()),
            },
            other => other,
        }
    }

    fn table(columns: &[&str], rows: Vec<Vec<String>>) -> Self {
        Self::Table {
            columns: columns.iter().map(|column| (*column).to_owned()).collect(),
            rows,
            filters: Vec::new(),
        }
    }

    /// The same table with the expressions that find the samples of its cells.
    fn cells_opened_by(self, filters: Vec<Vec<Option<String>>>) -> Self {
        match self {
            Self::Table { columns, rows, .. } => Self::Table {
                columns,
                rows,
                filters,
            },
            other => other,
        }
    }
}

/// `field = 'value'` with its quotes escaped; no value is null.
fn equals(field: &str, value: &str) -> String {
    if value.is_empty() {
        format!("{field} is null")
    } else {
        format!("{field} = '{}'", value.replace('\'', "''"))
    }
}
