//! What the snapshot was held against, and what was waived.

use super::{Block, CardFacts, GateFact, Section, Topic, WaiverFact};
use crate::figure::{decimal, grouped, percent};
use crate::visible::visible;

pub fn section(facts: &CardFacts) -> Section {
    let blocks = match &facts.gates {
        None => vec![Block::paragraph(
            "No acceptance test was applied: the workspace holds no contract. Nothing on this card has passed or failed a gate.",
        )],
        Some(held) => {
            let failing = held
                .gates
                .iter()
                .filter(|gate| !gate.passed && !gate.watched)
                .count();
            let summary = format!(
                "Held against the contract {}: {} of {} gates fail.",
                visible(&held.contract),
                failing,
                held.gates.len()
            );
            let rows = held.gates.iter().map(row).collect();
            let columns = ["Gate", "Measured", "Limit", "Result"]
                .map(str::to_owned)
                .to_vec();
            let filters = held.gates.iter().map(behind).collect();
            let table = Block::Table {
                columns,
                rows,
                filters,
            };
            let mut blocks = vec![Block::paragraph(&summary), table];
            let waived = held
                .gates
                .iter()
                .filter_map(|gate| Some((gate, gate.waiver.as_ref()?)));
            blocks.extend(waived.map(|(gate, waiver)| Block::paragraph(sentence(gate, waiver))));
            blocks
        }
    };
    Section::new(Topic::Gates, "Gates", blocks)
}

fn row(gate: &GateFact) -> Vec<String> {
    let result = match (gate.passed, gate.watched, &gate.waiver) {
        (true, _, _) => "holds",
        (false, true, None) if gate.measured.is_none() => "not measured, watched",
        (false, true, _) => "outside, watched",
        (false, false, Some(_)) => "fails, waived",
        (false, false, None) => "fails",
    };
    let sign = if gate.limit_is_least { "≥" } else { "≤" };
    vec![
        name(gate),
        measured(gate),
        format!("{sign} {}", figure(gate.limit, gate.is_share)),
        result.to_owned(),
    ]
}

/// The filters of a gate's row: the samples whose tokens or copies its figure counts; none where no one expression finds them.
fn behind(gate: &GateFact) -> Vec<Option<String>> {
    let counted = match (gate.id.as_str(), gate.slice.is_empty()) {
        ("max_machine_share", _) => "part_origin = 'machine'",
        ("min_human_tokens", _) => "part_origin = 'human'",
        ("max_unknown_share", true) => "part_origin = 'unknown'",
        ("max_exact_rate", true) => "redundant = 'exact'",
        ("max_near_rate", true) => "redundant is not null",
        _ => return Vec::new(),
    };
    let filter = if gate.slice.is_empty() {
        counted.to_owned()
    } else {
        format!("({}) and {counted}", gate.slice)
    };
    vec![None, Some(filter)]
}

/// The waiver as the window shows it before it is made.
fn sentence(gate: &GateFact, waiver: &WaiverFact) -> String {
    let asked = if gate.limit_is_least {
        "at least"
    } else {
        "at most"
    };
    format!(
        "{}: {}; the limit is {asked} {}. {}, lead, waives this until {}, while it is no worse than {}. {}",
        name(gate),
        measured(gate),
        figure(gate.limit, gate.is_share),
        visible(&waiver.by),
        visible(&waiver.until),
        figure(waiver.not_worse_than, gate.is_share),
        visible(&waiver.reason),
    )
}

fn name(gate: &GateFact) -> String {
    let about = visible(&gate.about);
    let words = match gate.id.as_str() {
        "max_machine_share" => "Machine share".to_owned(),
        "max_unknown_share" if !gate.slice.is_empty() => "Unknown, not reviewed".to_owned(),
        "max_unknown_share" => "Unknown share".to_owned(),
        "min_human_tokens" => "Human tokens".to_owned(),
        "max_exact_rate" => "Exact duplicates".to_owned(),
        "max_near_rate" => "Near-duplicates".to_owned(),
        "min_tail_retention" => format!("Tail retention, {about}"),
        "floor" => format!("Rarest class, {about}"),
        "max_compression_ratio" => "Compression ratio".to_owned(),
        "max_leaked" => "Gold samples in it".to_owned(),
        "max_age_days" => "Age of the oldest gold member, days".to_owned(),
        "max_share" => "Personal data".to_owned(),
        "min_reviewed_share" => "Reviewed".to_owned(),
        "max_defect_rate" => "Defects, upper end".to_owned(),
        "max" => format!("Greatest {about}"),
        "max_share_above" => format!("Share above, {about}"),
        other => visible(other).to_string(),
    };
    if gate.slice.is_empty() {
        words
    } else {
        format!("{words} where {}", visible(&gate.slice))
    }
}

fn measured(gate: &GateFact) -> String {
    gate.measured
        .map_or_else(|| "not measured".to_owned(), |value| figure(value, gate.is_share))
}

fn figure(value: f64, is_share: bool) -> String {
    if is_share {
        percent(value)
    } else if value.fract() == 0.0 && value.abs() < 1e15 {
        grouped(value as u64)
    } else {
        decimal(value, 2)
    }
}
