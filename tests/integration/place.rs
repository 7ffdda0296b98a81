//! A folder of its own for each test, and the `assay` command run in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The built command line.
pub fn assay() -> &'static Path {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .parent()
            .expect("the folder for tests lies in the target folder");
        let path = target
            .join("debug")
            .join(format!("assay{}", std::env::consts::EXE_SUFFIX));
        assert!(
            path.is_file(),
            "{} is not built: cargo build -p assay-cli",
            path.display()
        );
        path
    })
}

/// A temporary folder with a workspace and data of its own.
pub struct Place(TempDir);

/// How a command ended.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    /// The one JSON document on stdout.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("no JSON on stdout ({error}): {self:?}"))
    }

    /// One JSON value a line.
    pub fn rows(&self) -> Vec<Value> {
        self.stdout
            .lines()
            .map(|line| serde_json::from_str(line).expect("each line is JSON"))
            .collect()
    }

    pub fn succeeded(self) -> Self {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }

    /// The code of the error object that `--json` puts on stdout.
    pub fn error_code(&self) -> String {
        self.json()["error"]["code"]
            .as_str()
            .unwrap_or_else(|| panic!("no error: {self:?}"))
            .to_owned()
    }
}

impl Place {
    pub fn new() -> Self {
        Self(TempDir::with_prefix("assay-test-").expect("a temporary folder"))
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        self.0.path().join(relative)
    }

    /// The folder that holds the data of this place.
    pub fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// Writes a file of data.
    pub fn write(&self, relative: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.data().join(relative);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        fs::write(&path, bytes).expect("the file can be written");
        path
    }

    /// A command line in this place, not yet started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(assay());
        command
            .args(arguments)
            .arg("--workspace")
            .arg(self.path("test.assay"))
            .current_dir(self.0.path());
        command.env("ASSAY_HOME", self.path("home")).stdin(Stdio::null());
        command
    }

    /// Runs `assay` to its end. Whatever happens, it never ends in a panic or a signal.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        let output = self.command(arguments).output().expect("assay can be started");
        let ran = Ran {
            code: output
                .status
                .code()
                .unwrap_or_else(|| panic!("{arguments:?} ended by a signal: {output:?}")),
            stdout: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        };
        assert!((0..=4).contains(&ran.code), "{ran:?}");
        for words in ["panicked", "RUST_BACKTRACE", "INTERNAL"] {
            assert!(!ran.stderr.contains(words), "{arguments:?}: {ran:?}");
        }
        // Texts on stdout may tell of people who panicked.
        for words in ["panicked at ", "\"code\": \"internal\""] {
            assert!(!ran.stdout.contains(words), "{arguments:?}: {ran:?}");
        }
        ran
    }

    /// Indexes paths and returns the report.
    pub fn index(&self, paths: &[&Path], map: Option<&Path>) -> Value {
        let ran = self.try_index(paths, map).succeeded();
        let report = ran.json();
        adds_up(&report);
        report
    }

    pub fn try_index(&self, paths: &[&Path], map: Option<&Path>) -> Ran {
        let mut arguments = vec!["index", "--json", "--quiet", "--dataset", "test"];
        let map = map.map(|map| map.display().to_string());
        if let Some(map) = &map {
            arguments.extend(["--map", map]);
        }
        let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        arguments.extend(paths.iter().map(String::as_str));
        self.run(&arguments)
    }

    /// Indexes this place's data twice: the source stays as it was, and the second run says the same.
    pub fn index_twice(&self, map: Option<&Path>) -> Value {
        let before = fingerprint(&self.data());
        let first = self.index(&[&self.data()], map);
        assert_eq!(fingerprint(&self.data()), before, "the source files were changed");
        let second = self.index(&[&self.data()], map);
        assert_eq!(second["new_snapshot"], false, "{second}");
        assert_eq!(
            steady(&first),
            steady(&second),
            "a second run gives the same result"
        );
        first
    }

    /// Makes Ilse a curator who draws everything as queue `q` and approves one sample as human.
    pub fn approve(&self, digest: &str) {
        self.approve_all(&[digest]);
    }

    /// The same of several samples.
    pub fn approve_all(&self, digests: &[impl AsRef<str>]) {
        self.run(&["person", "add", "Ilse", "--role", "curator"])
            .succeeded();
        self.run(&[
            "queue", "create", "--name", "q", "--size", "20", "--seed", "1", "--actor", "Ilse",
        ])
        .succeeded();
        let verdict =
            |digest: &str| serde_json::json!({"sample": digest, "verdict": "approve", "origin": "human"});
        let verdicts = digests
            .iter()
            .map(|digest| format!("{}\n", verdict(digest.as_ref())));
        let file = self.path("verdicts.jsonl");
        fs::write(&file, verdicts.collect::<String>()).expect("the verdicts can be written");
        let file = file.display().to_string();
        self.run(&["decide", "--queue", "q", "--actor", "Ilse", &file])
            .succeeded();
    }

    /// The samples that a filter lets through.
    pub fn samples(&self, filter: &str) -> Vec<Value> {
        let arguments: &[&str] = if filter.is_empty() {
            &["samples"]
        } else {
            &["samples", "--where", filter]
        };
        self.run(arguments).succeeded().rows()
    }
}

/// seen = indexed + quarantined, and the origins of all samples add up.
pub fn adds_up(report: &Value) {
    let count = |pointer: &str| number(report, pointer);
    let indexed = count("/samples/indexed");
    assert_eq!(
        count("/samples/seen"),
        indexed + count("/samples/quarantined"),
        "{}",
        report["samples"]
    );
    let origins: u64 = ["human", "mixed", "machine", "unknown"]
        .map(|origin| count(&format!("/origin/{origin}/samples")))
        .iter()
        .sum();
    assert_eq!(origins, indexed, "{}", report["origin"]);
    let cells = report["composition"].as_array().expect("composition is a list");
    assert_eq!(
        cells.iter().map(|cell| number(cell, "/samples")).sum::<u64>(),
        indexed,
        "{}",
        report["composition"]
    );
}

/// The whole number at a place in a document.
pub fn number(value: &Value, pointer: &str) -> u64 {
    let found = value
        .pointer(pointer)
        .unwrap_or_else(|| panic!("nothing at {pointer} in {value}"));
    found
        .as_u64()
        .unwrap_or_else(|| panic!("no whole number at {pointer}: {found}"))
}

/// How often a reference holds the classes of a band, as `class_seen` writes it.
pub fn range(band: &Value) -> String {
    let from = number(band, "/from");
    match band["to"].as_u64() {
        None => format!("{from}+"),
        Some(to) if to == from => from.to_string(),
        Some(to) => format!("{from}-{to}"),
    }
}

/// Asserts that the float at a place is the expected one to `digits` decimal places.
#[track_caller]
pub fn close(value: &Value, pointer: &str, expected: f64, digits: i32) {
    let found = value
        .pointer(pointer)
        .and_then(Value::as_f64)
        .unwrap_or_else(|| panic!("no number at {pointer} in {value}"));
    assert!(
        (found - expected).abs() <= 0.51 * 10f64.powi(-digits),
        "{pointer}: {found}, expected {expected}"
    );
}

/// A report without what differs between two runs of the same.
fn steady(report: &Value) -> Value {
    let mut report = report.clone();
    for key in ["created", "elapsed_s", "new_snapshot"] {
        report.as_object_mut().expect("a report is an object").remove(key);
    }
    report
}

/// Path, bytes and time of change of every regular file below a folder.
fn fingerprint(folder: &Path) -> BTreeMap<PathBuf, (u64, std::time::SystemTime, Option<Vec<u8>>)> {
    const SMALL: u64 = 1 << 20;
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let Ok(metadata) = entry.path().symlink_metadata() else {
                continue;
            };
            if metadata.is_dir() {
                folders.push(entry.path());
            } else if metadata.is_file() {
                let modified = metadata.modified().expect("files have a time of change");
                let bytes = if metadata.len() <= SMALL {
                    fs::read(entry.path()).ok()
                } else {
                    None
                };
                found.insert(entry.path(), (metadata.len(), modified, bytes));
            } else {
                found.insert(entry.path(), (0, std::time::UNIX_EPOCH, None));
            }
        }
    }
    found
}

/// Codes of the quarantined records with their lines, in the report's order.
pub fn quarantine(report: &Value) -> Vec<(u64, String)> {
    let rows = report["samples"]["quarantine"]
        .as_array()
        .expect("quarantine is a list");
    rows.iter()
        .map(|row| {
            (
                number(row, "/line"),
                row["code"].as_str().expect("a code").to_owned(),
            )
        })
        .collect()
}

/// Codes of the refused files with their paths.
pub fn refused(report: &Value) -> Vec<(String, String)> {
    let rows = report["files"]["refused"].as_array().expect("refused is a list");
    let text = |row: &Value, key: &str| row[key].as_str().expect("a text").to_owned();
    rows.iter()
        .map(|row| (text(row, "path"), text(row, "code")))
        .collect()
}

/// How often a flag was raised.
pub fn flagged(report: &Value, code: &str) -> u64 {
    report["flag_counts"][code].as_u64().unwrap_or_default()
}
