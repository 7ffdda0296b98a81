//! What each source brings, and the writing-style signal with how often it is wrong.

use assay_model::report::{Proportion, SourceQuality, Stylometry};
use assay_model::{Origin, Report};

use super::sheet::{Sheet, Side};
use crate::figure::{counted, decimal, grouped, percent, ratio};
use crate::style::{figure_name, rate_words, reason_name};
use crate::visible::{cut, visible, visible_or};

const SOURCES_SHOWN: usize = 12;
const GROUPS_SHOWN: usize = 12;
const FIGURES_SHOWN: usize = 6;

pub fn sources(sheet: &mut Sheet, report: &Report) {
    use Side::{Left, Right};
    if report.sources.is_empty() {
        return;
    }
    sheet.section("Sources", "each part by itself; – is not measured");
    let rows: Vec<Vec<String>> = report
        .sources
        .iter()
        .take(SOURCES_SHOWN)
        .map(source_row)
        .collect();
    let head = [
        "",
        "samples",
        "approved",
        "median day",
        "unique",
        "words/50",
        "declared",
    ];
    sheet.table(2, &[Left, Right, Right, Right, Right, Right, Right], &head, &rows);
    let more = report.source_count.saturating_sub(SOURCES_SHOWN as u64);
    if more > 0 {
        sheet.line(&format!("  … and {} more; --json lists 200", grouped(more)));
    }
    for source in report.sources.iter().take(SOURCES_SHOWN) {
        if let Some(machine) = &source.machine_judged {
            let name = cut(&visible_or(&source.source, "no source"), 30);
            let told = format!(
                "{name}: {} of the samples that were told are machine or mixed.",
                rate_words(machine)
            );
            sheet.paragraph(2, 2, &told);
        }
    }
    sheet.paragraph(
        2,
        0,
        "Approved: of reviewed samples. Unique: what stays without near-duplicates. Words/50: distinct words in 50. \
         Declared: samples of known origin. What reviewers judged of a source sets no origin. \
         Intervals: --json.",
    );
}

fn source_row(source: &SourceQuality) -> Vec<String> {
    let share = |of: &Option<Proportion>| of.as_ref().map_or_else(|| "–".into(), |of| percent(of.share));
    vec![
        cut(&visible_or(&source.source, "no source"), 20),
        grouped(source.samples),
        share(&source.approved),
        source.median_day.clone().unwrap_or_else(|| "–".into()),
        share(&source.unique),
        source
            .distinct_words
            .map_or_else(|| "–".into(), |[_, mean, _]| decimal(50.0 * mean, 1)),
        share(&source.declared),
    ]
}

pub fn stylometry(sheet: &mut Sheet, stylometry: Option<&Stylometry>) {
    let Some(style) = stylometry else { return };
    sheet.section("Writing style", "a signal; it sets no origin");
    if let Some(refused) = &style.refused {
        sheet.paragraph(2, 0, &format!("No signal: {}.", visible(refused)));
        return;
    }
    if let Some(wrong) = &style.false_positives {
        sheet.paragraph(
            2,
            0,
            &format!(
                "Wrong about people: {} human texts it never saw are called machine-like.",
                rate_words(wrong)
            ),
        );
    }
    if let Some(found) = &style.true_positives {
        sheet.paragraph(
            2,
            0,
            &format!("Right about machines: {} machine texts are.", rate_words(found)),
        );
    }
    let judged = if style.judged > 0 {
        format!(", {} by judgement", grouped(style.judged))
    } else {
        String::new()
    };
    sheet.paragraph(
        2,
        0,
        &format!(
            "Learned from {} and {} of {} words or more{judged}; {} folds, near-duplicates kept together. Machine-like: a score of \
             {} or more.",
            counted(style.human, "human text", "human texts"),
            counted(style.machine, "machine text", "machine texts"),
            grouped(style.least_words),
            grouped(style.folds),
            decimal(style.threshold, 2)
        ),
    );
    if let (Some([low, area, high]), Some(error)) = (style.auc, style.calibration_error) {
        sheet.paragraph(
            2,
            0,
            &format!(
                "Area under the curve {} ({}–{}); calibration error {}. All out of fold.",
                ratio(area),
                ratio(low),
                ratio(high),
                ratio(error)
            ),
        );
    }
    groups(sheet, style);
    scored(sheet, style);
    let heaviest: Vec<String> = style
        .figures
        .iter()
        .take(FIGURES_SHOWN)
        .map(|figure| format!("{} {}", figure_name(&figure.name), signed(figure.weight)))
        .collect();
    if !heaviest.is_empty() {
        sheet.paragraph(
            2,
            0,
            &format!("Heaviest figures, + for machine: {}.", heaviest.join(", ")),
        );
    }
}

fn groups(sheet: &mut Sheet, style: &Stylometry) {
    use Side::{Left, Right};
    let rows: Vec<Vec<String>> = style
        .by_group
        .iter()
        .take(GROUPS_SHOWN)
        .map(|group| {
            let [low, high] = group.false_positives.interval;
            vec![
                format!("{} {}", group.dimension, cut(&visible(&group.value), 28)),
                percent(group.false_positives.share),
                format!("{}–{}", percent(low), percent(high)),
                grouped(group.false_positives.of),
            ]
        })
        .collect();
    if !rows.is_empty() {
        let head = ["wrong about people, by group", "share", "95 %", "human texts"];
        sheet.table(2, &[Left, Right, Right, Right], &head, &rows);
    }
}

fn scored(sheet: &mut Sheet, style: &Stylometry) {
    let by_origin: Vec<String> = Origin::ALL
        .iter()
        .zip(style.scored.iter().zip(style.machine_like))
        .filter(|(_, (scored, _))| **scored > 0)
        .map(|(origin, (scored, like))| {
            format!("{} of {} {}", grouped(like), grouped(*scored), origin.as_str())
        })
        .collect();
    if !by_origin.is_empty() {
        sheet.paragraph(2, 0, &format!("Machine-like: {} samples.", by_origin.join(", ")));
    }
    let without: Vec<String> = style
        .not_scored
        .iter()
        .map(|none| format!("{} {}", grouped(none.samples), reason_name(none.reason)))
        .collect();
    if !without.is_empty() {
        sheet.paragraph(2, 0, &format!("Not scored: {}.", without.join(", ")));
    }
}

fn signed(weight: f64) -> String {
    format!("{}{}", if weight < 0.0 { "" } else { "+" }, decimal(weight, 2))
}
