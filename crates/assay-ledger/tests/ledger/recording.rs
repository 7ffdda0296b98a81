//! What a process wrote, synced and named, read from a trace of its system calls, and what a power cut could leave of it.
//!
//! Every sector of 512 bytes that was written and not synced is kept, dropped or garbage, each by the dice. Names that were made
//! or taken away and not synced are kept up to some moment. What was synced stays.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::effort::Dice;

const SECTOR: usize = 512;

/// The system calls that matter.
pub const CALLS: &str =
    "openat,write,pwrite64,fsync,fdatasync,ftruncate,rename,renameat,renameat2,unlink,unlinkat";

/// One thing that a process did in the folder, or said.
#[derive(Clone, Debug)]
pub enum Step {
    Open {
        path: PathBuf,
        makes: bool,
        empties: bool,
    },
    /// At an offset, or at the end where there is none.
    Write {
        path: PathBuf,
        at: Option<usize>,
        bytes: Vec<u8>,
    },
    Truncate {
        path: PathBuf,
        length: usize,
    },
    Sync {
        path: PathBuf,
    },
    Rename {
        from: PathBuf,
        to: PathBuf,
    },
    Unlink {
        path: PathBuf,
    },
    Said(String),
}

/// Reads the steps of a trace that succeeded and concern files under `folder`.
pub fn steps(trace: &str, folder: &Path) -> Vec<Step> {
    trace.lines().filter_map(|line| step(line, folder)).collect()
}

fn step(line: &str, folder: &Path) -> Option<Step> {
    assert!(
        !line.contains("<unfinished"),
        "two calls at once cannot be put in order: {line}"
    );
    let (_, call) = line.split_once(' ')?;
    let (name, rest) = call.trim_start().split_once('(')?;
    let (arguments, result) = rest.rsplit_once(" = ")?;
    if result.starts_with('-') {
        return None;
    }
    let inside = |path: &str| {
        let path = PathBuf::from(String::from_utf8(unescaped(path)).ok()?);
        path.starts_with(folder).then_some(path)
    };
    let of_descriptor = || inside(arguments.split_once('<')?.1.split_once('>')?.0);
    let text = |number: usize| arguments.split('"').nth(number * 2 + 1);
    let last_number = || arguments.trim_end_matches(')').rsplit(", ").next()?.parse().ok();
    match name {
        "openat" => Some(Step::Open {
            path: inside(text(0)?)?,
            makes: arguments.contains("O_CREAT"),
            empties: arguments.contains("O_TRUNC"),
        }),
        "write" if arguments.starts_with("1<") => Some(Step::Said(
            String::from_utf8_lossy(&unescaped(text(0)?)).into_owned(),
        )),
        "write" | "pwrite64" => Some(Step::Write {
            path: of_descriptor()?,
            at: if name == "pwrite64" {
                Some(last_number()?)
            } else {
                None
            },
            bytes: unescaped(text(0)?),
        }),
        "fsync" | "fdatasync" => Some(Step::Sync {
            path: of_descriptor()?,
        }),
        "ftruncate" => Some(Step::Truncate {
            path: of_descriptor()?,
            length: last_number()?,
        }),
        "rename" | "renameat" | "renameat2" => Some(Step::Rename {
            from: inside(text(0)?)?,
            to: inside(text(1)?)?,
        }),
        "unlink" | "unlinkat" => Some(Step::Unlink {
            path: inside(text(0)?)?,
        }),
        _ => None,
    }
}

/// strace with `-xx` writes every byte as `\xNN`.
fn unescaped(text: &str) -> Vec<u8> {
    text.split("\\x")
        .skip(1)
        .map(|digits| u8::from_str_radix(&digits[..2], 16).unwrap())
        .collect()
}

/// Whether the disk does what it is told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Drive {
    Honest,
    /// Says that it has synced and has not: a control that must lose what was acknowledged.
    Lying,
}

#[derive(Clone, Default)]
struct Content {
    synced: Vec<u8>,
    pending: Vec<Change>,
    /// As the process sees it.
    length: usize,
}

#[derive(Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Truncate(usize),
}

#[derive(Clone)]
enum Naming {
    Make(PathBuf, usize),
    Rename(PathBuf, PathBuf),
    Unlink(PathBuf),
}

/// The disk under a folder while the steps are replayed.
#[derive(Clone)]
pub struct Disk {
    drive: Drive,
    contents: Vec<Content>,
    seen: BTreeMap<PathBuf, usize>,
    synced: BTreeMap<PathBuf, usize>,
    pending: Vec<Naming>,
    pub said: String,
}

impl Disk {
    /// A disk that holds what lies in the folder, all of it synced.
    pub fn holding(folder: &Path, drive: Drive) -> Self {
        let mut disk = Self {
            drive,
            contents: Vec::new(),
            seen: BTreeMap::new(),
            synced: BTreeMap::new(),
            pending: Vec::new(),
            said: String::new(),
        };
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let synced = fs::read(&path).unwrap();
                let length = synced.len();
                disk.contents.push(Content {
                    synced,
                    pending: Vec::new(),
                    length,
                });
                disk.seen.insert(path, disk.contents.len() - 1);
            }
        }
        disk.synced = disk.seen.clone();
        disk
    }

    /// The same disk under another folder's name.
    pub fn moved(mut self, from: &Path, to: &Path) -> Self {
        let renamed = |names: &BTreeMap<PathBuf, usize>| {
            names
                .iter()
                .map(|(path, number)| (to.join(path.strip_prefix(from).unwrap()), *number))
                .collect()
        };
        (self.seen, self.synced) = (renamed(&self.seen), renamed(&self.synced));
        self
    }

    pub fn does(&mut self, step: &Step) {
        match step {
            Step::Said(text) => self.said.push_str(text),
            Step::Open { path, makes, empties } => self.open(path, *makes, *empties),
            Step::Write { path, at, bytes } => {
                if let Some(content) = self.content(path) {
                    let at = at.unwrap_or(content.length);
                    content.length = content.length.max(at + bytes.len());
                    content.pending.push(Change::Write(at, bytes.clone()));
                }
            }
            Step::Truncate { path, length } => {
                if let Some(content) = self.content(path) {
                    content.length = *length;
                    content.pending.push(Change::Truncate(*length));
                }
            }
            Step::Sync { path } if self.drive == Drive::Honest => self.sync(path),
            Step::Sync { .. } => {}
            Step::Rename { from, to } => {
                if let Some(number) = self.seen.remove(from) {
                    self.seen.insert(to.clone(), number);
                    self.pending.push(Naming::Rename(from.clone(), to.clone()));
                }
            }
            Step::Unlink { path } => {
                self.seen.remove(path);
                self.pending.push(Naming::Unlink(path.clone()));
            }
        }
    }

    fn content(&mut self, path: &Path) -> Option<&mut Content> {
        let number = *self.seen.get(path)?;
        self.contents.get_mut(number)
    }

    fn open(&mut self, path: &Path, makes: bool, empties: bool) {
        if !self.seen.contains_key(path) && makes {
            self.contents.push(Content::default());
            let number = self.contents.len() - 1;
            self.seen.insert(path.to_owned(), number);
            self.pending.push(Naming::Make(path.to_owned(), number));
        }
        if let (true, Some(content)) = (empties, self.content(path)) {
            content.length = 0;
            content.pending.push(Change::Truncate(0));
        }
    }

    fn sync(&mut self, path: &Path) {
        if let Some(content) = self.content(path) {
            for change in std::mem::take(&mut content.pending) {
                match change {
                    Change::Write(at, bytes) => put(&mut content.synced, at, &bytes),
                    Change::Truncate(length) => content.synced.resize(length, 0),
                }
            }
            return;
        }
        // A folder: the names in it.
        let (done, open): (Vec<_>, Vec<_>) = std::mem::take(&mut self.pending)
            .into_iter()
            .partition(|naming| naming.path().parent() == Some(path));
        done.iter().for_each(|naming| naming.apply(&mut self.synced));
        self.pending = open;
    }

    /// Writes into `target` what a power cut now could leave.
    pub fn cut_power(&self, folder: &Path, target: &Path, dice: &mut Dice) {
        let mut names = self.synced.clone();
        let kept = dice.roll(self.pending.len() + 1);
        self.pending[..kept]
            .iter()
            .for_each(|naming| naming.apply(&mut names));
        for (path, number) in names {
            if path.to_string_lossy().ends_with("-shm") {
                continue;
            }
            let bytes = self.contents[number].after_cut(dice);
            let target = target.join(path.strip_prefix(folder).unwrap());
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::write(target, bytes).unwrap();
        }
    }
}

impl Naming {
    fn path(&self) -> &Path {
        match self {
            Self::Make(path, _) | Self::Rename(_, path) | Self::Unlink(path) => path,
        }
    }

    fn apply(&self, names: &mut BTreeMap<PathBuf, usize>) {
        match self {
            Self::Make(path, number) => drop(names.insert(path.clone(), *number)),
            Self::Rename(from, to) => {
                if let Some(number) = names.remove(from) {
                    names.insert(to.clone(), number);
                }
            }
            Self::Unlink(path) => drop(names.remove(path)),
        }
    }
}

impl Content {
    fn after_cut(&self, dice: &mut Dice) -> Vec<u8> {
        let mut bytes = self.synced.clone();
        for change in &self.pending {
            match change {
                Change::Truncate(length) if dice.roll(2) == 0 => bytes.resize(*length, 0),
                Change::Truncate(_) => {}
                Change::Write(at, written) => keep_some(&mut bytes, *at, written, dice),
            }
        }
        bytes
    }
}

/// Keeps, drops or spoils each sector that a write touches.
fn keep_some(bytes: &mut Vec<u8>, at: usize, written: &[u8], dice: &mut Dice) {
    let mut from = 0;
    while from < written.len() {
        let until = written.len().min(((at + from) / SECTOR + 1) * SECTOR - at);
        match dice.roll(5) {
            0 | 1 => put(bytes, at + from, &written[from..until]),
            2 => {
                let garbage: Vec<u8> = (from..until).map(|_| dice.roll(256) as u8).collect();
                put(bytes, at + from, &garbage);
            }
            _ => {}
        }
        from = until;
    }
}

fn put(bytes: &mut Vec<u8>, at: usize, written: &[u8]) {
    if bytes.len() < at + written.len() {
        bytes.resize(at + written.len(), 0);
    }
    bytes[at..at + written.len()].copy_from_slice(written);
}
