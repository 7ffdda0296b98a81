//! How long is the tail, and how much of it has been seen?

use assay_model::Report;
use assay_model::report::{ClassCount, Coverage, Without};

use super::sheet::{Sheet, Side};
use crate::figure::{counted, decimal, grouped, percent, ratio_or_dash};
use crate::visible::{cut, visible, visible_or};

const NAMES_SHOWN: usize = 5;
/// Fewer classes have no tail to speak of.
const FEW_CLASSES: u64 = 8;
const LONGEST_NAME: usize = 28;

pub fn coverage(sheet: &mut Sheet, report: &Report) {
    use Side::{Left, Right};
    if report.coverage.is_empty() {
        return;
    }
    sheet.section("Tail coverage", "counts exact, coverage estimated");
    let rows: Vec<Vec<String>> = report
        .coverage
        .iter()
        .map(|unit| {
            vec![
                cut(&visible_or(&unit.unit, "unnamed"), 16),
                grouped(unit.observations),
                grouped(unit.classes),
                grouped(unit.singletons),
                ratio_or_dash(unit.chao_jost),
                unit.chao1
                    .map_or_else(|| "–".into(), |richness| decimal(richness, 0)),
                decimal(unit.hill[1], 0),
                ratio_or_dash(unit.evenness),
            ]
        })
        .collect();
    let head = [
        "",
        "observed",
        "classes",
        "once",
        "coverage",
        "Chao1",
        "effective",
        "even",
    ];
    sheet.table(
        2,
        &[Left, Right, Right, Right, Right, Right, Right, Right],
        &head,
        &rows,
    );
    sheet.paragraph(2, 0, "coverage: Chao-Jost, share of all observations to come whose class was seen; Chao1: classes there may be; \
        effective: Hill number, q = 1; even: 1 where all classes are equally common.");
    for unit in &report.coverage {
        details(sheet, unit);
    }
}

fn details(sheet: &mut Sheet, unit: &Coverage) {
    let mut sentences = Vec::new();
    if let Some(sampled) = &unit.sampled {
        sentences.push(format!(
            "counted in {} of {} samples",
            grouped(sampled.samples),
            grouped(sampled.of)
        ));
    }
    if unit.unit != "word" && unit.unit != "bigram" && unit.classes > FEW_CLASSES {
        sentences.push(format!("rarest {}", names_with_counts(&unit.smallest)));
    }
    for part in &unit.by_origin {
        if let Some(retention) = part.human_tail_retention {
            sentences.push(format!(
                "the {} part keeps {} of the human tail",
                part.origin.as_str(),
                percent(retention)
            ));
        }
    }
    if let (Some(reference), Some(retention)) = (&unit.reference, unit.tail_retention) {
        sentences.push(held(unit, reference, retention));
    }
    if let Some(without) = &unit.without {
        sentences.push(taken_away(unit, without));
    }
    if let Some(after) = &unit.after_removal {
        let lost = unit.classes.saturating_sub(after.classes);
        if lost > 0 {
            sentences.push(format!(
                "without duplicates {} would be lost ({} of the tail stays)",
                counted(lost, "class", "classes"),
                percent(after.tail_retention)
            ));
        }
    }
    if !sentences.is_empty() {
        sheet.paragraph(
            2,
            2,
            &format!(
                "{}: {}.",
                cut(&visible_or(&unit.unit, "unnamed"), LONGEST_NAME),
                sentences.join("; ")
            ),
        );
    }
}

/// How much of the reference's tail is in what is held against it.
fn held(unit: &Coverage, reference: &str, retention: f64) -> String {
    let missing = counted(missing(unit), "class is missing", "classes are missing");
    let held = match &unit.tail {
        Some(tail) if tail.held != "whole" => format!("is in its {}", tail.held),
        _ => "is here".to_owned(),
    };
    let least = match unit.tail.as_ref().map_or(1, |tail| tail.present_at_least) {
        1 => String::new(),
        least => format!(" at least {} times", grouped(least)),
    };
    format!(
        "{} of the tail of {} {held}{least}, {missing}",
        percent(retention),
        cut(&visible(reference), LONGEST_NAME)
    )
}

fn missing(unit: &Coverage) -> u64 {
    let named = unit.missing.len() as u64;
    unit.tail.as_ref().map_or(named, |tail| tail.missing_count)
}

fn taken_away(unit: &Coverage, without: &Without) -> String {
    let samples = counted(without.samples, "sample", "samples");
    let filter = cut(&visible(&without.filter), 60);
    match &without.after {
        None => {
            format!("what taking away {samples} ({filter}) costs is not known: too much text would be reread")
        }
        Some(after) => format!(
            "without {samples} ({filter}) {} would be lost of {}, {} of the tail stays",
            counted(after.lost_count, "class", "classes"),
            grouped(unit.classes),
            percent(after.tail_retention)
        ),
    }
}

fn names_with_counts(classes: &[ClassCount]) -> String {
    let names: Vec<String> = classes
        .iter()
        .take(NAMES_SHOWN)
        .map(|class| {
            format!(
                "{}\u{a0}({})",
                cut(&visible_or(&class.class, "empty"), LONGEST_NAME),
                grouped(class.count)
            )
        })
        .collect();
    names.join(", ")
}
