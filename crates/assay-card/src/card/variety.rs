//! The sections on how varied the texts are, and what changed since the snapshot before.

use assay_model::report::Coverage;

use super::{Block, CardFacts, ExchangeFact, LONGEST_NAME, Section, Topic, equals};
use crate::change::changes;
use crate::chart;
use crate::figure::{counted, decimal, grouped, interval, percent, ratio, ratio_or_dash};
use crate::visible::{cut, visible, visible_or};

pub fn duplication(facts: &CardFacts) -> Section {
    let found = &facts.report.duplication;
    let near = &found.near;
    let row = |name: String, rate: f64, redundant: u64, tokens: f64, groups: u64| {
        vec![
            name,
            percent(rate),
            grouped(redundant),
            percent(tokens),
            grouped(groups),
        ]
    };
    let blocks = vec![
        Block::fact(
            "Near-duplicate rate",
            percent(near.rate),
            format!(
                "{} redundant of {}, exact",
                grouped(near.redundant),
                counted(facts.report.samples.indexed, "sample", "samples")
            ),
        )
        .opened_by("redundant is not null"),
        Block::table(
            &["Level", "Rate", "Redundant", "Of tokens", "Groups"],
            vec![
                row(
                    "Exact".into(),
                    found.exact.rate,
                    found.exact.redundant,
                    found.exact.token_rate,
                    found.exact.groups,
                ),
                row(
                    "Same after normalising".into(),
                    found.normalised.rate,
                    found.normalised.redundant,
                    found.normalised.token_rate,
                    found.normalised.groups,
                ),
                row(
                    format!("Near, Jaccard {} or above", near.threshold),
                    near.rate,
                    near.redundant,
                    near.token_rate,
                    near.clusters,
                ),
            ],
        )
        .cells_opened_by(
            [
                "redundant = 'exact'",
                "redundant in ('exact', 'normalised')",
                "redundant is not null",
            ]
            .map(|of| {
                vec![
                    None,
                    Some(of.to_owned()),
                    Some(of.to_owned()),
                    Some(of.to_owned()),
                ]
            })
            .to_vec(),
        ),
        Block::paragraph(format!(
            "Near-duplicates are compared by sets of 5-token shingles; {} verified on the full sets and {} rejected. Each level includes those above it. A cluster keeps its gold or human member before any other.",
            counted(near.verified_pairs, "pair was", "pairs were"),
            grouped(near.rejected_pairs)
        )),
        Block::paragraph(format!(
            "{} and {} of at least 20 tokens recur in other samples; they hold {} and {} of tokens.",
            counted(found.passages.paragraph.recurring, "paragraph", "paragraphs"),
            counted(
                found.passages.sentence.recurring,
                "run of three sentences",
                "runs of three sentences"
            ),
            percent(found.passages.paragraph.token_share),
            percent(found.passages.sentence.token_share)
        )),
    ];
    Section::new(Topic::Duplication, "Duplication", blocks)
}

pub fn tail(facts: &CardFacts) -> Section {
    let units = &facts.report.coverage;
    if units.is_empty() {
        return Section::new(
            Topic::Tail,
            "Tail coverage",
            vec![Block::paragraph("No dimension and no words were measured.")],
        );
    }
    let row = |unit: &Coverage| {
        vec![
            cut(&visible_or(&unit.unit, "unnamed"), LONGEST_NAME),
            grouped(unit.observations),
            grouped(unit.classes),
            grouped(unit.singletons),
            ratio_or_dash(unit.chao_jost),
            unit.chao1
                .map_or_else(|| "–".into(), |richness| decimal(richness, 0)),
            decimal(unit.hill[1], 1),
            ratio_or_dash(unit.evenness),
        ]
    };
    let mut blocks = vec![
        Block::table(
            &[
                "Unit",
                "Observations",
                "Classes",
                "Seen once",
                "Coverage",
                "Chao1",
                "Effective",
                "Evenness",
            ],
            units.iter().map(row).collect(),
        )
        .cells_opened_by(units.iter().map(classes_behind).collect()),
        Block::paragraph(
            "Counts are exact, but for bigrams of large datasets, which are counted in a sample. Coverage (Chao and Jost 2012) and richness (Chao1) are estimates of what further samples would show; effective is the Hill number of order 1.",
        ),
    ];
    for unit in units {
        let name = cut(&visible_or(&unit.unit, "unnamed"), LONGEST_NAME);
        if let (Some(reference), Some(retention)) = (&unit.reference, unit.tail_retention) {
            blocks.push(Block::fact(
                format!("Tail retention, {name}"),
                percent(retention),
                format!(
                    "of the rarest classes of {}{}; {} missing",
                    cut(&visible(reference), LONGEST_NAME),
                    match &unit.tail {
                        Some(tail) if tail.held != "whole" => format!(", in its {}", tail.held),
                        _ => String::new(),
                    },
                    grouped(
                        unit.tail
                            .as_ref()
                            .map_or(unit.missing.len() as u64, |tail| tail.missing_count)
                    )
                ),
            ));
        }
        for part in &unit.by_origin {
            if let Some(retention) = part.human_tail_retention {
                let label = format!("Human tail kept by the {} part, {name}", part.origin.as_str());
                blocks.push(
                    Block::fact(
                        label,
                        percent(retention),
                        "of the human part's rarest classes, exact",
                    )
                    .opened_by(equals("origin", part.origin.as_str())),
                );
            }
        }
    }
    Section::new(Topic::Tail, "Tail coverage", blocks)
}

/// The filters of a unit's row: the samples of the classes that each figure rests on; none where only some texts were counted.
fn classes_behind(unit: &Coverage) -> Vec<Option<String>> {
    if unit.sampled.is_some() {
        return Vec::new();
    }
    let seen = |classes: u64, times: &str| {
        (classes > 0).then(|| equals("class_seen", &format!("{times} of {}", unit.unit)))
    };
    let all = seen(unit.classes, "1+");
    let once = seen(unit.singletons, "1");
    let rare = seen(unit.singletons + unit.doubletons, "1-2");
    vec![
        None,
        all.clone(),
        all.clone(),
        once,
        rare.clone(),
        rare,
        all.clone(),
        all,
    ]
}

pub fn diversity(facts: &CardFacts) -> Section {
    let slices = &facts.report.diversity;
    let Some(first) = slices.first() else {
        return Section::new(
            Topic::Diversity,
            "Diversity",
            vec![Block::paragraph(
                "Not measured: there are too few tokens to resample.",
            )],
        );
    };
    let cell = |[low, estimate, high]: [f64; 3], decimals| {
        format!(
            "{} {}",
            decimal(estimate, decimals),
            interval(low, high, decimals)
        )
    };
    let rows = slices.iter().map(|slice| {
        vec![
            cut(&chart::slice_name(&slice.slice), LONGEST_NAME),
            grouped(slice.tokens),
            cell(slice.compression_ratio, 2),
            cell(slice.self_repetition, 3),
            cell(slice.heaps_beta, 3),
            ratio(slice.distinct[1]),
        ]
    });
    let blocks = vec![
        Block::table(
            &[
                "Part",
                "Tokens",
                "Compression ratio",
                "Self-repetition",
                "Heaps β",
                "Distinct-2",
            ],
            rows.collect(),
        )
        .cells_opened_by(slices.iter().map(|slice| slice_behind(&slice.slice)).collect()),
        Block::paragraph(format!(
            "Estimated, with 95\u{a0}% intervals in brackets, over seeded resamples of {} tokens each, so that length does not decide. Higher compression and self-repetition mean more repetitive text.",
            grouped(first.budget)
        )),
    ];
    Section::new(Topic::Diversity, "Diversity", blocks)
}

/// The filters of a slice's row: each figure is of all its samples.
fn slice_behind(slice: &str) -> Vec<Option<String>> {
    let filter = if slice == "all" { "" } else { slice };
    let mut filters = vec![Some(filter.to_owned()); 6];
    filters[0] = None;
    filters
}

/// What became of the samples, in one sentence.
fn exchanged(exchange: &ExchangeFact) -> String {
    format!(
        "{} in both, {} new, {} gone; {} of those in both {} another origin now.",
        counted(exchange.kept, "sample is", "samples are"),
        grouped(exchange.added),
        grouped(exchange.left_out),
        grouped(exchange.relabelled),
        if exchange.relabelled == 1 { "has" } else { "have" }
    )
}

pub fn change(facts: &CardFacts) -> Section {
    let Some(previous) = &facts.previous else {
        return Section::new(
            Topic::Change,
            "Change since the last version",
            vec![Block::paragraph(
                "This is the first snapshot that Assay has measured.",
            )],
        );
    };
    let rows = changes(previous, &facts.report)
        .iter()
        .map(|change| change.cells())
        .collect();
    let moved = facts
        .exchange
        .map(|exchange| Block::paragraph(exchanged(&exchange)));
    let mut blocks: Vec<Block> = moved.into_iter().collect();
    blocks.extend([
        Block::table(&["Measure", "Before", "Now", "Change", "Effect"], rows),
        Block::paragraph(
            "Effect is Cohen's h for shares and the log ratio otherwise: below 0.02 none, 0.05 small, 0.15 medium, above large.",
        ),
    ]);
    Section::new(
        Topic::Change,
        format!("Change since snapshot {}", grouped(previous.snapshot)),
        blocks,
    )
}
