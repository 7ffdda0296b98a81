//! Where do files go that are damaged? Into a folder of their own, as they are: nothing is ever deleted because it is damaged.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use assay_model::Fault;

use crate::faults;
use crate::journal::sync_folder_of;

/// The folder beside the database that damaged files are copied into.
pub const DAMAGED_FOLDER: &str = "damaged";

/// Copies those of the files that exist into a new folder of their own and waits for the disk. Returns that folder.
pub(crate) fn copy(folder: &Path, names: &[&str]) -> Result<PathBuf, Fault> {
    let target = next(&folder.join(DAMAGED_FOLDER));
    copied(folder, &target, names)
        .map_err(|error| faults::from_io("copying damaged files aside", &error, &target))?;
    Ok(target)
}

/// Numbered, not dated: a clock may be wrong, and two copies in one second are two.
fn next(folder: &Path) -> PathBuf {
    (1_u32..)
        .map(|number| folder.join(format!("{number:04}")))
        .find(|path| !path.exists())
        .expect("some number is free")
}

fn copied(folder: &Path, target: &Path, names: &[&str]) -> io::Result<()> {
    fs::create_dir_all(target)?;
    for name in names {
        let (from, to) = (folder.join(name), target.join(name));
        if from.is_file() {
            fs::copy(&from, &to)?;
            File::options().write(true).open(&to)?.sync_all()?;
            sync_folder_of(&to)?;
        }
    }
    sync_folder_of(target)
}
