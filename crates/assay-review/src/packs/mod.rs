//! How do several experts on several machines review one queue, blind to each other, and how do their answers come together?
//!
//! A curator issues a pack of a queue to one person. It opens in any other Assay; what that person answers there is a
//! feed of their own, chained by hash (`assay_ledger::feed`), and returns as a file. Taking returns in is a union: in any
//! order, any number of times, the same answers stand. Where two returns of one pack differ, only what both say stands.
//! Deliberately absent: any peer's entry in a pack.

mod file;
mod merge;
mod opening;
mod returning;
mod witness;

pub use file::{Header, Pack, PackFile, Return, read};
pub use merge::{Outcome, Stopped, dry_run, merge};
pub use opening::{carries_head, issue, issued, open, write_pack};
pub use returning::{count_acts, write_return};
pub use witness::{Author, Growth, IssuerHead, KeyClaim, ReturnSeal, Witnessed, witnessed};
