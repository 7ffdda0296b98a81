//! What can be given up when the disk is full, so that a decision that is on its way still lands?
//!
//! A file of real bytes beside the database. It is made anew, where there is room, whenever the ledger is opened for writing.

use std::fs;
use std::io;
use std::path::Path;

use crate::journal::replace_file;

/// The ballast's name in a workspace folder.
pub const BALLAST_FILE: &str = "ballast";
/// Room for the longest entry in the journal and for the pages that it changes in the database.
const BYTES: usize = 1 << 20;

/// Makes the ballast where there is none. A disk too full for it has none: that is no failure, and `is_there` tells.
pub(crate) fn lay(folder: &Path) -> io::Result<()> {
    if is_there(folder) {
        return Ok(());
    }
    let fresh = folder.join("ballast.new");
    // No two blocks alike and none empty: file systems keep neither holes nor copies for real.
    let bytes: Vec<u8> = (0_u32..BYTES as u32 / 4)
        .flat_map(|word| word.wrapping_mul(2_654_435_761).to_le_bytes())
        .collect();
    let laid = replace_file(&fresh, &folder.join(BALLAST_FILE), &bytes);
    if laid.is_err() {
        let _ = fs::remove_file(&fresh);
    }
    laid
}

/// Gives its room back. Whether it helped shows when the save is tried again.
pub(crate) fn give_up(folder: &Path) {
    let _ = fs::remove_file(folder.join(BALLAST_FILE));
}

pub(crate) fn is_there(folder: &Path) -> bool {
    fs::metadata(folder.join(BALLAST_FILE)).is_ok_and(|found| found.len() == BYTES as u64)
}
