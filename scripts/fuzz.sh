#!/usr/bin/env bash
# Hands every parser bytes that nobody thought of, each target for a while, and prints what was tried and found. The last results
# are in docs/reliability.md; what is found goes into tests/fixtures/fuzz/TARGET once it is mended.
#   ASSAY_FUZZ_SECONDS   how long each target runs; default 60
#   ASSAY_FUZZ_TARGETS   which; default all
#   ASSAY_FUZZ_SANITIZER default none: our crates hold no unsafe code, so panics, overflows and broken laws are what there is to
#                        find in them. `address` watches the memory of the libraries below too, on nightly Rust, and slower.
. "$(dirname "$0")/common.sh"

seconds=${ASSAY_FUZZ_SECONDS:-60}
place=$root/.cache/fuzz
logs=$root/.cache/test-logs/fuzz
# Away from the application's own target folder: other compiler, other flags, nothing to share.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}/fuzz
export TMPDIR=$place/tmp
rm -rf "$TMPDIR"
mkdir -p "$TMPDIR" "$logs"

sanitizer=${ASSAY_FUZZ_SANITIZER:-none}
fuzz=(cargo)
[ "$sanitizer" = none ] || fuzz+=(+nightly)
fuzz+=(fuzz)

all=$(sed -n 's/^name = "\(.*\)"$/\1/p' fuzz/Cargo.toml | grep -v '^assay-fuzz$')
state=0
"${fuzz[@]}" build --sanitizer "$sanitizer"
for target in ${ASSAY_FUZZ_TARGETS:-$all}; do
    corpus=$place/corpus/$target seeds=tests/fixtures/fuzz/$target log=$logs/$target.log
    mkdir -p "$corpus"
    options=(-max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=8192 -print_final_stats=1 -verbosity=1)
    [ -f "fuzz/dictionaries/$target" ] && options+=(-dict="fuzz/dictionaries/$target")
    if "${fuzz[@]}" run --sanitizer "$sanitizer" "$target" "$corpus" "$seeds" -- "${options[@]}" >"$log" 2>&1; then findings=0; else findings=1 state=1; fi
    executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -1)
    edges=$(grep -oE 'cov: [0-9]+' "$log" | tail -1 | grep -oE '[0-9]+' || true)
    printf 'FIGURE: %-17s %9s executions, %6s edges, %s findings\n' "$target" "${executions:-no}" "${edges:-no}" "$findings"
    if [ "$findings" = 1 ]; then grep -aE 'panicked at|ERROR: |Test unit written|SUMMARY' -A2 "$log" | head -20; fi
done
say "The logs are in $logs; what was found is in fuzz/artifacts."
exit $state
