#!/usr/bin/env bash
# Tries the durability of ledger.db at length and prints what was counted. The last results are in docs/reliability.md.
#   ASSAY_TORTURE   how much, in percent of the whole programme; default 100
. "$(dirname "$0")/common.sh"

export ASSAY_TORTURE=${ASSAY_TORTURE:-100}
log=$root/.cache/test-logs/torture.log
mkdir -p "$(dirname "$log")"
tests='package(assay-ledger) and binary(ledger) and (test(damage::) or test(power_cut::) or test(syscalls::) or test(full_disk::) or test(model::) or test(killed::)
    or test(of_several_that_start_at_once) or test(restoring::))'
state=0
cargo nextest run "${everything[@]}" --no-fail-fast --success-output final -E "$tests" 2>&1 | tee "$log" || state=1
say ""
say "What was counted (the log is $log)"
sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -oE '(FIGURE|SKIPPED): .*' | sort -u
sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -E 'Summary \[' | tail -1
exit $state
