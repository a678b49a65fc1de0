#!/usr/bin/env bash
# e2e.sh PROGRAM: serves fresh stores of both programmes on a free port and runs the browser tests against them.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$1
mkdir -p build/log
if [[ ! -d e2e/node_modules || e2e/package-lock.json -nt e2e/node_modules/.package-lock.json ]]; then
  npm --prefix e2e ci --ignore-scripts --no-audit --no-fund --loglevel=error
fi
# The cable is out: in a network of its own, where nothing but this machine answers. Where the kernel refuses that, the browser alone
# watches that nothing leaves the server.
if [[ -z "${cable_out:-}" ]] && unshare --net true 2>/dev/null; then
  exec env cable_out=1 unshare --net sh -c 'ip link set lo up && exec "$0" "$@"' tools/e2e.sh "$@"
fi
data=$(mktemp -d)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$program" demo --data "$data" --port "$port" >build/log/e2e_server.log 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$data" "$data.keys"' EXIT
for _ in $(seq 240); do
  curl -fsS "http://127.0.0.1:$port/api/v1/health" >/dev/null 2>&1 && break
  kill -0 $server 2>/dev/null || { cat build/log/e2e_server.log; exit 1; }
  sleep 0.5
done
GANGMU_URL="http://127.0.0.1:$port" GANGMU_PROGRAM="$program" npm --prefix e2e run --silent test -- "${@:2}"
