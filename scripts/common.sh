# Sourced by the other scripts: where things are, and how they speak.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
target=${CARGO_TARGET_DIR:-$root/target}
assay=$target/debug/assay
application=$target/debug/assay-app
[ -f "$HOME/.cargo/env" ] && . "$HOME/.cargo/env"
export PATH="$HOME/.cargo/bin:$PATH"

# The whole workspace with one set of features, everywhere: then no dependency is compiled twice.
everything=(--workspace --features assay-app/custom-protocol)

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$1"
    [ -n "${2:-}" ] && say "  $2"
    exit 1
}

has_display() { [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]; }
