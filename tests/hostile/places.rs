//! Rows 18 to 20: what lies in a folder besides files, strange names, and sources that change.

#![cfg(unix)]

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

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
