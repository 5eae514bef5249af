#!/usr/bin/env bash
# Installs npm peers of the tests: scripts/peers.sh NAME…, each a folder under tests/Peers. What is up to date stays.
set -euo pipefail
peers=$(cd "$(dirname "$0")/../tests/Peers" && pwd)
for name in "$@"; do
    folder=$peers/$name
    [ -f "$folder/package-lock.json" ] || { echo "peers.sh: there is no peer '$name'." >&2; exit 1; }
    if [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ]; then
        continue
    fi
    npm ci --prefix "$folder" --no-audit --no-fund --loglevel=error >/dev/null || { echo "peers.sh: npm could not install '$name'." >&2; exit 1; }
    touch "$folder/node_modules/.package-lock.json"
done
