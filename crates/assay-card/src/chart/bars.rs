//! Duplication: how much is redundant at each level, and how large the clusters are.

use assay_model::report::{Duplication, SizeBin};
use maud::{Markup, html};

use super::{at, table_twin};
use crate::figure::{grouped, percent};

const WIDTH: f64 = 520.0;
const HEIGHT: f64 = 132.0;
const BASE: f64 = 108.0;
const TOP: f64 = 18.0;

/// The three levels on one axis from zero.
pub fn duplication_bars(found: &Duplication) -> Markup {
    let near = &found.near;
    let levels = [
        (
            "Exact".to_owned(),
            found.exact.rate,
            found.exact.redundant,
            found.exact.groups,
            found.exact.token_rate,
        ),
        (
            "Same after normalising".to_owned(),
            found.normalised.rate,
            found.normalised.redundant,
            found.normalised.groups,
            found.normalised.token_rate,
        ),
        (
            format!("Near, Jaccard ≥ {}", near.threshold),
            near.rate,
            near.redundant,
            near.clusters,
            near.token_rate,
        ),
    ];
    let longest = levels.iter().map(|level| level.1).fold(0.0, f64::max);
    let rows: Vec<Vec<String>> = levels
        .iter()
        .map(|(name, rate, redundant, groups, tokens)| {
            vec![
                name.clone(),
                percent(*rate),
                grouped(*redundant),
                percent(*tokens),
                grouped(*groups),
            ]
        })
        .collect();
    html! {
        table.levels { tbody { @for (name, rate, redundant, _, _) in &levels { tr {
            th scope="row" { (name) }
            td.drawn { svg width="100%" height="12" aria-hidden="true" {
                rect.fill-bar x="0" y="0" height="12" width=(format!("{}%", at(if longest > 0.0 { rate / longest * 100.0 } else { 0.0 }))) {}
            } }
            td.strong { (percent(*rate)) }
            td { (grouped(*redundant)) }
        } } } }
        (table_twin(&["Level", "Rate", "Redundant", "of tokens", "Groups"], &rows))
    }
}

/// Clusters by number of copies on doubling bins, on a logarithmic axis; each bar carries its count.
pub fn cluster_histogram(bins: &[SizeBin]) -> Markup {
    let most = bins.iter().map(|bin| bin.clusters).max().unwrap_or(0);
    if most == 0 {
        return html! { p.gloss { "No cluster of near-duplicates was found." } };
    }
    let step = (WIDTH / bins.len() as f64).min(72.0);
    let height = |count: u64| (count as f64 + 1.0).log10() / (most as f64 + 1.0).log10() * (BASE - TOP);
    let rows: Vec<Vec<String>> = bins
        .iter()
        .map(|bin| vec![copies(bin), grouped(bin.clusters), grouped(bin.samples)])
        .collect();
    html! {
        svg.chart viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) width=(WIDTH) height=(HEIGHT) role="img" aria-label="Clusters by number of copies, logarithmic" {
            line.axis x1="0" x2=(at(step * bins.len() as f64 - 4.0)) y1=(BASE) y2=(BASE) {}
            @for (i, bin) in bins.iter().enumerate() {
                @let x = i as f64 * step;
                @let tall = height(bin.clusters);
                @if bin.clusters > 0 { rect.fill-bar x=(at(x)) y=(at(BASE - tall)) width=(at(step - 4.0)) height=(at(tall)) {} }
                text.value x=(at(x + step / 2.0 - 2.0)) y=(at(BASE - tall - 5.0)) text-anchor="middle" { (grouped(bin.clusters)) }
                text.tick x=(at(x + step / 2.0 - 2.0)) y=(at(BASE + 16.0)) text-anchor="middle" { (copies(bin)) }
            }
        }
        p.gloss { "Copies in a cluster, and how many clusters have that many; logarithmic." }
        (table_twin(&["Copies", "Clusters", "Samples in them"], &rows))
    }
}

fn copies(bin: &SizeBin) -> String {
    if bin.from >= bin.to {
        grouped(bin.from)
    } else {
        format!("{}–{}", grouped(bin.from), grouped(bin.to))
    }
}
