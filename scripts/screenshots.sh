#!/usr/bin/env bash
# Copies the chosen pictures of the last end-to-end run into docs/screenshots.
. "$(dirname "$0")/common.sh"

chosen=(first-run mapping overview samples review exclude queue packs pack-opening return-ben adjudicate agreement gold card activity duplicates coverage gates results compare trends
        sign changed-since release lineage
        overview-dark review-dark)
mkdir -p docs/screenshots
for name in "${chosen[@]}"; do
    picture=tests/e2e/out/$name.png
    [ -f "$picture" ] || { say "not there: $picture (run: make test)"; continue; }
    cp "$picture" "docs/screenshots/$name.png"
done
