// SPDX-License-Identifier: Apache-2.0
#include "plan/register_book.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "plan/test_ledger.hpp"

namespace gangmu::plan {
namespace {

using testing::grid_of;

Grid sheet(const char* name, const char* drawing) {
  Grid grid = grid_of(drawing);
  grid.sheet = name;
  return grid;
}

constexpr const char* industry =
    "示例市2023年产业专班任务台账|<|<|<\n填报单位：产业专班|||\n序号|任务|牵头单位|完成时限\n#1|建园区|甲局|6月底\n#2|"
    "招商|乙局|2023年底\n"
    "注：每月更新。|||\n";
constexpr const char* towns =
    "示例市2023年城镇专班任务台账|<|<|<\n填报单位：城镇专班|||\n序号|任务|牵头单位|完成时限\n#1|修街道|丙局|9月底\n#2|"
    "改路灯||每年\n";
constexpr const char* other_columns =
    "示例市2023年文旅专班任务台账|<|<|<|<\n序号|重点行动|工作内容|责任单位|时限要求\n#1|兴旅游|办灯会|丁局、戊局|"
    "2023年3月\n";

std::vector<Grid> book(std::initializer_list<Grid> sheets) { return sheets; }

TEST(RegisterBook, ASheetForEachTaskForceIsReadWhole) {
  const auto sheets =
      book({sheet("填表说明", "说明|<\n请按月更新|\n"), sheet("产业专班", industry), sheet("城镇专班", towns)});
  const auto ledgers = ledgers_in(sheets);
  ASSERT_EQ(ledgers.size(), 2u);
  const Question question = ask_sheets(ledgers);
  EXPECT_EQ(question.default_value, "all");
  EXPECT_FALSE(question.required);

  const Grid grid = stacked(ledgers);
  const Reading reading = read_register(grid, {.year = 2023}, {}).value();
  ASSERT_EQ(reading.rows.size(), 4u);
  std::vector<std::string> told;
  for (const RowReading& row : reading.rows)
    told.push_back(row.task.action + "/" + row.task.title + "/" + row.task.lead);
  EXPECT_EQ(told, (std::vector<std::string>{"产业专班/建园区/甲局", "产业专班/招商/乙局", "城镇专班/修街道/丙局",
                                            "城镇专班/改路灯/"}))
      << "the name of the sheet is the action";
  EXPECT_EQ(reading.rows[2].task.due.last.text(), "2023-09-30");
  std::vector<std::string> ids;
  for (const Question& q : reading.questions) ids.push_back(q.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"year", "lead:11"})) << "numbers start anew on each sheet";
  EXPECT_NE(reading.questions[0].zh.find("城镇专班!D4"), std::string::npos) << reading.questions[0].zh;
  std::map<std::string, int> skipped;
  for (const SkippedRow& row : reading.skipped) ++skipped[std::string(skip_reason_name(row.reason))];
  EXPECT_EQ(skipped["title"] + skipped["unit_line"] + skipped["sign_off"], 4)
      << "titles of the second sheet are titles";
  EXPECT_EQ(grid.position(10, 2).cell, "城镇专班!C5");

  std::vector<Task> tasks;
  for (const RowReading& row : reading.rows) tasks.push_back(row.task);
  const Worksheet out = register_sheet(tasks, reading.layout).value();
  EXPECT_EQ(out.name, "产业专班、城镇专班");
  EXPECT_EQ(std::get<std::string>(out.rows[9].cells[1].value), "修街道") << "each below its own head";
}

TEST(RegisterBook, SheetsWithOtherColumnsAreAskedAboutAndReadByTheirHeads) {
  const auto sheets = book({sheet("产业专班", industry), sheet("文旅专班", other_columns)});
  const auto ledgers = ledgers_in(sheets);
  const Question question = ask_sheets(ledgers);
  EXPECT_TRUE(question.required);
  EXPECT_EQ(question.choices.size(), 3u);
  const Reading reading = read_register(stacked(ledgers), {.year = 2023}, {}).value();
  ASSERT_EQ(reading.rows.size(), 3u);
  EXPECT_EQ(reading.rows[2].task.action, "兴旅游");
  EXPECT_EQ(reading.rows[2].task.title, "办灯会");
  EXPECT_EQ(reading.rows[2].task.lead, "丁局");
  EXPECT_EQ(reading.rows[2].task.due.last.text(), "2023-03-31");
}

TEST(RegisterBook, CopiesAndOtherYearsMustBeAnswered) {
  std::string last_year(industry);
  last_year.replace(last_year.find("2023年产业"), 4, "2022");
  last_year.replace(last_year.find("建园区"), std::string("建园区").size(), "平土地");
  EXPECT_TRUE(ask_sheets(ledgers_in(book({sheet("2023", industry), sheet("2022", last_year.c_str())}))).required);
  EXPECT_TRUE(ask_sheets(ledgers_in(book({sheet("台账", industry), sheet("台账 (2)", industry)}))).required)
      << "a copy would double every task";
}

TEST(RegisterBook, ATotalSheetAndWeeklyCopiesMustBeAnswered) {
  const char* total =
      "示例市2023年任务总台账|<|<|<\n序号|任务|牵头单位|完成时限\n#1|修街道|丙局|9月底\n#2|改路灯|丙局|每年\n#3|建园区|"
      "甲局|"
      "6月底\n#4|招商|乙局|2023年底\n";
  EXPECT_TRUE(
      ask_sheets(ledgers_in(book({sheet("产业专班", industry), sheet("城镇专班", towns), sheet("总表", total)})))
          .required)
      << "the total sheet last";
  std::string next_week(industry);
  next_week.insert(next_week.find("#1|"), "#0|修渠|甲局|6月底\n");
  EXPECT_TRUE(ask_sheets(ledgers_in(book({sheet("第1周", industry), sheet("第2周", next_week.c_str())}))).required);
}

TEST(RegisterBook, HiddenAndEmptySheetsAreNoLedgers) {
  Grid hidden = sheet("旧", industry);
  hidden.hidden = true;
  EXPECT_EQ(
      ledgers_in(book({hidden, sheet("空表", "序号|任务|牵头单位|完成时限\n"), sheet("产业专班", industry)})).size(),
      1u);
}

}   // namespace
}   // namespace gangmu::plan
