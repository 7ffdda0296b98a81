//! card.json: every number of the card, for machines.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{AUTHOR_KEYS, CardFacts, Estimate, GoldFacts, LedgerFacts, limits};
use crate::change::{Change, changes};

/// What each top-level key holds.
const ABOUT: [(&str, &str); 9] = [
    (
        "schema",
        "Name and version of this form; keys are added, never renamed or dropped.",
    ),
    (
        "signed",
        "Whether the card has been signed; always false in a draft.",
    ),
    (
        "report",
        "All measures of the snapshot: the document of `assay report --json`. Shares are from 0 to 1; triples under diversity are [low, estimate, high].",
    ),
    (
        "review",
        "One entry for each review queue: how it was drawn, and samples decided, approved and excluded. `estimate` is the share excluded with its 95 % interval, null where the draw was not random or nothing is decided.",
    ),
    (
        "gold",
        "Members of the gold set, the root over their digests, and members by domain and language.",
    ),
    ("people", "How many people gave verdicts."),
    ("ledger", "Entries of the ledger and their RFC 6962 root."),
    (
        "change",
        "Measures in the snapshot before and in this one; `effect` is Cohen's h for shares and the log ratio otherwise. Null for a first snapshot.",
    ),
    (
        "limits",
        "What the figures cannot say, as sentences. `not_measured` names what was not looked at, `open` the sections that nobody has written, `written` those that someone has.",
    ),
];
const NOT_MEASURED: [&str; 5] = [
    "gates",
    "personal_data",
    "toxicity",
    "factual_correctness",
    "benchmark_leakage",
];

#[derive(Serialize)]
struct Numbers<'a> {
    schema: &'static str,
    about: Map<String, Value>,
    signed: bool,
    report: &'a assay_model::Report,
    review: Vec<Queue<'a>>,
    gold: &'a GoldFacts,
    people: u64,
    ledger: &'a LedgerFacts,
    change: Option<Vec<Change>>,
    limits: Vec<String>,
    not_measured: [&'static str; 5],
    open: Vec<&'static str>,
    written: &'a std::collections::BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Queue<'a> {
    name: &'a str,
    statement: &'a str,
    size: u64,
    reviewers: u64,
    blind: bool,
    rubric: &'a str,
    decided: u64,
    left: u64,
    approved: u64,
    excluded: u64,
    estimate: Option<Estimate>,
}

pub fn numbers(facts: &CardFacts) -> String {
    let numbers = Numbers {
        schema: "assay-card/1",
        about: ABOUT
            .into_iter()
            .map(|(key, meaning)| (key.to_owned(), meaning.into()))
            .collect(),
        signed: false,
        report: &facts.report,
        review: facts.review.iter().map(queue).collect(),
        gold: &facts.gold,
        people: facts.people,
        ledger: &facts.ledger,
        change: facts
            .previous
            .as_ref()
            .map(|previous| changes(previous, &facts.report)),
        limits: limits::sentences(facts),
        not_measured: NOT_MEASURED,
        open: AUTHOR_KEYS
            .iter()
            .map(|(key, _)| *key)
            .filter(|key| facts.author.get(*key).is_none_or(|text| text.trim().is_empty()))
            .collect(),
        written: &facts.author,
    };
    let mut text = serde_json::to_string_pretty(&numbers).expect("a card has text keys only");
    text.push('\n');
    text
}

fn queue(queue: &super::QueueFacts) -> Queue<'_> {
    Queue {
        name: &queue.name,
        statement: &queue.statement,
        size: queue.size,
        reviewers: queue.reviewers,
        blind: queue.blind,
        rubric: &queue.rubric,
        decided: queue.decided,
        left: queue.size.saturating_sub(queue.decided),
        approved: queue.approved,
        excluded: queue.excluded,
        estimate: queue.estimate,
    }
}
