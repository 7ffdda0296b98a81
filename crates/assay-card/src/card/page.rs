//! card.html: the card in the reading face, with the report's charts where they say more than words.

use maud::{Markup, html};

use super::{Block, CardFacts, LONGEST_NAME, Section, Topic};
use crate::chart;
use crate::figure::{counted, day, grouped};
use crate::page::document;
use crate::visible::{cut, visible_or};

pub fn page(facts: &CardFacts, sections: &[Section]) -> String {
    let report = &facts.report;
    let name = cut(&visible_or(&report.dataset, "unnamed dataset"), LONGEST_NAME);
    let content = html! {
        header.top {
            h1 { bdi { (name) } ", snapshot " (grouped(report.snapshot)) }
            p.gloss {
                "Dataset card of " (day(&report.created)) ". Covers " (counted(report.files.read, "file", "files")) " and "
                (counted(report.samples.indexed, "sample", "samples")) ". Draft, unsigned."
            }
        }
        @for section in sections { section {
            h2 { (section.title) }
            (blocks(&section.blocks, facts, section.topic))
        } }
        footer { p { "Written by " (visible_or(&report.tool, "Assay")) " from measured facts; figures cannot be typed. card.json holds every number." } }
    };
    document(
        &format!("{name}, snapshot {}: dataset card", grouped(report.snapshot)),
        "card",
        &content,
    )
}

/// The blocks, consecutive facts as one list, the topic's charts before the first list or table.
fn blocks(all: &[Block], facts: &CardFacts, topic: Topic) -> Markup {
    let paragraphs = all
        .iter()
        .take_while(|block| matches!(block, Block::Paragraph { .. } | Block::Written { .. }))
        .count();
    let (before, after) = all.split_at(paragraphs);
    let groups = after.chunk_by(|a, b| matches!((a, b), (Block::Fact { .. }, Block::Fact { .. })));
    html! {
        @for block in before { (single(block)) }
        (charts(facts, topic))
        @for group in groups {
            @if let [Block::Fact { .. }, ..] = group { dl.listed { @for block in group { (fact(block)) } } }
            @else { @for block in group { (single(block)) } }
        }
    }
}

fn fact(block: &Block) -> Markup {
    let Block::Fact {
        label, value, note, ..
    } = block
    else {
        return html! {};
    };
    html! { div { dt { bdi { (label) } } dd.value { (value) } dd.note { bdi { (note) } } } }
}

fn single(block: &Block) -> Markup {
    match block {
        Block::Paragraph { text } | Block::Written { text, .. } => html! { p.read dir="auto" { (text) } },
        Block::Fact { .. } => html! { dl.listed { (fact(block)) } },
        Block::Table { columns, rows, .. } => {
            let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
            chart::table(&columns, rows)
        }
        Block::Open { label, .. } => html! { p.open { (label) ": nobody has written this yet." } },
    }
}

fn charts(facts: &CardFacts, topic: Topic) -> Markup {
    let report = &facts.report;
    if report.samples.indexed == 0 {
        return html! {};
    }
    match topic {
        Topic::Origin => html! {
            div.figure { (chart::origin_bar(&report.origin, &report.unique)) }
            div.figure { p.gloss { "Machine share of tokens by domain and language, %" } (chart::heat_map(report)) }
        },
        Topic::Duplication => {
            html! { div.figure { (chart::cluster_histogram(&report.duplication.near.histogram)) } }
        }
        Topic::Tail => html! {
            @for unit in report.coverage.iter().filter(|unit| unit.rank_frequency.len() > 8).take(2) {
                div.figure {
                    h3 { bdi { (cut(&visible_or(&unit.unit, "unnamed"), LONGEST_NAME)) } }
                    p.gloss { "Rank and share of observations, both logarithmic" } (chart::rank_frequency(unit))
                    @if unit.rarefaction.len() > 1 { p.gloss { "Classes at equal coverage, solid to n, dashed beyond" } (chart::rarefaction(unit)) }
                }
            }
        },
        Topic::Diversity if !report.diversity.is_empty() => {
            html! { div.figure { (chart::diversity_dots(&report.diversity)) } }
        }
        _ => html! {},
    }
}
