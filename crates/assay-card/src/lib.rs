//! What can a lead sign? Reports and dataset cards, written from measured facts alone.
//!
//! Everything here turns an `assay_model::Report` into something to read: text for a terminal, a
//! self-contained HTML document, and the dataset card in its forms. Nothing is measured, no
//! file is written and no clock is read; figures come from the facts and cannot be typed.

mod card;
mod change;
mod chart;
mod composition;
pub mod croissant;
mod derivation;
mod figure;
mod language;
mod mapping;
mod next_step;
mod page;
mod repeated;
pub mod sign_off;
mod style;
mod text;
mod visible;

pub use card::{
    AgreementFact, AuthoredFact, AuthorshipFact, Block, Card, CardFacts, Estimate, ExchangeFact, FileFact,
    GateFact, GateFacts, GoldCell, GoldFacts, LayoutFact, LedgerFacts, QueueFacts, RecordsAt, Section, Topic,
    TrainingFact, WaiverFact,
};
pub use figure::grouped;
pub use mapping::Mapping;
pub use page::{html_report, results_page};
pub use text::results::results_text;
pub use text::{style_text, text_report};
pub use visible::visible;
