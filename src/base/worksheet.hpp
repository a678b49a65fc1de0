// SPDX-License-Identifier: Apache-2.0
// A sheet to be written: the mirror of Grid. Kernels and use cases describe rows, typed cells, merged ranges and print
// settings here; sheet/ turns the description into xlsx or csv bytes. Numbers are exact (a real is rounded before it
// comes here); a date is a Date; text is text and never becomes a formula.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "base/grid.hpp"

namespace gangmu {

struct WorksheetCell {
  std::variant<std::monostate, std::string, Decimal, Date> value;
  bool percent = false;   ///< a Decimal fraction shown as a percentage (0.05 as 5%)

  WorksheetCell() = default;
  WorksheetCell(std::string text) : value(std::move(text)) {}
  WorksheetCell(const char* text) : value(std::string(text)) {}
  WorksheetCell(Decimal number) : value(number) {}
  WorksheetCell(Date date) : value(date) {}
};

enum class RowRole : std::uint8_t { title, unit_line, header, body, total, note };

struct WorksheetRow {
  RowRole role = RowRole::body;
  std::vector<WorksheetCell> cells;
};

struct Worksheet {
  std::string name;   ///< made legal and unique by the writer
  std::vector<WorksheetRow> rows;
  std::vector<MergedRange> merges;   ///< the value is that of the top-left cell
  std::vector<double> widths;        ///< of columns, in characters; 0 = the writer chooses by content
  std::size_t frozen_rows = 0;
  std::size_t frozen_columns = 0;
  std::size_t repeat_first = 0;   ///< rows [repeat_first, repeat_end) are printed on top of every page
  std::size_t repeat_end = 0;
  bool landscape = true;
  bool simulated = false;   ///< 模拟数据: marked in the first line, the page header and the tab colour
};

}   // namespace gangmu
