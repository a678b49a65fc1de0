#!/usr/bin/env bash
# Installs what a fresh Debian 12 lacks to build, run and test Gangmu. Asks for nothing when everything is there.
set -euo pipefail

packages=(
  g++ cmake ninja-build ccache mold pkg-config git dpkg-dev file
  libboost1.81-dev libboost-json1.81-dev libfmt-dev libexpected-dev libcli11-dev
  libsqlite3-dev libpq-dev libyaml-cpp-dev libxlsxwriter-dev libminizip-dev libexpat1-dev
  libicu-dev libssl-dev libargon2-dev libcjose-dev libcurl4-openssl-dev zlib1g-dev libspdlog-dev libgtest-dev libgmock-dev
)
test_packages=(
  libbenchmark-dev clang-format clang-16 libclang-rt-16-dev
  postgresql-15 chromium fonts-noto-cjk wrk python3 curl iproute2
  libnss3 libnspr4 libexpat1 libuuid1   # what the Chromium 86 of e2e/ asks for
)
[[ "${1:-}" == "--run-only" ]] || packages+=("${test_packages[@]}")

node_is_usable() { command -v node >/dev/null && command -v npm >/dev/null &&
                   [[ "$(node -p 'process.versions.node.split(".")[0] >= 18')" == true ]]; }
node_is_usable || packages+=(nodejs npm)

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done

if ((${#missing[@]})); then
  echo "setup: installing ${missing[*]}"
  as_root=()
  if ((EUID != 0)); then as_root=(sudo); fi
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi
echo "setup: everything is here"
