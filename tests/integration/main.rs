//! The programs as they are shipped, from the outside: `assay` on the sample dataset, on public data and on bad input.
//!
//! Build `assay` first (`cargo build -p assay-cli`); `scripts/test.sh` does.

mod agreement;
mod architecture;
mod blind;
mod bulk;
mod card;
mod comparisons;
mod contracts;
mod coverage;
mod decisions;
mod desk;
mod desk_release;
mod duplicates;
mod evidence;
mod figures;
mod figures_in_texts;
mod gold;
mod heads;
mod leaks;
mod packs;
mod place;
mod promises;
mod public_data;
mod reingestion;
mod release;
mod release_folder;
mod restoring;
mod results;
mod sample;
mod signing;
#[cfg(target_os = "linux")]
mod silent;
mod style;
mod window;

#[path = "../hostile/mod.rs"]
mod hostile;
