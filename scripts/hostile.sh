#!/usr/bin/env bash
# Runs every test of hostile inputs and of the promises about them, through the real command line and through the reader.
. "$(dirname "$0")/common.sh"

mkdir -p ui/dist # tauri's macros look for it even when the front end was not built
cargo build "${everything[@]}" --bins
cargo nextest run "${everything[@]}" --no-fail-fast --success-output final \
    -E '(package(assay-app) and (test(hostile::) or test(promises::))) or (package(assay-read) and (binary(hostile) or binary(hostile_files)))'
