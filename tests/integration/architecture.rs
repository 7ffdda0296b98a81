//! The direction of the crates, held against what cargo says.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use crate::place::root;

/// The members from the bottom up: a crate may name only crates of earlier lines.
const ORDER: [&[&str]; 7] = [
    &["assay-model"],
    &[
        "assay-contract",
        "assay-read",
        "assay-sketch",
        "assay-near",
        "assay-seal",
    ],
    &["assay-measure", "assay-ledger"],
    &["assay-index", "assay-card", "assay-review", "assay-release"],
    &["assay-workbench"],
    &["assay-cli"],
    &["assay-app", "assay-laws", "xtask"],
];

/// Dependencies that only these crates may name.
const RESERVED: [(&str, &[&str]); 6] = [
    ("ed25519-dalek", &["assay-seal"]),
    ("polars", &["assay-measure"]),
    ("rusqlite", &["assay-index", "assay-ledger"]),
    ("tauri", &["assay-app"]),
    ("rfd", &["assay-app"]),
    ("clap", &["assay-cli", "xtask"]),
];

/// Nothing leaves the machine.
const NEVER: [&str; 5] = ["reqwest", "ureq", "hyper", "isahc", "curl"];

/// The members as `cargo metadata` describes them.
fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
            "--offline",
            "--manifest-path",
        ])
        .arg(root().join("Cargo.toml"))
        .output()
        .expect("cargo metadata runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON");
    metadata["packages"]
        .as_array()
        .expect("there are members")
        .clone()
}

fn name(package: &Value) -> String {
    package["name"].as_str().expect("a package has a name").to_owned()
}

/// Each member with what it names, leaving out what only its tests need.
fn named() -> BTreeMap<String, BTreeSet<String>> {
    let names = |package: &Value| {
        let dependencies = package["dependencies"]
            .as_array()
            .expect("a package has dependencies");
        dependencies
            .iter()
            .filter(|dependency| dependency["kind"] != "dev")
            .map(name)
            .collect()
    };
    packages()
        .iter()
        .map(|package| (name(package), names(package)))
        .collect()
}

#[test]
fn every_member_stands_in_the_order() {
    let listed: BTreeSet<String> = ORDER.concat().iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(named().into_keys().collect::<BTreeSet<_>>(), listed);
}

#[test]
fn a_crate_names_only_crates_below_it() {
    let height = |name: &str| ORDER.iter().position(|line| line.contains(&name));
    for (member, dependencies) in named() {
        for dependency in dependencies {
            let (Some(below), Some(above)) = (height(&dependency), height(&member)) else {
                continue;
            };
            assert!(below < above, "{member} names {dependency}");
        }
    }
}

#[test]
fn heavy_dependencies_stay_where_they_belong() {
    for (member, dependencies) in named() {
        for (reserved, owners) in RESERVED {
            let allowed = owners.contains(&member.as_str());
            assert!(
                allowed || !dependencies.contains(reserved),
                "{member} names {reserved}"
            );
        }
        for never in NEVER {
            assert!(!dependencies.contains(never), "{member} names {never}");
        }
    }
}

#[test]
fn dependencies_are_declared_once_at_the_root() {
    for package in packages() {
        let path = package["manifest_path"]
            .as_str()
            .expect("a package has a manifest");
        let manifest = std::fs::read_to_string(path).expect("the manifest can be read");
        for line in manifest.lines().skip_while(|line| *line != "[dependencies]") {
            // The head of a table of one system's dependencies names the system, not a version.
            let declares = !line.starts_with('[')
                && (line.contains("version =")
                    || line
                        .split(" = ")
                        .nth(1)
                        .is_some_and(|value| value.starts_with('"')));
            let outside = name(&package) == "assay-app" && !line.contains("tauri-build");
            assert!(
                !declares || outside || line.starts_with("name") || line.starts_with("path"),
                "{}: {line}",
                name(&package)
            );
        }
    }
}

/// The lines of one table of a manifest.
fn table<'a>(manifest: &'a str, head: &str) -> Vec<&'a str> {
    let inside = manifest.lines().skip_while(|line| *line != head).skip(1);
    inside.take_while(|line| !line.starts_with('[')).collect()
}

#[test]
fn unsafe_code_is_forbidden_in_every_member() {
    let workspace = std::fs::read_to_string(root().join("Cargo.toml")).expect("the manifest can be read");
    let lints = table(&workspace, "[workspace.lints.rust]");
    assert!(lints.contains(&"unsafe_code = \"forbid\""), "{lints:?}");
    for package in packages() {
        let path = package["manifest_path"]
            .as_str()
            .expect("a package has a manifest");
        let manifest = std::fs::read_to_string(path).expect("the manifest can be read");
        assert!(
            table(&manifest, "[lints]").contains(&"workspace = true"),
            "{} does not take the workspace's lints",
            name(&package)
        );
    }
}

#[test]
fn only_one_folder_of_the_front_end_knows_the_shell() {
    let mut folders = vec![root().join("ui/src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)
            .expect("the front end is there")
            .flatten()
        {
            let path = entry.path();
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != "ipc") {
                    folders.push(path);
                }
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(
                !text.contains("@tauri-apps"),
                "{} imports the shell",
                path.display()
            );
            for forbidden in [
                "innerHTML",
                "dangerouslySetInnerHTML",
                "insertAdjacentHTML",
                "document.write",
            ] {
                assert!(!text.contains(forbidden), "{} uses {forbidden}", path.display());
            }
        }
    }
}
