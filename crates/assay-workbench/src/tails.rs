//! How does a snapshot hold against a reference, and what would taking samples away cost its tail?
//!
//! One reading of "reference" for the report, the window and contracts. Against the human part of the snapshot itself its
//! non-human part is held, for the whole holds the human part's classes by definition; against gold or another snapshot the
//! whole is.

use std::collections::BTreeMap;

use assay_contract::Reference;
use assay_index::{Index, Snapshot};
use assay_measure::{
    Against, BIGRAM, Inputs, SliceTable, TOPIC, TopicColumn, TopicModel, WORD, Whose, figures_of,
    side_by_side,
};
use assay_model::report::{Coverage, Tail, Without};
use assay_model::{Expression, Fault, Origin, Part, Report, Task};
use assay_review::gold;
use assay_sketch::Sketcher;

use crate::decisions::Decided;
use crate::measuring::{Rereading, columns};
use crate::{Workspace, indexing};

/// What is asked of the coverage beside what every report says.
#[derive(Clone, Debug, Default)]
pub struct TailOrder {
    pub dataset: Option<String>,
    pub snapshot: Option<u64>,
    /// One unit; all of them where absent.
    pub unit: Option<String>,
    /// `human`, `gold`, `NAME` or `NAME@N`.
    pub reference: Option<String>,
    /// Observations from which a class counts as present; 1 where it is 0.
    pub present_at_least: u64,
    /// Samples that are taken away: the cost of an exclusion or of a filter.
    pub without: Option<Expression>,
}

/// The report with its coverage held against the reference asked for, and without the samples asked for.
pub fn report(workspace: &Workspace, order: &TailOrder, task: &Task) -> Result<Report, Fault> {
    let mut report = indexing::report(workspace, order.dataset.as_deref(), order.snapshot, task)?;
    if let Some(unit) = &order.unit {
        report.coverage.retain(|coverage| coverage.unit == *unit);
    }
    let least = order.present_at_least.max(1);
    let stored = order
        .reference
        .as_deref()
        .is_none_or(|reference| reference == "human")
        && least == 1;
    if stored && order.without.is_none() {
        return Ok(report);
    }
    let index = workspace.index()?;
    let snapshot = index.snapshot(Some(&report.dataset), Some(report.snapshot))?;
    let inputs = asking(&index, &snapshot)?;
    let texts = Rereading::open(workspace, &snapshot)?;
    let here = Population {
        snapshot: &snapshot,
        table: SliceTable::read(&inputs, task)?.rereading(&texts),
        inputs: &inputs,
    };
    if !stored {
        let reference = named(order.reference.as_deref().unwrap_or("human"));
        let held = Held::open(workspace, &index, &reference)?;
        for coverage in &mut report.coverage {
            task.check()?;
            let tail = held.tail(&here, &coverage.unit, least, task)?;
            state(coverage, tail);
        }
    }
    if let Some(filter) = &order.without {
        Decided::read(&workspace.ledger()?)?.use_in(&index)?;
        let selection = index.select(&snapshot, Some(filter))?;
        let (removed, _) = index.all(&selection, task)?;
        let (samples, tokens) = here.table.size(&removed);
        for coverage in &mut report.coverage {
            coverage.without = Some(Without {
                filter: filter.to_string(),
                samples,
                tokens,
                after: here.table.without(&coverage.unit, &removed, task)?,
            });
        }
    }
    Ok(report)
}

/// The short form of a reference, as contracts write it.
pub fn named(reference: &str) -> Reference {
    match reference {
        "human" => Reference::Human,
        "gold" => Reference::Gold,
        name => Reference::Snapshot(name.to_owned()),
    }
}

fn state(coverage: &mut Coverage, tail: Option<Tail>) {
    coverage.reference = tail.as_ref().map(|tail| tail.reference.clone());
    coverage.tail_retention = tail.as_ref().and_then(|tail| tail.retention);
    coverage.missing = tail
        .iter()
        .flat_map(|tail| tail.missing.iter().map(|class| class.class.clone()))
        .collect();
    coverage.tail = tail;
}

/// A snapshot's columns with its topics, for questions about any unit.
pub(crate) fn asking(index: &Index, snapshot: &Snapshot) -> Result<Inputs, Fault> {
    let mut inputs = columns(index, snapshot)?;
    let topics = index.sample_topics(snapshot)?;
    inputs.topics = Some(TopicColumn {
        unit: inputs.derived_unit(TOPIC),
        names: topics.names,
        of: topics.of,
    });
    Ok(inputs)
}

/// A snapshot whose classes are held against a reference.
pub(crate) struct Population<'a> {
    pub snapshot: &'a Snapshot,
    pub inputs: &'a Inputs,
    pub table: SliceTable<'a>,
}

/// A reference, opened once for every unit.
pub(crate) struct Held<'a> {
    workspace: &'a Workspace,
    index: &'a Index,
    what: What,
}

enum What {
    Human,
    Gold,
    Snapshot(Box<Elsewhere>),
}

/// A snapshot that serves as reference.
struct Elsewhere {
    snapshot: Snapshot,
    inputs: Inputs,
    texts: Rereading,
}

impl<'a> Held<'a> {
    pub fn open(workspace: &'a Workspace, index: &'a Index, reference: &Reference) -> Result<Self, Fault> {
        let what = match reference {
            Reference::Human => What::Human,
            Reference::Gold => What::Gold,
            Reference::Snapshot(name) => {
                let snapshot = index.snapshot_called(name)?;
                What::Snapshot(Box::new(Elsewhere {
                    inputs: asking(index, &snapshot)?,
                    texts: Rereading::open(workspace, &snapshot)?,
                    snapshot,
                }))
            }
        };
        Ok(Self {
            workspace,
            index,
            what,
        })
    }

    /// Holds one unit of a snapshot against the reference; `None` where the reference has no class of it.
    pub fn tail(
        &self,
        here: &Population<'_>,
        unit: &str,
        present_at_least: u64,
        task: &Task,
    ) -> Result<Option<Tail>, Fault> {
        let classes = |whose| here.table.classes(unit, None, whose, task);
        let machine = Whose::Of(Origin::Machine);
        let against = |reference: &str| Against {
            reference: reference.to_owned(),
            held: "whole".to_owned(),
            present_at_least,
        };
        let is_topic = unit == here.inputs.derived_unit(TOPIC);
        let (against, ours, of_machine, theirs) = match &self.what {
            What::Human => (
                Against {
                    present_at_least,
                    ..Against::human_part()
                },
                classes(Whose::NotHuman)?,
                classes(machine)?,
                classes(Whose::Of(Origin::Human))?,
            ),
            What::Gold => {
                let model = if is_topic {
                    self.model(here.snapshot)?
                } else {
                    None
                };
                let theirs = self.gold(unit, here.inputs, model.as_ref())?;
                (
                    against("gold"),
                    classes(Whose::Everyone)?,
                    classes(machine)?,
                    theirs,
                )
            }
            What::Snapshot(elsewhere) => {
                let Elsewhere {
                    snapshot,
                    inputs,
                    texts,
                } = &**elsewhere;
                let there = SliceTable::read(inputs, task)?.rereading(texts);
                let name = format!("{}@{}", snapshot.dataset, snapshot.number);
                if is_topic {
                    let Some(model) = self.model(snapshot)? else {
                        return Ok(None);
                    };
                    (
                        against(&name),
                        here.table.topics_of(&model, Whose::Everyone, task)?,
                        here.table.topics_of(&model, machine, task)?,
                        there.topics_of(&model, Whose::Everyone, task)?,
                    )
                } else {
                    let theirs = there.classes(unit, None, Whose::Everyone, task)?;
                    (
                        against(&name),
                        classes(Whose::Everyone)?,
                        classes(machine)?,
                        theirs,
                    )
                }
            }
        };
        if theirs.is_empty() {
            return Ok(None);
        }
        let mut tail = against.tail(&side_by_side(&ours, &of_machine, &theirs));
        if !matches!(self.what, What::Human) {
            tail.there = Some(figures_of(&theirs));
        }
        Ok(Some(tail))
    }

    fn model(&self, snapshot: &Snapshot) -> Result<Option<TopicModel>, Fault> {
        let stored = self.index.topic_model(snapshot)?;
        stored
            .map(|model| {
                serde_json::from_str(&model).map_err(|error| Fault::internal("reading the topics", error))
            })
            .transpose()
    }

    /// Classes of a unit in the gold set; by name.
    fn gold(
        &self,
        unit: &str,
        inputs: &Inputs,
        topics: Option<&TopicModel>,
    ) -> Result<Vec<(String, u64)>, Fault> {
        let mut counts = BTreeMap::new();
        let assigning = topics.map(TopicModel::assigning);
        let names: Vec<&str> = topics.iter().flat_map(|model| model.names()).collect();
        let is_bigram = unit == inputs.derived_unit(BIGRAM);
        let mut sketcher = Sketcher::new();
        gold::export(&self.workspace.ledger()?, |row| {
            let texts = || row.parts.iter().map(|part| part.text.as_str());
            let values = if let Some(assigning) = &assigning {
                let parts: Vec<Part> = texts().map(part).collect();
                let topic = assigning.topic(&sketcher.sketch(&parts).terms);
                topic.map(|topic| names[topic].to_owned()).into_iter().collect()
            } else if unit == WORD {
                texts().flat_map(|text| runs(text, 1)).collect()
            } else if is_bigram {
                texts().flat_map(|text| runs(text, 2)).collect()
            } else {
                kept_values(&row.facts, unit)
            };
            for value in values {
                *counts.entry(value).or_insert(0) += 1;
            }
            Ok(())
        })?;
        Ok(counts.into_iter().collect())
    }
}

/// A text to be sketched, of no origin.
fn part(text: &str) -> Part {
    Part {
        role: "document".to_owned(),
        text: text.to_owned(),
        origin: Origin::Unknown,
        source_class: assay_model::SourceClass::Unknown,
        confidence: 0.0,
    }
}

/// Runs of `n` words of the normalised text.
fn runs(text: &str, n: usize) -> Vec<String> {
    let normalised = assay_sketch::normalise(text);
    let words: Vec<&str> = assay_sketch::tokens(&normalised).collect();
    words.windows(n).map(|run| run.join(" ")).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_of_the_normalised_text() {
        assert_eq!(
            runs("The DOSE, of 5 mg!", 2),
            ["the dose", "dose of", "of 5", "5 mg"]
        );
        assert_eq!(runs("alone", 2), Vec::<String>::new());
    }
}
