//! The promises of `docs/promises.md`: each names tests that exist, and those about a whole review are tried here.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::place::{Place, Ran, root};

/// What a row of the table says: a promise, the tests that hold it, and the files they stand in.
struct Row {
    promise: String,
    tests: Vec<String>,
    files: Vec<String>,
}

/// The names between backticks.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn rows() -> Vec<Row> {
    let page = fs::read_to_string(root().join("docs/promises.md")).expect("the page of promises");
    page.lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.strip_prefix('|')?.strip_suffix('|')?.split(" | ").collect();
            let [promise, tests, files] = cells.as_slice() else {
                return None;
            };
            let tests = quoted(tests);
            (!tests.is_empty()).then(|| Row {
                promise: promise.trim().to_owned(),
                tests,
                files: quoted(files),
            })
        })
        .collect()
}

/// Whether a source declares a test of this name: a function, or a title.
fn declares(path: &str, source: &str, name: &str) -> bool {
    if path.ends_with(".rs") {
        return source.contains(&format!("fn {name}("));
    }
    ["\"", "'", "`"]
        .iter()
        .any(|before| source.contains(&format!("{before}{name}")))
}

#[test]
fn every_promise_names_tests_that_exist_and_every_row_of_hostile_inputs_has_one() {
    let rows = rows();
    assert!(rows.len() > 60, "{} rows", rows.len());
    let mut missing = Vec::new();
    for row in &rows {
        let sources: Vec<(&String, String)> = row
            .files
            .iter()
            .map(|path| (path, fs::read_to_string(root().join(path)).unwrap_or_default()))
            .collect();
        for test in &row.tests {
            if !sources.iter().any(|(path, source)| declares(path, source, test)) {
                missing.push(format!("{}: {test} is in none of {:?}", row.promise, row.files));
            }
        }
        for (path, source) in &sources {
            if !row.tests.iter().any(|test| declares(path, source, test)) {
                missing.push(format!("{}: {path} holds none of its tests", row.promise));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    let inputs: BTreeSet<usize> = rows
        .iter()
        .filter_map(|row| row.promise.split_once(". ")?.0.parse().ok())
        .collect();
    assert_eq!(inputs, (1..=30).collect(), "a row for each hostile input");
}

/// The system calls that name a file or reach out, as strace groups them.
const TRACED: &str = "trace=%file,%network,ftruncate,fchmod,fchown,fallocate";

/// Runs a command under strace, or plainly where there is none, and adds what it traced.
fn traced(place: &Place, arguments: &[&str], trace: &mut String) -> Ran {
    let plain = place.command(arguments);
    let file = place.path("trace");
    let mut command = Command::new("strace");
    command
        .args(["-f", "-qq", "-s", "4096", "-e", TRACED, "-o"])
        .arg(&file);
    command.arg(plain.get_program()).args(plain.get_args());
    for (name, value) in plain.get_envs() {
        command.env(name, value.unwrap_or_default());
    }
    command.current_dir(place.path("")).stdin(Stdio::null());
    let output = command.output().expect("strace starts");
    *trace += &fs::read_to_string(&file).expect("a trace");
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
    .succeeded()
}

/// Calls that change what they name.
const CHANGING: [&str; 22] = [
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "rmdir",
    "mkdir",
    "mkdirat",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
    "truncate",
    "chmod",
    "fchmodat",
    "chown",
    "fchownat",
    "utimensat",
    "setxattr",
    "mknod",
    "mknodat",
    "creat",
];

/// Whether a line of a trace is a call that changes a file, or opens one to.
fn writes(line: &str) -> bool {
    // The process, then the call with its arguments.
    let call = line.split_once(' ').map_or(line, |(_, call)| call.trim_start());
    let name = call.split('(').next().unwrap_or_default();
    let to_write = ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND"]
        .iter()
        .any(|flag| call.contains(flag));
    ["open", "openat", "openat2"].contains(&name) && to_write || CHANGING.contains(&name)
}

/// A whole review on the command line: index, look, decide, gold, card, sign, release, verify.
fn review(place: &Place, trace: &mut String) {
    place.write(
        "letters/first.jsonl",
        "{\"id\": 1, \"text\": \"The heating broke in March and nobody came.\"}\n{\"id\": 2, \"text\": \"The lease says that they must.\"}\n",
    );
    place.write(
        "second.csv",
        "id,text\n3,\"A third letter, about the roof.\"\n4,And a fourth one\n",
    );
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(
        &mut encoder,
        b"{\"id\": 5, \"text\": \"The fifth is kept compressed.\"}\n",
    )
    .expect("written");
    place.write("third.jsonl.gz", encoder.finish().expect("finished"));
    fs::write(place.path("pass"), "correct horse battery staple\n").expect("a passphrase");
    fs::write(
        place.path("gate.toml"),
        "name = \"gate\"\n[duplication]\nmax_exact_rate = 0.5\n",
    )
    .expect("a contract");
    let mut run = |arguments: &[&str]| traced(place, arguments, trace);
    run(&["index", "data", "--dataset", "letters"]);
    run(&["report"]);
    let samples = run(&["samples"]).rows();
    run(&["duplicates", "--pairs"]);
    run(&["check", "--contract", "gate.toml"]);
    for (name, role) in [("Ilse", "curator"), ("Maria", "expert"), ("Lena", "lead")] {
        run(&["person", "add", name, "--role", role, "--actor", "Ilse"]);
    }
    run(&[
        "queue", "create", "--name", "q", "--size", "5", "--seed", "1", "--actor", "Ilse",
    ]);
    let digest = samples[0]["digest"].as_str().expect("a digest");
    let verdict = serde_json::json!({"sample": digest, "verdict": "approve", "origin": "human"});
    fs::write(place.path("verdicts.jsonl"), format!("{verdict}\n")).expect("a verdict");
    run(&["decide", "--queue", "q", "--actor", "Ilse", "verdicts.jsonl"]);
    run(&["evidence", "recompute"]);
    run(&["gold", "promote", digest, "--reason", "rare", "--actor", "Ilse"]);
    run(&["gold", "export", "--out", "gold.jsonl"]);
    run(&[
        "queue",
        "pack",
        "q",
        "--for",
        "Maria",
        "--actor",
        "Ilse",
        "--out",
        "maria.assaypack",
    ]);
    run(&["person", "key", "Lena", "--passphrase-file", "pass"]);
    run(&["card", "--dataset", "letters", "--out", "card"]);
    let sign = [
        "sign",
        "card",
        "--meaning",
        "fit to try",
        "--actor",
        "Lena",
        "--passphrase-file",
        "pass",
        "--json",
    ];
    let shown = place.run(&sign).json();
    let code = shown["reviewed"].as_str().expect("a code to confirm");
    run(&[&sign[..], &["--reviewed", code]].concat());
    run(&["verify", "card"]);
    run(&[
        "release",
        "--dataset",
        "letters",
        "--out",
        "release",
        "--actor",
        "Ilse",
    ]);
    run(&["log", "--export", "ledger.jsonl"]);
    run(&["verify"]);
    run(&["verify", "release"]);
    run(&["doctor"]);
    run(&["index", "data", "--dataset", "letters"]);
}

fn has_strace() -> bool {
    let found = Command::new("strace")
        .args(["-f", "true"])
        .stderr(Stdio::null())
        .status();
    let works = found.is_ok_and(|status| status.success());
    if !works {
        println!("SKIPPED: strace is not installed, or may not trace");
    }
    works
}

#[test]
fn promise_1_and_4_a_whole_review_opens_no_source_for_writing_and_reaches_for_no_network() {
    if !has_strace() {
        return;
    }
    let place = Place::new();
    let mut trace = String::new();
    review(&place, &mut trace);
    let data = place.data().display().to_string();
    let of_sources: Vec<&str> = trace
        .lines()
        .filter(|call| call.contains(&format!("\"{data}")) || call.contains("\"data/"))
        .collect();
    let opened = of_sources
        .iter()
        .filter(|call| call.contains("O_RDONLY") && call.contains(".jsonl"))
        .count();
    assert!(opened >= 2, "the sources were read under strace: {opened}");
    let elsewhere = trace.lines().filter(|call| writes(call)).count();
    assert!(elsewhere > 50, "writing elsewhere is seen: {elsewhere}");
    let changed: Vec<&&str> = of_sources.iter().filter(|call| writes(call)).collect();
    assert!(changed.is_empty(), "{changed:#?}");
    let outside: Vec<&str> = trace
        .lines()
        .filter(|call| call.contains("AF_INET") || call.contains("AF_NETLINK") || call.contains("AF_PACKET"))
        .collect();
    assert!(outside.is_empty(), "{outside:#?}");
    println!(
        "{} calls traced, {} of them name a source, none writes to it; no socket",
        trace.lines().count(),
        of_sources.len()
    );
}

#[test]
#[cfg(target_os = "linux")]
fn a_ledger_on_a_network_file_system_is_refused_before_anything_is_made_there() {
    let place = Place::new();
    place.write("one.jsonl", "{\"text\": \"a line of text\"}\n");
    let (shared, mounts) = (place.path(""), place.path("mountinfo"));
    let table = format!(
        "21 1 8:1 / / rw - ext4 /dev/sda1 rw\n40 21 0:45 / {} rw - nfs4 server:/export rw\n",
        fs::canonicalize(&shared).expect("a folder").display()
    );
    fs::write(&mounts, table).expect("a table of mounts");
    let plain = place.command(&["index", "data", "--dataset", "test"]);
    let mut command = Command::new("unshare");
    command
        .args(["--mount", "--map-root-user", "sh", "-c"])
        .arg("mount --bind \"$0\" /proc/$$/mountinfo || exit 77; exec \"$@\"")
        .arg(&mounts)
        .arg(plain.get_program())
        .args(plain.get_args())
        .current_dir(&shared)
        .env("ASSAY_HOME", place.path("home"));
    let output = match command.output() {
        Ok(output) if output.status.code() != Some(77) && !stderr(&output).contains("unshare") => output,
        _ => {
            println!("SKIPPED: no table of mounts can be put in place here");
            return;
        }
    };
    let said = stderr(&output);
    assert!(
        said.contains("error[not_allowed]") && said.contains("network file system (nfs4)"),
        "{said}"
    );
    assert!(
        !place.path("test.assay/ledger.db").exists(),
        "nothing is made there"
    );
}

fn stderr(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn nothing_offers_to_delete_a_workspace_or_to_start_it_again() {
    let place = Place::new();
    let help =
        place.run(&["--help"]).succeeded().stdout + &place.run(&["doctor", "--help"]).succeeded().stdout;
    for word in ["--force", "--reset", "--recreate", "start again", "start over"] {
        assert!(!help.contains(word), "the command line offers {word}");
    }
    place.write("one.jsonl", "{\"text\": \"a line of text\"}\n");
    place.index(&[&place.data()], None);
    place
        .run(&["person", "add", "Ilse", "--role", "lead"])
        .succeeded();
    let ledger = place.path("test.assay/ledger.db");
    for damage in [Damage::Gone, Damage::Empty, Damage::Other] {
        let whole = fs::read(&ledger).expect("the ledger");
        damage.done_to(&ledger);
        for arguments in [
            &["index", "data", "--dataset", "test"][..],
            &["person", "add", "Maria", "--role", "expert"],
            &["log"],
        ] {
            let ran = place.run(arguments);
            assert_eq!(ran.code, 4, "{damage:?} {arguments:?}: {ran:?}");
            assert!(ran.stderr.contains("workspace_damaged"), "{damage:?}: {ran:?}");
        }
        place.run(&["doctor", "--restore"]).succeeded();
        let entries = place.run(&["log"]).succeeded().rows();
        assert_eq!(entries.len(), 1, "{damage:?}: it is back");
        assert!(!whole.is_empty());
    }
    let aside = place.path("test.assay/damaged");
    let kept = fs::read_dir(&aside).expect("what was damaged is kept").count();
    assert!(kept >= 2, "{kept}");
}

#[derive(Clone, Copy, Debug)]
enum Damage {
    Gone,
    Empty,
    Other,
}

impl Damage {
    fn done_to(self, ledger: &Path) {
        for ending in ["-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{ending}", ledger.display()));
        }
        match self {
            Self::Gone => fs::remove_file(ledger),
            Self::Empty => fs::write(ledger, ""),
            Self::Other => fs::write(ledger, "a letter, and no database"),
        }
        .expect("it can be damaged");
    }
}
