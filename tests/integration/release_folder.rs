//! The folder of a release: the same bytes, any change seen, whole or not there, read by others, and what it is when it comes back.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use crate::place::{Place, number};
use crate::public_data::{map, shared, take};
use crate::release::{
    ALL, CAPPED, accounts, files, place_of, policy, release, rows, sample, staffed, verified,
};

#[test]
fn the_same_seed_gives_the_same_shards_in_both_formats() {
    let place = sample();
    let path = policy(&place, "capped", CAPPED);
    let shards = |folder: &str, more: &[&str]| -> Vec<Vec<u8>> {
        release(&place, folder, &[&["--policy", &path][..], more].concat());
        let data = place.path(folder).join("data");
        files(&data)
            .iter()
            .map(|name| fs::read(data.join(name)).expect("a shard"))
            .collect()
    };
    let first = shards("first", &[]);
    assert_eq!(first, shards("second", &[]));
    assert_ne!(first, shards("other", &["--seed", "12"]));
    let columns = shards("columns", &["--format", "parquet"]);
    assert_eq!(columns, shards("again", &["--format", "parquet"]));
    assert_eq!(verified(&place.path("columns")).0, 0);
}

#[test]
fn a_changed_byte_of_any_file_is_named_and_so_is_what_is_missing_or_added() {
    let place = sample();
    for format in ["jsonl", "parquet"] {
        release(&place, format, &["--format", format, "--ablation", "0,0.5"]);
        let folder = place.path(format);
        for name in files(&folder) {
            let path = folder.join(&name);
            let whole = fs::read(&path).expect("a file");
            for at in [0, whole.len() / 2, whole.len() - 1] {
                let mut changed = whole.clone();
                changed[at] ^= 1;
                fs::write(&path, changed).expect("it can be changed");
                let (code, found) = verified(&folder);
                assert_eq!(code, 1, "{name}, byte {at}: {found}");
                let why = found["failure"].as_str().unwrap_or_default();
                assert!(why.starts_with(&name), "{name}, byte {at}: {why}");
            }
            fs::remove_file(&path).expect("it can be removed");
            let (code, found) = verified(&folder);
            assert_eq!(code, 1, "{name} is missing: {found}");
            fs::write(&path, whole).expect("it can be put back");
        }
        fs::write(folder.join("data/more.jsonl"), "{}\n").expect("a file");
        let (code, found) = verified(&folder);
        assert_eq!(
            (code, found["failure"].as_str()),
            (1, Some("data/more.jsonl: the manifest does not name it"))
        );
        fs::remove_file(folder.join("data/more.jsonl")).expect("it can be removed");
        assert_eq!(verified(&folder).0, 0);
        let sums = Command::new("sha256sum")
            .args(["-c", "--quiet", "SHA256SUMS"])
            .current_dir(&folder)
            .status();
        assert!(sums.expect("sha256sum runs").success());
    }
    assert_eq!(Place::new().run(&["verify", "nowhere"]).code, 3);
}

#[test]
fn a_killed_release_is_not_there_and_the_next_one_is_whole() {
    let place = sample();
    for milliseconds in [20, 120, 250, 400, 600, 900] {
        let mut running = place
            .command(&[
                "release", "--out", "out", "--actor", "Ilse", "--format", "parquet",
            ])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("assay can be started");
        std::thread::sleep(Duration::from_millis(milliseconds));
        running.kill().expect("it can be killed");
        running.wait().expect("it ends");
        let folder = place.path("out");
        if folder.exists() {
            assert_eq!(verified(&folder).0, 0, "killed after {milliseconds} ms");
            fs::remove_dir_all(folder).expect("it can be removed");
        }
    }
    release(&place, "out", &[]);
    assert_eq!(verified(&place.path("out")).0, 0);
    assert!(!place.path(".out.unfinished").exists());
    place.run(&["verify"]).succeeded();
}

/// What of a sample must survive a release.
fn facts(rows: &[Value]) -> BTreeMap<String, [Value; 4]> {
    rows.iter()
        .map(|row| {
            let origins = row["parts"]
                .as_array()
                .expect("parts")
                .iter()
                .map(|part| part["origin"].clone());
            let facts = [
                row["origin"].clone(),
                row["source_class"].clone(),
                row["tokens"].clone(),
                origins.collect(),
            ];
            (row["digest"].as_str().expect("a digest").to_owned(), facts)
        })
        .collect()
}

#[test]
fn a_release_that_comes_back_is_recognised_and_nobody_becomes_human_by_it() {
    let place = sample();
    for format in ["jsonl", "parquet"] {
        let said = release(&place, format, &["--format", format, "--ablation", "0,0.5"]);
        // Both formats hold the same rows.
        let released = facts(&rows(&place.path("jsonl/data")));
        let elsewhere = Place::new();
        let folder = place.path(format).display().to_string();
        let report = elsewhere
            .run(&["index", &folder, "--dataset", "back", "--json", "--quiet"])
            .succeeded()
            .json();
        assert_eq!(
            report["releases"],
            json!([{"path": "", "dataset": "test", "snapshot": 1, "policy": "default", "manifest": said["manifest"]}])
        );
        assert_eq!(report["samples"]["indexed"], said["samples"]);
        assert_eq!(report["files"]["refused_count"], 0, "{}", report["files"]);
        assert_eq!(report["files"]["seen"], 1, "only shards are data");
        let back = facts(&elsewhere.samples(""));
        assert_eq!(back.len(), released.len());
        for (digest, was) in &released {
            assert_eq!(back.get(digest), Some(was), "{format}");
        }
        let shown = elsewhere.run(&["report"]).succeeded().stdout;
        assert!(
            shown.contains("A release of test@1 under the policy default"),
            "{shown}"
        );
        let domains = |report: &Value| -> BTreeSet<String> {
            let cells = report["composition"].as_array().expect("cells").iter();
            cells
                .map(|cell| cell["domain"].as_str().unwrap_or_default().to_owned())
                .collect()
        };
        let origin = place.run(&["report", "--json"]).succeeded().json();
        assert_eq!(domains(&report), domains(&origin));
    }
}

#[test]
fn ablation_sets_differ_in_their_share_of_machine_samples_alone() {
    let Some(data) = shared("l2r_21domains") else {
        return;
    };
    let place = Place::new();
    take(&place, &data, &|path| {
        path.contains('/') && path.ends_with(".json")
    });
    place.index(&[&place.data()], Some(&map("l2r.toml")));
    staffed(&place);
    let said = release(&place, "out", &["--ablation", "0,0.25,0.5"]);
    assert_eq!(verified(&place.path("out")).0, 0);
    let sets: Vec<Vec<Value>> = ["0", "0.25", "0.5"]
        .iter()
        .map(|ratio| rows(&place.path(&format!("out/ablations/{ratio}"))))
        .collect();
    let machines = |set: &[Value]| -> BTreeSet<String> {
        let made = set.iter().filter(|row| row["origin"] == "machine");
        made.map(place_of).collect()
    };
    let size = sets[0].len();
    assert_eq!(said["ablations"][0]["samples"], size);
    assert!(size > 500, "{size}");
    for (set, ratio) in sets.iter().zip([0.0, 0.25, 0.5]) {
        assert_eq!(set.len(), size);
        assert_eq!(machines(set).len(), (ratio * size as f64).round() as usize);
        assert!(
            set.iter()
                .all(|row| row["weight"] == 1.0 && row["lineage"]["copies"] == 1)
        );
    }
    assert!(machines(&sets[1]).is_subset(&machines(&sets[2])));
}

#[test]
fn public_sets_are_released_under_three_policies() {
    let floor = "name = \"floor\"\nseed = 3\n[[cap]]\nwhere = \"SLICE\"\nmax_share = 0.4\n\
        [[tail]]\ndimension = \"DIMENSION\"\nmin_samples = 5\nmin_retention = 0.2\nup_to_samples = 40\n";
    for (data, map_name, dimension, slice) in [
        (
            "polyai_banking/banking_data/test.csv",
            "banking77.toml",
            "category",
            "tokens > 12",
        ),
        ("l2r_21domains", "l2r.toml", "domain", "origin = 'machine'"),
    ] {
        let Some(from) = shared(data) else { continue };
        let place = Place::new();
        match from.is_dir() {
            true => take(&place, &from, &|path| {
                path.contains('/') && path.ends_with(".json")
            }),
            false => drop(place.write("test.csv", fs::read(&from).expect("the data can be read"))),
        }
        let report = place.index(&[&place.data()], Some(&map(map_name)));
        staffed(&place);
        accounts(&place, "default", &release(&place, "default", &[]));
        let all = release(&place, "all", &["--policy", &policy(&place, "all", ALL)]);
        accounts(&place, "all", &all);
        assert_eq!(all["samples"], report["samples"]["indexed"]);
        let floor = policy(
            &place,
            "floor",
            &floor.replace("DIMENSION", dimension).replace("SLICE", slice),
        );
        let capped = release(&place, "floor", &["--policy", &floor]);
        accounts(&place, "floor", &capped);
        let kept = rows(&place.path("floor/data"));
        let is_capped = |row: &&Value| match dimension {
            "category" => number(row, "/tokens") > 12,
            _ => row["origin"] == "machine",
        };
        let inside = kept.iter().filter(is_capped).count();
        assert!(
            inside * 10 <= kept.len() * 4,
            "{data}: {inside} of {}",
            kept.len()
        );
        let mut classes: BTreeMap<&str, u64> = BTreeMap::new();
        for row in &kept {
            let class = row["dimensions"][dimension].as_str().unwrap_or_default();
            *classes.entry(class).or_default() += 1;
        }
        assert!(classes.values().all(|count| *count >= 5), "{data}: {classes:?}");
    }
}

#[test]
fn readers_that_others_use_load_the_same_rows_from_both_formats() {
    let place = sample();
    let path = policy(&place, "capped", CAPPED);
    let said = release(&place, "lines", &["--policy", &path]);
    release(&place, "columns", &["--policy", &path, "--format", "parquet"]);
    let folders = ["lines", "columns"].map(|folder| place.path(folder).display().to_string());
    let Some(found) = crate::card::python("release_readers.py", &[&folders[0], &folders[1]]) else {
        return;
    };
    assert_eq!(found["rows"], said["rows"]);
    assert_eq!(
        found["readers"],
        json!([
            "pyarrow jsonl",
            "polars jsonl",
            "pyarrow parquet",
            "polars parquet"
        ])
    );
}
