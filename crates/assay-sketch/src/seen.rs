//! A small hash table that is emptied in no time: each slot knows the round it was filled in.

/// Counts of hashes, and where each was met.
#[derive(Default)]
pub(crate) struct Seen {
    slots: Vec<Slot>,
    round: u32,
    mask: usize,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    hash: u64,
    round: u32,
    count: u32,
    place: u32,
}

impl Seen {
    /// Empties the table and makes room for `entries`.
    pub fn clear(&mut self, entries: usize) {
        let size = (entries * 2).next_power_of_two().max(64);
        if size > self.slots.len() || self.round == u32::MAX {
            self.slots = vec![Slot::default(); size.max(self.slots.len())];
            self.round = 0;
        }
        self.round += 1;
        self.mask = size - 1;
    }

    /// Counts one more of `hash`; gives its count so far and where it was first.
    pub fn count(&mut self, hash: u64, place: u32) -> (u32, u32) {
        let slot = self.slot(hash, place);
        slot.count += 1;
        (slot.count, slot.place)
    }

    /// Counts one more of `hash`; gives where it was before, if it was.
    pub fn last(&mut self, hash: u64, place: u32) -> Option<u32> {
        let slot = self.slot(hash, place);
        slot.count += 1;
        let before = std::mem::replace(&mut slot.place, place);
        (slot.count > 1).then_some(before)
    }

    /// The slot of `hash`, filled with a count of 0 if it is new.
    fn slot(&mut self, hash: u64, place: u32) -> &mut Slot {
        let mut at = (hash >> 32) as usize & self.mask;
        while self.slots[at].round == self.round && self.slots[at].hash != hash {
            at = (at + 1) & self.mask;
        }
        let slot = &mut self.slots[at];
        if slot.round != self.round {
            *slot = Slot {
                hash,
                round: self.round,
                count: 0,
                place,
            };
        }
        slot
    }
}
