// SPDX-License-Identifier: Apache-2.0
// Headings that name who leads the tasks below them.
#include "plan/register_heading.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.hpp"
#include "plan/task_register.hpp"
#include "plan/test_ledger.hpp"

namespace gangmu::plan {
namespace {

using testing::grid_of;

Reading read(const std::string& drawn, const Answers& answers = {}) {
  auto reading = read_register(grid_of(drawn), {.year = 2023}, answers);
  if (!reading) {
    ADD_FAILURE() << reading.error().text(Language::en);
    return {};
  }
  return *std::move(reading);
}

/// "一、产业/种茶@市农业农村局|甲县|市财政局": action and measure, lead, responsible, cooperating.
std::string tasks(const Reading& reading) {
  std::string out;
  for (const RowReading& row : reading.rows) {
    const Task& task = row.task;
    out += out.empty() ? "" : " ";
    for (const std::string& key : {task.action, task.measure}) out += key.empty() ? "" : key + "/";
    out += task.title + "@" + task.lead + "|" + text::join(task.responsible, "、") + "|" +
           text::join(task.cooperating, "、");
  }
  return out;
}

TEST(RegisterHeading, WordsAndUnitsApart) {
  struct Case {
    const char* heading;
    const char* words;
    const char* units;
    const char* persons;
  };
  const Case cases[] = {
      {"一、产业振兴（牵头单位：市农业农村局）", "一、产业振兴", "牵头单位：市农业农村局", ""},
      {"一、产业振兴(牵头单位:市农业农村局)", "一、产业振兴", "牵头单位:市农业农村局", ""},
      {"一、产业振兴【牵头单位：甲局】", "一、产业振兴", "牵头单位：甲局", ""},
      {"一、产业振兴（市农业农村局牵头）", "一、产业振兴", "市农业农村局牵头", ""},
      {"一、产业振兴（牵头单位：市农业农村局；配合单位：市财政局）", "一、产业振兴",
       "牵头单位：市农业农村局；配合单位：市财政局", ""},
      {"一、产业振兴（牵头单位：市农业农村局，共5项）", "一、产业振兴", "牵头单位：市农业农村局", ""},
      {"一、产业振兴（牵头单位：各县（市、区））", "一、产业振兴", "牵头单位：各县（市、区）", ""},
      {"一、产业振兴 牵头单位：市农业农村局", "一、产业振兴", "牵头单位：市农业农村局", ""},
      {"一、产业振兴，责任单位：市农业农村局", "一、产业振兴", "责任单位：市农业农村局", ""},
      {"一、产业振兴（牵头领导：李四光；牵头单位：市农业农村局）", "一、产业振兴", "牵头单位：市农业农村局",
       "牵头领导：李四光；牵头单位：市农业农村局"},
      {"一、产业振兴（组长：李四光）", "一、产业振兴", "", "组长：李四光"},
      {"一、产业振兴（市水务局）", "一、产业振兴（市水务局）", "", ""},
      {"一、水利（农村）", "一、水利（农村）", "", ""},
      {"一、产业振兴（目标：产值10亿元）", "一、产业振兴（目标：产值10亿元）", "", ""},
      {"一、强化组织领导：压实责任", "一、强化组织领导：压实责任", "", ""},
      {"一、产业振兴：牵头单位：市农业农村局", "一、产业振兴", "牵头单位：市农业农村局", ""},
      {"一、产业振兴（共5项）（牵头单位：市农业农村局）", "一、产业振兴", "牵头单位：市农业农村局", ""},
      {"一、产业振兴（各镇街配合）", "一、产业振兴", "各镇街配合", ""},
      {"一、产业振兴（责任单位：高山镇）", "一、产业振兴", "责任单位：高山镇", ""},
      {"一、产业振兴（联系人：李四光）", "一、产业振兴", "", "联系人：李四光"},
      {"一、产业振兴 包联领导：李四光", "一、产业振兴", "", "包联领导：李四光"},
      {"三、补齐短板（2024年6月底前完成，牵头单位：市发改局）", "三、补齐短板（2024年6月底前完成）",
       "牵头单位：市发改局", ""},
      {"一、产业振兴（共5项，牵头单位：市发改局）", "一、产业振兴", "牵头单位：市发改局", ""},
      {"一、推行河长制（河长：属地党政主官）", "一、推行河长制（河长：属地党政主官）", "", ""},
      {"一、推行河长制（河长：李四光、警长：王五）", "一、推行河长制", "", "河长：李四光、警长：王五"},
      {"一、落实“三个责任人”：一岗双责", "一、落实“三个责任人”：一岗双责", "", ""},
      {"一、基层党建（书记项目：红色示范带）", "一、基层党建（书记项目：红色示范带）", "", ""},
      {"一、责任单位：市水务局", "一、责任单位：市水务局", "责任单位：市水务局", ""},
      {"牵头单位：市水务局", "牵头单位：市水务局", "牵头单位：市水务局", ""},
      {"牵头领导：李四光", "牵头领导", "", "牵头领导：李四光"},
      {"一、产业振兴（全市统筹推进）", "一、产业振兴（全市统筹推进）", "", ""},
      {"一、产业振兴（省市县联动推进）", "一、产业振兴（省市县联动推进）", "", ""},
      {"一、坚持党委牵头", "一、坚持党委牵头", "", ""},
      {"一、产业振兴（县级牵头）", "一、产业振兴（县级牵头）", "", ""},
      {"一、落实牵头单位责任", "一、落实牵头单位责任", "", ""},
      {"（一）产业振兴", "（一）产业振兴", "", ""}};
  for (const Case& c : cases) {
    const HeadingParts parts = heading_parts(c.heading);
    EXPECT_EQ(parts.words, c.words) << c.heading;
    EXPECT_EQ(parts.units, c.units) << c.heading;
    EXPECT_EQ(parts.persons, c.persons) << c.heading;
  }
}

TEST(RegisterHeading, ItsUnitLeadsTheTasksThatNameNoLead) {
  const std::string rows =
      "#1|种茶|甲县政府|2023年底\n#2|养鱼||2023年底\n二、人才振兴|<|<|<\n#3|办学校|乙县政府|2023年底\n";
  EXPECT_EQ(tasks(read("序号|工作任务|责任单位|完成时限\n一、产业振兴（牵头单位：市农业农村局）|<|<|<\n" + rows)),
            "一、产业振兴/种茶@市农业农村局|甲县政府| 一、产业振兴/养鱼@市农业农村局|| 二、人才振兴/办学校@乙县政府||");
  EXPECT_EQ(tasks(read("序号|工作任务|牵头单位|完成时限\n一、产业振兴（牵头单位：市农业农村局）|<|<|<\n" + rows)),
            "一、产业振兴/种茶@甲县政府|| 一、产业振兴/养鱼@市农业农村局|| 二、人才振兴/办学校@乙县政府||")
      << "a lead of its own counts";
  EXPECT_EQ(
      tasks(read("序号|工作任务|责任单位|完成时限\n一、产业振兴（牵头单位：市农业农村局；配合单位：市财政局）|<|<|<\n"
                 "#1|种茶|市农业农村局、甲县政府|2023年底\n（一）渔业（责任单位：乙县政府）|<|<|<\n#2|养鱼||2023年底\n"
                 "（二）林业|<|<|<\n#3|种树|丙县政府|2023年底\n")),
      "一、产业振兴/种茶@市农业农村局|甲县政府|市财政局 一、产业振兴/（一）渔业/养鱼@乙县政府|| "
      "一、产业振兴/（二）林业/种树@市农业农村局|丙县政府|市财政局");
}

TEST(RegisterHeading, AHeadingThatIsAUnitLeads) {
  EXPECT_EQ(tasks(read("序号|工作任务|责任单位|完成时限\n牵头单位：市农业农村局|<|<|<\n#1|种茶|甲县政府|2023年底\n"
                       "牵头单位：市水务局|<|<|<\n#2|修渠|乙县政府|2023年底\n")),
            "牵头单位：市农业农村局/种茶@市农业农村局|甲县政府| 牵头单位：市水务局/修渠@市水务局|乙县政府|");
}

TEST(RegisterHeading, TwoLeadsAreAsked) {
  const std::string drawn =
      "序号|工作任务|责任单位|完成时限\n一、产业振兴（牵头单位：市农业农村局、市财政局）|<|<|<\n#1|种茶|甲县政府|"
      "2023年底\n";
  const Reading reading = read(drawn);
  EXPECT_EQ(tasks(reading), "一、产业振兴/种茶@市农业农村局|甲县政府|");
  EXPECT_TRUE(std::ranges::any_of(reading.questions, [](const Question& q) { return q.id == "lead:2"; }));
  EXPECT_EQ(tasks(read(drawn, {{"lead:2", "市财政局"}})), "一、产业振兴/种茶@市财政局|甲县政府|");
}

TEST(RegisterHeading, AnActionInItsOwnColumnNamesThemToo) {
  const Reading reading = read(
      "序号|行动|工作任务|责任单位|完成时限\n#1|产业振兴（牵头单位：市农业农村局）|种茶|甲县政府|2023年底\n"
      "#2|^|养鱼|乙县政府|2023年底\n#3||种药|丙县政府|2023年底\n#4|人才振兴|办学校|丁县政府|2023年底\n"
      "#5|生态振兴（牵头领导：李四光）|种树|甲县政府|2023年底\n");
  EXPECT_EQ(tasks(reading),
            "产业振兴/种茶@市农业农村局|甲县政府| 产业振兴/养鱼@市农业农村局|乙县政府| "
            "产业振兴/种药@市农业农村局|丙县政府| 人才振兴/办学校@丁县政府|| 生态振兴/种树@甲县政府||");
  EXPECT_TRUE(reading.rows[4].task.persons.contains("行动"));
  EXPECT_EQ(to_json(reading).canonical().find("李四光"), std::string::npos);
  EXPECT_EQ(reading.layout.canonical().find("李四光"), std::string::npos);
  const Reading plain = read("序号|行动|工作任务|责任单位|完成时限\n#1|产业振兴（一期）|种茶|甲县政府|2023年底\n");
  EXPECT_EQ(plain.rows[0].task.action, "产业振兴（一期）");
}

TEST(RegisterHeading, NamesStandInNoTask) {
  const Reading reading = read(
      "序号|工作任务|责任单位|完成时限\n一、产业振兴（牵头领导：李四光；牵头单位：市农业农村局）|<|<|<\n"
      "#1|种茶|甲县政府|2023年底\n");
  EXPECT_EQ(tasks(reading), "一、产业振兴/种茶@市农业农村局|甲县政府|");
  EXPECT_TRUE(reading.rows[0].task.persons.contains("标题")) << "kept sealed";
  const Json told = to_json(reading);
  for (const char* part : {"rows", "questions", "normalisations"})
    EXPECT_EQ(told[part].canonical().find("李四光"), std::string::npos) << part;
}

}   // namespace
}   // namespace gangmu::plan
