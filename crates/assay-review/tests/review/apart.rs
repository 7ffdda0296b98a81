//! What is said of duplicates: of a whole cluster at once, or of none of it.

use assay_model::{Code, Digest};
use assay_review::duplicates::{not_duplicate, on_pair, withdraw};

use crate::world::{by, world};

#[test]
fn a_sample_is_told_from_its_whole_cluster_at_once_and_a_repetition_changes_nothing() {
    let mut world = world();
    let digests: Vec<Digest> = world.samples.iter().map(|sample| sample.digest).collect();
    let (one, others) = (digests[0], &digests[1..5]);
    let (before, stamp) = (world.ledger.size().unwrap(), by("Jonas"));
    let last = not_duplicate(&mut world.ledger, &stamp, one, others, "the doses differ").unwrap();
    assert_eq!(world.ledger.size().unwrap(), before + 4);
    let again = not_duplicate(&mut world.ledger, &stamp, one, others, "the doses differ").unwrap();
    assert_eq!((again, world.ledger.size().unwrap()), (last, before + 4));

    let said = |other: &Digest, ledger: &_| on_pair(ledger, &one, other).unwrap();
    assert!(others.iter().all(|other| said(other, &world.ledger).is_some()));
    let third = said(&others[2], &world.ledger).unwrap();
    withdraw(&mut world.ledger, &by("Jonas"), third.id, "a slip").unwrap();
    let left = others.iter().filter(|other| said(other, &world.ledger).is_some());
    assert_eq!(left.count(), 3, "each pair is taken back by itself");
}

#[test]
fn nothing_of_a_cluster_is_said_where_something_of_it_cannot_be_said() {
    let mut world = world();
    let digests: Vec<Digest> = world.samples.iter().map(|sample| sample.digest).collect();
    let before = world.ledger.size().unwrap();
    for (actor, others, reason) in [
        ("Jonas", &digests[..3], "it is one of them"),
        ("Jonas", &[][..], "of nobody"),
        ("Jonas", &digests[1..3], " "),
        ("Nobody", &digests[1..3], "a stranger"),
    ] {
        let fault = not_duplicate(&mut world.ledger, &by(actor), digests[0], others, reason).unwrap_err();
        assert!(
            matches!(fault.code, Code::Usage | Code::NotFound | Code::UnknownPerson),
            "{fault}"
        );
    }
    assert_eq!(world.ledger.size().unwrap(), before);
}
