use super::*;
use crate::manifest::{EVENT_FILE, lineage_event};
use crate::row::example;
use crate::{DEFAULT_POLICY, FileEntry, OriginCounts, RuleCost, ShardFormat, Shards};

const ROWS: u64 = 3;

/// A release of three rows, as the workbench would write it.
fn release(format: ShardFormat) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    std::fs::create_dir(at("data")).unwrap();
    let mut shards = Shards::new(&at("data"), "train", format, &[], 1 << 20);
    for number in 0..ROWS {
        shards.push(example(number)).unwrap();
    }
    let shards = shards.finish().unwrap();
    let policy = parse_policy(DEFAULT_POLICY, "").unwrap();
    let all = OriginCounts {
        human: ROWS,
        ..OriginCounts::default()
    };
    let rules = rule_names(&policy).into_iter().map(|rule| RuleCost {
        rule,
        samples: 0,
        tokens: 0,
        before: all,
        after: all,
        tail: Vec::new(),
    });
    let mut files: Vec<FileEntry> = shards
        .into_iter()
        .map(|shard| FileEntry::shard("data", "train", shard))
        .collect();
    files.push(FileEntry::of(POLICY_FILE, "policy", DEFAULT_POLICY.as_bytes()));
    std::fs::write(at(POLICY_FILE), DEFAULT_POLICY).unwrap();
    let mut manifest = Manifest {
        format: crate::MANIFEST_FORMAT.to_owned(),
        tool: "assay 0.1.0".to_owned(),
        dataset: "letters".to_owned(),
        snapshot: 1,
        snapshot_root: Digest::of(b"root"),
        facts_root: Digest::of(b"facts"),
        policy: policy.name,
        policy_digest: Digest::of(DEFAULT_POLICY.as_bytes()),
        seed: 0,
        shards: format,
        gold: policy.gold,
        gold_root: Digest::of(b"gold"),
        gold_not_compared: 0,
        signed_off: None,
        candidates: ROWS,
        samples: ROWS,
        rows: ROWS,
        tokens: 5 * ROWS,
        origins: all,
        rules: rules.collect(),
        files,
        seal: Digest([0; 32]),
    };
    let run = "0192f0c1-2345-7000-8000-000000000000";
    let event = lineage_event(&manifest, run, "2026-01-01T00:00:00Z").to_string();
    std::fs::write(at(EVENT_FILE), &event).unwrap();
    manifest
        .files
        .push(FileEntry::of(EVENT_FILE, "lineage", event.as_bytes()));
    let manifest = manifest.sealed();
    std::fs::write(at(MANIFEST_FILE), manifest.to_text()).unwrap();
    std::fs::write(at(SUMS_FILE), manifest.sums()).unwrap();
    folder
}

fn files_of(folder: &Path) -> Vec<String> {
    let names = |at: &str| {
        let entries = std::fs::read_dir(folder.join(at)).unwrap();
        let files = entries
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.path().is_file());
        let named = files.map(|entry| format!("{at}{}", entry.file_name().to_string_lossy()));
        named.collect::<Vec<_>>()
    };
    [names(""), names("data/")].concat()
}

#[test]
fn a_whole_release_holds_in_both_formats() {
    for format in [ShardFormat::Jsonl, ShardFormat::Parquet] {
        let folder = release(format);
        let found = verify_release(folder.path());
        assert_eq!(found.failure, None);
        assert_eq!(found.files, 3);
        assert_eq!(found.manifest.unwrap().rows, ROWS);
    }
}

#[test]
fn a_change_of_any_byte_names_its_file() {
    for format in [ShardFormat::Jsonl, ShardFormat::Parquet] {
        let folder = release(format);
        for name in files_of(folder.path()) {
            let path = folder.path().join(&name);
            let whole = std::fs::read(&path).unwrap();
            // Every byte takes a minute; each eleventh still meets every key and every value.
            for at in (0..whole.len()).step_by(11).chain([whole.len() - 1]) {
                let mut changed = whole.clone();
                changed[at] ^= 1;
                std::fs::write(&path, changed).unwrap();
                let why = verify_release(folder.path()).failure.unwrap_or_default();
                assert!(why.starts_with(&name), "{name}, byte {at}: {why}");
            }
            std::fs::write(&path, whole).unwrap();
        }
    }
}

#[test]
fn what_is_missing_or_added_is_named() {
    let folder = release(ShardFormat::Jsonl);
    for name in files_of(folder.path()) {
        let path = folder.path().join(&name);
        let whole = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        let why = verify_release(folder.path()).failure.unwrap_or_default();
        assert!(why.starts_with(&name), "{name}: {why}");
        std::fs::write(&path, whole).unwrap();
    }
    for name in ["data/train-00002.jsonl", ".hidden"] {
        std::fs::write(folder.path().join(name), "").unwrap();
        let why = verify_release(folder.path()).failure.unwrap_or_default();
        assert_eq!(why, format!("{name}: the manifest does not name it"));
        std::fs::remove_file(folder.path().join(name)).unwrap();
    }
}

/// Changes the manifest and writes it as if nothing had been.
fn forged(change: impl FnOnce(&mut Manifest)) -> String {
    let folder = release(ShardFormat::Jsonl);
    let at = |path: &str| folder.path().join(path);
    let mut manifest = Manifest::parse(&std::fs::read(at(MANIFEST_FILE)).unwrap()).unwrap();
    change(&mut manifest);
    let manifest = manifest.sealed();
    std::fs::write(at(MANIFEST_FILE), manifest.to_text()).unwrap();
    std::fs::write(at(SUMS_FILE), manifest.sums()).unwrap();
    verify_release(folder.path()).failure.unwrap_or_default()
}

#[test]
fn a_manifest_that_its_rows_or_its_policy_do_not_bear_out_fails() {
    assert_eq!(forged(|_| ()), "");
    let counts = forged(|manifest| manifest.tokens += 1);
    assert!(counts.starts_with("release.json: the rows"), "{counts}");
    let taken = forged(|manifest| manifest.rules[0].samples = 1);
    assert!(taken.starts_with("release.json: 3 candidates"), "{taken}");
    let rules = forged(|manifest| manifest.rules.truncate(3));
    assert!(rules.starts_with("policy.toml: its rules"), "{rules}");
    let rows = forged(|manifest| manifest.files[0].rows = Some(2));
    assert!(
        rows.starts_with("data/train-00001.jsonl: it holds 3 rows"),
        "{rows}"
    );
    let around = forged(|manifest| {
        // Wrapping around, they come to none.
        (manifest.rules[0].samples, manifest.rules[1].samples) = (u64::MAX, 1);
    });
    assert!(around.contains("larger than any release's"), "{around}");
    let around = forged(|manifest| (manifest.origins.machine, manifest.origins.mixed) = (u64::MAX, 1));
    assert!(around.contains("larger than any release's"), "{around}");
    let outside = forged(|manifest| manifest.files[0].path = "../letters".to_owned());
    assert!(outside.contains("the manifest does not name it"), "{outside}");
}
