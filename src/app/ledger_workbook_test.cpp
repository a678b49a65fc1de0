// SPDX-License-Identifier: Apache-2.0
// An office's ledger through every floor without a store: drawn → xlsx bytes → grid → tasks → the same layout → xlsx
// bytes → the same tasks.
#include <gtest/gtest.h>

#include "plan/task_register.hpp"
#include "plan/test_ledger.hpp"
#include "sheet/workbook.hpp"
#include "sheet/xlsx_writer.hpp"

namespace gangmu {
namespace {

Worksheet worksheet_of(const Grid& grid) {
  Worksheet sheet;
  sheet.name = grid.sheet;
  sheet.merges = grid.merges;
  for (const auto& cells : grid.rows) {
    WorksheetRow& row = sheet.rows.emplace_back();
    for (const GridCell& cell : cells) {
      WorksheetCell out;
      if (!cell.merged_copy && cell.kind == CellKind::number) out = Decimal::parse(cell.text).value();
      if (!cell.merged_copy && cell.kind == CellKind::date) out = Date::parse(cell.text).value();
      if (!cell.merged_copy && cell.kind == CellKind::text) out = cell.text;
      out.percent = cell.percent;
      row.cells.push_back(std::move(out));
    }
  }
  return sheet;
}

Grid through_xlsx(const Worksheet& sheet) {
  const std::string bytes = sheet::write_xlsx({sheet}, {}).value();
  return sheet::read_workbook(bytes, "台账.xlsx").value().sheets.at(0);
}

std::vector<Json> tasks_of(const plan::Reading& reading) {
  std::vector<Json> tasks;
  for (const plan::RowReading& row : reading.rows) tasks.push_back(to_json(row.task));
  return tasks;
}

TEST(LedgerWorkbook, GoesInAndComesOutUnchanged) {
  const Grid drawn = plan::testing::grid_of(plan::testing::ledger_60);
  const Grid grid = through_xlsx(worksheet_of(drawn));
  ASSERT_EQ(grid.rows.size(), drawn.rows.size());
  EXPECT_EQ(grid.merges.size(), drawn.merges.size());
  for (std::size_t r = 0; r < drawn.rows.size(); ++r) {
    for (std::size_t c = 0; c < drawn.rows[r].size(); ++c) {
      EXPECT_EQ(grid.at(r, c).text, drawn.at(r, c).text) << grid.position(r, c).text();
      EXPECT_EQ(grid.at(r, c).kind, drawn.at(r, c).kind) << grid.position(r, c).text();
    }
  }

  const plan::Reading reading = plan::read_register(grid, {.year = 2023}, {}).value();
  ASSERT_EQ(reading.rows.size(), 60u);
  std::vector<plan::Task> tasks;
  for (const plan::RowReading& row : reading.rows) tasks.push_back(row.task);
  const Worksheet out = plan::register_sheet(tasks, reading.layout).value();
  const plan::Reading again = plan::read_register(through_xlsx(out), {.year = 2023}, {}).value();
  EXPECT_EQ(tasks_of(again), tasks_of(reading));
  for (std::size_t c = 0; c < reading.columns.size(); ++c)
    EXPECT_EQ(again.columns[c].header, reading.columns[c].header);
}

}   // namespace
}   // namespace gangmu
