#!/usr/bin/env bash
# Renews what is generated and kept: the documents, the types of the front end and the screenshots.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --preset ci && cmake --build --preset ci -j "$(nproc)"
GANGMU_BLESS=1 build/ci/test_http --gtest_filter='ApiDocument*:ApiTypes*'
GANGMU_BLESS=1 build/ci/test_cli --gtest_filter='ErrorTable*:Reference*'
tools/e2e.sh build/ci/gangmu --bless
