//! A change made behind our back is found and named, unless it is a clean cut of the tail.

use crate::world::{World, draft, world};
use std::io::Cursor;

use assay_ledger::{Event, Verdict, Verification, verify_file};
use assay_model::{Code, merkle};
use rusqlite::params;

fn reviewed() -> World {
    let mut world = world();
    for sample in 0..6 {
        world.decide(
            sample,
            if sample == 3 {
                Verdict::Exclude
            } else {
                Verdict::Approve
            },
        );
    }
    assert!(world.ledger.verify().unwrap().whole());
    world
}

fn failed_at(verification: &Verification) -> Option<u64> {
    verification
        .failure
        .as_ref()
        .expect("the change was not found")
        .seq
}

#[test]
fn a_flipped_bit_in_any_byte_of_a_body_is_found_at_its_entry() {
    let world = reviewed();
    let body = world.ledger.entry(5).unwrap().unwrap().body;
    for index in 0..body.len() {
        let mut bytes = body.clone().into_bytes();
        bytes[index] ^= 1 << (index % 8);
        let followed = verify_flipped(&world, &bytes);
        assert_eq!(
            failed_at(&followed),
            Some(5),
            "byte {index}: {}",
            String::from_utf8_lossy(&bytes)
        );
    }
}

/// Puts the bytes in place of entry 5's body, verifies, and puts the body back.
fn verify_flipped(world: &World, bytes: &[u8]) -> Verification {
    let raw = world.raw();
    raw.execute_batch("PRAGMA synchronous = OFF; DROP TRIGGER IF EXISTS entry_never_changes")
        .unwrap();
    let old: String = raw
        .query_row("SELECT body FROM entry WHERE seq = 5", [], |row| row.get(0))
        .unwrap();
    let set = |bytes: &[u8]| {
        raw.execute(
            "UPDATE entry SET body = CAST(? AS TEXT) WHERE seq = 5",
            params![bytes],
        )
        .unwrap();
    };
    set(bytes);
    let found = world.ledger.verify().unwrap();
    set(old.as_bytes());
    found
}

#[test]
fn a_body_rewritten_with_its_hash_breaks_the_chain() {
    let world = reviewed();
    let body = world
        .ledger
        .entry(7)
        .unwrap()
        .unwrap()
        .body
        .replace("exclude", "approve");
    let leaf = hex::encode(merkle::leaf(body.as_bytes()).0);
    world.behind_our_back(&format!(
        "UPDATE entry SET body = '{body}', leaf = x'{leaf}' WHERE seq = 7"
    ));
    let found = world.ledger.verify().unwrap();
    assert_eq!(failed_at(&found), Some(8), "{found:?}");
}

#[test]
fn a_deleted_entry_leaves_a_hole() {
    let world = reviewed();
    world.behind_our_back("DELETE FROM entry WHERE seq = 6");
    assert_eq!(failed_at(&world.ledger.verify().unwrap()), Some(7));
}

#[test]
fn a_deleted_entry_is_found_even_if_the_rest_moves_up() {
    let world = reviewed();
    world.behind_our_back("DELETE FROM entry WHERE seq = 6; UPDATE entry SET seq = seq - 1 WHERE seq > 6");
    assert_eq!(failed_at(&world.ledger.verify().unwrap()), Some(6));
}

#[test]
fn swapped_entries_are_found() {
    let world = reviewed();
    world.behind_our_back(
        "UPDATE entry SET seq = 100 WHERE seq = 5; UPDATE entry SET seq = 5 WHERE seq = 6;
         UPDATE entry SET seq = 6 WHERE seq = 100",
    );
    assert_eq!(failed_at(&world.ledger.verify().unwrap()), Some(5));
}

#[test]
fn an_inserted_copy_is_found() {
    let world = reviewed();
    world.behind_our_back(
        "UPDATE entry SET seq = -seq WHERE seq > 5; UPDATE entry SET seq = 1 - seq WHERE seq < 0;
         INSERT INTO entry SELECT 6, randomblob(16), body, leaf FROM entry WHERE seq = 5",
    );
    assert_eq!(failed_at(&world.ledger.verify().unwrap()), Some(6));
}

#[test]
fn a_changed_leaf_or_id_is_found() {
    let world = reviewed();
    world.behind_our_back("UPDATE entry SET leaf = zeroblob(32) WHERE seq = 5");
    assert_eq!(failed_at(&world.ledger.verify().unwrap()), Some(5));
    let world = reviewed();
    world.behind_our_back("UPDATE entry SET id = zeroblob(16) WHERE seq = 9");
    assert_eq!(failed_at(&world.ledger.verify().unwrap()), Some(9));
}

#[test]
fn a_well_hashed_entry_that_breaks_a_rule_is_found() {
    let mut world = reviewed();
    // An attacker who knows the format appends a promotion by an expert, hashes and chain in order.
    let last = world.ledger.last_entry().unwrap().unwrap();
    let forged = draft(
        "Maria",
        Event::GoldRevoked {
            sample: world.items[0],
            reason: "because".to_owned(),
        },
    );
    let body = format!(
        r#"{{"actor":"Maria","at":"{}","id":"{}","kind":"gold_revoked","previous":"{}","reason":"because","sample":"{}"}}"#,
        last.at, forged.id, last.leaf, world.items[0]
    );
    let leaf = merkle::leaf(body.as_bytes());
    world
        .raw()
        .execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?)",
            params![last.seq + 1, forged.id.as_bytes(), body, leaf.0],
        )
        .unwrap();
    let found = world.ledger.verify().unwrap();
    assert_eq!(failed_at(&found), Some(last.seq + 1));
    assert!(found.failure.unwrap().what.contains("only curators and leads"));
    let honest = draft("Maria", forged.event);
    assert_eq!(world.ledger.append(&[honest]).unwrap_err().code, Code::NotAllowed);
}

#[test]
fn a_projection_that_was_edited_is_found() {
    let world = reviewed();
    world.behind_our_back("UPDATE decision SET verdict = 'approve' WHERE verdict = 'exclude'");
    let found = world.ledger.verify().unwrap();
    assert!(found.failure.unwrap().what.contains("`decision`"));
}

#[test]
fn an_edited_note_list_or_kept_text_is_found() {
    let mut world = reviewed();
    let mut noted = draft(
        "Maria",
        crate::world::decided(world.queue, world.items[0], Verdict::Unsure),
    );
    noted.note = Some("true words".to_owned());
    let seq = world.ledger.append(&[noted]).unwrap()[0].seq;
    world.behind_our_back("UPDATE note SET text = 'other words'");
    assert_eq!(failed_at(&world.ledger.verify().unwrap()), Some(seq));

    let world = reviewed();
    world.behind_our_back("UPDATE queue_item SET sample = randomblob(32) WHERE position = 9");
    assert_eq!(failed_at(&world.ledger.verify().unwrap()), Some(3));

    let world = reviewed();
    world.behind_our_back("UPDATE kept_sample SET parts = replace(parts, 'sample 4', 'sample 5')");
    assert!(
        world
            .ledger
            .verify()
            .unwrap()
            .failure
            .unwrap()
            .what
            .contains("kept sample")
    );
    assert!(
        world
            .items
            .iter()
            .any(|item| world.ledger.kept_sample(item).is_err())
    );
}

/// What this ledger cannot see by itself: without a head kept elsewhere, a clean cut looks like an earlier day.
#[test]
fn a_clean_cut_of_the_tail_is_only_seen_against_an_older_root() {
    let mut world = reviewed();
    let root = world.ledger.root().unwrap();
    world.behind_our_back(
        "DELETE FROM entry WHERE seq > 5;
         DELETE FROM decision WHERE seq > 5; DELETE FROM activity WHERE seq > 5",
    );
    world.ledger.rebuild_projections().unwrap();
    let found = world.ledger.verify().unwrap();
    assert!(found.whole());
    assert_ne!(found.root, root);
}

fn export(world: &World) -> String {
    let mut out = Vec::new();
    world.ledger.export(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn an_export_verifies_without_a_workspace() {
    let world = reviewed();
    let found = verify_file(Cursor::new(export(&world).as_bytes()), &[]).unwrap();
    assert!(found.whole(), "{found:?}");
    assert_eq!((found.entries, found.root), (10, world.ledger.root().unwrap()));
}

#[test]
fn every_changed_export_is_rejected() {
    let mut world = world();
    world.decide(0, Verdict::Approve);
    let text = export(&world);
    let lines: Vec<&str> = text.lines().collect();
    let rejected = |text: String, what: &str| {
        let held = verify_file(Cursor::new(text.as_bytes()), &[]).is_ok_and(|found| found.whole());
        assert!(!held, "{what} was not found");
    };
    let joined = |lines: &[&str]| lines.join("\n") + "\n";
    for index in 0..lines.len() {
        let mut deleted = lines.clone();
        deleted.remove(index);
        rejected(joined(&deleted), &format!("deleting line {index}"));
        let mut twice = lines.clone();
        twice.insert(index, lines[index]);
        rejected(joined(&twice), &format!("doubling line {index}"));
        let spaced = lines[index].replacen(':', ": ", 1);
        let mut loose = lines.clone();
        loose[index] = &spaced;
        rejected(joined(&loose), &format!("loosening line {index}"));
        if index + 1 < lines.len() {
            let mut swapped = lines.clone();
            swapped.swap(index, index + 1);
            rejected(joined(&swapped), &format!("swapping line {index}"));
        }
    }
    for cut in (0..text.len()).step_by(3) {
        rejected(text[..cut].to_owned(), &format!("cutting at byte {cut}"));
    }
    let bytes = text.as_bytes();
    for index in 0..bytes.len() {
        let mut flipped = bytes.to_vec();
        flipped[index] ^= 1;
        let held = verify_file(Cursor::new(flipped.as_slice()), &[]).is_ok_and(|found| found.whole());
        assert!(!held, "a flipped bit in byte {index} was not found");
    }
}

#[test]
fn an_entry_whose_body_was_changed_is_not_even_read() {
    let world = reviewed();
    world.behind_our_back("UPDATE entry SET body = replace(body, 'exclude', 'approve') WHERE seq = 7");
    let fault = world.ledger.entry(7).unwrap_err();
    assert_eq!(fault.code, Code::WorkspaceDamaged);
    assert!(
        fault.message.contains("entry 7 does not have the hash"),
        "{fault}"
    );
    assert!(world.ledger.entries(&Default::default(), 0, 99).is_err());
}
