#!/usr/bin/env bash
# arm64.sh: the scoring kernel and all it rests on, cross-built for arm64 and run by qemu: its tests hold the same digests and bits as
# on x86-64. Needs g++-aarch64-linux-gnu and qemu-user-static; the static libraries come from Debian's arm64 packages, unpacked
# below build/arm64 without touching the system.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD/build/arm64
for tool in aarch64-linux-gnu-g++ qemu-aarch64-static; do
  command -v "$tool" >/dev/null || { echo "no $tool: apt-get install g++-aarch64-linux-gnu qemu-user-static"; exit 1; }
done
mkdir -p "$root"/{apt/lists/partial,apt/archives/partial,include,obj}

if [[ ! -e $root/usr ]]; then
  apt=(-o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Dir::State="$root/apt" -o Dir::State::Lists="$root/apt/lists"
       -o Dir::State::status=/dev/null -o Dir::Cache="$root/apt")
  apt-get -qq "${apt[@]}" update
  (cd "$root/apt" && apt-get -qq "${apt[@]}" download libssl-dev libboost-json1.81-dev libgtest-dev libgmock-dev)
  for package in "$root"/apt/*.deb; do dpkg -x "$package" "$root"; done
fi
for headers in boost fmt tl; do ln -sfn "/usr/include/$headers" "$root/include/$headers"; done   # nothing but headers: any machine's will do

# Several sources as one, as the presets for whole runs have them; each test on its own.
rm -f "$root"/obj/*
for part in base place fact score; do
  ls src/$part/*.cpp | grep -v -e _test.cpp -e _bench.cpp | sed 's|.*|#include "../../../&"|' | split -l 8 --additional-suffix=.cpp - "$root/obj/$part-"
done
for test in base/math base/random score/digest score/robustness score/property score/preparation_property score/class_property; do
  echo "#include \"../../../src/${test}_test.cpp\"" >"$root/obj/${test//\//-}_test.cpp"
done
export root CCACHE=$(command -v ccache || true)
compile() {
  $CCACHE aarch64-linux-gnu-g++ -std=c++20 -O2 -Wno-psabi -Wno-subobject-linkage -ffp-contract=off -DFMT_HEADER_ONLY -Isrc -isystem "$root/include" \
    -isystem "$root/usr/include" -isystem "$root/usr/include/aarch64-linux-gnu" -c "$1" -o "${1%.cpp}.o"
}
export -f compile
ls "$root"/obj/*.cpp | xargs -P "${JOBS:-$(nproc)}" -I{} bash -c 'compile {}'
aarch64-linux-gnu-g++ -static -o "$root/test_kernels" "$root"/obj/*.o -L"$root/usr/lib/aarch64-linux-gnu" \
  -lgmock_main -lgmock -lgtest -lboost_json -lcrypto -lpthread -ldl 2>"$root/link.log" || { cat "$root/link.log"; exit 1; }
exec qemu-aarch64-static "$root/test_kernels" --gtest_brief=1
