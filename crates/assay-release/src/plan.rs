//! Which samples are released, and what does each rule take?
//!
//! Pure and deterministic: the plan follows from the candidates, the policy and its seed alone. Where a rule must choose among
//! equals it takes them by a keyed hash of their digest, then by their place, so neither the order of files nor time matters.
//!
//! Rules come in this order: include, exclude, verdicts, gold, duplicates (exact, normalised, near), caps. The first four are
//! somebody's word and are never softened. Duplicates and caps spare what a floor protects; a cap that could hold only by taking
//! a class below its floor is a fault that names both. Caps are applied until all of them hold together: removals only shrink
//! slices, so this ends.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use assay_model::{Code, Digest, Fault, Origin, Task};
use serde::{Deserialize, Serialize};

use crate::{Floor, Keep, Limit, Policy};

/// What a plan must know of a sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub sample: u64,
    pub digest: Digest,
    pub path: String,
    /// Of the record in its file, from 0.
    pub ordinal: u64,
    pub tokens: u64,
    pub origin: Origin,
    /// The dimension `source`; empty where none is declared.
    pub source: String,
    /// Whether the policy's include and exclude expressions hold.
    pub included: bool,
    pub excluded: bool,
    /// Whether reviewers left it out.
    pub rejected: bool,
    pub gold: Option<GoldKind>,
    pub duplicate: Duplicate,
    /// Places of the policy's caps whose slice it is in.
    pub caps: Vec<usize>,
    /// For each floor of the policy, its classes there.
    pub classes: Vec<Vec<String>>,
}

/// What a sample is like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Duplicate {
    /// Stands for texts equal after normalising, where there are several.
    pub normalised: Option<u64>,
    /// Cluster of verified near-duplicates.
    pub cluster: Option<u64>,
    pub represents: bool,
}

/// How a sample was found to be gold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GoldKind {
    Exact,
    Normalised,
    Near,
}

/// What became of a candidate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fate {
    Released {
        weight: f64,
    },
    /// By the rule at this place of `Plan::rules`.
    Removed {
        rule: usize,
    },
}

/// A candidate's sample and its fate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Planned {
    pub sample: u64,
    pub fate: Fate,
}

/// Every candidate accounted for.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// By path, then ordinal.
    pub samples: Vec<Planned>,
    pub rules: Vec<RuleCost>,
    pub candidates: u64,
    pub released: u64,
    pub tokens: u64,
    pub origins: OriginCounts,
}

/// Samples by who made them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OriginCounts {
    pub human: u64,
    pub machine: u64,
    pub mixed: u64,
    pub unknown: u64,
}

impl OriginCounts {
    fn of(&mut self, origin: Origin) -> &mut u64 {
        match origin {
            Origin::Human => &mut self.human,
            Origin::Machine => &mut self.machine,
            Origin::Mixed => &mut self.mixed,
            Origin::Unknown => &mut self.unknown,
        }
    }
}

/// What a rule removed, and what that costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleCost {
    /// `include`, `exclude`, `verdicts`, `gold`, `duplicates exact`, …, `cap at line N: WHERE`.
    pub rule: String,
    pub samples: u64,
    pub tokens: u64,
    /// Samples left when the rules before it were done, and after it.
    pub before: OriginCounts,
    pub after: OriginCounts,
    /// Classes of the policy's floors that it reduced below 20 samples or took away, the worst first; at most 20.
    pub tail: Vec<TailCost>,
}

/// A class that a rule reduced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TailCost {
    pub dimension: String,
    pub class: String,
    pub before: u64,
    pub after: u64,
}

/// Classes with fewer samples than this are told where a rule reduces them.
const RARE: u64 = 20;
/// Classes told for a rule.
const TOLD: usize = 20;

/// Plans a release. A cap and a floor that contradict each other are a fault with the code `not_allowed`.
pub fn plan(candidates: &[Candidate], policy: &Policy, task: &Task) -> Result<Plan, Fault> {
    let mut planning = Planning::new(candidates, policy);
    planning.remove("include", |candidate| !candidate.included);
    planning.remove("exclude", |candidate| candidate.excluded);
    planning.remove("verdicts", |candidate| {
        policy.leave_out_excluded && candidate.rejected
    });
    planning.remove("gold", |candidate| candidate.gold.is_some());
    planning.raise_floors();
    task.check()?;
    planning.thin("duplicates exact", policy.duplicates.exact, |candidate| {
        Some(Group::Text(candidate.digest))
    });
    planning.thin(
        "duplicates normalised",
        policy.duplicates.normalised,
        |candidate| candidate.duplicate.normalised.map(Group::Number),
    );
    planning.thin("duplicates near", policy.duplicates.near, |candidate| {
        candidate.duplicate.cluster.map(Group::Number)
    });
    task.check()?;
    planning.caps(task)?;
    Ok(planning.finish())
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Group {
    Text(Digest),
    Number(u64),
}

struct Planning<'a> {
    candidates: &'a [Candidate],
    policy: &'a Policy,
    /// Places of candidates in the order in which rules prefer to keep them.
    order: Vec<usize>,
    removed: Vec<Option<usize>>,
    rules: Vec<RuleCost>,
    left: OriginCounts,
    /// Floor and class to samples left.
    counts: HashMap<(usize, &'a str), u64>,
    /// The same to samples that must stay; absent for those that need not.
    floors: HashMap<(usize, &'a str), u64>,
}

impl<'a> Planning<'a> {
    fn new(candidates: &'a [Candidate], policy: &'a Policy) -> Self {
        let mut order: Vec<usize> = (0..candidates.len()).collect();
        order.sort_by_cached_key(|place| {
            let candidate = &candidates[*place];
            (
                key(policy.seed, &candidate.digest),
                candidate.path.clone(),
                candidate.ordinal,
            )
        });
        let mut planning = Self {
            candidates,
            policy,
            order,
            removed: vec![None; candidates.len()],
            rules: Vec::new(),
            left: OriginCounts::default(),
            counts: HashMap::new(),
            floors: HashMap::new(),
        };
        for candidate in candidates {
            *planning.left.of(candidate.origin) += 1;
            for class in classes(candidate) {
                *planning.counts.entry(class).or_default() += 1;
            }
        }
        planning
    }

    /// What a class keeps: its floor and its share of what it has now, or all it has.
    fn raise_floors(&mut self) {
        for ((floor, class), count) in &self.counts {
            let Floor {
                min_samples,
                min_retention,
                ..
            } = self.policy.tail.floors[*floor];
            let share = (min_retention * *count as f64).ceil() as u64;
            let least = min_samples.max(share).min(*count);
            if least > 0 {
                self.floors.insert((*floor, class), least);
            }
        }
    }

    fn is_left(&self, place: usize) -> bool {
        self.removed[place].is_none()
    }

    fn take(&mut self, place: usize, rule: usize) {
        let candidate = &self.candidates[place];
        self.removed[place] = Some(rule);
        *self.left.of(candidate.origin) -= 1;
        for class in classes(candidate) {
            *self.counts.get_mut(&class).expect("counted at the start") -= 1;
        }
    }

    fn remove(&mut self, rule: &str, goes: impl Fn(&Candidate) -> bool) {
        let candidates = self.candidates;
        let going = (0..candidates.len())
            .filter(|place| self.is_left(*place) && goes(&candidates[*place]))
            .collect();
        self.account(rule, going);
    }

    /// Removes samples under a rule and writes down what that cost.
    fn account(&mut self, rule: &str, going: Vec<usize>) {
        let (before, place) = (self.left, self.rules.len());
        let mut touched: BTreeMap<(usize, &str), u64> = BTreeMap::new();
        let mut tokens = 0;
        for going in &going {
            tokens += self.candidates[*going].tokens;
            for class in classes(&self.candidates[*going]) {
                touched.entry(class).or_insert(self.counts[&class]);
            }
            self.take(*going, place);
        }
        let mut tail: Vec<TailCost> = touched
            .into_iter()
            .map(|(class, before)| TailCost {
                dimension: self.policy.tail.floors[class.0].dimension.clone(),
                class: class.1.to_owned(),
                before,
                after: self.counts[&class],
            })
            .filter(|cost| cost.after < RARE)
            .collect();
        tail.sort_by_key(|cost| cost.after);
        tail.truncate(TOLD);
        self.rules.push(RuleCost {
            rule: rule.to_owned(),
            samples: going.len() as u64,
            tokens,
            before,
            after: self.left,
            tail,
        });
    }

    /// Keeps so many of each group: its representative, then humans before machines, then by the keyed order.
    fn thin(&mut self, rule: &str, keep: Keep, group: impl Fn(&Candidate) -> Option<Group>) {
        let mut groups: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
        if let Keep::AtMost(_) = keep {
            for place in self.order.iter().copied().filter(|place| self.is_left(*place)) {
                if let Some(group) = group(&self.candidates[place]) {
                    groups.entry(group).or_default().push(place);
                }
            }
        }
        let Keep::AtMost(most) = keep else {
            return self.account(rule, Vec::new());
        };
        // In the keyed order of their first members, so that the groups' own numbers decide nothing.
        let rank: HashMap<usize, usize> = self
            .order
            .iter()
            .enumerate()
            .map(|(rank, place)| (*place, rank))
            .collect();
        let mut groups: Vec<Vec<usize>> = groups
            .into_values()
            .filter(|group| group.len() as u64 > most)
            .collect();
        groups.sort_by_key(|group| rank[&group[0]]);
        let mut surplus = Vec::new();
        for mut group in groups {
            group.sort_by_key(|place| {
                let candidate = &self.candidates[*place];
                (
                    !candidate.duplicate.represents,
                    origin_rank(candidate.origin),
                    rank[place],
                )
            });
            surplus.extend(group.into_iter().skip(most as usize));
        }
        let spared = self.unprotected(surplus);
        self.account(rule, spared);
    }

    /// Those of the samples that may go one after the other without taking a class below its floor.
    fn unprotected(&self, going: Vec<usize>) -> Vec<usize> {
        let mut counts: HashMap<(usize, &str), u64> = HashMap::new();
        going
            .into_iter()
            .filter(|place| {
                let classes: Vec<_> = classes(&self.candidates[*place]).collect();
                let count =
                    |class: &(usize, &'a str)| counts.get(class).copied().unwrap_or(self.counts[class]);
                if classes
                    .iter()
                    .any(|class| self.floors.get(class).is_some_and(|least| count(class) <= *least))
                {
                    return false;
                }
                for class in classes {
                    *counts.entry(class).or_insert(self.counts[&class]) -= 1;
                }
                true
            })
            .collect()
    }

    fn caps(&mut self, task: &Task) -> Result<(), Fault> {
        let policy = self.policy;
        let first = self.rules.len();
        for cap in &policy.caps {
            self.account(&format!("cap at line {}: {}", cap.line, cap.text), Vec::new());
        }
        loop {
            let before = self.total();
            for (place, cap) in policy.caps.iter().enumerate() {
                task.check()?;
                for limit in &cap.limits {
                    self.hold(place, *limit, first + place)?;
                }
            }
            if self.total() == before {
                return Ok(());
            }
        }
    }

    fn total(&self) -> u64 {
        let OriginCounts {
            human,
            machine,
            mixed,
            unknown,
        } = self.left;
        human + machine + mixed + unknown
    }

    /// Removes from the end of the keyed order until a limit holds.
    fn hold(&mut self, cap: usize, limit: Limit, rule: usize) -> Result<(), Fault> {
        let inside: Vec<usize> = self
            .order
            .iter()
            .copied()
            .filter(|place| self.is_left(*place) && self.candidates[*place].caps.contains(&cap))
            .collect();
        let only_machines = matches!(limit, Limit::MaxMachineShare(_));
        let is_machine = |place: &usize| self.candidates[*place].origin == Origin::Machine;
        let mut slice = Slice {
            samples: inside.len() as u64,
            tokens: inside.iter().map(|place| self.candidates[*place].tokens).sum(),
            machine: inside.iter().filter(|place| is_machine(place)).count() as u64,
            released: self.total(),
        };
        let order: Vec<usize> = inside
            .into_iter()
            .rev()
            .filter(|place| !only_machines || is_machine(place))
            .collect();
        let (mut going, mut spared) = (Vec::new(), None);
        let mut counts = self.counts.clone();
        for place in order {
            if slice.holds(limit) {
                break;
            }
            let candidate = &self.candidates[place];
            let held = classes(candidate).find(|class| {
                self.floors
                    .get(class)
                    .is_some_and(|least| counts[class] <= *least)
            });
            if let Some((_, class)) = held {
                spared = Some(class.to_owned());
                continue;
            }
            for class in classes(candidate) {
                *counts.get_mut(&class).expect("counted at the start") -= 1;
            }
            slice.lose(candidate);
            going.push(place);
        }
        if !slice.holds(limit) {
            return Err(self.contradiction(rule, spared));
        }
        self.account_more(rule, going);
        Ok(())
    }

    fn contradiction(&self, rule: usize, class: Option<String>) -> Fault {
        let class = class.unwrap_or_default();
        Fault::new(
            Code::NotAllowed,
            format!(
                "the {} can hold only by taking class `{class}` below its floor",
                self.rules[rule].rule
            ),
            "raise the cap, or lower the floor of the tail",
        )
    }

    /// Adds to what a cap has taken before.
    fn account_more(&mut self, rule: usize, going: Vec<usize>) {
        if going.is_empty() {
            return;
        }
        let name = self.rules[rule].rule.clone();
        let last = self.rules.len();
        self.account(&name, going);
        let more = self.rules.pop().expect("accounted above");
        for removed in self.removed.iter_mut().filter(|removed| **removed == Some(last)) {
            *removed = Some(rule);
        }
        let cost = &mut self.rules[rule];
        if cost.samples == 0 {
            cost.before = more.before;
        }
        cost.samples += more.samples;
        cost.tokens += more.tokens;
        cost.after = more.after;
        for reduced in more.tail {
            let same =
                |known: &&mut TailCost| known.dimension == reduced.dimension && known.class == reduced.class;
            match cost.tail.iter_mut().find(same) {
                Some(known) => known.after = reduced.after,
                None => cost.tail.push(reduced),
            }
        }
        cost.tail.truncate(TOLD);
    }

    fn finish(self) -> Plan {
        let mut places: Vec<usize> = (0..self.candidates.len()).collect();
        places.sort_by_key(|place| (&self.candidates[*place].path, self.candidates[*place].ordinal));
        let tokens = places
            .iter()
            .filter(|place| self.is_left(**place))
            .map(|place| self.candidates[*place].tokens)
            .sum();
        let samples = places
            .into_iter()
            .map(|place| Planned {
                sample: self.candidates[place].sample,
                fate: match self.removed[place] {
                    Some(rule) => Fate::Removed { rule },
                    None => Fate::Released {
                        weight: self.weight(place),
                    },
                },
            })
            .collect();
        Plan {
            samples,
            candidates: self.candidates.len() as u64,
            released: self.total(),
            tokens,
            origins: self.left,
            rules: self.rules,
        }
    }

    /// Factors by origin and source, and the greatest of those by which rare classes are raised.
    fn weight(&self, place: usize) -> f64 {
        let candidate = &self.candidates[place];
        let weights = &self.policy.weights;
        let stated = weights.origin.get(&candidate.origin).unwrap_or(&1.0)
            * weights.source.get(&candidate.source).unwrap_or(&1.0);
        let raised = classes(candidate).map(|class| {
            let floor = &self.policy.tail.floors[class.0];
            (floor.up_to_samples as f64 / self.counts[&class] as f64).clamp(1.0, floor.max_factor)
        });
        stated * raised.fold(1.0, f64::max)
    }
}

/// What a limit is held against.
struct Slice {
    samples: u64,
    tokens: u64,
    machine: u64,
    released: u64,
}

impl Slice {
    fn holds(&self, limit: Limit) -> bool {
        match limit {
            Limit::MaxSamples(most) => self.samples <= most,
            Limit::MaxTokens(most) => self.tokens <= most,
            Limit::MaxShare(most) => self.samples as f64 <= most * self.released as f64,
            Limit::MaxMachineShare(most) => self.machine as f64 <= most * self.samples as f64,
        }
    }

    fn lose(&mut self, candidate: &Candidate) {
        self.samples -= 1;
        self.released -= 1;
        self.tokens -= candidate.tokens;
        self.machine -= u64::from(candidate.origin == Origin::Machine);
    }
}

/// Classes of a sample, each once, with the floor they belong to.
fn classes(candidate: &Candidate) -> impl Iterator<Item = (usize, &str)> {
    candidate.classes.iter().enumerate().flat_map(|(floor, classes)| {
        let distinct: BTreeSet<&str> = classes.iter().map(String::as_str).collect();
        distinct.into_iter().map(move |class| (floor, class))
    })
}

fn key(seed: u64, digest: &Digest) -> Digest {
    let mut bytes = [0; 40];
    bytes[..8].copy_from_slice(&seed.to_be_bytes());
    bytes[8..].copy_from_slice(&digest.0);
    Digest::of(&bytes)
}

fn origin_rank(origin: Origin) -> u8 {
    match origin {
        Origin::Human => 0,
        Origin::Mixed => 1,
        Origin::Unknown => 2,
        Origin::Machine => 3,
    }
}

/// Sets of one size that differ in their share of machine samples: for each ratio, samples in path order.
///
/// Human and machine samples of the plan are taken from the start of the keyed order, so a set with fewer of either holds a subset
/// of those in a set with more. The size is the largest at which every ratio can be met; mixed and unknown samples are in none.
pub fn ablations(
    plan: &Plan,
    candidates: &[Candidate],
    seed: u64,
    ratios: &[f64],
) -> Result<Vec<BTreeSet<u64>>, Fault> {
    let released: BTreeSet<u64> = plan
        .samples
        .iter()
        .filter(|planned| matches!(planned.fate, Fate::Released { .. }))
        .map(|planned| planned.sample)
        .collect();
    let of = |origin: Origin| {
        let mut of: Vec<&Candidate> = candidates
            .iter()
            .filter(|candidate| candidate.origin == origin && released.contains(&candidate.sample))
            .collect();
        of.sort_by_cached_key(|candidate| {
            (
                key(seed, &candidate.digest),
                candidate.path.clone(),
                candidate.ordinal,
            )
        });
        of
    };
    let (human, machine) = (of(Origin::Human), of(Origin::Machine));
    let split = |size: usize, ratio: f64| {
        let machine = (ratio * size as f64).round() as usize;
        (size - machine, machine)
    };
    let fits = |size: &usize| {
        ratios.iter().all(|ratio| {
            let (humans, machines) = split(*size, *ratio);
            humans <= human.len() && machines <= machine.len()
        })
    };
    let size = (0..=human.len() + machine.len()).rev().find(fits).unwrap_or(0);
    if size == 0 {
        return Err(Fault::new(
            Code::NotAllowed,
            format!(
                "{} human and {} machine samples are released; no size meets every ratio",
                human.len(),
                machine.len()
            ),
            "choose other ratios, or release samples of both origins",
        ));
    }
    Ok(ratios
        .iter()
        .map(|ratio| {
            let (humans, machines) = split(size, *ratio);
            human[..humans]
                .iter()
                .chain(&machine[..machines])
                .map(|candidate| candidate.sample)
                .collect()
        })
        .collect())
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
