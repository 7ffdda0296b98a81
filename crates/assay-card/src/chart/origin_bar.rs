//! The origin bar: the share of each origin in one line, unknown always drawn and never filled.

use assay_model::Origin;
use assay_model::report::OriginTable;
use maud::{Markup, html};

use super::{at, glyph, table_twin, title};
use crate::figure::{grouped, percent, short};

/// Bars for tokens, samples and samples once unique, with legend and table.
pub fn origin_bar(all: &OriginTable, unique: &OriginTable) -> Markup {
    let rows: [(&str, [f64; 4], u32); 3] = [
        ("Tokens", Origin::ALL.map(|origin| all.of(origin).token_share), 32),
        ("Samples", Origin::ALL.map(|origin| all.of(origin).share), 9),
        ("Unique", Origin::ALL.map(|origin| unique.of(origin).share), 9),
    ];
    html! {
        (legend(all))
        div.bars {
            @for (name, shares, height) in rows {
                span.bar-name { (name) }
                (bar(name, shares, height))
            }
        }
        p.gloss { "Unique: samples that stay when every cluster of duplicates keeps its representative alone." }
        (table_twin(&["Origin", "Tokens", "of tokens", "Samples", "of samples", "Unique samples", "of unique"], &table_rows(all, unique)))
    }
}

/// Shape, name, share and tokens of each origin.
fn legend(table: &OriginTable) -> Markup {
    html! {
        ul.legend { @for origin in Origin::ALL {
            li { (glyph(origin)) b { (title(origin)) " " (percent(table.of(origin).token_share)) } " " span.quiet { (short(table.of(origin).tokens)) } }
        } }
    }
}

fn bar(name: &str, shares: [f64; 4], height: u32) -> Markup {
    let label = Origin::ALL
        .iter()
        .zip(shares)
        .map(|(origin, share)| format!("{} {}", origin.as_str(), percent(share)));
    let label = format!("{name} by origin: {}", label.collect::<Vec<_>>().join(", "));
    let mut from = 0.0;
    let pieces = Origin::ALL.iter().zip(shares).filter_map(|(origin, share)| {
        let piece = (*origin, from, share);
        from += share;
        (share > 0.0).then_some(piece)
    });
    html! {
        svg.bar width="100%" height=(height) role="img" aria-label=(label) {
            @for (origin, from, share) in pieces {
                rect class=(format!("fill-{}", origin.as_str())) x=(format!("{}%", at(from * 100.0))) y="0"
                    width=(format!("{}%", at(share * 100.0))) height=(height) {
                    (html! { title { (title(origin)) " " (percent(share)) } })
                }
                @if from > 0.0 { rect.gap x=(format!("{}%", at(from * 100.0))) y="0" width="2" height=(height) {} }
            }
        }
    }
}

fn table_rows(all: &OriginTable, unique: &OriginTable) -> Vec<Vec<String>> {
    let row = |origin: Origin| {
        let (part, unique) = (all.of(origin), unique.of(origin));
        vec![
            title(origin).into(),
            grouped(part.tokens),
            percent(part.token_share),
            grouped(part.samples),
            percent(part.share),
            grouped(unique.samples),
            percent(unique.share),
        ]
    };
    Origin::ALL.map(row).into()
}
