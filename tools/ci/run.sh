#!/usr/bin/env bash
# Everything that must hold. Prints its ten slowest steps at the end. The long campaigns are tools/soak.sh.
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
    grep -E '^(100% tests passed|# (tests|pass|fail) |      Tests  |(sqlite|postgres): |[0-9]+ (reports|answers) )' "$log" || true
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
# Memory and undefined behaviour: everything that reads bytes from outside, and the kernels. Races: where threads are.
addresses() {
  cmake --preset asan &&
    cmake --build --preset asan -j "$(nproc)" --target test_base test_formula test_flow test_place test_record test_fact test_score test_plan test_sheet test_pack test_access test_http &&
    ASAN_OPTIONS=allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1 \
      ctest --test-dir build/asan --output-on-failure --no-tests=error -R '^(base|formula|flow|place|record|access|fact|score|plan|sheet|pack|http)$'
}
threads() {
  cmake --preset tsan && cmake --build --preset tsan -j "$(nproc)" --target test_store test_app &&
    TSAN_OPTIONS=halt_on_error=1 ctest --test-dir build/tsan --output-on-failure --no-tests=error -R '^(store|app)$'
}
example_city() {   # what `simulate` writes is a sound pack
  local folder result=0
  folder=$(mktemp -d)
  { build/ci/gangmu simulate "$folder" && build/ci/gangmu lint "$folder"; } || result=1
  rm -rf "$folder"
  return $result
}
kills() { node e2e/kill.mjs build/ci/gangmu --kills 5 && node e2e/kill.mjs build/ci/gangmu --engine postgres --kills 3 --writes 100; }

package() { rm -rf build/ci/package && (cd build/ci && cpack -B package) && tools/ci/package.sh build/ci/package/gangmu_*.deb; }

step "web: install and build" tools/web.sh
step "web: types and unit tests" npm --prefix web run --silent test
step "lint: layout of the code" tools/layout.sh --check
step "build: g++ -O1, assertions, warnings are errors" build
step "test: all parts" parts
step "sanitizers: addresses and undefined behaviour" addresses
step "sanitizers: threads" threads
step "lint: the packs" build/ci/gangmu lint programmes/*
step "lint: the example city" example_city
step "docs: the tutorial as written" tools/ci/tutorial.sh build/ci/gangmu
step "package: made, unpacked, served" package
step "servers: the writer killed under load" e2e/servers.py build/ci/gangmu 3
step "score: one digest from two compilers, three optimisations, CPU variants masked" tools/ci/digests.sh
step "e2e: planted numbers of persons are found nowhere" e2e/planted.py build/ci/gangmu
step "e2e: an intruder is refused, and every refusal logged" e2e/resist.py build/ci/gangmu
step "e2e: crowds beside ordinary use" e2e/crowds.py build/ci/gangmu --short
step "e2e: proxies in front" e2e/proxies.py build/ci/gangmu
step "e2e: imports are done whole or not at all" e2e/all_or_nothing.py build/ci/gangmu 3
step "e2e: a full disk, a failed sync, no memory" e2e/faults.py build/ci/gangmu --rounds 3
step "e2e: killed while clients write" kills
step "e2e: the built program in a browser" tools/e2e.sh build/ci/gangmu

echo
echo "the ten slowest steps:"
sort -rn "$times" | head -10
awk '{ total += $1 } END { printf "%7.1f s  in all\n", total }' "$times"
echo "$(($(wc -l <"$times") - ${#failed[@]})) passed, ${#failed[@]} failed"
((${#failed[@]} == 0))
