#!/usr/bin/env bash
# Measures speed; prints the figures, the machine and the commands. Nothing here decides whether a test passes.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --preset bench && cmake --build --preset bench -j "$(nproc)"
echo "machine: $(nproc) cores, $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2-)"
for program in build/bench/bench_*; do
  echo "== $program"
  "$program" --benchmark_min_time=0.5
done
