//! Texts that a person judged apart: never in one star, listed all the same, and nothing else changes.

use std::collections::BTreeSet;

use assay_model::{Origin, Task};
use assay_near::{Apart, Near, Settings, ShingleReader, ShingleWriter, Standing, TextSets, find};
use proptest::prelude::*;

fn near(texts: &[BTreeSet<u64>], apart: &[(u32, u32)], settings: &Settings) -> Near {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = ShingleWriter::create(folder.path()).unwrap();
    for text in texts {
        let mut hashes: Vec<u64> = text
            .iter()
            .map(|&s| s.wrapping_mul(0x9e37_79b9_7f4a_7c15))
            .collect();
        hashes.sort_unstable();
        writer.append(&hashes).unwrap();
    }
    writer.finish().unwrap();
    let reader = ShingleReader::open(folder.path()).unwrap();
    let sets = TextSets::new(
        vec![reader],
        (0..texts.len() as u32).map(|row| (0, row)).collect(),
    );
    let standings: Vec<Standing> = (0..texts.len() as u64)
        .map(|place| Standing::new(false, Origin::Human, None, true, 0, place))
        .collect();
    let mut judged = Apart::default();
    apart.iter().for_each(|&(a, b)| judged.add(a, b));
    find(&sets, &standings, &judged, settings, &Task::silent(), &|_| {}).unwrap()
}

fn text(from: u64) -> BTreeSet<u64> {
    (from..from + 100).collect()
}

#[test]
fn a_member_judged_apart_leaves_the_star_and_its_pair_stays_listed() {
    let texts = [text(0), text(2), text(4)];
    let together = near(&texts, &[], &Settings::default());
    assert_eq!((together.stars.len(), together.stars[0].members.len()), (1, 2));
    let parted = near(&texts, &[(2, 0)], &Settings::default());
    assert_eq!((parted.stars.len(), parted.stars[0].members.len()), (1, 1));
    assert_eq!(parted.stars[0].members[0].text, 1);
    assert_eq!(parted.pairs, together.pairs, "what was measured is the same");
}

#[test]
fn a_member_judged_apart_may_join_another_star() {
    // 1 is near 0 and near 2, but 0 and 2 are not near each other: 1 stood beside 0.
    let texts = [text(0), text(8), text(16)];
    let together = near(&texts, &[], &Settings::default());
    assert_eq!((together.stars.len(), together.stars[0].representative), (1, 0));
    let parted = near(&texts, &[(0, 1)], &Settings::default());
    assert_eq!(
        (parted.stars[0].representative, parted.stars[0].members[0].text),
        (1, 2)
    );
}

#[test]
fn a_crowded_text_judged_apart_is_kept_apart_and_listed() {
    let texts: Vec<BTreeSet<u64>> = (0..400_u64)
        .map(|i| (0..200).chain([1000 + i, 2000 + i % 7]).collect())
        .collect();
    let settings = Settings {
        partners_listed: 20,
        candidates_verified: 40,
        ..Settings::default()
    };
    let found = near(&texts, &[(0, 399)], &settings);
    let beside_0 = found.stars.iter().find(|star| star.representative == 0).unwrap();
    assert!(beside_0.members.iter().all(|member| member.text != 399));
    assert!(found.pairs.iter().any(|pair| (pair.a, pair.b) == (0, 399)));
}

proptest! {
    #[test]
    fn no_star_holds_two_texts_of_which_one_is_apart_from_the_representative(
        starts in prop::collection::vec(0_u64..30, 2..25),
        apart in prop::collection::vec((0_u32..25, 0_u32..25), 0..12),
    ) {
        let texts: Vec<BTreeSet<u64>> = starts.iter().map(|&start| text(start)).collect();
        let apart: Vec<(u32, u32)> = apart.into_iter().filter(|&(a, b)| a.max(b) < texts.len() as u32).collect();
        let found = near(&texts, &apart, &Settings::default());
        let free = near(&texts, &[], &Settings::default());
        prop_assert_eq!(&found.pairs, &free.pairs);
        for star in &found.stars {
            for member in &star.members {
                let pair = (star.representative, member.text);
                prop_assert!(!apart.contains(&pair) && !apart.contains(&(pair.1, pair.0)));
            }
        }
    }
}
