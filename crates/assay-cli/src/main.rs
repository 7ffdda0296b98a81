//! `assay`: the engine for scripts and CI.

use std::process::ExitCode;

fn main() -> ExitCode {
    assay_cli::run()
}
