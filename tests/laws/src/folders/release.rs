//! A release of three rows in each format, and what may become of it.

use std::collections::BTreeMap;

use assay_model::{Digest, Origin, SourceClass};
use assay_release::{
    DEFAULT_POLICY, FileEntry, Lineage, MANIFEST_FILE, MANIFEST_FORMAT, Manifest, OriginCounts, POLICY_FILE,
    Row, RowPart, RuleCost, SUMS_FILE, ShardFormat, Shards, StandsFor, parse_policy, rule_names,
    verify_release,
};
use tempfile::TempDir;

use super::{Change, read, write};

const ROWS: u64 = 3;
const LINES: &str = "data/train-00001.jsonl";
const COLUMNS: &str = "data/train-00001.parquet";
const FILES: [&str; 5] = [MANIFEST_FILE, POLICY_FILE, SUMS_FILE, LINES, COLUMNS];

struct World {
    lines: TempDir,
    columns: TempDir,
}

thread_local! {
    static WORLD: World = World {
        lines: release(ShardFormat::Jsonl),
        columns: release(ShardFormat::Parquet),
    };
}

/// A whole manifest as text, or one that is sealed anew and put over the rows of a release.
pub(crate) fn release_manifest(bytes: &[u8]) {
    if let Ok(manifest) = Manifest::parse(bytes) {
        assert_eq!(manifest.to_text().as_bytes(), bytes);
    }
    let Ok(read) = serde_json::from_slice::<Manifest>(bytes) else {
        return;
    };
    let sealed = Manifest {
        format: MANIFEST_FORMAT.to_owned(),
        ..read
    }
    .sealed();
    assert_eq!(Manifest::parse(sealed.to_text().as_bytes()).as_ref(), Ok(&sealed));
    WORLD.with(|world| {
        let folder = world.lines.path();
        let whole = Manifest::parse(&super::read(folder, MANIFEST_FILE)).expect("it was whole");
        let over_these_rows = Manifest {
            shards: whole.shards,
            policy: whole.policy.clone(),
            policy_digest: whole.policy_digest,
            gold: whole.gold,
            files: whole.files.clone(),
            ..sealed
        }
        .sealed();
        if judged(folder, &over_these_rows) {
            let counts =
                |manifest: &Manifest| (manifest.samples, manifest.rows, manifest.tokens, manifest.origins);
            assert_eq!(counts(&over_these_rows), counts(&whole));
        }
        assert!(judged(folder, &whole));
    });
}

/// Puts a manifest and its list of sums into a release, and says whether it then holds.
fn judged(folder: &std::path::Path, manifest: &Manifest) -> bool {
    write(folder, MANIFEST_FILE, manifest.to_text());
    write(folder, SUMS_FILE, manifest.sums());
    verify_release(folder).failure.is_none()
}

pub(crate) fn release_folder(bytes: &[u8]) {
    let Some(change) = Change::of(bytes, &FILES) else {
        return;
    };
    WORLD.with(|world| {
        let folder = if change.file == COLUMNS {
            &world.columns
        } else {
            &world.lines
        }
        .path();
        let (whole, manifest) = (read(folder, change.file), read(folder, MANIFEST_FILE));
        write(folder, change.file, change.content);
        if change.is_resealed && [POLICY_FILE, LINES, COLUMNS].contains(&change.file) {
            // Whoever writes everything anew makes a folder that may hold: it is judged, whatever stands in it.
            let mut manifest = Manifest::parse(&manifest).expect("it was whole");
            if change.file == POLICY_FILE {
                manifest.policy_digest = Digest::of(change.content);
            }
            for file in manifest.files.iter_mut().filter(|file| file.path == change.file) {
                (file.sha256, file.bytes) = (Digest::of(change.content), change.content.len() as u64);
            }
            judged(folder, &manifest.sealed());
        } else {
            let failure = verify_release(folder).failure;
            assert_eq!(
                failure.is_none(),
                change.content == whole,
                "{}: {failure:?}",
                change.file
            );
        }
        write(folder, change.file, &whole);
        let manifest = Manifest::parse(&manifest).expect("it was whole");
        assert!(judged(folder, &manifest));
    });
}

fn release(format: ShardFormat) -> TempDir {
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let data = folder.path().join("data");
    std::fs::create_dir(&data).expect("the folder can be written to");
    let mut shards = Shards::new(&data, "train", format, &[], 1 << 20);
    for number in 0..ROWS {
        shards.push(row(number)).expect("a row is written");
    }
    let mut files: Vec<FileEntry> = shards
        .finish()
        .expect("the shard is written")
        .into_iter()
        .map(|shard| FileEntry::shard("data", "train", shard))
        .collect();
    files.push(FileEntry::of(POLICY_FILE, "policy", DEFAULT_POLICY.as_bytes()));
    write(folder.path(), POLICY_FILE, DEFAULT_POLICY);
    assert!(judged(folder.path(), &manifest(format, files)));
    folder
}

fn manifest(format: ShardFormat, files: Vec<FileEntry>) -> Manifest {
    let policy = parse_policy(DEFAULT_POLICY, POLICY_FILE).expect("the default policy is one");
    let all = OriginCounts {
        human: ROWS,
        ..OriginCounts::default()
    };
    let cost = |rule| RuleCost {
        rule,
        samples: 0,
        tokens: 0,
        before: all,
        after: all,
        tail: Vec::new(),
    };
    Manifest {
        format: MANIFEST_FORMAT.to_owned(),
        tool: "assay laws".to_owned(),
        dataset: "letters".to_owned(),
        snapshot: 1,
        snapshot_root: Digest::of(b"snapshot"),
        facts_root: Digest::of(b"facts"),
        policy_digest: Digest::of(DEFAULT_POLICY.as_bytes()),
        seed: policy.seed,
        shards: format,
        gold: policy.gold,
        gold_root: Digest::of(b"gold"),
        gold_not_compared: 0,
        signed_off: None,
        candidates: ROWS,
        samples: ROWS,
        rows: ROWS,
        tokens: 4 * ROWS,
        origins: all,
        rules: rule_names(&policy).into_iter().map(cost).collect(),
        policy: policy.name,
        files,
        seal: Digest([0; 32]),
    }
    .sealed()
}

fn row(number: u64) -> Row {
    let text = format!("A letter, number {number}.");
    Row {
        digest: Digest::of(text.as_bytes()),
        parts: vec![RowPart {
            role: "document".to_owned(),
            text,
            origin: Origin::Human,
            source_class: SourceClass::HumanAuthored,
            confidence: 1.0,
        }],
        weight: 1.0,
        origin: Origin::Human,
        source_class: SourceClass::HumanAuthored,
        confidence: 1.0,
        tokens: 4,
        dimensions: BTreeMap::new(),
        evidence: Vec::new(),
        lineage: Lineage {
            dataset: "letters".to_owned(),
            snapshot: 1,
            path: "letters.jsonl".to_owned(),
            file: Digest::of(b"letters"),
            line: number + 1,
            place: format!("line {}", number + 1),
            id: None,
            map: Digest::of(b"map"),
            stands_for: StandsFor::default(),
            copy: 1,
            copies: 1,
        },
    }
}

/// Inputs that change nothing, one for each file, and the manifest alone.
pub(super) fn seeds() -> Vec<crate::seeds::Seed> {
    WORLD.with(|world| {
        let mut seeds = Vec::new();
        for (place, file) in (0_u8..).zip(FILES) {
            let folder = if file == COLUMNS {
                &world.columns
            } else {
                &world.lines
            };
            let whole = read(folder.path(), file);
            for resealed in [0, 1] {
                let name = format!("{}-{resealed}", file.replace(['/', '.'], "-"));
                seeds.push((
                    "release_folder",
                    name,
                    [&[place, resealed], whole.as_slice()].concat(),
                ));
            }
            if file == MANIFEST_FILE {
                seeds.push(("release_manifest", "whole".to_owned(), whole));
            }
        }
        seeds
    })
}
