// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "plan/errors.hpp"
#include "plan/register_names.hpp"
#include "plan/task_register.hpp"
#include "plan/task_state.hpp"
#include "plan/test_ledger.hpp"

namespace gangmu::plan {
namespace {

using testing::grid_of;

std::string text_of(const WorksheetCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell.value)) return *text;
  if (const auto* number = std::get_if<Decimal>(&cell.value)) return number->text() + (cell.percent ? " (%)" : "");
  if (const auto* date = std::get_if<Date>(&cell.value)) return date->text();
  return "";
}

std::string cell(const Worksheet& sheet, std::size_t row, std::size_t column) {
  return row < sheet.rows.size() && column < sheet.rows[row].cells.size() ? text_of(sheet.rows[row].cells[column]) : "";
}

struct Ledger {
  Grid grid = grid_of(testing::ledger_60);
  Reading reading = read_register(grid, {.year = 2023}, {}).value();
  std::vector<Task> tasks;
  Ledger() {
    for (const RowReading& row : reading.rows) tasks.push_back(row.task);
  }
};

TEST(RegisterSheet, AnUntouchedLedgerComesOutCellByCellAsItWentIn) {
  const Ledger ledger;
  const UnmaskPermit permit = UnmaskPermit::grant("test", "export");
  const Worksheet sheet = register_sheet(ledger.tasks, ledger.reading.layout, &permit).value();
  ASSERT_EQ(sheet.rows.size(), ledger.grid.rows.size());
  EXPECT_EQ(sheet.merges.size(), ledger.grid.merges.size());
  for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
    for (std::size_t c = 0; c < ledger.grid.rows[r].size(); ++c) {
      const GridCell& was = ledger.grid.at(r, c);
      const std::string expected = was.merged_copy ? "" : was.text + (was.percent ? " (%)" : "");
      EXPECT_EQ(cell(sheet, r, c), expected) << ledger.grid.position(r, c).text();
    }
  }
  EXPECT_EQ(sheet.frozen_rows, 4u);
  EXPECT_EQ(sheet.repeat_first, 2u);
  EXPECT_EQ(sheet.repeat_end, 4u);
  EXPECT_EQ(sheet.rows[0].role, RowRole::title);
  EXPECT_EQ(sheet.rows[2].role, RowRole::header);
}

TEST(RegisterSheet, ProgressAndClosingAreUpdatedInTheOfficesOwnStyle) {
  Ledger ledger;
  const Date today = Date::parse("2023-07-01").value();
  Task& first = ledger.tasks[0];
  first = report_progress(first, "完成投资100亿元", Decimal(100, 0), today).value();
  first = request_close(first, "", today).value();
  first = close(first, today).value();
  const Worksheet sheet = register_sheet(ledger.tasks, ledger.reading.layout).value();
  EXPECT_EQ(cell(sheet, 4, 8), "完成投资100亿元");
  EXPECT_EQ(cell(sheet, 4, 9), "1 (%)");
  EXPECT_EQ(cell(sheet, 4, 10), "是");
  EXPECT_EQ(cell(sheet, 4, 7), "2023年6月底前") << "what did not change stays as typed";
  EXPECT_EQ(cell(sheet, 4, 12), "（已隐去）") << "no persons without a permit";
  EXPECT_EQ(cell(sheet, 5, 10), "否");
}

TEST(RegisterSheet, FilteredTasksLeaveTheLayoutWhole) {
  Ledger ledger;
  std::vector<Task> some = {ledger.tasks[1], ledger.tasks[2], ledger.tasks[59]};
  const Worksheet sheet = register_sheet(some, ledger.reading.layout).value();
  EXPECT_EQ(sheet.rows.size(), ledger.grid.rows.size() - 57);
  EXPECT_EQ(cell(sheet, 4, 1), "县域经济壮大行动") << "the key of a merged range moves to its first row left";
  EXPECT_EQ(cell(sheet, 5, 1), "");
  EXPECT_NE(std::find(sheet.merges.begin(), sheet.merges.end(), MergedRange{4, 1, 5, 1}), sheet.merges.end());
  for (const MergedRange& m : sheet.merges) { EXPECT_LT(m.last_row, sheet.rows.size()); }
}

TEST(RegisterSheet, NewTasksFollowTheLastAndChangedKeysOpenTheMerge) {
  Ledger ledger;
  Task extra;
  extra.number = "61";
  extra.title = "新增任务";
  extra.percent = Decimal(5, 0);
  extra.due = parse_due("2023年底前").value();
  ledger.tasks.push_back(extra);
  ledger.tasks[1].action = "另一行动";
  const Worksheet sheet = register_sheet(ledger.tasks, ledger.reading.layout).value();
  EXPECT_EQ(sheet.rows.size(), ledger.grid.rows.size() + 1);
  std::size_t at = 0;
  while (cell(sheet, at, 3) != "新增任务") ++at;
  EXPECT_EQ(cell(sheet, at, 0), "61");
  EXPECT_EQ(cell(sheet, at, 9), "0.05 (%)");
  EXPECT_EQ(cell(sheet, at + 1, 0), "总计") << "totals and notes still end the sheet";
  EXPECT_EQ(cell(sheet, 5, 1), "另一行动");
}

TEST(RegisterSheet, WhatComesOutReadsBackToTheSameTasks) {
  const Ledger ledger;
  const Worksheet sheet = register_sheet(ledger.tasks, ledger.reading.layout).value();
  Grid again;
  again.sheet = "任务";
  again.merges = sheet.merges;
  again.hidden_rows = ledger.grid.hidden_rows;
  for (const WorksheetRow& row : sheet.rows) {
    auto& cells = again.rows.emplace_back();
    for (const WorksheetCell& c : row.cells) {
      const bool number = std::holds_alternative<Decimal>(c.value);
      const std::string text = number ? std::get<Decimal>(c.value).text() : text_of(c);
      cells.push_back({text.empty() ? CellKind::empty
                       : number     ? CellKind::number
                                    : CellKind::text,
                       text, false, c.percent});
    }
  }
  for (const MergedRange& m : again.merges) {   // as the reader of workbooks does
    const GridCell origin = again.at(m.first_row, m.first_column);
    for (std::size_t r = m.first_row; r <= m.last_row; ++r) {
      for (std::size_t c = m.first_column; c <= m.last_column && c < again.rows[r].size(); ++c) {
        if (again.rows[r][c].kind != CellKind::empty || origin.kind == CellKind::empty) continue;
        again.rows[r][c] = origin;
        again.rows[r][c].merged_copy = true;
      }
    }
  }
  const Reading second = read_register(again, {.year = 2023}, {}).value();
  ASSERT_EQ(second.rows.size(), ledger.tasks.size());
  for (std::size_t i = 0; i < second.rows.size(); ++i)
    EXPECT_EQ(to_json(second.rows[i].task), to_json(ledger.tasks[i]));
}

TEST(RegisterSheet, TheStandardLayoutReadsBack) {
  const Ledger ledger;
  std::vector<Task> tasks = ledger.tasks;
  for (Task& task : tasks) task.origin = {};
  const Worksheet sheet = register_sheet(tasks, standard_layout("示例市任务台账")).value();
  EXPECT_EQ(sheet.rows.size(), 62u);
  EXPECT_EQ(cell(sheet, 0, 0), "示例市任务台账");
  EXPECT_EQ(cell(sheet, 2, 3), "推进示例产业园一期建设");
  EXPECT_EQ(cell(sheet, 2, 9), "42%");
  EXPECT_EQ(cell(sheet, 2, 10), "进行中");
  for (const char* header : {"序号", "行动", "举措", "任务", "工作目标", "牵头单位", "责任单位", "完成时限", "进展情况",
                             "完成比例", "状态", "备注"}) {
    EXPECT_TRUE(match_header(header).known) << header;
  }
}

TEST(RegisterSheet, ABrokenLayoutIsRefused) {
  for (const char* layout : {"{}", R"({"columns":[],"rows":[],"header":[1]})",
                             R"({"columns":[{"column":-1,"field":"title"}],"rows":[],"header":[0,0]})",
                             R"({"columns":[],"rows":[],"header":[0,0],"merges":[[5,0,1,0]]})",
                             R"({"columns":[],"rows":[],"header":[0,0],"merges":[[0,0,0,99999999]]})"}) {
    const auto sheet = register_sheet({}, Json::parse(layout).value());
    ASSERT_FALSE(sheet) << layout;
    EXPECT_TRUE(sheet.error().is(errors::layout_malformed));
  }
}

TEST(RegisterSheet, ACellThatIsHiddenIsMarkedOnce) {
  const Grid grid = grid_of("序号|任务|责任单位|完成时限|备注\n#1|修路|甲局|2023年底|联系 13800000001\n");
  const Reading reading = read_register(grid, {.year = 2023}, {}).value();
  Task task = reading.rows[0].task;
  task.persons["备注"] = Personal<std::string>(task.remark);
  task.remark = "联系 （已隐去）";
  EXPECT_EQ(cell(register_sheet({task}, reading.layout).value(), 1, 4), "联系 （已隐去）");
  task.remark = "另有安排";
  EXPECT_EQ(cell(register_sheet({task}, reading.layout).value(), 1, 4), "另有安排（已隐去）");
}

}   // namespace
}   // namespace gangmu::plan
