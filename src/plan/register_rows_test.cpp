// SPDX-License-Identifier: Apache-2.0
// Which rows are tasks, and which are headings, notes and sign-off lines: ledgers drawn as text.
#include "plan/register_rows.hpp"

#include <gtest/gtest.h>

#include "plan/task_register.hpp"
#include "plan/test_ledger.hpp"

namespace gangmu::plan {
namespace {

using testing::grid_of;

Reading read(const std::string& drawn, const Answers& answers = {}) {
  auto reading = read_register(grid_of(drawn), {.year = 2023}, answers);
  if (!reading) {
    ADD_FAILURE() << drawn << reading.error().text(Language::en);
    return {};
  }
  return *std::move(reading);
}

/// "修路@甲局", with action and measure "一、水利/（一）渠道/修渠@乙局".
std::string tasks(const Reading& reading) {
  std::string out;
  for (const RowReading& row : reading.rows) {
    const Task& task = row.task;
    out += out.empty() ? "" : " ";
    for (const std::string& key : {task.action, task.measure}) out += key.empty() ? "" : key + "/";
    out += task.title + (task.lead.empty() ? "" : "@" + task.lead);
  }
  return out;
}

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
  for (const Question& question : reading.questions) {
    if (question.id == "lead_column") continue;
    out += (out.empty() ? "" : " ") + question.id + "=" + question.default_value;
  }
  return out;
}

TEST(RegisterRows, TasksNamedLikeASignOffLineStayTasks) {
  for (const char* title : {"项目审批", "项目编制", "财务审核", "联络员", "印发", "签发", "信息报送"}) {
    for (const char* cells : {"|市行政审批局|2023.6.30\n", "|市行政审批局|@2023-06-30\n", "|市行政审批局|\n"}) {
      const Reading reading =
          read("序号|工作任务|责任单位|完成时限\n#1|建水厂|市水务局|2023年6月底\n#2|" + std::string(title) + cells);
      EXPECT_EQ(tasks(reading), "建水厂@市水务局 " + std::string(title) + "@市行政审批局") << title << cells;
      EXPECT_EQ(asked(reading), "") << title << cells;
    }
    const Reading plain = read("工作任务|责任单位|完成时限\n建水厂|市水务局|2023年6月底\n" + std::string(title) +
                               "|市行政审批局|2023.6.30\n");
    EXPECT_EQ(plain.rows.size(), 2u) << title << " without a number";
  }
  for (const char* row : {"#2|项目审批|教体、发改|2023.6.30", "2|财务审核|各专班|2023年底", "#2|审核|^|2023年底"})
    EXPECT_EQ(
        read("序号|工作任务|责任单位|完成时限\n#1|建水厂|市水务局|2023年6月底\n" + std::string(row) + "\n").rows.size(),
        2u)
        << row;
  for (const char* row :
       {"|填表人|张三丰|2023年6月30日", "#2|填表人|张三丰|2023年6月30日", "单位负责人|张三丰|填表人|李四光",
        "填表人：|张三丰|审核：|李四光", "|项目负责人 张三丰|联系电话|3278888"}) {
    const Reading reading =
        read("序号|工作任务|责任单位|完成时限\n#1|建水厂|市水务局|2023年6月底\n" + std::string(row) + "\n");
    EXPECT_EQ(left_out(reading), "3 sign_off") << row;
    EXPECT_EQ(to_json(reading).canonical().find("张三丰"), std::string::npos) << row;
  }
}

TEST(RegisterRows, ATitleMergedOverColumnsIsNoHeading) {
  const Reading reading = read(
      "序号|工作任务|<|<|责任单位|完成时限\n#1|建水厂|<|<|市水务局|@2023-06-30\n#2|建泵站|<|<|^|@2023-09-30\n"
      "#3|修渠|<|<|^|2023/12/31\n#4|种树|<|<|市林业局|@2023-12-31\n");
  EXPECT_EQ(tasks(reading), "建水厂@市水务局 建泵站@市水务局 修渠@市水务局 种树@市林业局");
  EXPECT_EQ(asked(reading), "");
  EXPECT_EQ(reading.rows[1].task.due.last.text(), "2023-09-30");
  const Reading two = read("序号|工作任务|<|责任单位\n#1|建水厂|<|市水务局\n#2|建泵站|<|^\n#3|种树|<|市林业局\n");
  EXPECT_EQ(tasks(two), "建水厂@市水务局 建泵站@市水务局 种树@市林业局") << "no measure beside the task";
  EXPECT_EQ(asked(two), "");
  const Reading sections = read(
      "序号|工作任务|<|<|责任单位|完成时限\n一、水利|<|<|<|<|<\n#1|建水厂|<|<|市水务局|2023年6月底\n"
      "二、林业|<|<|<|<|<\n#2|种树|<|<|市林业局|2023年6月底\n");
  EXPECT_EQ(tasks(sections), "一、水利/建水厂@市水务局 二、林业/种树@市林业局");
}

TEST(RegisterRows, WithoutNumbersATaskWithADayIsNoHeading) {
  const Reading reading = read(
      "工作任务|责任单位|完成时限\n建水厂|市水务局|@2023-06-30\n建泵站|^|2023/9/30\n修渠||2023-10-30\n"
      "种树|市林业局|2023年底\n");
  EXPECT_EQ(reading.rows.size(), 4u);
  EXPECT_EQ(asked(reading), "");
}

/// Of the first task: "closed"; with the questions "open state:部分已销号=open".
std::string state(const std::string& heads, const std::string& cells) {
  const Reading reading = read("序号|任务|责任单位|完成时限|" + heads + "\n#1|修路|甲局|2023年底|" + cells + "\n");
  const std::string questions = asked(reading);
  return std::string(task_state_name(reading.rows[0].task.state)) + (questions.empty() ? "" : " ") + questions;
}

TEST(RegisterRows, AStateIsThatOfItsHead) {
  EXPECT_EQ(state("销号情况", "部分已销号"), "open state:部分已销号=open");
  EXPECT_EQ(state("销号情况", "2023年12月31日前"), "open state:2023年12月31日前=open");
  EXPECT_EQ(state("是否申请销号", "是"), "done_waiting column:E=closed");
  EXPECT_EQ(state("计划销号时间", "2023年6月30日"), "open column:E=none");
  EXPECT_EQ(state("预计销号日期", "@2023-06-30"), "open column:E=none");
  EXPECT_EQ(state("是否完成|销号情况", "是|已销号"), "closed column:E=none");
  EXPECT_EQ(state("销号情况|是否完成", "已销号|是"), "closed column:F=none");
  EXPECT_EQ(state("计划销号时间|是否销号", "2023年6月30日|否"), "open column:E=none");
  EXPECT_EQ(state("完成情况", "已完成并销号"), "closed column:E=closed");
  const Reading due = read("序号|任务|责任单位|计划销号时间\n#1|修路|甲局|2023年6月30日\n");
  EXPECT_EQ(due.rows[0].task.due.last.text(), "2023-06-30") << "the only day there is";
  EXPECT_EQ(due.rows[0].task.state, TaskState::open);
}

TEST(RegisterRows, OneClosingAmongSentencesCounts) {
  const Reading reading = read(
      "序号|任务|责任单位|完成情况\n#1|修路|甲局|已完成路基，正在铺设路面\n#2|架桥|甲局|已完成并销号\n"
      "#3|种树|甲局|5项中已销号3项\n#4|修渠|甲局|已整改到位，已销号\n#5|建站|甲局|正在申请销号\n");
  std::string states;
  for (const RowReading& row : reading.rows) states += std::string(task_state_name(row.task.state)) + " ";
  EXPECT_EQ(states, "open closed open closed open ");
  EXPECT_EQ(reading.rows[1].task.progress, "已完成并销号");
}

TEST(RegisterRows, ANumberedSectionWithItsUnitIsASectionAndAsked) {
  const std::string head = "序号|工作任务|责任单位|完成时限\n";
  const std::string drawn =
      head + "一|产业振兴|市农业农村局|\n#1|发展茶叶|甲县政府|2023年6月底\n#2|种药材|乙县政府|2023年底\n" +
      "二|人才振兴|市人社局|\n#1|办学校|甲县政府|2023年底\n";
  EXPECT_EQ(tasks(read(drawn)),
            "一、产业振兴/发展茶叶@甲县政府 一、产业振兴/种药材@乙县政府 二、人才振兴/办学校@甲县政府");
  EXPECT_EQ(asked(read(drawn)), "row:2=section row:5=section");
  EXPECT_EQ(tasks(read(drawn, {{"row:5", "task"}})),
            "一、产业振兴/发展茶叶@甲县政府 一、产业振兴/种药材@乙县政府 一、产业振兴/人才振兴@市人社局 "
            "一、产业振兴/办学校@甲县政府");
  const Reading han = read(head + "一|修路|甲局|\n二|架桥|乙局|\n");
  EXPECT_EQ(tasks(han), "修路@甲局 架桥@乙局") << "all numbered so: tasks";
  const Reading last = read(head + "#1|修路|甲局|2023年底\n一|架桥|乙局|2023年底\n二|种树|丙局|2023年底\n");
  EXPECT_EQ(last.rows.size(), 3u) << "days of their own: tasks";
}

TEST(RegisterRows, RowsThatNumberColumnsOrShowASampleAreNoTasks) {
  const std::string head = "序号|工作任务|责任单位|完成时限\n";
  const std::pair<const char*, const char*> rows[] = {{"#1|#2|#3|#4", ""},
                                                      {"1|2|3|4", ""},
                                                      {"（1）|（2）|（3）|（4）", ""},
                                                      {"甲|乙|丙|丁", ""},
                                                      {"A|B|C|D", ""},
                                                      {"甲|乙|#1|#2", ""},
                                                      {"栏次|1|2|3", ""},
                                                      {"示例|建设XX项目|市XX局|2023年X月底", "2 note"},
                                                      {"（例）|建设XX项目|市XX局|2023年6月底", "2 note"},
                                                      {"样例|建设XX项目|市XX局|", "2 note"}};
  for (const auto& [row, reason] : rows) {
    const Reading reading = read(head + row + "\n#1|修路|甲局|2023年底\n#2|架桥|乙局|2023年底\n");
    EXPECT_EQ(tasks(reading), "修路@甲局 架桥@乙局") << row;
    EXPECT_EQ(left_out(reading), reason) << row;
    EXPECT_EQ(asked(reading), "") << row;
  }
}

TEST(RegisterRows, NotesWithoutTheirWordAreNoTasks) {
  const std::string drawn = "序号|工作任务|责任单位|完成时限\n#1|修路|甲局|2023年底\n#2|架桥|乙局|2023年底\n";
  for (const char* row :
       {"|统计截至6月底||", "|数据来源：市统计局||", "|截至2023年6月30日||", "资料来源：市统计局|||"}) {
    EXPECT_EQ(tasks(read(drawn + row + "\n")), "修路@甲局 架桥@乙局") << row;
    EXPECT_EQ(left_out(read(drawn + row + "\n")), "4 note") << row;
    EXPECT_EQ(asked(read(drawn + row + "\n")), "") << row;
  }
  const Reading counted = read(drawn + "|续建2项||\n");
  EXPECT_EQ(tasks(counted), "修路@甲局 架桥@乙局");
  EXPECT_EQ(asked(counted), "row:4=skip");
  EXPECT_EQ(left_out(counted), "4 note");
  EXPECT_EQ(read(drawn + "|续建2项||\n", {{"row:4", "task"}}).rows.size(), 3u);
  for (const char* row : {"#3|统计截至6月底的项目||", "|统计截至6月底的项目|市统计局|", "#3|续建2项||"})
    EXPECT_EQ(read(drawn + row + "\n").rows.size(), 3u) << row;
}

TEST(RegisterRows, APlainHeadingBelowANoteIsAHeading) {
  const Reading reading = read(
      "序号|工作任务|责任单位|完成时限\n水利|<|<|<\n#1|修渠|甲局|2023年底\n注：水利按月报送。|<|<|<\n林业|<|<|<\n"
      "#2|种树|乙局|2023年底\n");
  EXPECT_EQ(tasks(reading), "水利/修渠@甲局 林业/种树@乙局");
  EXPECT_EQ(left_out(reading), "2 section, 4 note, 5 section");
  const Reading two_notes = read(
      "序号|工作任务|责任单位|完成时限\n#1|修渠|甲局|2023年底\n注：按月报送。|<|<|<\n各单位每月25日前报送进展情况。|<|<"
      "|<\n"
      "#2|种树|乙局|2023年底\n");
  EXPECT_EQ(tasks(two_notes), "修渠@甲局 种树@乙局");
}

TEST(RegisterRows, ThreeLevelsOfHeadings) {
  const Reading reading = read(
      "序号|工作任务|责任单位|完成时限\n一、产业|<|<|<\n（一）农业|<|<|<\n1.种植|<|<|<\n#1|种茶|甲局|2023年底\n"
      "2.养殖|<|<|<\n#2|养鱼|乙局|2023年底\n（二）工业|<|<|<\n#3|建园|丙局|2023年底\n二、生态|<|<|<\n"
      "1.山林|<|<|<\n#4|种树|丁局|2023年底\n");
  EXPECT_EQ(tasks(reading),
            "一、产业/（一）农业 1.种植/种茶@甲局 一、产业/（一）农业 2.养殖/养鱼@乙局 一、产业/（二）工业/建园@丙局 "
            "二、生态/1.山林/种树@丁局");
  EXPECT_EQ(asked(reading), "");
}

TEST(RegisterRows, ATotalThatNamesTheRowsBelowIsTheirHeading) {
  const std::string head = "序号|工作任务|责任单位|完成时限\n";
  EXPECT_EQ(tasks(read(head + "一、甲县|<|<|<\n#1|修路|甲局|2023年底\n二|乙县小计||\n#1|架桥|乙局|2023年底\n")),
            "一、甲县/修路@甲局 二、乙县/架桥@乙局");
  EXPECT_EQ(tasks(read(head + "一|甲县小计||\n#1|修路|甲局|2023年底\n二|乙县小计||\n#1|架桥|乙局|2023年底\n")),
            "一、甲县/修路@甲局 二、乙县/架桥@乙局");
  EXPECT_EQ(tasks(read(head + "#1|修路|甲局|2023年底\n一|甲县小计||\n#2|架桥|乙局|2023年底\n二|乙县小计||\n")),
            "修路@甲局 架桥@乙局")
      << "below the rows: no headings";
}

TEST(RegisterRows, PlannedAndActualAreOneTask) {
  const Reading reading = read(
      "序号|任务|责任单位|类型|完成时限|完成率\n#1|修路|甲局|计划|2023年6月底|100%\n^|^|^|实际|2023年7月15日|80%\n"
      "#2|架桥|乙局|计划|2023年9月底|100%\n^|^|^|实际||10%\n");
  EXPECT_EQ(tasks(reading), "修路@甲局 架桥@乙局");
  EXPECT_EQ(asked(reading).substr(asked(reading).find("continued")), "continued=join");
  EXPECT_EQ(reading.rows[0].task.due.last.text(), "2023-06-30");
  EXPECT_EQ(reading.rows[0].task.percent->text(), "80");
  const Reading blank = read(
      "序号|任务|责任单位|类型|完成时限\n#1|修路|甲局|计划|2023年6月底\n|||实际|2023年7月15日\n#2|架桥|乙局|计划|"
      "2023年9月底\n");
  EXPECT_EQ(blank.rows.size(), 2u);
}

TEST(RegisterRows, ActualAbovePlannedIsOneTaskToo) {
  const Reading reading = read(
      "序号|任务|责任单位|类型|完成时限|完成率\n#1|修路|甲局|实际|2023年7月15日|80%\n^|^|^|计划|2023年6月底|100%\n"
      "#2|架桥|乙局|实际||10%\n^|^|^|计划|2023年9月底|100%\n#3|种树|丙局|实际|2023年5月|100%\n^|^|^|计划||\n");
  EXPECT_EQ(tasks(reading), "修路@甲局 架桥@乙局 种树@丙局");
  std::string dues;
  for (const RowReading& row : reading.rows) dues += row.task.due.last.text() + " " + row.task.percent->text() + " ";
  EXPECT_EQ(dues, "2023-06-30 80 2023-09-30 10 2023-05-31 100 ");
  const Reading apart =
      read("序号|任务|责任单位|类型|完成时限\n#1|修路|甲局|计划|2023年6月底\n#2|架桥|乙局|实际|2023年9月底\n");
  EXPECT_EQ(apart.rows.size(), 2u) << "two tasks with their own words";
}

TEST(RegisterRows, WhatIsPlannedIsNotDone) {
  const Reading months = read(
      "序号|任务|责任单位|类型|1月|2月|3月\n#1|修路|甲局|计划|10%|20%|30%\n^|^|^|实际|5%|15%|\n#2|架桥|乙局|计划|10%|"
      "20%|"
      "30%\n^|^|^|实际|||\n");
  ASSERT_EQ(months.rows.size(), 2u);
  EXPECT_EQ(months.rows[0].task.percent->text(), "15");
  EXPECT_FALSE(months.rows[1].task.percent.has_value());
  const Reading times = read(
      "序号|任务|责任单位|类型|时间|完成率\n#1|修路|甲局|计划完成时间|2023年6月底|100%\n^|^|^|实际完成时间|2023年7月底|"
      "\n");
  ASSERT_EQ(times.rows.size(), 1u);
  EXPECT_EQ(times.rows[0].task.due.last.text(), "2023-06-30");
  EXPECT_FALSE(times.rows[0].task.percent.has_value());
  const Reading other = read("序号|任务|责任单位|完成率|备注\n#1|修路|甲局|80%|市级\n|||||\n||乙局||完成\n");
  EXPECT_EQ(other.rows[0].task.percent->text(), "80") << "完成 beside no 计划";
}

TEST(RegisterRows, ARowOfBlanksToFillInIsASample) {
  const std::string head = "序号|工作任务|责任单位|完成时限\n", real = "#1|修路|甲局|2023年底\n#2|架桥|乙局|2023年底\n";
  for (const char* row : {"#1|建设XX项目|市XX局|2023年X月底", "1|建设××项目|市××局|×月底前", "|推进某项工作|某局|",
                          "#1|完成xx任务|xx镇|xx月", "#1|**项目建设|**局|", "#1|○○村道路|○○镇|20XX年"}) {
    const Reading reading = read(head + row + "\n" + real);
    EXPECT_EQ(tasks(reading), "修路@甲局 架桥@乙局") << row;
    EXPECT_EQ(asked(reading), "row:2=skip") << row;
    EXPECT_EQ(left_out(reading), "2 note") << row;
    EXPECT_EQ(read(head + row + "\n" + real, {{"row:2", "task"}}).rows.size(), 3u) << row;
  }
  for (const char* row : {"#1|建设2×300兆瓦机组|市发改局|2023年6月底", "#1|某部营房改造|市住建局|2023年6月底",
                          "#1|G××高速扩建|市××局|2023年6月底", "#1|XX项目||", "#1|推进MAXX产业园|示例公司|6月底"})
    EXPECT_EQ(read(head + row + "\n" + real).rows.size(), 3u) << row;
}

TEST(RegisterRows, ALedgerWithItsNamesBlottedOutIsALedger) {
  const Reading reading = read(
      "序号|工作任务|责任单位|完成时限\n#1|建设××项目|市××局|2023年6月底\n#2|推进××工程|××县|\n#3|开展××行动|市××局|\n"
      "#4|整治××河|××镇|\n");
  EXPECT_EQ(reading.rows.size(), 4u);
}

TEST(RegisterRows, ARowThatGoesOnKeepsItsSupervisor) {
  const Reading reading = read(
      "序号|任务|责任单位|督办单位|完成时限\n#1|修路|甲局|市督查室|2023年底\n||乙局|县督查室|\n||丙局|县督查室|\n");
  EXPECT_EQ(reading.rows.size(), 1u);
  EXPECT_EQ(reading.rows[0].task.supervisor, "市督查室、县督查室");
}

TEST(RegisterRows, OfTablesSideBySideTheOfficeChooses) {
  const std::string drawn =
      "序号|任务|责任单位|完成时限|联系人||序号|任务|责任单位|完成时限|联系人\n"
      "#1|修路|甲局|2023年6月底|张三丰||#3|种树|丙局|2023年底|李四光\n"
      "#2|架桥|乙局|2023年9月底|||#4|修渠|丁局|2023年底|\n";
  const Reading reading = read(drawn);
  EXPECT_EQ(reading.open_questions, 1) << "nothing is kept before that is answered";
  EXPECT_EQ(asked(reading), "side_by_side=");
  EXPECT_EQ(tasks(read(drawn, {{"side_by_side", "A"}})), "修路@甲局 架桥@乙局");
  const Reading right = read(drawn, {{"side_by_side", "G"}});
  EXPECT_EQ(tasks(right), "种树@丙局 修渠@丁局");
  EXPECT_EQ(right.open_questions, 0);
  EXPECT_EQ(right.rows[0].task.due.last.text(), "2023-12-31");
  for (const Reading& one : {reading, right}) {
    const std::string told = to_json(one).canonical() + one.layout.canonical();
    for (const char* person : {"张三丰", "李四光"}) EXPECT_EQ(told.find(person), std::string::npos) << person;
  }
}

}   // namespace
}   // namespace gangmu::plan
