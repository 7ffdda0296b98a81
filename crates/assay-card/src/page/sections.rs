//! The sections of the HTML report below its head, each charts first and numbers one step away.

use assay_model::Report;
use assay_model::report::{AfterRemoval, Cells, ClassCount, Coverage, Recurring};
use maud::{Markup, html};

use super::heading;
use crate::chart::{self, cluster_histogram, diversity_dots, duplication_bars, rank_frequency, rarefaction};
use crate::derivation::{remarks, step};
use crate::figure::{counted, decimal, grouped, percent, ratio_or_dash, share, short};
use crate::language;
use crate::next_step::next_steps;
use crate::repeated;
use crate::visible::{cut, visible, visible_or};

const ROWS_SHOWN: usize = 20;
const LONGEST_NAME: usize = 90;

pub fn conflicts(report: &Report) -> Markup {
    html! { @if report.conflicts > 0 {
        p.gloss { (counted(report.conflicts, "conflict", "conflicts")) ": contradictory claims about the origin of one text. " code { "assay samples --conflicts" } " lists them." }
    } }
}

pub fn derivation(report: &Report) -> Markup {
    html! { @if let Some(derivation) = &report.derivation {
        section {
            (heading("Derivation", "longest chain of \"made by a model from\", exact"))
            (chart::table(
                &["Depth", "Samples", "Tokens"],
                &derivation.by_depth.iter().map(|row| vec![step(row.depth), grouped(row.samples), grouped(row.tokens)]).collect::<Vec<_>>(),
            ))
            @for remark in remarks(derivation) { p.gloss { (remark) } }
        }
    } }
}

pub fn duplication(report: &Report) -> Markup {
    let found = &report.duplication;
    let near = &found.near;
    let pairings: Vec<Vec<String>> = found
        .by_origin
        .iter()
        .filter(|row| row.pairs > 0)
        .map(|row| {
            vec![
                format!("{} and {}", row.a.as_str(), row.b.as_str()),
                grouped(row.pairs),
            ]
        })
        .collect();
    html! {
        section {
            (heading("Duplication", "share of samples that is redundant, exact"))
            div.pair {
                div {
                    (duplication_bars(found))
                    p.gloss {
                        (counted(near.verified_pairs, "pair", "pairs")) " verified on the full texts, " (grouped(near.rejected_pairs)) " candidates rejected. Each level includes those above it."
                        @if near.crowded_texts > 0 { " " (counted(near.crowded_texts, "text has", "texts have")) " more than 1,000 partners, and list their representative alone." }
                    }
                    (passages("paragraphs", &found.passages.paragraph))
                    (passages("runs of three sentences", &found.passages.sentence))
                    @for sentence in repeated::sentences(report) { p.gloss { (sentence) } }
                }
                div {
                    h3.flush { (counted(near.clusters, "cluster", "clusters")) " by number of copies" }
                    (cluster_histogram(&near.histogram))
                }
            }
            @if !pairings.is_empty() { details.twin { summary { "Pairs by origin" } (chart::table(&["Origins of the pair", "Pairs"], &pairings)) } }
        }
    }
}

fn passages(name: &str, found: &Recurring) -> Markup {
    html! { @if found.recurring > 0 {
        p.gloss { (grouped(found.recurring)) " " (name) " of 20 tokens or more recur in other samples and hold " (percent(found.token_share)) " of tokens." }
    } }
}

pub fn coverage(report: &Report) -> Markup {
    html! { @if !report.coverage.is_empty() {
        section {
            (heading("Tail coverage", "counts exact, coverage and richness estimated"))
            (chart::table(
                &["Unit", "Observations", "Classes", "Seen once", "Twice", "Coverage", "Good-Turing", "Classes, Chao1", "Effective, q = 1", "q = 2", "Evenness"],
                &report.coverage.iter().map(unit_row).collect::<Vec<_>>(),
            ))
            @for unit in report.coverage.iter().filter(|unit| unit.rank_frequency.len() > 8) { (unit_charts(unit)) }
            (thin_cells(&report.cells))
        }
    } }
}

/// Cells of domain x language that hold nothing or little.
fn thin_cells(cells: &Cells) -> Markup {
    let rows: Vec<Vec<String>> = cells
        .cells
        .iter()
        .take(ROWS_SHOWN)
        .map(|cell| {
            vec![
                cut(&visible(&cell.domain), 60),
                language::name(&cell.language),
                grouped(cell.samples),
            ]
        })
        .collect();
    html! { @if !rows.is_empty() {
        p.gloss {
            (counted(cells.empty_count, "cell", "cells")) " of domain and language " @if cells.empty_count == 1 { "is" } @else { "are" } " empty, "
            (grouped(cells.below_count)) " more hold fewer than " (grouped(cells.floor)) " samples."
        }
        details.twin { summary { "Empty and thin cells" } (chart::table(&["Domain", "Language", "Samples"], &rows)) }
    } }
}

fn unit_row(unit: &Coverage) -> Vec<String> {
    vec![
        cut(&visible_or(&unit.unit, "unnamed"), LONGEST_NAME),
        grouped(unit.observations),
        grouped(unit.classes),
        grouped(unit.singletons),
        grouped(unit.doubletons),
        ratio_or_dash(unit.chao_jost),
        ratio_or_dash(unit.good_turing),
        unit.chao1
            .map_or_else(|| "–".into(), |richness| decimal(richness, 0)),
        decimal(unit.hill[1], 1),
        decimal(unit.hill[2], 1),
        ratio_or_dash(unit.evenness),
    ]
}

fn unit_charts(unit: &Coverage) -> Markup {
    html! {
        div.unit {
            h3 { bdi { (cut(&visible_or(&unit.unit, "unnamed"), LONGEST_NAME)) } }
            (unit_sentences(unit))
            div.pair {
                div { p.gloss { "How rare the rare ones are" } (rank_frequency(unit)) }
                div { @if unit.rarefaction.len() > 1 { p.gloss { "Classes at equal coverage, solid to n, dashed beyond" } (rarefaction(unit)) } }
            }
            @if unit.unit != "word" && unit.unit != "bigram" { (rarest(unit)) }
        }
    }
}

fn unit_sentences(unit: &Coverage) -> Markup {
    html! {
        @for part in &unit.by_origin { @if let Some(retention) = part.human_tail_retention {
            p { "The " (part.origin.as_str()) " part holds " b { (percent(retention)) } " of the human part's rarest classes" (absent(&part.missing)) "." }
        } }
        @if let (Some(reference), Some(retention)) = (&unit.reference, unit.tail_retention) {
            p {
                b { (percent(retention)) } " of the tail of " bdi.data { (cut(&visible(reference), LONGEST_NAME)) }
                @match &unit.tail { Some(tail) if tail.held != "whole" => { " is in its " (tail.held) }, _ => " is here" }
                "; " (counted(unit.tail.as_ref().map_or(unit.missing.len() as u64, |tail| tail.missing_count), "class is", "classes are")) " missing."
            }
        }
        @if let Some(sampled) = &unit.sampled {
            p.gloss { "Counted in " (grouped(sampled.samples)) " of " (grouped(sampled.of)) " samples, drawn by seed and digest." }
        }
        @if let Some(topics) = &unit.topics { p.gloss { "Topics by " (topics.method) "." } }
        @if let Some(after) = &unit.after_removal {
            p {
                "Removing redundant samples would cost " (cost(unit, after)) "; " b { (percent(after.tail_retention)) } " of the tail stays, "
                (percent(after.tail_retention_first)) " if merely the first copy were kept."
            }
        }
    }
}

fn cost(unit: &Coverage, after: &AfterRemoval) -> String {
    match unit.classes.saturating_sub(after.classes) {
        0 => "no class".into(),
        lost => counted(lost, "class", "classes"),
    }
}

fn absent(missing: &[ClassCount]) -> Markup {
    html! { @if !missing.is_empty() {
        "; absent are "
        @for (i, class) in missing.iter().take(4).enumerate() { @if i > 0 { ", " } bdi.data { (cut(&visible_or(&class.class, "empty"), 48)) } }
        @if missing.len() > 4 { " and others" }
    } }
}

fn rarest(unit: &Coverage) -> Markup {
    let rows: Vec<Vec<String>> = unit
        .smallest
        .iter()
        .map(|class| {
            vec![
                cut(&visible_or(&class.class, "empty"), LONGEST_NAME),
                grouped(class.count),
            ]
        })
        .collect();
    html! { @if !rows.is_empty() { details.twin { summary { "Rarest classes" } (chart::table(&["Class", "Observations"], &rows)) } } }
}

pub fn diversity(report: &Report) -> Markup {
    html! { @if let Some(first) = report.diversity.first() {
        section {
            (heading("Diversity", "estimated, with 95\u{a0}% intervals"))
            (diversity_dots(&report.diversity))
            @if first.budget > 0 { p.gloss { "Each slice is resampled to " (short(first.budget)) " tokens, so that length does not decide." } }
        }
    } }
}

pub fn languages(report: &Report) -> Markup {
    let mut rows: Vec<_> = report.language_mismatch.iter().collect();
    rows.sort_by(|a, b| {
        b.mismatched
            .cmp(&a.mismatched)
            .then_with(|| a.declared.cmp(&b.declared))
    });
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            vec![
                cut(&language::name(&row.declared), LONGEST_NAME),
                percent(share(row.mismatched, row.samples)),
                grouped(row.mismatched),
                grouped(row.samples),
            ]
        })
        .collect();
    html! { @if !rows.is_empty() {
        section {
            (heading("Language", "declared against detected, estimated"))
            (chart::table(&["Declared", "Detected as another", "Samples", "of"], &rows))
        }
    } }
}

pub fn not_read(report: &Report) -> Markup {
    html! {
        @if report.files.refused_count > 0 { section {
            (heading("Files not read", &grouped(report.files.refused_count)))
            ul.places { @for file in report.files.refused.iter().take(ROWS_SHOWN) { li {
                bdi.code { (cut(&visible(&file.path), 160)) @if let Some(line) = file.line { ":" (line) } }
                div.quiet { (file.code.as_str()) ": " (cut(&visible(&file.message), 300)) @if !file.remedy.is_empty() { ". " (cut(&visible(&file.remedy), 300)) } }
            } } }
            (more(report.files.refused_count, report.files.refused.len()))
        } }
        @if report.samples.quarantined > 0 { section {
            (heading("Records quarantined", &format!("{}, {} of those seen", grouped(report.samples.quarantined), percent(share(report.samples.quarantined, report.samples.seen)))))
            ul.places { @for record in report.samples.quarantine.iter().take(ROWS_SHOWN) { li {
                bdi.code { (cut(&visible(&record.path), 160)) ":" (record.line) @if let Some(column) = record.column { ":" (column) } }
                div.quiet { (record.code.as_str()) ": " (cut(&visible(&record.message), 300)) ", byte " (grouped(record.byte_offset)) }
                @if !record.excerpt.is_empty() { bdi.excerpt { (cut(&visible(&record.excerpt), 300)) } }
            } } }
            (more(report.samples.quarantined, report.samples.quarantine.len()))
        } }
        @if !report.flag_counts.is_empty() { section {
            (heading("Noticed in indexed records", "flags, exact"))
            (chart::table(&["Flag", "Records"], &report.flag_counts.iter().map(|(code, count)| vec![cut(&visible(code), 40), grouped(*count)]).collect::<Vec<_>>()))
        } }
    }
}

fn more(count: u64, listed: usize) -> Markup {
    let shown = listed.min(ROWS_SHOWN) as u64;
    html! { @if count > shown { p.gloss { "and " (grouped(count - shown)) " more" } } }
}

pub fn steps(report: &Report) -> Markup {
    html! {
        section {
            (heading("What to do next", ""))
            ol.steps { @for step in next_steps(report) { li { (step.what) br; code { (step.command) } } } }
        }
    }
}
