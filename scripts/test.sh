#!/usr/bin/env bash
# Runs every suite to its end, then prints one line: N passed, N failed, N skipped.
#   ASSAY_SUITES   suites to run, default all: "ui lint supply sample rust integration window"
. "$(dirname "$0")/common.sh"

logs=$root/.cache/test-logs
rm -rf "$logs"
mkdir -p "$logs"
passed=0 failed=0 skipped=0

wanted() { [ -z "${ASSAY_SUITES:-}" ] || [[ " $ASSAY_SUITES " == *" $1 "* ]]; }

# Counts what a suite reports. A suite that fails without naming a failed test counts as one failure.
# $1: title, $2: how its output is read (step, nextest, vitest, node), the rest: the command.
suite() {
    local title=$1 reader=$2 log state=0 ran=0 bad=0 left=0
    shift 2
    log=$logs/$(tr ' ' '-' <<<"$title").log
    say ""
    say "== $title"
    "$@" 2>&1 | tee "$log" || state=1
    local plain
    plain=$(sed 's/\x1b\[[0-9;]*m//g' "$log")
    case $reader in
        step) [ $state = 0 ] && ran=1 ;;
        nextest)
            local line
            line=$(grep -E 'Summary \[' <<<"$plain" | tail -1)
            ran=$(number passed "$line") bad=$(( $(number failed "$line") + $(number 'timed out' "$line") )) left=$(number skipped "$line")
            ;;
        vitest)
            local line
            line=$(grep -E '^ *Tests ' <<<"$plain" | tail -1)
            ran=$(number passed "$line") bad=$(number failed "$line") left=$(number skipped "$line")
            ;;
        node)
            ran=$(tally pass "$plain") bad=$(( $(tally fail "$plain") + $(tally cancelled "$plain") )) left=$(tally skipped "$plain")
            ;;
    esac
    # A test that says so itself (a line "SKIPPED: why") was run by its runner and tested nothing.
    local said
    said=$(grep -c '^ *SKIPPED: ' <<<"$plain" || true)
    ran=$((ran - said)) left=$((left + said))
    [ $state != 0 ] && [ "$bad" = 0 ] && bad=1
    [ $state = 0 ] && [ "$ran" = 0 ] && [ "$left" = 0 ] && { say "No test was found in: $title"; bad=1; }
    passed=$((passed + ran)) failed=$((failed + bad)) skipped=$((skipped + left))
}

# The number before a word: "12 passed".
number() { local found; found=$(grep -oE "[0-9]+ $1" <<<"$2" | head -1 | grep -oE '^[0-9]+') || true; echo "${found:-0}"; }

# The number after node's word: "ℹ pass 3" or "# pass 3".
tally() { local found; found=$(grep -E "^(ℹ|#) $1 [0-9]+" <<<"$2" | tail -1 | grep -oE '[0-9]+$') || true; echo "${found:-0}"; }

committed_files() {
    "$target/debug/xtask" sample --check && "$target/debug/xtask" icons --check && "$target/debug/xtask" errors --check
}

# The tests of assay-workbench write the wire types; what they write must be what is committed.
bindings() { cat ui/src/ipc/bindings/*.ts | cksum; }
bindings_before=$(bindings)
bindings_stand() {
    [ "$(bindings)" = "$bindings_before" ] && return
    say "The wire types in ui/src/ipc/bindings have changed: look at them, and commit them."
    return 1
}

if wanted ui; then
    suite "ui lint" step npm --prefix ui run lint
    suite "ui tests" vitest npm --prefix ui test
    suite "ui build" step npm --prefix ui run build
fi
mkdir -p ui/dist # tauri's macros look for it even when the front end was not built
if wanted lint; then
    suite "rust format" step cargo fmt --all --check
fi
if wanted supply; then
    suite "what may be linked" step scripts/supply_chain.sh linked
    suite "advisories of crates" step scripts/supply_chain.sh crates
    suite "advisories of modules" step scripts/supply_chain.sh modules
    suite "lock files" step scripts/supply_chain.sh locks
fi
suite "rust build" step cargo build "${everything[@]}" --all-targets
if wanted sample; then
    suite "committed files" step committed_files
fi
if wanted rust; then
    suite "rust tests" nextest cargo nextest run "${everything[@]}" --no-fail-fast \
        -E 'not package(assay-app) and not package(assay-ledger)'
    suite "the ledger and its durability" nextest cargo nextest run "${everything[@]}" --no-fail-fast \
        -E 'package(assay-ledger)' --success-output final
fi
if wanted rust; then
    suite "wire types" step bindings_stand
fi
if wanted integration; then
    suite "integration and hostile input" nextest cargo nextest run "${everything[@]}" --no-fail-fast \
        -E 'package(assay-app)' --success-output final
fi
if wanted window; then
    suite "the real window, without a network" node scripts/offline.sh npm --prefix tests/e2e test
fi

say ""
say "The logs are in $logs"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
