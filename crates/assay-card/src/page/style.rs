//! What each source brings, and the writing-style signal with how often it is wrong.

use assay_model::report::{Proportion, SourceQuality, Stylometry};
use assay_model::{Origin, Report};
use maud::{Markup, html};

use super::heading;
use crate::chart;
use crate::figure::{counted, decimal, grouped, ratio};
use crate::style::{figure_name, rate_words, reason_name};
use crate::visible::{cut, visible, visible_or};

const LONGEST_NAME: usize = 60;

pub fn sources(report: &Report) -> Markup {
    let head = [
        "Source",
        "Samples",
        "Approved of reviewed",
        "Reviewers agree",
        "Median day",
        "Days behind the newest",
        "No date",
        "Unique",
        "Distinct words in 50",
        "Origin known",
        "Confidence",
        "Machine or mixed, as judged",
    ];
    html! { @if !report.sources.is_empty() {
        section {
            (heading("Sources", "each part by itself, with its 95\u{a0}% interval"))
            (chart::table(&head, &report.sources.iter().map(source_row).collect::<Vec<_>>()))
            @if report.source_count > report.sources.len() as u64 { p.gloss { (grouped(report.sources.len() as u64)) " of " (grouped(report.source_count)) " sources, the largest." } }
            p.gloss { "– is not measured. Judgements of a source are a signal: they set the origin of none of its other samples." }
        }
    } }
}

fn source_row(source: &SourceQuality) -> Vec<String> {
    let share = |of: &Option<Proportion>| of.as_ref().map_or_else(|| "–".into(), rate_words);
    let estimate = |of: Option<[f64; 3]>, scale: f64, decimals: usize| {
        of.map_or_else(
            || "–".into(),
            |[low, middle, high]| {
                format!(
                    "{} ({}–{})",
                    decimal(scale * middle, decimals),
                    decimal(scale * low, decimals),
                    decimal(scale * high, decimals)
                )
            },
        )
    };
    vec![
        cut(&visible_or(&source.source, "no source"), LONGEST_NAME),
        grouped(source.samples),
        share(&source.approved),
        share(&source.agreement),
        source.median_day.clone().unwrap_or_else(|| "–".into()),
        estimate(source.median_age_days, 1.0, 0),
        share(&source.undated),
        share(&source.unique),
        estimate(source.distinct_words, 50.0, 1),
        share(&source.declared),
        estimate(source.confidence, 1.0, 2),
        share(&source.machine_judged),
    ]
}

pub fn stylometry(report: &Report) -> Markup {
    html! { @if let Some(style) = &report.stylometry {
        section {
            (heading("Writing style", "a signal that orders queues and sets no origin"))
            @if let Some(refused) = &style.refused { p { "No signal: " (visible(refused)) "." } }
            @else { (trained(style)) }
        }
    } }
}

fn trained(style: &Stylometry) -> Markup {
    let groups: Vec<Vec<String>> = style
        .by_group
        .iter()
        .map(|group| {
            vec![
                group.dimension.clone(),
                cut(&visible(&group.value), LONGEST_NAME),
                rate_words(&group.false_positives),
            ]
        })
        .collect();
    let figures: Vec<Vec<String>> = style
        .figures
        .iter()
        .map(|figure| vec![figure_name(&figure.name), decimal(figure.weight, 3)])
        .collect();
    let scored: Vec<Vec<String>> = Origin::ALL
        .iter()
        .zip(style.scored.iter().zip(style.machine_like))
        .filter(|(_, (scored, _))| **scored > 0)
        .map(|(origin, (scored, like))| vec![origin.as_str().to_owned(), grouped(*scored), grouped(like)])
        .collect();
    html! {
        @if let Some(wrong) = &style.false_positives { p { "Wrong about people: " b { (rate_words(wrong)) } " human texts that it never saw are called machine-like." } }
        @if let Some(found) = &style.true_positives { p { "Right about machines: " b { (rate_words(found)) } " machine texts are." } }
        @if let (Some([low, area, high]), Some(error)) = (style.auc, style.calibration_error) {
            p.gloss { "Area under the curve " (ratio(area)) " (" (ratio(low)) "–" (ratio(high)) "), calibration error " (ratio(error)) ". Learned from " (counted(style.human, "human text", "human texts")) " and " (counted(style.machine, "machine text", "machine texts")) " of " (grouped(style.least_words)) " words or more; all figures out of " (grouped(style.folds)) " folds that never part near-duplicates. Machine-like is a score of " (decimal(style.threshold, 2)) " or more." }
        }
        (chart::table(&["Origin", "Scored", "Machine-like"], &scored))
        @if !style.not_scored.is_empty() { p.gloss { "Not scored: " @for (i, none) in style.not_scored.iter().enumerate() { @if i > 0 { ", " } (grouped(none.samples)) " " (reason_name(none.reason)) } "." } }
        @if !groups.is_empty() { details.twin { summary { "Wrong about people, by group" } (chart::table(&["", "Group", "Human texts called machine-like"], &groups)) } }
        details.twin { summary { "Figures and their weights" } (chart::table(&["Figure", "Weight, + for machine"], &figures)) }
    }
}
