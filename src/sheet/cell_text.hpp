// SPDX-License-Identifier: Apache-2.0
// How the raw value of a cell becomes the text a reader sees: numbers in plain notation, serial days as dates, escapes
// undone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"

namespace gangmu::sheet {

/// A finite number as plain notation with at most 15 significant digits, as Excel shows it: 12.300000000000001 →
/// "12.3", 1e-7 → "0.0000001". Nullopt when `raw` is no finite number.
std::optional<std::string> plain_number(std::string_view raw);
/// Digits before the decimal point of a plain number.
std::size_t whole_digits(std::string_view plain);

/// The civil date of a serial day. Excel's 29 February 1900 (60) does not exist. Nullopt outside 1900…9999.
std::optional<Date> serial_date(double serial, bool epoch_1904);

/// What a strict workbook writes in place of a serial day: a date, a time or both, or a duration.
struct IsoMoment {
  std::optional<Date> date;
  std::int64_t milliseconds = 0;   ///< of the day, or of the duration; fractions of a second as written
};
/// "2023-06-30", "2023-06-30T10:59:59Z", "10:59:59.999", "PT24H0M0.000S". Nullopt for anything else.
std::optional<IsoMoment> iso_moment(std::string_view text);

/// _x000D_ and the like become the characters they stand for; line breaks (CR LF, LF, a lone CR, and the VT and FF of
/// text processors) become \n.
std::string unescaped(std::string_view text);
/// Blanks at the ends of text[from…] go: what <t> without xml:space="preserve" means.
void trim_run(std::string& text, std::size_t from);
/// The other way: text that happens to look like an escape is written so that it reads back as it was.
std::string escaped(std::string_view text);

}   // namespace gangmu::sheet
