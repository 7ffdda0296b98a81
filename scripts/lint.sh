#!/usr/bin/env bash
# Formatting and lints of both halves.
. "$(dirname "$0")/common.sh"

npm --prefix ui run --silent lint
# tauri's macros need the folder of the front end, built or not
mkdir -p ui/dist
cargo fmt --all --check
cargo clippy --workspace --all-targets --features assay-app/custom-protocol -- --deny warnings
