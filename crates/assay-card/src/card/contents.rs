//! The sections on what is here, where it came from, and who made it.

use assay_model::report::Cell;
use assay_model::{AuthoredSection, Origin, Report, SourceClass};

use super::written::authored;
use super::{Block, CardFacts, LONGEST_NAME, Section, Topic, equals};
use crate::chart;
use crate::composition::{Composition, Head, Mix};
use crate::figure::{bytes, counted, day, grouped, percent, share, short};
use crate::language;
use crate::visible::{cut, visible, visible_or};

const ROWS: usize = 12;
const NOTHING: &str = "Nothing was indexed, so nothing was measured.";

pub fn covers(facts: &CardFacts) -> Section {
    let report = &facts.report;
    let (samples, files) = (&report.samples, &report.files);
    let blocks = vec![
        Block::fact(
            "Samples",
            grouped(samples.indexed),
            format!(
                "exact; {} seen, {} quarantined",
                grouped(samples.seen),
                grouped(samples.quarantined)
            ),
        )
        .opened_by(""),
        Block::fact(
            "Tokens",
            grouped(samples.tokens),
            format!("exact; {} of text, words by UAX #29", bytes(samples.bytes)),
        )
        .opened_by(""),
        Block::fact(
            "Files",
            grouped(files.read),
            format!(
                "read of {} seen; {} not read",
                grouped(files.seen),
                grouped(files.refused_count)
            ),
        ),
        Block::fact(
            "Snapshot",
            grouped(report.snapshot),
            format!(
                "of {}, {}",
                day(&report.created),
                visible_or(&report.tool, "unknown tool")
            ),
        ),
        Block::table(
            &["Root", "SHA-256"],
            vec![
                vec!["Samples".into(), visible(&report.snapshot_root)],
                vec![
                    "Samples with origins and dimensions".into(),
                    visible(&report.facts_root),
                ],
                vec!["Map".into(), visible(&report.map_digest)],
            ],
        ),
    ];
    Section::new(Topic::Coverage, "What this card covers", blocks)
}

pub fn sources(facts: &CardFacts) -> Section {
    let report = &facts.report;
    let mut blocks = Vec::new();
    for (dimension, title, none) in [
        ("source", "Source", "No field says where samples come from."),
        (
            "license",
            "Licence",
            "No field says under which licence samples stand.",
        ),
    ] {
        let Some(unit) = report.coverage.iter().find(|unit| unit.unit == dimension) else {
            blocks.push(Block::paragraph(none));
            continue;
        };
        let undeclared = report.samples.indexed.saturating_sub(unit.observations);
        blocks.push(
            Block::fact(format!("{title}s named"), grouped(unit.classes), "exact")
                .opened_by(format!("{dimension} is not null")),
        );
        if undeclared > 0 {
            let note = format!("{}, exact", counted(undeclared, "sample", "samples"));
            blocks.push(
                Block::fact(
                    format!("Without a {}", title.to_lowercase()),
                    percent(share(undeclared, report.samples.indexed)),
                    note,
                )
                .opened_by(format!("{dimension} is null")),
            );
        }
        let rows = unit.largest.iter().take(ROWS).map(|class| {
            vec![
                cut(&visible_or(&class.class, "empty"), LONGEST_NAME),
                grouped(class.count),
                percent(share(class.count, report.samples.indexed)),
            ]
        });
        let filters = unit.largest.iter().take(ROWS).map(|class| {
            let of = equals(dimension, &class.class);
            vec![None, Some(of.clone()), Some(of)]
        });
        blocks.push(
            Block::table(&[title, "Samples", "Share"], rows.collect()).cells_opened_by(filters.collect()),
        );
    }
    blocks.extend(authored(facts, AuthoredSection::Collection));
    blocks.extend(authored(facts, AuthoredSection::Rights));
    Section::new(Topic::Sources, "Sources and rights", blocks)
}

pub fn origin(facts: &CardFacts) -> Section {
    let report = &facts.report;
    if report.samples.indexed == 0 {
        return Section::new(Topic::Origin, "Composition", vec![Block::paragraph(NOTHING)]);
    }
    let mut blocks = vec![Block::paragraph(origin_sentence(report))];
    for origin in Origin::ALL {
        let part = report.origin.of(origin);
        let note = format!(
            "of tokens, exact; {} tokens; {}, {} of all",
            grouped(part.tokens),
            counted(part.samples, "sample", "samples"),
            percent(part.share)
        );
        blocks.push(
            Block::fact(chart::title(origin), percent(part.token_share), note)
                .opened_by(equals("part_origin", origin.as_str())),
        );
    }
    if report.conflicts > 0 {
        blocks.push(
            Block::fact(
                "Conflicts",
                grouped(report.conflicts),
                "contradictory claims about the origin of one text, exact",
            )
            .opened_by("contradictory = 'true'"),
        );
    }
    let table = Composition::of(report, ROWS, ROWS);
    let columns = ["Tokens", "Human", "Mixed", "Machine", "Unknown"];
    // Without a domain anywhere there is no such field to filter by.
    let named = report.composition.iter().any(|cell| !cell.domain.is_empty());
    blocks.push(
        Block::table(
            &[&["Domain"][..], &columns[..]].concat(),
            table
                .domains
                .iter()
                .map(|head| mix_row(domain_name(head), &table.by_domain[head]))
                .collect(),
        )
        .cells_opened_by(if named {
            table
                .domains
                .iter()
                .map(|head| mix_filters("domain", head))
                .collect()
        } else {
            Vec::new()
        }),
    );
    blocks.push(
        Block::table(
            &[&["Language"][..], &columns[..]].concat(),
            table
                .languages
                .iter()
                .map(|head| mix_row(language_name(head), &table.by_language[head]))
                .collect(),
        )
        .cells_opened_by(
            table
                .languages
                .iter()
                .map(|head| mix_filters("language", head))
                .collect(),
        ),
    );
    let (rows, filters) = source_classes(report);
    blocks.push(
        Block::table(&["How it came", "Samples", "Tokens", "Of tokens"], rows).cells_opened_by(filters),
    );
    Section::new(Topic::Origin, "Composition", blocks)
}

fn origin_sentence(report: &Report) -> String {
    let table = &report.origin;
    let unknown = match table.unknown.tokens {
        0 => "Nothing is of unknown origin.".to_owned(),
        tokens => format!("For {}, nobody has said.", short(tokens)),
    };
    format!(
        "Of {} tokens, {} are human, {} machine-made and {} of mixed origin. {unknown} What was not declared stays unknown; no detector has filled it in.",
        short(report.samples.tokens),
        short(table.human.tokens),
        short(table.machine.tokens),
        short(table.mixed.tokens)
    )
}

fn mix_row(name: String, mix: &Mix) -> Vec<String> {
    let mut row = vec![name, grouped(mix.all_tokens())];
    row.extend(Origin::ALL.map(|origin| mix.token_share(origin).map_or_else(|| "–".into(), percent)));
    row
}

/// The filters of a row: all its samples, and those with parts of each origin, for shares are of tokens.
fn mix_filters(field: &str, head: &Head) -> Vec<Option<String>> {
    let Head::Value(value) = head else {
        return Vec::new();
    };
    let of = equals(field, value);
    let parts = Origin::ALL.map(|origin| {
        let part = equals("part_origin", origin.as_str());
        Some(format!("{of} and {part}"))
    });
    [None, Some(of.clone())].into_iter().chain(parts).collect()
}

/// Rows, and the filters of their samples; tokens follow the parts, of which no filter knows how they came.
fn source_classes(report: &Report) -> (Vec<Vec<String>>, Vec<Vec<Option<String>>>) {
    let sum = |class: SourceClass, of: fn(&Cell) -> u64| -> u64 {
        report
            .composition
            .iter()
            .filter(|cell| cell.source_class == class)
            .map(of)
            .sum()
    };
    let all: u64 = report.composition.iter().map(|cell| cell.tokens).sum();
    let classes = SourceClass::ALL.into_iter().map(|class| {
        (
            class,
            sum(class, |cell| cell.samples),
            sum(class, |cell| cell.tokens),
        )
    });
    classes
        .filter(|(class, samples, _)| *samples > 0 || *class == SourceClass::Unknown)
        .map(|(class, samples, tokens)| {
            let row = vec![
                class.as_str().replace('_', " "),
                grouped(samples),
                grouped(tokens),
                percent(share(tokens, all)),
            ];
            (row, vec![None, Some(equals("source_class", class.as_str()))])
        })
        .unzip()
}

fn domain_name(head: &Head) -> String {
    match head {
        Head::Value(domain) => cut(&visible_or(domain, "no domain"), LONGEST_NAME),
        Head::Others(count) => format!("{} others", grouped(*count as u64)),
    }
}

fn language_name(head: &Head) -> String {
    match head {
        Head::Value(code) => cut(&language::name(code), LONGEST_NAME),
        Head::Others(count) => format!("{} others", grouped(*count as u64)),
    }
}
