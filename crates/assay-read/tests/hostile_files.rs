//! Bad files are refused by name and stop nothing: compressed streams, links, pipes, changes, made here.

mod support;

use std::io::Write;

use assay_model::{Code, Task, Value};
use assay_read::{Found, Limits, walk};
use support::{Folder, read, read_with, source};

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn lines(from: usize, to: usize) -> String {
    (from..to)
        .map(|number| format!("{{\"text\":\"record number {number}\"}}\n"))
        .collect()
}

#[test]
fn all_members_are_read_and_garbage_behind_them_is_flagged() {
    let folder = Folder::new();
    let mut bytes = gzip(lines(0, 500).as_bytes());
    bytes.extend(gzip(lines(500, 1000).as_bytes()));
    let reading = read(&folder.file("a.jsonl.gz", &bytes)).unwrap();
    assert_eq!(
        (reading.summary.indexed, reading.flag_codes()),
        (1000, vec![Code::SeveralMembers])
    );
    bytes.extend(b"garbage!");
    let reading = read(&folder.file("b.jsonl.gz", &bytes)).unwrap();
    assert_eq!(
        (reading.summary.indexed, reading.flag_codes()),
        (1000, vec![Code::TrailingGarbage])
    );
    assert_eq!(reading.summary.digest, assay_model::Digest::of(&bytes));
    let mut frames = zstd::encode_all(lines(0, 500).as_bytes(), 1).unwrap();
    frames.extend(zstd::encode_all(lines(500, 1000).as_bytes(), 1).unwrap());
    frames.extend(b"!");
    let reading = read(&folder.file("c.jsonl.zst", &frames)).unwrap();
    assert_eq!(
        (reading.summary.indexed, reading.flag_codes()),
        (1000, vec![Code::TrailingGarbage])
    );
}

#[test]
fn rows_before_the_cut_of_a_compressed_stream_are_kept() {
    let folder = Folder::new();
    let noise: String = (0..20_000_u64)
        .map(|n| {
            format!(
                "{{\"text\":\"record {}\"}}\n",
                n.wrapping_mul(0x9E37_79B9_7F4A_7C15)
            )
        })
        .collect();
    for (name, bytes) in [
        ("a.jsonl.gz", gzip(noise.as_bytes())),
        ("b.jsonl.zst", zstd::encode_all(noise.as_bytes(), 1).unwrap()),
    ] {
        let reading = read(&folder.file(name, &bytes[..bytes.len() / 2])).unwrap();
        assert!(
            reading.summary.indexed > 1000 && reading.summary.indexed < 19_000,
            "{name}"
        );
        assert!(reading.flag_codes().contains(&Code::StreamCutOff), "{name}");
        assert!(reading.summary.quarantined <= 1, "{name}");
    }
    let table = format!("text,n\n{}", "some words,1\n".repeat(50_000));
    let bytes = gzip(table.as_bytes());
    let reading = read(&folder.file("c.csv.gz", &bytes[..bytes.len() - 12])).unwrap();
    assert!(
        reading
            .samples
            .iter()
            .all(|(record, _)| record.value.get("n") == Some(&Value::Text("1".into())))
    );
}

#[test]
fn bombs_stop_at_the_budget_and_large_windows_are_refused_with_a_remedy() {
    let folder = Folder::new();
    let limits = Limits {
        ratio_grace: 1 << 20,
        ..Limits::default()
    };
    let bomb = gzip(&vec![b' '; 64 << 20]);
    let fault = read_with(&folder.file("a.jsonl.gz", &bomb), None, &limits)
        .err()
        .unwrap();
    assert_eq!(fault.code, Code::ExpansionLimit);
    let limits = Limits {
        file_bytes: 8 << 20,
        ..Limits::default()
    };
    let fault = read_with(&folder.file("b.jsonl.gz", &bomb), None, &limits)
        .err()
        .unwrap();
    assert_eq!(fault.code, Code::FileTooLarge);
    // A frame header that declares a window of 2^31 bytes (RFC 8878, 3.1.1.1.2).
    let window = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xA8, 0x01, 0x00, 0x00];
    let fault = read(&folder.file("c.jsonl.zst", window)).err().unwrap();
    assert_eq!(fault.code, Code::WindowTooLarge, "{fault}");
    let mut damaged = gzip(lines(0, 5000).as_bytes());
    let checksum = damaged.len() - 8;
    damaged[checksum] ^= 0xFF;
    let fault = read(&folder.file("d.jsonl.gz", damaged)).err().unwrap();
    assert_eq!(fault.code, Code::DamagedArchive, "{fault}");
}

#[test]
fn what_is_no_data_is_refused_by_name() {
    let folder = Folder::new();
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n";
    for (name, bytes, code) in [
        ("a.jsonl.gz", pointer.as_bytes(), Code::GitLfsPointer),
        ("b.pkl", b"\x80\x04\x95", Code::NeverLoaded),
        ("c.data", b"\x80\x04\x95....", Code::NeverLoaded),
        ("d.ipynb", b"{\"cells\": []}", Code::NeverLoaded),
        ("e.py", b"print()", Code::NeverLoaded),
        ("f.zip", b"PK\x03\x04", Code::UnknownFormat),
        ("g.bin", b"\0\x01\x02\x03\0\0\0\0", Code::UnknownFormat),
        ("h.jsonl.parquet", b"PARE....PARE", Code::EncryptedFile),
        ("i.parquet", b"PAR1....", Code::DamagedFile),
        ("j.arrow", b"ARROW1\0\0....", Code::DamagedFile),
        (
            "k.arrow",
            b"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F....",
            Code::DamagedFile,
        ),
        (
            "state.json",
            b"{\"_data_files\": [], \"_fingerprint\": \"x\"}",
            Code::UnknownFormat,
        ),
        (
            "LICENSE",
            b"Permission is hereby granted,\nfree of charge, to any person, etc.\n",
            Code::UnknownFormat,
        ),
    ] {
        let fault = read(&folder.file(name, bytes))
            .err()
            .unwrap_or_else(|| panic!("{name} was read"));
        assert_eq!((fault.code, fault.path.as_deref()), (code, Some(name)), "{fault}");
        assert!(!fault.remedy.is_empty(), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn links_pipes_and_devices_are_refused_by_name_and_nothing_hangs() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let folder = Folder::new();
    let root = folder.path();
    folder.file("real.jsonl", "{\"text\":\"a\"}\n");
    std::fs::create_dir(root.join("empty.jsonl")).unwrap();
    std::fs::create_dir(root.join(".git")).unwrap();
    std::fs::write(root.join(".git/config.json"), "{}").unwrap();
    std::fs::create_dir(root.join("my.assay")).unwrap();
    std::fs::write(root.join("my.assay/x.json"), "{}").unwrap();
    symlink("loop", root.join("loop")).unwrap();
    symlink("..", root.join("up")).unwrap();
    symlink("/etc/hostname", root.join("out.jsonl")).unwrap();
    symlink("/dev/zero", root.join("zero.jsonl")).unwrap();
    let pipe = std::ffi::CString::new(root.join("pipe.jsonl").as_os_str().as_bytes()).unwrap();
    assert!(
        std::process::Command::new("mkfifo")
            .arg(pipe.to_str().unwrap())
            .status()
            .unwrap()
            .success()
    );
    std::fs::write(
        root.join(std::ffi::OsStr::from_bytes(b"m\xE9d.jsonl")),
        "{\"text\":\"b\"}\n",
    )
    .unwrap();
    let found = walk(&[root.to_owned()], &Task::silent()).unwrap();
    let listed: Vec<(String, Option<Code>)> = found
        .iter()
        .map(|found| match found {
            Found::File(file) => (file.relative.clone(), None),
            Found::Refused(refusal) => (refusal.path.clone(), Some(refusal.code)),
            Found::Release(release) => panic!("no release is here: {release:?}"),
        })
        .collect();
    let refused = |name: &str, code| (name.to_owned(), Some(code));
    assert_eq!(
        listed,
        [
            refused("empty.jsonl", Code::NotRegular),
            refused("loop", Code::SymlinkLoop),
            ("m\\xE9d.jsonl".to_owned(), None),
            refused("out.jsonl", Code::SymlinkNotFollowed),
            refused("pipe.jsonl", Code::NotRegular),
            ("real.jsonl".to_owned(), None),
            refused("up", Code::SymlinkLoop),
            refused("zero.jsonl", Code::SymlinkNotFollowed),
        ]
    );
    let mut file = source(&root.join("real.jsonl"));
    file.path = root.join("pipe.jsonl");
    let refusal = assay_read::read_file(&file, None, &Limits::default(), &Task::silent(), &mut |_| Ok(()));
    assert_eq!(refusal.unwrap_err().code, Code::NotRegular);
    let named = found.iter().find_map(|found| match found {
        Found::File(file) if file.relative.starts_with('m') => Some(file.clone()),
        _ => None,
    });
    let named = named.unwrap();
    let reading = read(&named.path).unwrap();
    assert_eq!(reading.flag_codes(), [Code::UnreadableName]);
    let carried = serde_json::to_string(&named).unwrap();
    assert_eq!(
        serde_json::from_str::<assay_read::SourceFile>(&carried).unwrap(),
        named
    );
}

#[test]
fn a_file_that_changes_or_goes_while_it_is_read_is_refused() {
    let folder = Folder::new();
    let path = folder.file("a.jsonl", lines(0, 1000));
    let file = source(&path);
    for change in ["grow", "remove"] {
        let mut touched = false;
        let result = assay_read::read_file(&file, None, &Limits::default(), &Task::silent(), &mut |_| {
            if !std::mem::replace(&mut touched, true) {
                match change {
                    "grow" => {
                        let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
                        file.write_all(b"{}\n").unwrap();
                    }
                    _ => std::fs::remove_file(&path).unwrap(),
                }
            }
            Ok(())
        });
        assert_eq!(result.unwrap_err().code, Code::ChangedWhileRead, "{change}");
    }
    let gone = assay_read::read_file(&file, None, &Limits::default(), &Task::silent(), &mut |_| Ok(()));
    assert_eq!(gone.unwrap_err().code, Code::NotFound);
}

#[test]
fn a_changed_source_is_told_not_shown() {
    let folder = Folder::new();
    let path = folder.file("a.jsonl", lines(0, 10));
    let reading = read(&path).unwrap();
    std::fs::write(&path, "{\"text\":\"x\"}").unwrap();
    let mut rereader = assay_read::Rereader::open(&path, &reading.summary.shape, &Limits::default()).unwrap();
    let fault = rereader
        .record(&reading.samples[9].0.locator.unwrap())
        .unwrap_err();
    assert_eq!(fault.code, Code::SourceChanged);
}

#[test]
fn a_cancelled_task_stops_reading() {
    let folder = Folder::new();
    let file = source(&folder.file("a.jsonl", lines(0, 100)));
    let task = Task::silent();
    task.cancel();
    let result = assay_read::read_file(&file, None, &Limits::default(), &task, &mut |_| Ok(()));
    assert_eq!(result.unwrap_err().code, Code::Cancelled);
}
