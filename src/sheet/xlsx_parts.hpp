// SPDX-License-Identifier: Apache-2.0
// The parts of an xlsx workbook, each read by one function: the list of sheets, the shared strings, the cell formats
// and a sheet itself. Source: ISO/IEC 29500-1 §18.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/grid.hpp"
#include "base/result.hpp"
#include "sheet/archive.hpp"
#include "sheet/cell_text.hpp"

namespace gangmu::sheet {

struct SheetEntry {
  std::string name;
  std::string part;   ///< "xl/worksheets/sheet1.xml"
  bool hidden = false;
};

struct BookParts {
  std::vector<SheetEntry> sheets;
  bool epoch_1904 = false;
  std::string shared_strings;   ///< part name; empty when the workbook has none
  std::string styles;
};

/// What all sheets of a workbook share while it is read: limits, what was used of them, notes and faults.
struct Reading {
  const Limits& limits;
  std::string file_name;
  std::size_t cells = 0;
  std::size_t text_bytes = 0;
  Diagnostics notes;
  std::size_t more_notes = 0;
  Diagnostics faults;
  std::size_t more_faults = 0;

  void note(const ErrorKind& kind, std::vector<std::string> arguments, Position where);
  void fault(const ErrorKind& kind, std::vector<std::string> arguments, Position where);
  Status add_text(std::size_t bytes, const Position& where);
};

/// How a cell format shows a number.
struct NumberFormat {
  NumberShape shape = NumberShape::plain;
  signed char decimals = -1;   ///< as in GridCell
};

struct BookTables {
  std::vector<std::string> strings;
  std::vector<NumberFormat> formats;   ///< by index of the cell format
  bool epoch_1904 = false;
};

/// Errors: part_missing, no_sheets, xml_*, limits.
Result<BookParts> read_book_parts(Archive& archive, const Reading& reading);
Result<std::vector<std::string>> read_shared_strings(Archive& archive, const std::string& part, Reading& reading);
Result<std::vector<NumberFormat>> read_formats(Archive& archive, const std::string& part, const Reading& reading);
/// Faults of cells are collected in `reading`; limits and malformed XML end the reading at once.
Result<Grid> read_sheet(Archive& archive, const SheetEntry& entry, const BookTables& tables, Reading& reading);

/// "C7" → row 6, column 2 (0-based); false when it is no address within 1,048,576 × 16,384.
bool parse_cell_reference(std::string_view reference, std::size_t& row, std::size_t& column);

}   // namespace gangmu::sheet
