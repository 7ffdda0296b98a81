//! The composition heat map: machine share of tokens by domain and language, unknown in the margins.
//!
//! A table whose cells are inked, so that it reads aloud, copies and reflows; a hatched edge marks
//! cells in which much is of unknown origin, and whose machine share therefore says little.

use assay_model::{Origin, Report};
use maud::{Markup, html};

use super::{at, table_twin};
use crate::composition::{Composition, Head, Mix};
use crate::figure::{grouped, percent, percent_figures};
use crate::language;
use crate::visible::{cut, visible_or};

const MOST_DOMAINS: usize = 14;
const MOST_LANGUAGES: usize = 10;
const NOTABLE_UNKNOWN: f64 = 0.15;
/// Lower ends of the seven inks, in percent.
const STEPS: [f64; 7] = [0.0, 10.0, 20.0, 30.0, 40.0, 55.0, 70.0];
const LONGEST_NAME: usize = 40;

pub fn heat_map(report: &Report) -> Markup {
    let table = Composition::of(report, MOST_DOMAINS, MOST_LANGUAGES);
    html! {
        div.scroll { table.heat {
            thead { tr {
                td {} @for language in &table.languages { th scope="col" { bdi { (language_name(language)) } } }
                th.all scope="col" { "all" } th.unknown scope="col" { "unknown" }
            } }
            tbody {
                @for domain in &table.domains { tr {
                    th scope="row" { bdi { (domain_name(domain)) } }
                    @for language in &table.languages { (cell(table.cell(domain, language))) }
                    (margins(&table.by_domain[domain]))
                } }
                @if table.domains.len() > 1 { tr.margin {
                    th scope="row" { "All domains" }
                    @for language in &table.languages { td { (figure(&table.by_language[language], Origin::Machine)) } }
                    (margins(&table.total))
                } }
                tr.margin {
                    th scope="row" { "Unknown, all" }
                    @for language in &table.languages { td { (figure(&table.by_language[language], Origin::Unknown)) } }
                    td {} td {}
                }
            }
        } }
        (legend())
        (table_twin(&["Domain", "Language", "Tokens", "Human", "Mixed", "Machine", "Unknown", "Samples"], &twin_rows(&table)))
    }
}

fn cell(mix: Option<&Mix>) -> Markup {
    let Some(mix) = mix else {
        return html! { td.none { "none" } };
    };
    let Some(share) = mix.token_share(Origin::Machine) else {
        return html! { td.none { "0\u{a0}tokens" } };
    };
    let unknown = mix.token_share(Origin::Unknown).unwrap_or(0.0);
    let says = format!(
        "{} tokens, machine {}, unknown {}",
        grouped(mix.all_tokens()),
        percent(share),
        percent(unknown)
    );
    html! {
        td class=(format!("heat-{}", step(share))) title=(says) {
            (percent_figures(share))
            @if unknown >= NOTABLE_UNKNOWN {
                svg.edge width=(at((unknown * 48.0).min(20.0))) height="100%" role="img" aria-label=(format!("unknown {}", percent(unknown))) {
                    rect.fill-unknown width="100%" height="100%" {}
                }
            }
        }
    }
}

fn margins(mix: &Mix) -> Markup {
    let unknown = mix.token_share(Origin::Unknown).unwrap_or(0.0);
    html! {
        td.all { (figure(mix, Origin::Machine)) }
        td.unknown {
            @if unknown > 0.0 { svg width=(at((unknown * 90.0).clamp(3.0, 48.0))) height="9" aria-hidden="true" { rect.fill-unknown x="0.5" y="0.5" width="calc(100% - 1px)" height="8" {} } " " }
            (figure(mix, Origin::Unknown))
        }
    }
}

fn legend() -> Markup {
    html! {
        ul.ramp aria-label="Machine share of tokens in percent" {
            @for (i, from) in STEPS.iter().enumerate() {
                li { span class=(format!("swatch heat-{i}")) {} @match i { 0 => "under 10", 6 => "70 or more", _ => (from) } }
            }
            li.hatched { svg width="18" height="9" aria-hidden="true" { rect.fill-unknown x="0.5" y="0.5" width="17" height="8" {} } " unknown, in cells of 15\u{a0}% or more" }
        }
    }
}

fn step(share: f64) -> usize {
    STEPS.iter().rposition(|from| share * 100.0 >= *from).unwrap_or(0)
}

fn figure(mix: &Mix, origin: Origin) -> String {
    mix.token_share(origin)
        .map_or_else(|| "–".into(), percent_figures)
}

fn domain_name(head: &Head) -> String {
    match head {
        Head::Value(domain) => cut(&visible_or(domain, "no domain"), LONGEST_NAME),
        Head::Others(count) => format!("{} others", grouped(*count as u64)),
    }
}

fn language_name(head: &Head) -> String {
    match head {
        Head::Value(code) => cut(&language::name(code), 16),
        Head::Others(count) => format!("{} others", grouped(*count as u64)),
    }
}

fn twin_rows(table: &Composition) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for domain in &table.domains {
        for language in &table.languages {
            let Some(mix) = table.cell(domain, language) else {
                continue;
            };
            let share = |origin| mix.token_share(origin).map_or_else(|| "–".into(), percent);
            rows.push(vec![
                domain_name(domain),
                language_name(language),
                grouped(mix.all_tokens()),
                share(Origin::Human),
                share(Origin::Mixed),
                share(Origin::Machine),
                share(Origin::Unknown),
                grouped(mix.all_samples()),
            ]);
        }
    }
    rows
}
