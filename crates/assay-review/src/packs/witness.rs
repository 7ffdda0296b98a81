//! Is the ledger that a pack came from still the one that was seen here before? And is a return from whom it says?
//!
//! Whoever opens a pack sees the signed head of the ledger that issued it. Seen again later, the head must continue what was
//! seen before, by a proof that came along; the return then carries the head back with a second signature (C2SP
//! `tlog-cosignature`). So no ledger can be rewritten behind its head without another person's key, and none of its packs can
//! show one past to one person and another to the next time. The same key signs the return itself.

use assay_ledger::{Event, Head, Ledger, key_claim};
use assay_model::{Code, Digest, Fault};
use assay_seal::{PublicKey, SecretKey, is_consistent};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::file::Header;

/// The issuer's head as a pack carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuerHead {
    /// A C2SP checkpoint.
    pub note: String,
    /// Who signed it.
    pub key: PublicKey,
    /// That it continues the heads of earlier packs to the same person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub continues: Vec<Growth>,
}

/// RFC 6962 consistency with a shorter log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Growth {
    pub entries: u64,
    pub proof: Vec<Digest>,
}

impl IssuerHead {
    /// What it says; refused where its key did not sign it.
    pub(super) fn read(&self) -> Result<Head, String> {
        let head = Head::parse(&self.note)?;
        if head.note.is_signed_by(&self.key) {
            Ok(head)
        } else {
            Err("the key that it names did not sign its head".into())
        }
    }
}

/// The head that was signed last before entry `before`, and how it continues those in earlier packs to this person. The same
/// each time, whatever is signed later.
pub(super) fn issuer_head(
    ledger: &Ledger,
    before: u64,
    recipient: &str,
) -> Result<Option<IssuerHead>, Fault> {
    let keys = ledger.keys()?;
    let heads = ledger.heads()?;
    let last_before = |entry: u64| {
        let earlier = heads.iter().rev().filter(|head| head.checkpoint.size <= entry);
        earlier.max_by_key(|head| head.checkpoint.size)
    };
    let signed = last_before(before).and_then(|head| {
        let key = keys.iter().find(|key| head.note.is_signed_by(&key.public))?;
        Some((head, key.public.clone()))
    });
    let Some((head, key)) = signed else {
        return Ok(None);
    };
    let mut continues: Vec<Growth> = Vec::new();
    for pack in ledger.packs()? {
        let is_earlier = pack.issued && pack.person == recipient && pack.seq < before;
        let Some(earlier) = last_before(pack.seq).filter(|_| is_earlier) else {
            continue;
        };
        let entries = earlier.checkpoint.size;
        if entries < head.checkpoint.size && continues.iter().all(|known| known.entries != entries) {
            let proof = ledger.prove_growth(earlier, head)?;
            continues.push(Growth { entries, proof });
        }
    }
    Ok(Some(IssuerHead {
        note: head.note.to_string(),
        key,
        continues,
    }))
}

/// What a pack's head is to whoever opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Witnessed {
    /// It carries none.
    Unsigned,
    /// No head of that ledger was seen here before.
    First,
    /// It continues the one that was seen last, over so many entries.
    Continues { entries: u64 },
    /// It brings no proof that it continues the one that was seen last: an older pack, or one to somebody else.
    Unproven { entries: u64 },
    /// The ledger that issued it does not begin with the entries that were seen here.
    Contradicts { entries: u64 },
}

impl Witnessed {
    /// As interfaces name it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Unsigned => "unsigned",
            Self::First => "first",
            Self::Continues { .. } => "continues",
            Self::Unproven { .. } => "unproven",
            Self::Contradicts { .. } => "contradicts",
        }
    }

    /// Whether a return may carry the head back cosigned.
    fn may_be_cosigned(&self) -> bool {
        matches!(self, Self::First | Self::Continues { .. })
    }
}

/// Holds the head of a pack against those that were seen here.
pub fn witnessed(ledger: &Ledger, header: &Header) -> Result<Witnessed, Fault> {
    let Some(brought) = &header.signed else {
        return Ok(Witnessed::Unsigned);
    };
    let head = brought
        .read()
        .map_err(|why| Fault::internal("reading a pack's head", why))?;
    let Some(seen) = last_seen(ledger, &head.checkpoint.origin)? else {
        return Ok(Witnessed::First);
    };
    let (before, now) = (&seen.checkpoint, &head.checkpoint);
    let entries = before.size;
    if before.size > now.size {
        return Ok(Witnessed::Unproven { entries });
    }
    let brought = brought.continues.iter().find(|growth| growth.entries == entries);
    let proof = match brought {
        Some(growth) => growth.proof.as_slice(),
        None if before.size == now.size => &[],
        None => return Ok(Witnessed::Unproven { entries }),
    };
    let holds = is_consistent((before.size, &before.root), (now.size, &now.root), proof);
    Ok(if holds {
        Witnessed::Continues { entries }
    } else {
        Witnessed::Contradicts { entries }
    })
}

/// The note to remember, where the pack's head may be cosigned. Refuses one that contradicts what was seen.
pub(super) fn to_remember(ledger: &Ledger, header: &Header) -> Result<Option<String>, Fault> {
    match witnessed(ledger, header)? {
        Witnessed::Contradicts { entries } => Err(Fault::new(
            Code::NotAllowed,
            format!(
                "the ledger of {} is not the one that was seen here before: its first {entries} entries are others",
                header.issued_by
            ),
            "ask what became of that ledger; the pack opens in a workspace of its own",
        )),
        found => Ok(header
            .signed
            .as_ref()
            .filter(|_| found.may_be_cosigned())
            .map(|head| head.note.clone())),
    }
}

/// The longest head of that ledger that came with a pack and held.
fn last_seen(ledger: &Ledger, origin: &str) -> Result<Option<Head>, Fault> {
    let mut seen: Vec<Head> = Vec::new();
    for pack in ledger.packs()?.iter().filter(|pack| !pack.issued) {
        seen.extend(remembered(ledger, pack.seq)?.filter(|head| head.checkpoint.origin == origin));
    }
    Ok(seen.into_iter().max_by_key(|head| head.checkpoint.size))
}

/// The head that was remembered when a pack was opened by entry `opened`.
fn remembered(ledger: &Ledger, opened: u64) -> Result<Option<Head>, Fault> {
    let note = match ledger.entry(opened)?.map(|entry| entry.event) {
        Some(Event::PackOpened { issuer_head, .. }) => issuer_head,
        _ => None,
    };
    note.map(|note| Head::parse(&note).map_err(|why| Fault::internal("reading a seen head", why)))
        .transpose()
}

/// Who a return is from, and what they saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnSeal {
    pub key: PublicKey,
    /// The entry by which the person claimed the key, and what they signed for it.
    pub claim: KeyClaim,
    /// Base64: over the return's own heading and its last link.
    pub signature: String,
    /// The issuer's head with the person's cosignature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
}

/// That a key is somebody's, by the key itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyClaim {
    pub entry: Uuid,
    /// Base64.
    pub proof: String,
}

/// What a return is, as its author signs it.
pub(super) struct Heading<'a> {
    pub pack: Uuid,
    pub queue: Uuid,
    pub person: &'a str,
    pub acts: u64,
    /// None where there are no acts.
    pub last: Option<Digest>,
}

impl Heading<'_> {
    fn text(&self) -> String {
        let last = self.last.map(|link| link.to_string()).unwrap_or_default();
        format!(
            "assay pack return v1\n{}\n{}\n{}\n{}\n{last}\n",
            self.pack, self.queue, self.person, self.acts
        )
    }
}

/// Signs a return with its author's key, and cosigns the head that came with the pack opened by entry `opened`.
pub(super) fn seal(
    ledger: &Ledger,
    opened: u64,
    heading: &Heading<'_>,
    (key, time): (&SecretKey, u64),
) -> Result<ReturnSeal, Fault> {
    let claim = claim_of(ledger, heading.person, key.public())?;
    let head = remembered(ledger, opened)?.map(|head| head.note.cosigned_by(key, time).to_string());
    Ok(ReturnSeal {
        key: key.public().clone(),
        claim,
        signature: BASE64_STANDARD.encode(key.sign(heading.text().as_bytes())),
        head,
    })
}

fn claim_of(ledger: &Ledger, person: &str, key: &PublicKey) -> Result<KeyClaim, Fault> {
    let known = ledger.keys()?.into_iter();
    let record = known
        .into_iter()
        .find(|known| known.public == *key && known.person == person && known.revoked.is_none());
    let entry = record
        .map(|record| ledger.entry(record.seq))
        .transpose()?
        .flatten();
    match entry.map(|entry| (entry.id, entry.event)) {
        Some((entry, Event::KeyAdded { proof, .. })) => Ok(KeyClaim { entry, proof }),
        _ => Err(Fault::new(
            Code::NotAllowed,
            format!("that key is not one that `{person}` uses here"),
            "sign with the key of whom the pack was made for",
        )),
    }
}

impl ReturnSeal {
    /// Why it does not hold for this return, if it does not.
    pub(super) fn fault(&self, heading: &Heading<'_>) -> Option<&'static str> {
        let holds = |text: &str, signature: &str| {
            let bytes = BASE64_STANDARD.decode(signature).ok();
            bytes
                .and_then(|bytes| bytes.try_into().ok())
                .is_some_and(|bytes| self.key.verifies(text.as_bytes(), &bytes))
        };
        let claim = key_claim(self.claim.entry, heading.person, &self.key);
        if !holds(&claim, &self.claim.proof) {
            Some("its key is not the one that its author claimed")
        } else if !holds(&heading.text(), &self.signature) {
            Some("its signature does not hold: it is not what its author signed")
        } else {
            None
        }
    }

    /// The head that came back, where the author cosigned it.
    fn cosigned(&self) -> Result<Option<Head>, Fault> {
        let damaged = |why: String| {
            Fault::new(
                Code::InvalidDecisions,
                format!(
                    "the head that came back cannot be believed: {why}; nothing was taken from the return"
                ),
                "ask for the file again",
            )
        };
        let Some(note) = &self.head else {
            return Ok(None);
        };
        let head = Head::parse(note).map_err(damaged)?;
        match head.note.cosignature_of(&self.key) {
            Some(_) => Ok(Some(head)),
            None => Err(damaged("its author did not cosign it".into())),
        }
    }
}

/// Whose return it is, by its signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// It is not signed: it shows its wholeness, and not from whom it is.
    Unsigned,
    /// The person's key, as it is known here, signed it.
    Known,
    /// The person has no key here; the one that signed it is taken in with it.
    NewKey,
}

impl Author {
    /// As interfaces name it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unsigned => "unsigned",
            Self::Known => "known",
            Self::NewKey => "new_key",
        }
    }
}

/// Says whose return it is; refuses one that another key signed than the person's.
pub(super) fn author(ledger: &Ledger, person: &str, seal: Option<&ReturnSeal>) -> Result<Author, Fault> {
    let Some(seal) = seal else {
        return Ok(Author::Unsigned);
    };
    let own: Vec<_> = ledger
        .keys()?
        .into_iter()
        .filter(|key| key.person == person)
        .collect();
    let known = own.iter().find(|key| key.public == seal.key);
    match known {
        Some(key) if key.revoked.is_none() => Ok(Author::Known),
        None if own.is_empty() => Ok(Author::NewKey),
        _ => Err(Fault::new(
            Code::NotAllowed,
            format!(
                "the return is signed with a key that is not the one of `{person}` here; nothing was taken from it"
            ),
            "ask whose key it is, and for a return that is signed with theirs",
        )),
    }
}

/// The head that came back cosigned; refused where no key of this ledger signed it first, so that nobody plants a head.
pub(super) fn head_that_came_back(ledger: &Ledger, seal: Option<&ReturnSeal>) -> Result<Option<Head>, Fault> {
    let Some(head) = seal.map(ReturnSeal::cosigned).transpose()?.flatten() else {
        return Ok(None);
    };
    let is_ours = ledger
        .keys()?
        .iter()
        .any(|key| head.note.is_signed_by(&key.public));
    if is_ours {
        Ok(Some(head))
    } else {
        Err(Fault::new(
            Code::NotAllowed,
            "the head that came back was not signed here; nothing was taken from the return",
            "ask for the return of the pack that was issued here",
        ))
    }
}
