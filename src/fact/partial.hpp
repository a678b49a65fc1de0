// SPDX-License-Identifier: Apache-2.0
// Partials: what the entry-level cells below one place add up to. Sums are 128-bit, so adding never overflows: 2^64
// places of any int64 fit. A pair is one place's two parts of a ratio or weighted mean for the same period.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "fact/observation.hpp"

namespace gangmu::fact {

using Wide = __int128;

struct Counts {
  std::uint32_t values = 0, threshold = 0, withheld = 0, not_applicable = 0;
  std::uint32_t extra = 0;   ///< of these, in functional units: places nobody expected

  void add(CellState state, bool functional, std::uint32_t one = 1) {
    switch (state) {
      case CellState::missing: return;
      case CellState::value: values += one; break;
      case CellState::above:
      case CellState::below: threshold += one; break;
      case CellState::not_applicable: not_applicable += one; break;
      case CellState::withheld: withheld += one; break;
    }
    if (functional) extra += one;
  }
  /// Unsigned wrap-around makes this the exact inverse of add.
  void remove(CellState state, bool functional) { add(state, functional, static_cast<std::uint32_t>(-1)); }
  void add(const Counts& o) {
    values += o.values;
    threshold += o.threshold;
    withheld += o.withheld;
    not_applicable += o.not_applicable;
    extra += o.extra;
  }
  [[nodiscard]] std::uint32_t known() const { return values + threshold + withheld + not_applicable; }
};

struct Partial {
  Wide sum = 0;
  std::int64_t min = std::numeric_limits<std::int64_t>::max();   ///< above max when there are no values
  std::int64_t max = std::numeric_limits<std::int64_t>::min();
  Counts counts;

  void add(const CellValue& cell, bool functional) {
    counts.add(cell.state, functional);
    if (!cell.is_number()) return;
    sum += cell.units;
    widen(cell.units, cell.units);
  }
  void add(const Partial& o) {
    sum += o.sum;
    widen(o.min, o.max);
    counts.add(o.counts);
  }
  void widen(std::int64_t low, std::int64_t high) {
    min = std::min(min, low);
    max = std::max(max, high);
  }
  void forget_range() {
    min = std::numeric_limits<std::int64_t>::max();
    max = std::numeric_limits<std::int64_t>::min();
  }
};

/// What one place gives to a ratio (its two parts) or a weighted mean (value × weight, weight).
struct Pair {
  CellState state = CellState::missing;
  Wide numerator = 0;
  Wide denominator = 0;
  bool beyond = false;   ///< value × weight is so large that sums of it might leave 128 bits; it is counted, not added
  bool operator==(const Pair&) const = default;
};

struct PairPartial {
  Wide numerator = 0;
  Wide denominator = 0;
  Counts counts;
  std::uint32_t beyond = 0;

  void add(const Pair& pair, bool functional) {
    numerator += pair.numerator;
    denominator += pair.denominator;
    counts.add(pair.state, functional);
    beyond += pair.beyond ? 1 : 0;
  }
  void remove(const Pair& pair, bool functional) {
    numerator -= pair.numerator;
    denominator -= pair.denominator;
    counts.remove(pair.state, functional);
    beyond -= pair.beyond ? 1 : 0;
  }
  void add(const PairPartial& o) {
    numerator += o.numerator;
    denominator += o.denominator;
    counts.add(o.counts);
    beyond += o.beyond;
  }
};

inline constexpr Wide largest_addend = Wide{1} << 95;   ///< 2^32 places of it still fit 128 bits

/// Both numbers, or the weightier of the two reasons why not.
inline Pair pair_of(const CellValue& a, const CellValue& b, bool weighted) {
  const auto either = [&](CellState s) { return a.state == s || b.state == s; };
  if (a.is_number() && b.is_number()) {
    const Wide numerator = weighted ? Wide{a.units} * b.units : Wide{a.units};
    if (numerator >= largest_addend || numerator <= -largest_addend) return {.state = CellState::value, .beyond = true};
    return {.state = CellState::value, .numerator = numerator, .denominator = b.units};
  }
  if (either(CellState::not_applicable)) return {.state = CellState::not_applicable};
  if (either(CellState::withheld)) return {.state = CellState::withheld};
  if (either(CellState::missing)) return {};
  return {.state = CellState::above};
}

}   // namespace gangmu::fact
