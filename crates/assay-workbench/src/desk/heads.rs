//! Heads, as the window makes and shows them: while whoever is at the keyboard has unlocked their key in this session.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use assay_ledger::{HEAD_EVERY, Head, Ledger, SignOff, list_backups};
use assay_model::Fault;
use assay_seal::{PublicKey, SecretKey};

use super::{Desk, Open, lock};
use crate::heads::{self, Mark, Standing};
use crate::settings::WorkspaceSettings;
use crate::signing::{self, Keychain};
use crate::wire::{HandleRequest, HeadMark, HeadSignRequest, Keeping, Trust};

impl Desk {
    /// The last head, its strength, and what contradicts the ledger.
    pub fn trust(&self) -> Result<Trust, Fault> {
        self.open()?.trust()
    }

    /// Unlocks the key of whoever is at the keyboard for this session, and signs a head with it.
    pub fn head_sign(&self, request: &HeadSignRequest) -> Result<Trust, Fault> {
        let open = self.open()?;
        let actor = open.actor()?;
        let secret = self.unlock(&lock(&open.ledger), &actor, &request.passphrase)?;
        if request.keep {
            self.keychain.keep_key(&secret)?;
        }
        open.heads.unlock(secret, request.keep);
        open.sign_head_now()?;
        open.trust()
    }

    /// Takes the person's key out of the keychain: heads are signed once the passphrase was given again.
    pub fn key_forget(&self) -> Result<Trust, Fault> {
        let open = self.open()?;
        let actor = open.actor()?;
        for key in open.workspace.ledger()?.keys()? {
            if key.person == actor {
                self.keychain.forget_key(&key.public)?;
            }
        }
        open.heads.lock_up();
        open.trust()
    }

    /// Keeps copies of heads in a picked folder from now on, those that were signed before first.
    pub fn heads_copy(&self, request: &HandleRequest) -> Result<Trust, Fault> {
        let open = self.open()?;
        let folder = self.path(&request.handle)?;
        open.workspace.check_export(&folder)?;
        heads::copy(&lock(&open.ledger), &folder)?;
        WorkspaceSettings::copy_heads_to(&open.workspace, folder)?;
        open.trust()
    }
}

/// Who signs heads of the open workspace in this session, and what is known of those that were signed.
pub(super) struct Keeper {
    keychain: Arc<Keychain>,
    unlocked: Mutex<Option<Unlocked>>,
    /// The head that the keychain remembers of this ledger.
    remembered: Mutex<Option<Head>>,
    /// Entries under the last head, or under the one that is being signed.
    reached: AtomicU64,
    /// Why a head that nobody waited for was not signed, or is not in all the places where it belongs.
    trouble: Mutex<Option<String>>,
}

/// The key of whoever is at the keyboard.
#[derive(Clone)]
struct Unlocked {
    key: Arc<SecretKey>,
    /// Whether it is in the system's keychain; then its heads are remembered there too.
    is_kept: bool,
}

/// What the keychain is asked for.
struct Question {
    actor: Option<String>,
    own: Option<PublicKey>,
    /// Of the ledger.
    origin: Option<String>,
}

impl Keeper {
    /// Of a ledger whose last head is over `reached` entries.
    pub(super) fn new(keychain: Arc<Keychain>, reached: u64) -> Self {
        Self {
            keychain,
            unlocked: Mutex::new(None),
            remembered: Mutex::new(None),
            reached: AtomicU64::new(reached),
            trouble: Mutex::new(None),
        }
    }

    /// Heads are signed with this key until another person sits down or the workspace is closed.
    pub(super) fn unlock(&self, key: SecretKey, is_kept: bool) {
        let mut unlocked = lock(&self.unlocked);
        let was_kept = |known: &Unlocked| known.is_kept && known.key.public() == key.public();
        let is_kept = is_kept || unlocked.as_ref().is_some_and(was_kept);
        *unlocked = Some(Unlocked {
            key: Arc::new(key),
            is_kept,
        });
    }

    /// Forgets the key.
    pub(super) fn lock_up(&self) {
        *lock(&self.unlocked) = None;
    }

    pub(super) fn key(&self) -> Option<Arc<SecretKey>> {
        lock(&self.unlocked).as_ref().map(|unlocked| unlocked.key.clone())
    }

    /// Entries under the last signed head, or under the one that is being signed.
    pub(super) fn reached(&self) -> u64 {
        self.reached.load(Ordering::Relaxed)
    }

    fn is_kept(&self) -> bool {
        lock(&self.unlocked)
            .as_ref()
            .is_some_and(|unlocked| unlocked.is_kept)
    }

    /// Remembers a head in the keychain, where its key is kept there.
    fn remember(&self, head: &Head) -> Result<(), Fault> {
        if self.is_kept() {
            self.keychain.remember(head)?;
            *lock(&self.remembered) = Some(head.clone());
        }
        Ok(())
    }

    fn tell(&self, trouble: Option<Fault>) {
        *lock(&self.trouble) = trouble.map(|fault| fault.message);
    }
}

impl Open {
    fn trust(&self) -> Result<Trust, Fault> {
        let ledger = self.workspace.ledger()?;
        let copies = self.copies();
        let remembered = lock(&self.heads.remembered).clone();
        let found = heads::standing(
            &ledger,
            self.workspace.folder(),
            copies.as_deref(),
            remembered.as_ref(),
        )?;
        let entries = ledger.size()?;
        let since = found
            .head
            .as_ref()
            .map(|head| reached(&ledger, head))
            .transpose()?
            .flatten();
        let last = ledger.sign_offs()?.into_iter().rfind(SignOff::stands);
        let last = last.map(|one| signing::info(&ledger, &one)).transpose()?;
        let has_key = match self.actor() {
            Ok(actor) => ledger.key_of(&actor)?.is_some(),
            Err(_) => false,
        };
        let keys = ledger.keys()?;
        let strength = found.strength();
        let to_wire = |mark: &Mark| {
            Ok(HeadMark {
                entries: mark.head.checkpoint.size,
                at: reached(&ledger, &mark.head)?,
                strength: mark.strength.word().to_owned(),
                by: heads::signers(&mark.head, &keys),
            })
        };
        let marks = found.marks.iter().map(to_wire).collect::<Result<_, Fault>>()?;
        let Standing {
            head, broken, heads, ..
        } = found;
        Ok(Trust {
            entries,
            head: head.as_ref().map(|head| head.checkpoint.size),
            by: head.map(|head| heads::signers(&head, &keys)).unwrap_or_default(),
            since,
            strength: strength.word().to_owned(),
            marks,
            heads,
            broken,
            has_key,
            keeping: self.keeping()?,
            trouble: lock(&self.heads.trouble).clone(),
            copies: copies.map(|folder| folder.display().to_string()),
            is_unlocked: self.heads.key().is_some(),
            is_kept: self.heads.is_kept(),
            has_keychain: self.heads.keychain.is_there(),
            last_signed: last,
        })
    }

    fn keeping(&self) -> Result<Keeping, Fault> {
        let ledger = lock(&self.ledger);
        let recovery = ledger.recovery();
        let folder = ledger.backups_folder();
        let latest = folder.map(list_backups).transpose()?.unwrap_or_default().pop();
        Ok(Keeping {
            recovered: (!recovery.is_nothing()).then(|| recovery.to_string()),
            backups: folder.map(|folder| folder.display().to_string()),
            backed_up: latest.map(|backup| backup.entries),
            trouble: ledger.backup_failure().map(|fault| fault.message.clone()),
            has_ballast: ledger.has_ballast(),
        })
    }

    fn copies(&self) -> Option<PathBuf> {
        heads::copies(&self.workspace).ok().flatten()
    }

    /// Looks for the person's key and the ledger's last head in the keychain, on a thread of its own: some systems take their
    /// time, or ask the user first. Nothing of the workspace is held meanwhile: it may be closed, and opened again.
    pub(super) fn ask_keychain(self: &Arc<Self>) {
        let (open, keychain) = (Arc::downgrade(self), self.heads.keychain.clone());
        // Without an answer it stays as it is in a system without a keychain.
        let Ok(question) = self.question() else { return };
        std::thread::spawn(move || {
            let head = question.origin.as_deref();
            let head = head.and_then(|origin| keychain.remembered(origin).ok().flatten());
            let key = question.own.as_ref();
            let key = key.and_then(|own| keychain.key(own).ok().flatten());
            if let Some(open) = open.upgrade() {
                open.take_up(&question, head, key);
            }
        });
    }

    fn question(&self) -> Result<Question, Fault> {
        let ledger = self.workspace.ledger()?;
        let actor = self.actor().ok();
        let own = match &actor {
            Some(actor) => ledger.key_of(actor)?,
            None => None,
        };
        Ok(Question {
            origin: ledger.origin()?,
            own: own.map(|own| own.public),
            actor,
        })
    }

    fn take_up(&self, question: &Question, head: Option<Head>, key: Option<SecretKey>) {
        if let Some(head) = head {
            *lock(&self.heads.remembered) = Some(head);
        }
        let Some(key) = key else { return };
        // Another person may have sat down while the keychain was asked. Whoever sits down locks the key up after they are at
        // the keyboard, so that under this lock either they are seen, or they lock it up.
        let mut unlocked = lock(&self.heads.unlocked);
        if self.actor().ok() == question.actor {
            *unlocked = Some(Unlocked {
                key: Arc::new(key),
                is_kept: true,
            });
        }
    }

    /// Signs a head over everything, where a key is unlocked and anything was recorded since the last one. Once it is signed it
    /// stands: a copy of it that fails is told beside it.
    fn sign_head_now(&self) -> Result<(), Fault> {
        let Some(key) = self.heads.key() else {
            return Ok(());
        };
        let reader = self.workspace.ledger()?;
        let last = reader.last_head()?.map_or(0, |head| head.checkpoint.size);
        let made = match reader.size()? > last {
            true => reader.head_by(&key)?,
            false => None,
        };
        if let Some(head) = &made {
            lock(&self.ledger).keep_head(head)?;
            self.heads.reached.store(head.checkpoint.size, Ordering::Relaxed);
        }
        let copied = match self.copies() {
            Some(folder) => heads::copy(&self.workspace.ledger()?, &folder),
            None => Ok(()),
        };
        let remembered = made.map_or(Ok(()), |head| self.heads.remember(&head));
        self.heads.tell(copied.and(remembered).err());
        Ok(())
    }

    /// The same where nobody waits for it: what goes wrong is shown beside the head, and stops nothing.
    pub(super) fn sign_head_quietly(&self) {
        if let Err(fault) = self.sign_head_now() {
            self.heads.tell(Some(fault));
        }
    }

    /// Signs a head on a thread of its own once enough was recorded since the last: a verdict never waits for it.
    pub(super) fn head_when_due(self: &Arc<Self>, seq: u64) {
        let last = self.heads.reached();
        let is_due = seq + 1 >= last.saturating_add(HEAD_EVERY) && self.heads.key().is_some();
        // Whoever moves the mark signs; a second one finds it moved.
        let mine = is_due
            && self
                .heads
                .reached
                .compare_exchange(last, seq + 1, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok();
        if mine {
            let open = self.clone();
            std::thread::spawn(move || open.sign_head_quietly());
        }
    }
}

/// The time of the last entry under a head, RFC 3339.
fn reached(ledger: &Ledger, head: &Head) -> Result<Option<String>, Fault> {
    let last = ledger.entry(head.checkpoint.size.saturating_sub(1))?;
    Ok(last.map(|entry| entry.at))
}
