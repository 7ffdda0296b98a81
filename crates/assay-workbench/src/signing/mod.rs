//! Signing a card: what a lead is shown first, the folder that is written, and whether it still holds.

mod history;
mod key_ring;
mod keychain;
mod seal;
mod signable;
mod state;

use assay_model::Fault;
use serde_json::Value;

pub(crate) use history::{history, info, revised};
pub use key_ring::KeyRing;
pub use keychain::Keychain;
pub use seal::{Prepared, Signature, is_card_of, join, prepare, sign};
pub use signable::{Signable, signable};
pub use state::{SignedState, state};

fn parsed(text: &str) -> Result<Value, Fault> {
    serde_json::from_str(text).map_err(|error| Fault::internal("reading a card's figures", error))
}
