// SPDX-License-Identifier: Apache-2.0
// An office's sheet read for a register: its table, and which column fills which field.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/records/sheet_names.hpp"
#include "record/match.hpp"
#include "sheet/workbook.hpp"

namespace gangmu::app {

/// What the office said of single rows and cells: rows are left alone, a cell keeps what is held or takes the sheet's.
struct SheetChoices {
  std::map<std::size_t, std::size_t> left{};   ///< first and last row of the sheet, from 1
  std::map<std::size_t, std::map<std::string, bool, std::less<>>> cells{};   ///< by row and field: the sheet holds
  [[nodiscard]] bool leaves(std::size_t row) const;
  /// Nothing: nothing was said of the cell.
  [[nodiscard]] std::optional<bool> sheet_holds(std::size_t row, std::string_view field) const;
};

/// What was asked of an import, as the request says it.
struct SheetWish {
  enum class Mode : unsigned char { both, add, update };
  enum class Clash : unsigned char { ask, held, sheet };
  std::string file{}, sheet{};
  Mode mode = Mode::both;
  Clash clash = Clash::ask;          ///< what to do with a cell somebody else edited since, too
  record::ColumnAnswers columns{};   ///< corrections of the matching
  SheetChoices choices{};
};

/// A workbook within the limits of imports into registers. Errors: those of sheet::read_workbook.
Result<sheet::Workbook> register_workbook(const Limits& limits, std::string_view bytes, const std::string& file);

/// The sheet asked for, else the one with the longest table. Errors: sheet_unknown, its own faults, table_no_head,
/// limit_exceeded.
struct FoundTable {
  const Grid* grid = nullptr;
  record::Table table{};
};
Result<FoundTable> table_in(const Limits& limits, const sheet::Workbook& book, const std::string& sheet);

struct SheetReading {
  std::shared_ptr<const sheet::Workbook> book{};
  const Grid* grid = nullptr;
  record::Table table{};
  record::Matching matching{};
  std::string layout{};      ///< digest of the head
  bool remembered = false;   ///< the matching follows what was said of such a sheet before
  [[nodiscard]] std::string cell(std::size_t row, std::size_t column) const { return grid->address(row, column); }
};

/// Errors: those of table_in and record::matched.
Result<SheetReading> read_register_sheet(const Service& service, const Desk& desk, const record::Kind& kind,
                                         std::string_view bytes, const SheetWish& wish, const SheetNames& names);

/// What the office said of columns of this layout in its last import into the register; nothing: none yet. What other
/// seats said is theirs: nobody has another's persons read into a plain field.
std::optional<record::ColumnAnswers> remembered_columns(const Desk& desk, std::string_view kind,
                                                        std::string_view layout);
/// Columns by letter, as the API writes them: "B:name;D:".
Result<record::ColumnAnswers> column_answers(std::string_view text);
/// Rows and cells, as the API writes them: "17:due=sheet;9:total=held;38=left;40-97=left".
Result<SheetChoices> sheet_choices(std::string_view text);
Json columns_json(const record::ColumnAnswers& answers);
/// What the columns of a matching are, as answers.
record::ColumnAnswers answers_of(const record::Matching& matching);

}   // namespace gangmu::app
