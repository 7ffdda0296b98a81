//! Diversity by slice: a dot for the estimate and a line for its interval, three measures side by side.

use assay_model::Origin;
use assay_model::report::Diversity;
use maud::{Markup, html};

use super::scale::Scale;
use super::{at, table_twin};
use crate::figure::{decimal, grouped, interval, with_interval};
use crate::visible::{cut, visible_or};

const WIDTH: f64 = 760.0;
const NAMES: f64 = 150.0;
const PANEL: f64 = 190.0;
const GAP: f64 = 14.0;
const ROW: f64 = 30.0;
const TOP: f64 = 30.0;
const LONGEST_NAME: usize = 22;

/// One measure: its name, which way is worse, decimals, and how to read it.
struct Measure {
    name: &'static str,
    sense: &'static str,
    decimals: usize,
    of: fn(&Diversity) -> [f64; 3],
}

const MEASURES: [Measure; 3] = [
    Measure {
        name: "Compression ratio",
        sense: "higher: more repetitive",
        decimals: 2,
        of: |slice| slice.compression_ratio,
    },
    Measure {
        name: "Self-repetition",
        sense: "higher: more repetitive",
        decimals: 3,
        of: |slice| slice.self_repetition,
    },
    Measure {
        name: "Heaps β",
        sense: "lower: fewer new words",
        decimals: 3,
        of: |slice| slice.heaps_beta,
    },
];

pub fn diversity_dots(slices: &[Diversity]) -> Markup {
    let height = TOP + ROW * slices.len() as f64 + 40.0;
    html! {
        div.scroll { svg.wide viewBox=(format!("0 0 {WIDTH} {height}")) width=(WIDTH) height=(height) role="img" aria-label="Diversity by slice, estimate and 95 % interval" {
            @for (i, slice) in slices.iter().enumerate() {
                text.row x="0" y=(at(row_at(i) + 4.0)) { (cut(&slice_name(&slice.slice), LONGEST_NAME)) }
            }
            @for (i, measure) in MEASURES.iter().enumerate() { (panel(slices, measure, NAMES + i as f64 * (PANEL + GAP), height)) }
        } }
        (table_twin(&["Slice", "Tokens", "Tokens each resample", "Compression ratio", "Self-repetition", "Heaps β", "Distinct-1, -2, -3", "n-gram diversity", "100 commonest 4-grams", "Commonest openings"], &rows(slices)))
    }
}

fn panel(slices: &[Diversity], measure: &Measure, left: f64, height: f64) -> Markup {
    let values = || {
        slices
            .iter()
            .flat_map(|slice| (measure.of)(slice))
            .filter(|value| value.is_finite())
    };
    let (low, high) = (
        values().fold(f64::INFINITY, f64::min),
        values().fold(f64::NEG_INFINITY, f64::max),
    );
    let (low, high) = if low.is_finite() { (low, high) } else { (0.0, 1.0) };
    let margin = ((high - low) * 0.08).max(0.01);
    let scale = Scale::linear(low - margin, high + margin, left + 4.0, left + PANEL - 48.0);
    let floor = height - 40.0;
    html! {
        text.head x=(at(left)) y="12" { (measure.name) }
        @for tick in scale.ticks(3) {
            line.grid x1=(at(scale.pixel(tick))) x2=(at(scale.pixel(tick))) y1="22" y2=(at(floor)) {}
            text.tick x=(at(scale.pixel(tick))) y=(at(floor + 14.0)) text-anchor="middle" { (decimal(tick, 2)) }
        }
        text.tick x=(at(left)) y=(at(floor + 32.0)) { (measure.sense) }
        @for (i, slice) in slices.iter().enumerate() {
            @let [low, estimate, high] = (measure.of)(slice);
            @let class = class(&slice.slice);
            @if estimate.is_finite() {
                line class=(format!("whisker stroke-{class}")) x1=(at(scale.pixel(low))) x2=(at(scale.pixel(high))) y1=(at(row_at(i))) y2=(at(row_at(i))) {
                    (html! { title { (decimal(estimate, measure.decimals)) " " (interval(low, high, measure.decimals)) } })
                }
                (mark(class, scale.pixel(estimate), row_at(i)))
                text.value x=(at(left + PANEL - 6.0)) y=(at(row_at(i) + 4.0)) text-anchor="end" { (decimal(estimate, measure.decimals)) }
            }
        }
    }
}

/// The shape repeats the colour: square for machine, ring for unknown, half and half for mixed.
fn mark(class: &str, x: f64, y: f64) -> Markup {
    html! {
        @match class {
            "machine" => rect.fill-machine x=(at(x - 4.5)) y=(at(y - 4.5)) width="9" height="9" {},
            "unknown" => circle.ring-filled cx=(at(x)) cy=(at(y)) r="4.5" {},
            "mixed" => { path.fill-human d=(format!("M{0} {1}a5 5 0 0 0 0 10z", at(x), at(y - 5.0))) {} rect.fill-machine x=(at(x)) y=(at(y - 4.8)) width="4.8" height="9.6" {} },
            _ => circle class=(format!("dot-{class}")) cx=(at(x)) cy=(at(y)) r="5" {},
        }
    }
}

fn rows(slices: &[Diversity]) -> Vec<Vec<String>> {
    let row = |slice: &Diversity| {
        let mut cells = vec![
            slice_name(&slice.slice),
            grouped(slice.tokens),
            grouped(slice.budget),
        ];
        cells.extend(
            MEASURES
                .iter()
                .map(|measure| with_interval((measure.of)(slice), measure.decimals)),
        );
        cells.push(slice.distinct.map(|value| decimal(value, 3)).join(", "));
        let templates = [
            slice.ngram_diversity,
            slice.commonest_4grams,
            slice.commonest_openings,
        ];
        cells.extend(templates.map(|figure| with_interval(figure, 3)));
        cells
    };
    slices.iter().map(row).collect()
}

fn row_at(i: usize) -> f64 {
    TOP + ROW * (i as f64 + 0.5)
}

fn origin_of(slice: &str) -> Option<Origin> {
    slice
        .strip_prefix("origin = '")
        .and_then(|rest| rest.strip_suffix('\''))
        .and_then(Origin::parse)
}

fn class(slice: &str) -> &'static str {
    origin_of(slice).map_or("whole", Origin::as_str)
}

/// `origin = 'human'` is the human part; any other slice is its expression.
pub fn slice_name(slice: &str) -> String {
    if let Some(origin) = origin_of(slice) {
        return format!("{} part", origin.as_str());
    }
    let domain = slice
        .strip_prefix("domain = '")
        .and_then(|rest| rest.strip_suffix('\''));
    match domain {
        Some(domain) => visible_or(&domain.replace("''", "'"), "all"),
        None => visible_or(slice, "all"),
    }
}
