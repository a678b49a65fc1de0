// SPDX-License-Identifier: Apache-2.0
#include "app/import_persons.hpp"

#include <algorithm>
#include <map>
#include <set>

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
    const auto column = std::ranges::find(reading.columns, field.column, &plan::ColumnReading::column);
    const std::string letters = column_letters(field.column);
    row.task.persons[column == reading.columns.end() || column->header.empty() ? letters : column->header] =
        Personal<std::string>(field.value);
    if (field.repeated) continue;
    notes.push_back({static_cast<int>(row.row) + 1, letters + std::to_string(field.row + 1),
                     "此处像是电话或证件号码，已隐去；原文密封保存，写明事由方可查看",
                     "this looks like a telephone or identity number and is hidden; the cell as typed is sealed and "
                     "shown for a reason only"});
  }
}

/// Rows left out may name persons: columns of persons are dropped, notes masked.
void hide_skipped(plan::Reading& reading, const Grid& grid) {
  std::set<std::size_t> personal;
  for (const auto& column : reading.columns) {
    if (plan::personal_field(column.field) || column.mixed) personal.insert(column.column);
  }
  for (plan::SkippedRow& skipped : reading.skipped) {
    if (skipped.reason == plan::SkipReason::answered || skipped.reason == plan::SkipReason::total) {
      std::vector<std::string> kept;
      for (std::size_t c = 0; c < grid.rows[skipped.row].size(); ++c) {
        const GridCell& cell = grid.at(skipped.row, c);
        if (!personal.contains(c) && !cell.merged_copy && !cell.text.empty()) kept.push_back(cell.text);
      }
      skipped.text = text::join(kept, " ");
    }
    skipped.text = masked_note(skipped.text);
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
}

}   // namespace gangmu::app
