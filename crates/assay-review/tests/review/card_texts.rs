//! What a person writes on a card: versions, and who may.

use assay_model::{AuthoredSection, Code};
use assay_review::{card_texts, words};

use crate::world::{by, world};

#[test]
fn the_latest_text_stands_an_empty_one_takes_it_back_and_every_version_is_kept() {
    let mut world = world();
    let ledger = &mut world.ledger;
    let purpose = AuthoredSection::Purpose;
    let first = card_texts::write(ledger, &by("Jonas"), "letters", purpose, "To practise.").unwrap();
    card_texts::write(ledger, &by("Lena"), "letters", purpose, " To teach. ").unwrap();
    card_texts::write(ledger, &by("Lena"), "others", purpose, "Something else.").unwrap();
    let stands = card_texts::standing(ledger, "letters").unwrap();
    assert_eq!((stands.len(), stands[&purpose].text.as_str()), (1, "To teach."));
    assert_eq!(stands[&purpose].by, "Lena");
    card_texts::write(ledger, &by("Jonas"), "letters", purpose, "").unwrap();
    assert!(card_texts::standing(ledger, "letters").unwrap().is_empty());
    let texts = card_texts::versions(ledger, "letters").unwrap();
    let texts: Vec<&str> = texts.iter().map(|version| version.text.as_str()).collect();
    assert_eq!(texts, ["", "To teach.", "To practise."]);
    let first = first.unwrap();
    assert!(!first.body.contains("practise"), "{}", first.body);
    assert_eq!(words::describe(&first), "Write on the card of letters: purpose");
    ledger.rebuild_projections().unwrap();
    assert!(ledger.verify().unwrap().whole());
}

#[test]
fn saying_what_stands_and_repeating_an_act_change_nothing() {
    let mut world = world();
    let ledger = &mut world.ledger;
    let rights = AuthoredSection::Rights;
    assert_eq!(
        card_texts::write(ledger, &by("Jonas"), "letters", rights, "  ").unwrap(),
        None
    );
    let stamp = by("Jonas");
    let entry = card_texts::write(ledger, &stamp, "letters", rights, "By consent.").unwrap();
    assert_eq!(
        card_texts::write(ledger, &stamp, "letters", rights, "By consent.").unwrap(),
        entry
    );
    assert_eq!(
        card_texts::write(ledger, &by("Lena"), "letters", rights, "By consent.").unwrap(),
        None
    );
    assert_eq!(card_texts::versions(ledger, "letters").unwrap().len(), 1);
}

#[test]
fn experts_do_not_write_on_cards_and_no_text_is_endless() {
    let mut world = world();
    let ledger = &mut world.ledger;
    let mut refused = |actor: &str, text: &str| {
        card_texts::write(ledger, &by(actor), "letters", AuthoredSection::Purpose, text)
            .unwrap_err()
            .code
    };
    assert_eq!(refused("Maria", "Mine."), Code::NotAllowed);
    assert_eq!(refused("Nobody", "Mine."), Code::UnknownPerson);
    assert_eq!(
        refused("Lena", &"x".repeat(card_texts::LONGEST_BYTES + 1)),
        Code::Usage
    );
}
