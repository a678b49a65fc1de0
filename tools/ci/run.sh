#!/usr/bin/env bash
# Everything that must hold. Prints its ten slowest steps at the end. The long campaigns (sanitizers, other compilers) are tools/soak.sh.
set -uo pipefail
cd "$(dirname "$0")/../.."
mkdir -p build/log
times=build/log/times
: >"$times"
failed=()

step() {  # step <name> <command…>: runs it, keeps its output, remembers how long it took
  local name=$1 start end log="build/log/${1//[ :,]/_}.log"
  shift
  echo "== $name"
  start=$(date +%s.%N)
  if "$@" >"$log" 2>&1; then
    grep -E '^(100% tests passed|# (tests|pass|fail) |      Tests  )' "$log" || true
  else
    failed+=("$name")
    echo "-- failed: $name"
    tail -n 80 "$log"
  fi
  end=$(date +%s.%N)
  awk -v a="$start" -v b="$end" -v n="$name" 'BEGIN { printf "%7.1f s  %s\n", b - a, n }' >>"$times"
}

build() { cmake --preset ci && cmake --build --preset ci -j "$(nproc)"; }
parts() { ctest --test-dir build/ci --output-on-failure --no-tests=error; }
# The score digest must not depend on the CPU variants that the C library picks.
digests() {
  build/ci/test_score --gtest_filter='*igest*' &&
    GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2_Usable,-FMA_Usable,-AVX2,-FMA,-AVX512F build/ci/test_score --gtest_filter='*igest*'
}

step "web: install and build" tools/web.sh
step "web: types and unit tests" npm --prefix web run --silent test
step "build: g++ -O1, assertions, warnings are errors" build
step "test: all parts" parts
step "lint: the packs" build/ci/gangmu lint programmes/jiangmen programmes/tutorial
step "docs: the tutorial as written" tools/ci/tutorial.sh build/ci/gangmu
step "servers: the writer killed under load" e2e/servers.py build/ci/gangmu 3
step "score: one digest with CPU variants masked" digests
step "e2e: the built program in a browser" tools/e2e.sh build/ci/gangmu

echo
echo "the ten slowest steps:"
sort -rn "$times" | head -10
awk '{ total += $1 } END { printf "%7.1f s  in all\n", total }' "$times"
echo "$(($(wc -l <"$times") - ${#failed[@]})) passed, ${#failed[@]} failed"
((${#failed[@]} == 0))
