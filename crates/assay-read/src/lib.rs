//! Which files are here, and what records do they hold, with what damage?
//!
//! `walk` lists the files below the given paths. `read_file` reads one of them once, start to end, in
//! bounded memory, and hands over samples, quarantined records and flags as they come. `Rereader` finds
//! a single record again by its locator. Damage to a row costs that row; a file that cannot be read
//! as a whole is an `Err` with a code, a place and a remedy.
//!
//! Deliberately absent: anything that is written (sources are opened read-only), anything that is
//! executed or unpickled, and any opinion about what a text means.

mod columnar;
mod delimited;
mod intake;
mod json;
mod limits;
mod map;
mod place;
pub mod preview;
mod read;
mod release;
mod reread;
mod row;
mod shape;
mod sniff;
mod source;
mod table;
mod text;
mod walk;

pub use limits::Limits;
pub use map::{Mapper, map_digest, map_to_toml, parse_map, recognise};
pub use read::{Event, FileSummary, Record, read_file};
pub use release::FoundRelease;
pub use reread::Rereader;
pub use shape::{Compression, Dialect, Encoding, Format, Layout, Shape};
pub use table::{TableRow, TableSummary, read_table};
pub use walk::{Found, SourceFile, walk};
