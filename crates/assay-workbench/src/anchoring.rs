//! Where does gold stand against a dataset, how old is it, and what has moved on since?
//!
//! Members are counted beside the human samples of a snapshot, by domain and language. What is to be refreshed follows from the
//! entries that promoted them and from the snapshots since; nothing of it is stored. Deliberately absent: whether a release is
//! allowed (`checking`).

use std::collections::{BTreeMap, HashMap};

use assay_index::{Index, Snapshot};
use assay_model::expression::{Literal, Operator};
use assay_model::{Code, Expression, Fault, Origin, Report};
use assay_review::frozen;
use jiff::Timestamp;

use crate::settings::WorkspaceSettings;
use crate::wire::{AnchorCell, GoldAnchor, GoldMember, GoldSettings, MonthCount, SliceChange};
use crate::{Workspace, clock, gold};

/// Domains and languages that are shown at most.
const DOMAINS: usize = 30;
const LANGUAGES: usize = 16;
/// Members that are listed at most.
const LISTED: usize = 200;

/// Domain and language; empty where none was declared.
type Slice = (String, String);

/// Gold beside the human samples of a snapshot.
pub fn anchor(
    workspace: &Workspace,
    index: &Index,
    snapshot: &Snapshot,
    now: Timestamp,
) -> Result<GoldAnchor, Fault> {
    let settings = WorkspaceSettings::gold(workspace)?;
    let ledger = workspace.ledger()?;
    let members = gold::members(&ledger)?;
    let samples = human(&measured(index, snapshot)?);
    let mut by_slice: BTreeMap<Slice, Vec<&GoldMember>> = BTreeMap::new();
    for member in &members {
        let slice = (member.domain.clone(), member.language.clone());
        by_slice.entry(slice).or_default().push(member);
    }
    let changed = changed(index, snapshot, &by_slice, &samples)?;
    let (old, old_count) = older(&members, settings.max_age_days, now)?;
    Ok(GoldAnchor {
        dataset: snapshot.dataset.clone(),
        snapshot: snapshot.number,
        settings: GoldSettings {
            max_age_days: settings.max_age_days,
            thin_below: settings.thin_below,
        },
        domains: largest(&samples, &by_slice, DOMAINS, |slice| &slice.0),
        languages: largest(&samples, &by_slice, LANGUAGES, |slice| &slice.1),
        cells: cells(&samples, &by_slice),
        ages_days: frozen::ages_days(&ledger, now)?,
        months: months(&members, now),
        old,
        old_count,
        changed,
    })
}

fn measured(index: &Index, snapshot: &Snapshot) -> Result<Report, Fault> {
    index.report(snapshot)?.ok_or_else(|| {
        Fault::new(
            Code::Usage,
            format!("{}@{} is not measured yet", snapshot.dataset, snapshot.number),
            "measure it first",
        )
    })
}

/// Human samples by slice.
fn human(report: &Report) -> BTreeMap<Slice, u64> {
    let mut samples = BTreeMap::new();
    let cells = report.composition.iter();
    for cell in cells.filter(|cell| cell.origin == Origin::Human) {
        let slice = (cell.domain.clone(), cell.language.clone());
        *samples.entry(slice).or_default() += cell.samples;
    }
    samples.retain(|_, count| *count > 0);
    samples
}

fn cells(samples: &BTreeMap<Slice, u64>, members: &BTreeMap<Slice, Vec<&GoldMember>>) -> Vec<AnchorCell> {
    let mut slices: Vec<&Slice> = samples.keys().chain(members.keys()).collect();
    slices.sort_unstable();
    slices.dedup();
    let cell = |slice: &Slice| AnchorCell {
        domain: slice.0.clone(),
        language: slice.1.clone(),
        members: members.get(slice).map_or(0, |members| members.len() as u64),
        samples: samples.get(slice).copied().unwrap_or(0),
        filter: Expression::And(conditions(slice)).to_string(),
    };
    slices.into_iter().map(cell).collect()
}

/// Values with the most human samples, then the most members, then by name.
fn largest(
    samples: &BTreeMap<Slice, u64>,
    members: &BTreeMap<Slice, Vec<&GoldMember>>,
    most: usize,
    value: impl Fn(&Slice) -> &String,
) -> Vec<String> {
    let mut sizes: HashMap<&String, (u64, u64)> = HashMap::new();
    for (slice, count) in samples {
        sizes.entry(value(slice)).or_default().0 += count;
    }
    for (slice, members) in members {
        sizes.entry(value(slice)).or_default().1 += members.len() as u64;
    }
    let mut names: Vec<&String> = sizes.keys().copied().collect();
    names.sort_by_key(|name| (std::cmp::Reverse(sizes[name]), *name));
    names.into_iter().take(most).cloned().collect()
}

/// The human samples of a slice.
fn conditions(slice: &Slice) -> Vec<Expression> {
    vec![
        is("domain", &slice.0),
        is("language", &slice.1),
        is("origin", Origin::Human.as_str()),
    ]
}

fn is(field: &str, value: &str) -> Expression {
    let field = field.to_owned();
    if value.is_empty() {
        return Expression::IsNull {
            field,
            negated: false,
        };
    }
    Expression::Compare {
        field,
        operator: Operator::Equal,
        value: Literal::Text(value.to_owned()),
    }
}

/// Members promoted more days ago than the limit, oldest first, and how many there are.
fn older(members: &[GoldMember], most_days: u64, now: Timestamp) -> Result<(Vec<GoldMember>, u64), Fault> {
    let mut old = Vec::new();
    for member in members {
        if clock::days_between(&member.at, now)? > most_days as f64 {
            old.push(member.clone());
        }
    }
    old.sort_by(|a, b| (&a.at, a.seq).cmp(&(&b.at, b.seq)));
    let count = old.len() as u64;
    old.truncate(LISTED);
    Ok((old, count))
}

/// Members by the month of their promotion, up to this month.
fn months(members: &[GoldMember], now: Timestamp) -> Vec<MonthCount> {
    let month_of = |at: &str| at.get(..7).unwrap_or_default().to_owned();
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for member in members {
        *counts.entry(month_of(&member.at)).or_default() += 1;
    }
    let Some(first) = counts.keys().next().cloned() else {
        return Vec::new();
    };
    let last = month_of(&now.to_string());
    let mut all = Vec::new();
    let mut month = first;
    while month <= last {
        all.push(MonthCount {
            members: counts.get(&month).copied().unwrap_or(0),
            month: month.clone(),
        });
        match after(&month) {
            Some(next) => month = next,
            None => break,
        }
    }
    all
}

/// The month after `2026-11`.
fn after(month: &str) -> Option<String> {
    let (year, month) = month.split_once('-')?;
    let (year, month): (u32, u32) = (year.parse().ok()?, month.parse().ok()?);
    Some(match month {
        12 => format!("{:04}-01", year + 1),
        _ => format!("{year:04}-{:02}", month + 1),
    })
}

/// Slices with gold whose human samples are no longer those of the snapshot of their last promotion.
fn changed(
    index: &Index,
    snapshot: &Snapshot,
    by_slice: &BTreeMap<Slice, Vec<&GoldMember>>,
    now: &BTreeMap<Slice, u64>,
) -> Result<Vec<SliceChange>, Fault> {
    let earlier: Vec<Snapshot> = index
        .snapshots(&snapshot.dataset)?
        .into_iter()
        .filter(|each| each.number <= snapshot.number)
        .collect();
    let mut changed = Vec::new();
    for (slice, members) in by_slice {
        let Some(promoted) = members.iter().map(|member| &member.at).max() else {
            continue;
        };
        let since = last_before(&earlier, promoted)?;
        if since.is_some_and(|since| since.number == snapshot.number) {
            continue;
        }
        let mut conditions = conditions(slice);
        // Counted, not read from its report: a promotion makes reports out of date.
        let then = match since {
            None => 0,
            Some(since) => {
                let then = Expression::And(conditions.clone());
                index.count(&index.select(since, Some(&then))?)?
            }
        };
        if let Some(since) = since {
            let name = format!("{}@{}", since.dataset, since.number);
            conditions.push(is("added_since", &name));
        }
        let filter = Expression::And(conditions);
        let added = index.count(&index.select(snapshot, Some(&filter))?)?;
        let now = now.get(slice).copied().unwrap_or(0);
        if added == 0 && now == then {
            continue;
        }
        changed.push(SliceChange {
            domain: slice.0.clone(),
            language: slice.1.clone(),
            members: members.len() as u64,
            promoted: promoted.clone(),
            since: since.map(|since| since.number),
            then,
            now,
            added,
            filter: filter.to_string(),
        });
    }
    changed.sort_by_key(|change| std::cmp::Reverse(change.added));
    Ok(changed)
}

/// The snapshot that was the latest at a time.
fn last_before<'a>(snapshots: &'a [Snapshot], at: &str) -> Result<Option<&'a Snapshot>, Fault> {
    let time = |text: &str| {
        text.parse::<Timestamp>()
            .map_err(|error| Fault::internal("reading a stored time", error))
    };
    let at = time(at)?;
    let mut last = None;
    for snapshot in snapshots {
        if time(&snapshot.created)? <= at {
            last = Some(snapshot);
        }
    }
    Ok(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(domain: &str, language: &str, at: &str, seq: u64) -> GoldMember {
        GoldMember {
            digest: format!("sha256:{seq:064}"),
            title: String::new(),
            domain: domain.to_owned(),
            language: language.to_owned(),
            reason: String::new(),
            by: String::new(),
            at: at.to_owned(),
            seq,
        }
    }

    fn slice(domain: &str, language: &str) -> Slice {
        (domain.to_owned(), language.to_owned())
    }

    #[test]
    fn months_without_promotions_are_there_across_the_year() {
        let members = [
            member("a", "en", "2025-11-20T10:00:00Z", 2),
            member("a", "en", "2025-11-02T10:00:00Z", 1),
        ];
        let counted = months(&members, "2026-01-05T00:00:00Z".parse().unwrap());
        let rows: Vec<_> = counted
            .iter()
            .map(|each| (each.month.as_str(), each.members))
            .collect();
        assert_eq!(rows, [("2025-11", 2), ("2025-12", 0), ("2026-01", 0)]);
    }

    #[test]
    fn a_member_is_old_on_the_day_after_the_limit_and_the_oldest_comes_first() {
        let members = [
            member("a", "en", "2026-01-02T00:00:00Z", 2),
            member("a", "en", "2025-12-31T00:00:00Z", 1),
            member("a", "en", "2026-02-01T00:00:00Z", 3),
        ];
        let (old, count) = older(&members, 30, "2026-02-02T00:00:00Z".parse().unwrap()).unwrap();
        let seqs: Vec<u64> = old.iter().map(|member| member.seq).collect();
        assert_eq!((seqs.as_slice(), count), ([1, 2].as_slice(), 2));
    }

    #[test]
    fn cells_stand_side_by_side_and_one_without_gold_is_there() {
        let one = member("health", "en", "2026-01-02T00:00:00Z", 1);
        let members = BTreeMap::from([(slice("health", "en"), vec![&one, &one])]);
        let samples = BTreeMap::from([(slice("health", "en"), 40), (slice("", "de"), 7)]);
        let found = cells(&samples, &members);
        let rows: Vec<_> = found.iter().map(|cell| (cell.members, cell.samples)).collect();
        assert_eq!(rows, [(0, 7), (2, 40)]);
        assert_eq!(
            found[0].filter,
            "domain is null and language = 'de' and origin = 'human'"
        );
        assert_eq!(
            largest(&samples, &members, 5, |slice| &slice.0),
            ["health".to_owned(), String::new()]
        );
    }
}
