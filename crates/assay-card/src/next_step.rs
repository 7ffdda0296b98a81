//! What should the reader do about what the report shows?
//!
//! Each step follows from a figure of the report and names the command that shows the samples
//! behind it; nothing is suggested where there is nothing to do.

use assay_model::Report;

use crate::figure::{counted, grouped, percent};

/// One thing to do, and the command that begins it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStep {
    pub what: String,
    pub command: String,
}

/// The steps for this report, most consequential first.
pub fn next_steps(report: &Report) -> Vec<NextStep> {
    let mut steps = Vec::new();
    let mut add = |what: String, command: &str| {
        steps.push(NextStep {
            what,
            command: format!("assay {command}{}", dataset_option(report)),
        });
    };
    if report.samples.indexed == 0 {
        add(
            "Nothing was indexed. Give it files or folders that hold text".into(),
            "index PATH",
        );
        return steps;
    }
    if report.origin.unknown.token_share > 0.0 {
        let share = percent(report.origin.unknown.token_share);
        add(
            format!("Nobody has said who wrote {share} of the tokens. Say it in a map, then index again"),
            "index PATH --map map.toml",
        );
    }
    if report.conflicts > 0 {
        let conflicts = counted(report.conflicts, "conflict", "conflicts");
        add(
            format!("Settle {conflicts} of origin: contradictory claims on one text"),
            "samples --conflicts",
        );
    }
    if report.samples.quarantined > 0 {
        let records = counted(report.samples.quarantined, "record", "records");
        add(
            format!("See {records} that could not be read, with place and reason"),
            "samples --quarantined",
        );
    }
    if report.duplication.near.redundant > 0 {
        let copies = counted(report.duplication.near.redundant, "copy", "copies");
        add(
            format!("See {copies} that could go, cluster by cluster"),
            "duplicates --clusters",
        );
    }
    if report.origin.unknown.samples > 0 {
        let samples = grouped(report.origin.unknown.samples.min(200));
        add(
            format!("Let an expert judge {samples} of the samples of unknown origin"),
            "queue create --where \"origin = 'unknown'\"",
        );
    }
    add(
        "Write the dataset card from these figures".into(),
        "card --out card",
    );
    steps
}

/// ` --dataset NAME` where the name needs no quoting.
fn dataset_option(report: &Report) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let name = report.dataset.as_str();
    let printable = !name.is_empty() && name.len() <= 24 && !name.starts_with('-') && name.chars().all(plain);
    if printable {
        format!(" --dataset {name}")
    } else {
        String::new()
    }
}
