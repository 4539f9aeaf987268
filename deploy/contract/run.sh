#!/usr/bin/env bash
# Holds a running server against the API's own document: schemathesis makes calls of every operation, well and badly formed,
# and every answer must be one that the document tells of, never a failure of the server.
#
#   deploy/contract/run.sh           50 calls made up for an operation, beside the systematic ones and chains of calls: minutes
#   deploy/contract/run.sh quick     5 made up, nothing beside them: half a minute
#
# Nothing is left out of the document. What the calls write goes with the server, which is one of the run's own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

examples=50
phases=examples,coverage,fuzzing,stateful
if [ "${1:-}" = quick ]; then
    examples=5
    phases=examples,fuzzing
fi

tools=${XDG_CACHE_HOME:-$HOME/.cache}/kontor/contract
if ! cmp -s deploy/contract/requirements.txt "$tools/installed.txt"; then
    rm -rf "$tools"
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check --requirement deploy/contract/requirements.txt
    cp deploy/contract/requirements.txt "$tools/installed.txt"
fi

checks=$PWD/deploy/contract
folder=$(mktemp -d)
server=
# Stops the server that this run started, and keeps its words when something went wrong.
finish() {
    local status=$?
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    if [ "$status" -ne 0 ] && [ -s "$folder/log" ]; then
        echo "the server's last words:" >&2
        tail -n 40 "$folder/log" >&2
    fi
    rm -rf "$folder"
    exit "$status"
}
trap finish EXIT

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

port=$(free_port)
metrics=$(free_port)
# A database's files belong to a plain user when this runs as root.
chmod 755 "$folder"
KONTOR_LIMIT_CALLS=100000000 KONTOR_LIMIT_ASSISTANT=100000000 KONTOR_LIMIT_SIGN_UPS=100000000 \
    KONTOR_LIMIT_LOG_INS=100000000 KONTOR_LOG=warn KONTOR_METRICS_LISTEN="127.0.0.1:$metrics" \
    "${CARGO_TARGET_DIR:-target}/debug/kontor" dev --no-demo --port "$port" --data "$folder/data" >"$folder/log" 2>&1 &
server=$!

url=http://127.0.0.1:$port
token=$(python3 "$checks/sign_up.py" "$url")

# It keeps notes of its own where it runs. One worker: Python 3.11 reads source code in one thread at a time only, which
# schemathesis does in all of them ("AST constructor recursion depth mismatch").
cd "$folder"
# Holds the operations that the arguments choose against the document.
hold() {
    "$tools/bin/st" run "$url/api/v1/openapi.json" \
        --header "Authorization: Bearer $token" \
        --max-examples "$examples" \
        --seed 20250101 \
        --workers 1 \
        --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance \
        --suppress-health-check all \
        --generation-database none \
        --continue-on-failure \
        --warnings off \
        "$@"
}

# The log-out ends the token's session, and everything after it would only be told so: it has a turn of its own, last.
status=0
hold --phases "$phases" --exclude-operation-id log_out || status=$?
if ! python3 "$checks/still_in.py" "$url" "$token"; then
    echo "the token was refused before the calls were over: most of them tell nothing" >&2
    status=1
fi
hold --phases examples,fuzzing --include-operation-id log_out || status=$?
exit "$status"
