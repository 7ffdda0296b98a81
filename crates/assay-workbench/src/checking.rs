//! Does a snapshot keep a data contract? Every gate measured, with the samples behind it.

use std::path::Path;

use assay_index::{Index, Snapshot, WorkerCommand};
use assay_measure::contract::{Contract, Dimension, Gate, Reference, Rule, Severity, Unit, parse_contract};
use assay_measure::{Inputs, LeakSettings, SliceTable, WORD, tail_retention};
use assay_model::expression::{Literal, Operator};
use assay_model::report::OriginTable;
use assay_model::{Code, Digest, Expression, Fault, Origin, Report, Task};
use assay_review::sampling::wilson;
use assay_review::{Stamp, Waiver, gold, waivers};
use serde::Serialize;

use crate::decisions::Decided;
use crate::leaks::{self, snapshot_named};
use crate::measuring::columns;
use crate::{Workspace, clock, indexing};

/// Samples named as examples of what a gate caught.
const EXAMPLES: u64 = 20;
/// Classes named as examples of what a gate caught.
const CLASSES: usize = 50;

/// What to hold against which contract.
#[derive(Clone, Debug)]
pub struct CheckOrder {
    pub contract: Contract,
    /// As it was given, for messages.
    pub path: String,
    pub dataset: Option<String>,
    pub snapshot: Option<u64>,
    pub worker: WorkerCommand,
}

/// Whether the contract is kept: the shape of `assay check --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckReport {
    pub contract: String,
    pub dataset: String,
    pub snapshot: u64,
    pub snapshot_root: String,
    /// Whether every gate holds that can fail.
    pub passed: bool,
    /// The same, counting waived gates as if they held.
    pub passed_with_waivers: bool,
    pub gates: Vec<GateResult>,
}

/// One gate: what was measured, and what is behind it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GateResult {
    pub id: &'static str,
    /// The slice; null for the whole snapshot.
    #[serde(rename = "where")]
    pub slice: Option<String>,
    /// The dimension or field the gate is about, where it is about one.
    pub about: Option<String>,
    /// Null where nothing could be measured; `note` says why.
    pub measured: Option<f64>,
    pub limit: f64,
    /// Whether the limit is the least that is allowed, and not the most.
    pub limit_is_least: bool,
    /// 95 %, where the measure is an estimate.
    pub interval: Option<[f64; 2]>,
    pub passed: bool,
    pub severity: &'static str,
    pub offending: u64,
    /// Digests of offending samples.
    pub examples: Vec<String>,
    /// Offending classes.
    pub classes: Vec<String>,
    pub note: Option<String>,
    /// Present where a waiver covers it; `passed` stays false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waived: Option<WaivedGate>,
}

impl GateResult {
    /// Whether it makes the contract fail.
    fn fails(&self) -> bool {
        !self.passed && self.severity != Severity::Watch.as_str()
    }
}

/// Who let a failing gate pass, why, until when, and up to which value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WaivedGate {
    pub by: String,
    pub reason: String,
    /// The last day.
    pub until: String,
    pub not_worse_than: f64,
}

/// A gate to be waived, as a lead says it.
#[derive(Clone, Debug)]
pub struct WaiveOrder {
    /// The gate's id.
    pub gate: String,
    /// Its slice, where several gates have this id.
    pub slice: Option<String>,
    pub reason: String,
    /// `YYYY-MM-DD`
    pub until: String,
}

/// Reads a contract file.
pub fn read_contract(path: &Path) -> Result<Contract, Fault> {
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| {
        let code = match error.kind() {
            std::io::ErrorKind::NotFound => Code::Usage,
            _ => Code::InvalidContract,
        };
        Fault::new(
            code,
            format!("the contract cannot be read: {error}"),
            "check the path",
        )
        .at(shown.clone())
    })?;
    parse_contract(&text, &shown)
}

/// Measures every gate of a contract on a snapshot.
pub fn check(workspace: &Workspace, order: &CheckOrder, task: &Task) -> Result<CheckReport, Fault> {
    let report = indexing::report(workspace, order.dataset.as_deref(), order.snapshot, task)?;
    let index = workspace.index()?;
    let snapshot = index.snapshot(Some(&report.dataset), Some(report.snapshot))?;
    let decided = Decided::read(&workspace.ledger()?)?;
    index.use_decisions(&decided.for_filters())?;
    let inputs = columns(&index, &snapshot)?;
    let checking = Checking {
        workspace,
        order,
        report: &report,
        index: &index,
        snapshot: &snapshot,
        decided: &decided,
        inputs: &inputs,
        table: SliceTable::read(&inputs, task)?,
        task,
    };
    let mut gates = Vec::new();
    for gate in &order.contract.gates {
        task.check()?;
        gates.extend(checking.results(gate)?);
    }
    let waivers = waivers::standing(&workspace.ledger()?, clock::today())?;
    for gate in gates.iter_mut().filter(|gate| !gate.passed) {
        let name = &order.contract.name;
        gate.waived = waivers
            .iter()
            .find(|waived| covers(&waived.waiver, name, &report.dataset, gate))
            .map(shown);
    }
    Ok(CheckReport {
        contract: order.contract.name.clone(),
        dataset: report.dataset.clone(),
        snapshot: report.snapshot,
        snapshot_root: report.snapshot_root.clone(),
        passed: !gates.iter().any(GateResult::fails),
        passed_with_waivers: !gates.iter().any(|gate| gate.fails() && gate.waived.is_none()),
        gates,
    })
}

/// Records a waiver for one failing gate of a report. On disk when it returns.
pub fn waive(
    workspace: &Workspace,
    report: &CheckReport,
    order: &WaiveOrder,
    actor: &str,
) -> Result<Waiver, Fault> {
    let gate = failing_gate(report, order)?;
    let not_worse_than = gate.measured.ok_or_else(|| {
        Fault::new(
            Code::NotAllowed,
            "a gate that could not be measured cannot be waived",
            "see its note for what is missing",
        )
    })?;
    let waiver = Waiver {
        contract: report.contract.clone(),
        dataset: report.dataset.clone(),
        gate: gate.id.to_owned(),
        slice: gate.slice.clone().unwrap_or_default(),
        about: gate.about.clone().unwrap_or_default(),
        reason: order.reason.trim().to_owned(),
        until: order.until.clone(),
        not_worse_than: not_worse_than.to_string(),
    };
    let mut ledger = workspace.ledger_writer()?;
    waivers::waive(&mut ledger, &Stamp::now(actor), waiver.clone(), clock::today())?;
    Ok(waiver)
}

/// The one failing gate that an order means.
fn failing_gate<'a>(report: &'a CheckReport, order: &WaiveOrder) -> Result<&'a GateResult, Fault> {
    let meant: Vec<&GateResult> = report
        .gates
        .iter()
        .filter(|gate| !gate.passed && gate.id == order.gate)
        .filter(|gate| order.slice.is_none() || gate.slice == order.slice)
        .collect();
    let (what, remedy) = match meant.as_slice() {
        [gate] => return Ok(gate),
        [] => ("no failing gate", "only a gate that fails can be waived"),
        _ => (
            "more than one failing gate",
            "say which by its slice: --waive-where",
        ),
    };
    let name = assay_model::fault::one_line(&order.gate);
    Err(Fault::new(
        Code::Usage,
        format!("{what} of this contract is called `{name}`"),
        remedy,
    ))
}

/// Whether a waiver is about this gate, and what is measured no worse than what was waived.
fn covers(waiver: &Waiver, contract: &str, dataset: &str, gate: &GateResult) -> bool {
    let same = waiver.contract == contract
        && waiver.dataset == dataset
        && waiver.gate == gate.id
        && waiver.slice == gate.slice.as_deref().unwrap_or_default()
        && waiver.about == gate.about.as_deref().unwrap_or_default();
    let (Some(measured), Ok(limit)) = (gate.measured, waiver.not_worse_than.parse::<f64>()) else {
        return false;
    };
    let no_worse = if gate.limit_is_least {
        measured >= limit
    } else {
        measured <= limit
    };
    same && no_worse
}

fn shown(waived: &waivers::Waived) -> WaivedGate {
    WaivedGate {
        by: waived.by.clone(),
        reason: waived.waiver.reason.clone(),
        until: waived.waiver.until.clone(),
        not_worse_than: waived.waiver.not_worse_than.parse().unwrap_or_default(),
    }
}

/// What one gate measured.
#[derive(Default)]
struct Measured {
    about: Option<String>,
    value: Option<f64>,
    interval: Option<[f64; 2]>,
    offending: u64,
    examples: Vec<Digest>,
    classes: Vec<String>,
    note: Option<String>,
    /// Whether a gate holds that could not be measured.
    holds_unmeasured: bool,
}

struct Checking<'a> {
    workspace: &'a Workspace,
    order: &'a CheckOrder,
    report: &'a Report,
    index: &'a Index,
    snapshot: &'a Snapshot,
    decided: &'a Decided,
    inputs: &'a Inputs,
    table: SliceTable<'a>,
    task: &'a Task,
}

impl Checking<'_> {
    /// One result; for a gate on every dimension, one for each.
    fn results(&self, gate: &Gate) -> Result<Vec<GateResult>, Fault> {
        if let Rule::MinTailRetention {
            reference,
            dimension: Dimension::Each,
            least,
        } = &gate.rule
        {
            return self
                .inputs
                .text_dimensions
                .iter()
                .map(|name| {
                    let rule = Rule::MinTailRetention {
                        reference: reference.clone(),
                        dimension: Dimension::Named(name.clone()),
                        least: *least,
                    };
                    self.result(&Gate { rule, ..gate.clone() })
                })
                .collect();
        }
        Ok(vec![self.result(gate)?])
    }

    fn result(&self, gate: &Gate) -> Result<GateResult, Fault> {
        let slice = gate.slice.as_ref().map(|slice| &slice.expression);
        let measured = self
            .measure(gate, slice)
            .map_err(|fault| self.placed(gate, fault))?;
        let passed = match measured.value {
            Some(value) => gate.rule.holds(value),
            None => measured.holds_unmeasured,
        };
        Ok(GateResult {
            id: gate.rule.id(),
            slice: gate.slice.as_ref().map(|slice| slice.text.clone()),
            about: measured.about,
            measured: measured.value,
            limit: gate.rule.limit(),
            limit_is_least: gate.rule.is_least(),
            interval: measured.interval,
            passed,
            severity: gate.severity.as_str(),
            offending: measured.offending,
            examples: measured.examples.iter().map(ToString::to_string).collect(),
            classes: measured.classes,
            note: measured.note,
            waived: None,
        })
    }

    /// A gate that asks for what the snapshot does not have is a fault of the contract, at its line.
    fn placed(&self, gate: &Gate, fault: Fault) -> Fault {
        match fault.code {
            Code::UnknownField | Code::InvalidContract | Code::UnknownDataset => {
                fault.at(self.order.path.clone()).line(gate.line)
            }
            _ => fault,
        }
    }

    fn measure(&self, gate: &Gate, slice: Option<&Expression>) -> Result<Measured, Fault> {
        match &gate.rule {
            Rule::MaxMachineShare { unit, .. } => self.share_of(Origin::Machine, *unit, slice),
            Rule::MaxUnknownShare { unit, .. } => self.share_of(Origin::Unknown, *unit, slice),
            Rule::MaxUnreviewedUnknownShare { .. } => self.unreviewed_unknown(slice),
            Rule::MinHumanTokens { .. } => self.human_tokens(slice),
            Rule::MaxExactRate { .. } => {
                let exact = &self.report.duplication.exact;
                self.redundant(exact.rate, exact.redundant, Some("exact"))
            }
            Rule::MaxNearRate { .. } => {
                let near = &self.report.duplication.near;
                self.redundant(near.rate, near.redundant, None)
            }
            Rule::MinTailRetention {
                reference, dimension, ..
            } => match dimension {
                Dimension::Named(name) => self.tail(reference, name),
                Dimension::Each => unreachable!("taken apart in `results`"),
            },
            Rule::Floor { dimension, min_count } => self.floor(dimension, *min_count, slice),
            Rule::MaxCompressionRatio { .. } => Ok(self.compression()),
            Rule::MaxLeaked { .. } => self.leaked(),
            Rule::MaxAgeDays { most } => self.age(*most),
            Rule::MinReviewedShare { .. } => self.reviewed(slice),
            Rule::MaxDefectRate { .. } => self.defects(gate, slice),
            Rule::ColumnMax { field, most } => self.column_max(field, *most, slice),
            Rule::ColumnShareAbove { field, value, .. } => self.column_share(field, *value, slice),
        }
    }

    /// Sample ids of a slice; none where it is everything.
    fn ids(&self, slice: Option<&Expression>) -> Result<Option<Vec<u64>>, Fault> {
        let Some(slice) = slice else { return Ok(None) };
        let selection = self.index.select(self.snapshot, Some(slice))?;
        Ok(Some(self.index.all(&selection, self.task)?.0))
    }

    fn origins(&self, slice: Option<&Expression>) -> Result<OriginTable, Fault> {
        Ok(self.table.origins(self.ids(slice)?.as_deref()))
    }

    /// How many samples of a slice satisfy a condition, and the first of them.
    fn caught(&self, slice: Option<&Expression>, condition: Expression) -> Result<(u64, Vec<Digest>), Fault> {
        let filter = narrowed(slice, condition);
        let selection = self.index.select(self.snapshot, Some(&filter))?;
        let count = self.index.count(&selection)?;
        let first = self.index.first(&selection, None, EXAMPLES)?;
        Ok((count, self.index.digests_of(&first)?))
    }

    fn count(&self, slice: Option<&Expression>) -> Result<u64, Fault> {
        let selection = self.index.select(self.snapshot, slice)?;
        self.index.count(&selection)
    }

    fn share_of(&self, origin: Origin, unit: Unit, slice: Option<&Expression>) -> Result<Measured, Fault> {
        let table = self.origins(slice)?;
        let of = table.of(origin);
        let (offending, examples) = self.caught(slice, is("origin", origin.as_str()))?;
        Ok(Measured {
            value: Some(match unit {
                Unit::Tokens => of.token_share,
                Unit::Samples => of.share,
            }),
            offending,
            examples,
            note: self.empty_slice(&table),
            ..Measured::default()
        })
    }

    fn unreviewed_unknown(&self, slice: Option<&Expression>) -> Result<Measured, Fault> {
        let unapproved = Expression::Or(vec![
            Expression::IsNull {
                field: "verdict".into(),
                negated: false,
            },
            compare("verdict", Operator::NotEqual, Literal::Text("approve".into())),
        ]);
        let condition = Expression::And(vec![is("origin", Origin::Unknown.as_str()), unapproved]);
        let (offending, examples) = self.caught(slice, condition)?;
        let all = self.count(slice)?;
        Ok(Measured {
            value: Some(share(offending, all)),
            offending,
            examples,
            ..Measured::default()
        })
    }

    fn human_tokens(&self, slice: Option<&Expression>) -> Result<Measured, Fault> {
        let table = self.origins(slice)?;
        Ok(Measured {
            value: Some(table.human.tokens as f64),
            ..Measured::default()
        })
    }

    fn empty_slice(&self, table: &OriginTable) -> Option<String> {
        let samples: u64 = Origin::ALL.iter().map(|&origin| table.of(origin).samples).sum();
        (samples == 0).then(|| "the slice holds no sample".to_owned())
    }

    fn redundant(&self, rate: f64, redundant: u64, kind: Option<&str>) -> Result<Measured, Fault> {
        let copies = self.index.redundant(self.snapshot, kind, EXAMPLES)?;
        Ok(Measured {
            value: Some(rate),
            offending: redundant,
            examples: self.index.digests_of(&copies)?,
            ..Measured::default()
        })
    }

    fn tail(&self, reference: &Reference, dimension: &str) -> Result<Measured, Fault> {
        if dimension != WORD {
            self.check_dimension(dimension)?;
        }
        let here = self.table.classes(dimension, None, None, self.task)?;
        let there = match reference {
            Reference::Human => self
                .table
                .classes(dimension, None, Some(Origin::Human), self.task)?,
            Reference::Gold => self.gold_classes(dimension)?,
            Reference::Snapshot(name) => {
                let snapshot = snapshot_named(self.index, name)?;
                let inputs = columns(self.index, &snapshot)?;
                SliceTable::read(&inputs, self.task)?.classes(dimension, None, None, self.task)?
            }
        };
        let found = tail_retention(&here, &there);
        let note = if there.is_empty() {
            Some(format!("the reference has no class of {dimension}"))
        } else {
            (found.tail == 0).then(|| {
                "the reference has no tail: its rarest class already holds more than a tenth of it".to_owned()
            })
        };
        Ok(Measured {
            about: Some(dimension.to_owned()),
            value: found.retention,
            offending: found.missing.len() as u64,
            classes: found.missing.into_iter().take(CLASSES).collect(),
            note,
            holds_unmeasured: !there.is_empty(),
            ..Measured::default()
        })
    }

    /// Classes of a dimension, or words, in the gold set; by name.
    fn gold_classes(&self, dimension: &str) -> Result<Vec<(String, u64)>, Fault> {
        let mut counts = std::collections::BTreeMap::new();
        gold::export(&self.workspace.ledger()?, |row| {
            let values = if dimension == WORD {
                let texts: Vec<&str> = row.parts.iter().map(|part| part.text.as_str()).collect();
                let normalised = assay_sketch::normalise_parts(&texts);
                assay_sketch::tokens(&normalised).map(str::to_owned).collect()
            } else {
                kept_values(&row.facts, dimension)
            };
            for value in values {
                *counts.entry(value).or_insert(0) += 1;
            }
            Ok(())
        })?;
        Ok(counts.into_iter().collect())
    }

    fn floor(&self, dimension: &str, min_count: u64, slice: Option<&Expression>) -> Result<Measured, Fault> {
        self.check_dimension(dimension)?;
        let ids = self.ids(slice)?;
        let mut classes = self.table.classes(dimension, ids.as_deref(), None, self.task)?;
        classes.sort_by_key(|(_, count)| *count);
        let below: Vec<&String> = classes
            .iter()
            .filter(|(_, count)| *count < min_count)
            .map(|(name, _)| name)
            .collect();
        let examples = if below.is_empty() {
            Vec::new()
        } else {
            let rare = Expression::In {
                field: dimension.to_owned(),
                values: below
                    .iter()
                    .take(CLASSES)
                    .map(|&name| Literal::Text(name.clone()))
                    .collect(),
                negated: false,
            };
            self.caught(slice, rare)?.1
        };
        Ok(Measured {
            about: Some(dimension.to_owned()),
            value: classes.first().map(|(_, count)| *count as f64),
            offending: below.len() as u64,
            examples,
            note: classes.is_empty().then(|| format!("no sample has a {dimension}")),
            classes: below.into_iter().take(CLASSES).cloned().collect(),
            ..Measured::default()
        })
    }

    /// Fails with the nearest name where the snapshot maps no such dimension.
    fn check_dimension(&self, name: &str) -> Result<(), Fault> {
        let known: Vec<String> = self
            .index
            .dimensions(self.snapshot)?
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let named = Expression::IsNull {
            field: name.to_owned(),
            negated: false,
        };
        named.check_fields(&known)
    }

    fn compression(&self) -> Measured {
        let whole = self
            .report
            .diversity
            .iter()
            .find(|diversity| diversity.slice == "all");
        Measured {
            value: whole.map(|whole| whole.compression_ratio[1]),
            interval: whole.map(|whole| [whole.compression_ratio[0], whole.compression_ratio[2]]),
            note: whole.is_none().then(|| "the snapshot holds no text".to_owned()),
            holds_unmeasured: true,
            ..Measured::default()
        }
    }

    fn leaked(&self) -> Result<Measured, Fault> {
        if self.decided.gold().is_empty() {
            return Ok(Measured {
                value: Some(0.0),
                note: Some("the gold set is empty".to_owned()),
                ..Measured::default()
            });
        }
        let settings = LeakSettings::default();
        let found = leaks::gold_in(
            self.workspace,
            self.snapshot,
            &self.order.worker,
            &settings,
            self.task,
        )?;
        let digest = |row: &leaks::LeakRow| serde_json::from_value(row.b["digest"].clone()).ok();
        Ok(Measured {
            value: Some(found.found as f64),
            offending: found.found,
            examples: found
                .matches
                .iter()
                .filter_map(digest)
                .take(EXAMPLES as usize)
                .collect(),
            note: Some(found.statement),
            ..Measured::default()
        })
    }

    fn age(&self, most: u64) -> Result<Measured, Fault> {
        let now = clock::now();
        let mut ages = Vec::new();
        for member in gold::list(&self.workspace.ledger()?)? {
            if member.revoked.is_none() {
                ages.push((clock::days_between(&member.at, now)?, member.sample));
            }
        }
        ages.sort_by(|a, b| b.0.total_cmp(&a.0));
        let old = ages.iter().filter(|(days, _)| *days > most as f64);
        Ok(Measured {
            value: ages.first().map(|(days, _)| *days),
            offending: old.clone().count() as u64,
            examples: old.map(|(_, sample)| *sample).take(EXAMPLES as usize).collect(),
            note: ages.is_empty().then(|| "the gold set is empty".to_owned()),
            holds_unmeasured: true,
            ..Measured::default()
        })
    }

    fn reviewed(&self, slice: Option<&Expression>) -> Result<Measured, Fault> {
        let unreviewed = Expression::IsNull {
            field: "verdict".into(),
            negated: false,
        };
        let (offending, examples) = self.caught(slice, unreviewed)?;
        let all = self.count(slice)?;
        Ok(Measured {
            value: Some(share(all - offending, all)),
            offending,
            examples,
            ..Measured::default()
        })
    }

    /// Exclusions among random draws from this slice, or from the whole dataset where they fall into it.
    fn defects(&self, gate: &Gate, slice: Option<&Expression>) -> Result<Measured, Fault> {
        let ledger = self.workspace.ledger()?;
        let inside = match slice {
            None => None,
            Some(slice) => {
                let selection = self.index.select(self.snapshot, Some(slice))?;
                Some(self.index.digests(&selection)?)
            }
        };
        let mut drawn = std::collections::BTreeSet::new();
        for queue in ledger.queues()? {
            let filter = queue.terms.filter.trim();
            let same = gate
                .slice
                .as_ref()
                .is_some_and(|slice| same_slice(filter, &slice.expression));
            if queue.terms.dataset == self.snapshot.dataset && (filter.is_empty() || same) {
                drawn.extend(ledger.queue_items(&queue)?);
            }
        }
        let counted = |digest: &&Digest| {
            inside
                .as_ref()
                .is_none_or(|inside| inside.binary_search(digest).is_ok())
        };
        let (mut judged, mut excluded) = (0, Vec::new());
        for digest in drawn.iter().filter(counted) {
            match self.decided.verdict(digest).map(|verdict| verdict.as_str()) {
                Some("exclude") => {
                    judged += 1;
                    excluded.push(*digest);
                }
                Some(_) => judged += 1,
                None => {}
            }
        }
        let defects = excluded.len() as u64;
        let estimate = wilson(defects, judged);
        excluded.truncate(EXAMPLES as usize);
        Ok(Measured {
            value: Some(estimate.map_or(1.0, |estimate| estimate.high)),
            interval: Some(estimate.map_or([0.0, 1.0], |estimate| [estimate.low, estimate.high])),
            offending: defects,
            examples: excluded,
            note: Some(format!(
                "{defects} of {judged} randomly drawn and judged samples excluded; the upper end of the interval counts"
            )),
            ..Measured::default()
        })
    }

    fn column_max(&self, field: &str, most: f64, slice: Option<&Expression>) -> Result<Measured, Fault> {
        let over = compare(field, Operator::Greater, Literal::Number(most.to_string()));
        let (offending, examples) = self.caught(slice, over)?;
        let selection = self.index.select(self.snapshot, slice)?;
        let greatest = self.index.greatest(&selection, field)?;
        Ok(Measured {
            about: Some(field.to_owned()),
            value: greatest,
            offending,
            examples,
            note: greatest
                .is_none()
                .then(|| format!("no sample has a number in {field}")),
            ..Measured::default()
        })
    }

    fn column_share(&self, field: &str, value: f64, slice: Option<&Expression>) -> Result<Measured, Fault> {
        let over = compare(field, Operator::Greater, Literal::Number(value.to_string()));
        let (offending, examples) = self.caught(slice, over)?;
        let filled = Expression::IsNull {
            field: field.to_owned(),
            negated: true,
        };
        let (filled, _) = self.caught(slice, filled)?;
        Ok(Measured {
            about: Some(field.to_owned()),
            value: (filled > 0).then(|| share(offending, filled)),
            offending,
            examples,
            note: (filled == 0).then(|| format!("no sample has a value in {field}")),
            ..Measured::default()
        })
    }
}

fn compare(field: &str, operator: Operator, value: Literal) -> Expression {
    Expression::Compare {
        field: field.to_owned(),
        operator,
        value,
    }
}

fn is(field: &str, word: &str) -> Expression {
    compare(field, Operator::Equal, Literal::Text(word.to_owned()))
}

fn narrowed(slice: Option<&Expression>, condition: Expression) -> Expression {
    match slice {
        Some(slice) => Expression::And(vec![slice.clone(), condition]),
        None => condition,
    }
}

/// Whether a queue's filter means the same slice as it is written.
fn same_slice(filter: &str, slice: &Expression) -> bool {
    Expression::parse(filter).is_ok_and(|parsed| parsed == *slice)
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// A kept sample's values of a dimension.
fn kept_values(facts: &serde_json::Value, dimension: &str) -> Vec<String> {
    let pairs = facts["dimensions"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    pairs
        .iter()
        .filter(|pair| pair[0] == dimension)
        .filter_map(|pair| Some(pair[1].as_str()?.to_owned()))
        .collect()
}
