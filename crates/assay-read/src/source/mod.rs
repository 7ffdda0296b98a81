//! What bytes does a file hold, once decompressed and in UTF-8? One pass, hashed on the way.

mod input;
mod open;
mod stream;
mod transcode;

pub(crate) use input::Input;
pub(crate) use open::{Stamp, changed, fault as open_fault, open};
pub(crate) use stream::{Raw, Tally, decompress, fault_of};
pub(crate) use transcode::Utf16;
