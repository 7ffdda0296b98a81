//! Reference texts planted in data with slips, cuts and quotations: how many does the leak search find?

use assay_measure::{LeakKind, LeakSettings, LeakSide, leak};
use assay_model::{Origin, Task};

use crate::fixture::{Sample, Snapshot};

/// SplitMix64: the same texts on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn words(&mut self, number: u64) -> Vec<String> {
        (0..number).map(|_| format!("w{}", self.next() % 5_000)).collect()
    }
}

fn side(snapshot: &Snapshot) -> LeakSide<'_> {
    LeakSide {
        inputs: &snapshot.inputs,
        texts: snapshot,
    }
}

#[test]
fn planted_references_of_twenty_shingles_or_more_are_found() {
    let mut random = Random(5);
    let (mut references, mut data) = (Vec::new(), Vec::new());
    for number in 0..300_u64 {
        let length = 24 + random.next() % 100;
        let original = random.words(length);
        let planted = match number % 3 {
            // A slip at either end leaves the Jaccard similarity high.
            0 => {
                let mut edited = original.clone();
                edited[0] = "slip".to_owned();
                edited
            }
            // Cut: the data holds the last 80 % of it, contained and not similar where it is short.
            1 => original[original.len() / 5..].to_vec(),
            // Quoted inside a text of another length.
            _ => {
                let around = 200 + random.next() % 300;
                let mut text = random.words(around);
                let at = (random.next() % text.len() as u64) as usize;
                text.splice(at..at, original.iter().cloned());
                text
            }
        };
        references.push(Sample::new(&original.join(" "), Origin::Human));
        data.push(Sample::new(&planted.join(" "), Origin::Human));
    }
    let near = |a: &Sample, b: &Sample| {
        let set = |sample: &Sample| -> std::collections::BTreeSet<Vec<String>> {
            let words: Vec<String> = sample.text.split(' ').map(str::to_owned).collect();
            words.windows(5).map(<[String]>::to_vec).collect()
        };
        let (a, b) = (set(a), set(b));
        let shared = a.intersection(&b).count() as f64;
        let smaller = a.len().min(b.len());
        shared / (a.len() + b.len()) as f64 >= 0.8 / 1.8 || smaller >= 20 && shared / smaller as f64 >= 0.9
    };
    let wanted: Vec<u64> = (0..300_u64)
        .filter(|&number| near(&references[number as usize], &data[number as usize]))
        .collect();
    assert!(wanted.len() > 250, "{} are near", wanted.len());

    let (reference, data) = (Snapshot::of(&references, 0), Snapshot::of(&data, 0));
    let found = leak(
        side(&reference),
        side(&data),
        &LeakSettings::default(),
        &Task::silent(),
    )
    .unwrap();
    let found: std::collections::BTreeSet<u64> = found
        .matches
        .iter()
        .filter(|one| one.kind <= LeakKind::Near && one.reference == one.data)
        .map(|one| one.reference)
        .collect();
    let recall = wanted.iter().filter(|&number| found.contains(number)).count() as f64 / wanted.len() as f64;
    println!(
        "leak: {} planted references are near, recall {recall:.4}",
        wanted.len()
    );
    assert!(recall >= 0.95, "recall {recall}");
}
