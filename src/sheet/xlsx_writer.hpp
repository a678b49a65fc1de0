// SPDX-License-Identifier: Apache-2.0
// Worksheets (base/worksheet.hpp) → xlsx bytes through libxlsxwriter. Text is written as text whatever it begins with
// (= + - @ Tab CR never become a formula), and unchanged; numbers are numbers with their decimals as format; a Decimal
// of more than 15 significant digits is written as text, because a spreadsheet would lose digits; dates are real dates
// shown yyyy-mm-dd. Titles span the table, headers are bold, framed, centred and repeated on each page.
//
//   TRY_ASSIGN(std::string bytes, sheet::write_xlsx({sheet}, {.created = clock.now(), .creator = "纲目"}));
#pragma once

#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "base/worksheet.hpp"

namespace gangmu::sheet {

struct XlsxOptions {
  Instant created{};   ///< goes into the file's properties; no clock is read
  std::string creator = "Gangmu 纲目";
  std::string footer;   ///< printed at the foot of each page, beside the page number
};

/// Whatever cells hold is written: a control character or a byte that is no UTF-8 as U+FFFD, a text over 32,767
/// characters cut with a word at its end, a date a spreadsheet can't count (before 1900) as text. Error: writer_failed.
Result<std::string> write_xlsx(const std::vector<Worksheet>& sheets, const XlsxOptions& options);

/// A legal tab name: []:*?/\ become a middle dot, at most 31 characters, never empty.
std::string legal_sheet_name(std::string_view name);

}   // namespace gangmu::sheet
