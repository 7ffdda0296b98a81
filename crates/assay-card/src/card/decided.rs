//! The sections that follow from the ledger: review, gold, gates.

use super::{
    AgreementFact, Block, CardFacts, Estimate, GoldCell, LONGEST_NAME, QueueFacts, Section, Topic,
    TrainingFact, equals,
};
use crate::figure::{counted, decimal, grouped, percent};
use crate::language;
use crate::visible::{cut, visible, visible_or};

const ROWS: usize = 24;

pub fn review(facts: &CardFacts) -> Section {
    if facts.review.is_empty() {
        return Section::new(
            Topic::Review,
            "Review",
            vec![Block::paragraph(
                "Nobody has reviewed samples of this snapshot yet.",
            )],
        );
    }
    let mut blocks = vec![Block::paragraph(format!(
        "{}{} gave verdicts in {}.",
        counted(facts.people, "person", "people"),
        roles(facts),
        counted(facts.review.len() as u64, "queue", "queues")
    ))];
    for queue in &facts.review {
        let (drawn, agreed) = sentences(queue);
        blocks.push(Block::paragraph(format!("{drawn} {}", claim(queue))));
        if !agreed.is_empty() {
            blocks.push(Block::paragraph(agreed));
        }
    }
    let rows = facts.review.iter().map(|queue| {
        vec![
            name(queue),
            grouped(queue.size),
            grouped(queue.decided),
            grouped(queue.approved),
            grouped(queue.excluded),
            queue.estimate.map_or_else(
                || "no claim".into(),
                |share| {
                    format!(
                        "{} ({}–{})",
                        percent(share.value),
                        percent(share.low),
                        percent(share.high)
                    )
                },
            ),
        ]
    });
    blocks.push(Block::table(
        &[
            "Queue",
            "Samples",
            "Decided",
            "Approved",
            "Excluded",
            "Defect rate, estimated",
        ],
        rows.collect(),
    ));
    blocks.push(Block::paragraph(
        "Defect rates come from random draws alone, with 95\u{a0}% intervals.",
    ));
    Section::new(Topic::Review, "Review", blocks)
}

/// How a queue was drawn and judged, and how far its reviewers agree; the latter is empty where no two answered one sample.
pub fn sentences(queue: &QueueFacts) -> (String, String) {
    let agreed = queue
        .agreement
        .map_or(String::new(), |agreement| agreed(queue, &agreement));
    (sentence(queue), agreed)
}

/// `: 2 experts, 1 lead`; empty where roles are not known.
fn roles(facts: &CardFacts) -> String {
    let roles = facts.roles.iter();
    let words: Vec<String> = roles
        .map(|(role, count)| counted(*count, role, &format!("{role}s")))
        .collect();
    if words.is_empty() {
        String::new()
    } else {
        format!(" ({})", words.join(", "))
    }
}

/// What may be claimed of the samples that the queue was drawn from.
fn claim(queue: &QueueFacts) -> String {
    queue.estimate.map_or_else(
        || "Nothing is claimed from it about samples that were not read.".to_owned(),
        |share| {
            format!(
                "With 95\u{a0}% confidence {} to {} of what it was drawn from would be excluded.",
                percent(share.low),
                percent(share.high)
            )
        },
    )
}

fn agreed(queue: &QueueFacts, agreement: &AgreementFact) -> String {
    let figure = |name: &str, estimate: Option<Estimate>, show: &dyn Fn(f64) -> String| {
        estimate.map(|found| {
            format!(
                "{name} {} ({}–{})",
                show(found.value),
                show(found.low),
                show(found.high)
            )
        })
    };
    let share = |value: f64| percent(value);
    let coefficient = |value: f64| decimal(value, 2);
    let figures: Vec<String> = [
        figure("percent agreement", agreement.percent, &share),
        figure("Gwet's AC1", agreement.ac1, &coefficient),
        figure("Krippendorff's alpha", agreement.alpha, &coefficient),
    ]
    .into_iter()
    .flatten()
    .collect();
    let on = format!(
        "{}, agreement of {} on {}",
        name(queue),
        counted(agreement.raters, "reviewer", "reviewers"),
        counted(agreement.samples, "sample", "samples")
    );
    match figures.is_empty() {
        true => format!("{on}: not defined, for too little varies."),
        false => format!("{on}, with 95\u{a0}% intervals: {}.", figures.join(", ")),
    }
}

/// How a queue was drawn and judged, and how far it is, in one sentence after its own statement.
fn sentence(queue: &QueueFacts) -> String {
    let statement = cut(
        &visible_or(queue.statement.trim(), "No sampling statement was recorded."),
        1_000,
    );
    let statement = if statement.ends_with(['.', '…', '。', '؟', '!', '?']) {
        statement
    } else {
        format!("{statement}.")
    };
    let blind = match (queue.reviewers, queue.blind) {
        (0 | 1, _) => "by one reviewer".to_owned(),
        (reviewers, true) => format!("by {} reviewers, blind to each other,", grouped(reviewers)),
        (reviewers, false) => format!(
            "by {} reviewers, who could see each other's verdicts,",
            grouped(reviewers)
        ),
    };
    let left = queue.size.saturating_sub(queue.decided);
    let state = match left {
        0 => "all of them decided".to_owned(),
        left => format!(
            "{} of them decided and {} still to be read",
            grouped(queue.decided),
            grouped(left)
        ),
    };
    let moved = queue.asked_now.as_ref().map_or(String::new(), |now| {
        format!(", now {}", cut(&visible(now), LONGEST_NAME))
    });
    let revised = if queue.unsealed == 0 {
        String::new()
    } else {
        format!(
            " A machine's opinion was unsealed after {}; {} of these were then changed.",
            counted(queue.unsealed, "verdict", "verdicts"),
            grouped(queue.revised)
        )
    };
    format!(
        "{}: {statement} Each of its {} is read {blind} against the rubric {}{moved}, {state}.{revised}",
        name(queue),
        counted(queue.size, "sample", "samples"),
        cut(&visible_or(&queue.rubric, "unnamed"), LONGEST_NAME)
    )
}

fn name(queue: &QueueFacts) -> String {
    cut(&visible_or(&queue.name, "unnamed queue"), LONGEST_NAME)
}

pub fn gold(facts: &CardFacts) -> Section {
    let gold = &facts.gold;
    let ledger = Block::fact(
        "Ledger",
        counted(facts.ledger.entries, "entry", "entries"),
        format!("root {}", visible_or(&facts.ledger.root, "none")),
    );
    let training = Block::paragraph(training(gold.training.as_ref()));
    if gold.members == 0 {
        let none = Block::paragraph("No sample has been promoted to the gold set.");
        return Section::new(Topic::Gold, "Gold set and ledger", vec![none, training, ledger]);
    }
    let mut cells: Vec<_> = gold.cells.iter().collect();
    cells.sort_by(|a, b| (b.members, &a.domain, &a.language).cmp(&(a.members, &b.domain, &b.language)));
    let rows = cells.iter().take(ROWS).map(|cell| {
        vec![
            cut(&visible_or(&cell.domain, "no domain"), LONGEST_NAME),
            cut(&language::name(&cell.language), LONGEST_NAME),
            grouped(cell.members),
        ]
    });
    let blocks = vec![
        Block::fact(
            "Gold members",
            grouped(gold.members),
            format!("approved human samples; root {}", visible(&gold.root)),
        )
        .opened_by("gold = true"),
        Block::table(&["Domain", "Language", "Members"], rows.collect())
            .cells_opened_by(cells.iter().take(ROWS).map(|cell| members_of(cell)).collect()),
        training,
        ledger,
    ];
    Section::new(Topic::Gold, "Gold set and ledger", blocks)
}

/// The filters of a cell's row.
fn members_of(cell: &GoldCell) -> Vec<Option<String>> {
    let mut filter = "gold = true".to_owned();
    // A workspace without domains has no such field to filter by.
    if !cell.domain.is_empty() {
        filter += &format!(" and {}", equals("domain", &cell.domain));
    }
    filter += &format!(" and {}", equals("language", &cell.language));
    vec![None, None, Some(filter)]
}

/// Whether the snapshot may be trained on, and what it held of gold then.
fn training(release: Option<&TrainingFact>) -> String {
    let Some(release) = release else {
        return "This snapshot is not released for training.".to_owned();
    };
    let day = release.at.split('T').next().unwrap_or_default();
    let by = visible(&release.by);
    if release.exact + release.near == 0 {
        return format!(
            "{by} released this snapshot for training on {day}; none of the gold set was found in it."
        );
    }
    format!(
        "{by} released this snapshot for training on {day} although it holds gold: {} as they are, {} nearly. {}",
        counted(release.exact, "member", "members"),
        grouped(release.near),
        visible(&release.reason)
    )
}
