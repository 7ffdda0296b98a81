//! Is the ledger what was recorded?
//!
//! Checks each entry's form, hash, link to the entry before, number and id; replays the rules and
//! compares the projections; checks notes, frozen lists, kept texts and what was signed against their digests,
//! and that the log continues every head in the table and in `heads.log`. A tail that was cut off together with the
//! heads beside it leaves a shorter ledger that is whole in itself: only a head that left the machine shows that.

use std::collections::HashSet;

use assay_model::{Digest, Fault, merkle};
use assay_seal::{Envelope, PublicKey};
use rusqlite::Connection;

use crate::append::note_digest;
use crate::faults::Doing;
use crate::projection::{self, Breach};
use crate::{ENVELOPE_FILE, Entry, Head, Ledger, heads, rebuild, schema};

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// Entries that were checked; with a failure, those before it.
    pub entries: u64,
    /// Tree hash over the checked entries, recomputed from their bodies.
    pub root: Digest,
    /// The first failure.
    pub failure: Option<Failure>,
    /// Entries whose time lies before that of the entry before them: a clock was set back. Order is by number.
    pub clock_set_back: Vec<u64>,
    /// The longest signed head that holds.
    pub head: Option<SignedHead>,
    /// Heads that say nothing, because none but a key that was given up as compromised signed them.
    pub heads_passed_over: u64,
}

/// How far a signature reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedHead {
    /// Entries that it speaks for.
    pub size: u64,
    pub key: PublicKey,
    /// Whether whoever verifies brought the key; otherwise the log itself says whose it is.
    pub is_trusted: bool,
}

/// What does not hold, and at which entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Where one entry can be named.
    pub seq: Option<u64>,
    pub what: String,
}

impl Verification {
    pub fn whole(&self) -> bool {
        self.failure.is_none()
    }
}

/// Follows a chain of entries one by one, replaying the rules in memory.
pub(crate) struct Replay {
    tables: Connection,
    leaves: Vec<Digest>,
    origin: Option<String>,
    ids: HashSet<uuid::Uuid>,
    previous: Option<(Digest, String)>,
    clock_set_back: Vec<u64>,
}

impl Replay {
    pub(crate) fn new() -> Result<Self, Fault> {
        let mut tables = Connection::open_in_memory().doing("opening memory")?;
        schema::migrate(&mut tables)?;
        Ok(Self {
            tables,
            leaves: Vec::new(),
            origin: None,
            ids: HashSet::new(),
            previous: None,
            clock_set_back: Vec::new(),
        })
    }

    /// Checks the next entry as it was stored. `Err` says in words what does not hold.
    pub(crate) fn follow(
        &mut self,
        seq: u64,
        id: Option<&[u8]>,
        body: String,
        leaf: &Digest,
    ) -> Result<Entry, String> {
        let next = self.leaves.len() as u64;
        if seq != next {
            return Err(format!(
                "entry {next} is missing; entry {seq} stands in its place"
            ));
        }
        let entry = Entry::parse(seq, body)?;
        if entry.leaf != *leaf {
            return Err("the body does not have the hash that was recorded".to_owned());
        }
        if id.is_some_and(|id| id != entry.id.as_bytes()) {
            return Err("the id beside the body is not the one in it".to_owned());
        }
        if entry.previous != self.previous.as_ref().map(|(leaf, _)| *leaf) {
            return Err("it does not follow the entry before it".to_owned());
        }
        if !self.ids.insert(entry.id) {
            return Err(format!("the id {} stands twice", entry.id));
        }
        projection::apply(&self.tables, &entry).map_err(|breach| match breach {
            Breach::Rule(why) => why,
            Breach::Sqlite(error) => format!("it cannot be replayed: {error}"),
        })?;
        // What came with a pack keeps the time at which it was done, and says nothing of this clock.
        let last = self.previous.take().map(|(_, at)| at);
        let made_here = entry.feed.is_none();
        if made_here && last.as_ref().is_some_and(|last| entry.at < *last) {
            self.clock_set_back.push(seq);
        }
        self.leaves.push(entry.leaf);
        self.origin.get_or_insert_with(|| heads::origin_of(&entry));
        let at = match last {
            Some(last) if !made_here => last,
            _ => entry.at.clone(),
        };
        self.previous = Some((entry.leaf, at));
        Ok(entry)
    }

    pub(crate) fn finish(self, failure: Option<Failure>) -> Verification {
        Verification {
            entries: self.leaves.len() as u64,
            root: merkle::root_over(&self.leaves),
            failure,
            clock_set_back: self.clock_set_back,
            head: None,
            heads_passed_over: 0,
        }
    }

    /// Whether the entries so far begin as these heads say, and a key that counts signed each: one of `trusted` where there
    /// are any, else one that the log itself names and nobody gave up as compromised. Says how far the last of them reaches.
    pub(crate) fn hold_against(
        &self,
        heads: &[Head],
        trusted: &[PublicKey],
    ) -> Result<Option<SignedHead>, String> {
        heads::Trunk::new(&self.leaves, self.origin.as_deref()).continues_all(heads)?;
        let keys = match trusted {
            [] => self.own_keys().map_err(|fault| fault.message)?,
            _ => trusted.to_vec(),
        };
        let mut last = None;
        for head in heads {
            let size = head.checkpoint.size;
            let key = keys.iter().find(|key| head.note.is_vouched_for_by(key));
            let key = key.ok_or_else(|| format!("no known key signed the head over {size} entries"))?;
            last = Some(SignedHead {
                size,
                key: key.clone(),
                is_trusted: !trusted.is_empty(),
            });
        }
        Ok(last)
    }

    fn own_keys(&self) -> Result<Vec<PublicKey>, Fault> {
        let doing = "reading the keys";
        let sql = "SELECT public FROM person_key WHERE compromised = 0 ORDER BY seq";
        let mut select = self.tables.prepare_cached(sql).doing(doing)?;
        let rows = select.query_map([], |row| row.get::<_, String>(0)).doing(doing)?;
        rows.map(|written| {
            let written = written.doing(doing)?;
            written
                .parse()
                .map_err(|error| Fault::internal(doing, format!("{error}")))
        })
        .collect()
    }
}

impl Ledger {
    /// Checks everything; an unreadable database is a fault, a ledger that does not hold is an answer.
    pub fn verify(&self) -> Result<Verification, Fault> {
        let doing = "verifying the ledger";
        let mut replay = Replay::new()?;
        // One read transaction, so that an owner recording beside us does not move the ground.
        let snapshot = self.connection.unchecked_transaction().doing(doing)?;
        replay.tables.execute_batch("BEGIN").doing(doing)?;
        let mut select = snapshot
            .prepare("SELECT seq, id, body, leaf FROM entry ORDER BY seq")
            .doing(doing)?;
        let mut rows = select.query([]).doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            let seq: u64 = row.get(0).doing(doing)?;
            let id: Vec<u8> = row.get(1).doing(doing)?;
            let followed = match row.get::<_, String>(2) {
                Ok(body) => replay.follow(seq, Some(&id), body, &Digest(row.get(3).doing(doing)?)),
                Err(_) => Err("the body is not text".to_owned()),
            };
            if let Err(what) = followed {
                return Ok(replay.finish(Some(Failure { seq: Some(seq), what })));
            }
        }
        let failure = match rebuild::first_difference(&snapshot, &replay.tables)? {
            Some(table) => Some(Failure {
                seq: None,
                what: format!("the projection `{table}` is not what the log says"),
            }),
            None => self
                .first_bad_note()?
                .map_or_else(|| self.first_bad_list(), |failure| Ok(Some(failure)))?,
        };
        let failure = match failure {
            Some(failure) => Some(failure),
            None => self.first_bad_text()?,
        };
        let failure = match failure {
            Some(failure) => Some(failure),
            None => self.first_bad_signature()?,
        };
        let heads = self.kept_heads()?;
        let (head, broken) = match replay.hold_against(&heads.that_speak, &[]) {
            Ok(head) => (head, None),
            Err(what) => (None, Some(Failure { seq: None, what })),
        };
        let mut found = replay.finish(failure.or(broken));
        (found.head, found.heads_passed_over) = (head, heads.passed_over);
        Ok(found)
    }

    /// What was kept of each sign-off against the statement and the signatures that its entries name.
    fn first_bad_signature(&self) -> Result<Option<Failure>, Fault> {
        for sign_off in self.sign_offs()? {
            let Some(bytes) = self.signed_file(sign_off.id, ENVELOPE_FILE)? else {
                continue;
            };
            let holds = serde_json::from_slice::<Envelope>(&bytes).is_ok_and(|envelope| {
                let is_statement = envelope
                    .payload()
                    .is_some_and(|payload| Digest::of(&payload) == sign_off.statement);
                let keys: Vec<PublicKey> = sign_off.signed.iter().map(|signer| signer.key.clone()).collect();
                is_statement && envelope.signers(&keys).len() == keys.len()
            });
            if !holds {
                return Ok(Some(Failure {
                    seq: Some(sign_off.seq),
                    what: "the envelope that was kept is not the one that was signed".to_owned(),
                }));
            }
        }
        Ok(None)
    }

    fn first_bad_note(&self) -> Result<Option<Failure>, Fault> {
        let doing = "verifying the notes";
        let mut select = self
            .connection
            .prepare("SELECT seq, body, salt, text FROM entry LEFT JOIN note ON note.entry = entry.id ORDER BY seq")
            .doing(doing)?;
        let mut rows = select.query([]).doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            let seq = row.get(0).doing(doing)?;
            let Ok(entry) = Entry::parse(seq, row.get(1).doing(doing)?) else {
                continue;
            };
            let salt: Option<[u8; 16]> = row.get(2).doing(doing)?;
            let text: Option<String> = row.get(3).doing(doing)?;
            let found = salt.zip(text).map(|(salt, text)| note_digest(&salt, &text));
            if found != entry.note {
                let what = "the note beside it is not the one that was recorded".to_owned();
                return Ok(Some(Failure { seq: Some(seq), what }));
            }
        }
        Ok(None)
    }

    fn first_bad_list(&self) -> Result<Option<Failure>, Fault> {
        for queue in self.queues()?.into_iter().rev() {
            if let Err(fault) = self.queue_items(&queue) {
                return Ok(Some(Failure {
                    seq: Some(queue.seq),
                    what: fault.message,
                }));
            }
        }
        // An older ledger that was opened for reading only has no such acts.
        if !rebuild::is_there(&self.connection, "bulk_act")? {
            return Ok(None);
        }
        for act in self.bulk_acts()?.into_iter().rev() {
            if let Err(fault) = self.bulk_items(&act) {
                return Ok(Some(Failure {
                    seq: Some(act.seq),
                    what: fault.message,
                }));
            }
        }
        Ok(None)
    }

    fn first_bad_text(&self) -> Result<Option<Failure>, Fault> {
        let doing = "verifying the kept samples";
        let mut select = self
            .connection
            .prepare("SELECT digest FROM kept_sample ORDER BY digest")
            .doing(doing)?;
        for digest in select.query_map([], |row| row.get(0)).doing(doing)? {
            if let Err(fault) = self.kept_sample(&Digest(digest.doing(doing)?)) {
                return Ok(Some(Failure {
                    seq: None,
                    what: fault.message,
                }));
            }
        }
        Ok(None)
    }
}
