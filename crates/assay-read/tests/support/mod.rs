//! Reading a file in a test: everything it gave, held together.
#![allow(dead_code)]

use std::path::{Path, PathBuf};

use assay_model::{Code, Fault, FieldMap, Flag, MappedSample, Quarantine, Task};
use assay_read::{Event, FileSummary, Found, Limits, Record, Rereader, SourceFile, read_file, walk};

pub struct Reading {
    pub summary: FileSummary,
    pub samples: Vec<(Record, MappedSample)>,
    pub quarantine: Vec<Quarantine>,
    pub flags: Vec<Flag>,
    pub recognised: Option<FieldMap>,
}

impl Reading {
    pub fn flag_codes(&self) -> Vec<Code> {
        self.flags.iter().map(|flag| flag.code).collect()
    }

    pub fn texts(&self) -> Vec<String> {
        self.samples
            .iter()
            .map(|(_, sample)| sample.parts[0].text.clone())
            .collect()
    }
}

pub fn source(path: &Path) -> SourceFile {
    match walk(&[path.to_owned()], &Task::silent()).unwrap().remove(0) {
        Found::File(file) => file,
        other => panic!("no file: {other:?}"),
    }
}

pub fn read_with(path: &Path, map: Option<&FieldMap>, limits: &Limits) -> Result<Reading, Fault> {
    let file = source(path);
    let (mut samples, mut quarantine, mut flags, mut recognised) = (Vec::new(), Vec::new(), Vec::new(), None);
    let summary = read_file(&file, map, limits, &Task::silent(), &mut |event| {
        match event {
            Event::Sample { record, sample } => samples.push((record, sample)),
            Event::Quarantine(row) => quarantine.push(row),
            Event::Flag(flag) => flags.push(flag),
            Event::Mapped { map, .. } => recognised = Some(map.clone()),
            Event::Shape(_) | Event::Progress { .. } => {}
        }
        Ok(())
    })?;
    assert_eq!(
        summary.seen,
        summary.indexed + summary.quarantined,
        "seen = indexed + quarantined"
    );
    assert_eq!(summary.indexed, samples.len() as u64);
    assert_eq!(summary.quarantined, quarantine.len() as u64);
    let reading = Reading {
        summary,
        samples,
        quarantine,
        flags,
        recognised,
    };
    check_rereading(path, &reading, limits);
    Ok(reading)
}

pub fn read(path: &Path) -> Result<Reading, Fault> {
    read_with(path, None, &Limits::default())
}

pub fn read_mapped(path: &Path, map: &str) -> Result<Reading, Fault> {
    let map = assay_read::parse_map(map, "map.toml").unwrap();
    read_with(path, Some(&map), &Limits::default())
}

/// Every record with a locator is found again as it was.
fn check_rereading(path: &Path, reading: &Reading, limits: &Limits) {
    let mut rereader = Rereader::open(path, &reading.summary.shape, limits).unwrap();
    for (record, _) in &reading.samples {
        if let Some(locator) = &record.locator {
            let (value, written) = rereader.record(locator).unwrap();
            assert_eq!(value, record.value, "record {}", record.ordinal);
            assert_eq!(
                written.as_ref(),
                record.written.as_deref(),
                "record {}",
                record.ordinal
            );
        }
    }
}

pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }
}
