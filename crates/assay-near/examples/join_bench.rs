//! Times the join on synthetic texts: `join_bench [DOCUMENTS] [TEMPLATE_DOCUMENTS] [JACCARD]`.
//!
//! The first corpus has Zipf-distributed tokens and planted near-duplicates; the second is one template. Two more are
//! as large as the second: one shingle in every text, and texts that are half boilerplate.

use std::time::Instant;

use assay_model::{Origin, Task};
use assay_near::{Apart, Settings, ShingleReader, ShingleWriter, Standing, TextSets, find};

/// SplitMix64: enough randomness for a corpus, the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    /// Rank of a token under Zipf's law with exponent 1 over `n` ranks, by inversion of its integral.
    fn zipf(&mut self, n: u64) -> u64 {
        let uniform = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        ((n as f64).powf(uniform)) as u64
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn shingles(tokens: &[u64]) -> Vec<u64> {
    let hash = |window: &[u64]| {
        window
            .iter()
            .fold(0, |hash, token| mix(hash ^ token.wrapping_mul(0x9e37_79b9)))
    };
    let mut set: Vec<u64> = tokens.windows(5).map(hash).collect();
    set.sort_unstable();
    set.dedup();
    set
}

/// Every tenth text is an earlier one with a few words changed.
fn ordinary(documents: usize, folder: &std::path::Path) {
    let mut random = Random(1);
    let mut writer = ShingleWriter::create(folder).expect("the folder can be written");
    let mut earlier: Vec<Vec<u64>> = Vec::new();
    for i in 0..documents {
        let tokens = if i % 10 == 9 {
            let mut tokens = earlier[random.below(earlier.len() as u64) as usize].clone();
            for _ in 0..random.below(8) {
                let place = random.below(tokens.len() as u64) as usize;
                tokens[place] = random.zipf(200_000);
            }
            tokens
        } else {
            let length = 150 + random.below(370);
            (0..length).map(|_| random.zipf(200_000)).collect()
        };
        writer
            .append(&shingles(&tokens))
            .expect("the file can be written");
        if earlier.len() < 2_000 {
            earlier.push(tokens);
        } else if i % 10 != 9 {
            earlier[i % 2_000] = tokens;
        }
    }
    writer.finish().expect("the file can be written");
}

/// A template of 300 words, a fifteenth of which are filled in from lists of 400 names, and a serial number.
fn template(documents: usize, folder: &std::path::Path) {
    let mut writer = ShingleWriter::create(folder).expect("the folder can be written");
    let mut random = Random(2);
    let words: Vec<u64> = (0..300).map(|_| random.zipf(200_000)).collect();
    for i in 0..documents {
        let mut tokens = words.clone();
        for place in (7..300).step_by(60) {
            tokens[place] = 1_000_000 + random.below(400);
        }
        tokens[299] = 2_000_000 + i as u64;
        writer
            .append(&shingles(&tokens))
            .expect("the file can be written");
    }
    writer.finish().expect("the file can be written");
}

/// Texts of 60 words of their own behind `shared` words that all have.
fn sharing(documents: usize, shared: u64, folder: &std::path::Path) {
    let mut writer = ShingleWriter::create(folder).expect("the folder can be written");
    let mut random = Random(3);
    for _ in 0..documents {
        let own = (0..60).map(|_| random.zipf(200_000));
        let tokens: Vec<u64> = (3_000_000..3_000_000 + shared).chain(own).collect();
        writer
            .append(&shingles(&tokens))
            .expect("the file can be written");
    }
    writer.finish().expect("the file can be written");
}

fn measure(name: &str, documents: usize, settings: &Settings, write: impl Fn(usize, &std::path::Path)) {
    let folder = std::env::temp_dir().join(format!("assay-join-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the temporary folder can be made");
    write(documents, &folder);
    let bytes = std::fs::metadata(folder.join("shingles.bin")).map_or(0, |file| file.len());
    let reader = ShingleReader::open(&folder).expect("the file was just written");
    let sets = TextSets::new(vec![reader], (0..documents as u32).map(|row| (0, row)).collect());
    let standings: Vec<Standing> = (0..documents as u64)
        .map(|i| Standing::new(false, Origin::Unknown, None, false, 0, i))
        .collect();
    let before = Instant::now();
    let near = find(
        &sets,
        &standings,
        &Apart::default(),
        settings,
        &Task::silent(),
        &|_| {},
    )
    .expect("the sets can be joined");
    let seconds = before.elapsed().as_secs_f64();
    let accepted = near
        .pairs
        .iter()
        .filter(|pair| pair.is_accepted(settings))
        .count();
    let members: usize = near.stars.iter().map(|star| star.members.len()).sum();
    println!(
        "{name}: Jaccard {}, {documents} documents, {} shingles, {seconds:.2} s, {:.0} documents/s",
        settings.jaccard,
        bytes / 8,
        documents as f64 / seconds
    );
    println!(
        "  pairs {accepted} accepted, {} rejected; stars {}, members {members}, crowded {}; peak {} MB",
        near.pairs.len() - accepted,
        near.stars.len(),
        near.crowded.len(),
        peak_megabytes()
    );
    let _ = std::fs::remove_dir_all(&folder);
}

/// Peak resident memory of this process, where the system tells it.
fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.trim().trim_end_matches(" kB").parse::<u64>().ok())
        .unwrap_or(0)
        / 1024
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |place: usize, otherwise: usize| {
        arguments.get(place).map_or(otherwise, |written| {
            written.parse().expect("a number of documents")
        })
    };
    let (documents, of_template) = (number(0, 100_000), number(1, 20_000));
    let settings = Settings {
        jaccard: arguments
            .get(2)
            .map_or(0.8, |written| written.parse().expect("a share")),
        ..Settings::default()
    };
    if of_template > 0 {
        measure("one template", of_template, &settings, template);
        measure(
            "one shingle in all",
            of_template,
            &settings,
            |documents, folder| {
                sharing(documents, 5, folder);
            },
        );
        measure("half boilerplate", of_template, &settings, |documents, folder| {
            sharing(documents, 60, folder);
        });
    }
    if documents > 0 {
        measure("ordinary", documents, &settings, ordinary);
    }
}
