// SPDX-License-Identifier: Apache-2.0
// One cell of a sheet: what the file writes of it, and what a reader of the sheet sees.
#pragma once

#include <charconv>
#include <string>
#include <string_view>

#include "base/grid.hpp"
#include "sheet/xlsx_parts.hpp"
#include "sheet/xml.hpp"

namespace gangmu::sheet {

/// A number that is all of `s`; else the value stays as it was.
template <class Number>
bool read_whole(std::string_view s, Number& value) {
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  return error == std::errc() && end == s.data() + s.size();
}

enum class CellType : unsigned char { number, shared, inline_text, formula_text, boolean, error, iso_date };
CellType cell_type(std::string_view t);   ///< of the attribute t

/// A cell as written: <v> and <is> apart, since some writers leave both.
struct RawCell {
  CellType type = CellType::number;
  std::size_t style = 0;
  std::string value, inline_text;
  bool has_value = false, has_inline = false, has_formula = false;
};

/// Empty (kind and text) where nothing is shown. Notes and faults go to `reading`, with the place the reader stands at.
GridCell shown_cell(const RawCell& cell, const BookTables& tables, Reading& reading, const XmlHandler& place);

}   // namespace gangmu::sheet
