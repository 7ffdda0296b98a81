//! Which texts are redundant, and beside which one?
//!
//! Star clustering: texts in the order of their standing; one that nobody represents yet becomes a
//! representative and takes the free texts that were verified directly against it. No chains, each text in one
//! star at most. By containment alone a text joins only a representative that contains it and whose origin
//! ranks no lower, so nothing is called redundant whose words would be lost.

use assay_model::{Fault, Task};
use rayon::prelude::*;

use crate::Near;
use crate::apart::Apart;
use crate::crowd::Crowd;
use crate::join::Joined;
use crate::pair::{Pair, Settings};
use crate::shingles::{SetBuffer, TextSets};
use crate::standing::{Reason, Standing};

/// A representative and the texts redundant beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Star {
    pub representative: u32,
    pub reason: Reason,
    /// Never empty; by text.
    pub members: Vec<Member>,
}

/// A text verified directly against its representative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    pub text: u32,
    pub jaccard: f64,
    pub containment: f64,
}

/// Gathers joined texts in stars.
pub(crate) fn gather(
    sets: &TextSets,
    joined: Joined,
    standings: &[Standing],
    apart: &Apart,
    settings: &Settings,
    task: &Task,
) -> Result<Near, Fault> {
    let Joined {
        pairs,
        crowded,
        frequencies,
        signatures,
    } = joined;
    let partners = Partners::of(&pairs, sets.len(), settings);
    let mut crowd = Crowd::new(sets, settings, &frequencies, &signatures, &crowded, task)?;
    let mut stars = Stars {
        pairs: &pairs,
        standings,
        apart,
        settings,
        star: vec![None; sets.len()],
        members: vec![0; sets.len()],
    };
    let mut joined_late = Vec::new();

    let mut order: Vec<u32> = (0..sets.len() as u32).collect();
    order.par_sort_unstable_by_key(|&text| (standings[text as usize], text));
    for (step, text) in order.into_iter().enumerate() {
        if step % 1024 == 0 {
            task.check()?;
        }
        if stars.star[text as usize].is_some() {
            continue;
        }
        let beside = crowd.find(text, |representative, pair| {
            stars.may_join(text, representative, pair)
        })?;
        if let Some(pair) = beside {
            stars.join(text, pair);
            joined_late.push(pair);
            continue;
        }
        stars.lead(text, partners.of_text(text));
        crowd.lead(text)?;
    }

    let star = stars.star;
    let degrees = partners.degrees();
    let crowded = crowded_texts(&crowded, &degrees, settings);
    let stars = collect(&pairs, &joined_late, &star, standings);
    let mut pairs = listed(pairs, &star, &crowded, settings);
    pairs.extend(joined_late);
    pairs.extend(near_though_apart(sets, apart, settings)?);
    pairs.par_sort_unstable();
    pairs.dedup();
    let crowded = (0..crowded.len() as u32)
        .filter(|&text| crowded[text as usize])
        .collect();
    Ok(Near {
        pairs,
        stars,
        crowded,
    })
}

/// For each text that has a place in a star, how it came there.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Leads,
    Beside(u32),
}

struct Stars<'a> {
    pairs: &'a [Pair],
    standings: &'a [Standing],
    apart: &'a Apart,
    settings: &'a Settings,
    star: Vec<Option<Place>>,
    members: Vec<u32>,
}

impl Stars<'_> {
    /// Makes `text` a representative and gives it the free partners that may stand beside it.
    fn lead(&mut self, text: u32, partners: &[u32]) {
        self.star[text as usize] = Some(Place::Leads);
        for &index in partners {
            let pair = self.pairs[index as usize];
            let other = if pair.a == text { pair.b } else { pair.a };
            let free = match self.star[other as usize] {
                None => true,
                // It led before because it stands first, but nobody joined it and it lies inside this one.
                Some(Place::Leads) => self.members[other as usize] == 0,
                Some(Place::Beside(_)) => false,
            };
            if free && self.may_join(other, text, &pair) {
                self.star[other as usize] = Some(Place::Beside(text));
                self.members[text as usize] += 1;
            }
        }
    }

    fn join(&mut self, text: u32, pair: Pair) {
        let representative = if pair.a == text { pair.b } else { pair.a };
        self.star[text as usize] = Some(Place::Beside(representative));
        self.members[representative as usize] += 1;
    }

    fn may_join(&self, text: u32, representative: u32, pair: &Pair) -> bool {
        if matches!(self.star[representative as usize], Some(Place::Beside(_)))
            || self.apart.holds(text, representative)
        {
            return false;
        }
        let (text, representative, size, other) = if pair.a == text {
            (text, representative, pair.size_a, pair.size_b)
        } else {
            (text, representative, pair.size_b, pair.size_a)
        };
        let (standing, over) = (
            &self.standings[text as usize],
            &self.standings[representative as usize],
        );
        if pair.is_similar(self.settings) {
            return over <= standing;
        }
        pair.is_contained(self.settings) && size <= other && over.origin_ranks_no_lower(standing)
    }
}

/// Accepted pairs by text.
struct Partners {
    /// `starts[text]..starts[text + 1]` of `pairs`.
    starts: Vec<u32>,
    pairs: Vec<u32>,
}

impl Partners {
    fn of(pairs: &[Pair], texts: usize, settings: &Settings) -> Self {
        let accepted: Vec<bool> = pairs.par_iter().map(|pair| pair.is_accepted(settings)).collect();
        let of_accepted = || {
            pairs
                .iter()
                .zip(0_u32..)
                .filter(|&(_, index)| accepted[index as usize])
        };
        let mut starts = vec![0_u32; texts + 1];
        for (pair, _) in of_accepted() {
            starts[pair.a as usize + 1] += 1;
            starts[pair.b as usize + 1] += 1;
        }
        for text in 0..texts {
            starts[text + 1] += starts[text];
        }
        let mut next = starts.clone();
        let mut of_text = vec![0; starts[texts] as usize];
        for (pair, index) in of_accepted() {
            for text in [pair.a, pair.b] {
                of_text[next[text as usize] as usize] = index;
                next[text as usize] += 1;
            }
        }
        Self {
            starts,
            pairs: of_text,
        }
    }

    fn of_text(&self, text: u32) -> &[u32] {
        &self.pairs[self.starts[text as usize] as usize..self.starts[text as usize + 1] as usize]
    }

    fn degrees(&self) -> Vec<u32> {
        self.starts.windows(2).map(|ends| ends[1] - ends[0]).collect()
    }
}

fn crowded_texts(by_candidates: &[bool], degrees: &[u32], settings: &Settings) -> Vec<bool> {
    by_candidates
        .iter()
        .zip(degrees)
        .map(|(&many, &degree)| many || degree > settings.partners_listed)
        .collect()
}

/// What is listed: every pair but those between two crowded texts, of which only those with the representative stay.
fn listed(mut pairs: Vec<Pair>, star: &[Option<Place>], crowded: &[bool], settings: &Settings) -> Vec<Pair> {
    let beside = |text: u32, other: u32| star[text as usize] == Some(Place::Beside(other));
    pairs.retain(|pair| {
        let (a, b) = (pair.a, pair.b);
        !crowded[a as usize]
            || !crowded[b as usize]
            || pair.is_accepted(settings) && (beside(a, b) || beside(b, a))
    });
    pairs
}

/// Pairs judged apart that are near by their sets, so that they are listed even where crowded texts are not.
fn near_though_apart(sets: &TextSets, apart: &Apart, settings: &Settings) -> Result<Vec<Pair>, Fault> {
    let (mut own, mut other) = (SetBuffer::default(), SetBuffer::default());
    let mut near = Vec::new();
    for (a, b) in apart.pairs() {
        let pair = Pair::verify(a, sets.read(a, &mut own)?, b, sets.read(b, &mut other)?);
        if pair.is_accepted(settings) {
            near.push(pair);
        }
    }
    Ok(near)
}

fn collect(pairs: &[Pair], late: &[Pair], star: &[Option<Place>], standings: &[Standing]) -> Vec<Star> {
    let beside = |text: u32, other: u32| star[text as usize] == Some(Place::Beside(other));
    let mut members: Vec<(u32, Member)> = Vec::new();
    for pair in pairs.iter().chain(late) {
        let (representative, text) = match (beside(pair.b, pair.a), beside(pair.a, pair.b)) {
            (true, _) => (pair.a, pair.b),
            (_, true) => (pair.b, pair.a),
            _ => continue,
        };
        members.push((
            representative,
            Member {
                text,
                jaccard: pair.jaccard(),
                containment: pair.containment(),
            },
        ));
    }
    members.sort_unstable_by_key(|&(representative, member)| (representative, member.text));
    members.dedup_by_key(|(_, member)| member.text);
    members
        .chunk_by(|a, b| a.0 == b.0)
        .map(|star| {
            let representative = star[0].0;
            let best = star
                .iter()
                .map(|(_, member)| standings[member.text as usize])
                .min()
                .expect("a chunk has members");
            let reason = standings[representative as usize].reason_over(&best);
            Star {
                representative,
                reason,
                members: star.iter().map(|&(_, member)| member).collect(),
            }
        })
        .collect()
}
