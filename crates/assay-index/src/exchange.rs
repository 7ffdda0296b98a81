//! Which samples of a snapshot are in another one too, copy by copy?
//!
//! Samples are matched by digest. Copies are matched one by one: where one side has three and the other two, one is
//! left over. Copies of the same origin are matched first, then those that were relabelled. The matching does not
//! depend on which side is called the first, so that what was left out of one is what the other never got.

use std::sync::Arc;

use assay_model::{Fault, Origin, Task};
use serde::{Deserialize, Serialize};

use crate::database::Index;
use crate::fault;
use crate::id_set::IdSet;
use crate::snapshots::Snapshot;

/// Rows by origin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByOrigin {
    pub human: u64,
    pub mixed: u64,
    pub machine: u64,
    pub unknown: u64,
}

impl ByOrigin {
    fn add(&mut self, origin: u8) {
        *match origin {
            0 => &mut self.human,
            1 => &mut self.mixed,
            2 => &mut self.machine,
            _ => &mut self.unknown,
        } += 1;
    }

    pub fn total(&self) -> u64 {
        self.human + self.mixed + self.machine + self.unknown
    }
}

/// What became of the rows of `a`, and where those of `b` come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeCounts {
    /// In both, by the origin they have in `b`.
    pub kept: ByOrigin,
    pub added: ByOrigin,
    pub left_out: ByOrigin,
    /// Of those kept, how many have another origin in `b`.
    pub relabelled: u64,
    /// Tokens of the rows, as they stand in `b`, and in `a` for those left out.
    #[serde(default)]
    pub kept_tokens: u64,
    #[serde(default)]
    pub added_tokens: u64,
    #[serde(default)]
    pub left_out_tokens: u64,
}

/// The rows of two snapshots against each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exchange {
    pub counts: ExchangeCounts,
    /// Rows of `a` that `b` has not.
    pub left_out: IdSet,
    /// Rows of `b` that `a` has not.
    pub added: IdSet,
    /// Rows in both under another origin, as they are called in `a` and in `b`.
    pub relabelled: [IdSet; 2],
}

/// A row of one side: the start of its digest, its origin, its id, its tokens.
type Row = ([u8; 16], u8, u64, u32);

impl Exchange {
    /// As bytes that `unpack` reads.
    pub fn pack(&self) -> Result<Vec<u8>, Fault> {
        let [in_a, in_b] = &self.relabelled;
        let sets = [&self.left_out, &self.added, in_a, in_b]
            .map(IdSet::pack)
            .into_iter()
            .collect::<Result<Vec<_>, _>>()?;
        postcard::to_allocvec(&(self.counts, sets))
            .map_err(|error| Fault::internal("keeping a comparison", error))
    }

    /// Reads what `pack` wrote.
    pub fn unpack(packed: &[u8]) -> Result<Self, Fault> {
        let (counts, sets): (ExchangeCounts, Vec<Vec<u8>>) =
            postcard::from_bytes(packed).map_err(|error| Fault::internal("reading a comparison", error))?;
        let mut sets = sets.iter().map(|set| IdSet::unpack(set));
        let mut next = || sets.next().unwrap_or_else(|| Ok(IdSet::default()));
        Ok(Self {
            counts,
            left_out: next()?,
            added: next()?,
            relabelled: [next()?, next()?],
        })
    }

    /// Samples that both hold under one origin.
    pub fn unchanged(&self) -> u64 {
        self.counts.kept.total() - self.counts.relabelled
    }

    /// The same with the sides exchanged; counts follow the second side.
    fn turned(&self, counts: ExchangeCounts) -> Self {
        let [in_a, in_b] = self.relabelled.clone();
        Self {
            counts,
            left_out: self.added.clone(),
            added: self.left_out.clone(),
            relabelled: [in_b, in_a],
        }
    }

    fn of(mut a: Vec<Row>, mut b: Vec<Row>, task: &Task) -> Result<Self, Fault> {
        a.sort_unstable();
        task.check()?;
        b.sort_unstable();
        let mut matching = Matching::default();
        let (mut from_a, mut from_b) = (0, 0);
        while from_a < a.len() || from_b < b.len() {
            if (from_a + from_b) % 4096 == 0 {
                task.check()?;
            }
            let digest = match (a.get(from_a), b.get(from_b)) {
                (Some(first), Some(second)) => first.0.min(second.0),
                (Some(only), None) | (None, Some(only)) => only.0,
                (None, None) => break,
            };
            let run = |rows: &[Row], from: usize| {
                rows[from..]
                    .iter()
                    .position(|row| row.0 != digest)
                    .map_or(rows.len(), |length| from + length)
            };
            let (to_a, to_b) = (run(&a, from_a), run(&b, from_b));
            matching.copies(&a[from_a..to_a], &b[from_b..to_b]);
            (from_a, from_b) = (to_a, to_b);
        }
        Ok(matching.done())
    }
}

#[derive(Default)]
struct Matching {
    counts: ExchangeCounts,
    left_out: Vec<u64>,
    added: Vec<u64>,
    relabelled: [Vec<u64>; 2],
}

impl Matching {
    /// Matches the copies of one digest, which stand in the order of their origins.
    fn copies(&mut self, a: &[Row], b: &[Row]) {
        let (mut rest_a, mut rest_b): (Vec<Row>, Vec<Row>) = Default::default();
        for origin in 0..Origin::ALL.len() as u8 {
            let of = |rows: &[Row]| {
                let from = rows.partition_point(|row| row.1 < origin);
                from..rows.partition_point(|row| row.1 <= origin)
            };
            let (in_a, in_b) = (of(a), of(b));
            let both = in_a.len().min(in_b.len());
            b[in_b.start..in_b.start + both]
                .iter()
                .for_each(|row| self.keep(row));
            rest_a.extend(&a[in_a.start + both..in_a.end]);
            rest_b.extend(&b[in_b.start + both..in_b.end]);
        }
        let both = rest_a.len().min(rest_b.len());
        for (in_a, in_b) in rest_a.iter().zip(&rest_b) {
            self.keep(in_b);
            self.counts.relabelled += 1;
            self.relabelled[0].push(in_a.2);
            self.relabelled[1].push(in_b.2);
        }
        for row in &rest_a[both..] {
            self.counts.left_out.add(row.1);
            self.counts.left_out_tokens += u64::from(row.3);
            self.left_out.push(row.2);
        }
        for row in &rest_b[both..] {
            self.counts.added.add(row.1);
            self.counts.added_tokens += u64::from(row.3);
            self.added.push(row.2);
        }
    }

    fn keep(&mut self, in_b: &Row) {
        self.counts.kept.add(in_b.1);
        self.counts.kept_tokens += u64::from(in_b.3);
    }

    fn done(self) -> Exchange {
        let [in_a, in_b] = self.relabelled;
        Exchange {
            counts: self.counts,
            left_out: self.left_out.into_iter().collect(),
            added: self.added.into_iter().collect(),
            relabelled: [in_a.into_iter().collect(), in_b.into_iter().collect()],
        }
    }
}

impl Index {
    /// Holds the rows of two snapshots against each other. What this connection has seen before is not read again.
    pub fn exchange(&self, a: &Snapshot, b: &Snapshot, task: &Task) -> Result<Arc<Exchange>, Fault> {
        let version = self.version_of_data()?;
        let key = (a.id, b.id, version);
        if let Some(known) = self.exchanges.borrow().get(&key) {
            return Ok(known.clone());
        }
        let exchange = Arc::new(Exchange::of(
            self.exchanged_rows(a, task)?,
            self.exchanged_rows(b, task)?,
            task,
        )?);
        self.keep_exchange(a, b, exchange.clone())?;
        Ok(exchange)
    }

    /// Whether filters of this connection can name the two without reading them again.
    pub fn knows_exchange(&self, a: &Snapshot, b: &Snapshot) -> Result<bool, Fault> {
        let key = (a.id, b.id, self.version_of_data()?);
        Ok(self.exchanges.borrow().contains_key(&key))
    }

    /// Takes in what another connection has found, so that filters of this one need not look again.
    pub fn keep_exchange(&self, a: &Snapshot, b: &Snapshot, exchange: Arc<Exchange>) -> Result<(), Fault> {
        let version = self.version_of_data()?;
        let mut kept = self.exchanges.borrow_mut();
        kept.retain(|(_, _, of), _| *of == version);
        kept.insert((a.id, b.id, version), exchange);
        Ok(())
    }

    /// The rows of `here` against those of `there`, from whichever side it is known.
    pub(crate) fn exchange_with(
        &self,
        here: &Snapshot,
        there: &Snapshot,
        task: &Task,
    ) -> Result<Arc<Exchange>, Fault> {
        let version = self.version_of_data()?;
        let turned = self
            .exchanges
            .borrow()
            .get(&(here.id, there.id, version))
            .map(|known| Arc::new(known.turned(ExchangeCounts::default())));
        match turned {
            Some(known) => Ok(known),
            None => self.exchange(there, here, task),
        }
    }

    fn exchanged_rows(&self, snapshot: &Snapshot, task: &Task) -> Result<Vec<Row>, Fault> {
        let failed = fault::sql("comparing snapshots");
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT s.digest, s.origin, s.id, s.tokens FROM snapshot_file sf CROSS JOIN file f ON f.id = sf.file
                 CROSS JOIN sample s ON s.id >= f.first AND s.id < f.first + f.indexed WHERE sf.snapshot = ?1",
            )
            .map_err(&failed)?;
        let mut found = Vec::with_capacity(snapshot.indexed as usize);
        let mut rows = statement.query([snapshot.id]).map_err(&failed)?;
        while let Some(row) = rows.next().map_err(&failed)? {
            if found.len() % 4096 == 0 {
                task.check()?;
            }
            let digest: [u8; 32] = row.get(0).map_err(&failed)?;
            let origin = row
                .get_ref(1)
                .and_then(|word| Ok(word.as_str()?))
                .map_err(&failed)?;
            let place = Origin::ALL.iter().position(|each| each.as_str() == origin);
            let mut start = [0; 16];
            start.copy_from_slice(&digest[..16]);
            found.push((
                start,
                place.unwrap_or(Origin::ALL.len() - 1) as u8,
                row.get::<_, i64>(2).map_err(&failed)? as u64,
                u32::try_from(row.get::<_, i64>(3).map_err(&failed)?).unwrap_or(u32::MAX),
            ));
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(digest: u8, origin: u8, id: u64) -> Row {
        ([digest; 16], origin, id, 10)
    }

    fn exchange(a: &[(u8, u8)], b: &[(u8, u8)]) -> Exchange {
        let rows = |of: &[(u8, u8)], from: u64| {
            of.iter()
                .zip(from..)
                .map(|(&(digest, origin), id)| row(digest, origin, id))
                .collect()
        };
        Exchange::of(rows(a, 0), rows(b, 1_000), &Task::silent()).unwrap()
    }

    #[test]
    fn of_three_copies_one_is_left_out_where_two_remain() {
        let found = exchange(&[(1, 0), (1, 0), (1, 2)], &[(1, 0), (1, 2)]);
        assert_eq!(
            found.counts.kept,
            ByOrigin {
                human: 1,
                machine: 1,
                ..ByOrigin::default()
            }
        );
        assert_eq!(
            found.counts.left_out,
            ByOrigin {
                human: 1,
                ..ByOrigin::default()
            }
        );
        assert!(found.left_out.contains(1) && found.added.is_empty());
    }

    #[test]
    fn a_sample_that_changed_its_origin_is_kept_and_counted_as_relabelled() {
        let found = exchange(&[(1, 3)], &[(1, 0), (2, 2)]);
        assert_eq!((found.counts.relabelled, found.counts.kept.human), (1, 1));
        assert!(found.relabelled[0].contains(0) && found.relabelled[1].contains(1_000));
        assert_eq!(found.counts.added.machine, 1);
    }

    proptest! {
        #[test]
        fn every_row_has_one_fate_and_the_sides_may_be_exchanged(
            a in prop::collection::vec((0_u8..6, 0_u8..4), 0..40),
            b in prop::collection::vec((0_u8..6, 0_u8..4), 0..40),
        ) {
            let there = exchange(&a, &b);
            prop_assert_eq!(there.counts.kept.total() + there.counts.added.total(), b.len() as u64);
            prop_assert_eq!(there.counts.kept.total() + there.left_out.len(), a.len() as u64);
            prop_assert_eq!(there.counts.left_out.total(), there.left_out.len());
            prop_assert_eq!(there.counts.added.total(), there.added.len());
            prop_assert_eq!(there.relabelled[0].len(), there.counts.relabelled);
            let rows = |of: &[(u8, u8)], from: u64| of.iter().zip(from..).map(|(&(digest, origin), id)| row(digest, origin, id)).collect();
            let back = Exchange::of(rows(&b, 1_000), rows(&a, 0), &Task::silent()).unwrap();
            prop_assert_eq!(there.turned(back.counts), back);
            prop_assert_eq!(Exchange::unpack(&there.pack().unwrap()).unwrap(), there);
        }
    }
}
