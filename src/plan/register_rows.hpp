// SPDX-License-Identifier: Apache-2.0
// What kind of row it is: a task, more units of the task above, a section head, a total, a note, a sign-off line, a
// blank.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/grid.hpp"
#include "plan/register_header.hpp"
#include "plan/task_register.hpp"

namespace gangmu::plan {

/// A grid with its merged ranges by row.
class LedgerSheet {
 public:
  explicit LedgerSheet(const Grid& grid);
  [[nodiscard]] const Grid& grid() const { return grid_; }
  /// The merged range that holds a cell, or nullptr.
  [[nodiscard]] const MergedRange* merged(std::size_t row, std::size_t column) const;
  /// The cell of a due column. A csv does not tell numbers from text: what is a number there counts as one.
  [[nodiscard]] GridCell due_cell(std::size_t row, std::size_t column) const;

 private:
  const Grid& grid_;
  std::vector<std::vector<const MergedRange*>> by_row_;
};

/// The cells of a row that stand for themselves: a merged range counts once, at the place it starts in this row.
struct RowCell {
  std::size_t column = 0;
  std::size_t columns = 1;   ///< how many columns it spans
  std::string text;
  bool carried = false;   ///< merged down from a row above
};
std::vector<RowCell> row_cells(const LedgerSheet& sheet, std::size_t row);
/// Those that were typed in this row and show something.
std::vector<RowCell> own_cells(const LedgerSheet& sheet, std::size_t row);

struct RowKind {
  std::optional<SkipReason> skip = {};      ///< nullopt for a task
  std::string heading = {};                 ///< of a section: its text, without number cell apart and count
  std::string units = {};                   ///< … whom it names behind its words: 牵头单位：市农业农村局
  std::string persons = {};                 ///< … what it says of persons there, as typed
  TaskField heading_of = TaskField::none;   ///< action or measure, when it stands in that column
  std::string parts_of = {};                ///< its number, when only rows numbered below it ("1.1") are its own
  bool doubtful = false;                    ///< the office is asked whether it is a section, or a note
  bool rather_task = false;                 ///< … and it is a task unless answered
  bool sample = false;                      ///< … by its XX and 某: shows how to fill in the others
  bool continues = false;                   ///< the task above goes on: units, progress, a remark
};

/// Tells the rows of one table apart: a row is a task when it says something of one, not because nothing else fits.
class RowJudge {
 public:
  /// Rows [head.end, below) with the columns of that head.
  RowJudge(const LedgerSheet& sheet, HeaderBlock head, const std::vector<ColumnReading>& columns);

  /// `above` is the kind of the row before; rows are judged in order.
  [[nodiscard]] RowKind judge(std::size_t row, const RowKind* above, bool after_note) const;

 private:
  struct Cells;   // of the row being judged, by what they say
  [[nodiscard]] TaskField field_at(std::size_t column) const;
  [[nodiscard]] bool sure_task(const Cells& cells) const;
  [[nodiscard]] Cells cells_of(std::size_t row) const;
  [[nodiscard]] bool stands_in_its_columns(const Cells& cells) const;
  [[nodiscard]] bool is_total(const Cells& cells) const;
  [[nodiscard]] bool is_note(const Cells& cells) const;
  [[nodiscard]] bool numbered_ahead(const Cells& cells, bool with_due) const;
  [[nodiscard]] static bool is_column_numbers(const Cells& cells);
  [[nodiscard]] bool is_sample(const Cells& cells) const;
  [[nodiscard]] bool is_filled_with_blanks(const Cells& cells) const;
  [[nodiscard]] bool is_loose_note(const Cells& cells) const;
  [[nodiscard]] bool other_of_plan_and_actual(const Cells& cells, std::size_t row) const;
  [[nodiscard]] std::string heading_of_total(const Cells& cells, std::size_t row) const;
  [[nodiscard]] bool above_numbers(std::size_t row) const;
  [[nodiscard]] bool numbers_the_next(const RowCell& number, std::size_t row) const;
  [[nodiscard]] bool stray_figures(const Cells& cells) const;
  [[nodiscard]] bool continues_task(const Cells& cells) const;
  [[nodiscard]] std::optional<RowKind> heading(const Cells& cells, std::size_t row, bool after_note) const;
  [[nodiscard]] std::size_t columns_of_head(std::size_t column) const;
  [[nodiscard]] bool like_a_task_title(const RowCell& cell, const RowCell* number) const;

  const LedgerSheet& sheet_;
  HeaderBlock head_;
  const std::vector<ColumnReading>& columns_;
  std::size_t last_task_ = 0;     ///< last row that is surely one; 0 = none
  int tasks_ = 0, samples_ = 0;   ///< rows that are surely tasks; rows of blanks to be filled in
  bool numbered_ = false;         ///< tasks have numbers in a column of their own
  bool han_numbers_ = false;      ///< … which are 一, 二, 三
  bool plain_numbers_ = false;    ///< … which are 1, 2, 3
  bool title_depth_[3] = {};      ///< tasks whose own text is numbered like a heading of that depth
};

/// A section with this heading: its words, units and persons apart.
RowKind section_of(std::string_view heading);

/// Rows above the head: titles and unit lines.
SkipReason reason_above(const LedgerSheet& sheet, std::size_t row);

/// All that stands in the row, cells joined by ' '. What is merged down from above stands there, too.
std::string row_text(const LedgerSheet& sheet, std::size_t row);

/// What a row that is left out said; of a sign-off line without the names.
std::string skipped_text(const LedgerSheet& sheet, std::size_t row, SkipReason reason);

}   // namespace gangmu::plan
