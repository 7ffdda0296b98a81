//! Heads, as the window makes and shows them: while whoever is at the keyboard has unlocked their key in this session.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use assay_ledger::{HEAD_EVERY, Head, KeyRecord, Ledger, SignOff, list_backups};
use assay_model::Fault;
use assay_seal::SecretKey;

use super::{Desk, Open, lock};
use crate::heads::{self, Mark, Standing};
use crate::settings::WorkspaceSettings;
use crate::signing::{self, Keychain};
use crate::wire::{HandleRequest, HeadMark, HeadSignRequest, Keeping, Trust};

impl Desk {
    /// The last head, its strength, and what contradicts the ledger.
    pub fn trust(&self) -> Result<Trust, Fault> {
        let mut trust = self.open()?.trust()?;
        trust.has_keychain = self.keychain.is_there();
        Ok(trust)
    }

    /// Unlocks the key of whoever is at the keyboard for this session, and signs a head with it.
    pub fn head_sign(&self, request: &HeadSignRequest) -> Result<Trust, Fault> {
        let open = self.open()?;
        let actor = open.actor()?;
        let secret = self.unlock(&lock(&open.ledger), &actor, &request.passphrase)?;
        if request.keep {
            self.keychain.keep_key(&secret)?;
            open.is_kept.store(true, Ordering::Relaxed);
        }
        open.keep_key(secret);
        open.sign_head_now(&self.keychain)?;
        self.trust()
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
        open.is_kept.store(false, Ordering::Relaxed);
        open.forget_key();
        self.trust()
    }

    /// Looks for the person's key and the ledger's last head in the keychain, on a thread of its own: some systems take their
    /// time, or ask the user first.
    pub(super) fn ask_keychain(&self, open: Arc<Open>) {
        let keychain = self.keychain.clone();
        std::thread::spawn(move || {
            // Without an answer it stays as it is in a system without a keychain.
            let _ = open.recall(&keychain);
        });
    }

    /// Keeps copies of heads in a picked folder from now on, those that were signed before first.
    pub fn heads_copy(&self, request: &HandleRequest) -> Result<Trust, Fault> {
        let open = self.open()?;
        let folder = self.path(&request.handle)?;
        open.workspace.check_export(&folder)?;
        heads::copy(&lock(&open.ledger), &folder)?;
        WorkspaceSettings::copy_heads_to(&open.workspace, folder)?;
        self.trust()
    }
}

impl Open {
    fn trust(&self) -> Result<Trust, Fault> {
        let ledger = self.workspace.ledger()?;
        let copies = self.copies();
        let mut found = heads::standing(&ledger, self.workspace.folder(), copies.as_deref())?;
        if let (None, Some(remembered)) = (&found.broken, lock(&self.remembered).clone()) {
            found.broken = ledger.breaks(&[remembered])?;
        }
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
        let marks = found.marks.iter().map(|mark| mark_to_wire(&ledger, mark, &keys));
        let marks = marks.collect::<Result<_, _>>()?;
        let Standing {
            head, broken, heads, ..
        } = found;
        Ok(Trust {
            entries,
            head: head.as_ref().map(|head| head.checkpoint.size),
            by: head.map(|head| people(&head, &keys)).unwrap_or_default(),
            since,
            strength: strength.word().to_owned(),
            marks,
            heads,
            broken,
            has_key,
            keeping: self.keeping()?,
            trouble: lock(&self.head_trouble).clone(),
            copies: copies.map(|folder| folder.display().to_string()),
            is_unlocked: lock(&self.head_key).is_some(),
            is_kept: self.is_kept.load(Ordering::Relaxed),
            has_keychain: false,
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

    /// Heads are signed with this key until another person sits down or the workspace is closed.
    pub(super) fn keep_key(&self, key: SecretKey) {
        *lock(&self.head_key) = Some(Arc::new(key));
    }

    pub(super) fn unlocked_key(&self) -> Option<Arc<SecretKey>> {
        lock(&self.head_key).clone()
    }

    pub(super) fn forget_key(&self) {
        *lock(&self.head_key) = None;
    }

    /// Takes up what the keychain has for this ledger and whoever is at the keyboard.
    fn recall(&self, keychain: &Keychain) -> Result<(), Fault> {
        let ledger = self.workspace.ledger()?;
        if let Some(origin) = ledger.origin()? {
            *lock(&self.remembered) = keychain.remembered(&origin)?;
        }
        let Ok(actor) = self.actor() else {
            return Ok(());
        };
        let kept = match ledger.key_of(&actor)? {
            Some(own) => keychain.key(&own.public)?,
            None => None,
        };
        self.is_kept.store(kept.is_some(), Ordering::Relaxed);
        // Another person may have sat down while the keychain was asked.
        if let Some(key) = kept.filter(|_| self.actor().is_ok_and(|now| now == actor)) {
            self.keep_key(key);
        }
        Ok(())
    }

    /// Signs a head over everything, where a key is unlocked and anything was recorded since the last one.
    pub(super) fn sign_head_now(&self, keychain: &Keychain) -> Result<(), Fault> {
        let Some(key) = self.unlocked_key() else {
            return Ok(());
        };
        let reader = self.workspace.ledger()?;
        let last = reader.last_head()?.map_or(0, |head| head.checkpoint.size);
        if reader.size()? > last
            && let Some(head) = reader.head_by(&key)?
        {
            self.keep(&head, keychain)?;
        } else if let Some(folder) = self.copies() {
            heads::copy(&reader, &folder)?;
        }
        Ok(())
    }

    fn keep(&self, head: &Head, keychain: &Keychain) -> Result<(), Fault> {
        lock(&self.ledger).keep_head(head)?;
        if self.is_kept.load(Ordering::Relaxed) {
            keychain.remember(head)?;
            *lock(&self.remembered) = Some(head.clone());
        }
        self.headed.store(head.checkpoint.size, Ordering::Relaxed);
        self.copies()
            .map_or(Ok(()), |folder| heads::copy(&self.workspace.ledger()?, &folder))
    }

    /// The same where nobody waits for it: what goes wrong is shown beside the head, and stops nothing.
    pub(super) fn sign_head_quietly(&self, keychain: &Keychain) {
        let trouble = self.sign_head_now(keychain).err().map(|fault| fault.message);
        *lock(&self.head_trouble) = trouble;
    }

    /// Signs a head on a thread of its own once enough was recorded since the last: a verdict never waits for it.
    pub(super) fn head_when_due(self: &Arc<Self>, seq: u64, keychain: &Arc<Keychain>) {
        let last = self.headed.load(Ordering::Relaxed);
        let is_due = seq + 1 >= last.saturating_add(HEAD_EVERY) && lock(&self.head_key).is_some();
        // Whoever moves the mark signs; a second one finds it moved.
        let mine = is_due
            && self
                .headed
                .compare_exchange(last, seq + 1, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok();
        if mine {
            let (open, keychain) = (self.clone(), keychain.clone());
            std::thread::spawn(move || open.sign_head_quietly(&keychain));
        }
    }
}

/// The time of the last entry under a head, RFC 3339.
fn reached(ledger: &Ledger, head: &Head) -> Result<Option<String>, Fault> {
    let last = ledger.entry(head.checkpoint.size.saturating_sub(1))?;
    Ok(last.map(|entry| entry.at))
}

fn people(head: &Head, keys: &[KeyRecord]) -> Vec<String> {
    head.signers(keys).into_iter().map(str::to_owned).collect()
}

fn mark_to_wire(ledger: &Ledger, mark: &Mark, keys: &[KeyRecord]) -> Result<HeadMark, Fault> {
    Ok(HeadMark {
        entries: mark.head.checkpoint.size,
        at: reached(ledger, &mark.head)?,
        strength: mark.strength.word().to_owned(),
        by: people(&mark.head, keys),
    })
}
