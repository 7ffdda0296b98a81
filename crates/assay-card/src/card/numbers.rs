//! card.json: every number of the card, for machines.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use assay_model::AuthoredSection;

use super::{
    AgreementFact, AuthoredFact, AuthorshipFact, CardFacts, Estimate, ExchangeFact, GateFacts, GoldFacts,
    LedgerFacts, limits,
};
use crate::change::{Change, changes};

/// What each top-level key holds.
const ABOUT: [(&str, &str); 14] = [
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
    ("roles", "How many of them in each role."),
    (
        "gates",
        "The contract and what each gate measured, with its waiver where it has one. Null where no contract was applied.",
    ),
    (
        "exchange",
        "Samples that the snapshot before holds too, that are new, that are gone, and that have another origin now. Null for a first snapshot.",
    ),
    (
        "authorship",
        "Parts of samples by role, origin, how they came and the model that made them, counted.",
    ),
    (
        "authors",
        "Who wrote each section that only a person can write, when, and under which entry of the ledger.",
    ),
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
const NOT_MEASURED: [&str; 3] = ["toxicity", "factual_correctness", "benchmark_leakage"];

#[derive(Serialize)]
struct Numbers<'a> {
    schema: &'static str,
    about: Map<String, Value>,
    signed: bool,
    report: &'a assay_model::Report,
    review: Vec<Queue<'a>>,
    gold: &'a GoldFacts,
    people: u64,
    roles: &'a BTreeMap<String, u64>,
    gates: Option<&'a GateFacts>,
    exchange: Option<ExchangeFact>,
    authorship: &'a [AuthorshipFact],
    ledger: &'a LedgerFacts,
    change: Option<Vec<Change>>,
    limits: Vec<String>,
    not_measured: Vec<&'static str>,
    open: Vec<&'static str>,
    written: BTreeMap<AuthoredSection, &'a str>,
    authors: BTreeMap<AuthoredSection, Author<'a>>,
}

/// Who wrote a section, without its text.
#[derive(Serialize)]
struct Author<'a> {
    by: &'a str,
    at: &'a str,
    entry: u64,
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
    asked_now: Option<&'a str>,
    agreement: Option<AgreementFact>,
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
        roles: &facts.roles,
        gates: facts.gates.as_ref(),
        exchange: facts.exchange,
        authorship: &facts.authorship,
        ledger: &facts.ledger,
        change: facts
            .previous
            .as_ref()
            .map(|previous| changes(previous, &facts.report)),
        limits: limits::sentences(facts),
        not_measured: not_measured(facts),
        open: AuthoredSection::ALL
            .into_iter()
            .filter(|section| facts.written(*section).is_none())
            .map(AuthoredSection::as_str)
            .collect(),
        written: facts
            .author
            .iter()
            .map(|(section, written)| (*section, written.text.as_str()))
            .collect(),
        authors: facts
            .author
            .iter()
            .map(|(section, written)| (*section, author(written)))
            .collect(),
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
        asked_now: queue.asked_now.as_deref(),
        agreement: queue.agreement,
    }
}

fn author(written: &AuthoredFact) -> Author<'_> {
    Author {
        by: &written.by,
        at: &written.at,
        entry: written.entry,
    }
}

fn not_measured(facts: &CardFacts) -> Vec<&'static str> {
    let gates = facts.gates.is_none().then_some("gates");
    gates.into_iter().chain(NOT_MEASURED).collect()
}
