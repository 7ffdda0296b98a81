//! Rows 18 to 20 and 24: what lies in a folder besides files, strange names, what is never loaded, and sources that change.

#![cfg(unix)]

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

use std::sync::atomic::{AtomicBool, Ordering};

use crate::place::{Place, number, refused};

const LINE: &str = "{\"text\": \"A line of text that says enough.\"}\n";

#[test]
fn row_18_loops_pipes_devices_and_folders_named_like_data_do_not_hang() {
    let place = Place::new();
    place.write("good.jsonl", LINE);
    let data = place.data();
    symlink(&data, data.join("loop")).expect("a link");
    symlink("/etc", data.join("out")).expect("a link");
    symlink("/dev/zero", data.join("zero.jsonl")).expect("a link");
    let pipe = Command::new("mkfifo")
        .arg(data.join("pipe.jsonl"))
        .status()
        .expect("mkfifo runs");
    assert!(pipe.success());
    std::fs::create_dir(data.join("folder.jsonl")).expect("a folder");
    place.write("folder.jsonl/inside.jsonl", LINE.replace("enough", "more"));
    let report = place.index_twice(None);
    assert_eq!(number(&report, "/samples/indexed"), 2);
    let codes = refused(&report);
    let code = |name: &str| {
        codes
            .iter()
            .find(|(path, _)| path == name)
            .map(|(_, code)| code.as_str())
    };
    assert_eq!(code("pipe.jsonl"), Some("not_regular"));
    for link in ["loop", "out", "zero.jsonl"] {
        assert!(
            matches!(
                code(link),
                Some("symlink_not_followed" | "symlink_loop" | "not_regular")
            ),
            "{link}: {codes:?}"
        );
    }
    assert_eq!(
        number(&report, "/files/seen"),
        number(&report, "/files/read") + codes.len() as u64
    );
}

#[test]
fn row_18_a_device_given_by_name_is_refused() {
    let place = Place::new();
    let ran = place.try_index(&[std::path::Path::new("/dev/zero")], None);
    assert_eq!(ran.code, 3, "{ran:?}");
}

#[test]
fn row_19_strange_names_are_shown_escaped_everywhere() {
    let place = Place::new();
    let names: [&[u8]; 5] = [
        b"new\nline.jsonl",
        "bidi\u{202e}lnosj.jsonl".as_bytes(),
        b"bad\xff\xfe.jsonl",
        b"<img onerror=x>.jsonl",
        b"bell\x07\x1b[31m.jsonl",
    ];
    place.write("plain.jsonl", LINE);
    for (number, name) in names.iter().enumerate() {
        let text = LINE.replace("enough", &format!("enough {number}"));
        std::fs::write(place.data().join(OsStr::from_bytes(name)), text)
            .expect("the file system takes the name");
        let broken = [b"broken-".as_slice(), name].concat();
        std::fs::write(place.data().join(OsStr::from_bytes(&broken)), "{oops\n")
            .expect("the file system takes the name");
    }
    let report = place.index_twice(None);
    assert_eq!(
        (
            number(&report, "/samples/indexed"),
            number(&report, "/samples/quarantined")
        ),
        (6, 5)
    );
    for arguments in [
        &["report"][..],
        &["report", "--format", "html"],
        &["samples"],
        &["samples", "--quarantined"],
    ] {
        let shown = place.run(arguments).succeeded().stdout;
        for raw in ["\u{202e}", "\u{7}", "\u{1b}", "<img onerror", "new\nline"] {
            let escaped_by_json = raw == "<img onerror" && !arguments.contains(&"html");
            assert!(
                escaped_by_json || !shown.contains(raw),
                "{arguments:?} shows {raw:?} as it is"
            );
        }
    }
    let paths: Vec<String> = place
        .samples("")
        .iter()
        .map(|row| row["path"].as_str().expect("a path").to_owned())
        .collect();
    assert!(paths.iter().any(|path| path.contains("\\xFF")), "{paths:?}");
}

#[test]
fn row_20_a_file_without_permission_is_refused_by_name() {
    let place = Place::new();
    place.write("good.jsonl", LINE);
    let closed = place.write("closed.jsonl", LINE);
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).expect("permissions");
    if std::fs::File::open(&closed).is_ok() {
        println!("SKIPPED: this user may read everything, whatever the permissions");
        return;
    }
    let report = place.index(&[&place.data()], None);
    assert_eq!(
        refused(&report),
        [("closed.jsonl".to_owned(), "no_permission".to_owned())]
    );
    assert_eq!(number(&report, "/samples/indexed"), 1);
}

#[test]
fn row_20_a_source_that_changed_since_is_never_shown_as_what_was_indexed() {
    let place = Place::new();
    let kept = place.write("kept.jsonl", LINE);
    let changed = place.write(
        "changed.jsonl",
        "{\"text\": \"It said this when it was read.\"}\n",
    );
    let removed = place.write(
        "removed.jsonl",
        "{\"text\": \"This file will be gone by then.\"}\n",
    );
    place.index(&[&place.data()], None);
    std::fs::write(&changed, "{\"text\": \"It said that when it was shown\"}\n").expect("written");
    std::fs::remove_file(&removed).expect("removed");
    let ran = place.run(&["samples"]);
    let shown = ran.stdout.clone() + &ran.stderr;
    assert!(!shown.contains("It said that"), "{ran:?}");
    assert!(shown.contains("source_changed"), "{ran:?}");
    let report = place.index(&[&place.data()], None);
    assert_eq!(number(&report, "/samples/indexed"), 2);
    assert_eq!(number(&report, "/snapshot"), 2);
    assert!(kept.is_file());
}

#[test]
fn row_18_links_that_loop_and_links_given_by_name_are_told() {
    let place = Place::new();
    place.write("good.jsonl", LINE);
    symlink("second", place.data().join("first")).expect("a link");
    symlink("first", place.data().join("second")).expect("a link");
    symlink("itself", place.data().join("itself")).expect("a link");
    symlink("gone", place.data().join("dangling")).expect("a link");
    let report = place.index_twice(None);
    assert_eq!(number(&report, "/samples/indexed"), 1);
    for link in ["first", "second", "itself"] {
        assert!(
            refused(&report).contains(&(link.to_owned(), "symlink_loop".to_owned())),
            "{link}: {report}"
        );
    }
    assert_eq!(refused(&report).len(), 4);
    for link in ["data/first", "data/itself"] {
        let ran = place.try_index(&[&place.path(link)], None);
        assert_eq!(
            (ran.code, ran.error_code().as_str()),
            (3, "nothing_read"),
            "{link}"
        );
        assert!(ran.stdout.contains("symlink_loop"), "{ran:?}");
    }
}

#[test]
fn row_20_a_file_that_grows_while_it_is_read_is_refused_and_its_neighbours_are_read() {
    let place = Place::new();
    place.write("still.jsonl", LINE);
    let lines: String = (0..60_000)
        .map(|n| format!("{{\"text\": \"Line {n} of a file that somebody still writes to.\"}}\n"))
        .collect();
    let growing = place.write("growing.jsonl", lines);
    let is_done = AtomicBool::new(false);
    let report = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = std::fs::File::options()
                .append(true)
                .open(&growing)
                .expect("the file");
            // Sixty megabytes a second: faster than it is read, and still small when its reading begins.
            let many = LINE.repeat((60 << 10) / LINE.len());
            for _ in 0..60_000 {
                if is_done.load(Ordering::Relaxed) {
                    return;
                }
                std::io::Write::write_all(&mut file, many.as_bytes()).expect("written");
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
        });
        let report = place.index(&[&place.data()], None);
        is_done.store(true, Ordering::Relaxed);
        report
    });
    assert_eq!(
        refused(&report),
        [("growing.jsonl".to_owned(), "changed_while_read".to_owned())]
    );
    assert_eq!(number(&report, "/samples/indexed"), 1);
}

#[test]
fn row_20_a_source_that_was_cut_off_since_is_told_for_each_sample_behind_the_cut() {
    let place = Place::new();
    let lines: String = (0..10)
        .map(|n| format!("{{\"text\": \"Line {n} of the file as it was.\"}}\n"))
        .collect();
    let path = place.write("cut.jsonl", &lines);
    place.index(&[&place.data()], None);
    std::fs::write(&path, &lines[..lines.len() / 2]).expect("written");
    let ran = place.run(&["samples"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let stale = ran
        .rows()
        .iter()
        .filter(|row| row.to_string().contains("source_changed"))
        .count();
    assert!((5..=10).contains(&stale), "{stale} of 10 are told as changed");
}

#[test]
fn row_24_what_could_run_is_never_loaded_whatever_its_name() {
    let place = Place::new();
    place.write("good.jsonl", LINE);
    let owned = place.path("owned");
    // A pickle that would make a file: posix.system("touch …").
    let call = format!("touch {}", owned.display());
    let pickle = [
        b"\x80\x04cposix\nsystem\n(V".as_slice(),
        call.as_bytes(),
        b"\ntR.",
    ]
    .concat();
    for name in [
        "model.pkl",
        "model.pt",
        "model.bin",
        "records.jsonl",
        "records.parquet",
    ] {
        place.write(name, &pickle);
    }
    place.write("load.py", format!("import os\nos.system('{call}')\n"));
    place.write(
        "notebook.ipynb",
        format!("{{\"cells\": [{{\"cell_type\": \"code\", \"source\": [\"!{call}\"]}}], \"nbformat\": 4}}"),
    );
    place.write(
        "weights.safetensors",
        b"\x10\0\0\0\0\0\0\0{\"a\": {\"dtype\": 1}}".as_slice(),
    );
    place.write("array.npy", b"\x93NUMPY\x01\x00 and so on".as_slice());
    let report = place.index_twice(None);
    assert_eq!(number(&report, "/samples/indexed"), 1);
    let codes = refused(&report);
    assert_eq!(codes.len(), 9, "each is listed as not read: {codes:?}");
    assert!(codes.iter().all(|(_, code)| code == "never_loaded"), "{codes:?}");
    assert!(!owned.exists(), "nothing was run");
}
