#!/usr/bin/env bash
# Builds the packages of this system and tries the .deb: installed, started, the sample opened.
#   ASSAY_BUNDLE_PROFILE   release (default, optimised, compiles everything once more) or dev (what the tests built)
#   ASSAY_BUNDLE_OUT      where they go; default: bundles
. "$(dirname "$0")/common.sh"

profile=${ASSAY_BUNDLE_PROFILE:-release}
out=${ASSAY_BUNDLE_OUT:-$root/bundles}
built=$target/$profile
[ "$profile" = dev ] && built=$target/debug
# The bundler writes into the executables: it gets copies.
staged=$root/.cache/bundle
rm -rf "$staged/release"
mkdir -p "$staged/release" "$out"

npm ci --prefix scripts/bundle --no-audit --no-fund --loglevel=error >&2
npm --prefix ui run --silent build >&2
cargo build --profile "$profile" "${everything[@]}" --bin assay --bin assay-app
for name in assay assay-app; do
    strip -o "$staged/release/$name" "$built/$name"
done

# $1: kind. The command line goes where people expect it.
bundle() {
    local files="{\"/usr/bin/assay\": \"$staged/release/assay\"}"
    CARGO_TARGET_DIR=$staged scripts/bundle/node_modules/.bin/tauri bundle --ci --bundles "$1" \
        --config "{\"bundle\":{\"linux\":{\"deb\":{\"files\":$files},\"rpm\":{\"files\":$files}}}}" >&2
}

for kind in deb rpm appimage; do
    if bundle "$kind"; then
        find "$staged/release/bundle/$kind" -maxdepth 1 -type f -exec cp {} "$out/" \;
    elif [ "$kind" = appimage ]; then
        # Its tools are fetched while it runs, by the bundler.
        say "SKIPPED: the AppImage's tools could not be had."
    else
        fail "The package $kind could not be built."
    fi
done
say "Built:"
ls -l "$out" >&2

if ! command -v dpkg >/dev/null || [ "$(id -u)" != 0 ]; then
    say "SKIPPED: the .deb is tried only as root on Debian and its kin."
    exit 0
fi
deb=$(ls -t "$out"/*.deb | head -1)
dpkg --install "$deb" >&2
trap 'dpkg --remove assay >&2' EXIT
/usr/bin/assay --version
grep -q '^Exec=assay-app %f$' /usr/share/applications/Assay.desktop || fail "A file that is double-clicked would not reach the application."
ASSAY_APPLICATION=/usr/bin/assay-app node --test --test-concurrency=1 tests/e2e/journeys/sample.test.js
say "The installed package starts and opens the sample."
