//! What can a user do? Every use case of Assay, callable without a window.

pub mod wire;
