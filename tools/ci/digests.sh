#!/usr/bin/env bash
# The score digest does not depend on the machine: the literal in score/digest_test.cpp must come out of g++ -O1 (the main
# build), clang -O2, g++ -O3, and with the C library's CPU variants masked.
set -euo pipefail
cd "$(dirname "$0")/../.."
masked=glibc.cpu.hwcaps=-AVX2_Usable,-FMA_Usable,-AVX2,-FMA,-AVX512F,-FMA4

cmake --preset clang && cmake --build --preset clang -j "$(nproc)" \
  --target test_base test_formula test_flow test_place test_record test_access test_fact test_score test_plan test_sheet
ctest --test-dir build/clang --output-on-failure --no-tests=error
cmake -S . -B build/o3 -G Ninja -DCMAKE_CXX_FLAGS="-O3 -DNDEBUG" -DGANGMU_KERNELS_ONLY=ON -DCMAKE_UNITY_BUILD=ON
cmake --build build/o3 -j "$(nproc)" --target test_score
for program in build/ci/test_score build/clang/test_score build/o3/test_score; do
  "$program" --gtest_filter='*igest*'
  GLIBC_TUNABLES=$masked "$program" --gtest_filter='*igest*'
done
