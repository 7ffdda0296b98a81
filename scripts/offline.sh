#!/usr/bin/env bash
# Runs a command where there is no network: a namespace of its own in which only the loopback interface is up, for WebDriver itself talks over it.
# Where the kernel does not allow this, the command runs with the network there is; the journey `offline` then says that it was skipped.
. "$(dirname "$0")/common.sh"

# As root a network namespace is enough; others become root of a user namespace of their own.
apart=(unshare --net)
[ "$(id -u)" = 0 ] || apart=(unshare --net --map-root-user)

if "${apart[@]}" sh -c 'ip link set lo up' 2>/dev/null; then
    exec "${apart[@]}" sh -c '
        ip link set lo up
        exec "$@"' offline "$@"
fi
say "A network namespace cannot be made here (unshare, ip): running with the network there is."
exec "$@"
