use crate::world::world;
use assay_ledger::Verdict;

fn refused(sql: &str, why: &str) {
    let mut world = world();
    world.decide(0, Verdict::Approve);
    let before = world.ledger.root().unwrap();
    let error = world.raw().execute_batch(sql).expect_err(sql).to_string();
    assert!(error.contains(why), "{sql}: {error}");
    assert_eq!(world.ledger.root().unwrap(), before);
    assert!(world.ledger.verify().unwrap().whole());
}

#[test]
fn an_entry_cannot_be_updated() {
    refused("UPDATE entry SET body = '{}' WHERE seq = 2", "append-only");
}

#[test]
fn an_entry_cannot_be_deleted() {
    refused("DELETE FROM entry WHERE seq = 4", "append-only");
}

#[test]
fn an_entry_cannot_be_replaced() {
    refused(
        "INSERT OR REPLACE INTO entry (seq, id, body, leaf) SELECT seq, randomblob(16), '{}', leaf FROM entry WHERE seq = 2",
        "numbered without gaps",
    );
}

#[test]
fn an_entry_cannot_be_replaced_through_its_id() {
    refused(
        "INSERT OR REPLACE INTO entry (seq, id, body, leaf) SELECT 5, id, '{}', leaf FROM entry WHERE seq = 2",
        "id is taken",
    );
}

#[test]
fn numbers_cannot_be_left_out() {
    refused(
        "INSERT INTO entry (seq, id, body, leaf) SELECT 9, randomblob(16), '{}', leaf FROM entry WHERE seq = 2",
        "numbered without gaps",
    );
}

#[test]
fn a_body_beyond_the_limit_does_not_fit() {
    refused(
        "INSERT INTO entry (seq, id, body, leaf)
         SELECT 5, randomblob(16), hex(zeroblob(40000)), leaf FROM entry WHERE seq = 2",
        "CHECK constraint failed",
    );
}

#[test]
fn notes_and_frozen_lists_cannot_change() {
    refused("UPDATE queue_item SET position = 99 WHERE position = 1", "frozen");
    refused("DELETE FROM queue_item", "frozen");
    refused(
        "INSERT OR REPLACE INTO queue_item SELECT queue, position, randomblob(32) FROM queue_item",
        "frozen",
    );
}
