#!/usr/bin/env bash
# Builds the front end, the command line and, with the argument `app`, the application with the front end inside.
. "$(dirname "$0")/common.sh"

say "Building. The first time takes a while: the engine and the window are compiled once."
if [ "${1:-}" = app ]; then
    npm --prefix ui run --silent build >&2
    # All members at once, as the tests build them, so that no dependency is compiled twice.
    cargo build --workspace --bins --features assay-app/custom-protocol
else
    cargo build -p assay-cli
fi
