#!/usr/bin/env bash
# The long campaigns: sanitizers, other compilers and optimisations, many more trials.
set -euo pipefail
cd "$(dirname "$0")/.."
jobs=$(nproc)

cmake --preset asan && cmake --build --preset asan -j "$jobs" --target test_base test_place test_fact test_score test_plan test_sheet test_pack test_http
ASAN_OPTIONS=allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1 \
  ctest --test-dir build/asan --output-on-failure -R '^(base|place|fact|score|plan|sheet|pack|http)$'

cmake --preset tsan && cmake --build --preset tsan -j "$jobs" --target test_store test_app
TSAN_OPTIONS=halt_on_error=1 ctest --test-dir build/tsan --output-on-failure -R '^(store|app)$'

tools/ci/digests.sh

cmake --preset ci && cmake --build --preset ci -j "$jobs"
GANGMU_DAMAGE_TRIALS=1000 GANGMU_POWER_CUTS=2000 GANGMU_SIM_STEPS=20000 GANGMU_TAMPERINGS=500 build/ci/test_store
for what in writer database sqlite; do e2e/servers.py build/ci/gangmu 200 "$what"; done
