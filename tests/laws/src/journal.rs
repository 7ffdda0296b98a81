//! Is every byte of a journal a frame, or told as none?

use assay_ledger::reread_journal;

pub(crate) fn journal(bytes: &[u8]) {
    let read = reread_journal(bytes);
    let tail_at = (bytes.len() - read.tail) as u64;
    let mut after = 0;
    for damaged in &read.damaged {
        assert!(
            after <= damaged.start && damaged.start < damaged.end && damaged.end <= tail_at,
            "{read:?}"
        );
        after = damaged.end;
    }
    let damaged: u64 = read.damaged.iter().map(|range| range.end - range.start).sum();
    // A length, a digest, two spaces and the shortest body.
    let least = 68 * read.frames as u64;
    assert!(damaged + least <= tail_at, "{read:?}");
    let again = reread_journal(&read.written);
    assert_eq!((again.frames, &again.written), (read.frames, &read.written));
    assert!(again.damaged.is_empty() && again.tail == 0, "{again:?}");
}
