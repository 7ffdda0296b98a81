//! Brute force, and the join under test.

use std::collections::HashMap;

use assay_model::{Origin, Part, SourceClass, Task};
use assay_near::{Apart, Near, Pair, Settings, ShingleReader, ShingleWriter, Standing, TextSets, find};

/// Ascending shingle hashes of each text.
pub type Sets = Vec<Vec<u64>>;

/// The shingles that indexing would store for a text.
pub fn shingles(text: &str) -> Vec<u64> {
    assay_sketch::sketch(&[Part {
        role: "document".to_owned(),
        text: text.to_owned(),
        origin: Origin::Unknown,
        source_class: SourceClass::Unknown,
        confidence: 1.0,
    }])
    .shingles
}

/// Sets of the distinct texts; a set that stood before is left out, as copies are before the join.
pub fn distinct_sets<'a>(texts: impl Iterator<Item = &'a str>) -> Sets {
    let mut seen = std::collections::HashSet::new();
    texts
        .map(shingles)
        .filter(|set| set.is_empty() || seen.insert(set.clone()))
        .collect()
}

/// Every pair that is near, found by counting each shingle that two texts share.
pub fn brute_force(sets: &Sets, settings: &Settings) -> Vec<Pair> {
    let mut texts_with: HashMap<u64, Vec<u32>> = HashMap::new();
    let mut pairs = Vec::new();
    for (set, b) in sets.iter().zip(0_u32..) {
        let mut shared: HashMap<u32, u32> = HashMap::new();
        for hash in set {
            let texts = texts_with.entry(*hash).or_default();
            texts.iter().for_each(|&a| *shared.entry(a).or_default() += 1);
            texts.push(b);
        }
        let of = |(a, overlap): (u32, u32)| Pair {
            a,
            b,
            overlap,
            size_a: sets[a as usize].len() as u32,
            size_b: set.len() as u32,
        };
        pairs.extend(
            shared
                .into_iter()
                .map(of)
                .filter(|pair| pair.is_accepted(settings)),
        );
    }
    pairs.sort_unstable();
    pairs
}

/// Stored sets, and the folder they lie in.
pub fn stored(sets: &Sets) -> (tempfile::TempDir, TextSets) {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = ShingleWriter::create(folder.path()).unwrap();
    sets.iter().for_each(|set| writer.append(set).unwrap());
    writer.finish().unwrap();
    let reader = ShingleReader::open(folder.path()).unwrap();
    let rows = (0..sets.len() as u32).map(|row| (0, row)).collect();
    (folder, TextSets::new(vec![reader], rows))
}

/// What the join and the stars make of the sets.
pub fn joined(sets: &Sets, settings: &Settings) -> Near {
    let (_folder, stored) = stored(sets);
    let standings: Vec<Standing> = (0..sets.len() as u64)
        .map(|place| Standing::new(false, Origin::Unknown, None, false, 0, place))
        .collect();
    find(
        &stored,
        &standings,
        &Apart::default(),
        settings,
        &Task::silent(),
        &|_| {},
    )
    .unwrap()
}

pub fn accepted(near: &Near, settings: &Settings) -> Vec<Pair> {
    let pairs = near.pairs.iter().copied();
    pairs.filter(|pair| pair.is_accepted(settings)).collect()
}
