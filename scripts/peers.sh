#!/usr/bin/env bash
# Installs the npm peers of the tests, each a folder under tests/Peers: scripts/peers.sh [NAME…], all without a name. What is up to date stays.
set -euo pipefail
cd "$(dirname "$0")/../tests/Peers"
[ $# -gt 0 ] || set -- */
for peer in "$@"; do
    peer=${peer%/}
    [ -f "$peer/package-lock.json" ] || { echo "peers.sh: there is no peer '$peer'." >&2; exit 1; }
    if ! [ "$peer/node_modules/.package-lock.json" -nt "$peer/package-lock.json" ]; then
        npm ci --prefix "$peer" --silent --ignore-scripts --no-audit --no-fund >/dev/null || { echo "peers.sh: npm could not install '$peer'." >&2; exit 1; }
        touch "$peer/node_modules/.package-lock.json"
    fi
done
