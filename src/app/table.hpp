// SPDX-License-Identifier: Apache-2.0
// Every table of an answer as a workbook: the table itself and a sheet 说明 that says what it is, of which programme,
// as of which entry, and what its columns mean. Synthetic programmes are marked on both.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/picture.hpp"
#include "base/worksheet.hpp"

namespace gangmu::app {

inline constexpr std::string_view xlsx_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A sheet with its header row; rows of role body are pushed by the caller.
Worksheet table_sheet(const Picture& picture, std::string name, const std::vector<std::string>& headers);

/// A figure as a cell: a number where it is one, else `>n`, `NA`, `WH`; blank when nothing is known.
WorksheetCell value_cell(const fact::Figure& figure, int decimals);

/// Name and meaning, a row each of the sheet 说明.
using SheetNotes = std::vector<std::pair<std::string, std::string>>;

/// The workbook as a file to keep. Errors: limit_exceeded (export_rows), those of the xlsx writer.
Result<Reply> workbook_reply(const Service& service, const Picture& picture, std::string file_name, Worksheet main,
                             const SheetNotes& notes);

}   // namespace gangmu::app
