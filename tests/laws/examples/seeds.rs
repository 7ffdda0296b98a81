//! Writes the seeds of `tests/fixtures/fuzz` that only a program can write: signed, hashed, packed. The same bytes each time.

use std::error::Error;
use std::fs;
use std::path::Path;

use assay_laws::seeds::{self, SIGNER};
use assay_ledger::{Draft, Event, KeptSample, Ledger, Role, Verdict, digest_of_parts, key_claim};
use assay_review::packs::{self, PackFile};
use assay_review::queue::{self, QueueOrder};
use assay_review::verdict::{self, Decide};
use assay_review::{Answer, Queue, Stamp, people};
use assay_seal::SecretKey;
use base64::{Engine, prelude::BASE64_STANDARD};
use jiff::Timestamp;
use uuid::Uuid;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/fuzz");
    let write = |target: &str, name: &str, bytes: &[u8]| fs::write(root.join(target).join(name), bytes);
    for (target, name, bytes) in seeds::seeds() {
        write(target, &name, &bytes)?;
    }
    // Salted anew each time, so it is written once and kept.
    let key_file = root.join("key_file/under-law.json");
    if !key_file.exists() {
        fs::write(key_file, seeds::key_file()?)?;
    }
    let [export, pack, returned] = of_ledgers()?;
    write("ledger_export", "whole.jsonl", &export)?;
    write("pack_file", "pack", &pack)?;
    write("pack_file", "return", &returned)?;
    Ok(())
}

/// Stamps a second apart, so that nothing depends on when this runs.
struct Clock(u64);

impl Clock {
    fn stamp(&mut self, actor: &str) -> Stamp {
        self.0 += 1;
        let ms = 1_700_000_000_000 + 1000 * self.0;
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&ms.to_be_bytes()[2..]);
        bytes[6] = 0x70;
        bytes[8] = 0x80;
        bytes[15] = self.0 as u8;
        Stamp {
            entry: Uuid::from_bytes(bytes),
            at: Timestamp::from_millisecond(ms as i64).expect("a time of this century"),
            actor: actor.to_owned(),
        }
    }
}

/// An exported ledger with a signed head, a pack that it issued, and what came back with it.
fn of_ledgers() -> Outcome<[Vec<u8>; 3]> {
    let (here, there) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let mut clock = Clock(0);
    let mut ledger = Ledger::create(here.path())?;
    for (name, role) in [
        ("Ines", Role::Lead),
        ("Jonas", Role::Curator),
        ("Maria", Role::Expert),
    ] {
        people::add(&mut ledger, &clock.stamp(name), name, role)?;
    }
    claim(&mut ledger, &clock.stamp("Ines"))?;
    let queue = queue_of_three(&mut ledger, &clock.stamp("Jonas"))?;
    packs::issue(&mut ledger, &clock.stamp("Jonas"), &queue, "Maria")?;
    let issued = packs::issued(&ledger, &queue, "Maria")?.ok_or("the pack was issued")?;
    let (mut pack, mut returned, mut export) = (Vec::new(), Vec::new(), Vec::new());
    packs::write_pack(&ledger, issued.id, &mut pack)?;

    let PackFile::Pack(opened) = packs::read("pack", std::str::from_utf8(&pack)?)? else {
        return Err("a pack is read as one".into());
    };
    let mut elsewhere = Ledger::create(there.path())?;
    let queue = packs::open(&mut elsewhere, &clock.stamp("Maria"), &opened)?;
    for (item, verdict) in elsewhere
        .queue_items(&queue)?
        .into_iter()
        .zip([Verdict::Approve, Verdict::Unsure])
    {
        let decide = Decide {
            sample: item,
            answer: Answer::of(verdict),
            note: String::new(),
            dwell_ms: Some(900),
        };
        verdict::decide(&mut elsewhere, &clock.stamp("Maria"), &queue, &decide)?;
    }
    verdict::undo(&mut elsewhere, &clock.stamp("Maria"), &queue)?;
    packs::write_return(&elsewhere, issued.id, None, &mut returned)?;

    let PackFile::Return(acts) = packs::read("return", std::str::from_utf8(&returned)?)? else {
        return Err("a return is read as one".into());
    };
    packs::merge(&mut ledger, &clock.stamp("Jonas"), &acts)?;
    ledger.sign_head(&signer())?.ok_or("the head was signed")?;
    ledger.export(&mut export)?;
    Ok([export, pack, returned])
}

fn signer() -> SecretKey {
    let (name, seed) = SIGNER;
    SecretKey::from_seed(name, &seed)
}

/// Makes the signer's key Ines's own.
fn claim(ledger: &mut Ledger, stamp: &Stamp) -> Outcome<()> {
    let key = signer();
    let claim = key_claim(stamp.entry, &stamp.actor, key.public());
    let event = Event::KeyAdded {
        person: stamp.actor.clone(),
        public: key.public().clone(),
        proof: BASE64_STANDARD.encode(key.sign(claim.as_bytes())),
        replaces: None,
    };
    ledger.append(&[Draft::new(stamp.entry, stamp.at, &stamp.actor, event)])?;
    Ok(())
}

fn queue_of_three(ledger: &mut Ledger, stamp: &Stamp) -> Outcome<Queue> {
    let samples: Vec<KeptSample> = ["one", "two", "three"].map(kept).into();
    let order = QueueOrder {
        name: "letters".to_owned(),
        dataset: "letters".to_owned(),
        snapshot: 1,
        size: 3,
        seed: 7,
        reviewers: 1,
        ..QueueOrder::default()
    };
    let drawn = queue::draw(&order, samples.iter().map(|sample| sample.digest).collect())?;
    Ok(queue::create(ledger, stamp, &order, &drawn, &samples)?)
}

fn kept(text: &str) -> KeptSample {
    let parts = seeds::document(text);
    KeptSample {
        digest: digest_of_parts(&parts),
        parts,
        facts: serde_json::json!({"path": "a.jsonl"}),
    }
}
