// SPDX-License-Identifier: Apache-2.0
// A workbook as typed grids: xlsx (ISO/IEC 29500) or csv, told apart by content, never by name. Bytes in, grids out;
// the file is not trusted: limits.hpp bounds everything before memory is taken, XML with a DTD or entities is refused,
// path names are checked although nothing is ever unpacked to disk.
//
//   TRY_ASSIGN(sheet::Workbook book, sheet::read_workbook(bytes, "任务台账.xlsx", {}));
//   for (const Grid& grid : book.sheets) …
//
// How cells are read: numbers in plain notation with the 15 significant digits Excel shows (12.300000000000001 →
// "12.3"); date formats → yyyy-mm-dd; a year-and-month format → the text on screen ("2023年6月"), because its day is
// not meant; percent formats keep the fraction and set `percent`; `decimals` tells 2023.10 from 2023.1; formulas give
// their stored result; merged ranges are filled with copies marked `merged_copy`; hidden rows, columns and sheets are
// read and marked; pinyin guides (rPh) are left out. Errors: errors.hpp; all faults of the cells at once, each with
// file[sheet!cell].
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
  std::string encoding;       ///< csv: "UTF-8", "GB18030", "UTF-16LE" …; empty for xlsx
  std::vector<Grid> sheets;   ///< in the order of the tabs; a csv is one grid without a sheet name
  Diagnostics notes;          ///< what the reader should know: kinds note_* of errors.hpp, with the cell
};

/// `file_name` is how the user knows the file; it is used in messages only.
Result<Workbook> read_workbook(std::string_view bytes, std::string file_name, const Limits& limits = {});

}   // namespace gangmu::sheet
