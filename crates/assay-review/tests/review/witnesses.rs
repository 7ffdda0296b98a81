//! Signed returns, and heads that come back cosigned.

use assay_ledger::Head;
use assay_model::Code;
use assay_review::packs::{self, Author, Outcome, Pack, PackFile, Witnessed};
use assay_review::queue::{self, QueueOrder};
use assay_review::{Ledger, Verdict, sign_offs};
use assay_seal::SecretKey;

use crate::adjudicating::blind;
use crate::packs::{Act, Elsewhere, elsewhere, merge, pack_for, read, written};
use crate::world::{World, by, order};

/// A moment, in seconds since 1970.
const THEN: u64 = 1_790_000_000;

fn jonas() -> SecretKey {
    SecretKey::from_seed("jonas", &[1; 32])
}

fn maria() -> SecretKey {
    SecretKey::from_seed("maria", &[2; 32])
}

/// A blind queue whose curator signs heads.
fn signing_world() -> World {
    let mut world = blind();
    sign_offs::claim_key(&mut world.ledger, &by("Jonas"), &jonas(), false).unwrap();
    world.ledger.sign_head(&jonas()).unwrap().unwrap();
    world
}

/// The same samples, asked again.
fn another_queue(world: &mut World) {
    let order = QueueOrder {
        reviewers: 2,
        blind: true,
        ..order("again", 4)
    };
    let population = world.samples.iter().map(|sample| sample.digest).collect();
    let drawn = queue::draw(&order, population).unwrap();
    world.queue = queue::create(&mut world.ledger, &by("Jonas"), &order, &drawn, &[]).unwrap();
    world.items = drawn.items;
}

fn pack_in(text: &str) -> Pack {
    match packs::read("x.assaypack", text).unwrap() {
        PackFile::Pack(pack) => *pack,
        PackFile::Return(_) => panic!("not a pack"),
    }
}

/// Maria's own Assay, where she has a key.
fn at_marias(pack: &str) -> Elsewhere {
    let mut there = elsewhere(pack);
    sign_offs::claim_key(&mut there.ledger, &by("Maria"), &maria(), false).unwrap();
    there.act(Act::Say(0, Verdict::Approve));
    there
}

fn returned(there: &Elsewhere, key: &SecretKey) -> String {
    let mut bytes = Vec::new();
    packs::write_return(&there.ledger, there.pack, Some((key, THEN)), &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn signers(ledger: &Ledger) -> Vec<String> {
    let keys = ledger.keys().unwrap();
    let head = ledger.last_head().unwrap().unwrap();
    head.signers(&keys).into_iter().map(str::to_owned).collect()
}

#[test]
fn a_head_goes_out_with_a_pack_and_comes_back_with_a_second_signature() {
    let mut world = signing_world();
    let there = at_marias(&pack_for(&mut world, "Maria"));
    assert_eq!(signers(&world.ledger), ["Jonas"]);
    let text = returned(&there, &maria());

    let rehearsed = packs::dry_run(&world.ledger, &by("Jonas"), &read(&text)).unwrap();
    assert_eq!(rehearsed.author, Author::NewKey);
    assert_eq!(signers(&world.ledger), ["Jonas"], "a dry run keeps no head");
    assert!(
        world.ledger.key_of("Maria").unwrap().is_none(),
        "and takes no key"
    );

    let outcome = merge(&mut world, &text);
    assert_eq!((outcome.new, outcome.author), (1, Author::NewKey));
    assert_eq!(
        signers(&world.ledger),
        ["Jonas", "Maria"],
        "her key came along with what she signed for it"
    );
    assert_eq!(world.ledger.verify().unwrap().failure, None);
    let again = merge(&mut world, &text);
    assert_eq!((again.new, again.author), (0, Author::Known));
    assert_eq!(
        world.ledger.heads().unwrap().len(),
        2,
        "the same head is kept once, with each of its signatures"
    );
}

#[test]
fn a_pack_is_the_same_bytes_whatever_is_signed_later() {
    let mut world = signing_world();
    let first = pack_for(&mut world, "Maria");
    let text = returned(&at_marias(&first), &maria());
    merge(&mut world, &text);
    world.ledger.sign_head(&jonas()).unwrap();
    assert_eq!(written(&world, "Maria"), first);
}

#[test]
fn a_later_pack_proves_that_its_ledger_continues_the_one_seen_before() {
    let mut world = signing_world();
    let mut there = at_marias(&pack_for(&mut world, "Maria"));
    another_queue(&mut world);
    world.ledger.sign_head(&jonas()).unwrap();
    let later = pack_in(&pack_for(&mut world, "Maria"));
    let seen = packs::witnessed(&there.ledger, &later.header).unwrap();
    assert!(matches!(seen, Witnessed::Continues { .. }), "{seen:?}");
    packs::open(&mut there.ledger, &by("Maria"), &later).unwrap();

    world.ledger.sign_head(&jonas()).unwrap();
    let for_omar = pack_in(&pack_for(&mut world, "Omar"));
    let seen = packs::witnessed(&there.ledger, &for_omar.header).unwrap();
    assert!(
        matches!(seen, Witnessed::Unproven { .. }),
        "Omar's pack brings no proof for what Maria saw: {seen:?}"
    );
}

#[test]
fn a_rewritten_ledger_finds_no_witness() {
    let mut world = signing_world();
    let mut there = at_marias(&pack_for(&mut world, "Maria"));
    another_queue(&mut world);
    let mut later = pack_in(&pack_for(&mut world, "Maria"));
    // Another history under the same name, signed with the stolen key.
    let issued = later.header.signed.clone().unwrap();
    let mut forged = Head::parse(&issued.note).unwrap();
    forged.checkpoint.root = assay_model::Digest::of(b"another past");
    later.header.signed.as_mut().unwrap().note = forged.checkpoint.sign(&jonas()).to_string();
    let seen = packs::witnessed(&there.ledger, &later.header).unwrap();
    assert!(matches!(seen, Witnessed::Contradicts { .. }), "{seen:?}");
    let refused = packs::open(&mut there.ledger, &by("Maria"), &later).unwrap_err();
    assert_eq!(refused.code, Code::NotAllowed);
    assert!(
        refused
            .message
            .contains("is not the one that was seen here before"),
        "{}",
        refused.message
    );
}

#[test]
fn a_ledger_that_was_put_back_contradicts_the_head_that_comes_back() {
    let mut world = signing_world();
    let text = returned(&at_marias(&pack_for(&mut world, "Maria")), &maria());
    // The same key over another history: what a workspace restored from before, and grown again, would have signed.
    let own = world.ledger.last_head().unwrap().unwrap();
    let mut other = own.checkpoint.clone();
    other.root = assay_model::Digest::of(b"what stood there before");
    let note = other.sign(&jonas()).cosigned_by(&maria(), THEN);
    let swapped = text.replace(
        &serde_json::to_string(&read(&text).seal.unwrap().head.unwrap()).unwrap(),
        &serde_json::to_string(&note.to_string()).unwrap(),
    );
    merge(&mut world, &swapped);
    assert!(
        world.ledger.verify().unwrap().failure.is_some(),
        "and it shows from now on"
    );
}

#[test]
fn what_is_not_signed_by_the_person_is_refused() {
    let mut world = signing_world();
    let there = at_marias(&pack_for(&mut world, "Maria"));
    let text = returned(&there, &maria());
    let stranger = SecretKey::from_seed("maria", &[9; 32]);
    let refuses = |text: &str, why: &str| {
        let fault = packs::read("x.assayreturn", text).unwrap_err();
        assert!(fault.message.contains(why), "{}", fault.message);
    };
    // Of another key, another count, or another signature.
    refuses(
        &text.replace(&maria().public().to_string(), &stranger.public().to_string()),
        "not the one that its author claimed",
    );
    let signature = read(&text).seal.unwrap().signature;
    let other = SecretKey::sign(&maria(), b"something else");
    refuses(
        &text.replace(&signature, &base64_of(&other)),
        "not what its author signed",
    );
    let fault = packs::write_return(
        &there.ledger,
        there.pack,
        Some((&stranger, THEN)),
        &mut Vec::new(),
    );
    assert_eq!(fault.unwrap_err().code, Code::NotAllowed);

    merge(&mut world, &text);
    let key = world.ledger.key_of("Maria").unwrap().unwrap();
    sign_offs::revoke_key(&mut world.ledger, &by("Maria"), &key, true, "lost").unwrap();
    let refused = packs::merge(&mut world.ledger, &by("Jonas"), &read(&text)).unwrap_err();
    assert!(
        refused.message.contains("not the one of `Maria` here"),
        "{}",
        refused.message
    );
    assert_eq!(
        signers(&world.ledger),
        ["Jonas"],
        "a compromised key vouches for nothing"
    );
}

#[test]
fn an_unsigned_return_is_taken_in_and_said_to_be_unsigned() {
    let mut world = signing_world();
    let there = at_marias(&pack_for(&mut world, "Maria"));
    let mut bytes = Vec::new();
    packs::write_return(&there.ledger, there.pack, None, &mut bytes).unwrap();
    let Outcome {
        author,
        cosigned,
        new,
        ..
    } = merge(&mut world, &String::from_utf8(bytes).unwrap());
    assert_eq!((author, cosigned, new), (Author::Unsigned, None, 1));
}

fn base64_of(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::prelude::BASE64_STANDARD.encode(bytes)
}
