#!/usr/bin/env bash
# The long campaigns: the same tests with many more trials. What they found is written into docs/benchmarks.md.
set -euo pipefail
cd "$(dirname "$0")/.."
jobs=$(nproc)
mkdir -p build/soak

campaign() {  # campaign <name> <command…>
  local name=$1 log="build/soak/${1//[ :,]/_}.log" begin
  shift
  echo "== $name"
  begin=$(date +%s)
  "$@" >"$log" 2>&1 || { tail -n 40 "$log"; return 1; }
  tools/soak/write.py "$name" $(($(date +%s) - begin)) "$log" "${@#"$PWD/"}"
}

cmake --preset ci && cmake --build --preset ci -j "$jobs"
campaign "store: damage, power cuts, simulator, tampering" \
  env GANGMU_DAMAGE_TRIALS=1000 GANGMU_POWER_CUTS=2000 GANGMU_SIM_SEEDS=40 GANGMU_SIM_STEPS=500 GANGMU_TAMPERINGS=500 build/ci/test_store
GANGMU_FULL_CITY=1 build/ci/test_app --gtest_filter='RollUp.*'
for engine in sqlite postgres; do
  campaign "kills on $engine" node e2e/kill.mjs build/ci/gangmu --engine "$engine" --kills 200 --writes 10000 --clients 8
done
for what in writer database sqlite; do campaign "servers: $what killed" e2e/servers.py build/ci/gangmu 200 "$what"; done
campaign "faults: disk, sync, memory" e2e/faults.py build/ci/gangmu --rounds 40
campaign "all or nothing" e2e/all_or_nothing.py build/ci/gangmu 40
tools/one_field.py build/ci
campaign "planted numbers" e2e/planted.py build/ci/gangmu
campaign "an intruder" e2e/resist.py build/ci/gangmu
# GANGMU_WORKBOOKS: a folder of workbooks; needs python3-openpyxl and libreoffice-calc.
if [[ -n ${GANGMU_WORKBOOKS:-} ]]; then
  campaign "workbooks, cell by cell" tools/soak/workbooks.py build/ci/gangmu --libreoffice
fi
campaign "crowds" e2e/crowds.py build/ci/gangmu
make deb && tools/ci/package.sh build/deb/gangmu_*.deb --bare
tools/ci/arm64.sh   # the scoring digests on another instruction set
