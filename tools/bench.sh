#!/usr/bin/env bash
# bench.sh [word...]: measures speed on this machine, prints it, and writes the table of docs/benchmarks.md; with words only the
# rows whose name holds one of them. Nothing here decides whether a test passes.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p build
export GANGMU_LOAD=$(cut -d' ' -f1 /proc/loadavg)   # before our own build adds to it
cmake --preset bench >build/bench.log && cmake --build --preset bench -j "${JOBS:-$(nproc)}" \
  --target gangmu bench_fact bench_score bench_sheet bench_store >>build/bench.log || { tail -n 40 build/bench.log; exit 1; }
exec python3 tools/bench/run.py "$@"
