//! Measuring gates, one by one, on a snapshot and its ledger.

use std::collections::BTreeSet;

use assay_contract::{Dimension, Gate, Reference, Rule, Unit};
use assay_index::{Index, Snapshot};
use assay_measure::{BIGRAM, Inputs, LeakSettings, TOPIC, WORD, Whose};
use assay_model::expression::{Literal, Operator};
use assay_model::report::OriginTable;
use assay_model::{Code, Digest, Expression, Fault, Origin, Report, Task};
use assay_review::gold;
use assay_review::sampling::wilson;

use super::{CheckOrder, GateResult};
use crate::decisions::Decided;
use crate::leaks;
use crate::protecting;
use crate::settings::WorkspaceSettings;
use crate::tails::{Held, Population};
use crate::{Workspace, clock};

/// Samples named as examples of what a gate caught.
const EXAMPLES: u64 = 20;
/// Classes named as examples of what a gate caught.
const CLASSES: usize = 50;

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
    filter: Option<String>,
    /// Expression of the samples whose tokens the measured figure counts.
    made_of: Option<String>,
}

/// Samples that a condition catches.
struct Caught {
    count: u64,
    examples: Vec<Digest>,
    /// The condition in words of the filter.
    filter: String,
}

pub(super) struct Checking<'a> {
    pub workspace: &'a Workspace,
    pub order: &'a CheckOrder,
    pub report: &'a Report,
    pub index: &'a Index,
    pub snapshot: &'a Snapshot,
    pub decided: &'a Decided,
    pub inputs: &'a Inputs,
    pub here: Population<'a>,
    pub task: &'a Task,
}

impl Checking<'_> {
    /// One result; for a gate on every dimension, one for each.
    pub fn results(&self, gate: &Gate) -> Result<Vec<GateResult>, Fault> {
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
            filter: measured.filter,
            made_of: measured.made_of,
            line: gate.line,
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
            Rule::MaxPersonalDataShare { .. } => self.personal_data(),
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
        Ok(self.here.table.origins(self.ids(slice)?.as_deref()))
    }

    /// The samples of a slice that satisfy a condition.
    fn caught(&self, slice: Option<&Expression>, condition: Expression) -> Result<Caught, Fault> {
        let filter = narrowed(slice, condition);
        let selection = self.index.select(self.snapshot, Some(&filter))?;
        let first = self.index.first(&selection, None, EXAMPLES)?;
        Ok(Caught {
            count: self.index.count(&selection)?,
            examples: self.index.digests_of(&first)?,
            filter: filter.to_string(),
        })
    }

    fn count(&self, slice: Option<&Expression>) -> Result<u64, Fault> {
        let selection = self.index.select(self.snapshot, slice)?;
        self.index.count(&selection)
    }

    fn share_of(&self, origin: Origin, unit: Unit, slice: Option<&Expression>) -> Result<Measured, Fault> {
        let table = self.origins(slice)?;
        let of = table.of(origin);
        let caught = self.caught(slice, is("origin", origin.as_str()))?;
        Ok(Measured {
            value: Some(match unit {
                Unit::Tokens => of.token_share,
                Unit::Samples => of.share,
            }),
            offending: caught.count,
            examples: caught.examples,
            filter: Some(caught.filter),
            made_of: (unit == Unit::Tokens).then(|| holding_tokens(slice, origin)),
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
        let caught = self.caught(slice, condition)?;
        let all = self.count(slice)?;
        Ok(Measured {
            value: Some(share(caught.count, all)),
            offending: caught.count,
            examples: caught.examples,
            filter: Some(caught.filter),
            ..Measured::default()
        })
    }

    fn human_tokens(&self, slice: Option<&Expression>) -> Result<Measured, Fault> {
        let table = self.origins(slice)?;
        Ok(Measured {
            value: Some(table.human.tokens as f64),
            made_of: Some(holding_tokens(slice, Origin::Human)),
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
        let derived = [BIGRAM, TOPIC].map(|unit| self.inputs.derived_unit(unit));
        if dimension != WORD && !derived.iter().any(|unit| unit == dimension) {
            self.check_dimension(dimension)?;
        }
        let held = Held::open(self.workspace, self.index, reference)?;
        let Some(found) = held.tail(&self.here, dimension, 1, self.task)? else {
            return Ok(Measured {
                about: Some(dimension.to_owned()),
                note: Some(format!("the reference has no class of {dimension}")),
                ..Measured::default()
            });
        };
        let note = match (found.retention, found.classes) {
            (Some(_), _) => None,
            (None, 0) => Some(
                "the reference has no tail: its rarest class already holds more than a tenth of it"
                    .to_owned(),
            ),
            (None, _) => Some(format!(
                "only human samples have a {dimension}: nothing narrows it"
            )),
        };
        Ok(Measured {
            about: Some(dimension.to_owned()),
            value: found.retention,
            interval: found.interval,
            offending: found.missing_count,
            classes: found
                .missing
                .into_iter()
                .take(CLASSES)
                .map(|class| class.class)
                .collect(),
            note,
            holds_unmeasured: true,
            ..Measured::default()
        })
    }

    fn floor(&self, dimension: &str, min_count: u64, slice: Option<&Expression>) -> Result<Measured, Fault> {
        self.check_dimension(dimension)?;
        let ids = self.ids(slice)?;
        let mut classes = self
            .here
            .table
            .classes(dimension, ids.as_deref(), Whose::Everyone, self.task)?;
        classes.sort_by_key(|(_, count)| *count);
        let below: Vec<&String> = classes
            .iter()
            .filter(|(_, count)| *count < min_count)
            .map(|(name, _)| name)
            .collect();
        let caught = match below.as_slice() {
            [] => None,
            below => {
                let rare = Expression::In {
                    field: dimension.to_owned(),
                    values: below
                        .iter()
                        .take(CLASSES)
                        .map(|&name| Literal::Text(name.clone()))
                        .collect(),
                    negated: false,
                };
                Some(self.caught(slice, rare)?)
            }
        };
        Ok(Measured {
            about: Some(dimension.to_owned()),
            value: classes.first().map(|(_, count)| *count as f64),
            offending: below.len() as u64,
            filter: caught.as_ref().map(|caught| caught.filter.clone()),
            examples: caught.map_or_else(Vec::new, |caught| caught.examples),
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
        let settings = LeakSettings {
            jaccard: WorkspaceSettings::read(self.workspace)?
                .duplication
                .near_threshold,
            ..LeakSettings::default()
        };
        let found = leaks::gold_in(
            self.workspace,
            self.snapshot,
            &self.order.worker,
            &settings,
            self.task,
        )?;
        let digest = |row: &leaks::LeakRow| serde_json::from_value(row.b["digest"].clone()).ok();
        let found_as = |exact: bool| {
            let rows = found.matches.iter();
            rows.filter(move |row| (row.kind == "exact") == exact)
                .filter_map(digest)
        };
        let filter = protecting::filter(found_as(true).next().is_some(), found_as(false));
        Ok(Measured {
            filter,
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

    fn personal_data(&self) -> Result<Measured, Fault> {
        let counts = &self.report.flag_counts;
        let found = counts
            .get(Code::PersonalData.as_str())
            .copied()
            .unwrap_or_default();
        let first = self.index.flagged(self.snapshot, Code::PersonalData, EXAMPLES)?;
        Ok(Measured {
            value: Some(share(found, self.report.samples.indexed)),
            offending: found,
            examples: self.index.digests_of(&first)?,
            note: Some("found by form and check digit; names and addresses in prose are not".to_owned()),
            ..Measured::default()
        })
    }

    fn reviewed(&self, slice: Option<&Expression>) -> Result<Measured, Fault> {
        let unreviewed = Expression::IsNull {
            field: "verdict".into(),
            negated: false,
        };
        let caught = self.caught(slice, unreviewed)?;
        let all = self.count(slice)?;
        Ok(Measured {
            value: Some(share(all - caught.count, all)),
            offending: caught.count,
            examples: caught.examples,
            filter: Some(caught.filter),
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
        let mut drawn = BTreeSet::new();
        for queue in ledger.queues()? {
            let filter = queue.terms.filter.trim();
            let same = gate
                .slice
                .as_ref()
                .is_some_and(|slice| same_slice(filter, &slice.expression));
            // Only random draws feed estimates.
            let random = queue.terms.ordering.is_random();
            if random && queue.terms.dataset == self.snapshot.dataset && (filter.is_empty() || same) {
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
            value: estimate.map(|estimate| estimate.high),
            interval: estimate.map(|estimate| [estimate.low, estimate.high]),
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
        let caught = self.caught(slice, over)?;
        let selection = self.index.select(self.snapshot, slice)?;
        let greatest = self.index.greatest(&selection, field)?;
        Ok(Measured {
            about: Some(field.to_owned()),
            value: greatest,
            offending: caught.count,
            examples: caught.examples,
            filter: Some(caught.filter),
            note: greatest
                .is_none()
                .then(|| format!("no sample has a number in {field}")),
            ..Measured::default()
        })
    }

    fn column_share(&self, field: &str, value: f64, slice: Option<&Expression>) -> Result<Measured, Fault> {
        let over = compare(field, Operator::Greater, Literal::Number(value.to_string()));
        let caught = self.caught(slice, over)?;
        let filled = Expression::IsNull {
            field: field.to_owned(),
            negated: true,
        };
        let filled = self.caught(slice, filled)?.count;
        Ok(Measured {
            about: Some(field.to_owned()),
            value: (filled > 0).then(|| share(caught.count, filled)),
            offending: caught.count,
            examples: caught.examples,
            filter: Some(caught.filter),
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

/// Samples of a slice that hold tokens of an origin: also mixed ones, by their parts.
fn holding_tokens(slice: Option<&Expression>, origin: Origin) -> String {
    narrowed(slice, is("part_origin", origin.as_str())).to_string()
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
