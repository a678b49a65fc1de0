#!/usr/bin/env bash
# The long campaigns: the same tests with many more trials.
set -euo pipefail
cd "$(dirname "$0")/.."
jobs=$(nproc)

cmake --preset ci && cmake --build --preset ci -j "$jobs"
GANGMU_DAMAGE_TRIALS=1000 GANGMU_POWER_CUTS=2000 GANGMU_SIM_STEPS=20000 GANGMU_TAMPERINGS=500 build/ci/test_store
GANGMU_FULL_CITY=1 build/ci/test_app --gtest_filter='RollUp.*'
for engine in sqlite postgres; do node e2e/kill.mjs build/ci/gangmu --engine "$engine" --kills 200 --writes 10000 --clients 8; done
for what in writer database sqlite; do e2e/servers.py build/ci/gangmu 200 "$what"; done
tools/ci/arm64.sh   # the scoring digests on another instruction set
