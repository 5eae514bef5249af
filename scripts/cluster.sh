#!/usr/bin/env bash
# The cluster of docker-compose.yml on this machine, without Docker: Azurite, Redis, two silos, two APIs, all on loopback.
#
#   scripts/cluster.sh up               start what does not run yet, wait until it is ready, make the demo tenant
#   scripts/cluster.sh status           a SCIM round trip through each API; exits 1 if one fails
#   scripts/cluster.sh kill NODE        SIGKILL: silo1, silo2, api1, api2, redis, azurite; a bare number means a silo
#   scripts/cluster.sh stop NODE        SIGTERM, and wait for its end
#   scripts/cluster.sh start NODE       start it again, and wait until it is ready
#   scripts/cluster.sh freeze NODE      SIGSTOP
#   scripts/cluster.sh thaw NODE        SIGCONT
#   scripts/cluster.sh down             stop everything; data and keys stay
#
# CLUSTER_DIR (data/cluster) holds data, logs, keys and demo.json; CLUSTER_PORT (5100) is where the ports begin.
# CLUSTER_CONFIGURATION (Release) is what is built and run; CLUSTER_BUILD=no runs what was built before. CLUSTER_AZURITE_LOG=yes logs each request to storage.
set -euo pipefail
umask 077
root=$(cd "$(dirname "$0")/.." && pwd)
dir=${CLUSTER_DIR:-$root/data/cluster}
port=${CLUSTER_PORT:-5100}
configuration=${CLUSTER_CONFIGURATION:-Release}
nodes=(azurite redis silo1 silo2 api1 api2)

fail() { printf 'cluster.sh: %s\n' "$*" >&2; exit 1; }
pid() { cat "$dir/$1.pid" 2>/dev/null || true; }
runs() { local id; id=$(pid "$1"); [ -n "$id" ] && kill -0 "$id" 2>/dev/null && [ "$(ps -o stat= -p "$id" 2>/dev/null | cut -c1)" != Z ]; }
node() {
    local name=$1
    [[ $name =~ ^[0-9]+$ ]] && name=silo$name
    printf '%s\n' "${nodes[@]}" | grep -qx -- "$name" || fail "there is no node '$1': use one of ${nodes[*]}."
    printf '%s' "$name"
}

http_port() { case $1 in api*) echo $((port + ${1#api})) ;; silo*) echo $((port + 10 + ${1#silo})) ;; esac; }
redis_port=$((port + 41)) blob_port=$((port + 42)) queue_port=$((port + 43)) table_port=$((port + 44))

# Well known: the account and key that every Azurite has.
azurite_key='Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='
azurite="DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=$azurite_key;BlobEndpoint=http://127.0.0.1:$blob_port/devstoreaccount1;TableEndpoint=http://127.0.0.1:$table_port/devstoreaccount1;"

prepare() {
    command -v dotnet >/dev/null || fail "the .NET 10 SDK is missing: install it and put 'dotnet' on the PATH."
    command -v npm >/dev/null || fail "Node.js 20 or later with npm is missing: install it."
    if ! command -v redis-server >/dev/null; then
        [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || fail "redis-server is missing: install it."
        apt-get update -qq && apt-get install -y -qq --no-install-recommends redis-server >/dev/null
    fi
    "$root/scripts/peers.sh" azurite
    if [ "${CLUSTER_BUILD:-yes}" = yes ]; then
        dotnet build "$root/src/Api" -c "$configuration" -v quiet --nologo -warnaserror
    fi
    mkdir -p "$dir/redis" "$dir/azurite"
    if [ ! -f "$dir/keys.env" ]; then
        printf 'Operator__Key=%s\nSecrets__KeyEncryptionKey=%s\n' "$(openssl rand -hex 24)" "$(openssl rand -base64 32)" >"$dir/keys.env"
    fi
}

program() { echo "$root/src/$1/bin/$configuration/net10.0/OrleansIdentity.$1.dll"; }

launch() {
    local name=$1 number=${1##*[a-z]} silent=--silent
    [ "${CLUSTER_AZURITE_LOG:-no}" = yes ] && silent=""
    local shared=(env ASPNETCORE_ENVIRONMENT=Production Cluster__Mode=Redis "Cluster__Redis=127.0.0.1:$redis_port" "Cluster__Id=cluster-$port" Cluster__DrainSeconds="${CLUSTER_DRAIN:-1}")
    case $name in
        azurite) set -- node "$root/tests/Peers/azurite/node_modules/azurite/dist/src/azurite.js" $silent --disableTelemetry --skipApiVersionCheck -l "$dir/azurite" \
            --blobHost 127.0.0.1 --blobPort $blob_port --queueHost 127.0.0.1 --queuePort $queue_port --tableHost 127.0.0.1 --tablePort $table_port ;;
        redis) set -- redis-server --bind 127.0.0.1 --port $redis_port --dir "$dir/redis" --appendonly yes --appendfsync everysec --save '' ;;
        silo*) set -- "${shared[@]}" Cluster__AdvertisedAddress=127.0.0.1 Cluster__SiloPort=$((port + 20 + number)) Cluster__GatewayPort=$((port + 30 + number)) \
            "Storage__Azure__ConnectionString=$azurite" dotnet "$(program Silo)" --urls "http://127.0.0.1:$(http_port "$name")" ;;
        api*) set -- "${shared[@]}" "Data__Path=$dir" $(cat "$dir/keys.env") dotnet "$(program Api)" --urls "http://127.0.0.1:$(http_port "$name")" ;;
    esac
    # A group and a session of its own: what stops this script does not stop the cluster.
    setsid nohup "$@" >>"$dir/$name.log" 2>&1 </dev/null &
    echo $! >"$dir/$name.pid"
}

answers() {
    case $1 in
        azurite) (exec 3<>"/dev/tcp/127.0.0.1/$table_port") 2>/dev/null && (exec 3<>"/dev/tcp/127.0.0.1/$blob_port") 2>/dev/null ;;
        redis) [ "$(redis-cli -p $redis_port ping 2>/dev/null)" = PONG ] ;;
        *) curl -sf -m 3 -o /dev/null "http://127.0.0.1:$(http_port "$1")/health/ready" ;;
    esac
}

await_ready() {
    local name=$1 until=$((SECONDS + 60))
    until answers "$name"; do
        runs "$name" || { tail -n 20 "$dir/$name.log" >&2; fail "$name has ended; its log is $dir/$name.log."; }
        [ $SECONDS -lt $until ] || { tail -n 20 "$dir/$name.log" >&2; fail "$name is not ready after 60 s; its log is $dir/$name.log."; }
        sleep 0.2
    done
}

start() { runs "$1" || launch "$1"; await_ready "$1"; }

stop() {
    local id
    id=$(pid "$1")
    [ -n "$id" ] || return 0
    # A frozen process cannot hear.
    kill -TERM "$id" 2>/dev/null && kill -CONT "$id" 2>/dev/null || true
    local until=$((SECONDS + 45))
    while runs "$1"; do
        [ $SECONDS -lt $until ] || { kill -KILL "$id"; fail "$1 had not ended 45 s after SIGTERM, and was killed."; }
        sleep 0.1
    done
    rm -f "$dir/$1.pid"
}

operator() { # METHOD PATH [BODY]
    curl -sf -m 20 -X "$1" "http://127.0.0.1:$(http_port api1)/operator/v1$2" \
        -H "Authorization: Bearer $operator_key" -H 'Content-Type: application/json' ${3:+-d "$3"}
}
member() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p"; }

demo() {
    local operator_key token base
    [ -f "$dir/demo.json" ] && return 0
    operator_key=$(sed -n 's/^Operator__Key=//p' "$dir/keys.env")
    base="http://127.0.0.1:$(http_port api1)"
    operator GET /tenants/acme >/dev/null 2>&1 || operator POST /tenants '{"slug":"acme"}' >/dev/null
    operator POST /tenants/acme/enable >/dev/null
    token=$(operator POST /tenants/acme/scim-tokens '{"label":"demo"}' | member token)
    [ -n "$token" ] || fail "no SCIM token could be minted for the demo tenant; see $dir/api1.log."
    printf '{\n  "baseUrl": "%s",\n  "tenant": "acme",\n  "scimBaseUrl": "%s/t/acme/scim/v2",\n  "scimToken": "%s",\n  "operatorKey": "%s"\n}\n' \
        "$base" "$base" "$token" "$operator_key" >"$dir/demo.json"
}

round_trip() { # NAME: create, read through this API, delete
    local base token name id
    base="http://127.0.0.1:$(http_port "$1")/t/acme/scim/v2"
    token=$(member scimToken <"$dir/demo.json")
    name="status-$1-$$-$(date +%s%N)"
    local ask=(curl -sf -m 12 -H "Authorization: Bearer $token" -H 'Content-Type: application/scim+json')
    id=$("${ask[@]}" -X POST "$base/Users" -d "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"$name\"}" | member id)
    [ -n "$id" ] || return 1
    [ "$("${ask[@]}" -G "$base/Users" --data-urlencode "filter=userName eq \"$name\"" | grep -c "\"totalResults\":1,")" = 1 ] || return 1
    "${ask[@]}" -X DELETE "$base/Users/$id" >/dev/null
}

status() {
    local name failed=0
    for name in "${nodes[@]}"; do
        if runs "$name"; then
            answers "$name" && printf '%-8s ready     process %s\n' "$name" "$(pid "$name")" || { printf '%-8s not ready process %s\n' "$name" "$(pid "$name")"; failed=1; }
        else
            printf '%-8s down\n' "$name"; failed=1
        fi
    done
    for name in api1 api2; do
        round_trip "$name" 2>/dev/null && printf '%-8s SCIM round trip: ok\n' "$name" || { printf '%-8s SCIM round trip: FAILED\n' "$name"; failed=1; }
    done
    return $failed
}

case ${1:-} in
    up)
        prepare
        for name in azurite redis; do start $name; done
        # The silos together: the first one needs no other to be ready.
        for name in silo1 silo2; do runs $name || launch $name; done
        for name in silo1 silo2; do await_ready $name; done
        for name in api1 api2; do runs $name || launch $name; done
        for name in api1 api2; do await_ready $name; done
        demo
        echo "The cluster is up: http://127.0.0.1:$(http_port api1) and http://127.0.0.1:$(http_port api2). What it takes to try it is in $dir/demo.json."
        ;;
    down) for ((i = ${#nodes[@]} - 1; i >= 0; i--)); do stop "${nodes[$i]}"; done ;;
    status) status ;;
    kill) name=$(node "${2:?which node?}"); kill -KILL "$(pid "$name")"; while runs "$name"; do sleep 0.05; done ;;
    stop) stop "$(node "${2:?which node?}")" ;;
    start) start "$(node "${2:?which node?}")" ;;
    freeze) kill -STOP "$(pid "$(node "${2:?which node?}")")" ;;
    thaw) kill -CONT "$(pid "$(node "${2:?which node?}")")" ;;
    *) sed -n '2,14s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
