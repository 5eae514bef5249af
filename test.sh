#!/usr/bin/env bash
# Installs what the tests need, builds without a warning and runs every suite. Ends with one line over all of them.
#
#   ./test.sh          the suites that need a store, but are not about one, run on SQLite
#   ./test.sh azure    they run on Azure Storage (Azurite)
set -euo pipefail
cd "$(dirname "$0")"

say() { printf '\n== %s\n' "$*"; }
fail() { printf 'test.sh: %s\n' "$*" >&2; exit 1; }

command -v dotnet >/dev/null || fail "the .NET 10 SDK is missing: install it and put 'dotnet' on the PATH."
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || fail "Node.js 20 or later with npm is missing: install it."
    say "Installing Node.js"
    apt-get update -qq && apt-get install -y -qq --no-install-recommends nodejs npm
fi

if ! [ -x /usr/bin/chromium ]; then
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || fail "Chromium is missing: install it as /usr/bin/chromium (Debian: apt-get install chromium)."
    say "Installing Chromium"
    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium
fi

case ${1:-sqlite} in
    sqlite) ;;
    azure) export TEST_STORE=azure TEST_FILTER='Store!=sqlite' ;;
    *) fail "there is no store '$1': use sqlite or azure." ;;
esac
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

say "Installing npm peers"
scripts/peers.sh || fail "npm could not install what the tests run against: see the lines above."

say "Building"
dotnet build OrleansIdentity.sln -c Release -v quiet --nologo -warnaserror

run() {
    local project=$1 log=$2/$1.log
    if dotnet test "tests/$project/bin/Release/net10.0/OrleansIdentity.$project.dll" --logger "console;verbosity=normal" --blame-hang-timeout 10m \
        ${TEST_FILTER:+--filter "$TEST_FILTER"} >"$log" 2>&1; then
        printf 'ok      %s\n' "$project"
    else
        printf 'FAILED  %s\n' "$project"
        # Keep the output of two failing suites apart, and what failed at its end: the log of the product may be long.
        { printf '%s\n' "---- $project"; grep -vE '^\s+Passed ' "$log" | tail -n 100; grep -A 20 '\[FAIL\]' "$log" | cut -c -500 | head -n 300; } >&2
    fi
}
export -f run

# Two at a time, the longest first: the suites do not share ports or files. The heavy ones have the machine to themselves.
say "Testing"
printf '%s\n' Api.Tests Storage.Tests Grains.Tests Scim.Tests Saml.Tests Okta.Tests | xargs -P 2 -I{} bash -c 'run {} "$0"' "$logs"
run Load.Tests "$logs"
run Cluster.Tests "$logs"
run Browser.Tests "$logs"

# A suite that crashed before it could count itself is a failure too.
awk -v suites=9 '
    /^ *Total tests: / { counted++ }
    /^ *Passed: +[0-9]+/ { passed += $2 }
    /^ *Failed: +[0-9]+/ { failed += $2 }
    /^ *Skipped: +[0-9]+/ { skipped += $2 }
    END {
        if (counted < suites) { printf "%d of %d suites did not finish\n", suites - counted, suites; failed += suites - counted }
        printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
        exit failed > 0
    }' "$logs"/*.log
