// SPDX-License-Identifier: Apache-2.0
#include "app/import_persons.hpp"

#include <algorithm>
#include <map>

#include "app/persons.hpp"
#include "base/text.hpp"

namespace gangmu::app {
namespace {

void hide(std::string& text) { text = masked(text); }

/// Keys are headers of columns.
template <class Value>
void hide_keys(std::map<std::string, Value>& columns) {
  std::map<std::string, Value> out;
  for (auto& [header, value] : columns) out.emplace(masked(header), std::move(value));
  columns = std::move(out);
}

void hide_texts(plan::Task& task) {
  for (std::string* text : {&task.number, &task.action, &task.measure, &task.title, &task.lead, &task.supervisor,
                            &task.due.text, &task.target_text, &task.progress, &task.remark, &task.place})
    hide(*text);
  for (auto* list : {&task.responsible, &task.cooperating}) std::ranges::for_each(*list, hide);
  for (plan::Target& target : task.targets) hide(target.text);
  hide_keys(task.extra);
  hide_keys(task.persons);
}

/// A cell outside the columns of persons, and of those whose cells are sealed one by one already.
bool open_to_all(const plan::FieldReading& field) {
  return field.field != plan::TaskField::none && !plan::personal_field(field.field);
}

void keep_typed(const plan::Reading& reading, plan::RowReading& row, std::vector<ImportNote>& notes) {
  for (const plan::FieldReading& field : row.fields) {
    if (!open_to_all(field) || masked(field.value) == field.value) continue;
    const auto& columns = reading.columns_at(row.row);
    const auto column = std::ranges::find(columns, field.column, &plan::ColumnReading::column);
    const std::string letters = column_letters(field.column);
    row.task.persons[column == columns.end() || column->header.empty() ? letters : column->header] =
        Personal<std::string>(field.value);
    if (field.repeated) continue;
    notes.push_back({static_cast<int>(row.row) + 1, letters + std::to_string(field.row + 1),
                     "此处像是电话或证件号码，已隐去；原文密封保存，写明事由方可查看",
                     "this looks like a telephone or identity number and is hidden; the cell as typed is sealed and "
                     "shown for a reason only"});
  }
}

bool personal(const std::vector<plan::ColumnReading>& columns, std::size_t column) {
  const auto found = std::ranges::find(columns, column, &plan::ColumnReading::column);
  return found != columns.end() && (plan::personal_field(found->field) || found->mixed);
}

/// Above the tasks, and as they were hidden already.
bool shown_whole(plan::SkipReason reason) {
  return reason == plan::SkipReason::title || reason == plan::SkipReason::unit_line ||
         reason == plan::SkipReason::header || reason == plan::SkipReason::repeated_header ||
         reason == plan::SkipReason::sign_off;
}

/// Rows left out may name persons: columns of persons are dropped, notes masked.
void hide_skipped(plan::Reading& reading, const Grid& grid) {
  for (plan::SkippedRow& skipped : reading.skipped) {
    if (!shown_whole(skipped.reason)) {
      const auto& columns = reading.columns_at(skipped.row);
      std::vector<std::string> kept;
      for (std::size_t c = 0; c < grid.rows[skipped.row].size(); ++c) {
        const GridCell& cell = grid.at(skipped.row, c);
        if (!personal(columns, c) && !cell.merged_copy && !cell.text.empty()) kept.push_back(cell.text);
      }
      skipped.text = text::join(kept, " ");
    }
    skipped.text = skipped.reason == plan::SkipReason::sign_off ? masked(skipped.text) : masked_note(skipped.text);
  }
}

}   // namespace

void hide_persons(plan::Reading& reading, const Grid& grid, std::vector<ImportNote>& notes) {
  for (plan::RowReading& row : reading.rows) {
    keep_typed(reading, row, notes);
    hide_texts(row.task);
  }
  hide_skipped(reading, grid);
  for (plan::ColumnReading& column : reading.columns) hide(column.header);
  for (plan::TableReading& table : reading.further) {
    for (plan::ColumnReading& column : table.columns) hide(column.header);
  }
}

}   // namespace gangmu::app
