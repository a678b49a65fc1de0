// SPDX-License-Identifier: Apache-2.0
// Rows that are no tasks, headings, further tables: small ledgers drawn as text.
#include "plan/register_plan.hpp"

#include <gtest/gtest.h>

#include "plan/task_register.hpp"
#include "plan/test_ledger.hpp"

namespace gangmu::plan {
namespace {

using testing::grid_of;

const std::string head = "序号|工作任务|牵头单位|责任单位|完成时限|是否销号\n";
const std::string first = "#1|整修灌渠|水务局|财政局|2024年8月底前|否\n";
const std::string second = "#2|改建校舍|教育局|财政局|2024年10月底前|否\n";

Reading read(const std::string& drawn, const Answers& answers = {}) {
  auto reading = read_register(grid_of(drawn), {.year = 2024}, answers);
  if (!reading) {
    ADD_FAILURE() << reading.error().text(Language::en);
    return {};
  }
  return *std::move(reading);
}

/// "整修灌渠 改建校舍"; with an action "水利/整修灌渠".
std::string titles(const Reading& reading) {
  std::string out;
  for (const RowReading& row : reading.rows) {
    out += (out.empty() ? "" : " ") + (row.task.action.empty() ? "" : row.task.action + "/") + row.task.title;
  }
  return out;
}

/// "5 total, 6 blank" of the rows below the head.
std::string left_out(const Reading& reading) {
  std::string out;
  for (const SkippedRow& row : reading.skipped) {
    if (row.reason == SkipReason::header || row.reason == SkipReason::title) continue;
    out += (out.empty() ? "" : ", ") + std::to_string(row.row + 1) + " " + std::string(skip_reason_name(row.reason));
  }
  return out;
}

std::string asked(const Reading& reading) {
  std::string out;
  for (const Question& question : reading.questions) out += (out.empty() ? "" : " ") + question.id;
  return out;
}

const Question* question(const Reading& reading, std::string_view id) {
  for (const Question& q : reading.questions) {
    if (q.id == id) return &q;
  }
  return nullptr;
}

TEST(RegisterPlan, RowsThatNameNoTaskAreNone) {
  const std::pair<const char*, const char*> rows[] = {
      {"#3|||||否", "3 blank"},
      {"#3|||||", "3 blank"},
      {"三|||||未销号", "3 blank"},
      {"#3||—||/|□", "3 blank"},
      {"\x1A|||||", "3 blank"},
      {"共2项|||||", "3 total"},
      {"|以上共2项。||||", "3 total"},
      {"合计|#2||||", "3 total"},
      {"—以下空白—|||||", "3 note"},
      {"|（以下无正文）||||", "3 note"},
      {"————|————|————|||", "3 note"},
      {"报送时间：2024年6月|||||", "3 sign_off"},
      {"分管领导：赵某||填表人：钱某||联系电话：内线8001|", "3 sign_off"},
      {"单位负责人|赵某|填表人|钱某||", "3 sign_off"},
      {"|||填表人 赵某||", "3 sign_off"},
      {"注1：含税|||||", "3 note"},
      {"|说明：各单位每月报送||||", "3 note"},
      {"备 注：含税|||||", "3 note"},
      {"数据截至6月底|||||", "3 note"},
      {"2024年6月30日|||||", "3 note"},
      {"#3||水务局|||否", "3 no_task"},
      {"#3||水务局|财政局|2024年底|", "3 no_task"},
      {"#3||||2024年底|否", "3 no_task"},
      {"||||2024年底|", "3 no_task"}};
  for (const auto& [row, reason] : rows) {
    const Reading reading = read(head + first + row + "\n");
    EXPECT_EQ(titles(reading), "整修灌渠") << row;
    EXPECT_EQ(left_out(reading), reason) << row;
    const Reading between = read(head + first + row + "\n" + second);
    EXPECT_EQ(between.rows.back().task.title, "改建校舍") << row;
    for (const RowReading& task : between.rows) EXPECT_NE(task.row, 2u) << row;
  }
}

TEST(RegisterPlan, NamesOfASignOffLineStandNowhere) {
  const Reading reading = read(head + first + "单位负责人（签字）：赵某||填 表 人：钱 某 联系电话：内线8001|||\n");
  const std::string told = to_json(reading).canonical();
  for (const char* person : {"赵某", "钱 某", "8001"}) EXPECT_EQ(told.find(person), std::string::npos) << person;
  EXPECT_EQ(reading.skipped.back().text, "单位负责人（签字）：（已隐去） 填 表 人：（已隐去） 联系电话：（已隐去）");
}

TEST(RegisterPlan, TasksThatLookLikeOtherRowsStayTasks) {
  for (const char* row :
       {"#3|累计培训千人|教育局||2024年底|", "#3|其中一段改线|水务局||2024年底|", "#3|绿化||||",
        "三|绿化|水务局||2024年底|", "#3|审核：示例项目|水务局||2024年底|", "|注册企业|水务局|||",
        "#3|共建2个点|水务局||2024年底|", "一、|绿化|水务局||2024年底|", "#3|一、绿化|水务局||2024年底|"}) {
    EXPECT_EQ(read(head + first + row + "\n" + second).rows.size(), 3u) << row;
  }
}

TEST(RegisterPlan, ARowOfUnitsAndADayIsTheTaskAboveOnceMore) {
  const Reading reading = read(head + first + "||住建局|财政局|2024年11月底前|\n");
  EXPECT_EQ(titles(reading), "整修灌渠 整修灌渠");
  EXPECT_EQ(asked(reading), "title:3");
  EXPECT_EQ(question(reading, "title:3")->default_value, "above");
}

TEST(RegisterPlan, SumsInAnyColumnAreNoTasks) {
  const std::string sums = "行动|工作任务|牵头单位|完成时限|资金\n";
  const Reading reading = read(sums +
                               "水利|整修灌渠|水务局|2024年8月底前|#80\n"
                               "^|小计|||#80\n"
                               "教育|改建校舍|教育局|2024年10月底前|#60\n"
                               "^|小 计|||#60\n"
                               "^|其中：县级资金|||#25\n"
                               "||合计||#140\n"
                               "||水利小计||#140\n"
                               "教育小计||||#60\n");
  EXPECT_EQ(titles(reading), "水利/整修灌渠 教育/改建校舍");
  EXPECT_EQ(left_out(reading), "3 total, 5 total, 6 total, 7 total, 8 total, 9 total");
}

TEST(RegisterPlan, SectionsInAllShapesAreTheActionOfTheRowsBelow) {
  const std::string wanted = "一、水利设施/整修灌渠 二、教育设施/改建校舍";
  const std::pair<const char*, const char*> shapes[] = {{"一、水利设施|<|<|<|<|<", "二、教育设施|<|<|<|<|<"},
                                                        {"一|水利设施|<|<|<|<", "二|教育设施|<|<|<|<"},
                                                        {"一、|水利设施||||", "二、|教育设施||||"},
                                                        {"|一、水利设施||||", "|二、教育设施||||"},
                                                        {"一、水利设施|||||", "二、教育设施|||||"},
                                                        {"一、水利设施||||1项|", "二、教育设施||||共1项|"},
                                                        {"一|水利设施|||#1|", "二|教育设施|||#1|"},
                                                        {"一、水利设施（1项）|<||||", "二、教育设施（共1项）|<||||"}};
  for (const auto& [one, two] : shapes) {
    const Reading reading = read(head + one + "\n" + first + two + "\n#1" + second.substr(2));
    EXPECT_EQ(titles(reading), wanted) << one;
    EXPECT_EQ(left_out(reading), "2 section, 4 section") << one;
    EXPECT_EQ(asked(reading), "") << one;
  }
}

TEST(RegisterPlan, APlainWordMayBeAHeadingAndIsAsked) {
  for (const char* row : {"水利设施|||||", "|水利设施||||", "水利设施||||1项|"}) {
    const std::string drawn = head + row + "\n" + first;
    const Reading reading = read(drawn);
    EXPECT_EQ(titles(reading), "水利设施/整修灌渠") << row;
    EXPECT_EQ(asked(reading), "row:2") << row;
    EXPECT_EQ(titles(read(drawn, {{"row:2", "skip"}})), "整修灌渠") << row;
  }
  EXPECT_EQ(titles(read(head + "|水利设施||||\n" + first, {{"row:2", "task"}})), "水利设施 整修灌渠");
  EXPECT_EQ(asked(read(head + "水利设施|<|<|<|<|<\n" + first)), "") << "merged over the row: no doubt";
}

TEST(RegisterPlan, AHeadingFillsABlankActionColumn) {
  const Reading reading = read(
      "行动|工作任务|牵头单位|完成时限\n"
      "一、水利|<|<|<\n"
      "|整修灌渠|水务局|2024年底\n"
      "|疏浚沟渠|水务局|2024年底\n"
      "教育|||\n"
      "|改建校舍|教育局|2024年底\n");
  EXPECT_EQ(titles(reading), "一、水利/整修灌渠 一、水利/疏浚沟渠 教育/改建校舍");
}

TEST(RegisterPlan, AHeadingRightAboveTheHeadCounts) {
  const std::string drawn =
      "示例市台账|<|<|<|<|<\n一、水利|<|<|<|<|<\n" + head + first + "二、教育|<|<|<|<|<\n" + head + second;
  EXPECT_EQ(titles(read(drawn)), "一、水利/整修灌渠 二、教育/改建校舍");
}

TEST(RegisterPlan, AHeadingWithItsUnitIsAsked) {
  const std::string drawn = head + "一、水利（共1项）||水务局|||\n" + first;
  EXPECT_EQ(titles(read(drawn)), "一、水利/整修灌渠");
  EXPECT_EQ(asked(read(drawn)), "row:2");
}

TEST(RegisterPlan, ANumberAboveItsPartsIsAHeading) {
  const Reading reading = read(head + "#1|水利||||\n1.1|整修灌渠|水务局||2024年底|\n1.2|疏浚沟渠|水务局||2024年底|\n" +
                               "#2|改建校舍|教育局||2024年底|\n2.1|修缮宿舍|教育局||2024年底|\n");
  EXPECT_EQ(titles(reading), "水利/整修灌渠 水利/疏浚沟渠 改建校舍 修缮宿舍");
  EXPECT_EQ(asked(reading), "");
}

TEST(RegisterPlan, TheTitleAboveTheHeadOnceMoreIsNoHeading) {
  const Reading reading = read(head + first + "示例市台账（续）|<|<|<|<|<\n" + head + second);
  EXPECT_EQ(titles(reading), "整修灌渠 改建校舍");
}

TEST(RegisterPlan, TasksNumberedInCharactersAreNoHeadings) {
  const Reading reading = read(head + "一|整修灌渠|水务局||2024年底|\n二|改建校舍||||\n三|种树|林业局||2024年底|\n");
  EXPECT_EQ(titles(reading), "整修灌渠 改建校舍 种树");
}

TEST(RegisterPlan, ASecondTableIsReadByItsOwnHead) {
  const Grid grid =
      grid_of(head + first + "|||||\n附件2 工程清单|<|<|<|<|<\n序号|项目名称|责任单位|完成时限|牵头单位|\n" +
              "#1|铺设管网|住建局|2024年11月底前|水务局|\n");
  const Reading reading = read_register(grid, {}, {}).value();
  EXPECT_EQ(titles(reading), "整修灌渠 铺设管网");
  EXPECT_EQ(asked(reading), "");
  const Task& task = reading.rows[1].task;
  EXPECT_EQ(task.lead, "水务局");
  EXPECT_EQ(task.responsible, (std::vector<std::string>{"住建局"}));
  EXPECT_EQ(task.due.last.text(), "2024-11-30");
  EXPECT_EQ(left_out(reading), "3 blank");
  ASSERT_EQ(reading.further.size(), 1u);
  EXPECT_EQ(reading.further[0].columns[2].field, TaskField::responsible);

  const Worksheet sheet = register_sheet({reading.rows[0].task, task}, reading.layout).value();
  std::vector<std::string> cells;
  for (const WorksheetCell& cell : sheet.rows.back().cells) {
    const auto* text = std::get_if<std::string>(&cell.value);
    cells.push_back(text ? *text : "");
  }
  EXPECT_EQ(cells, (std::vector<std::string>{"", "铺设管网", "住建局", "2024年11月底前", "水务局"}))
      << "written under its own head";
}

TEST(RegisterPlan, DoubtsAboutASecondHeadAreAsked) {
  const std::string drawn =
      head + first + "序号|项目名称|责任单位|完成时限|市级牵头单位|\n#1|铺设管网|住建局|2024年底|水务局|\n";
  const Reading reading = read(drawn);
  EXPECT_EQ(asked(reading), "column:E@3");
  EXPECT_EQ(reading.rows[1].task.lead, "水务局");
  EXPECT_EQ(read(drawn, {{"column:E@3", "supervisor"}}).rows[1].task.supervisor, "水务局");
}

TEST(RegisterPlan, ATableOfOtherThingsIsLeftOutAndAsked) {
  const std::string drawn =
      head + first + "|||||\n序号|姓名|联系电话|备注||\n#1|赵某|3278888|组长||\n#2|钱某|3276666|||\n";
  const Reading reading = read(drawn);
  EXPECT_EQ(titles(reading), "整修灌渠");
  EXPECT_EQ(asked(reading), "table:4");
  EXPECT_EQ(left_out(reading), "3 blank, 5 other_table, 6 other_table");
  ASSERT_EQ(reading.further.size(), 1u);
  EXPECT_TRUE(personal_field(reading.further[0].columns[1].field)) << "its columns of persons are known";
  const Reading unknown = read(head + first + "序号|村名|户数|人口||\n#1|示例村|#300|#900||\n");
  EXPECT_EQ(titles(unknown), "整修灌渠");
  EXPECT_EQ(asked(unknown), "table:3");
  EXPECT_EQ(read(head + first + "序号|村名|户数|人口||\n#1|示例村|#300|#900||\n", {{"table:3", "first"}}).rows.size(),
            2u);
}

TEST(RegisterPlan, AHeadWithHardlyAKnownWordIsSeenByWhereItStands) {
  const std::string drawn =
      head + first + "附件2：资金安排表|<|<|<|<|<\n项目|资金来源|金额|年份|备注|\n修路|省级|#80|#2024||\n";
  const Reading reading = read(drawn);
  EXPECT_EQ(titles(reading), "整修灌渠");
  EXPECT_EQ(asked(reading), "table:4");
  EXPECT_EQ(left_out(reading), "5 other_table");
}

TEST(RegisterPlan, AnEmptySignOffLineIsNoHead) {
  const Reading reading = read(head + first + "填报单位（盖章）：||填报人：||联系电话：|\n");
  EXPECT_EQ(left_out(reading), "3 sign_off");
  EXPECT_EQ(asked(reading), "");
}

TEST(RegisterPlan, TheSameHeadAgainIsNoTable) {
  const std::string two_rows = "序号|工作任务|责任分工|<|完成时限\n^|^|牵头单位|责任单位|^\n";
  const std::string csv = "序号|工作任务|责任分工||完成时限\n||牵头单位|责任单位|\n";
  for (const std::string& twice : {two_rows, csv}) {
    const Reading reading =
        read(twice + "#1|整修灌渠|水务局|财政局|2024年底\n" + twice + "#2|改建校舍|教育局|财政局|2024年底\n");
    EXPECT_EQ(titles(reading), "整修灌渠 改建校舍");
    EXPECT_EQ(left_out(reading), "4 repeated_header, 5 repeated_header");
    EXPECT_TRUE(reading.further.empty());
  }
}

TEST(RegisterPlan, UnitsOutOfStepWithTheTasksBelongToThem) {
  const std::string drawn = head +
                            "#1|整修灌渠|水务局|财政局|2024年底|否\n"
                            "^|^|住建局|教育局|^|^\n"
                            "#2|改建校舍|^|民政局|2024年底|否\n"
                            "^|^|卫健局|^|^|^\n";
  const Reading reading = read(drawn);
  EXPECT_EQ(titles(reading), "整修灌渠 改建校舍");
  EXPECT_EQ(asked(reading), "continued");
  EXPECT_EQ(reading.rows[0].task.lead, "水务局");
  EXPECT_EQ(reading.rows[0].task.responsible, (std::vector<std::string>{"财政局", "住建局", "教育局"}));
  EXPECT_EQ(reading.rows[1].task.lead, "住建局");
  EXPECT_EQ(reading.rows[1].task.responsible, (std::vector<std::string>{"民政局", "卫健局"}));
  EXPECT_EQ(left_out(reading), "3 joined, 5 joined");
  EXPECT_EQ(read(drawn, {{"continued", "each"}}).rows.size(), 4u);

  const Reading blank = read(head + first + "||住建局|||\n|||教育局||\n" + second);
  EXPECT_EQ(titles(blank), "整修灌渠 改建校舍");
  EXPECT_EQ(blank.rows[0].task.responsible, (std::vector<std::string>{"财政局", "住建局", "教育局"}));
}

TEST(RegisterPlan, ProgressAndRemarksGoOnInTheNextRow) {
  const std::string heads = "序号|工作任务|责任单位|完成时限|进展情况|备注\n";
  for (const char* next : {"^|^|^|^|完成招标|^\n", "||||完成招标|\n"}) {
    const Reading reading =
        read(heads + "#1|整修灌渠|水务局|2024年底|完成立项|市级\n" + next + "#2|改建校舍|教育局|2024年底||\n");
    EXPECT_EQ(titles(reading), "整修灌渠 改建校舍") << next;
    EXPECT_EQ(reading.rows[0].task.progress, "完成立项\n完成招标");
    EXPECT_EQ(reading.rows[0].task.remark, "市级");
    EXPECT_EQ(reading.rows[0].task.lead, "水务局");
  }
}

TEST(RegisterPlan, ARowMergedWhollyWithTheOneAboveIsNoSecondTask) {
  const Reading reading = read(head + first + "^|^|^|^|^|^\n" + second);
  EXPECT_EQ(titles(reading), "整修灌渠 改建校舍");
  EXPECT_EQ(left_out(reading), "3 blank");
}

TEST(RegisterPlan, DaysOfTheirOwnUnderOneTaskStayTasks) {
  const Reading reading = read(head + first + "^|^|住建局|财政局|2024年11月底前|否\n");
  EXPECT_EQ(titles(reading), "整修灌渠 整修灌渠");
  EXPECT_EQ(reading.rows[1].task.lead, "住建局");
}

TEST(RegisterPlan, ClosedBelowAHundredPercentIsAsked) {
  const std::string drawn =
      "序号|任务|牵头单位|完成率|销号情况\n#1|修路|甲局|#45|已销号\n#2|架桥|甲局|#100|已销号\n#3|种树|甲局|#60|否\n";
  const Reading reading = read(drawn);
  EXPECT_EQ(asked(reading), "closed_early");
  EXPECT_EQ(question(reading, "closed_early")->rows, (std::vector<std::size_t>{1}));
  EXPECT_EQ(reading.rows[0].task.state, TaskState::open) << "until the office says so";
  EXPECT_EQ(reading.rows[1].task.state, TaskState::closed);
  EXPECT_EQ(reading.rows[0].questions, std::vector<std::string>{"closed_early"});
  EXPECT_EQ(read(drawn, {{"closed_early", "closed"}}).rows[0].task.state, TaskState::closed);
  EXPECT_EQ(asked(read("序号|任务|牵头单位|完成率|销号情况\n#1|修路|甲局|%1|已销号\n#2|架桥|甲局|%0.45|√\n")),
            "closed_early");
}

}   // namespace
}   // namespace gangmu::plan
