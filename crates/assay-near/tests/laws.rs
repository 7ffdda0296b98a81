//! Laws of the join and of stars, against brute force on small random sets.

use std::collections::BTreeSet;

use assay_model::{Origin, Task};
use assay_near::{
    Apart, Near, Pair, Settings, ShingleReader, ShingleWriter, Standing, TextSets, between, find,
};
use proptest::prelude::*;

/// Spreads small numbers over the hash space, as real hashes are.
fn hash(shingle: u64) -> u64 {
    let mut z = shingle.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn sets_of(shingles: &[BTreeSet<u64>]) -> (tempfile::TempDir, TextSets) {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = ShingleWriter::create(folder.path()).unwrap();
    for set in shingles {
        let mut hashes: Vec<u64> = set.iter().map(|&shingle| hash(shingle)).collect();
        hashes.sort_unstable();
        writer.append(&hashes).unwrap();
    }
    writer.finish().unwrap();
    let reader = ShingleReader::open(folder.path()).unwrap();
    let rows = (0..shingles.len() as u32).map(|row| (0, row)).collect();
    (folder, TextSets::new(vec![reader], rows))
}

fn standings(origins: &[Origin]) -> Vec<Standing> {
    origins
        .iter()
        .enumerate()
        .map(|(i, &origin)| Standing::new(false, origin, None, true, 0, i as u64))
        .collect()
}

fn near(shingles: &[BTreeSet<u64>], origins: &[Origin], settings: &Settings) -> Near {
    let (_folder, sets) = sets_of(shingles);
    find(
        &sets,
        &standings(origins),
        &Apart::default(),
        settings,
        &Task::silent(),
        &|_| {},
    )
    .unwrap()
}

fn brute_force(shingles: &[BTreeSet<u64>], settings: &Settings) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for b in 0..shingles.len() {
        for a in 0..b {
            let pair = Pair {
                a: a as u32,
                b: b as u32,
                overlap: shingles[a].intersection(&shingles[b]).count() as u32,
                size_a: shingles[a].len() as u32,
                size_b: shingles[b].len() as u32,
            };
            if pair.is_accepted(settings) {
                pairs.push(pair);
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Texts that are changed copies, extracts and extensions of a few originals.
fn related_texts() -> impl Strategy<Value = Vec<BTreeSet<u64>>> {
    let change = (
        0_usize..4,
        0_u64..60,
        prop::collection::btree_set(0_u64..400, 0..12),
        prop::collection::btree_set(0_u64..60, 0..20),
    );
    prop::collection::vec(change, 1..40).prop_map(|changes| {
        let text = |(original, length, added, dropped): (usize, u64, BTreeSet<u64>, BTreeSet<u64>)| {
            let base = original as u64 * 40;
            (base..base + length)
                .filter(|s| !dropped.contains(&(s - base)))
                .chain(added)
                .collect()
        };
        changes.into_iter().map(text).collect()
    })
}

fn origins() -> impl Strategy<Value = Vec<Origin>> {
    prop::collection::vec(prop::sample::select(Origin::ALL.to_vec()), 40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn accepted_pairs_are_those_of_brute_force(texts in related_texts(), jaccard in prop::sample::select(vec![0.3, 0.5, 0.7, 0.8, 0.9, 1.0])) {
        let settings = Settings { jaccard, ..Settings::default() };
        let found = near(&texts, &[Origin::Human; 40][..texts.len()], &settings);
        let accepted: Vec<Pair> = found.pairs.iter().copied().filter(|pair| pair.is_accepted(&settings)).collect();
        prop_assert_eq!(accepted, brute_force(&texts, &settings));
    }

    #[test]
    fn pairs_between_two_sides_are_those_of_brute_force(texts in related_texts(), split in 0_usize..40, block in prop::sample::select(vec![1, 50, 1 << 20])) {
        let second = split.min(texts.len()) as u32;
        let settings = Settings { index_entries: block, ..Settings::default() };
        let (_folder, sets) = sets_of(&texts);
        let found = between(&sets, second, &settings, &Task::silent(), &|_| {}).unwrap();
        let across = |pair: &Pair| pair.a < second && pair.b >= second;
        let wanted: Vec<Pair> = brute_force(&texts, &settings).into_iter().filter(across).collect();
        prop_assert_eq!(found.pairs, wanted);
        prop_assert!(found.crowded.is_empty());
    }

    #[test]
    fn small_blocks_find_the_same_pairs(texts in related_texts()) {
        let whole = near(&texts, &[Origin::Human; 40][..texts.len()], &Settings::default());
        let blocks = near(&texts, &[Origin::Human; 40][..texts.len()], &Settings { index_entries: 1, ..Settings::default() });
        prop_assert_eq!(whole.pairs, blocks.pairs);
    }

    #[test]
    fn every_member_is_verified_beside_its_own_representative_and_no_other(texts in related_texts(), origins in origins()) {
        let settings = Settings::default();
        let origins = &origins[..texts.len()];
        let found = near(&texts, origins, &settings);
        let standings = standings(origins);
        let representatives: BTreeSet<u32> = found.stars.iter().map(|star| star.representative).collect();
        let mut seen = BTreeSet::new();
        for star in &found.stars {
            prop_assert!(!star.members.is_empty());
            for member in &star.members {
                prop_assert!(seen.insert(member.text), "in one star at most");
                prop_assert!(!representatives.contains(&member.text), "no chains");
                let (a, b) = (star.representative.min(member.text), star.representative.max(member.text));
                let pair = found.pairs.iter().find(|pair| (pair.a, pair.b) == (a, b)).expect("the pair is listed");
                prop_assert!(pair.is_accepted(&settings));
                let (over, standing) = (&standings[star.representative as usize], &standings[member.text as usize]);
                prop_assert!(over.origin_ranks_no_lower(standing));
                if !pair.is_similar(&settings) {
                    prop_assert!(texts[star.representative as usize].len() >= texts[member.text as usize].len());
                }
            }
        }
    }

    #[test]
    fn no_two_similar_texts_are_both_kept_unless_one_represents(texts in related_texts(), origins in origins()) {
        let settings = Settings::default();
        let found = near(&texts, &origins[..texts.len()], &settings);
        let members: BTreeSet<u32> = found.stars.iter().flat_map(|star| star.members.iter().map(|member| member.text)).collect();
        for pair in found.pairs.iter().filter(|pair| pair.is_similar(&settings)) {
            prop_assert!(members.contains(&pair.a) || members.contains(&pair.b));
        }
    }
}

#[test]
fn a_short_human_text_inside_a_longer_machine_text_is_not_redundant() {
    let texts = [(0..30).collect(), (0..90).collect::<BTreeSet<u64>>()];
    let found = near(&texts, &[Origin::Human, Origin::Machine], &Settings::default());
    assert_eq!((found.pairs.len(), found.stars.len()), (1, 0));
    let found = near(&texts, &[Origin::Machine, Origin::Human], &Settings::default());
    assert_eq!(
        (found.stars[0].representative, found.stars[0].members[0].text),
        (1, 0)
    );
    let found = near(&texts, &[Origin::Human, Origin::Human], &Settings::default());
    assert_eq!(
        found.stars[0].representative, 1,
        "the extract is redundant beside the whole, though it stands first"
    );
    assert_eq!(found.stars[0].reason.as_str(), "contains the others");
}

#[test]
fn texts_without_shingles_never_collapse_together() {
    let texts = vec![BTreeSet::new(); 5];
    let found = near(&texts, &[Origin::Human; 5], &Settings::default());
    assert!(found.pairs.is_empty() && found.stars.is_empty());
}

#[test]
fn a_chain_is_cut_where_its_ends_are_not_near() {
    let texts: Vec<BTreeSet<u64>> = [0..100, 8..108, 16..116]
        .into_iter()
        .map(|range| range.collect())
        .collect();
    let found = near(&texts, &[Origin::Human; 3], &Settings::default());
    assert_eq!(
        found
            .pairs
            .iter()
            .filter(|pair| pair.is_accepted(&Settings::default()))
            .count(),
        2
    );
    assert_eq!((found.stars.len(), found.stars[0].members.len()), (1, 1));
}

#[test]
fn crowded_texts_list_their_representative_only_and_all_stand_beside_it() {
    let texts: Vec<BTreeSet<u64>> = (0..400_u64)
        .map(|i| (0..200).chain([1000 + i, 2000 + i % 7]).collect())
        .collect();
    let settings = Settings {
        partners_listed: 20,
        candidates_verified: 40,
        ..Settings::default()
    };
    let found = near(&texts, &[Origin::Unknown; 400], &settings);
    assert_eq!((found.stars.len(), found.stars[0].members.len()), (1, 399));
    assert_eq!((found.crowded.len(), found.pairs.len()), (400, 399));
}

#[test]
fn damaged_shingle_files_are_named() {
    let (folder, sets) = sets_of(&[(0..9).collect()]);
    drop(sets);
    let path = folder.path().join("shingles.bin");
    std::fs::write(&path, [0; 8]).unwrap();
    let error = ShingleReader::open(folder.path()).err().unwrap().to_string();
    assert!(
        error.contains("shingles.bin") && error.contains("damaged"),
        "{error}"
    );
}

#[test]
fn a_template_on_both_sides_is_found_without_comparing_all_with_all() {
    // 3,000 letters of one template on each side: 9 million near pairs.
    let letter = |i: u64| (0..60).chain([1_000 + i]).collect::<BTreeSet<u64>>();
    let texts: Vec<BTreeSet<u64>> = (0..6_000).map(letter).collect();
    let (_folder, sets) = sets_of(&texts);
    let found = between(&sets, 3_000, &Settings::default(), &Task::silent(), &|_| {}).unwrap();
    let first: BTreeSet<u32> = found.pairs.iter().map(|pair| pair.a).collect();
    assert_eq!(first.len(), 3_000, "every text of the first side is found");
    assert!(found.pairs.len() < 6_000_000, "{} pairs", found.pairs.len());
}
