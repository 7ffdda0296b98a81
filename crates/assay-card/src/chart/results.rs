//! What runs made of groups: a dot with its interval for each run, and the reliability diagram.

use assay_model::Origin;
use assay_model::results::CalibrationBin;
use maud::{Markup, html};

use super::at;
use super::scale::Scale;
use crate::figure::{decimal, grouped, interval, percent};
use crate::visible::cut;

const WIDTH: f64 = 760.0;
const NAMES: f64 = 130.0;
const RUNS: f64 = 120.0;
const ROW: f64 = 20.0;
const TOP: f64 = 26.0;
const SQUARE: f64 = 260.0;
const LONGEST_NAME: usize = 18;

/// One run's figure on one group.
pub struct Dot {
    pub row: String,
    /// The run.
    pub of: String,
    /// Colours and shapes the dot where groups are origins.
    pub origin: Option<Origin>,
    pub value: f64,
    pub interval: [f64; 2],
}

/// Dots on one axis, those of one group together.
pub struct DotPanel<'a> {
    pub label: &'a str,
    pub rows: &'a [Dot],
}

/// Draws a panel; the group is named once, every dot has its run's name and its figure.
pub fn dots(panel: &DotPanel) -> Markup {
    let ends = || {
        panel
            .rows
            .iter()
            .flat_map(|dot| dot.interval)
            .filter(|end| end.is_finite())
    };
    let (low, high) = (
        ends().fold(f64::INFINITY, f64::min),
        ends().fold(f64::NEG_INFINITY, f64::max),
    );
    let margin = ((high - low) * 0.06).max(0.01);
    let scale = Scale::linear(low - margin, high + margin, NAMES + RUNS, WIDTH - 70.0);
    let height = TOP + ROW * panel.rows.len() as f64 + 24.0;
    let floor = height - 20.0;
    html! {
        div.scroll { svg.wide viewBox=(format!("0 0 {WIDTH} {height}")) width=(WIDTH) height=(height) role="img" aria-label=(panel.label) {
            text.head x=(at(NAMES + RUNS)) y="12" { (panel.label) }
            @for tick in scale.ticks(6) {
                line.grid x1=(at(scale.pixel(tick))) x2=(at(scale.pixel(tick))) y1="20" y2=(at(floor)) {}
                text.tick x=(at(scale.pixel(tick))) y=(at(floor + 14.0)) text-anchor="middle" { (decimal(tick, 2)) }
            }
            @for (i, dot) in panel.rows.iter().enumerate() {
                @let y = TOP + ROW * (i as f64 + 0.5);
                @let class = dot.origin.map_or("whole", Origin::as_str);
                @if i == 0 || panel.rows[i - 1].row != dot.row { text.row x="0" y=(at(y + 4.0)) { (cut(&dot.row, LONGEST_NAME)) } }
                text.tick x=(at(NAMES)) y=(at(y + 4.0)) { (cut(&dot.of, LONGEST_NAME)) }
                line class=(format!("whisker stroke-{class}")) x1=(at(scale.pixel(dot.interval[0]))) x2=(at(scale.pixel(dot.interval[1]))) y1=(at(y)) y2=(at(y)) {
                    title { (decimal(dot.value, 3)) " " (interval(dot.interval[0], dot.interval[1], 3)) }
                }
                circle class=(format!("dot-{class}")) cx=(at(scale.pixel(dot.value))) cy=(at(y)) r="4.5" {}
                text.value x=(at(WIDTH - 6.0)) y=(at(y + 4.0)) text-anchor="end" { (decimal(dot.value, 3)) }
            }
        } }
    }
}

/// Confidence against the share that was right; on the diagonal a model is as good as it says.
pub fn reliability(bins: &[CalibrationBin]) -> Markup {
    let x = Scale::linear(0.0, 1.0, 40.0, 40.0 + SQUARE);
    let y = Scale::linear(0.0, 1.0, SQUARE + 10.0, 10.0);
    let path: Vec<String> = bins
        .iter()
        .enumerate()
        .map(|(i, bin)| {
            let step = if i == 0 { 'M' } else { 'L' };
            format!(
                "{step}{} {}",
                at(x.pixel(bin.confidence)),
                at(y.pixel(bin.accuracy))
            )
        })
        .collect();
    html! {
        svg.chart viewBox="0 0 340 310" width="340" height="310" role="img" aria-label="Reliability diagram: confidence and share right" {
            @for tick in [0.0, 0.25, 0.5, 0.75, 1.0] {
                line.grid x1=(at(x.pixel(tick))) x2=(at(x.pixel(tick))) y1="10" y2=(at(SQUARE + 10.0)) {}
                line.grid x1="40" x2=(at(40.0 + SQUARE)) y1=(at(y.pixel(tick))) y2=(at(y.pixel(tick))) {}
                text.tick x=(at(x.pixel(tick))) y=(at(SQUARE + 26.0)) text-anchor="middle" { (decimal(tick, 2)) }
                text.tick x="34" y=(at(y.pixel(tick) + 4.0)) text-anchor="end" { (decimal(tick, 2)) }
            }
            line.axis stroke-dasharray="3 3" x1=(at(x.pixel(0.0))) y1=(at(y.pixel(0.0))) x2=(at(x.pixel(1.0))) y2=(at(y.pixel(1.0))) {}
            text.tick x=(at(40.0 + SQUARE)) y=(at(SQUARE + 42.0)) text-anchor="end" { "mean confidence; upright: share right" }
            path class="line stroke-whole" d=(path.join("")) {}
            @for bin in bins {
                line class="whisker stroke-whole" x1=(at(x.pixel(bin.confidence))) x2=(at(x.pixel(bin.confidence))) y1=(at(y.pixel(bin.interval[0]))) y2=(at(y.pixel(bin.interval[1]))) {
                    title { (grouped(bin.n)) " texts, confidence " (decimal(bin.confidence, 3)) ", right " (percent(bin.accuracy)) }
                }
                circle.dot-whole cx=(at(x.pixel(bin.confidence))) cy=(at(y.pixel(bin.accuracy))) r="4" {}
            }
        }
    }
}
