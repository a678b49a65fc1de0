// SPDX-License-Identifier: Apache-2.0
#include "base/random.hpp"

#include <cassert>

#include "base/math.hpp"

namespace gangmu {
namespace {

using Wide = unsigned __int128;

constexpr Wide multiplier = (Wide{2549297995355413924ULL} << 64) | 4865540595714422341ULL;

/// Finaliser of SplitMix64 (Steele, Lea, Flood 2014): every bit of the input reaches every bit of the output.
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// FNV-1a.
std::uint64_t hashed(std::string_view text) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return h;
}

}   // namespace

Random::Random(std::uint64_t seed, std::uint64_t stream)
    : state_(0), increment_((Wide{stream} << 1) | 1), seed_(seed), stream_(stream) {
  state_ = (increment_ + seed) * multiplier + increment_;
}

std::uint64_t Random::next() {
  state_ = state_ * multiplier + increment_;
  const auto folded = static_cast<std::uint64_t>(state_ >> 64) ^ static_cast<std::uint64_t>(state_);
  const auto turn = static_cast<unsigned>(state_ >> 122);
  return (folded >> turn) | (folded << ((64 - turn) & 63));
}

std::uint64_t Random::below(std::uint64_t n) {
  assert(n > 0);
  Wide product = Wide{next()} * n;
  if (static_cast<std::uint64_t>(product) < n) {
    const std::uint64_t refused = (0 - n) % n;
    while (static_cast<std::uint64_t>(product) < refused) product = Wide{next()} * n;
  }
  return static_cast<std::uint64_t>(product >> 64);
}

std::int64_t Random::between(std::int64_t lo, std::int64_t hi) {
  assert(lo <= hi);
  const std::uint64_t span = static_cast<std::uint64_t>(hi) - static_cast<std::uint64_t>(lo) + 1;
  const std::uint64_t offset = span == 0 ? next() : below(span);   // 0: all of int64
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(lo) + offset);
}

double Random::uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

double Random::normal() {
  while (true) {
    const double u = 2 * uniform() - 1;
    const double v = 2 * uniform() - 1;
    const double r = u * u + v * v;
    if (r > 0 && r < 1) return u * math::sqrt(-2 * math::log(r) / r);
  }
}

bool Random::chance(double p) { return uniform() < p; }

Random Random::fork(std::uint64_t label) const {
  const std::uint64_t branch = mixed(mixed(mixed(seed_) ^ stream_) ^ label);
  return Random(mixed(branch), mixed(branch ^ 0x5851f42d4c957f2dULL));
}

Random Random::fork(std::string_view label) const { return fork(hashed(label)); }

}   // namespace gangmu
