//! Can any of these phrases stand in a text at all?
//!
//! The end of each phrase is its anchor. Wherever seven bytes stand, one of their four runs of four begins at a place that
//! four divides; so it is enough to look at every fourth place, by one bit of a table, and to compare the seven bytes
//! where the bit is set. That is six times as fast as a search for the phrases themselves, and nearly all texts end here.

/// Bytes of an anchor.
const LENGTH: usize = 7;
/// Places between two looks: as many as an anchor has runs of four bytes.
const STRIDE: usize = 4;
const BITS: u32 = 14;
/// Sets the bit in which ASCII letters of either case differ. What it does to other bytes it does on both sides.
const ANY_CASE: u8 = 0x20;

/// The anchors of some phrases.
pub(super) struct Anchors {
    /// As numbers, ascending.
    anchors: Vec<u64>,
    bits: Box<[u64; 1 << (BITS - 6)]>,
}

impl Anchors {
    /// Each phrase has at least seven bytes.
    pub fn of<'a>(phrases: impl IntoIterator<Item = &'a &'a str>) -> Self {
        let mut anchors: Vec<u64> = Vec::new();
        let mut bits = Box::new([0; 1 << (BITS - 6)]);
        for phrase in phrases {
            let bytes = phrase.as_bytes();
            let anchor = &bytes[bytes.len() - LENGTH..];
            for four in anchor.windows(STRIDE) {
                let bit = place(four);
                bits[bit / 64] |= 1 << (bit % 64);
            }
            anchors.push(number(anchor));
        }
        anchors.sort_unstable();
        anchors.dedup();
        Self { anchors, bits }
    }

    /// False only where no phrase stands in the text, in any case of its ASCII letters.
    pub fn may_stand_in(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        bytes
            .chunks_exact(STRIDE)
            .zip((0..).step_by(STRIDE))
            .any(|(four, at)| {
                let bit = place(four);
                self.bits[bit / 64] >> (bit % 64) & 1 == 1 && self.stands_around(bytes, at)
            })
    }

    /// Whether an anchor stands where one of its runs of four would begin at `at`.
    fn stands_around(&self, bytes: &[u8], at: usize) -> bool {
        let from = at.saturating_sub(LENGTH - STRIDE);
        let to = (at + LENGTH).min(bytes.len());
        bytes[from..to]
            .windows(LENGTH)
            .any(|seven| self.anchors.binary_search(&number(seven)).is_ok())
    }
}

/// At most eight bytes as one number, in any case.
fn number(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0, |number, byte| number << 8 | u64::from(byte | ANY_CASE))
}

fn place(four: &[u8]) -> usize {
    let number = u32::from_le_bytes([four[0], four[1], four[2], four[3]]) | u32::from_le_bytes([ANY_CASE; 4]);
    (number.wrapping_mul(0x9e37_79b1) >> (32 - BITS)) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PHRASES: [&str; 3] = ["language model", "en tant qu’ia", "人工智能语言模型"];

    proptest! {
        #[test]
        fn no_phrase_is_overlooked_wherever_it_stands(
            before in "[ a-z’语]{0,12}", after in "[ a-z’语]{0,12}", which in 0_usize..3, upper in any::<bool>(),
        ) {
            let phrase = if upper { PHRASES[which].to_ascii_uppercase() } else { PHRASES[which].to_owned() };
            let text = format!("{before}{phrase}{after}");
            prop_assert!(Anchors::of(&PHRASES).may_stand_in(&text));
        }
    }

    #[test]
    fn prose_without_a_phrase_is_done_with() {
        let anchors = Anchors::of(&PHRASES);
        assert!(!anchors.may_stand_in("The court held that the language was modelled on an earlier act."));
        assert!(!anchors.may_stand_in("le"));
    }
}
