//! What shows later that the log was this long, and held this?
//!
//! Heads are C2SP checkpoints, signed. Each goes into the table `head` and into `heads.log` beside the database; copies that
//! leave the machine are what the promise rests on. A head is signed only over a tree that was read and hashed twice and that
//! continues every head before it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;

use assay_model::{Code, Digest, Fault, merkle};
use assay_seal::{Checkpoint, Note, PublicKey, SecretKey, TlogProof, consistency, inclusion};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::faults::{self, Doing};
use crate::journal::replace_file;
use crate::{Entry, KeyRecord, Ledger};

/// The log of heads beside the database.
pub const HEADS_FILE: &str = "heads.log";
/// A head is due after so many entries.
pub const HEAD_EVERY: u64 = 100;
/// Heads are short; a file of more is none of ours.
const MAX_HEADS_BYTES: u64 = 64 << 20;

/// A signed head and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub checkpoint: Checkpoint,
    pub note: Note,
}

/// A line of `heads.log`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    head: String,
}

impl Head {
    pub fn parse(text: &str) -> Result<Self, String> {
        let note = Note::parse(text).map_err(|error| error.to_string())?;
        let checkpoint = Checkpoint::parse(&note.text).map_err(|error| error.to_string())?;
        Ok(Self { checkpoint, note })
    }

    /// Those of the keys that signed or cosigned it.
    fn vouchers<'a>(&'a self, keys: &'a [KeyRecord]) -> impl Iterator<Item = &'a KeyRecord> {
        keys.iter().filter(|key| self.note.is_vouched_for_by(&key.public))
    }

    /// False where none but compromised keys signed it: whoever had such a key could have signed anything. A head whose signer
    /// is not among the keys speaks: it is a finding, not noise.
    pub fn speaks(&self, keys: &[KeyRecord]) -> bool {
        let mut vouchers = self.vouchers(keys).peekable();
        vouchers.peek().is_none() || vouchers.any(|key| !key.compromised)
    }

    /// The people whose keys signed or cosigned it, compromised keys aside.
    pub fn signers<'a>(&'a self, keys: &'a [KeyRecord]) -> BTreeSet<&'a str> {
        let good = self.vouchers(keys).filter(|key| !key.compromised);
        good.map(|key| key.person.as_str()).collect()
    }
}

impl Ledger {
    /// Names this log in its heads: by the id of its first entry. None while it is empty.
    pub fn origin(&self) -> Result<Option<String>, Fault> {
        Ok(self.entry(0)?.map(|first| origin_of(&first)))
    }

    /// Every head in the table, as they were made.
    pub fn heads(&self) -> Result<Vec<Head>, Fault> {
        if !crate::rebuild::is_there(&self.connection, "head")? {
            return Ok(Vec::new());
        }
        let notes: Vec<String> = self.rows("SELECT note FROM head ORDER BY number", &[], |row| row.get(0))?;
        notes
            .iter()
            .map(|note| {
                Head::parse(note).map_err(|why| faults::damaged(format!("a head of the ledger: {why}")))
            })
            .collect()
    }

    /// What a head over the log would say now. None where it is empty.
    pub fn checkpoint(&self) -> Result<Option<Checkpoint>, Fault> {
        let origin = self.origin()?;
        let leaves = self.leaves()?;
        Ok(origin.map(|origin| checkpoint(origin, &leaves)))
    }

    /// Signs what the log holds now, and keeps the head in the table and in `heads.log`. None where it is empty.
    pub fn sign_head(&mut self, key: &SecretKey) -> Result<Option<Head>, Fault> {
        self.may_write()?;
        let head = self.head_by(key)?;
        head.iter().try_for_each(|head| self.keep_head(head))?;
        Ok(head)
    }

    /// The longest head that may be believed.
    pub fn last_head(&self) -> Result<Option<Head>, Fault> {
        Ok(self.heads_that_speak()?.pop())
    }

    /// Every head of the table and of `heads.log` that may be believed, shortest first.
    pub fn heads_that_speak(&self) -> Result<Vec<Head>, Fault> {
        Ok(self.kept_heads()?.that_speak)
    }

    /// Signs what the log holds now and keeps nothing: for a reader beside the owner, who keeps it.
    pub fn head_by(&self, key: &SecretKey) -> Result<Option<Head>, Fault> {
        let Some(origin) = self.origin()? else {
            return Ok(None);
        };
        let (leaves, again) = (self.leaves()?, self.leaves_of_bodies()?);
        if leaves != again {
            return Err(faults::damaged(
                "the ledger reads differently the second time; no head is signed over it",
            ));
        }
        let trunk = Trunk::new(&leaves, Some(&origin));
        let earlier = self.kept_heads()?.that_speak;
        trunk.continues_all(&earlier).map_err(faults::damaged)?;
        let checkpoint = checkpoint(origin, &leaves);
        let note = checkpoint.sign(key);
        Ok(Some(Head { checkpoint, note }))
    }

    /// Keeps a head that was signed here, or came back cosigned. The caller has checked who signed it.
    pub fn keep_head(&mut self, head: &Head) -> Result<(), Fault> {
        self.may_write()?;
        let note = head.note.to_string();
        if self.holds_head(&note)? {
            return Ok(());
        }
        append_head(&self.folder().join(HEADS_FILE), &note)?;
        self.put_head(head)
    }

    /// Writes a head into the table, where it is not there yet.
    pub(crate) fn put_head(&self, head: &Head) -> Result<(), Fault> {
        let note = head.note.to_string();
        if self.holds_head(&note)? {
            return Ok(());
        }
        self.connection
            .prepare_cached(
                "INSERT INTO head (number, size, root, note) SELECT coalesce(max(number) + 1, 0), ?, ?, ? FROM head",
            )
            .and_then(|mut insert| {
                insert.execute(params![
                    head.checkpoint.size,
                    head.checkpoint.root.0,
                    note
                ])
            })
            .doing("keeping a head")?;
        Ok(())
    }

    fn holds_head(&self, note: &str) -> Result<bool, Fault> {
        self.connection
            .prepare_cached("SELECT 1 FROM head WHERE note = ?")
            .and_then(|mut select| select.exists([note]))
            .doing("keeping a head")
    }

    /// The heads of `heads.log`; empty where there is none.
    pub fn logged_heads(&self) -> Result<Vec<Head>, Fault> {
        read_heads(&self.folder().join(HEADS_FILE))
    }

    /// Every head of the table and of `heads.log`, shortest first, without those that only a compromised key signed.
    pub(crate) fn kept_heads(&self) -> Result<KeptHeads, Fault> {
        let mut heads = self.heads()?;
        heads.extend(self.logged_heads()?);
        heads.sort_by_cached_key(|head| (head.checkpoint.size, head.note.to_string()));
        heads.dedup();
        let keys = self.keys()?;
        Ok(KeptHeads::sort(heads, &keys))
    }

    /// The longest head of `heads.log` that says anything: not one that a compromised key alone signed.
    pub(crate) fn longest_head_that_speaks(&self) -> Result<Option<Head>, Fault> {
        let mut heads = self.logged_heads()?;
        heads.sort_by_key(|head| std::cmp::Reverse(head.checkpoint.size));
        let keys = self.keys()?;
        Ok(heads.into_iter().find(|head| head.speaks(&keys)))
    }

    /// The first of these heads that the log does not continue, in words. Entries behind the last are not spoken of.
    pub fn breaks(&self, heads: &[Head]) -> Result<Option<String>, Fault> {
        let (leaves, origin) = (self.leaves()?, self.origin()?);
        Ok(Trunk::new(&leaves, origin.as_deref()).continues_all(heads).err())
    }

    /// That entry `seq` stands under this head, for somebody who has no more than the proof.
    pub fn prove_entry(&self, seq: u64, head: &Head) -> Result<TlogProof, Fault> {
        let leaves = self.leaves()?;
        let size = head.checkpoint.size as usize;
        let entry = self
            .entry(seq)?
            .filter(|_| seq < head.checkpoint.size && size <= leaves.len());
        let Some(entry) = entry else {
            return Err(Fault::new(
                Code::NotFound,
                format!("entry {seq} does not stand under that head"),
                "give an entry that was there when the head was signed",
            ));
        };
        Ok(TlogProof {
            entry: entry.body.into_bytes(),
            index: seq,
            path: inclusion(&leaves[..size], seq as usize),
            checkpoint: head.note.clone(),
        })
    }

    /// That what stood under `earlier` stands under `later`, in the same places.
    pub fn prove_growth(&self, earlier: &Head, later: &Head) -> Result<Vec<Digest>, Fault> {
        let leaves = self.leaves()?;
        let (earlier, later) = (earlier.checkpoint.size as usize, later.checkpoint.size as usize);
        if earlier > later || later > leaves.len() {
            return Err(Fault::new(
                Code::NotFound,
                "the heads are not in this order, or the ledger is shorter than they say",
                "give the earlier head first",
            ));
        }
        Ok(consistency(&leaves[..later], earlier))
    }

    fn leaves(&self) -> Result<Vec<Digest>, Fault> {
        self.rows("SELECT leaf FROM entry ORDER BY seq", &[], |row| {
            row.get(0).map(Digest)
        })
    }

    fn leaves_of_bodies(&self) -> Result<Vec<Digest>, Fault> {
        self.rows("SELECT body FROM entry ORDER BY seq", &[], |row| {
            Ok(merkle::leaf(row.get_ref(0)?.as_bytes()?))
        })
    }
}

fn checkpoint(origin: String, leaves: &[Digest]) -> Checkpoint {
    Checkpoint {
        origin,
        size: leaves.len() as u64,
        root: merkle::root_over(leaves),
    }
}

pub(crate) fn origin_of(first: &Entry) -> String {
    format!("assay/ledger/{}", first.id)
}

/// Heads that were kept, by whether they may be believed.
pub(crate) struct KeptHeads {
    /// Shortest first.
    pub that_speak: Vec<Head>,
    /// How many were signed by none but compromised keys: whoever had the key could have signed anything, so they say nothing.
    pub passed_over: u64,
}

impl KeptHeads {
    fn sort(heads: Vec<Head>, keys: &[KeyRecord]) -> Self {
        let (that_speak, silent): (Vec<_>, Vec<_>) = heads.into_iter().partition(|head| head.speaks(keys));
        Self {
            that_speak,
            passed_over: silent.len() as u64,
        }
    }
}

/// A log as heads are held against it.
pub(crate) struct Trunk<'a> {
    leaves: &'a [Digest],
    /// What its heads name it; none while it is empty.
    origin: Option<&'a str>,
}

impl<'a> Trunk<'a> {
    pub(crate) fn new(leaves: &'a [Digest], origin: Option<&'a str>) -> Self {
        Self { leaves, origin }
    }

    /// Whether the log begins as each of these heads says; the first that it does not, in words. Walks the leaves once.
    pub(crate) fn continues_all(&self, heads: &[Head]) -> Result<(), String> {
        let roots = self.roots_at(heads);
        heads
            .iter()
            .try_for_each(|head| self.continues(&head.checkpoint, &roots))
    }

    fn continues(&self, head: &Checkpoint, roots: &HashMap<u64, Digest>) -> Result<(), String> {
        if self.origin.is_some_and(|origin| head.origin != origin) {
            return Err(format!("a head is of another log: {}", head.origin));
        }
        let Some(root) = roots.get(&head.size) else {
            return Err(format!(
                "a signed head says {} entries; the ledger holds {}: its end was cut off",
                head.size,
                self.leaves.len()
            ));
        };
        if *root == head.root {
            Ok(())
        } else {
            Err(format!(
                "the first {} entries are not those that a signed head says",
                head.size
            ))
        }
    }

    /// The root of the log when it had as many entries as each of these heads says; none for a size that it never reached.
    fn roots_at(&self, heads: &[Head]) -> HashMap<u64, Digest> {
        let sizes: HashSet<u64> = heads.iter().map(|head| head.checkpoint.size).collect();
        let mut tree = merkle::TreeHasher::default();
        let mut roots = HashMap::from([(0, tree.root())]);
        for leaf in self.leaves {
            tree.push(*leaf);
            if sizes.contains(&tree.size()) {
                roots.insert(tree.size(), tree.root());
            }
        }
        roots
    }
}

/// Appends a head to a log of heads and waits for the disk.
pub fn append_head(path: &Path, note: &str) -> Result<(), Fault> {
    let line = line(note)?;
    let written = || -> std::io::Result<()> {
        cut_unfinished_line(path)?;
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        file.write_all(line.as_bytes())?;
        file.sync_data()
    };
    written().map_err(|error| faults::from_io("writing a head", &error, path))
}

/// A line that a power cut left unfinished says nothing, and would spoil the next one.
fn cut_unfinished_line(path: &Path) -> std::io::Result<()> {
    let bytes = match std::fs::read(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        read => read?,
    };
    let whole = bytes
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |end| end + 1);
    if whole == bytes.len() {
        return Ok(());
    }
    replace_file(&path.with_extension("log.new"), path, &bytes[..whole])
}

/// A head as `heads.log` writes it.
pub(crate) fn line(note: &str) -> Result<String, Fault> {
    let line = Line {
        head: note.to_owned(),
    };
    serde_json::to_string(&line)
        .map(|line| line + "\n")
        .map_err(|error| Fault::internal("writing a head", error))
}

/// The heads of a damaged log that can be read, and whether some cannot.
pub(crate) fn read_readable_heads(path: &Path) -> Result<(Vec<Head>, bool), Fault> {
    if let Ok(heads) = read_heads(path) {
        return Ok((heads, false));
    }
    let bytes =
        std::fs::read(path).map_err(|error| faults::from_io("reading the log of heads", &error, path))?;
    let heads = bytes
        .split(|byte| *byte == b'\n')
        .filter_map(|line| serde_json::from_slice::<Line>(line).ok())
        .filter_map(|line| Head::parse(&line.head).ok())
        .collect();
    Ok((heads, true))
}

/// Reads a log of heads; none where the file is not there. A last line that a power cut left unfinished is passed over.
pub fn read_heads(path: &Path) -> Result<Vec<Head>, Fault> {
    let unreadable = |why: String| {
        faults::damaged(format!("the log of heads cannot be read: {why}")).at(path.display().to_string())
    };
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(error.to_string())),
    };
    let mut text = String::new();
    file.take(MAX_HEADS_BYTES)
        .read_to_string(&mut text)
        .map_err(|error| unreadable(error.to_string()))?;
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    whole
        .split('\n')
        .filter(|line| !line.is_empty())
        .map(|line| {
            let line: Line = serde_json::from_str(line).map_err(|error| unreadable(error.to_string()))?;
            Head::parse(&line.head).map_err(unreadable)
        })
        .collect()
}

/// Whether one of these keys signed the head, or cosigned it.
pub fn is_signed(head: &Head, keys: &[PublicKey]) -> bool {
    keys.iter().any(|key| head.note.is_vouched_for_by(key))
}
