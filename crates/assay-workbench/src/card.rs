//! The dataset card: drafted from measured facts, shown, and written to a folder.

mod layouts;

use std::collections::BTreeMap;
use std::path::Path;

pub use assay_card::Mapping;
use assay_card::{
    AgreementFact, AuthoredFact, AuthorshipFact, Block, Card, CardFacts, Estimate, ExchangeFact, GateFact,
    GateFacts, GoldCell, GoldFacts, LedgerFacts, QueueFacts, TrainingFact, WaiverFact,
};
use assay_index::{Index, Snapshot, WorkerCommand};
use assay_ledger::{Entry, Reviewed};
use assay_model::{AuthoredSection, Code, Fault, Task};
use assay_review::{Ledger, Person, Queue, Stamp, card_texts, people, queue, releases, reveal, rubric};
use serde::{Deserialize, Serialize};

use crate::checking::{self, CheckReport};
use crate::wire::{CardBlock, CardDraft, CardSection, CardTextRow, Exported};
use crate::{Workspace, agreeing, file, gold, indexing};

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
    /// The card in its own forms, then in those of other standards.
    pub fn of(card: &Card, also: &[Mapping]) -> Self {
        let own = [
            ("README.md", card.readme()),
            ("croissant.json", card.croissant()),
            ("card.html", card.html()),
            ("card.json", card.json()),
        ];
        let mapped = also
            .iter()
            .map(|mapping| (mapping.file_name(), card.mapped(*mapping)));
        let files = own.into_iter().chain(mapped);
        Self(files.map(|(name, text)| (name.to_owned(), text)).collect())
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
    let snapshot = index.snapshot(Some(&report.dataset), Some(report.snapshot))?;
    let before = index
        .snapshots(&report.dataset)?
        .into_iter()
        .rfind(|other| other.number < snapshot.number);
    let exchange = before
        .as_ref()
        .map(|before| exchange(&index, before, &snapshot, task));
    let previous = before.map(|before| index.report(&before)).transpose()?.flatten();
    let reviewers = reviewers(ledger, &report.dataset, report.snapshot)?;
    Ok(Card::draft(&CardFacts {
        review: queues(ledger, &report.dataset, report.snapshot)?,
        exchange: exchange.transpose()?,
        layouts: layouts::of(&index, &snapshot)?,
        authorship: authorship(&index, &snapshot, task)?,
        roles: by_role(&reviewers),
        gold: gold_facts(ledger, &report.dataset, report.snapshot)?,
        gates: held.map(gate_facts),
        people: reviewers.len() as u64,
        ledger: LedgerFacts {
            entries: ledger.size()?,
            root: ledger.root()?.to_string(),
        },
        author: written(ledger, &report.dataset)?,
        previous,
        report,
    }))
}

/// What a person wrote on the card of a dataset.
fn written(ledger: &Ledger, dataset: &str) -> Result<BTreeMap<AuthoredSection, AuthoredFact>, Fault> {
    let standing = card_texts::standing(ledger, dataset)?.into_iter();
    let facts = standing.map(|(section, text)| {
        let fact = AuthoredFact {
            text: text.text,
            by: text.by,
            at: text.at,
            entry: text.seq,
        };
        (section, fact)
    });
    Ok(facts.collect())
}

/// What became of the samples of the snapshot before.
fn exchange(index: &Index, before: &Snapshot, now: &Snapshot, task: &Task) -> Result<ExchangeFact, Fault> {
    let counts = &index.exchange(before, now, task)?.counts;
    Ok(ExchangeFact {
        kept: counts.kept.total(),
        added: counts.added.total(),
        left_out: counts.left_out.total(),
        relabelled: counts.relabelled,
    })
}

fn authorship(index: &Index, snapshot: &Snapshot, task: &Task) -> Result<Vec<AuthorshipFact>, Fault> {
    let made = index.authorship(snapshot, task)?.into_iter();
    let facts = made.map(|(made, parts)| AuthorshipFact {
        role: made.role,
        origin: made.origin,
        source_class: made.source_class,
        generator: made.generator,
        parts,
    });
    Ok(facts.collect())
}

/// People who gave a verdict in a queue of this snapshot.
fn reviewers(ledger: &Ledger, dataset: &str, snapshot: u64) -> Result<Vec<Person>, Fault> {
    let mut queues = queue::list(ledger)?;
    queues.retain(|queue| queue.terms.dataset == dataset && queue.terms.snapshot == snapshot);
    let mut found = Vec::new();
    for person in people::humans(ledger)? {
        for queue in &queues {
            let own = ledger.reviewed(queue.id, &person.name)?;
            if own.approved + own.excluded + own.unsure > 0 {
                found.push(person);
                break;
            }
        }
    }
    Ok(found)
}

fn by_role(people: &[Person]) -> BTreeMap<String, u64> {
    let mut roles = BTreeMap::new();
    for person in people {
        *roles.entry(person.role.as_str().to_owned()).or_default() += 1;
    }
    roles
}

/// How far a queue's reviewers agree on verdicts; none where no two answered one sample.
fn agreement(ledger: &Ledger, queue: &Queue) -> Result<Option<AgreementFact>, Fault> {
    let found = agreeing::of_queues(ledger, std::slice::from_ref(queue))?.verdicts;
    let estimate = |value: Option<f64>, interval: Option<[f64; 2]>| {
        let [low, high] = interval?;
        Some(Estimate {
            low,
            value: value?,
            high,
        })
    };
    let intervals = &found.interval_95;
    Ok((found.rated_by_several > 0).then(|| AgreementFact {
        samples: found.rated_by_several,
        raters: found.raters,
        percent: estimate(found.percent, intervals.percent),
        ac1: estimate(found.ac1, intervals.ac1),
        alpha: estimate(found.alpha.nominal, intervals.alpha.nominal),
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
        let mut unsealed = 0;
        for person in people::humans(ledger)? {
            unsealed += reveal::unsealed_by(ledger, &queue, &person.name)?.len() as u64;
        }
        let asked = rubric::asked(ledger, &queue)?.id;
        facts.push(QueueFacts {
            asked_now: (asked != terms.rubric).then(|| asked.to_string()),
            agreement: agreement(ledger, &queue)?,
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
                .map(|estimate| Estimate {
                    low: estimate.low,
                    value: estimate.value,
                    high: estimate.high,
                }),
            unsealed,
            revised: reveal::revised(ledger, &queue)?,
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
        Block::Written { section, text } => CardBlock::Written {
            section: section.as_str().to_owned(),
            text,
        },
        Block::Open { section, label } => CardBlock::Open {
            section: section.as_str().to_owned(),
            label,
        },
    }
}

/// Writes a section that only a person can write, by the word of the section.
pub fn write(
    ledger: &mut Ledger,
    stamp: &Stamp,
    dataset: &str,
    section: &str,
    text: &str,
) -> Result<Option<Entry>, Fault> {
    card_texts::write(ledger, stamp, dataset, self::section(section)?, text)
}

/// The section of this word, or a fault that lists them.
fn section(word: &str) -> Result<AuthoredSection, Fault> {
    AuthoredSection::parse(word).ok_or_else(|| {
        let known = AuthoredSection::ALL.map(AuthoredSection::as_str);
        Fault::new(
            Code::Usage,
            format!(
                "`{}` is no section that a person writes",
                assay_model::fault::one_line(word)
            ),
            format!("known: {}", known.join(", ")),
        )
    })
}

/// Every version of every section of a dataset's card, latest first.
pub fn versions(ledger: &Ledger, dataset: &str) -> Result<Vec<CardTextRow>, Fault> {
    let found = card_texts::versions(ledger, dataset)?.into_iter();
    let rows = found.map(|version| CardTextRow {
        section: version.section.as_str().to_owned(),
        asks: version.section.asks().to_owned(),
        seq: version.seq,
        text: version.text,
        by: version.by,
        at: version.at,
    });
    Ok(rows.collect())
}

/// Writes a card's files into a folder outside every source.
pub fn export(workspace: &Workspace, card: &CardFiles, folder: &Path) -> Result<Exported, Fault> {
    workspace.check_export(folder)?;
    std::fs::create_dir_all(folder).map_err(|error| file::unwritable(folder, "the card", &error))?;
    for (name, text) in card.files() {
        file::write(&folder.join(name), text.as_bytes(), "the card")?;
    }
    Ok(Exported {
        folder: folder.display().to_string(),
        files: card.files().map(|(name, _)| name.to_owned()).collect(),
    })
}
