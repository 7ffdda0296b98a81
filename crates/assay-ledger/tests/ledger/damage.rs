//! The write-ahead log and the database, cut and flipped at many places: each time the ledger opens with every acknowledged
//! entry, or says that it is damaged and a restore brings every entry back. Never less in silence.

use std::fs;
use std::path::Path;

use assay_ledger::{Access, DATABASE_FILE, IfLost, Ledger};
use assay_model::Digest;

use crate::effort::{count, figure, spread};
use crate::hand::quick_folder;
use crate::journal::{copy_folder, crashed, rich};
use crate::world::World;

const LOG_OF_CHANGES: &str = "ledger.db-wal";

#[derive(Debug, Default)]
struct Tally {
    opened: usize,
    replayed: usize,
    restored: usize,
}

/// A crashed ledger that was at work, and the root over its entries.
fn at_work() -> (tempfile::TempDir, Digest, u64) {
    let mut world: World = rich();
    world.ledger.back_up().unwrap();
    for turn in 0..20 {
        world.decide(turn % 10, assay_ledger::Verdict::ALL[turn % 4]);
    }
    let (root, size) = (world.ledger.root().unwrap(), world.ledger.size().unwrap());
    (crashed(world.folder.path()), root, size)
}

/// Opens a damaged copy, or restores it, and holds what comes out against what was acknowledged.
fn comes_back(from: &Path, name: &str, bytes: &[u8], root: &Digest, what: &str, tally: &mut Tally) {
    let place = quick_folder();
    copy_folder(from, place.path());
    fs::write(place.path().join(name), bytes).unwrap();
    let opened = Ledger::open(place.path(), Access::Write);
    let whole = opened.and_then(|ledger| {
        let found = ledger.verify()?;
        Ok((found.whole().then_some(found.root), ledger.recovery().entries))
    });
    match whole {
        Ok((Some(found), replayed)) => {
            assert_eq!(found, *root, "{what}: entries are gone in silence");
            tally.opened += 1;
            tally.replayed += usize::from(replayed > 0);
        }
        Ok((None, _)) | Err(_) => {
            let found = Ledger::restore(place.path(), None, IfLost::Refuse)
                .unwrap_or_else(|fault| panic!("{what}: {fault}"));
            assert_eq!(found.root, *root, "{what}: the restore lost entries");
            let ledger = Ledger::open(place.path(), Access::Write).unwrap();
            assert!(ledger.verify().unwrap().whole(), "{what}");
            tally.restored += 1;
        }
    }
}

fn flipped(bytes: &[u8], bit: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[bit / 8] ^= 1 << (bit % 8);
    bytes
}

#[test]
fn a_log_of_changes_cut_anywhere_loses_nothing() {
    let (folder, root, size) = at_work();
    let bytes = fs::read(folder.path().join(LOG_OF_CHANGES)).unwrap();
    let mut tally = Tally::default();
    for cut in spread(bytes.len(), count(60, 3_000)) {
        let what = format!("cut at {cut}");
        comes_back(
            folder.path(),
            LOG_OF_CHANGES,
            &bytes[..cut],
            &root,
            &what,
            &mut tally,
        );
    }
    assert!(tally.replayed > 0, "no cut cost the database anything: {tally:?}");
    figure(&format!(
        "log of changes cut, {size} entries: {tally:?}, 0 silent"
    ));
}

#[test]
fn a_flipped_bit_in_the_log_of_changes_loses_nothing() {
    let (folder, root, size) = at_work();
    let bytes = fs::read(folder.path().join(LOG_OF_CHANGES)).unwrap();
    let mut tally = Tally::default();
    for bit in spread(bytes.len() * 8, count(80, 4_000)) {
        let damaged = flipped(&bytes, bit);
        comes_back(
            folder.path(),
            LOG_OF_CHANGES,
            &damaged,
            &root,
            &format!("bit {bit}"),
            &mut tally,
        );
    }
    assert!(
        tally.replayed > 0,
        "no flip cost the database anything: {tally:?}"
    );
    figure(&format!(
        "log of changes flipped, {size} entries: {tally:?}, 0 silent"
    ));
}

#[test]
fn a_flipped_bit_in_the_database_is_harmless_or_found_and_made_good() {
    let (folder, root, size) = at_work();
    // What stands in the log of changes covers the pages below it: here the database stands alone.
    let raw = rusqlite::Connection::open(folder.path().join(DATABASE_FILE)).unwrap();
    raw.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .unwrap();
    drop(raw);
    let bytes = fs::read(folder.path().join(DATABASE_FILE)).unwrap();
    let mut tally = Tally::default();
    for bit in spread(bytes.len() * 8, count(80, 4_000)) {
        let damaged = flipped(&bytes, bit);
        comes_back(
            folder.path(),
            DATABASE_FILE,
            &damaged,
            &root,
            &format!("bit {bit}"),
            &mut tally,
        );
    }
    assert!(tally.restored > 0, "no flip did any harm: {tally:?}");
    figure(&format!("database flipped, {size} entries: {tally:?}, 0 silent"));
}
