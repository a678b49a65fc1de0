// SPDX-License-Identifier: Apache-2.0
// Numbers people read and quote, such as XM2026-0001: a template of the kind, filled inside the write, one after
// another within a series, so without gaps. What is written under a number never moves to another.
//
//   XM{yyyy}-{n:4}     {yyyy}: year of the day it is given; {n:4}: the count in the series, at least four digits
#pragma once

#include <cstdint>
#include <string>

#include "base/date.hpp"
#include "base/written.hpp"

namespace gangmu::record {

class Numbering {
 public:
  /// Error: numbering_wrong.
  static Result<Numbering> parse(const Written& pattern);
  /// What the count runs in: "XM2026-".
  [[nodiscard]] std::string series(Date day) const { return at(before_, day); }
  [[nodiscard]] std::string shown(Date day, std::int64_t n) const;

 private:
  static std::string at(std::string text, Date day);
  std::string before_, after_;
  std::size_t digits_ = 1;
};

}   // namespace gangmu::record
