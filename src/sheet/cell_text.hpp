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

/// What a number format shows (ISO/IEC 29500-1 §18.8.30). `month` shows year and month but no day, `year` the year
/// alone.
enum class NumberShape : std::uint8_t { plain, percent, date, month, year, time };
NumberShape shape_of_format(std::string_view code);
/// How many decimals a number format always shows: 2 for 0.00, 0 for #,##0; -1 when it shows as many as the number has.
signed char decimals_of_format(std::string_view code);
/// The built-in formats 0…58, as Chinese editions define 27…58; nullopt for an id without a built-in meaning.
std::optional<NumberShape> built_in_shape(int id);
signed char built_in_decimals(int id);

/// A finite number as plain notation with at most 15 significant digits, as Excel shows it: 12.300000000000001 →
/// "12.3", 1e-7 → "0.0000001". Nullopt when `raw` is no finite number or beyond ±1e300.
std::optional<std::string> plain_number(std::string_view raw);
/// Digits before the decimal point of a plain number.
std::size_t whole_digits(std::string_view plain);

/// The civil date of a serial day. Excel's 29 February 1900 (60) does not exist. Nullopt outside 1900…9999.
std::optional<Date> serial_date(double serial, bool epoch_1904);

/// _x000D_ and the like become the characters they stand for; line breaks become \n.
std::string unescaped(std::string_view text);
/// The other way: text that happens to look like an escape is written so that it reads back as it was.
std::string escaped(std::string_view text);

}   // namespace gangmu::sheet
