//! Every sample of a snapshot with what the rules of a policy ask of it.

use std::collections::{BTreeMap, HashMap, HashSet};

use assay_index::{CandidateRow, Index, Snapshot, WorkerCommand};
use assay_ledger::{Ledger, Verdict};
use assay_measure::Kind;
use assay_model::{Code, Digest, Expression, Fault, Task};
use assay_release::{Candidate, Duplicate, GoldKind, Policy};

use crate::decisions::Decided;
use crate::{Workspace, protecting};

/// The dimension by which a policy weighs sources.
const SOURCE: &str = "source";

pub(super) struct Found {
    pub candidates: Vec<Candidate>,
    /// Texts of which not every pair was compared when gold was looked for.
    pub not_compared: u64,
}

pub(super) fn find(
    workspace: &Workspace,
    ledger: &Ledger,
    index: &Index,
    snapshot: &Snapshot,
    policy: &Policy,
    (worker, task): (&WorkerCommand, &Task),
) -> Result<Found, Fault> {
    let decided = Decided::read(ledger)?;
    decided.use_in(index)?;
    let slices = Slices::of(index, snapshot, policy)?;
    task.check()?;
    let (like_gold, not_compared) = protecting::like_gold(workspace, snapshot, worker, task)?;
    let rows = index.candidates(snapshot, &index.select(snapshot, None)?)?;
    let numbers = Numbers::of(&rows);
    let gold = |row: &CandidateRow| match decided.is_gold(&row.digest) {
        true => Some(GoldKind::Exact),
        false => like_gold.get(&row.sample).copied().map(gold_kind),
    };
    let candidates = rows.iter().map(|row| Candidate {
        sample: row.sample,
        digest: row.digest,
        path: row.path.clone(),
        ordinal: row.ordinal,
        tokens: row.tokens,
        origin: row.origin,
        source: slices.source(row.sample),
        included: slices
            .included
            .as_ref()
            .is_none_or(|all| all.contains(&row.sample)),
        excluded: slices.excluded.contains(&row.sample),
        rejected: is_rejected(&decided, &row.digest),
        gold: gold(row),
        duplicate: Duplicate {
            normalised: numbers.normalised(row),
            cluster: row.cluster,
            represents: row.represents,
        },
        caps: slices.caps_of(row.sample),
        classes: slices.classes_of(row.sample),
    });
    Ok(Found {
        candidates: candidates.collect(),
        not_compared,
    })
}

/// Whether a reviewer's standing verdict, or an act on many samples, leaves it out.
fn is_rejected(decided: &Decided, digest: &Digest) -> bool {
    let in_bulk = decided.in_bulk(digest).is_some_and(|known| known.excluded);
    in_bulk || decided.verdict(digest) == Some(Verdict::Exclude)
}

fn gold_kind(kind: Kind) -> GoldKind {
    match kind {
        Kind::Exact => GoldKind::Exact,
        Kind::Normalised => GoldKind::Normalised,
        Kind::Near => GoldKind::Near,
    }
}

/// Samples by the slices and the dimensions that the policy names.
struct Slices {
    /// None where everything is.
    included: Option<HashSet<u64>>,
    excluded: HashSet<u64>,
    /// For each cap.
    caps: Vec<HashSet<u64>>,
    /// For each floor.
    classes: Vec<HashMap<u64, Vec<String>>>,
    sources: HashMap<u64, Vec<String>>,
}

impl Slices {
    fn of(index: &Index, snapshot: &Snapshot, policy: &Policy) -> Result<Self, Fault> {
        let matching = |slice: &Expression| -> Result<HashSet<u64>, Fault> {
            let selection = index.select(snapshot, Some(slice))?;
            let matched = index.matched(&selection)?.into_iter();
            Ok(matched.map(|one| one.sample).collect())
        };
        let floors = policy.tail.floors.iter();
        Ok(Self {
            included: policy.include.as_ref().map(matching).transpose()?,
            excluded: policy
                .exclude
                .as_ref()
                .map(matching)
                .transpose()?
                .unwrap_or_default(),
            caps: policy
                .caps
                .iter()
                .map(|cap| matching(&cap.slice))
                .collect::<Result<_, _>>()?,
            classes: floors
                .map(|floor| values(index, snapshot, &floor.dimension))
                .collect::<Result<_, _>>()?,
            sources: match policy.weights.source.is_empty() {
                true => HashMap::new(),
                false => values(index, snapshot, SOURCE)?,
            },
        })
    }

    fn source(&self, sample: u64) -> String {
        let values = self.sources.get(&sample).and_then(|values| values.first());
        values.cloned().unwrap_or_default()
    }

    fn caps_of(&self, sample: u64) -> Vec<usize> {
        let caps = self.caps.iter().enumerate();
        caps.filter(|(_, slice)| slice.contains(&sample))
            .map(|(place, _)| place)
            .collect()
    }

    fn classes_of(&self, sample: u64) -> Vec<Vec<String>> {
        let floors = self.classes.iter();
        floors
            .map(|classes| classes.get(&sample).cloned().unwrap_or_default())
            .collect()
    }
}

fn values(index: &Index, snapshot: &Snapshot, dimension: &str) -> Result<HashMap<u64, Vec<String>>, Fault> {
    let known = index.dimensions(snapshot)?;
    if known.iter().all(|(name, _)| name != dimension) {
        let names: Vec<&str> = known.iter().map(|(name, _)| name.as_str()).collect();
        return Err(Fault::new(
            Code::UnknownField,
            format!(
                "the policy names the dimension `{}`, which no map of {}@{} does",
                assay_model::fault::one_line(dimension),
                snapshot.dataset,
                snapshot.number
            ),
            format!("name one of: {}", names.join(", ")),
        ));
    }
    index.values_by_sample(snapshot, dimension)
}

/// Groups of texts that are equal after normalising, numbered in path order.
///
/// They are looked for inside clusters only: texts that somebody judged to be no duplicates are in different ones, and texts
/// without a word are in none.
struct Numbers<'a> {
    known: BTreeMap<(u64, &'a [u8]), (u64, usize)>,
}

impl<'a> Numbers<'a> {
    fn of(rows: &'a [CandidateRow]) -> Self {
        let mut known = BTreeMap::new();
        for row in rows {
            let Some(cluster) = row.cluster else { continue };
            let next = known.len() as u64;
            known
                .entry((cluster, row.normalised.as_slice()))
                .or_insert((next, 0))
                .1 += 1;
        }
        Self { known }
    }

    /// The number of the row's group, where it has company there.
    fn normalised(&self, row: &CandidateRow) -> Option<u64> {
        let (number, size) = self.known.get(&(row.cluster?, row.normalised.as_slice()))?;
        (*size > 1).then_some(*number)
    }
}
