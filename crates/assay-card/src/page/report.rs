//! `assay report --format html`: the snapshot at a glance, in the order of consequence.

use assay_model::{Origin, Report};
use maud::{Markup, html};

use super::{document, heading, sections, style};
use crate::chart;
use crate::composition::distinct;
use crate::figure::{bytes, counted, day, grouped, percent, short, short_root};
use crate::visible::{cut, visible, visible_or};

const LONGEST_TITLE: usize = 80;

/// The report as one self-contained HTML document.
pub fn html_report(report: &Report) -> String {
    let name = cut(&visible_or(&report.dataset, "unnamed dataset"), LONGEST_TITLE);
    let title = format!("{name}, snapshot {}", grouped(report.snapshot));
    let measured = report.samples.indexed > 0;
    let content = html! {
        (top(report, &name))
        @if measured {
            section { (heading("Origin", "share of tokens and samples, exact")) (chart::origin_bar(&report.origin, &report.unique)) (sections::conflicts(report)) }
            (sections::derivation(report))
            section { (heading("Composition", "machine share of tokens, %, exact")) (chart::heat_map(report)) }
            (sections::duplication(report))
            (sections::coverage(report))
            (sections::diversity(report))
            (style::sources(report))
            (style::stylometry(report))
            (sections::languages(report))
        }
        (sections::not_read(report))
        (sections::steps(report))
        (foot(report))
    };
    document(&title, "report", &content)
}

fn top(report: &Report, name: &str) -> Markup {
    let samples = &report.samples;
    html! {
        header.top {
            h1 { bdi { (name) } ", snapshot " (grouped(report.snapshot)) }
            p.gloss { "Report of " (day(&report.created)) ", " (visible_or(&report.tool, "unknown tool")) ". Snapshot root " span.code { (short_root(&report.snapshot_root)) } "." }
            dl.facts {
                div { dt { "Samples indexed" } dd { (grouped(samples.indexed)) } dd.under { (seen(report)) } }
                div { dt { "Tokens" } dd title=(grouped(samples.tokens)) { (short(samples.tokens)) } dd.under { (bytes(samples.bytes)) " of text" } }
                div { dt { "Human tokens" } dd title=(grouped(report.origin.human.tokens)) { (short(report.origin.human.tokens)) } dd.under { (percent(report.origin.of(Origin::Human).token_share)) " of all" } }
                div { dt { "Files read" } dd { (grouped(report.files.read)) } dd.under { (files(report)) } }
                div { dt { "Domains" } dd { (grouped(distinct(report, |cell| &cell.domain) as u64)) } dd.under { (counted(distinct(report, |cell| &cell.language) as u64, "language", "languages")) } }
            }
        }
    }
}

fn seen(report: &Report) -> String {
    let samples = &report.samples;
    format!(
        "of {} seen, {} quarantined",
        grouped(samples.seen),
        grouped(samples.quarantined)
    )
}

fn files(report: &Report) -> String {
    format!(
        "of {} seen, {} not read",
        grouped(report.files.seen),
        grouped(report.files.refused_count)
    )
}

fn foot(report: &Report) -> Markup {
    html! {
        footer {
            p { "Tokens are words by UAX #29; Han, kana, Thai, Lao, Khmer and Myanmar by grapheme cluster. Near-duplicates share 5-token shingles and are verified pair by pair; paraphrase and translation are invisible to this method. Coverage by Chao and Jost (2012), richness by Chao1, diversity at an equal token budget over seeded resamples." }
            p { "Snapshot root " span.code { (visible(&report.snapshot_root)) } "; facts root " span.code { (visible(&report.facts_root)) } "; map " span.code { (visible(&report.map_digest)) } "." }
            @if report.elapsed_s.index + report.elapsed_s.measure > 0.0 {
                p { "Indexed in " (format!("{:.1}", report.elapsed_s.index)) " s, measured in " (format!("{:.1}", report.elapsed_s.measure)) " s." }
            }
        }
    }
}
