//! Tail coverage drawn: how rare the rare classes are, and how many classes at equal coverage.
//!
//! Lines are labelled where they end, by origin; solid up to what was observed, dashed beyond.

use assay_model::Origin;
use assay_model::report::{Coverage, RarefactionPoint};
use maud::{Markup, html};

use super::scale::Scale;
use super::{at, table_twin};
use crate::figure::{decimal, grouped, percent_figures, ratio};

const WIDTH: f64 = 540.0;
const HEIGHT: f64 = 280.0;
const LEFT: f64 = 68.0;
const RIGHT: f64 = 436.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 236.0;
const LABEL_HEIGHT: f64 = 16.0;
/// From here on a curve would be a single point at the edge.
const COMPLETE: f64 = 0.9995;

/// One line: the whole, or the part of one origin.
struct Line {
    origin: Option<Origin>,
    solid: Vec<(f64, f64)>,
    dashed: Vec<(f64, f64)>,
}

impl Line {
    fn class(&self) -> &'static str {
        self.origin.map_or("whole", Origin::as_str)
    }

    fn label(&self) -> String {
        self.origin
            .map_or_else(|| "all".into(), |origin| format!("{} part", origin.as_str()))
    }

    fn end(&self) -> Option<(f64, f64)> {
        self.dashed.last().or(self.solid.last()).copied()
    }
}

struct Axes {
    x: Scale,
    y: Scale,
    x_name: &'static str,
    y_name: &'static str,
    x_tick: fn(f64) -> String,
    y_tick: fn(f64) -> String,
}

/// Rank against share of observations, both logarithmic.
pub fn rank_frequency(unit: &Coverage) -> Markup {
    let share = |points: &[(u64, u64)], whole: u64| -> Vec<(f64, f64)> {
        let usable = points
            .iter()
            .filter(|(rank, count)| *rank > 0 && *count > 0 && whole > 0);
        usable
            .map(|(rank, count)| (*rank as f64, *count as f64 / whole as f64))
            .collect()
    };
    let mut lines = vec![Line {
        origin: None,
        solid: share(&unit.rank_frequency, unit.observations),
        dashed: Vec::new(),
    }];
    lines.extend(unit.by_origin.iter().map(|part| Line {
        origin: Some(part.origin),
        solid: share(&part.rank_frequency, part.observations),
        dashed: Vec::new(),
    }));
    lines.retain(|line| line.solid.len() > 1);
    let points = || lines.iter().flat_map(|line| line.solid.iter());
    let (Some(longest), Some(lowest), Some(highest)) = (
        points().map(|p| p.0).reduce(f64::max),
        points().map(|p| p.1).reduce(f64::min),
        points().map(|p| p.1).reduce(f64::max),
    ) else {
        return html! {};
    };
    let axes = Axes {
        x: Scale::decades(1.0, longest, LEFT, RIGHT),
        y: Scale::decades(lowest, highest, BOTTOM, TOP),
        x_name: "rank of the class",
        y_name: "share of observations",
        x_tick: |value| grouped(value as u64),
        y_tick: small_percent,
    };
    let rows: Vec<Vec<String>> = unit
        .rank_frequency
        .iter()
        .map(|(rank, count)| {
            vec![
                grouped(*rank),
                grouped(*count),
                percent_figures(*count as f64 / unit.observations.max(1) as f64),
            ]
        })
        .collect();
    html! { (draw("Rank and share of observations, both logarithmic", &lines, &axes)) (table_twin(&["Rank", "Count", "Share, %"], &rows)) }
}

/// Classes expected at equal sample coverage; solid to n, dashed to 2n.
pub fn rarefaction(unit: &Coverage) -> Markup {
    let mut lines = vec![curve(None, &unit.rarefaction)];
    lines.extend(
        unit.by_origin
            .iter()
            .map(|part| curve(Some(part.origin), &part.rarefaction)),
    );
    lines.retain(|line| line.solid.len() > 1);
    let reached = lines
        .iter()
        .filter_map(|line| line.solid.last())
        .map(|point| point.0)
        .reduce(f64::min);
    let Some(reached) = reached else { return html! {} };
    if reached >= COMPLETE {
        return html! { p.gloss { "Nothing to draw: the sample covers all it is likely to meet, whole and in each part." } };
    }
    // The interesting part is where the curves part: near full coverage.
    let low = (1.0 - 4.0 * (1.0 - reached)).clamp(0.0, 0.995);
    for line in &mut lines {
        line.solid = from(low, &line.solid);
        line.dashed = from(low, &line.dashed);
    }
    let highest = lines
        .iter()
        .flat_map(|line| line.solid.iter().chain(&line.dashed))
        .map(|point| point.1)
        .fold(1.0, f64::max);
    let axes = Axes {
        x: Scale::linear(low, 1.0, LEFT, RIGHT),
        y: Scale::linear(0.0, highest * 1.04, BOTTOM, TOP),
        x_name: "sample coverage, Chao-Jost",
        y_name: "classes",
        x_tick: |value| {
            format!("{value:.3}")
                .trim_end_matches('0')
                .trim_end_matches('.')
                .to_owned()
        },
        y_tick: |value| decimal(value, 0),
    };
    let rows: Vec<Vec<String>> = unit
        .rarefaction
        .iter()
        .map(|point| {
            let kind = if point.extrapolated {
                "extrapolated"
            } else {
                "interpolated"
            };
            vec![
                grouped(point.observations),
                decimal(point.classes, 1),
                ratio(point.coverage),
                kind.into(),
            ]
        })
        .collect();
    html! { (draw("Classes expected at equal sample coverage", &lines, &axes)) (table_twin(&["Observations", "Classes", "Coverage", "Kind"], &rows)) }
}

fn curve(origin: Option<Origin>, points: &[RarefactionPoint]) -> Line {
    let pick = |extrapolated: bool| -> Vec<(f64, f64)> {
        let usable = points.iter().filter(|point| {
            point.extrapolated == extrapolated && point.classes.is_finite() && point.coverage.is_finite()
        });
        usable.map(|point| (point.coverage, point.classes)).collect()
    };
    let solid = pick(false);
    let mut dashed = pick(true);
    if let (Some(last), false) = (solid.last(), dashed.is_empty()) {
        dashed.insert(0, *last);
    }
    Line {
        origin,
        solid,
        dashed,
    }
}

/// The points at or right of `low`, with one on the edge where the line crosses it.
fn from(low: f64, points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut kept = Vec::new();
    for (i, point) in points.iter().enumerate() {
        if point.0 < low {
            continue;
        }
        if let (true, Some(before)) = (kept.is_empty(), i.checked_sub(1).map(|i| points[i])) {
            let fraction = (low - before.0) / (point.0 - before.0);
            kept.push((low, before.1 + fraction * (point.1 - before.1)));
        }
        kept.push(*point);
    }
    kept
}

fn draw(name: &str, lines: &[Line], axes: &Axes) -> Markup {
    html! {
        svg.chart viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) width=(WIDTH) height=(HEIGHT) role="img" aria-label=(name) {
            @for tick in axes.y.ticks(5) {
                @let y = axes.y.pixel(tick);
                line.grid x1=(LEFT) x2=(RIGHT) y1=(at(y)) y2=(at(y)) {}
                text.tick x=(LEFT - 8.0) y=(at(y + 4.0)) text-anchor="end" { ((axes.y_tick)(tick)) }
            }
            line.axis x1=(LEFT) x2=(RIGHT) y1=(BOTTOM) y2=(BOTTOM) {}
            @for tick in axes.x.ticks(5) {
                @let x = axes.x.pixel(tick);
                line.axis x1=(at(x)) x2=(at(x)) y1=(BOTTOM) y2=(BOTTOM + 4.0) {}
                text.tick x=(at(x)) y=(BOTTOM + 18.0) text-anchor="middle" { ((axes.x_tick)(tick)) }
            }
            text.tick x=(RIGHT) y=(BOTTOM + 38.0) text-anchor="end" { (axes.x_name) }
            text.tick x="0" y=(BOTTOM + 38.0) { (axes.y_name) }
            // The whole is drawn last, over its parts.
            @for line in lines.iter().rev() { (line_of(line, axes)) }
            @for (line, end, y) in labels(lines, axes) {
                @if (y - end.1).abs() > 3.0 || end.0 < RIGHT - 8.0 {
                    line.leader x1=(at(end.0 + 5.0)) y1=(at(end.1)) x2=(RIGHT + 6.0) y2=(at(y)) {}
                }
                text class=(format!("label text-{}", line.class())) x=(RIGHT + 10.0) y=(at(y + 4.0)) { (line.label()) }
            }
        }
    }
}

fn line_of(line: &Line, axes: &Axes) -> Markup {
    let path = |points: &[(f64, f64)]| -> String {
        let pairs = points
            .iter()
            .map(|(x, y)| format!("{},{}", at(axes.x.pixel(*x)), at(axes.y.pixel(*y))));
        pairs.collect::<Vec<_>>().join(" ")
    };
    html! {
        polyline class=(format!("line stroke-{}", line.class())) points=(path(&line.solid)) {}
        @if line.dashed.len() > 1 { polyline class=(format!("line dashed stroke-{}", line.class())) points=(path(&line.dashed)) {} }
        @if let Some((x, y)) = line.solid.last() {
            circle class=(format!("dot dot-{}", line.class())) cx=(at(axes.x.pixel(*x))) cy=(at(axes.y.pixel(*y))) r="3.5" {}
        }
    }
}

/// Each line with the pixel where it ends and the height of its label, pushed apart where they would touch.
fn labels<'a>(lines: &'a [Line], axes: &Axes) -> Vec<(&'a Line, (f64, f64), f64)> {
    let mut placed: Vec<(&Line, (f64, f64), f64)> = lines
        .iter()
        .filter_map(|line| {
            line.end()
                .map(|(x, y)| (line, (axes.x.pixel(x), axes.y.pixel(y)), axes.y.pixel(y)))
        })
        .collect();
    placed.sort_by(|a, b| a.2.total_cmp(&b.2));
    let mut ceiling = TOP;
    for label in &mut placed {
        label.2 = label.2.max(ceiling);
        ceiling = label.2 + LABEL_HEIGHT;
    }
    let mut floor = BOTTOM;
    for label in placed.iter_mut().rev() {
        label.2 = label.2.min(floor);
        floor = label.2 - LABEL_HEIGHT;
    }
    placed
}

/// `10 %`, `0.001 %`: as many decimals as the power of ten needs.
fn small_percent(share: f64) -> String {
    let percent = share * 100.0;
    let decimals = if percent >= 1.0 {
        0
    } else {
        (-percent.log10()).round() as usize
    };
    format!("{percent:.decimals$}\u{a0}%")
}
