//! How are verdicts applied from a file, as the review screen would?
//!
//! JSON Lines, one decision each. A bad line rejects the whole file. The same file applied twice
//! changes nothing: each decision's entry id is a UUIDv8 made from SHA-256 over queue, actor,
//! sample, answer and note, and over how often the file had already changed to that answer.

use std::collections::{BTreeMap, HashMap};

use assay_ledger::{Answer, Confidence, Draft, Ledger, Queue, Verdict};
use assay_model::{Code, Digest, Fault, Origin, canonical, fault::excerpt};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::verdict::{self, Decide};
use crate::{Stamp, people};

/// Entries recorded in one transaction.
const BATCH: usize = 1000;

/// What applying a file did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Decisions the file holds.
    pub decisions: u64,
    /// Of these, recorded now; the others stood in the ledger already or repeat a line.
    pub recorded: u64,
}

/// One line as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    sample: String,
    verdict: String,
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    labels: Option<Labels>,
    #[serde(default)]
    rubric: Option<BTreeMap<String, u64>>,
    #[serde(default)]
    origin: Option<String>,
    #[serde(default)]
    confidence: Option<String>,
    #[serde(default)]
    note: Option<String>,
}

/// Labels by name: `{"Rare case": true}`, or a list of names.
#[derive(Deserialize)]
#[serde(untagged, expecting = "labels are written {\"name\": true} or [\"name\"]")]
enum Labels {
    Set(BTreeMap<String, bool>),
    List(Vec<String>),
}

/// Applies the decisions in `text` for `actor`; `path` names the file in errors.
///
/// Nothing is recorded unless every line is right. Batches are recorded one after another; if the
/// machine stops in between, applying the file again records the rest.
pub fn apply(
    ledger: &mut Ledger,
    queue: &Queue,
    actor: &str,
    at: Timestamp,
    path: &str,
    text: &str,
) -> Result<Applied, Fault> {
    people::find(ledger, actor)?;
    let mut drafts = Vec::new();
    let mut turns = Turns::default();
    for line in lines(path, text) {
        let (number, decide) = line?;
        let draft = one(ledger, queue, actor, at, &decide, &mut turns);
        drafts.push(draft.map_err(|fault| rejected(fault, path, number))?);
    }
    let before = ledger.size()?;
    for batch in drafts.chunks(BATCH) {
        ledger.append(batch)?;
    }
    Ok(Applied {
        decisions: drafts.len() as u64,
        recorded: ledger.size()? - before,
    })
}

/// The decisions of a file with their lines, counted from 1, or `invalid_decisions` at the line that is none. `path` names the
/// file in errors.
pub fn lines(path: &str, text: &str) -> impl Iterator<Item = Result<(u64, Decide), Fault>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = (1_u64..).zip(text.split('\n'));
    lines
        .map(|(number, line)| (number, line.strip_suffix('\r').unwrap_or(line)))
        .filter(|(_, line)| !line.trim().is_empty())
        .map(move |(number, line)| match parse(line) {
            Ok(decide) => Ok((number, decide)),
            Err(fault) => Err(rejected(fault, path, number)),
        })
}

fn rejected(fault: Fault, path: &str, line: u64) -> Fault {
    if fault.code == Code::Internal {
        return fault;
    }
    let remedy = if fault.remedy.is_empty() {
        "correct the line".to_owned()
    } else {
        fault.remedy
    };
    let mut rejected = Fault::new(
        Code::InvalidDecisions,
        format!("{}; nothing was applied", fault.message),
        remedy,
    )
    .at(path)
    .line(line);
    rejected.column = fault.column;
    rejected
}

fn one(
    ledger: &Ledger,
    queue: &Queue,
    actor: &str,
    at: Timestamp,
    decide: &Decide,
    turns: &mut Turns,
) -> Result<Draft, Fault> {
    let stamp = Stamp {
        entry: Uuid::nil(),
        at,
        actor: actor.to_owned(),
    };
    let mut draft = verdict::draft(ledger, &stamp, queue, decide)?;
    draft.id = turns.id(queue, actor, &decide.sample, &draft)?;
    Ok(draft)
}

fn parse(line: &str) -> Result<Decide, Fault> {
    let usage = |what: String, remedy: &str| Fault::new(Code::Usage, what, remedy);
    let line: Line = serde_json::from_str(line).map_err(|error| {
        let what = format!("not a decision: {error} in `{}`", excerpt(line.as_bytes(), 80));
        let remedy =
            r#"write {"sample": "sha256:…", "verdict": "approve|exclude|unsure|skip", …} on one line"#;
        usage(what, remedy).column(error.column().max(1) as u64)
    })?;
    let word = |given: &str| excerpt(given.as_bytes(), 40);
    let sample: Digest = line.sample.parse().map_err(|error| {
        usage(
            format!("`{}` is {error}", word(&line.sample)),
            "give the digest as `assay queue show` prints it",
        )
    })?;
    let verdict = Verdict::parse(&line.verdict).ok_or_else(|| {
        usage(
            format!("`{}` is not a verdict", word(&line.verdict)),
            "write approve, exclude, unsure or skip",
        )
    })?;
    let origin = given(line.origin).map(|text| {
        Origin::parse(&text).ok_or_else(|| {
            usage(
                format!("`{}` is not an origin", word(&text)),
                "write human, machine, mixed or unknown",
            )
        })
    });
    let confidence = given(line.confidence).map(|text| {
        Confidence::parse(&text).ok_or_else(|| {
            usage(
                format!("`{}` is not a confidence", word(&text)),
                "write low, medium or high",
            )
        })
    });
    let labels = match line.labels {
        None => Vec::new(),
        Some(Labels::List(names)) => names,
        Some(Labels::Set(set)) => set
            .into_iter()
            .filter_map(|(name, on)| on.then_some(name))
            .collect(),
    };
    let answer = Answer {
        verdict,
        reason: line.reason.unwrap_or_default(),
        labels,
        scores: line.rubric.unwrap_or_default(),
        origin: origin.transpose()?,
        confidence: confidence.transpose()?,
    };
    Ok(Decide {
        sample,
        answer,
        note: line.note.unwrap_or_default(),
        dwell_ms: None,
    })
}

/// A field that says something; an empty text says nothing.
fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

/// Which answers the file gave to each sample so far.
#[derive(Default)]
struct Turns {
    last: HashMap<Digest, Digest>,
    times: HashMap<(Digest, Digest), u64>,
}

impl Turns {
    /// The entry id of the next answer. A line that repeats the sample's last answer has its id; an
    /// answer the file comes back to after another has one of its own.
    fn id(&mut self, queue: &Queue, actor: &str, sample: &Digest, draft: &Draft) -> Result<Uuid, Fault> {
        let event = serde_json::to_value(&draft.event)
            .map_err(|error| Fault::internal("naming a decision", error))?;
        let content = digest(&json!([queue.id, actor, event, draft.note]))?;
        let times = self.times.entry((*sample, content)).or_default();
        if self.last.insert(*sample, content) != Some(content) {
            *times += 1;
        }
        let digest = digest(&json!([content, *times]))?;
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest.0[..16]);
        Ok(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

fn digest(value: &Value) -> Result<Digest, Fault> {
    let text = canonical::to_string(value).map_err(|error| Fault::new(Code::Usage, error.to_string(), ""))?;
    Ok(Digest::of(text.as_bytes()))
}
