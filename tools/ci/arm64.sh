#!/usr/bin/env bash
# arm64.sh: the scoring kernel and all it rests on, cross-built for arm64 and run by qemu: its tests hold the same digests and bits as
# on x86-64. Needs g++-aarch64-linux-gnu and qemu-user-static; the static libraries come from Debian's arm64 packages, unpacked
# below build/arm64 without touching the system.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD/build/arm64
mkdir -p "$root"/{apt/lists/partial,apt/archives/partial,include,obj}

if [[ ! -e $root/usr ]]; then
  apt=(-o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Dir::State="$root/apt" -o Dir::State::Lists="$root/apt/lists"
       -o Dir::State::status=/dev/null -o Dir::Cache="$root/apt")
  apt-get -qq "${apt[@]}" update
  (cd "$root/apt" && apt-get -qq "${apt[@]}" download libssl-dev libboost-json1.81-dev libgtest-dev libgmock-dev)
  for package in "$root"/apt/*.deb; do dpkg -x "$package" "$root"; done
fi
for headers in boost fmt tl; do ln -sfn "/usr/include/$headers" "$root/include/$headers"; done   # nothing but headers: any machine's will do

export root CCACHE=$(command -v ccache || true)
compile() {  # compile <source>: its object
  $CCACHE aarch64-linux-gnu-g++ -std=c++20 -O2 -Wno-psabi -ffp-contract=off -DFMT_HEADER_ONLY -Isrc -isystem "$root/include" \
    -isystem "$root/usr/include" -isystem "$root/usr/include/aarch64-linux-gnu" "-DGANGMU_SOURCE_DIR=\"$PWD\"" \
    "-DGANGMU_BINARY_DIR=\"$root\"" -c "$1" -o "$root/obj/${1//\//_}.o"
}
export -f compile
sources() {
  find src/{base,place,fact,score} -name '*.cpp' ! -name '*_test.cpp' ! -name '*_bench.cpp'
  ls src/score/*_test.cpp src/base/{math,random}_test.cpp
}
rm -f "$root/list" && sources | sort >"$root/list"
xargs -a "$root/list" -P "${JOBS:-$(nproc)}" -I{} bash -c 'compile {}'
sed -e "s|/|_|g" -e "s|.*|$root/obj/&.o|" "$root/list" >"$root/objects"
aarch64-linux-gnu-g++ -static -o "$root/test_kernels" "@$root/objects" -L"$root/usr/lib/aarch64-linux-gnu" \
  -lgmock -lgtest -lgmock_main -lboost_json -lcrypto -lpthread -ldl
exec qemu-aarch64-static "$root/test_kernels" --gtest_brief=1
