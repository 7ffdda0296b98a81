//! Signing, as the window asks for it.

use std::sync::Arc;

use assay_card::sign_off::Meaning;
use assay_ledger::Ledger;
use assay_model::{Code, Fault};
use assay_review::sign_offs;
use assay_seal::PublicKey;
use jiff::Timestamp;

use super::{Desk, Open, lock};
use crate::answers::Key;
use crate::card::{CardFiles, KeptCard};
use crate::review::{saved_entry, stamp};
use crate::signing::{self, Signable, Signature};
use crate::wire::{
    SignException, SignJoinRequest, SignLook, SignLookAnswer, SignMeaning, SignRequest, SignState,
    SignWithdrawRequest, SignWithdrawn, Signed, SnapshotRequest, StatementDigest,
};

/// What somebody looks at before they sign. Kept in memory only: it holds every digest of the snapshot.
pub(super) struct Look {
    key: Key,
    signable: Signable,
    /// The time that the statement names.
    at: Timestamp,
}

impl Desk {
    /// What there is to sign, or the job that measures it.
    pub fn sign_look(&self, request: &SnapshotRequest) -> Result<SignLookAnswer, Fault> {
        let open = self.open()?;
        let (key, number) = self.card_key(&open, &request.dataset, request.snapshot)?;
        if let Some(look) = open.look(&key) {
            let answer = self.look_to_wire(&open, &look)?;
            return Ok(SignLookAnswer {
                job: None,
                answer: Some(answer),
            });
        }
        let (beside, worker, dataset) = (open.clone(), self.worker.clone(), request.dataset.clone());
        let about = format!("{dataset}@{number}");
        let job = self.jobs.look(
            "signing",
            &about,
            &format!("sign {}", key.as_str()),
            move |task| {
                let ledger = beside.workspace.ledger()?;
                let which = (Some(dataset.as_str()), Some(number));
                let files = |card: &assay_card::Card| CardFiles::of(card, &[]);
                let signable = signing::signable(&beside.workspace, &ledger, which, files, &worker, task)?;
                *lock(&beside.look) = Some(Arc::new(Look {
                    key,
                    signable,
                    at: Timestamp::now(),
                }));
                Ok(())
            },
        );
        Ok(SignLookAnswer {
            job: Some(job),
            answer: None,
        })
    }

    fn look_to_wire(&self, open: &Open, look: &Look) -> Result<SignLook, Fault> {
        let ledger = lock(&open.ledger);
        let (actor, signable) = (open.actor()?, &look.signable);
        let snapshot = &signable.snapshot;
        let key = ledger.key_of(&actor)?;
        let refused = sign_offs::may_sign(&ledger, &actor, &snapshot.dataset, snapshot.number).err();
        let meanings = Meaning::ALL.map(|meaning| {
            let signer = key.as_ref().filter(|_| refused.is_none()).map(|key| &key.public);
            meaning_to_wire(&ledger, look, (&actor, signer), meaning)
        });
        let reviewers = sign_offs::reviewers(&ledger, &snapshot.dataset, snapshot.number)?;
        let standing = sign_offs::standing(&ledger, &snapshot.dataset)?;
        let supersedes = standing
            .map(|standing| signing::info(&ledger, &standing))
            .transpose()?;
        Ok(SignLook {
            dataset: snapshot.dataset.clone(),
            snapshot: snapshot.number,
            refused: refused.map(|fault| fault.message),
            key: key.map(|key| self.key_to_wire(&key.public)),
            meanings: meanings.into_iter().collect::<Result<_, _>>()?,
            exceptions: signable
                .exceptions
                .iter()
                .map(|exception| SignException {
                    kind: exception.kind.clone(),
                    what: exception.what.clone(),
                })
                .collect(),
            files: signable.covers(),
            source_files: snapshot.files_read,
            samples: snapshot.indexed,
            root: snapshot.root.hex(),
            entries: signable.entries,
            gold_members: signable.gold.members,
            signers: signable.signers,
            reviewers: reviewers.len() as u64,
            signer_reviewed: reviewers.contains(&actor),
            revised: signing::revised(&ledger, &snapshot.dataset, snapshot.number)?,
            supersedes,
            signer: actor,
        })
    }

    /// Signs what was looked at, and nothing else; on disk when it returns.
    pub fn sign_card(&self, request: &SignRequest) -> Result<Signed, Fault> {
        let open = self.open()?;
        let folder = self.path(&request.handle)?;
        open.workspace.check_export(&folder)?;
        let (key, _) = self.card_key(&open, &request.dataset, Some(request.snapshot))?;
        let look = open.look(&key).ok_or_else(changed)?;
        let mut ledger = lock(&open.ledger);
        let mut stamp = stamp(&open.actor()?, &request.entry)?;
        stamp.at = look.at;
        // The slow part first: Argon2id takes its second whatever follows.
        let secret = self.unlock(&ledger, &stamp.actor, &request.passphrase)?;
        let meaning = look.signable.meaning(&stamp.actor, &request.meaning)?;
        let signer = (stamp.actor.as_str(), secret.public(), look.at);
        let prepared = signing::prepare(&ledger, &look.signable, signer, &meaning)?;
        if prepared.statement().hex() != request.statement {
            return Err(changed());
        }
        let signed = signing::sign(&mut ledger, &stamp, prepared, &secret, &folder)?;
        let told = signed_to_wire(&ledger, signed, &folder);
        drop(ledger);
        open.heads.unlock(secret, false);
        open.sign_head_quietly();
        told
    }

    /// Signs a folder that another lead signed first.
    pub fn sign_join(&self, request: &SignJoinRequest) -> Result<Signed, Fault> {
        let open = self.open()?;
        let folder = self.path(&request.handle)?;
        open.workspace.check_export(&folder)?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        let mut ledger = lock(&open.ledger);
        let standing =
            sign_offs::standing(&ledger, &request.dataset)?.ok_or_else(|| none(&request.dataset))?;
        let secret = self.unlock(&ledger, &stamp.actor, &request.passphrase)?;
        let signed = signing::join(&mut ledger, (&stamp, &secret), &standing, &folder)?;
        let told = signed_to_wire(&ledger, signed, &folder);
        drop(ledger);
        open.heads.unlock(secret, false);
        open.sign_head_quietly();
        told
    }

    pub fn sign_withdraw(&self, request: &SignWithdrawRequest) -> Result<SignWithdrawn, Fault> {
        let open = self.open()?;
        let stamp = stamp(&open.actor()?, &request.entry)?;
        let mut ledger = lock(&open.ledger);
        let standing =
            sign_offs::standing(&ledger, &request.dataset)?.ok_or_else(|| none(&request.dataset))?;
        let entry = sign_offs::withdraw(&mut ledger, &stamp, standing.id, &request.reason)?;
        Ok(SignWithdrawn {
            saved: saved_entry(&entry),
        })
    }

    /// The dataset's sign-offs, and what the card that was drafted says otherwise than the one that stands.
    pub fn sign_state(&self, request: &SnapshotRequest) -> Result<SignState, Fault> {
        let open = self.open()?;
        let (key, _) = self.card_key(&open, &request.dataset, request.snapshot)?;
        let drafted = open.answers.get::<KeptCard>(&key);
        let ledger = lock(&open.ledger);
        signing::history(
            &ledger,
            &request.dataset,
            drafted.as_deref().map(|kept| &kept.files),
        )
    }
}

impl Open {
    fn look(&self, key: &Key) -> Option<Arc<Look>> {
        lock(&self.look).clone().filter(|look| look.key == *key)
    }
}

fn meaning_to_wire(
    ledger: &Ledger,
    look: &Look,
    (actor, key): (&str, Option<&PublicKey>),
    meaning: Meaning,
) -> Result<SignMeaning, Fault> {
    let (signable, contract) = (&look.signable, look.signable.contract.as_ref());
    let refused = meaning.may_be_said(contract).err();
    let sentence = signable.sentence(actor, meaning);
    let statement = match key.filter(|_| refused.is_none()) {
        Some(key) => Some(signing::prepare(ledger, signable, (actor, key, look.at), &sentence)?.statement()),
        None => None,
    };
    Ok(SignMeaning {
        word: meaning.word().to_owned(),
        name: meaning.name().to_owned(),
        refused,
        waived: contract.map_or(0, |contract| contract.waivers.len() as u64),
        failing: contract.map_or(0, |contract| contract.failing.len() as u64),
        sentence,
        statement: statement.map(|digest| StatementDigest::of(&digest)),
    })
}

fn signed_to_wire(ledger: &Ledger, signed: Signature, folder: &std::path::Path) -> Result<Signed, Fault> {
    let entry = ledger.entry(signed.seq)?;
    let entry = entry.ok_or_else(|| Fault::internal("signing a card", "it was not recorded"))?;
    Ok(Signed {
        saved: saved_entry(&entry),
        folder: folder.display().to_string(),
        files: signed.files,
        statement: StatementDigest::of(&signed.statement),
        missing: signed.sign_off.missing(),
    })
}

fn changed() -> Fault {
    Fault::new(
        Code::NotAllowed,
        "something was decided or measured since you looked; nothing was signed",
        "look at what there is to sign again",
    )
}

fn none(dataset: &str) -> Fault {
    Fault::new(
        Code::NotAllowed,
        format!(
            "no sign-off of `{}` stands",
            assay_model::fault::one_line(dataset)
        ),
        "look at the card again",
    )
}
