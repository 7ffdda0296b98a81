//! Sorting by hashes. Being spread evenly, each item is put at once where it belongs, but for a few places.

/// Shorter runs are sorted as anything else.
const LEAST: usize = 64;
/// One cell for each item, within these bounds; beyond them cells hold several.
const MOST_BITS: u32 = 14;

/// Sorts one run after another with the same buffers.
#[derive(Default)]
pub struct UniformSort<T = u64> {
    ends: Vec<u32>,
    sorted: Vec<T>,
}

impl<T: Copy + Default + Ord> UniformSort<T> {
    /// Sorts items, `hash` being what they are compared by first. Right for any numbers, fast for those spread over all of
    /// `u64`.
    pub fn sort(&mut self, items: &mut [T], hash: impl Fn(&T) -> u64) {
        if items.len() < LEAST || u32::try_from(items.len()).is_err() {
            return items.sort_unstable();
        }
        let bits = items.len().next_power_of_two().ilog2().min(MOST_BITS);
        let cell = |item: &T| (hash(item) >> (64 - bits)) as usize;
        self.ends.clear();
        self.ends.resize(1 << bits, 0);
        for item in items.iter() {
            self.ends[cell(item)] += 1;
        }
        // Where each cell begins; placing moves it on to where it ends.
        let mut begin = 0;
        for end in &mut self.ends {
            begin += std::mem::replace(end, begin);
        }
        self.sorted
            .resize(items.len().max(self.sorted.len()), T::default());
        for item in items.iter() {
            let end = &mut self.ends[cell(item)];
            self.sorted[*end as usize] = *item;
            *end += 1;
        }
        items.copy_from_slice(&self.sorted[..items.len()]);
        let mut begin = 0;
        for &end in &self.ends {
            let end = end as usize;
            if end - begin > 1 {
                items[begin..end].sort_unstable();
            }
            begin = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(
            mut spread in prop::collection::vec(any::<u64>(), 0..600),
            mut narrow in prop::collection::vec(0_u64..50, 0..600),
        ) {
            let mut sort = UniformSort::default();
            for numbers in [&mut spread, &mut narrow] {
                let mut expected = numbers.clone();
                expected.sort_unstable();
                sort.sort(numbers, |&number| number);
                prop_assert_eq!(&*numbers, &expected);
            }
        }
    }
}
