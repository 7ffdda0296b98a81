#!/usr/bin/env bash
# Installs what Assay needs and is not there yet. Safe to run again: it does nothing when all is in place.
#   --without-tests   leaves out what only the tests need
#   --fuzz            only what fuzzing needs
#   --sbom            only what listing the parts needs
. "$(dirname "$0")/common.sh"

with_tests=yes
[ "${1:-}" = "" ] || with_tests=no

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; return; fi
    command -v sudo >/dev/null || fail "Root rights are needed to install system packages, and sudo is not there." \
        "As root, run: $*"
    sudo "$@"
}

install_packages() {
    local packages=(build-essential ca-certificates curl file pkg-config python3 python3-venv libssl-dev libwebkit2gtk-4.1-dev libayatana-appindicator3-dev librsvg2-dev
        libxdo-dev libdbus-1-dev fonts-noto-core fonts-noto-cjk)
    [ "$with_tests" = yes ] && packages+=(webkit2gtk-driver xvfb dbus dbus-x11 gnome-keyring strace iproute2 libreoffice-calc-nogui)
    if ! command -v dpkg-query >/dev/null; then
        say "This is not Debian or Ubuntu: see README.md for what to install here. Going on with what there is."
        return
    fi
    local missing=() package
    for package in "${packages[@]}"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} = 0 ] && return
    say "Installing system packages: ${missing[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >&2
}

check_node() {
    local version
    command -v npm >/dev/null || fail "Node.js is not there." "Install Node.js 20.19 or later (nodejs.org or your package manager), then run this again."
    version=$(node -p 'const [a, b] = process.versions.node.split(".").map(Number); a > 20 || (a === 20 && b >= 19) ? "ok" : process.versions.node')
    [ "$version" = ok ] || fail "Node.js $version is too old." "Install Node.js 20.19 or later, then run this again."
}

check_rust() {
    command -v cargo >/dev/null || fail "Rust is not there." "Install rustup (rustup.rs), then run this again; the right version is chosen by rust-toolchain.toml."
    cargo --version >/dev/null || fail "The Rust toolchain of rust-toolchain.toml could not be set up." "Run: rustup toolchain install"
}

# $1: folder with a package-lock.json. Installs again only when the lock file is newer than what is there.
install_modules() {
    local stamp=$1/node_modules/.installed
    if [ -f "$stamp" ] && cmp -s "$1/package-lock.json" "$stamp"; then return; fi
    say "Installing Node modules in $1"
    npm --prefix "$1" ci --no-audit --no-fund --loglevel=error >&2
    cp "$1/package-lock.json" "$stamp"
}

# $1: command, $2: crate, $3: version requirement
install_tool() {
    command -v "$1" >/dev/null && return
    say "Building $2 (once)"
    # Its own target folder, so that nothing of the application is built again for it.
    CARGO_TARGET_DIR="$root/.cache/tools" cargo install "$2" --version "$3" --locked >&2
}

# The readers that the tests hold outputs against. Installs again only when their list has changed.
install_python() {
    local place=.cache/python-tests list=tests/python/requirements.txt
    if [ -f "$place/.installed" ] && cmp -s "$list" "$place/.installed"; then return; fi
    say "Installing Python packages in $place"
    if python3 -m venv "$place" >&2 && "$place/bin/pip" install --quiet --disable-pip-version-check --prefer-binary -r "$list" >&2; then
        cp "$list" "$place/.installed"
    else
        say "They could not be installed: the tests that need them say that they were skipped."
    fi
}

install_packages
check_node
check_rust
case ${1:-} in
    --fuzz)
        install_tool cargo-fuzz cargo-fuzz '^0.13'
        exit
        ;;
    --sbom)
        install_tool cargo-cyclonedx cargo-cyclonedx '^0.5'
        exit
        ;;
esac
install_modules ui
if [ "$with_tests" = yes ]; then
    install_modules tests/e2e
    install_python
    install_tool tauri-driver tauri-driver '^2'
    install_tool cargo-nextest cargo-nextest '^0.9'
    install_tool cargo-deny cargo-deny '^0.20'
fi
say "Everything is in place."
