//! Keys, heads and sign-offs: what is taken, what is refused, and what a signature shows afterwards.

use std::io::Cursor;
use std::process::{Command, Stdio};

use assay_ledger::{
    ENVELOPE_FILE, Event, HEADS_FILE, Head, Ledger, Role, SignOffTerms, Verdict, key_claim, read_heads,
    verify_file,
};
use assay_model::{Code, Digest, canonical, merkle};
use assay_seal::{Checkpoint, Envelope, PublicKey, SecretKey, is_consistent};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::{World, draft, id, world};

/// The world with a lead, Ines, who has a key, and a second one, Ole.
fn with_leads() -> (World, SecretKey, SecretKey) {
    let mut world = world();
    let keys = ["Ines", "Ole"].map(|name| {
        let role = Role::Lead;
        let name = name.to_owned();
        world
            .ledger
            .append(&[draft(
                &name,
                Event::PersonAdded {
                    name: name.clone(),
                    role,
                },
            )])
            .unwrap();
        let key = SecretKey::generate(&name).unwrap();
        claim(&mut world, &name, &key, None).unwrap();
        key
    });
    let [ines, ole] = keys;
    (world, ines, ole)
}

fn claim(
    world: &mut World,
    person: &str,
    key: &SecretKey,
    replaces: Option<&SecretKey>,
) -> Result<(), assay_model::Fault> {
    let entry = id();
    let mut claimed = draft(
        person,
        Event::KeyAdded {
            person: person.to_owned(),
            public: key.public().clone(),
            proof: BASE64_STANDARD.encode(key.sign(key_claim(entry, person, key.public()).as_bytes())),
            replaces: replaces.map(|key| key.public().clone()),
        },
    );
    claimed.id = entry;
    world.ledger.append(&[claimed]).map(|_| ())
}

fn terms(signers: u64, supersedes: Option<Uuid>) -> SignOffTerms {
    SignOffTerms {
        dataset: "letters".to_owned(),
        snapshot: 1,
        root: Digest::of(b"root"),
        statement: Digest::of(b"statement"),
        meaning: "fit for training".to_owned(),
        signers,
        supersedes,
    }
}

fn sign(
    world: &mut World,
    actor: &str,
    key: &SecretKey,
    terms: SignOffTerms,
) -> Result<Uuid, assay_model::Fault> {
    let signed = draft(
        actor,
        Event::SignedOff {
            terms,
            key: key.public().clone(),
            signature: String::new(),
        },
    );
    world.ledger.append(std::slice::from_ref(&signed))?;
    Ok(signed.id)
}

#[test]
fn a_key_is_claimed_by_its_owner_and_by_itself() {
    let (mut world, ines, _) = with_leads();
    let own = world.ledger.key_of("Ines").unwrap().unwrap();
    assert_eq!(own.public, *ines.public());
    let stranger = SecretKey::generate("Mallory").unwrap();
    let entry = id();
    for (actor, person, proof) in [
        (
            "Ole",
            "Ines",
            stranger.sign(key_claim(entry, "Ines", stranger.public()).as_bytes()),
        ),
        (
            "Ines",
            "Ines",
            stranger.sign(key_claim(id(), "Ines", stranger.public()).as_bytes()),
        ),
        (
            "Ines",
            "Ines",
            ines.sign(key_claim(entry, "Ines", stranger.public()).as_bytes()),
        ),
    ] {
        let mut claimed = draft(
            actor,
            Event::KeyAdded {
                person: person.to_owned(),
                public: stranger.public().clone(),
                proof: BASE64_STANDARD.encode(proof),
                replaces: None,
            },
        );
        claimed.id = entry;
        assert_eq!(
            world.ledger.append(&[claimed]).unwrap_err().code,
            Code::NotAllowed
        );
    }
}

#[test]
fn a_rotated_or_revoked_key_signs_nothing_more() {
    let (mut world, old, ole) = with_leads();
    let new = SecretKey::generate("Ines").unwrap();
    claim(&mut world, "Ines", &new, Some(&old)).unwrap();
    assert_eq!(
        world.ledger.key_of("Ines").unwrap().unwrap().public,
        *new.public()
    );
    assert!(sign(&mut world, "Ines", &old, terms(1, None)).is_err());
    assert!(
        sign(&mut world, "Ines", &ole, terms(1, None)).is_err(),
        "another's key"
    );
    let first = sign(&mut world, "Ines", &new, terms(1, None)).unwrap();
    let revoked = Event::KeyRevoked {
        public: new.public().clone(),
        compromised: true,
        reason: "the laptop was stolen".to_owned(),
    };
    assert!(
        world.ledger.append(&[draft("Maria", revoked.clone())]).is_err(),
        "an expert"
    );
    world.ledger.append(&[draft("Ole", revoked)]).unwrap();
    assert!(sign(&mut world, "Ines", &new, terms(1, Some(first))).is_err());
    assert_eq!(world.ledger.key_of("Ines").unwrap(), None);
}

#[test]
fn sign_offs_take_each_other_s_place_and_are_withdrawn_but_never_go() {
    let (mut world, ines, ole) = with_leads();
    assert!(
        sign(&mut world, "Jonas", &ines, terms(1, None)).is_err(),
        "a curator"
    );
    let first = sign(&mut world, "Ines", &ines, terms(2, None)).unwrap();
    assert!(!world.ledger.sign_offs().unwrap()[0].is_complete());
    let join = |key: &SecretKey| Event::SignOffJoined {
        sign_off: first,
        key: key.public().clone(),
        signature: String::new(),
    };
    assert!(
        world.ledger.append(&[draft("Ines", join(&ines))]).is_err(),
        "she has signed"
    );
    world.ledger.append(&[draft("Ole", join(&ole))]).unwrap();
    assert!(world.ledger.sign_offs().unwrap()[0].is_complete());
    assert!(
        sign(&mut world, "Ole", &ole, terms(1, None)).is_err(),
        "one stands already"
    );
    let second = sign(&mut world, "Ole", &ole, terms(1, Some(first))).unwrap();
    let withdrawn = |sign_off, reason: &str| Event::SignOffWithdrawn {
        sign_off,
        reason: reason.to_owned(),
    };
    for refused in [withdrawn(first, "superseded"), withdrawn(second, " ")] {
        assert!(world.ledger.append(&[draft("Ines", refused)]).is_err());
    }
    world
        .ledger
        .append(&[draft("Ines", withdrawn(second, "a source withdrew its consent"))])
        .unwrap();
    let all = world.ledger.sign_offs().unwrap();
    assert_eq!(
        all.iter().map(|one| one.stands()).collect::<Vec<_>>(),
        [false, false]
    );
    assert!(all[0].superseded.is_some() && all[1].withdrawn.is_some());
    world.ledger.rebuild_projections().unwrap();
    assert_eq!(world.ledger.sign_offs().unwrap(), all);
    assert!(world.ledger.verify().unwrap().whole());
}

#[test]
fn an_envelope_that_was_exchanged_is_found() {
    let (mut world, ines, _) = with_leads();
    let envelope = Envelope::unsigned("t", b"statement").signed_by(&ines);
    let kept = |envelope: &Envelope| vec![(ENVELOPE_FILE.to_owned(), serde_json::to_vec(envelope).unwrap())];
    let id = sign(&mut world, "Ines", &ines, terms(1, None)).unwrap();
    world.ledger.keep_signed(id, &kept(&envelope)).unwrap();
    assert!(world.ledger.verify().unwrap().whole());
    let other = Envelope::unsigned("t", b"another").signed_by(&ines);
    world.ledger.keep_signed(id, &kept(&other)).unwrap();
    assert!(
        world
            .ledger
            .verify()
            .unwrap()
            .failure
            .unwrap()
            .what
            .contains("envelope")
    );
}

#[test]
fn a_head_shows_that_the_tail_was_cut_or_exchanged() {
    let (mut world, ines, _) = with_leads();
    world.decide(0, Verdict::Approve);
    let head = world.ledger.sign_head(&ines).unwrap().unwrap();
    assert!(world.ledger.verify().unwrap().whole());
    assert_eq!(
        world.ledger.verify().unwrap().head.unwrap().size,
        head.checkpoint.size
    );
    let last = head.checkpoint.size - 1;
    world.behind_our_back(&format!(
        "DELETE FROM entry WHERE seq >= {last}; DELETE FROM decision WHERE seq >= {last}; DELETE FROM activity WHERE seq >= {last}"
    ));
    world.ledger.rebuild_projections().unwrap();
    let what = world.ledger.verify().unwrap().failure.unwrap().what;
    assert!(what.contains("cut off"), "{what}");
    assert!(world.ledger.sign_head(&ines).is_err(), "never a smaller tree");
    world.decide(1, Verdict::Approve);
    let what = world.ledger.verify().unwrap().failure.unwrap().what;
    assert!(what.contains("not those"), "{what}");
    assert!(world.ledger.sign_head(&ines).is_err(), "never a forked tree");
    assert_eq!(
        world.ledger.breaks(&[head]).unwrap().as_deref(),
        Some(what.as_str())
    );
}

#[test]
fn heads_of_a_compromised_key_are_passed_over_and_the_next_key_goes_on() {
    let (mut world, ines, ole) = with_leads();
    world.ledger.sign_head(&ines).unwrap();
    let revoked = Event::KeyRevoked {
        public: ines.public().clone(),
        compromised: true,
        reason: "the laptop was stolen".to_owned(),
    };
    world.ledger.append(&[draft("Ole", revoked)]).unwrap();
    let found = world.ledger.verify().unwrap();
    assert_eq!(
        (found.failure, found.head, found.heads_passed_over),
        (None, None, 1),
        "a stolen key says nothing, and breaks nothing"
    );
    // What the thief signs afterwards is as silent, even where it speaks of another history.
    let forged = Checkpoint {
        origin: world.ledger.origin().unwrap().unwrap(),
        size: 1000,
        root: Digest::of(b"forged"),
    };
    let forged = Head::parse(&forged.sign(&ines).to_string()).unwrap();
    world.ledger.keep_head(&forged).unwrap();
    let head = world.ledger.sign_head(&ole).unwrap().unwrap();
    let found = world.ledger.verify().unwrap();
    assert_eq!((found.failure, found.heads_passed_over), (None, 2));
    assert_eq!(found.head.unwrap().size, head.checkpoint.size);
    let mut out = Vec::new();
    world.ledger.export(&mut out).unwrap();
    assert!(holds(&out, &[ole.public().clone()]));
    assert!(!holds(&out, &[ines.public().clone()]));
}

#[test]
fn a_log_of_heads_outlives_an_unfinished_line() {
    let (mut world, ines, _) = with_leads();
    let head = world.ledger.sign_head(&ines).unwrap().unwrap();
    let path = world.folder.path().join(HEADS_FILE);
    let mut text = std::fs::read_to_string(&path).unwrap();
    text.push_str("{\"head\":\"assay/le");
    std::fs::write(&path, text).unwrap();
    assert_eq!(read_heads(&path).unwrap(), [head]);
    std::fs::write(&path, "{\"head\":\"\"}\n").unwrap();
    assert!(read_heads(&path).is_err());
}

#[test]
fn heads_are_proved_to_grow_and_to_hold_their_entries() {
    let (mut world, ines, _) = with_leads();
    let early = world.ledger.sign_head(&ines).unwrap().unwrap();
    for sample in 0..7 {
        world.decide(sample, Verdict::Approve);
    }
    let late = world.ledger.sign_head(&ines).unwrap().unwrap();
    let path = world.ledger.prove_growth(&early, &late).unwrap();
    let of = |head: &Head| (head.checkpoint.size, head.checkpoint.root);
    let ((a, a_root), (b, b_root)) = (of(&early), of(&late));
    assert!(is_consistent((a, &a_root), (b, &b_root), &path));
    for seq in 0..b {
        let proof = world.ledger.prove_entry(seq, &late).unwrap();
        assert_eq!(proof.verify(&[ines.public().clone()]).unwrap(), late.checkpoint);
    }
    assert!(world.ledger.prove_entry(a, &early).is_err(), "it came later");
}

/// An export of 50 entries under a signed head, and the key.
pub fn campaign() -> (World, String, SecretKey) {
    let (mut world, ines, _) = with_leads();
    for round in 0..5 {
        for sample in 0..10 {
            if world.ledger.size().unwrap() < 50 {
                let verdict = if (sample + round) % 3 == 0 {
                    Verdict::Exclude
                } else {
                    Verdict::Approve
                };
                world.decide(sample, verdict);
            }
        }
    }
    world.ledger.sign_head(&ines).unwrap();
    let mut out = Vec::new();
    world.ledger.export(&mut out).unwrap();
    (world, String::from_utf8(out).unwrap(), ines)
}

/// Another program by the documents alone: every bit with `ASSAY_TORTURE`, else one of each byte, another from byte to byte.
#[test]
fn the_independent_verifier_rejects_flipped_bits_too() {
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("SKIPPED: there is no python3");
        return;
    }
    let (world, text, ines) = campaign();
    let path = world.folder.path().join("ledger.jsonl");
    std::fs::write(&path, &text).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/python/verify_ledger.py");
    // Two at a time; nine and eight bits share no factor, so each bit of a byte gets its turn.
    let every: usize = if std::env::var_os("ASSAY_TORTURE").is_some() {
        1
    } else {
        9
    };
    let started: Vec<_> = (0..2)
        .map(|half| {
            Command::new("python3")
                .arg(script)
                .arg("--campaign")
                .arg(&path)
                .arg(ines.public().to_string())
                .args([(2 * every).to_string(), (half * every).to_string()])
                .stdout(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    let mut tried = 0;
    for child in started {
        let ended = child.wait_with_output().unwrap();
        let said = String::from_utf8(ended.stdout).unwrap();
        assert!(ended.status.success(), "{said}");
        let line = said.lines().last().unwrap();
        assert!(line.ends_with(" mutants, 0 accepted"), "{said}");
        tried += line.split(' ').next().unwrap().parse::<usize>().unwrap();
    }
    assert_eq!(tried, (text.len() * 8).div_ceil(every), "every place was tried");
}

fn holds(bytes: &[u8], trusted: &[PublicKey]) -> bool {
    verify_file(Cursor::new(bytes), trusted).is_ok_and(|found| found.whole())
}

#[test]
fn each_flipped_bit_of_an_export_of_fifty_entries_is_rejected() {
    let (_world, text, ines) = campaign();
    let trusted = [ines.public().clone()];
    assert!(holds(text.as_bytes(), &trusted));
    // A quarter of a million verifications: shared among the processors.
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (mut bytes, trusted) = (text.clone().into_bytes(), &trusted);
            scope.spawn(move || {
                for at in (thread..bytes.len()).step_by(threads) {
                    for bit in 0..8 {
                        bytes[at] ^= 1 << bit;
                        assert!(!holds(&bytes, trusted), "byte {at}, bit {bit}");
                        bytes[at] ^= 1 << bit;
                    }
                }
            });
        }
    });
}

/// The export with its entries changed, every hash made right again, and the head as it was.
fn rewritten(text: &str, change: impl FnOnce(&mut Vec<Value>)) -> String {
    let mut lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let head = lines.pop().unwrap();
    lines.remove(0);
    let mut bodies: Vec<Value> = lines.into_iter().map(|mut line| line["body"].take()).collect();
    change(&mut bodies);
    let mut previous = Value::Null;
    let mut leaves = Vec::new();
    let mut out = String::new();
    for (seq, body) in bodies.iter_mut().enumerate() {
        body["previous"] = previous;
        let written = canonical::to_string(body).unwrap();
        leaves.push(written.clone());
        previous = json!(merkle::leaf(written.as_bytes()));
        out += &canonical::to_string(&json!({"body": body, "leaf": previous, "seq": seq})).unwrap();
        out.push('\n');
    }
    let root = merkle::root(leaves.iter().map(|leaf| leaf.as_bytes()));
    let header = json!({"entries": leaves.len(), "format": "assay-ledger-2", "root": root});
    format!(
        "{}\n{out}{}\n",
        canonical::to_string(&header).unwrap(),
        canonical::to_string(&head).unwrap()
    )
}

/// Forgeries of the export: what was changed, and the forged text.
fn forgeries(text: &str) -> Vec<(&'static str, String)> {
    assert_eq!(rewritten(text, |_| ()), text, "the forger's tool writes as we do");
    type Change = (&'static str, fn(&mut Vec<Value>));
    let changes: [Change; 7] = [
        ("an entry deleted", |bodies| drop(bodies.remove(20))),
        ("an entry doubled", |bodies| bodies.insert(20, bodies[20].clone())),
        ("two entries swapped", |bodies| bodies.swap(20, 21)),
        ("the tail cut", |bodies| bodies.truncate(40)),
        ("the last entry cut", |bodies| bodies.truncate(49)),
        ("a verdict turned", |bodies| {
            bodies[20]["answer"]["verdict"] = json!("unsure")
        }),
        ("an entry added", |bodies| {
            bodies.push({
                let mut more = bodies[49].clone();
                more["id"] = json!(Uuid::now_v7());
                more
            })
        }),
    ];
    let (own, (_, foreign, _)) = (text.lines().last().unwrap(), campaign());
    let mut forged: Vec<_> = changes
        .into_iter()
        .map(|(what, change)| (what, rewritten(text, change)))
        .collect();
    forged.push((
        "the head of another log",
        text.replace(own, foreign.lines().last().unwrap()),
    ));
    forged.push(("no head", text.replace(&format!("{own}\n"), "")));
    forged.push(("spaces that change no value", text.replacen("\":", "\": ", 1)));
    forged
}

#[test]
fn exports_whose_hashes_were_made_right_again_are_rejected_by_the_head() {
    let (_world, text, ines) = campaign();
    let trusted = [ines.public().clone()];
    for (what, forged) in forgeries(&text) {
        assert!(!holds(forged.as_bytes(), &trusted), "{what}");
    }
}

#[test]
fn the_independent_verifier_rejects_forgeries_too() {
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("SKIPPED: there is no python3");
        return;
    }
    let (world, text, ines) = campaign();
    let path = world.folder.path().join("ledger.jsonl");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/python/verify_ledger.py");
    let accepts = |text: &str, key: &PublicKey| {
        std::fs::write(&path, text).unwrap();
        let ended = Command::new("python3")
            .arg(script)
            .arg(&path)
            .arg(key.to_string())
            .output()
            .unwrap();
        ended.status.success()
    };
    assert!(accepts(&text, ines.public()));
    let stranger = SecretKey::generate("Ines").unwrap();
    assert!(!accepts(&text, stranger.public()), "another key");
    for (what, forged) in forgeries(&text) {
        assert!(!accepts(&forged, ines.public()), "{what}");
    }
}

#[test]
fn a_head_by_another_key_or_of_another_log_is_rejected() {
    let (_world, text, ines) = campaign();
    let stranger = SecretKey::generate("Ines").unwrap();
    assert!(!holds(text.as_bytes(), &[stranger.public().clone()]));
    let (other, other_text, _) = campaign();
    let foreign = other_text.lines().last().unwrap();
    let own = text.lines().last().unwrap();
    let trusted = [
        ines.public().clone(),
        other.ledger.key_of("Ines").unwrap().unwrap().public,
    ];
    assert!(!holds(text.replace(own, foreign).as_bytes(), &trusted));
    let unsigned = text.replace(&format!("{own}\n"), "");
    assert!(holds(unsigned.as_bytes(), &[]), "whole in itself");
    assert!(!holds(unsigned.as_bytes(), &trusted), "and signed by nobody");
}

#[test]
fn a_ledger_opened_anew_has_its_keys_and_heads() {
    let (mut world, ines, _) = with_leads();
    let head = world.ledger.sign_head(&ines).unwrap().unwrap();
    let folder = world.folder;
    drop(world.ledger);
    let read = Ledger::open(folder.path(), assay_ledger::Access::Read).unwrap();
    assert_eq!(read.heads().unwrap(), std::slice::from_ref(&head));
    assert_eq!(read.logged_heads().unwrap(), [head]);
    assert_eq!(read.keys().unwrap().len(), 2);
}
