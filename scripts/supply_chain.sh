#!/usr/bin/env bash
# Is what is built from others' work what we mean to build from? One question at a time:
#   linked    licences, sources, and which crate may name which (deny.toml)
#   crates    known holes in crates (RustSec)
#   modules   known holes in Node modules (the registry's advisories)
#   locks     whether the lock files say what the manifests ask for
# A list of holes that cannot be fetched is `SKIPPED:`, for not knowing of any is not the same as there being none.
. "$(dirname "$0")/common.sh"

log=$root/.cache/supply-chain.log
mkdir -p "$(dirname "$log")"
node_projects=(ui tests/e2e)

linked() { cargo deny --locked check bans licenses sources; }

crates() {
    if cargo deny --locked check advisories 2>&1 | tee "$log"; then return; fi
    grep -qE 'failed to (fetch|clone|open) advisory database' "$log" || return 1
    echo "SKIPPED: the RustSec database cannot be fetched from here; no crate was looked up"
}

modules() {
    local project state=0 unknown=()
    for project in "${node_projects[@]}"; do
        say "$project"
        if npm --prefix "$project" audit --package-lock-only --json >"$log" 2>/dev/null; then continue; fi
        # A report names its version; a registry that answers otherwise, or not at all, has told nothing.
        if grep -q '"auditReportVersion"' "$log"; then
            npm --prefix "$project" audit --package-lock-only >&2 || state=1
        else
            unknown+=("$project")
        fi
    done
    [ ${#unknown[@]} = 0 ] || echo "SKIPPED: the registry gives no advisories from here; no module was looked up of: ${unknown[*]}"
    return $state
}

locks() {
    local manifest project
    for manifest in Cargo.toml fuzz/Cargo.toml; do
        cargo metadata --locked --format-version 1 --manifest-path "$manifest" >/dev/null
    done
    for project in "${node_projects[@]}"; do
        npm --prefix "$project" ci --dry-run --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
    done
}

case ${1:-} in
    linked | crates | modules | locks) "$1" ;;
    "") for question in linked crates modules locks; do say "== $question"; "$question"; done ;;
    *) fail "There is no question \`$1\`." "Ask: linked, crates, modules or locks." ;;
esac
