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
#include "sheet/number_format.hpp"

namespace gangmu::sheet {

struct SheetEntry {
  std::string name;
  std::string part;   ///< "xl/worksheets/sheet1.xml"; empty: the workbook does not say where it is
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

/// Number formats by index of the cell format.
struct CellStyles {
  std::vector<NumberFormat> formats;
  std::vector<std::size_t> format_of;   ///< cell format → index into `formats`

  [[nodiscard]] const NumberFormat& operator[](std::size_t style) const;
};

struct BookTables {
  std::vector<std::string> strings;
  CellStyles styles;
  bool epoch_1904 = false;
  /// Parts the workbook names and does not hold; empty when there are none. A fault only of a cell that needs one.
  std::string missing_strings, missing_styles;
};

/// Errors: part_missing, no_sheets, xml_*, limits.
Result<BookParts> read_book_parts(Archive& archive, const Reading& reading);
Result<BookTables> read_tables(Archive& archive, const BookParts& parts, Reading& reading);
/// Error: secrecy_mark, in a part that holds no cells. Called last: what it unpacks counts, too.
Status refuse_marked_parts(Archive& archive, const BookParts& parts, const Limits& limits);
/// Faults of cells are collected in `reading`; limits and malformed XML end the reading at once.
Result<Grid> read_sheet(Archive& archive, const SheetEntry& entry, const BookTables& tables, Reading& reading);

}   // namespace gangmu::sheet
