// SPDX-License-Identifier: Apache-2.0
// CSV as RFC 4180 says and offices write it: UTF-8 with or without BOM, UTF-16, GB18030 (a superset of GBK), or
// Windows-1252; LF, CRLF or CR; quoted cells may hold commas, quotes ("" for one) and line breaks, and spaces may stand
// around the quotes; csv_separator.hpp tells commas, tabs, semicolons and bars apart. Every cell is text as typed:
// types are the reader's business.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/grid.hpp"
#include "base/result.hpp"
#include "base/worksheet.hpp"
#include "sheet/limits.hpp"

namespace gangmu::sheet {

struct DecodedText {
  std::string utf8;       ///< without BOM
  std::string encoding;   ///< "UTF-8", "UTF-8 BOM", "GB18030", "UTF-16LE", "UTF-16BE", "windows-1252"
};
/// A byte 1A at the end, the end mark of DOS, is left out. Errors: text_nul, text_control (with its line),
/// text_encoding (names the first byte that fits no encoding).
Result<DecodedText> decode_text(std::string_view bytes, const std::string& file_name);

/// Reads rows one by one, for files too large to hold. `utf8` must outlive the reader.
///   CsvReader reader(text.utf8, "v.csv", limits);
///   for (;;) { TRY_ASSIGN(const bool more, reader.next()); if (!more) break; use(reader.fields(), reader.line()); }
class CsvReader {
 public:
  CsvReader(std::string_view utf8, std::string file_name, const Limits& limits, char separator = ',',
            int first_line = 1);
  /// False at the end. Blank lines give one empty field. Errors: csv_quote_open, csv_quote_stray, limit_exceeded
  /// (columns, cell bytes).
  Result<bool> next();
  [[nodiscard]] const std::vector<std::string_view>& fields() const { return fields_; }   ///< valid until next()
  [[nodiscard]] int line() const { return line_; }   ///< where the row starts, 1-based

 private:
  bool take_quote();
  Result<std::string_view> quoted_field();
  Status push(std::string_view field);
  void end_line();
  [[nodiscard]] Position here() const { return {.file = file_name_, .line = line_, .column = 0, .cell = {}}; }

  std::string_view rest_;
  std::string file_name_;
  const Limits limits_;
  char separator_;
  int line_ = 0;
  int next_line_ = 1;
  std::vector<std::string_view> fields_;
  std::vector<std::string> unquoted_;   ///< owns the fields whose quotes had to be undone
};

/// The whole file as a grid (sheet name empty, `lines` filled). Errors: as decode_text and CsvReader
/// (the first ends the reading: behind an open quote nothing is certain), file_empty, format_other (a web page),
/// limit_exceeded.
Result<Grid> read_csv(std::string_view bytes, std::string file_name, const Limits& limits = {});
/// The same, telling encoding and separator as notes.
Result<Grid> read_csv(std::string_view bytes, std::string file_name, const Limits& limits, Diagnostics& notes,
                      std::string& encoding);

struct CsvStyle {
  bool bom = false;     ///< EF BB BF first, so that Excel reads UTF-8
  bool guard = false;   ///< text (never a number or date) beginning with = + - @ Tab CR gets a leading '
};
/// LF, quotes only where needed. `guard` is for files people open in a spreadsheet; packs and doors keep text
/// unchanged. Merged ranges: the value stands in the top-left cell, the others are empty. A simulated sheet's first row
/// is its mark.
std::string write_csv(const Worksheet& sheet, CsvStyle style = {});
/// One field, quoted when needed; a control character an old store holds is written as U+FFFD.
void append_csv_field(std::string& out, std::string_view field);

}   // namespace gangmu::sheet
