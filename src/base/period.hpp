// SPDX-License-Identifier: Apache-2.0
// Periods as offices write them: 2023, 2023H1, 2023Q1, 202301, 202301-02 (January and February published together),
// 2023W05 (ISO 8601 week), 20230131 (a day). Several months that cross a year are written 202311-202402; never more
// than twelve. Years 1000 to 2999. Kinds of figure over a period: flow, cumulative (ytd), stock, year.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/result.hpp"

namespace gangmu {

enum class PeriodKind : std::uint8_t { year, half, quarter, month, months, week, day };

class Period {
 public:
  constexpr Period() = default;   ///< the year 1970
  /// Error: period_malformed (names what is accepted).
  static Result<Period> parse(std::string_view text);
  static Period of_year(int year);   ///< these four: the date must exist
  static Period of_quarter(int year, int quarter);
  static Period of_month(int year, int month);
  static Period of_day(Date date);

  [[nodiscard]] PeriodKind kind() const { return kind_; }
  [[nodiscard]] int year() const;                       ///< the (ISO week) year it starts in
  [[nodiscard]] Date first() const { return first_; }   ///< first day
  [[nodiscard]] Date last() const { return last_; }     ///< last day, included
  [[nodiscard]] std::string text() const;               ///< canonical spelling; parse(text()) is the same period
  [[nodiscard]] Period previous() const;                ///< the one before, of the same kind and length
  [[nodiscard]] Period next() const;
  /// 同期: the same half, quarter, month(s), week number or day of the year before. Week 53 of a year after one with 52
  /// is compared with week 52 (the last with the last), 29 February with 28 February.
  [[nodiscard]] Period year_before() const;
  [[nodiscard]] bool contains(Period other) const { return first_ <= other.first_ && other.last_ <= last_; }

  /// Order: by last day; of those that end together the longer comes later (a year after its December).
  friend std::strong_ordering operator<=>(const Period& a, const Period& b);
  friend bool operator==(const Period& a, const Period& b) = default;

  /// An integer for keys and storage, readable in decimal: K YYYY PPPP with K the kind (0 … 6) and P the part, so that
  /// 2023Q1 is 220230001, 202301-02 is 420230102 and 20230131 is 620230131. from_key(key()) is the same period.
  [[nodiscard]] std::int64_t key() const;
  static Result<Period> from_key(std::int64_t key);

 private:
  [[nodiscard]] Period moved(int lengths) const;
  constexpr Period(PeriodKind kind, Date first, Date last) : kind_(kind), first_(first), last_(last) {}
  PeriodKind kind_ = PeriodKind::year;
  Date first_{0};
  Date last_{364};
};

}   // namespace gangmu
