//! What would a return bring, and what does taking it in do?

use assay_ledger::{Draft, Event, FeedPlace, Head, IssuedPack, Ledger, Queue, Verdict};
use assay_model::{Code, Digest, Fault};
use assay_seal::PublicKey;
use uuid::Uuid;

use super::file::{Act, Return};
use super::returning::queue_of;
use super::witness::{self, Author, ReturnSeal};
use crate::{Stamp, people, queue, rubric};

/// What a return brings. Counts are of acts, not of samples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub queue: Queue,
    pub person: String,
    pub pack: Uuid,
    /// Taken in now, or would be.
    pub new: u64,
    /// Taken in before.
    pub known: u64,
    /// Left out, all from the first that does not hold on; `stopped` says why.
    pub left_out: u64,
    pub stopped: Option<Stopped>,
    /// Samples on which standing verdicts differ and nobody has settled it, in this queue, once it is taken in.
    pub disputed: u64,
    /// The same before it was taken in.
    pub disputed_before: u64,
    pub author: Author,
    /// The key that signed it.
    pub key: Option<PublicKey>,
    /// The head of this ledger that its author cosigned.
    pub cosigned: Option<Head>,
}

/// Why the acts from one on are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// An earlier return says something else at this act: from here on nothing of either stands.
    Forks { act: u64 },
    /// The act is about a sample that the pack does not hold.
    OutsideThePack { act: u64 },
    /// The act answers a rubric that the queue never asked, or is no answer to it.
    OtherRubric { act: u64, why: String },
    /// The act breaks a rule of the ledger.
    BreaksARule { act: u64, why: String },
}

impl Stopped {
    /// Why, as a sentence.
    pub fn in_words(&self, queue: &str) -> String {
        // People count from one.
        let number = |act: &u64| act + 1;
        match self {
            Self::Forks { act } => format!(
                "from act {} on an earlier return says something else; nothing of either stands from there",
                number(act)
            ),
            Self::OutsideThePack { act } => {
                format!("act {} is about a sample outside queue {queue}", number(act))
            }
            Self::OtherRubric { act, why } => format!("act {} answers other questions: {why}", number(act)),
            Self::BreaksARule { act, why } => format!("act {}: {why}", number(act)),
        }
    }
}

/// Says what taking a return in would do, by doing it to a copy of the ledger; nothing is recorded.
pub fn dry_run(ledger: &Ledger, stamp: &Stamp, returned: &Return) -> Result<Outcome, Fault> {
    bring(&mut ledger.rehearsal()?, stamp, returned)
}

/// Takes a return in. For curators and leads. Taking it in again changes nothing. A head that came back cosigned is kept, also
/// where this ledger no longer continues it: then that shows from now on.
pub fn merge(ledger: &mut Ledger, stamp: &Stamp, returned: &Return) -> Result<Outcome, Fault> {
    let outcome = bring(ledger, stamp, returned)?;
    outcome
        .cosigned
        .iter()
        .try_for_each(|head| ledger.keep_head(head))?;
    Ok(outcome)
}

fn bring(ledger: &mut Ledger, stamp: &Stamp, returned: &Return) -> Result<Outcome, Fault> {
    if !people::find(ledger, &stamp.actor)?.role.may_promote() {
        return Err(Fault::new(
            Code::NotAllowed,
            format!(
                "`{}` is neither curator nor lead; only curators and leads may import returns",
                stamp.actor
            ),
            "ask a curator or a lead",
        ));
    }
    let Plan {
        mut outcome,
        pack,
        fork,
    } = Plan::of(ledger, returned)?;
    if let Some((place, chain)) = fork {
        if pack.quarantined_from.is_none_or(|from| place < from) {
            let event = Event::PackForked {
                pack: pack.id,
                place,
                chain,
            };
            ledger.append(&[Draft::new(stamp.entry, stamp.at, &stamp.actor, event)])?;
        }
        outcome.disputed = disputed(ledger, &outcome.queue)?;
        return Ok(outcome);
    }
    let from = outcome.known as usize;
    let drafts = returned.acts[from..from + outcome.new as usize]
        .iter()
        .zip(outcome.known..)
        .map(|(act, place)| draft(returned, act, place))
        .collect::<Result<Vec<_>, _>>()?;
    if let Err(broken) = ledger.append(&drafts) {
        take_one_by_one(ledger, &drafts, &broken, &mut outcome)?;
    }
    if outcome.stopped.is_none() {
        take_key(ledger, stamp, returned, outcome.author)?;
    }
    outcome.disputed = disputed(ledger, &outcome.queue)?;
    Ok(outcome)
}

/// Records the key of an author who had none here, by their own claim; from a return that was taken in whole, and no other.
fn take_key(ledger: &mut Ledger, stamp: &Stamp, returned: &Return, author: Author) -> Result<(), Fault> {
    let (Some(ReturnSeal { key, claim, .. }), Author::NewKey) = (&returned.seal, author) else {
        return Ok(());
    };
    let event = Event::KeyAdded {
        person: returned.person.clone(),
        public: key.clone(),
        proof: claim.proof.clone(),
        replaces: None,
    };
    ledger.append(&[Draft::new(claim.entry, stamp.at, &returned.person, event)])?;
    Ok(())
}

/// Finds the act that breaks a rule, taking in those before it.
fn take_one_by_one(
    ledger: &mut Ledger,
    drafts: &[Draft],
    broken: &Fault,
    outcome: &mut Outcome,
) -> Result<(), Fault> {
    if broken.code != Code::NotAllowed {
        return Err(broken.clone());
    }
    for (number, draft) in (0_u64..).zip(drafts) {
        match ledger.append(std::slice::from_ref(draft)) {
            Ok(_) => {}
            Err(fault) if fault.code == Code::NotAllowed => {
                outcome.left_out += outcome.new - number;
                outcome.new = number;
                outcome.stopped = Some(Stopped::BreaksARule {
                    act: outcome.known + number,
                    why: fault.message,
                });
                return Ok(());
            }
            Err(fault) => return Err(fault),
        }
    }
    Ok(())
}

/// What is to be done with a return.
struct Plan {
    outcome: Outcome,
    pack: IssuedPack,
    /// Where it differs from what was taken in, and its link there.
    fork: Option<(u64, Digest)>,
}

impl Plan {
    fn of(ledger: &Ledger, returned: &Return) -> Result<Self, Fault> {
        let pack = ledger
            .packs()?
            .into_iter()
            .find(|pack| pack.issued && pack.id == returned.pack);
        let Some(pack) = pack.filter(|pack| pack.queue == returned.queue && pack.person == returned.person)
        else {
            return Err(Fault::new(
                Code::NotAllowed,
                format!("no pack {} was issued here to {}", returned.pack, returned.person),
                "import it in the workspace that issued the pack",
            ));
        };
        let queue = queue::find(ledger, &pack.queue.to_string())?;
        let known = ledger.feed(pack.id)?;
        let before = disputed(ledger, &queue)?;
        let mut outcome = Outcome {
            disputed: before,
            disputed_before: before,
            queue,
            person: pack.person.clone(),
            pack: pack.id,
            new: 0,
            known: 0,
            left_out: 0,
            stopped: None,
            author: witness::author(ledger, &pack.person, returned.seal.as_ref())?,
            key: returned.seal.as_ref().map(|seal| seal.key.clone()),
            cosigned: witness::head_that_came_back(ledger, returned.seal.as_ref())?,
        };
        let total = returned.acts.len() as u64;
        let parts = known
            .iter()
            .zip(&returned.acts)
            .position(|(chain, act)| *chain != act.chain);
        if let Some(place) = parts {
            let place = place as u64;
            outcome.known = place;
            outcome.left_out = total - place;
            // An act that could not have been taken in first is no other branch.
            outcome.stopped = stops(ledger, &outcome.queue, place, &returned.acts[place as usize])?;
            if outcome.stopped.is_some() {
                return Ok(Self {
                    outcome,
                    pack,
                    fork: None,
                });
            }
            outcome.stopped = Some(Stopped::Forks { act: place });
            let chain = returned.acts[place as usize].chain;
            return Ok(Self {
                outcome,
                pack,
                fork: Some((place, chain)),
            });
        }
        outcome.known = (known.len() as u64).min(total);
        for (place, act) in (0_u64..).zip(&returned.acts).skip(known.len()) {
            outcome.stopped = stops(ledger, &outcome.queue, place, act)?;
            if outcome.stopped.is_some() {
                break;
            }
            outcome.new += 1;
        }
        outcome.left_out = total - outcome.known - outcome.new;
        Ok(Self {
            outcome,
            pack,
            fork: None,
        })
    }
}

/// Why an act cannot be taken in, apart from the ledger's own rules.
fn stops(ledger: &Ledger, queue: &Queue, place: u64, act: &Act) -> Result<Option<Stopped>, Fault> {
    let breaks = |why: &str| {
        Ok(Some(Stopped::BreaksARule {
            act: place,
            why: why.to_owned(),
        }))
    };
    if queue_of(&act.act) != Some(queue.id) {
        return breaks("it is about another queue, or no act of a reviewer");
    }
    if act.at.parse::<jiff::Timestamp>().is_err() {
        return breaks("its time is no time");
    }
    let (sample, answered) = match &act.act {
        Event::Decided {
            sample,
            rubric,
            answer,
            ..
        } => (sample, Some((rubric, answer))),
        Event::Unsealed { sample, .. } | Event::Flagged { sample, .. } => (sample, None),
        _ => return Ok(None),
    };
    if ledger.queue_position(queue.id, sample)?.is_none() {
        return Ok(Some(Stopped::OutsideThePack { act: place }));
    }
    let Some((id, answer)) = answered else {
        return Ok(None);
    };
    let other = |why: String| Ok(Some(Stopped::OtherRubric { act: place, why }));
    let Some(questions) = ledger.rubric(id)? else {
        return other(format!("rubric {id} is not known here"));
    };
    match rubric::settle(&questions, answer) {
        Ok(settled) if settled == *answer || answer.verdict == Verdict::Skip => Ok(None),
        Ok(_) => other("it is not in its recorded form".to_owned()),
        Err(fault) => other(fault.message),
    }
}

fn draft(returned: &Return, act: &Act, place: u64) -> Result<Draft, Fault> {
    let at = act
        .at
        .parse()
        .map_err(|_| Fault::internal("taking a return in", "its time was read before"))?;
    let mut draft = Draft::new(act.id, at, &returned.person, act.act.clone());
    draft.note = act.note.as_ref().map(|note| note.text.clone());
    draft.salt = act.salt()?;
    draft.feed = Some(FeedPlace {
        pack: returned.pack,
        place,
        chain: act.chain,
    });
    Ok(draft)
}

fn disputed(ledger: &Ledger, queue: &Queue) -> Result<u64, Fault> {
    let mut count = 0;
    for sample in ledger.disputed()? {
        count += u64::from(ledger.queue_position(queue.id, &sample)?.is_some());
    }
    Ok(count)
}
