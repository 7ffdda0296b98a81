//! What crosses to a window or a script: one request and one response for each use case.
//!
//! Plain data, snake_case on the wire as in Rust. TypeScript twins are written by `ts-rs` into
//! `ui/src/ipc/bindings` and committed; CI fails when they drift.

mod activity;
mod adjudication;
mod agreement;
mod anchoring;
mod bulk;
mod calibration;
mod comparing;
mod data;
mod duplicates;
mod gates;
mod gold;
mod incidents;
mod judging;
mod label_noise;
mod mapping;
mod opinions;
mod packs;
mod passphrase;
mod releasing;
mod results;
mod review;
mod rubrics;
mod samples;
mod signing;
mod training;
mod workspace;

pub use activity::*;
pub use adjudication::*;
pub use agreement::*;
pub use anchoring::*;
pub use bulk::*;
pub use calibration::*;
pub use comparing::*;
pub use data::*;
pub use duplicates::*;
pub use gates::*;
pub use gold::*;
pub use incidents::*;
pub use judging::*;
pub use label_noise::*;
pub use mapping::*;
pub use opinions::*;
pub use packs::*;
pub use passphrase::Passphrase;
pub use releasing::*;
pub use results::*;
pub use review::*;
pub use rubrics::*;
pub use samples::*;
pub use signing::*;
pub use training::*;
pub use workspace::*;

/// Derives what every wire type needs.
macro_rules! wire {
    ($($item:item)*) => { $(
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[ts(export)]
        $item
    )* };
}
pub(crate) use wire;
