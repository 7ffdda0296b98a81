//! People's signing keys: made, unlocked, listed and given up.

use assay_ledger::{KeyRecord, Ledger};
use assay_model::{Code, Fault};
use assay_review::sign_offs;
use assay_seal::{PublicKey, SecretKey};

use super::{Desk, lock};
use crate::review::{saved_entry, stamp};
use crate::signing::KeyRing;
use crate::wire::{KeyCreateRequest, KeyCreated, KeyInfo, KeyRevokeRequest, KeyRevoked, SigningKey};

impl Desk {
    /// Every key that was ever claimed, the latest first.
    pub fn keys(&self) -> Result<Vec<KeyInfo>, Fault> {
        let ledger = self.open()?.workspace.ledger()?;
        let time = |seq: u64| Ok::<_, Fault>(ledger.entry(seq)?.map(|entry| entry.at));
        let known = ledger.keys()?.into_iter().rev();
        known
            .map(|key| {
                Ok(KeyInfo {
                    key: self.key_to_wire(&key.public),
                    public: key.public.to_string(),
                    person: key.person,
                    since: time(key.seq)?.unwrap_or_default(),
                    until: key.revoked.map(time).transpose()?.flatten(),
                    compromised: key.compromised,
                })
            })
            .collect()
    }

    /// Makes a key for whoever is at the keyboard, in place of one they had.
    pub fn key_create(&self, request: &KeyCreateRequest) -> Result<KeyCreated, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        let key = self.key_ring().create(&stamp.actor, &request.passphrase)?;
        let entry = sign_offs::claim_key(&mut lock(&open.ledger), &stamp, &key, true)?;
        Ok(KeyCreated {
            saved: saved_entry(&entry),
            public: key.public().to_string(),
        })
    }

    /// Gives a key up; for its owner, and for leads.
    pub fn key_revoke(&self, request: &KeyRevokeRequest) -> Result<KeyRevoked, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        let mut ledger = lock(&open.ledger);
        let key = known_key(&ledger, &request.public)?;
        let entry = sign_offs::revoke_key(&mut ledger, &stamp, &key, request.compromised, &request.reason)?;
        drop(ledger);
        if open
            .heads
            .key()
            .is_some_and(|secret| *secret.public() == key.public)
        {
            open.heads.lock_up();
        }
        Ok(KeyRevoked {
            saved: saved_entry(&entry),
        })
    }

    pub(super) fn key_to_wire(&self, public: &PublicKey) -> SigningKey {
        let fingerprint = public.fingerprint();
        SigningKey {
            name: public.name().to_owned(),
            id: fingerprint
                .chars()
                .filter(char::is_ascii_hexdigit)
                .take(8)
                .collect(),
            fingerprint,
            is_here: self.key_ring().holds(public),
        }
    }

    fn key_ring(&self) -> KeyRing {
        KeyRing::at(self.home.folder())
    }

    pub(super) fn unlock(&self, ledger: &Ledger, actor: &str, passphrase: &str) -> Result<SecretKey, Fault> {
        let own = ledger.key_of(actor)?.ok_or_else(|| {
            Fault::new(
                Code::NotAllowed,
                format!("`{actor}` has no key"),
                "make one first",
            )
        })?;
        self.key_ring().unlock(&own.public, passphrase)
    }
}

fn known_key(ledger: &Ledger, public: &str) -> Result<KeyRecord, Fault> {
    let found = ledger
        .keys()?
        .into_iter()
        .find(|key| key.public.to_string() == public);
    found.ok_or_else(|| {
        Fault::new(
            Code::NotFound,
            "no such key was claimed here",
            "choose one from the list",
        )
    })
}
