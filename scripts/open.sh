#!/usr/bin/env bash
# Opens the built application, on a workspace if one is given.
. "$(dirname "$0")/common.sh"

has_display || fail "There is no display here, so no window can be opened." \
    "Set DISPLAY or WAYLAND_DISPLAY, or use the command line: $assay --help"
[ -x "$application" ] || fail "The application is not built." "Run: make app"
exec "$application" "$@"
