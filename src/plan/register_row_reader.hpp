// SPDX-License-Identifier: Apache-2.0
// One row of a ledger → one task, with every cell accounted for.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "plan/register_desk.hpp"
#include "plan/register_header.hpp"
#include "plan/register_heading.hpp"
#include "plan/register_lines.hpp"
#include "plan/register_rows.hpp"
#include "plan/register_units.hpp"
#include "plan/register_year.hpp"
#include "plan/task_register.hpp"

namespace gangmu::plan {

/// How the percentages of a column are meant, decided once for the column.
enum class PercentMeaning : unsigned char { percent, fraction };

/// Decisions that concern the whole sheet, made before the rows are read.
struct SheetRules {
  RowYears years;   ///< for dues that name none
  PercentMeaning percent = PercentMeaning::percent;
  std::map<std::string, TaskState> states;   ///< answers about words of the 销号 column
  bool lead_from_responsible = false;        ///< where a table has no lead column
  std::set<std::size_t> closed_early;        ///< rows that say closed below 100 %
  bool early_is_closed = false;              ///< the answer about them
};

class RowReader {
 public:
  RowReader(const LedgerSheet& sheet, const SheetRules& rules, Desk& desk, Reading& reading)
      : sheet_(sheet), rules_(rules), desk_(desk), reading_(reading) {}

  /// The next rows are of the table with these columns; what stood above another table says nothing of its rows, but
  /// for a section head right above its head.
  void stands_in(const std::vector<ColumnReading>& columns);
  /// A section head: its text becomes action or measure of the rows below, where no cell says it.
  void section(std::size_t row, const RowKind& kind);
  /// A total ends a group: keys left blank below it are not those above.
  void total(std::size_t row, const RowKind& kind);
  /// Reads a task row into the reading, or lists it as left out: no task is named, or the office answered so. A row
  /// that `continues` the task above gives it what it says.
  void task(std::size_t row, bool continues = false);

 private:
  struct Row;   // the row being read
  /// Whom a heading names behind its words.
  struct HeadingUnits {
    UnitParts parts;
    Personal<std::string> persons;
    [[nodiscard]] bool empty() const { return parts.all().empty() && persons.empty(); }
  };
  void new_group() {
    broken_ = true;
    ++group_;
  }
  [[nodiscard]] std::size_t said_in(const Row& row, const ColumnReading& column) const;
  void field(Row& row, const ColumnReading& column);
  void series(Row& row);
  void marked_unit(Row& row, const ColumnReading& column, const std::string& mark);
  void own_value(Row& row, const ColumnReading& column, const std::string& text);
  void units(Row& row, const ColumnReading& column, const std::string& text);
  void lead_units(Row& row, const ColumnReading& column, const std::string& text);
  void take_leads(Row& row, const ColumnReading& column, const std::string& text, std::vector<std::string> leads);
  std::string chosen_lead(Row& row, const ColumnReading& column, const std::string& text,
                          const std::vector<std::string>& leads);
  void due(Row& row, const ColumnReading& column, const GridCell& typed);
  void percent(Row& row, const ColumnReading& column);
  void closed(Row& row, const ColumnReading& column, const std::string& text);
  void closed_within(Row& row, const ColumnReading& column, const std::string& text);
  void repeat(Row& row, TaskField field, std::string& value, const RowReading* above, std::string Task::*member);
  bool joined(Row& row);
  [[nodiscard]] PlanRow part_of_pair(const Row& row) const;
  [[nodiscard]] static bool own_field(const Row& row, TaskField field);   ///< typed in this row
  void leave_section(const std::string& number);
  void left_out(const Row& row, SkipReason reason);
  void settle_keys(Row& row);
  HeadingUnits units_of(std::size_t row, const HeadingParts& heading);
  void leave_headings();
  void units_of_heading(Row& row);
  void settle_lead(Row& row);
  [[nodiscard]] std::string title_by_default(const Row& row, bool has_above) const;
  bool settle_title(Row& row);
  bool settle_number(Row& row);
  void normalised(const Row& row, std::size_t column, const char* rule, std::string from, std::string to);
  [[nodiscard]] std::string cell_name(const Row& row, std::size_t column) const;

  const LedgerSheet& sheet_;
  const std::vector<ColumnReading>* columns_ = nullptr;
  const SheetRules& rules_;
  Desk& desk_;
  Reading& reading_;
  std::string section_action_, section_measure_;
  std::string section_middle_;                  ///< of three levels the second, part of the measure
  HeadingUnits action_units_, measure_units_;   ///< of the headings above; the nearest counts
  HeadingUnits column_units_;                   ///< of the action or measure in its own column
  std::string section_parts_;                   ///< number of a head whose rows are numbered below it; empty for others
  bool section_above_ = false;                  ///< the row above was a section head
  bool broken_ = true;                          ///< a section or total stands between this row and the one above
  int group_ = 0;                               ///< of rows between section heads and totals
  std::map<std::tuple<int, std::string, std::string>, std::size_t> numbers_;   ///< group, action and number → first row
};

}   // namespace gangmu::plan
