//! How long does one decision take until a power cut cannot take it back?
//!
//! `cargo run --release -p assay-ledger --example durable_latency -- [COUNT] [FOLDER]` records COUNT
//! decisions (2,000) in a new ledger in FOLDER (a temporary one) and prints percentiles. Give a folder
//! on the drive that matters: temporary folders may live in memory.

use std::path::PathBuf;
use std::time::Instant;

use assay_ledger::{
    Answer, Choice, Draft, Event, Ledger, Ordering, QueueTerms, Role, Rubric, RubricId, Verdict, items_digest,
};
use assay_model::{Digest, Fault};
use jiff::Timestamp;
use uuid::Uuid;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().map_or(Ok(2000), |text| text.parse())?;
    let parent = arguments.next().map_or_else(std::env::temp_dir, PathBuf::from);
    let folder = parent.join(format!("durable-latency-{}", Uuid::now_v7()));
    std::fs::create_dir(&folder)?;
    let taken = measure(&folder, count);
    std::fs::remove_dir_all(&folder)?;
    let mut taken = taken?;
    taken.sort_by(f64::total_cmp);
    let at = |share: f64| taken[((taken.len() - 1) as f64 * share) as usize];
    println!(
        "{count} decisions in {}: p50 {:.2} ms, p90 {:.2} ms, p99 {:.2} ms, worst {:.2} ms",
        parent.display(),
        at(0.5),
        at(0.9),
        at(0.99),
        at(1.0)
    );
    Ok(())
}

/// Milliseconds for each decision.
fn measure(folder: &std::path::Path, count: usize) -> Result<Vec<f64>, Fault> {
    let mut ledger = Ledger::create(folder)?;
    let items: Vec<Digest> = (0..count as u64)
        .map(|number| Digest::of(&number.to_be_bytes()))
        .collect();
    let rubric = RubricId {
        name: "general".to_owned(),
        version: 1,
    };
    let terms = QueueTerms {
        name: "latency".to_owned(),
        dataset: "none".to_owned(),
        snapshot: 1,
        snapshot_root: None,
        filter: String::new(),
        seed: 1,
        size: count as u64,
        population: count as u64,
        reviewers: 1,
        blind: false,
        rubric: rubric.clone(),
        items: items_digest(&items),
        ordering: Ordering::Random,
        rule: None,
        strata: None,
        one_per_cluster: false,
        slice: None,
        stop: None,
        choice: Choice::Whole,
    };
    let draft = |event| Draft::new(Uuid::now_v7(), Timestamp::now(), "Maria", event);
    let questions = Rubric {
        id: rubric.clone(),
        labels: vec![],
        criteria: vec![],
        exclude_reasons: vec![],
    };
    let mut created = draft(Event::QueueCreated { terms });
    created.items = items.clone();
    let queue = created.id;
    let person = Event::PersonAdded {
        name: "Maria".to_owned(),
        role: Role::Expert,
    };
    ledger.append(&[
        draft(person),
        draft(Event::RubricAdded { rubric: questions }),
        created,
    ])?;
    let mut taken = Vec::with_capacity(count);
    for sample in items {
        let answer = Answer::of(Verdict::Approve);
        let decision = draft(Event::Decided {
            queue,
            sample,
            rubric: rubric.clone(),
            answer,
            dwell_ms: None,
        });
        let begun = Instant::now();
        ledger.append(&[decision])?;
        taken.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(taken)
}
