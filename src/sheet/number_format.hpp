// SPDX-License-Identifier: Apache-2.0
// What a number format shows of a number (ISO/IEC 29500-1 §18.8.30–31): which of its sections applies to the value, and
// whether that section makes it a date, a month, a time, a percentage, a padded code or just a number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gangmu::sheet {

enum class NumberShape : std::uint8_t {
  plain,   ///< a number; units, currency signs and grouping around it are left out
  percent,
  date,    ///< shows a day
  month,   ///< a month, with or without a year, but no day
  year,
  weekday,
  time,   ///< a time of day, or a duration in [h]
  code    ///< digits padded with zeros, or with words before or between them: 000000, "GD-"0000, "第"0"批"
};

struct FormatSection {
  NumberShape shape = NumberShape::plain;
  signed char decimals = -1;   ///< fixed number of decimals shown; -1: as many as there are
  bool shows_year = false;     ///< `month` and `date`: with the year
  std::string code;            ///< of the section, for shapes that are shown as text
  char comparison = 0;         ///< of a condition: < > = ≤ as 'l', ≥ as 'g', ≠ as 'n'; 0: none
  double bound = 0;
};

class NumberFormat {
 public:
  NumberFormat() : NumberFormat(std::string_view()) {}
  explicit NumberFormat(std::string_view code);   ///< longer ones than Excel allows are General
  /// The built-in formats 0…58, as Chinese editions define 27…58; General for an id without a built-in meaning.
  static NumberFormat built_in(int id);

  [[nodiscard]] const FormatSection& section_for(double value) const;

 private:
  std::vector<FormatSection> sections_;   ///< of numbers: one to three
};

/// A time of day or a duration as the section shows it: 0.6875 → "16:30", "下午4时30分". Nullopt for a negative one.
std::optional<std::string> shown_time(const FormatSection& section, double days);
/// The same of whole milliseconds.
std::string shown_time(const FormatSection& section, std::int64_t milliseconds);
/// A whole number, in plain notation, in the digits of the section: "7" → "GD-0007".
std::string shown_code(const FormatSection& section, std::string_view digits);
/// "星期五", or "周五" for aaa; `weekday` 1 = Monday.
std::string shown_weekday(const FormatSection& section, int weekday);

}   // namespace gangmu::sheet
