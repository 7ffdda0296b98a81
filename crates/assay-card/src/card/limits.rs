//! What the card cannot say, derived from what was not measured and from how the rest was.

use assay_model::AuthoredSection;

use super::written::authored;
use super::{Block, CardFacts, Section, Topic};
use crate::figure::{counted, grouped, percent, share};

pub fn limits(facts: &CardFacts) -> Section {
    let mut blocks: Vec<Block> = sentences(facts).into_iter().map(Block::paragraph).collect();
    blocks.extend(authored(facts, AuthoredSection::Biases));
    Section::new(Topic::Limits, "Known limits", blocks)
}

/// The limits as sentences, those of this snapshot before those of the methods.
pub fn sentences(facts: &CardFacts) -> Vec<String> {
    let report = &facts.report;
    let mut limits = Vec::new();
    let mut add = |condition: bool, text: String| {
        if condition {
            limits.push(text);
        }
    };
    let unknown = &report.origin.unknown;
    add(
        unknown.samples > 0 || unknown.tokens > 0,
        format!(
            "{} of tokens are of unknown origin; the machine share may be higher than stated by as much.",
            percent(unknown.token_share)
        ),
    );
    add(
        report.conflicts > 0,
        format!(
            "{} of origin are not settled.",
            counted(report.conflicts, "conflict", "conflicts")
        ),
    );
    let samples = &report.samples;
    add(
        samples.quarantined > 0,
        format!(
            "{} ({} of those seen) could not be read and are in no figure.",
            counted(samples.quarantined, "record", "records"),
            percent(share(samples.quarantined, samples.seen))
        ),
    );
    add(
        report.files.refused_count > 0,
        format!(
            "{} not read; what they hold is in no figure.",
            counted(report.files.refused_count, "file was", "files were")
        ),
    );
    let mismatched: u64 = report.language_mismatch.iter().map(|row| row.mismatched).sum();
    add(
        mismatched > 0,
        format!(
            "{} detected in another language than declared.",
            counted(mismatched, "sample was", "samples were")
        ),
    );
    let undeclared: u64 = report
        .composition
        .iter()
        .filter(|cell| cell.domain.is_empty())
        .map(|cell| cell.samples)
        .sum();
    add(
        undeclared > 0,
        format!(
            "{} no domain; the table of domains shows them apart.",
            counted(undeclared, "sample has", "samples have")
        ),
    );
    let thin: Vec<&str> = report
        .coverage
        .iter()
        .filter(|unit| unit.chao_jost.is_none())
        .map(|unit| unit.unit.as_str())
        .collect();
    add(
        !thin.is_empty(),
        format!(
            "Coverage is undefined for {}.",
            counted(thin.len() as u64, "unit", "units")
        ),
    );
    let waiting: u64 = facts
        .review
        .iter()
        .map(|queue| queue.size.saturating_sub(queue.decided))
        .sum();
    add(
        waiting > 0,
        format!(
            "{} in review queues still to be read.",
            counted(waiting, "sample is", "samples are")
        ),
    );
    add(
        facts.review.is_empty(),
        "No person has judged samples of this snapshot; origins are as declared.".into(),
    );
    add(
        facts.gold.members == 0,
        "There is no gold set to test leakage against.".into(),
    );
    let crowded = report.duplication.near.crowded_texts;
    add(
        crowded > 0,
        format!(
            "{} more than 1,000 near-duplicates each; of their pairs only those with the representative are listed.",
            counted(crowded, "text has", "texts have")
        ),
    );
    limits.push(format!("Near-duplicates are found by 5-token shingles at Jaccard {} or above, or containment of 0.9: paraphrase and translation are invisible to this method.", report.duplication.near.threshold));
    limits.push(
        "Origins are as strong as their evidence: a field that says human is a claim, not a proof.".into(),
    );
    if !report.coverage.is_empty() {
        limits.push(format!(
            "Coverage speaks of the {} measured here, not of the world: a class nobody collected is in no estimate.",
            counted(report.coverage.len() as u64, "unit", "units")
        ));
    }
    limits.push("Not measured: toxicity, factual correctness, leakage into benchmarks.".into());
    if (1..1_000).contains(&samples.indexed) {
        limits.push(format!(
            "With {} the estimates are rough.",
            grouped(samples.indexed)
                + if samples.indexed == 1 {
                    " sample"
                } else {
                    " samples"
                }
        ));
    }
    limits
}
