//! Replays the committed corpus of each target: what the fuzzer once found, and what it starts from.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use assay_laws::LAWS;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn every_law_has_a_corpus_and_a_target() {
    let laws: BTreeSet<String> = LAWS.iter().map(|law| law.name.to_owned()).collect();
    assert_eq!(names(&root().join("tests/fixtures/fuzz")), laws);
    let targets = names(&root().join("fuzz/fuzz_targets"));
    assert_eq!(targets, laws.iter().map(|name| format!("{name}.rs")).collect());
}

/// A name of the law in an input's way would be lost among the others.
#[test]
fn every_law_holds_of_its_corpus() {
    for law in LAWS {
        let folder = root().join("tests/fixtures/fuzz").join(law.name);
        let inputs = names(&folder);
        assert!(!inputs.is_empty(), "{} has no seed", law.name);
        for input in inputs {
            let bytes = fs::read(folder.join(&input)).unwrap();
            let held = std::panic::catch_unwind(|| (law.holds)(&bytes));
            assert!(held.is_ok(), "{} does not hold of {input}", law.name);
        }
    }
}

#[test]
fn every_law_holds_of_nothing_and_of_every_byte() {
    for law in LAWS {
        (law.holds)(b"");
        for byte in 0..=255_u8 {
            (law.holds)(&[byte]);
        }
    }
}
