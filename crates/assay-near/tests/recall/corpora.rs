//! Texts to look for near-duplicates in.

use std::path::{Path, PathBuf};

use serde_json::Value;

/// SplitMix64: the same corpus on every machine.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn chance(&mut self, share: f64) -> bool {
        ((self.next() >> 11) as f64 / (1_u64 << 53) as f64) < share
    }

    /// A word of a vocabulary of 20,000, the commonest far commoner than the rarest.
    pub fn word(&mut self) -> String {
        let uniform = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        format!("w{}", 20_000_f64.powf(uniform) as u64)
    }
}

#[derive(Clone, Copy, Debug)]
pub enum Edit {
    Substitute,
    Insert,
    Delete,
    TruncateEnd,
    TruncateStart,
}

const EDITS: [Edit; 5] = [
    Edit::Substitute,
    Edit::Insert,
    Edit::Delete,
    Edit::TruncateEnd,
    Edit::TruncateStart,
];
/// Shares of words that an edit touches.
const RATES: [f64; 6] = [0.002, 0.005, 0.01, 0.03, 0.08, 0.2];

fn edited(words: &[String], edit: Edit, rate: f64, random: &mut Random) -> Vec<String> {
    let cut = (words.len() as f64 * rate * 2.0) as usize;
    match edit {
        Edit::TruncateEnd => words[..words.len() - cut].to_vec(),
        Edit::TruncateStart => words[cut..].to_vec(),
        _ => {
            let mut out = Vec::with_capacity(words.len() + 8);
            for word in words {
                if !random.chance(rate) {
                    out.push(word.clone());
                    continue;
                }
                match edit {
                    Edit::Substitute => out.push(random.word()),
                    Edit::Insert => out.extend([word.clone(), random.word()]),
                    _ => {}
                }
            }
            out
        }
    }
}

/// `originals` texts of 8 to 400 words and, of each, one copy by every edit at every rate.
pub fn planted(originals: usize, seed: u64) -> Vec<String> {
    let mut random = Random(seed);
    let mut texts = Vec::new();
    for _ in 0..originals {
        let length = 8 + random.below(393);
        let words: Vec<String> = (0..length).map(|_| random.word()).collect();
        texts.push(words.join(" "));
        for edit in EDITS {
            for rate in RATES {
                texts.push(edited(&words, edit, rate, &mut random).join(" "));
            }
        }
    }
    texts
}

/// A file or folder of the shared data; says so and gives nothing where it is absent.
fn shared(path: &str) -> Option<PathBuf> {
    let found = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(path);
    if found.exists() {
        return Some(found);
    }
    eprintln!("SKIPPED: {} is not here", found.display());
    None
}

fn files(folder: &Path, accept: &dyn Fn(&Path) -> bool) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if accept(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn ends_with(path: &Path, ending: &str) -> bool {
    path.to_string_lossy().ends_with(ending)
}

fn strings(value: &Value) -> Vec<String> {
    let texts = value.as_array().into_iter().flatten();
    texts
        .filter_map(|text| text.as_str().map(str::to_owned))
        .collect()
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The human texts of six experiments, cut at different lengths.
pub fn fast_detect_gpt() -> Option<Vec<String>> {
    let folder = shared("fast_detect_gpt")?;
    let files = files(&folder, &|path| ends_with(path, ".raw_data.json"));
    Some(
        files
            .iter()
            .flat_map(|file| strings(&json(file)["original"]))
            .collect(),
    )
}

/// Versions of German laws, one file each.
pub fn gesetze() -> Option<Vec<String>> {
    let folder = shared("gesetze")?;
    let files = files(&folder, &|path| {
        ends_with(path, ".md") && path.to_string_lossy().contains('@')
    });
    Some(
        files
            .iter()
            .map(|file| std::fs::read_to_string(file).unwrap())
            .collect(),
    )
}

/// Clauses of contracts.
pub fn legalbench() -> Option<Vec<String>> {
    let folder = shared("legalbench/tasks")?;
    let mut texts = Vec::new();
    for file in files(&folder, &|path| ends_with(path, ".tsv")) {
        let table = std::fs::read_to_string(file).unwrap();
        let mut lines = table.lines();
        let Some(column) = lines
            .next()
            .and_then(|head| head.split('\t').position(|name| name == "text"))
        else {
            continue;
        };
        texts.extend(lines.filter_map(|line| line.split('\t').nth(column).map(str::to_owned)));
    }
    Some(texts)
}

/// People's texts in six domains and machines' rewritings of them.
pub fn l2r() -> Option<Vec<String>> {
    let folder = shared("l2r_21domains")?;
    let files = files(&folder, &|path| ends_with(path, ".json"));
    Some(files.iter().flat_map(|file| strings(&json(file))).collect())
}

/// News sentences with five planted plagiarisms.
pub fn articles() -> Option<Vec<String>> {
    let file = shared("minhash_plagiarism/data/articles_100.train")?;
    let text = std::fs::read_to_string(file).unwrap();
    let lines = text.lines().filter_map(|line| line.split_once(' '));
    Some(lines.map(|(_, text)| text.to_owned()).collect())
}

/// Two sentences a row with nearly the same words: many mean different things.
pub fn paws() -> Option<Vec<[String; 2]>> {
    let table = std::fs::read_to_string(shared("converted/paws_200_pairs.csv")?).unwrap();
    let rows = table.lines().skip(1).map(|line| {
        let cells = cells(line);
        [cells[1].clone(), cells[2].clone()]
    });
    Some(rows.collect())
}

/// The cells of one line of quoted, comma-separated values.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let cell = cells.last_mut().expect("there is one from the start");
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cell.push(other),
        }
    }
    cells
}
