// SPDX-License-Identifier: Apache-2.0
// A workbook as typed grids: xlsx (ISO/IEC 29500) or csv, told apart by content, never by name. Bytes in, grids out;
// the file is not trusted: limits.hpp bounds everything before memory is taken, XML with a DTD or entities is refused,
// path names are checked although nothing is ever unpacked to disk.
//
//   TRY_ASSIGN(sheet::Workbook book, sheet::read_workbook(bytes, "任务台账.xlsx", {}));
//   for (const Grid& grid : book.sheets) …
//
// How cells are read: as a reader of the sheet sees them (xlsx_cell.cpp, number_format.hpp). Numbers in plain notation
// with the 15 significant digits Excel shows (12.300000000000001 → "12.3"); days → dates, yyyy-mm-dd; a month, a year,
// a time of day, a padded code → the text on screen ("2023年6月", "16:30", "000123"), because what the format hides is
// not meant; percent formats keep the fraction and set `percent`; formulas give their stored result; merged ranges show
// their top-left cell, in copies marked `merged_copy`; hidden rows, columns and sheets are read and marked; pinyin
// guides (rPh) are left out.
//
// Errors: errors.hpp. A fault in one sheet says nothing about the others: it stands in `faults`, all of them at once,
// each with file[sheet!cell], and the workbook is refused only when no sheet of it is sound. A file that bears the mark
// of a state secret, anywhere and in its name, is refused whole (secrecy_mark.hpp).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/grid.hpp"
#include "base/result.hpp"
#include "sheet/limits.hpp"

namespace gangmu::sheet {

enum class FileFormat : unsigned char { xlsx, csv };

struct Workbook {
  FileFormat format = FileFormat::xlsx;
  std::string encoding;              ///< csv: "UTF-8", "GB18030", "UTF-16LE" …; empty for xlsx
  std::vector<Grid> sheets;          ///< in the order of the tabs; a csv is one grid without a sheet name
  std::vector<Diagnostics> faults;   ///< of each sheet; one that has any is not to be used
  Diagnostics notes;                 ///< what the reader should know: kinds note_* of errors.hpp, with the cell

  /// A sheet as it may be used. Error: its faults, all of them.
  [[nodiscard]] Result<const Grid*> sound(std::size_t index) const;
};

/// `file_name` is how the user knows the file; it is used in messages only.
Result<Workbook> read_workbook(std::string_view bytes, std::string file_name, const Limits& limits = {});

}   // namespace gangmu::sheet
