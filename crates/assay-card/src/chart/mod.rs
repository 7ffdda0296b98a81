//! Charts as inline SVG, each with the same numbers as a table.
//!
//! Shared by the report and the card. Colours are roles of `assets/tokens.css`, named by class, so
//! one drawing serves light, dark and print. No chart needs a script, and none fetches anything.

mod bars;
mod diversity;
mod heat_map;
mod lines;
mod origin_bar;
mod results;
mod scale;

use assay_model::Origin;
use maud::{Markup, html};

pub use bars::{cluster_histogram, duplication_bars};
pub use diversity::{diversity_dots, slice_name};
pub use heat_map::heat_map;
pub use lines::{rank_frequency, rarefaction};
pub use origin_bar::origin_bar;
pub use results::{Dot, DotPanel, dots, reliability};

/// The origin's name at the head of a label.
pub fn title(origin: Origin) -> &'static str {
    match origin {
        Origin::Human => "Human",
        Origin::Mixed => "Mixed",
        Origin::Machine => "Machine",
        Origin::Unknown => "Unknown",
    }
}

/// The shape that repeats the colour: circle, half and half, square, hatched ring.
pub fn glyph(origin: Origin) -> Markup {
    html! {
        svg.glyph viewBox="0 0 12 12" width="11" height="11" aria-hidden="true" {
            @match origin {
                Origin::Human => circle.fill-human cx="6" cy="6" r="5" {},
                Origin::Mixed => { path.fill-human d="M6 1a5 5 0 0 0 0 10z" {} rect.fill-machine x="6" y="1.2" width="4.8" height="9.6" {} },
                Origin::Machine => rect.fill-machine x="1.2" y="1.2" width="9.6" height="9.6" {},
                Origin::Unknown => {
                    circle.ring cx="6" cy="6" r="4.6" {}
                    path.ring d="M2.9 9.3L9.3 2.9M1.8 6.6L6.6 1.8M5.4 10.2l4.8-4.8" {}
                },
            }
        }
    }
}

/// The hatch of what nobody declared; once for each document, before the first chart.
pub fn patterns() -> Markup {
    html! {
        svg.patterns width="0" height="0" aria-hidden="true" {
            defs {
                pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    path.hatch-line d="M1 -1v8" {}
                }
            }
        }
    }
}

/// A table with its head; the first column is text, the others are figures.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> Markup {
    html! {
        div.scroll { table.figures {
            thead { tr { @for (i, cell) in head.iter().enumerate() { th scope="col" class=[(i == 0).then_some("first")] { (cell) } } } }
            tbody { @for row in rows { tr { @for (i, cell) in row.iter().enumerate() {
                @if i == 0 { th scope="row" { bdi { (cell) } } } @else { td class=[cell.starts_with("sha256:").then_some("code")] { (cell) } }
            } } } }
        } }
    }
}

/// The numbers of a chart, one step away from it.
pub fn table_twin(head: &[&str], rows: &[Vec<String>]) -> Markup {
    html! { details.twin { summary { "As a table" } (table(head, rows)) } }
}

/// A coordinate with two decimals: enough for a screen, and the same on every machine.
fn at(value: f64) -> String {
    if value.is_finite() {
        format!("{value:.2}")
    } else {
        "0.00".into()
    }
}
