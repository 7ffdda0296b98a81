//! How much is tried: a little by default, much with `ASSAY_TORTURE` (`make torture`), which also collects the figures.

/// `quick` by default; with `ASSAY_TORTURE=N`, N percent of `torture`.
pub fn count(quick: usize, torture: usize) -> usize {
    match std::env::var("ASSAY_TORTURE") {
        Ok(percent) => {
            let percent: usize = percent.parse().expect("ASSAY_TORTURE is a percentage");
            quick.max(torture * percent / 100)
        }
        Err(_) => quick,
    }
}

/// What `make torture` collects for `docs/reliability.md`.
pub fn figure(what: &str) {
    println!("FIGURE: {what}");
}

/// Evenly spread numbers below `end`, at most `most` of them.
pub fn spread(end: usize, most: usize) -> impl Iterator<Item = usize> {
    let step = end.div_ceil(most.max(1)).max(1);
    (0..end).step_by(step)
}

/// A small generator for tests that must give the same on every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % sides.max(1) as u64) as usize
    }
}
