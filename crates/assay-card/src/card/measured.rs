//! The sections that follow from the report: what is here, where it came from, and how varied it is.

use assay_model::report::{Cell, Coverage};
use assay_model::{Origin, Report, SourceClass};

use super::written::authored;
use super::{Block, CardFacts, Section, Topic, equals};
use crate::change::changes;
use crate::chart;
use crate::composition::{Composition, Head, Mix};
use crate::figure::{bytes, counted, day, decimal, grouped, interval, percent, ratio, ratio_or_dash, share, short};
use crate::language;
use crate::visible::{cut, visible, visible_or};

const ROWS: usize = 12;
const LONGEST_NAME: usize = 80;
const NOTHING: &str = "Nothing was indexed, so nothing was measured.";

pub fn covers(facts: &CardFacts) -> Section {
    let report = &facts.report;
    let (samples, files) = (&report.samples, &report.files);
    let blocks = vec![
        Block::fact("Samples", grouped(samples.indexed), format!("exact; {} seen, {} quarantined", grouped(samples.seen), grouped(samples.quarantined))),
        Block::fact("Tokens", grouped(samples.tokens), format!("exact; {} of text, words by UAX #29", bytes(samples.bytes))),
        Block::fact("Files", grouped(files.read), format!("read of {} seen; {} not read", grouped(files.seen), grouped(files.refused_count))),
        Block::fact("Snapshot", grouped(report.snapshot), format!("of {}, {}", day(&report.created), visible_or(&report.tool, "unknown tool"))),
        Block::table(&["Root", "SHA-256"], vec![
            vec!["Samples".into(), visible(&report.snapshot_root)],
            vec!["Samples with origins and dimensions".into(), visible(&report.facts_root)],
            vec!["Map".into(), visible(&report.map_digest)],
        ]),
    ];
    Section::new(Topic::Coverage, "What this card covers", blocks)
}

pub fn sources(facts: &CardFacts) -> Section {
    let report = &facts.report;
    let mut blocks = Vec::new();
    for (dimension, title, none) in [("source", "Source", "No field says where samples come from."), ("license", "Licence", "No field says under which licence samples stand.")] {
        let Some(unit) = report.coverage.iter().find(|unit| unit.unit == dimension) else {
            blocks.push(Block::paragraph(none));
            continue;
        };
        let undeclared = report.samples.indexed.saturating_sub(unit.observations);
        blocks.push(Block::fact(format!("{title}s named"), grouped(unit.classes), "exact"));
        if undeclared > 0 {
            let note = format!("{}, exact", counted(undeclared, "sample", "samples"));
            blocks.push(Block::fact(format!("Without a {}", title.to_lowercase()), percent(share(undeclared, report.samples.indexed)), note).opened_by(format!("{dimension} is null")));
        }
        let rows = unit.largest.iter().take(ROWS).map(|class| {
            vec![cut(&visible_or(&class.class, "empty"), LONGEST_NAME), grouped(class.count), percent(share(class.count, report.samples.indexed))]
        });
        blocks.push(Block::table(&[title, "Samples", "Share"], rows.collect()));
    }
    blocks.extend(authored(facts, "rights"));
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
        let note = format!("of tokens, exact; {} tokens, {} ({} of samples)", grouped(part.tokens), counted(part.samples, "sample", "samples"), percent(part.share));
        blocks.push(Block::fact(chart::title(origin), percent(part.token_share), note).opened_by(equals("origin", origin.as_str())));
    }
    if report.conflicts > 0 {
        blocks.push(Block::fact("Conflicts", grouped(report.conflicts), "contradictory claims about the origin of one text, exact"));
    }
    let table = Composition::of(report, ROWS, ROWS);
    let columns = ["Tokens", "Human", "Mixed", "Machine", "Unknown"];
    blocks.push(Block::table(&[&["Domain"][..], &columns[..]].concat(), table.domains.iter().map(|head| mix_row(domain_name(head), &table.by_domain[head])).collect()));
    blocks.push(Block::table(&[&["Language"][..], &columns[..]].concat(), table.languages.iter().map(|head| mix_row(language_name(head), &table.by_language[head])).collect()));
    blocks.push(Block::table(&["How it came", "Samples", "Tokens", "Of tokens"], source_classes(report)));
    Section::new(Topic::Origin, "Composition", blocks)
}

fn origin_sentence(report: &Report) -> String {
    let table = &report.origin;
    let unknown = match table.unknown.tokens {
        0 => "Nothing is of unknown origin.".to_owned(),
        tokens => format!("For {}, nobody has said.", short(tokens)),
    };
    format!("Of {} tokens, {} are human, {} machine-made and {} of mixed origin. {unknown} What was not declared stays unknown; no detector has filled it in.",
        short(report.samples.tokens), short(table.human.tokens), short(table.machine.tokens), short(table.mixed.tokens))
}

fn mix_row(name: String, mix: &Mix) -> Vec<String> {
    let mut row = vec![name, grouped(mix.all_tokens())];
    row.extend(Origin::ALL.map(|origin| mix.token_share(origin).map_or_else(|| "–".into(), percent)));
    row
}

fn source_classes(report: &Report) -> Vec<Vec<String>> {
    let sum = |class: SourceClass, of: fn(&Cell) -> u64| -> u64 { report.composition.iter().filter(|cell| cell.source_class == class).map(of).sum() };
    let all: u64 = report.composition.iter().map(|cell| cell.tokens).sum();
    let classes = SourceClass::ALL.into_iter().map(|class| (class, sum(class, |cell| cell.samples), sum(class, |cell| cell.tokens)));
    classes
        .filter(|(class, samples, _)| *samples > 0 || *class == SourceClass::Unknown)
        .map(|(class, samples, tokens)| vec![class.as_str().replace('_', " "), grouped(samples), grouped(tokens), percent(share(tokens, all))])
        .collect()
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

pub fn duplication(facts: &CardFacts) -> Section {
    let found = &facts.report.duplication;
    let near = &found.near;
    let row = |name: String, rate: f64, redundant: u64, tokens: f64, groups: u64| vec![name, percent(rate), grouped(redundant), percent(tokens), grouped(groups)];
    let blocks = vec![
        Block::fact("Near-duplicate rate", percent(near.rate), format!("{} redundant of {}, exact", grouped(near.redundant), counted(facts.report.samples.indexed, "sample", "samples"))).opened_by("cluster is not null"),
        Block::table(&["Level", "Rate", "Redundant", "Of tokens", "Groups"], vec![
            row("Exact".into(), found.exact.rate, found.exact.redundant, found.exact.token_rate, found.exact.groups),
            row("Same after normalising".into(), found.normalised.rate, found.normalised.redundant, found.normalised.token_rate, found.normalised.groups),
            row(format!("Near, Jaccard {} or above", near.threshold), near.rate, near.redundant, near.token_rate, near.clusters),
        ]),
        Block::paragraph(format!("Near-duplicates are compared by sets of 5-token shingles; {} verified on the full sets and {} rejected. Each level includes those above it. A cluster keeps its gold or human member before any other.",
            counted(near.verified_pairs, "pair was", "pairs were"), grouped(near.rejected_pairs))),
        Block::paragraph(format!("{} and {} of at least 20 tokens recur in other samples; they hold {} and {} of tokens.",
            counted(found.passages.paragraph.recurring, "paragraph", "paragraphs"), counted(found.passages.sentence.recurring, "run of three sentences", "runs of three sentences"),
            percent(found.passages.paragraph.token_share), percent(found.passages.sentence.token_share))),
    ];
    Section::new(Topic::Duplication, "Duplication", blocks)
}

pub fn tail(facts: &CardFacts) -> Section {
    let units = &facts.report.coverage;
    if units.is_empty() {
        return Section::new(Topic::Tail, "Tail coverage", vec![Block::paragraph("No dimension and no words were measured.")]);
    }
    let row = |unit: &Coverage| vec![
        cut(&visible_or(&unit.unit, "unnamed"), LONGEST_NAME), grouped(unit.observations), grouped(unit.classes), grouped(unit.singletons),
        ratio_or_dash(unit.chao_jost), unit.chao1.map_or_else(|| "–".into(), |richness| decimal(richness, 0)), decimal(unit.hill[1], 1), ratio_or_dash(unit.evenness),
    ];
    let mut blocks = vec![
        Block::table(&["Unit", "Observations", "Classes", "Seen once", "Coverage", "Chao1", "Effective", "Evenness"], units.iter().map(row).collect()),
        Block::paragraph("Counts are exact. Coverage (Chao and Jost 2012) and richness (Chao1) are estimates of what further samples would show; effective is the Hill number of order 1."),
    ];
    for unit in units {
        let name = cut(&visible_or(&unit.unit, "unnamed"), LONGEST_NAME);
        if let (Some(reference), Some(retention)) = (&unit.reference, unit.tail_retention) {
            blocks.push(Block::fact(format!("Tail retention, {name}"), percent(retention), format!("of the rarest classes of {}; {} missing", cut(&visible(reference), LONGEST_NAME), grouped(unit.missing.len() as u64))));
        }
        for part in &unit.by_origin {
            if let Some(retention) = part.human_tail_retention {
                let label = format!("Human tail kept by the {} part, {name}", part.origin.as_str());
                blocks.push(Block::fact(label, percent(retention), "of the human part's rarest classes, exact").opened_by(equals("origin", part.origin.as_str())));
            }
        }
    }
    Section::new(Topic::Tail, "Tail coverage", blocks)
}

pub fn diversity(facts: &CardFacts) -> Section {
    let slices = &facts.report.diversity;
    let Some(first) = slices.first() else {
        return Section::new(Topic::Diversity, "Diversity", vec![Block::paragraph("Not measured: there are too few tokens to resample.")]);
    };
    let cell = |[low, estimate, high]: [f64; 3], decimals| format!("{} {}", decimal(estimate, decimals), interval(low, high, decimals));
    let rows = slices.iter().map(|slice| vec![
        cut(&chart::slice_name(&slice.slice), LONGEST_NAME), grouped(slice.tokens), cell(slice.compression_ratio, 2), cell(slice.self_repetition, 3), cell(slice.heaps_beta, 3), ratio(slice.distinct[1]),
    ]);
    let blocks = vec![
        Block::table(&["Part", "Tokens", "Compression ratio", "Self-repetition", "Heaps β", "Distinct-2"], rows.collect()),
        Block::paragraph(format!("Estimated, with 95\u{a0}% intervals in brackets, over seeded resamples of {} tokens each, so that length does not decide. Higher compression and self-repetition mean more repetitive text.", grouped(first.budget))),
    ];
    Section::new(Topic::Diversity, "Diversity", blocks)
}

pub fn change(facts: &CardFacts) -> Section {
    let Some(previous) = &facts.previous else {
        return Section::new(Topic::Change, "Change since the last version", vec![Block::paragraph("This is the first snapshot that Assay has measured.")]);
    };
    let rows = changes(previous, &facts.report).iter().map(|change| change.cells()).collect();
    let blocks = vec![
        Block::table(&["Measure", "Before", "Now", "Change", "Effect"], rows),
        Block::paragraph("Effect is Cohen's h for shares and the log ratio otherwise: below 0.02 none, 0.05 small, 0.15 medium, above large."),
    ];
    Section::new(Topic::Change, format!("Change since snapshot {}", grouped(previous.snapshot)), blocks)
}
