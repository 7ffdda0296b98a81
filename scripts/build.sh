#!/usr/bin/env bash
# Builds the front end, the command line and, with the argument `app`, the application with the front end inside.
. "$(dirname "$0")/common.sh"

say "Building. The first time takes a while: the engine and the window are compiled once."
mkdir -p ui/dist
if [ "${1:-}" = app ]; then
    npm --prefix ui run --silent build >&2
    cargo build "${everything[@]}" --bins
else
    cargo build "${everything[@]}" --bin assay
fi
