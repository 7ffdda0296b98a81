//! Which journals were put away after a backup, and how long are they kept?
//!
//! A verified backup makes the journal before it unnecessary, unless that backup is itself damaged one day. So journals are put
//! away under a number, and go with the last backup that would need them.

use std::path::{Path, PathBuf};

use assay_model::Fault;

use crate::faults;
use crate::journal::{JOURNAL_FILE, Journal, sync_folder_of};

/// A journal that was put away.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Segment {
    /// The entries that the database held when it was begun.
    pub begun_at: u64,
    pub path: PathBuf,
}

/// The journals that were put away, oldest first.
pub(crate) fn list(folder: &Path) -> Result<Vec<Segment>, Fault> {
    let doing = "looking for earlier journals";
    let entries = std::fs::read_dir(folder).map_err(|error| faults::from_io(doing, &error, folder))?;
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| faults::from_io(doing, &error, folder))?;
        let number = entry.file_name().to_str().and_then(number_in);
        found.extend(number.map(|begun_at| Segment {
            begun_at,
            path: entry.path(),
        }));
    }
    found.sort();
    Ok(found)
}

fn number_in(name: &str) -> Option<u64> {
    name.strip_prefix(JOURNAL_FILE)?.strip_prefix('.')?.parse().ok()
}

/// Puts the journal away and begins the next one, which goes on after `entries`. After a failure the journal is in doubt.
pub(crate) fn turn(folder: &Path, journal: &mut Journal, entries: u64) -> Result<(), Fault> {
    if journal.begun_at >= entries {
        return Ok(());
    }
    let path = folder.join(JOURNAL_FILE);
    let away = folder.join(format!("{JOURNAL_FILE}.{:012}", journal.begun_at));
    // A crash in between leaves no journal: opening replays those that were put away, and begins the next.
    std::fs::rename(&path, &away)
        .and_then(|()| sync_folder_of(&path))
        .map_err(|error| faults::from_io("putting the journal away", &error, &path))?;
    *journal = Journal::begin(folder, entries)?;
    Ok(())
}

/// Removes the journals that were put away before the oldest backup was made, which holds `oldest` entries.
pub(crate) fn prune(folder: &Path, oldest: u64) -> Result<(), Fault> {
    let segments = list(folder)?;
    for pair in segments.windows(2) {
        if pair[1].begun_at < oldest {
            std::fs::remove_file(&pair[0].path)
                .map_err(|error| faults::from_io("removing an old journal", &error, &pair[0].path))?;
        }
    }
    Ok(())
}
