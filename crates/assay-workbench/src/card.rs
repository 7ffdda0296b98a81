//! The dataset card: drafted from measured facts, shown, and written to a folder.

use std::path::Path;

use assay_card::{
    Block, Card, CardFacts, GateFact, GateFacts, GoldCell, GoldFacts, LedgerFacts, QueueFacts, TrainingFact,
    WaiverFact,
};
use assay_index::WorkerCommand;
use assay_ledger::Reviewed;
use assay_model::{Code, Fault, Task};
use assay_review::{Ledger, Queue, people, queue, releases, reveal};
use serde::{Deserialize, Serialize};

use crate::checking::{self, CheckReport};
use crate::wire::{CardBlock, CardDraft, CardSection, Exported};
use crate::{Workspace, gold, indexing};

/// A card as it was shown and as it is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct KeptCard {
    pub draft: CardDraft,
    pub files: CardFiles,
}

/// A card's files by name, in the order in which they are written, listed and signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardFiles(Vec<(String, String)>);

impl CardFiles {
    pub fn of(card: &Card) -> Self {
        let files = [
            ("README.md", card.readme()),
            ("card.html", card.html()),
            ("card.json", card.json()),
        ];
        Self(files.map(|(name, text)| (name.to_owned(), text)).into())
    }

    /// Name and text of each file; a text's bytes are UTF-8.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }
}

/// Drafts the card of a snapshot; measures the gates of the workspace's contract for it.
pub fn card(
    workspace: &Workspace,
    ledger: &Ledger,
    dataset: Option<&str>,
    number: Option<u64>,
    worker: &WorkerCommand,
    task: &Task,
) -> Result<Card, Fault> {
    let report = indexing::report(workspace, dataset, number, task)?;
    let held = checking::of_workspace(workspace, &report.dataset, Some(report.snapshot), worker, task)?;
    let index = workspace.index()?;
    let previous = index
        .snapshots(&report.dataset)?
        .into_iter()
        .rfind(|snapshot| snapshot.number < report.snapshot)
        .map(|snapshot| index.report(&snapshot))
        .transpose()?
        .flatten();
    Ok(Card::draft(&CardFacts {
        review: queues(ledger, &report.dataset, report.snapshot)?,
        gold: gold_facts(ledger, &report.dataset, report.snapshot)?,
        gates: held.map(gate_facts),
        people: ledger.people()?.len() as u64,
        ledger: LedgerFacts {
            entries: ledger.size()?,
            root: ledger.root()?.to_string(),
        },
        author: Default::default(),
        previous,
        report,
    }))
}

fn gate_facts(held: CheckReport) -> GateFacts {
    let gates = held.gates.into_iter().map(|gate| GateFact {
        is_share: gate.is_share(),
        id: gate.id.to_owned(),
        slice: gate.slice.unwrap_or_default(),
        about: gate.about.unwrap_or_default(),
        measured: gate.measured,
        limit: gate.limit,
        limit_is_least: gate.limit_is_least,
        passed: gate.passed,
        watched: gate.severity == "watch",
        waiver: gate.waived.map(|waived| WaiverFact {
            by: waived.by,
            reason: waived.reason,
            until: waived.until,
            not_worse_than: waived.not_worse_than,
        }),
    });
    GateFacts {
        contract: held.contract,
        gates: gates.collect(),
    }
}

/// Queues drawn from this snapshot, with everyone's decisions together; machines' are left out.
fn queues(ledger: &Ledger, dataset: &str, snapshot: u64) -> Result<Vec<QueueFacts>, Fault> {
    let mut facts = Vec::new();
    for queue in queue::list(ledger)? {
        let terms = &queue.terms;
        if terms.dataset != dataset || terms.snapshot != snapshot {
            continue;
        }
        let reviewed = reviewed_by_all(ledger, &queue)?;
        let decided = reviewed.approved + reviewed.excluded + reviewed.unsure;
        let (mut unsealed, mut revised) = (0, 0);
        for person in people::humans(ledger)? {
            unsealed += reveal::unsealed_by(ledger, &queue, &person.name)?.len() as u64;
            revised += reveal::revised_by(ledger, &queue, &person.name)?.len() as u64;
        }
        facts.push(QueueFacts {
            name: terms.name.clone(),
            statement: queue::statement(terms),
            size: terms.size,
            reviewers: terms.reviewers,
            blind: terms.blind,
            rubric: terms.rubric.to_string(),
            decided,
            approved: reviewed.approved,
            excluded: reviewed.excluded,
            estimate: assay_review::sampling::wilson(reviewed.excluded, decided)
                .filter(|_| terms.ordering.is_random())
                .map(|estimate| assay_card::Estimate {
                    low: estimate.low,
                    value: estimate.value,
                    high: estimate.high,
                }),
            unsealed,
            revised,
        });
    }
    Ok(facts)
}

/// Everyone's verdicts in a queue, added up.
fn reviewed_by_all(ledger: &Ledger, queue: &Queue) -> Result<Reviewed, Fault> {
    let mut sum = Reviewed::default();
    for person in people::humans(ledger)? {
        let own = ledger.reviewed(queue.id, &person.name)?;
        sum.approved += own.approved;
        sum.excluded += own.excluded;
        sum.unsure += own.unsure;
        sum.skipped += own.skipped;
    }
    Ok(sum)
}

fn gold_facts(ledger: &Ledger, dataset: &str, snapshot: u64) -> Result<GoldFacts, Fault> {
    let members = gold::members(ledger)?;
    let (domains, languages, counts) = gold::cells(&members);
    let mut cells = Vec::new();
    for (domain, row) in domains.iter().zip(&counts) {
        for (language, count) in languages.iter().zip(row).filter(|(_, count)| **count > 0) {
            cells.push(GoldCell {
                domain: domain.clone(),
                language: language.clone(),
                members: *count,
            });
        }
    }
    Ok(GoldFacts {
        members: members.len() as u64,
        root: assay_review::gold::root(ledger)?.to_string(),
        cells,
        training: training(ledger, dataset, snapshot)?,
    })
}

/// The release of this snapshot for training that stands.
fn training(ledger: &Ledger, dataset: &str, snapshot: u64) -> Result<Option<TrainingFact>, Fault> {
    let standing = releases::standing(ledger)?.into_iter();
    let mut of_snapshot =
        standing.filter(|release| release.of.dataset == dataset && release.of.snapshot == snapshot);
    Ok(of_snapshot.next().map(|release| TrainingFact {
        exact: release.of.held.exact,
        near: release.of.held.near,
        by: release.by,
        at: release.at,
        reason: release.reason,
    }))
}

/// The card as the window draws it.
pub fn draft(card: &Card) -> CardDraft {
    let sections = card
        .sections()
        .iter()
        .map(|section| CardSection {
            title: section.title.clone(),
            blocks: section.blocks.iter().map(block).collect(),
        })
        .collect();
    CardDraft {
        markdown: card.readme(),
        sections,
    }
}

fn block(block: &Block) -> CardBlock {
    match block.clone() {
        Block::Paragraph { text } => CardBlock::Paragraph { text },
        Block::Fact {
            label,
            value,
            note,
            filter,
        } => CardBlock::Fact {
            label,
            value,
            note,
            filter,
        },
        Block::Table {
            columns,
            rows,
            filters,
        } => CardBlock::Table {
            columns,
            rows,
            filters,
        },
        Block::Open { label } => CardBlock::Open { label },
    }
}

/// Writes a card's files into a folder outside every source.
pub fn export(workspace: &Workspace, card: &CardFiles, folder: &Path) -> Result<Exported, Fault> {
    workspace.check_export(folder)?;
    let written = || -> std::io::Result<Vec<String>> {
        std::fs::create_dir_all(folder)?;
        for (name, text) in card.files() {
            std::fs::write(folder.join(name), text)?;
        }
        Ok(card.files().map(|(name, _)| name.to_owned()).collect())
    };
    let files = written().map_err(|error| {
        Fault::new(
            Code::NotSaved,
            format!("the card could not be written: {error}"),
            "choose a folder you may write to",
        )
        .at(folder.display().to_string())
    })?;
    Ok(Exported {
        folder: folder.display().to_string(),
        files,
    })
}
