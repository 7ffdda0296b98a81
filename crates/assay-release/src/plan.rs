//! Which samples are released, and what does each rule take?
//!
//! Pure and deterministic: the plan follows from the candidates, the policy and its seed alone. Where a rule must choose among
//! equals it takes them by a keyed hash of their digest, then by their place, so neither the order of files nor time matters.
//!
//! Rules come in this order (decision 20 says why): include, exclude, verdicts, gold, duplicates (exact, normalised, near), caps. The first four are
//! somebody's word and are never softened. Duplicates and caps spare what a floor protects; a cap that could hold only by taking
//! a class below its floor is a fault that names both. Caps are applied until all of them hold together: removals only shrink
//! slices, so this ends.

mod raising;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use assay_model::{Code, Digest, Fault, Origin, Task};

use crate::{
    Candidate, Cap, Fate, Floor, Keep, Limit, OriginCounts, Plan, Planned, Policy, RuleCost, StandsFor,
    TailCost,
};

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
    planning.thin(Level::Exact);
    planning.thin(Level::Normalised);
    planning.thin(Level::Near);
    task.check()?;
    planning.caps(task)?;
    Ok(planning.finish())
}

/// The names of a policy's rules, in the order in which they are applied.
pub fn rule_names(policy: &Policy) -> Vec<String> {
    let words = ["include", "exclude", "verdicts", "gold"].map(str::to_owned);
    let levels = Level::ALL.map(|level| level.rule().to_owned());
    let caps = policy.caps.iter().map(cap_rule);
    words.into_iter().chain(levels).chain(caps).collect()
}

fn cap_rule(cap: &Cap) -> String {
    format!("cap at line {}: {}", cap.line, cap.text)
}

/// A level of duplication; each includes the stronger ones.
#[derive(Clone, Copy)]
enum Level {
    Exact,
    Normalised,
    Near,
}

impl Level {
    const ALL: [Self; 3] = [Self::Exact, Self::Normalised, Self::Near];

    fn rule(self) -> &'static str {
        match self {
            Self::Exact => "duplicates exact",
            Self::Normalised => "duplicates normalised",
            Self::Near => "duplicates near",
        }
    }

    fn keep(self, policy: &Policy) -> Keep {
        match self {
            Self::Exact => policy.duplicates.exact,
            Self::Normalised => policy.duplicates.normalised,
            Self::Near => policy.duplicates.near,
        }
    }

    fn group(self, candidate: &Candidate) -> Option<Group> {
        match self {
            Self::Exact => Some(Group::Text(candidate.digest)),
            Self::Normalised => candidate.duplicate.normalised.map(Group::Number),
            Self::Near => candidate.duplicate.cluster.map(Group::Number),
        }
    }

    fn of(self, stands_for: &mut StandsFor) -> &mut u64 {
        match self {
            Self::Exact => &mut stands_for.exact,
            Self::Normalised => &mut stands_for.normalised,
            Self::Near => &mut stands_for.near,
        }
    }
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
    stands_for: HashMap<usize, StandsFor>,
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
            stands_for: HashMap::new(),
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
    fn thin(&mut self, level: Level) {
        let Keep::AtMost(most) = level.keep(self.policy) else {
            return self.account(level.rule(), Vec::new());
        };
        let groups = self.groups(level, most);
        let surplus = groups
            .iter()
            .flat_map(|group| group[most as usize..].iter().copied());
        let going = self.unprotected(surplus.collect());
        self.account(level.rule(), going);
        for group in groups {
            let (stayed, gone): (Vec<usize>, Vec<usize>) =
                group.into_iter().partition(|place| self.is_left(*place));
            for place in stayed {
                *level.of(self.stands_for.entry(place).or_default()) += gone.len() as u64;
            }
        }
    }

    /// Groups with more than so many samples, each in the order in which its samples stay. The groups come in the keyed order
    /// of their first members, so that their own numbers decide nothing.
    fn groups(&self, level: Level, most: u64) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
        for place in self.order.iter().copied().filter(|place| self.is_left(*place)) {
            if let Some(group) = level.group(&self.candidates[place]) {
                groups.entry(group).or_default().push(place);
            }
        }
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
        for group in &mut groups {
            group.sort_by_key(|place| {
                let candidate = &self.candidates[*place];
                (
                    !candidate.duplicate.represents,
                    origin_rank(candidate.origin),
                    rank[place],
                )
            });
        }
        groups
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
            self.account(&cap_rule(cap), Vec::new());
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
        self.left.total()
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
        let copies = self.copies();
        let fate = |place: usize| match self.removed[place] {
            Some(rule) => Fate::Removed { rule },
            None => Fate::Released {
                weight: self.weight(place),
                copies: copies.get(&place).copied().unwrap_or(1),
                stands_for: self.stands_for.get(&place).copied().unwrap_or_default(),
            },
        };
        let left = || (0..self.candidates.len()).filter(|place| self.is_left(*place));
        Plan {
            samples: places
                .iter()
                .map(|place| Planned {
                    sample: self.candidates[*place].sample,
                    fate: fate(*place),
                })
                .collect(),
            candidates: self.candidates.len() as u64,
            released: self.total(),
            rows: left().map(|place| copies.get(&place).copied().unwrap_or(1)).sum(),
            tokens: left().map(|place| self.candidates[place].tokens).sum(),
            origins: self.left,
            rules: self.rules,
        }
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

/// The order in which rules keep samples: by this, then by place.
pub(crate) fn key(seed: u64, digest: &Digest) -> Digest {
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

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
