//! Keeps a decoder's panic from being ours, and its errors in our words.

use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};

use assay_model::{Code, Fault};

use crate::sniff;

/// Runs a step of a decoder; its errors and its panics both mean that the file is damaged.
pub(super) fn guarded<T, E: Display>(doing: &str, step: impl FnOnce() -> Result<T, E>) -> Result<T, Fault> {
    match catch_unwind(AssertUnwindSafe(step)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(damaged(doing, &error.to_string())),
        Err(panic) => {
            let words = panic.downcast_ref::<&str>().map(|words| (*words).to_owned());
            let words = words.or_else(|| panic.downcast_ref::<String>().cloned());
            Err(damaged(
                doing,
                &words.unwrap_or_else(|| "its structure contradicts itself".into()),
            ))
        }
    }
}

pub(super) fn damaged(doing: &str, why: &str) -> Fault {
    if why.to_lowercase().contains("encrypt") {
        return sniff::encrypted();
    }
    let why = assay_model::fault::excerpt(why.as_bytes(), 160);
    let remedy = "fetch or write the file again; nothing of it was indexed";
    Fault::new(Code::DamagedFile, format!("{doing}: {why}"), remedy)
}
