// SPDX-License-Identifier: Apache-2.0
// A sheet as a reader sees it: rows of cells, merged ranges filled in, each cell with its address. Made by sheet/ from
// bytes, read by the kernels that understand a layout; no kernel knows of files or of xlsx.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace gangmu {

enum class CellKind : unsigned char { empty, text, number, date, boolean, error };

/// What the number format of a cell makes of its number. `month`, `year`, `time` and `code` cells are text as a reader
/// sees it ("2023年6月", "16:30", "GD-0007"): what the format hides is not meant.
enum class CellFormat : unsigned char { general, fixed, date, month, year, time, code };

struct GridCell {
  CellKind kind = CellKind::empty;
  std::string text;           ///< as typed; numbers in plain notation; dates as yyyy-mm-dd
  bool merged_copy = false;   ///< true when the text was copied here from the top-left cell of a merged range
  bool percent = false;       ///< a number shown as a percentage: 5% is kept as "0.05"
  CellFormat format = CellFormat::general;
  signed char decimals = -1;   ///< `fixed`: how many are shown; -1 otherwise

  /// What a reader sees: 2023.1 in the format 0.00 is "2023.10", 0.05 as a percentage "5%"; else the text.
  [[nodiscard]] std::string shown() const;
};

/// A merged range of cells, 0-based, both ends included.
struct MergedRange {
  std::size_t first_row = 0, first_column = 0, last_row = 0, last_column = 0;
  bool operator==(const MergedRange&) const = default;
};

/// A sheet within a grid that holds several, one below the other.
struct GridPart {
  std::string sheet;
  std::size_t first_row = 0;    ///< of the grid
  std::size_t title_rows = 0;   ///< above the head of its table
};

struct Grid {
  std::string file;                          ///< as the user knows it, for messages
  std::string sheet;                         ///< name of the sheet; empty for csv
  std::vector<std::vector<GridCell>> rows;   ///< ragged; a missing cell is empty
  std::vector<bool> hidden_rows;             ///< may be shorter than rows
  std::vector<bool> hidden_columns;          ///< may be shorter than the widest row
  std::vector<MergedRange> merges;           ///< as in the file, cut to the cells in use
  std::vector<double> widths;                ///< of columns, in characters; 0 or absent = unknown
  std::vector<int> lines;                    ///< csv: the line on which a row starts (quoted cells may span lines)
  bool hidden = false;                       ///< the whole sheet is hidden
  std::vector<GridPart> parts;               ///< in order of rows; empty for one sheet

  /// 0-based; an absent cell reads as an empty one.
  [[nodiscard]] const GridCell& at(std::size_t row, std::size_t column) const;
  /// The part a row stands in; nullptr for a grid of one sheet.
  [[nodiscard]] const GridPart* part_of(std::size_t row) const;
  [[nodiscard]] std::string address(std::size_t row, std::size_t column) const;
  [[nodiscard]] Position position(std::size_t row, std::size_t column) const;   ///< "台账.xlsx[任务!C7]" or "x.csv:7"
};

/// "C7"; where a grid has parts, "城乡专班!C7" with the row of that sheet.
std::string cell_address(const std::vector<GridPart>& parts, std::size_t row, std::size_t column);
std::string column_letters(std::size_t column);   ///< 0 → "A", 26 → "AA"

}   // namespace gangmu
