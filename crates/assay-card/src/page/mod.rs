//! A document on disk: one file with its styles inside, no script, nothing fetched.
//!
//! Follows the reader's light or dark setting, prints in light, and reads at any width. Every text
//! from the data is escaped by `maud` and made visible by `visible`.

mod report;
mod results;
mod sections;
mod style;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::chart::patterns;

pub use report::html_report;
pub use results::results_page;

const TOKENS: &str = include_str!("../../assets/tokens.css");
const DOCUMENT: &str = include_str!("../../assets/document.css");
/// Even a flaw in this document could load or run nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// A whole document around `content`.
pub fn document(title: &str, class: &str, content: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(TOKENS)) (PreEscaped(DOCUMENT)) }
            }
            body class=(class) { (patterns()) (content) }
        }
    }
    .into_string()
}

/// A section's title and what its figures are.
pub fn heading(title: &str, gloss: &str) -> Markup {
    html! { h2 { (title) @if !gloss.is_empty() { span.gloss { (gloss) } } } }
}
