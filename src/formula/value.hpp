// SPDX-License-Identifier: Apache-2.0
// Types and values of expressions. Two kinds of numbers, known before anything runs: exact (scaled int64, after + − ×)
// and real (binary64, after / and what rests on it). A value may be absent, and says why.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "formula/unit.hpp"

namespace gangmu::formula {

enum class Base : std::uint8_t {
  none,      ///< the word `missing`, which takes any type
  exact,     ///< Decimal in `unit`, with at most `decimals`
  real,      ///< double in `unit`
  flag,      ///< yes, no
  text,      ///<
  date,      ///<
  instant,   ///<
  code,      ///< of the code list `domain` (states are the list "state")
  thing,     ///< what the host knows by number: place, unit, post, a record of `domain`
  set        ///< things or codes of `domain`, for `in`
};

struct Type {
  Base base = Base::none;
  std::string domain{};
  Unit unit{};
  int decimals = 0;

  [[nodiscard]] bool number() const { return base == Base::exact || base == Base::real; }
  [[nodiscard]] std::string zh() const;   ///< "数（万元）", for messages
  [[nodiscard]] std::string en() const;
  bool operator==(const Type&) const = default;
};

/// Why a value is not there. Of several reasons the one listed last is told.
enum class Absent : std::uint8_t {
  missing,
  not_applicable,
  withheld,
  threshold,          ///< ">12" is a value to read, not to calculate with
  zero_denominator,   ///< divided by zero
  unpublished         ///< the calendar of that year is not published
};

/// A code of a list, or a thing, by the host's number.
struct Code {
  std::int64_t id = 0;
  auto operator<=>(const Code&) const = default;
};
struct Thing {
  std::int64_t id = 0;
  auto operator<=>(const Thing&) const = default;
};

using Value = std::variant<Absent, Decimal, double, bool, std::string, Date, Instant, Code, Thing>;

[[nodiscard]] inline bool absent(const Value& value) { return std::holds_alternative<Absent>(value); }
[[nodiscard]] std::string text_of(const Value& value);   ///< for messages and `gangmu eval`; reals in shortest form

}   // namespace gangmu::formula
