#!/usr/bin/env bash
# Indexes the bundled sample and opens the application on it; without a display, prints the report and writes it as a page.
. "$(dirname "$0")/common.sh"

workspace=.cache/demo.assay
page=.cache/demo-report.html
mkdir -p .cache

if has_display; then scripts/build.sh app; else scripts/build.sh; fi

say "Indexing the sample dataset into $workspace"
"$assay" index assets/sample/data --map assets/sample/assay-map.toml --dataset sample --workspace "$workspace"

if has_display; then
    say "Opening $workspace"
    exec scripts/open.sh "$workspace"
fi

"$assay" report --workspace "$workspace" --dataset sample --format html > "$page"
say ""
say "There is no display here, so the window was not opened."
say "The report is above; as a page with charts it is in $root/$page"
say "Look further: $assay samples --workspace $root/$workspace --limit 3"
