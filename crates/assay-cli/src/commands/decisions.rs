//! Commands about people and what they decide: person, queue, decide, gold.

use std::path::Path;

use assay_model::{Code, Fault};
use assay_workbench::ledger::{Ledger, Role};
use assay_workbench::reviewing::{Stamp, decisions as files, frozen as aging, people, queue as queues};
use assay_workbench::wire::{GoldMember, QueueCreateRequest, QueueInfo, Verdict};
use assay_workbench::{WorkerCommand, Workspace, gold as golden, review};
use serde_json::json;

use super::{Place, frozen, packs};
use crate::arguments::{
    DecideArguments, GoldArguments, GoldCommand, PersonCommand, QueueCommand, QueueCreateArguments,
};
use crate::output::Output;

pub fn person(place: &Place, command: &PersonCommand, output: &Output) -> Result<(), Fault> {
    match command {
        PersonCommand::Key(key) => super::sign::add_key(place, key, output),
        PersonCommand::Keys => super::sign::list_keys(place, output),
        PersonCommand::RevokeKey(key) => super::sign::revoke_key(place, key, output),
        PersonCommand::List => {
            let people = place.open()?.ledger()?.people()?;
            let rows: Vec<_> = people
                .iter()
                .map(|person| json!({"name": person.name, "role": person.role.as_str()}))
                .collect();
            output.result(&rows, || {
                people
                    .iter()
                    .map(|person| format!("{:<8} {}\n", person.role.as_str(), person.name))
                    .collect()
            })
        }
        PersonCommand::Add { name, role, actor } => {
            let role = Role::parse(role).ok_or_else(|| {
                Fault::new(
                    Code::Usage,
                    format!("`{role}` is no role"),
                    "say expert, curator, lead or machine",
                )
            })?;
            let mut ledger = place.create()?.ledger_writer()?;
            let actor = match actor {
                Some(actor) => actor.clone(),
                None => only_person(&ledger)?.unwrap_or_else(|| name.clone()),
            };
            let entry = people::add(&mut ledger, &Stamp::now(actor), name, role)?;
            let saved = json!({"entry": entry.seq, "name": name, "role": role.as_str()});
            output.result(&saved, || {
                format!("Saved #{}: {name} is {}", entry.seq, role.as_str())
            })
        }
    }
}

/// The person where there is only one; several, and the command must say who acts.
pub(super) fn only_person(ledger: &Ledger) -> Result<Option<String>, Fault> {
    let mut people = ledger.people()?;
    match people.len() {
        0 => Ok(None),
        1 => Ok(people.pop().map(|person| person.name)),
        _ => {
            let names: Vec<String> = people.into_iter().map(|person| person.name).collect();
            Err(Fault::new(
                Code::Usage,
                "there are several people; say who acts with --actor",
                format!("the people are: {}", names.join(", ")),
            ))
        }
    }
}

/// Who acts: the one named, else the only person there is.
pub(super) fn actor(ledger: &Ledger, named: Option<&str>) -> Result<String, Fault> {
    if let Some(name) = named {
        return Ok(people::find(ledger, name)?.name);
    }
    only_person(ledger)?.ok_or_else(|| {
        Fault::new(
            Code::UnknownPerson,
            "nobody is known here yet",
            "assay person add NAME --role curator",
        )
    })
}

pub fn queue(place: &Place, command: &QueueCommand, output: &Output) -> Result<(), Fault> {
    // A pack may be the first thing that a workspace holds.
    if let QueueCommand::Import(import) = command {
        return packs::import(place, import, output);
    }
    let workspace = place.open()?;
    match command {
        QueueCommand::Create(arguments) => create(&workspace, arguments, output),
        QueueCommand::List { actor: named } => {
            let ledger = workspace.ledger()?;
            let list = review::list(&ledger, named.as_deref().unwrap_or_default())?;
            output.result(&list, || list.iter().map(queue_line).collect())
        }
        QueueCommand::Show { queue, actor: named } => {
            let ledger = workspace.ledger()?;
            let signed = ledger.last_head()?.map_or(0, |head| head.checkpoint.size);
            let state = review::open(&ledger, queue, named.as_deref().unwrap_or_default(), signed)?;
            output.result(&state, || {
                let mut text = format!("{}\n\n", state.info.statement);
                for item in &state.items {
                    let verdict = item.verdict.map_or("-", verdict_word);
                    text.push_str(&format!(
                        "{:>6}  {:<8} {}  {}\n",
                        item.position + 1,
                        verdict,
                        item.digest,
                        item.title
                    ));
                }
                text
            })
        }
        QueueCommand::Pack(pack) => packs::pack(&workspace, pack, output),
        QueueCommand::Import(_) => unreachable!("answered before a workspace is opened"),
    }
}

fn create(workspace: &Workspace, arguments: &QueueCreateArguments, output: &Output) -> Result<(), Fault> {
    let mut ledger = workspace.ledger_writer()?;
    let actor = actor(&ledger, arguments.actor.as_deref())?;
    let dataset = workspace
        .index()?
        .snapshot(arguments.snapshot.dataset.as_deref(), arguments.snapshot.snapshot)?
        .dataset;
    let request = QueueCreateRequest {
        name: arguments.name.clone(),
        dataset,
        snapshot: arguments.snapshot.snapshot,
        filter: arguments.filter.clone(),
        size: arguments.size,
        seed: arguments.seed,
        rubric: arguments.rubric.clone(),
        reviewers: arguments.reviewers,
        blind: !arguments.open,
        order: arguments.order.replace('-', "_"),
        defective_below: arguments.defective_below,
        allowed: Some(arguments.allowed),
        slice: None,
        strata_by: arguments.strata.clone(),
        allocation: arguments.allocation.as_ref().map(|word| word.replace('-', "_")),
        one_per_cluster: Some(arguments.one_per_cluster),
        stop_when_decided: Some(arguments.stop_when_decided),
        stop_narrower_than: arguments.stop_narrower_than,
        picked: None,
        left_out: None,
    };
    let queue = review::create(workspace, &mut ledger, &Stamp::now(&actor), &request)?;
    let info = review::info(&ledger, &queue, &actor)?;
    output.result(&info, || {
        format!("Saved #{}: {}\n{}", queue.seq, info.name, info.statement)
    })
}

fn queue_line(queue: &QueueInfo) -> String {
    format!(
        "{:<24} {:>6} of {:<6} done  {}\n",
        queue.name, queue.done, queue.size, queue.queue
    )
}

fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Approve => "approve",
        Verdict::Exclude => "exclude",
        Verdict::Unsure => "unsure",
        Verdict::Skip => "skip",
    }
}

pub fn decide(place: &Place, arguments: &DecideArguments, output: &Output) -> Result<(), Fault> {
    let path = arguments.file.display().to_string();
    let text = read_decisions(&arguments.file)?;
    let workspace = place.open()?;
    let mut ledger = workspace.ledger_writer()?;
    let queue = queues::find(&ledger, &arguments.queue)?;
    let stamp = Stamp::now(&arguments.actor);
    let applied = files::apply(&mut ledger, &queue, &stamp.actor, stamp.at, &path, &text)?;
    let told = json!({"queue": queue.id, "decisions": applied.decisions, "recorded": applied.recorded});
    output.result(&told, || {
        format!(
            "{} decisions, {} recorded now",
            applied.decisions, applied.recorded
        )
    })
}

fn read_decisions(path: &Path) -> Result<String, Fault> {
    let unreadable = |why: String, remedy: &str| {
        Fault::new(Code::InvalidDecisions, why, remedy).at(path.display().to_string())
    };
    let bytes = std::fs::read(path)
        .map_err(|error| unreadable(format!("the decisions cannot be read: {error}"), "check the path"))?;
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to() as u64;
        unreadable(
            "the decisions are not valid UTF-8".to_owned(),
            "save the file as UTF-8",
        )
        .byte_offset(offset)
    })
}

pub fn gold(place: &Place, command: &GoldCommand, output: &Output) -> Result<(), Fault> {
    let workspace = place.open()?;
    match command {
        GoldCommand::List => {
            let worker = WorkerCommand::this_executable()?;
            let overview = golden::overview(&workspace, &workspace.ledger()?.seen_whole(), &worker)?;
            output.result(&overview.members, || {
                overview.members.iter().map(member_line).collect()
            })
        }
        GoldCommand::Promote(arguments) => change(
            &workspace,
            arguments,
            output,
            |workspace, ledger, stamp, digest, reason| {
                let worker = WorkerCommand::this_executable()?;
                golden::promote(workspace, ledger, stamp, (digest, reason), &worker)
            },
        ),
        GoldCommand::Revoke(arguments) => change(
            &workspace,
            arguments,
            output,
            |_, ledger, stamp, digest, reason| golden::revoke(ledger, stamp, digest, reason),
        ),
        GoldCommand::Export(arguments) => frozen::export(&workspace, arguments, output),
        GoldCommand::Freeze { reason, actor } => frozen::freeze(&workspace, reason, actor.as_deref(), output),
        GoldCommand::Frozen => frozen::list(&workspace, output),
        GoldCommand::Status { sample: None } => {
            let worker = WorkerCommand::this_executable()?;
            let overview = golden::overview(&workspace, &workspace.ledger()?.seen_whole(), &worker)?;
            let ledger = workspace.ledger()?;
            let ages = aging::ages_days(&ledger, Stamp::now("").at)?;
            let told = json!({
                "members": overview.members.len(), "revoked": overview.revoked.len(),
                "candidates": overview.candidates.len(), "root": overview.root,
                "frozen": ledger.gold_snapshots()?.len(),
                "age_days": ages.map(|[youngest, median, oldest]| json!({"youngest": youngest, "median": median, "oldest": oldest})),
            });
            output.result(&told, || {
                format!(
                    "{} members, {} revoked, root {}",
                    overview.members.len(),
                    overview.revoked.len(),
                    overview.root
                )
            })
        }
        GoldCommand::Status { sample: Some(sample) } => {
            let ledger = workspace.ledger()?;
            let worker = WorkerCommand::this_executable()?;
            let detail =
                golden::candidate_detail(&workspace, &ledger.seen_whole(), &digest(sample)?, &worker)?;
            output.result(&detail, || {
                detail
                    .checks
                    .iter()
                    .map(|check| {
                        format!(
                            "{} {}: {}\n",
                            if check.holds { "✓" } else { "✗" },
                            check.name,
                            check.finding
                        )
                    })
                    .collect()
            })
        }
    }
}

fn member_line(member: &GoldMember) -> String {
    format!(
        "#{:<6} {}  {}  {}\n",
        member.seq, member.digest, member.by, member.title
    )
}

type Act = fn(
    &Workspace,
    &mut Ledger,
    &Stamp,
    &assay_model::Digest,
    &str,
) -> Result<assay_workbench::wire::GoldChanged, Fault>;

fn change(workspace: &Workspace, arguments: &GoldArguments, output: &Output, act: Act) -> Result<(), Fault> {
    let sample = digest(&arguments.sample)?;
    let mut ledger = workspace.ledger_writer()?;
    let actor = actor(&ledger, arguments.actor.as_deref())?;
    let changed = act(
        workspace,
        &mut ledger,
        &Stamp::now(actor),
        &sample,
        &arguments.reason,
    )?;
    output.result(&changed, || {
        format!("Saved #{}; {} in gold", changed.saved.seq, changed.gold)
    })
}

pub(super) fn digest(text: &str) -> Result<assay_model::Digest, Fault> {
    text.parse().map_err(|error| {
        Fault::new(
            Code::UnknownSample,
            format!("`{text}`: {error}"),
            "copy one from `assay samples`",
        )
    })
}
