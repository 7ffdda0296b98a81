//! Which samples of one dataset or snapshot stand, exactly or nearly, in another?
//!
//! Each two sides are joined over their stored shingle columns; nothing is read again and every near pair is
//! verified on the full sets. A pair is one of texts: copies of a text inside a side are counted beside it, so that a
//! text copied a thousand times is one pair. How many samples have a partner counts rows.
//!
//! Deliberately absent: duplicates inside one side (`duplication`), and samples of a reference found by shared
//! runs (`leak`).

mod held;
mod stars;

use assay_model::{Digest, Fault, Progress, Stage, Task};
use assay_near::{ShingleReader, Standing, TextSets};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::columns::Samples;
use crate::groups::{Groups, standings};
use crate::{Inputs, Judged, Judgements, Kind};

pub use held::{Held, held};
pub use stars::{AcrossCluster, AcrossMember, clusters};

/// Partners of one text that are listed at most.
const PARTNERS_LISTED: u32 = 1_000;
/// Partners that tell whether a text is found at all, where the other direction has too many to list.
const PARTNERS_ENOUGH: u32 = 64;

/// A sample of one of the sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AcrossSample {
    /// The side's number, in the order given.
    pub side: usize,
    pub sample: u64,
    /// Samples of that side with this text.
    pub copies: u64,
}

/// Two samples of different sides with one text, or nearly.
#[derive(Clone, Debug, PartialEq)]
pub struct AcrossPair {
    /// Of the side that was given earlier.
    pub a: AcrossSample,
    pub b: AcrossSample,
    pub kind: Kind,
    pub jaccard: f64,
    pub containment: f64,
    /// Who said that the two are no duplicates; then the pair is not counted.
    pub judged: Option<Judged>,
}

/// What one side has in common with another.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AcrossCell {
    pub a: usize,
    pub b: usize,
    /// Pairs of texts by kind: exact, normalised, near; the same seen from either side.
    pub pairs: [u64; 3],
    /// Samples of `a` that have a partner in `b`.
    pub samples: u64,
    /// Samples of `a`.
    pub of: u64,
}

/// Everything found between the sides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Across {
    /// By sides, then exact before normalised before near, then by place.
    pub pairs: Vec<AcrossPair>,
    /// One for each ordered pair of different sides.
    pub cells: Vec<AcrossCell>,
    /// Texts with more partners or candidates than are listed: some of their pairs are missing.
    pub crowded: u64,
}

/// Joins every two sides. Thresholds are those of the first side's settings.
pub fn across(sides: &[&Inputs], judgements: &Judgements, task: &Task) -> Result<Across, Fault> {
    let sides = sides
        .iter()
        .map(|inputs| Side::read(inputs, task))
        .collect::<Result<Vec<_>, _>>()?;
    let joins = sides.len() * sides.len().saturating_sub(1) / 2;
    let mut found = Across::default();
    let mut done = 0;
    for b in 1..sides.len() {
        for a in 0..b {
            let join = Join {
                sides: &sides,
                a,
                b,
                judgements,
                task,
                report: &|fraction| {
                    task.report(&Progress {
                        stage: Stage::Duplication,
                        fraction: (done as f64 + fraction) / joins as f64,
                        ..Progress::default()
                    });
                },
            };
            join.run(&mut found)?;
            done += 1;
        }
    }
    found
        .pairs
        .sort_by_key(|pair| (pair.a.side, pair.b.side, pair.kind));
    found.cells.sort_by_key(|cell| (cell.a, cell.b));
    Ok(found)
}

/// One dataset or snapshot, its copies gathered.
struct Side<'a> {
    inputs: &'a Inputs,
    samples: Samples,
    standings: Vec<Standing>,
    groups: Groups,
}

/// What makes two texts one: the normalised text, or the digest where nothing is left of it.
type TextKey = (bool, [u8; 32]);

impl<'a> Side<'a> {
    fn read(inputs: &'a Inputs, task: &Task) -> Result<Self, Fault> {
        let samples = Samples::read(inputs, task)?;
        let standings = standings(&samples, &inputs.gold, &inputs.judgements);
        let groups = Groups::of(&samples, &standings, &Judgements::default());
        Ok(Self {
            inputs,
            samples,
            standings,
            groups,
        })
    }

    fn readers(&self) -> Result<Vec<ShingleReader>, Fault> {
        let segments = self.inputs.segments.iter();
        Ok(segments
            .map(|segment| ShingleReader::open(&segment.folder))
            .collect::<Result<_, _>>()?)
    }

    fn key(&self, group: usize) -> TextKey {
        let row = self.groups.best(group) as usize;
        let mut key = [0; 32];
        if self.samples.normalised_empty[row] {
            key = self.samples.digest[row].0;
        } else {
            key[..16].copy_from_slice(&self.samples.normalised[row]);
        }
        (self.samples.normalised_empty[row], key)
    }

    /// Groups long enough to have a shingle, in the order in which their sets are stored.
    fn with_shingles(&self) -> Vec<u32> {
        let mut groups: Vec<u32> = (0..self.groups.len() as u32)
            .filter(|&group| self.samples.shingles[self.groups.best(group as usize) as usize] > 0)
            .collect();
        groups.sort_unstable_by_key(|&group| self.groups.best(group as usize));
        groups
    }

    fn set_of(&self, group: u32) -> (u32, u32) {
        self.samples.found_at[self.groups.best(group as usize) as usize]
    }

    fn named(&self, side: usize, group: u32, row: u32) -> AcrossSample {
        AcrossSample {
            side,
            sample: self.samples.sample[row as usize],
            copies: self.groups.rows(group as usize).len() as u64,
        }
    }

    fn digests(&self, group: u32) -> impl Iterator<Item = (Digest, u32)> + '_ {
        let rows = self.groups.rows(group as usize).iter();
        rows.map(|&row| (self.samples.digest[row as usize], row))
    }

    /// Rows of the groups that are marked.
    fn rows_of(&self, marked: &[bool]) -> u64 {
        let marked = marked.iter().enumerate().filter(|(_, marked)| **marked);
        marked
            .map(|(group, _)| self.groups.rows(group).len() as u64)
            .sum()
    }
}

/// The join of two sides.
struct Join<'a> {
    sides: &'a [Side<'a>],
    a: usize,
    b: usize,
    judgements: &'a Judgements,
    task: &'a Task,
    report: &'a dyn Fn(f64),
}

/// Two groups, one of each side, and how alike their texts are.
struct GroupPair {
    a: u32,
    b: u32,
    kind: Kind,
    /// The rows that stand for the two.
    rows: (u32, u32),
    jaccard: f64,
    containment: f64,
}

impl Join<'_> {
    fn side_a(&self) -> &Side<'_> {
        &self.sides[self.a]
    }

    fn side_b(&self) -> &Side<'_> {
        &self.sides[self.b]
    }

    fn run(&self, found: &mut Across) -> Result<(), Fault> {
        let (a, b) = (self.side_a(), self.side_b());
        let mut pairs = self.shared();
        found.crowded += self.near(&mut pairs)?;
        let (mut of_a, mut of_b) = (vec![false; a.groups.len()], vec![false; b.groups.len()]);
        let mut kinds = [0; 3];
        for pair in pairs {
            self.task.check()?;
            let judged = self.judged(&pair);
            if judged.is_none() {
                kinds[pair.kind as usize] += 1;
                of_a[pair.a as usize] = true;
                of_b[pair.b as usize] = true;
            }
            found.pairs.push(AcrossPair {
                a: a.named(self.a, pair.a, pair.rows.0),
                b: b.named(self.b, pair.b, pair.rows.1),
                kind: pair.kind,
                jaccard: pair.jaccard,
                containment: pair.containment,
                judged: judged.cloned(),
            });
        }
        let cell = |from: usize, to: usize, samples: u64, of: usize| AcrossCell {
            a: from,
            b: to,
            pairs: kinds,
            samples,
            of: of as u64,
        };
        found
            .cells
            .push(cell(self.a, self.b, a.rows_of(&of_a), a.samples.len()));
        found
            .cells
            .push(cell(self.b, self.a, b.rows_of(&of_b), b.samples.len()));
        Ok(())
    }

    /// Texts that both sides hold: exact where a digest is in both, normalised where only the words are.
    fn shared(&self) -> Vec<GroupPair> {
        let (a, b) = (self.side_a(), self.side_b());
        let by_key: FxHashMap<TextKey, u32> = (0..a.groups.len())
            .map(|group| (a.key(group), group as u32))
            .collect();
        let mut pairs = Vec::new();
        for other in 0..b.groups.len() as u32 {
            let Some(&group) = by_key.get(&b.key(other as usize)) else {
                continue;
            };
            let in_b: FxHashMap<Digest, u32> =
                b.digests(other).collect::<Vec<_>>().into_iter().rev().collect();
            let same = a
                .digests(group)
                .find_map(|(digest, row)| in_b.get(&digest).map(|&other_row| (row, other_row)));
            let best = (a.groups.best(group as usize), b.groups.best(other as usize));
            pairs.push(GroupPair {
                a: group,
                b: other,
                kind: if same.is_some() {
                    Kind::Exact
                } else {
                    Kind::Normalised
                },
                rows: same.unwrap_or(best),
                jaccard: 1.0,
                containment: 1.0,
            });
        }
        pairs.sort_unstable_by_key(|pair| (pair.kind, a.samples.place[pair.rows.0 as usize]));
        pairs
    }

    /// Adds near pairs of different texts; returns how many texts have more than are listed.
    fn near(&self, pairs: &mut Vec<GroupPair>) -> Result<u64, Fault> {
        let (a, b) = (self.side_a(), self.side_b());
        let (found, crowded) = near_between(a, b, PARTNERS_LISTED, self.task, self.report)?;
        let mut near = found;
        if crowded > 0 {
            // Some texts of b may have met only texts of a that had partners enough: ask from their side, too.
            let (back, _) = near_between(b, a, PARTNERS_ENOUGH, self.task, &|_| {})?;
            near.extend(
                back.into_iter()
                    .map(|(of_b, of_a, jaccard, containment)| (of_a, of_b, jaccard, containment)),
            );
        }
        near.sort_unstable_by_key(|&(of_a, of_b, _, _)| (of_a, of_b));
        near.dedup_by_key(|&mut (of_a, of_b, _, _)| (of_a, of_b));
        let shared: FxHashSet<(u32, u32)> = pairs.iter().map(|pair| (pair.a, pair.b)).collect();
        let near = near
            .into_iter()
            .filter(|&(of_a, of_b, _, _)| !shared.contains(&(of_a, of_b)));
        pairs.extend(near.map(|(of_a, of_b, jaccard, containment)| GroupPair {
            a: of_a,
            b: of_b,
            kind: Kind::Near,
            rows: (a.groups.best(of_a as usize), b.groups.best(of_b as usize)),
            jaccard,
            containment,
        }));
        Ok(crowded)
    }

    /// Who said of the two texts, or of any copies of them, that they are no duplicates.
    fn judged(&self, pair: &GroupPair) -> Option<&Judged> {
        if self.judgements.apart.is_empty() || pair.kind == Kind::Exact {
            return None;
        }
        let (a, b) = (self.side_a(), self.side_b());
        a.digests(pair.a).find_map(|(one, _)| {
            b.digests(pair.b)
                .find_map(|(other, _)| self.judgements.apart.get(&(one.min(other), one.max(other))))
        })
    }
}

/// Near pairs of groups of two sides with Jaccard similarity and containment, and how many texts have too many.
type NearPairs = (Vec<(u32, u32, f64, f64)>, u64);

fn near_between(
    a: &Side<'_>,
    b: &Side<'_>,
    partners: u32,
    task: &Task,
    report: &dyn Fn(f64),
) -> Result<NearPairs, Fault> {
    let (of_a, of_b) = (a.with_shingles(), b.with_shingles());
    if of_a.is_empty() || of_b.is_empty() {
        return Ok((Vec::new(), 0));
    }
    let mut readers = a.readers()?;
    let first_of_b = readers.len() as u32;
    readers.extend(b.readers()?);
    let rows_of_a = of_a.iter().map(|&group| a.set_of(group));
    let rows_of_b = of_b.iter().map(|&group| {
        let (segment, row) = b.set_of(group);
        (first_of_b + segment, row)
    });
    let sets = TextSets::new(readers, rows_of_a.chain(rows_of_b).collect());
    let settings = assay_near::Settings {
        jaccard: a.inputs.settings.jaccard,
        containment: a.inputs.settings.containment,
        partners_enough: partners,
        ..assay_near::Settings::default()
    };
    let second = of_a.len() as u32;
    let found = assay_near::between(&sets, second, &settings, task, report)?;
    let mut counts = vec![0_u32; of_a.len()];
    for pair in &found.pairs {
        counts[pair.a as usize] += 1;
    }
    let full = counts
        .iter()
        .zip(0_u32..)
        .filter(|&(&count, text)| count >= partners && found.crowded.binary_search(&text).is_err());
    let crowded = (full.count() + found.crowded.len()) as u64;
    let pairs = found.pairs.iter().map(|pair| {
        (
            of_a[pair.a as usize],
            of_b[(pair.b - second) as usize],
            pair.jaccard(),
            pair.containment(),
        )
    });
    Ok((pairs.collect(), crowded))
}
