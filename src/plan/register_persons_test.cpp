// SPDX-License-Identifier: Apache-2.0
// Names of persons where no head announces them.
#include "plan/register_persons.hpp"

#include <gtest/gtest.h>

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

TEST(RegisterPersons, NamesBesideUnitsAreFound) {
  const std::pair<const char*, const char*> table[] = {
      {"市水务局 李四光", "市水务局"},
      {"市教育局（张三丰）", "市教育局"},
      {"市教育局（张三丰）、市财政局", "市教育局、市财政局"},
      {"市卫健局：王五一", "市卫健局"},
      {"张三丰", ""},
      {"甲局（张三13800138000）", "甲局"},
      {"责任单位：甲局、乙局；牵头领导：李四", "责任单位：甲局、乙局"},
      {"牵头领导：某甲；责任单位：甲局", "责任单位：甲局"},
      {"市水务局李四光", "市水务局"},
      {"市水务局王副局长", ""},
      {"甲局\n李主任", "甲局"},
      {"张局", ""},
  };
  for (const auto& [text, units] : table) {
    EXPECT_TRUE(beside_units(text).persons) << text;
    EXPECT_EQ(beside_units(text).units, units) << text;
  }
}

TEST(RegisterPersons, UnitsAreNoNames) {
  for (const char* text :
       {"甲局、乙局",    "各县（市、区）", "李家村",         "石门镇",         "金水区",
        "市金融办",      "施工方",         "项目公司",       "市林业局",       "高新区",
        "安监、林业",    "市委金融办",     "市文化和旅游局", "110指挥中心",    "县委办公室",
        "水务局/财政局", "团市委",         "甲县 水利局",    "市水利局等单位", "牵头单位：甲局；配合单位：乙局",
        "市江河管理所",  "路桥集团",       "万安街道办"}) {
    EXPECT_FALSE(beside_units(text).persons) << text;
    EXPECT_EQ(beside_units(text).units, text);
  }
}

TEST(RegisterPersons, HeadsThatMayNamePersons) {
  for (const char* head : {"项目经理", "村书记", "总指挥", "市级河长", "驻村第一书记", "户主", "法人代表",
                           "责任科室及人员", "分管同志", "包村干部", "监理工程师", "申请人", "网格员"})
    EXPECT_TRUE(head_may_name_persons(head)) << head;
  for (const char* head :
       {"受益人数", "同比增长", "管网全长", "人员经费", "法人单位", "总投资", "用地面积", "长", "动员"})
    EXPECT_FALSE(head_may_name_persons(head)) << head;
}

TEST(RegisterPersons, AColumnNobodyConfirmedIsSealed) {
  for (const char* head : {"项目经理", "村书记", "总指挥", "市级河长", "驻村第一书记", "户主", "法人代表",
                           "责任科室及人员", "分管同志", "对接", ""}) {
    const std::string drawn = "序号|任务|责任单位|完成时限|" + std::string(head) +
                              "\n#1|修路|甲局|2023年底|张三丰\n#2|修桥|乙局|2023年底|李四光\n";
    const Reading reading = read(drawn);
    ASSERT_EQ(reading.rows.size(), 2u) << head;
    EXPECT_EQ(to_json(reading).canonical().find("张三丰"), std::string::npos) << head;
    EXPECT_EQ(reading.layout.canonical().find("张三丰"), std::string::npos) << head;
    EXPECT_TRUE(reading.rows[0].task.extra.empty()) << head;
    EXPECT_FALSE(reading.rows[0].task.persons.empty()) << head;
  }
  const Reading told =
      read("序号|任务|责任单位|完成时限|对接\n#1|修路|甲局|2023年底|高新\n#2|修桥|乙局|2023年底|李园春\n",
           {{"column:E", "none"}});
  EXPECT_EQ(told.rows[1].task.extra.at("对接"), "李园春") << "somebody said it is plain";
}

TEST(RegisterPersons, NamesUnderAPlainHeadAreAskedAndSealed) {
  const std::string drawn =
      "序号|任务|责任单位|完成时限\n#1|修路|市水务局 李四光|2023年底\n#2|修桥|甲局（张三13800138000）|2023年底\n"
      "#3|修渠|乙局、丙局|2023年底\n";
  const Reading reading = read(drawn);
  ASSERT_EQ(reading.rows.size(), 3u);
  EXPECT_EQ(reading.rows[0].task.responsible.size() + (reading.rows[0].task.lead.empty() ? 0 : 1), 1u);
  EXPECT_EQ(to_json(reading).canonical().find("李四光"), std::string::npos);
  EXPECT_EQ(to_json(reading).canonical().find("张三"), std::string::npos);
  EXPECT_EQ(reading.layout.canonical().find("李四光"), std::string::npos);
  EXPECT_NE(to_json(reading).canonical().find("市水务局"), std::string::npos);
  EXPECT_NE(to_json(reading).canonical().find("乙局"), std::string::npos) << "plain cells of the column stay";
  EXPECT_FALSE(reading.rows[0].task.persons.empty());
  EXPECT_TRUE(reading.rows[2].task.persons.empty());
  const Reading units = read(drawn, {{"persons:C", "units"}});
  EXPECT_NE(to_json(units).canonical().find("李四光"), std::string::npos);
}

TEST(RegisterPersons, WhereSomebodySignsIsNoTask) {
  for (const char* line :
       {"填报人员：张三丰", "经办人员：", "审 签 人：", "录入：", "督办员：", "填表人/联系电话：", "（签名）张三丰",
        "填报人张三丰 审核人李四光", "党委书记签字：", "主要负责同志：", "报送领导：", "复核人—"}) {
    for (const char* before : {"", "|"}) {
      const Reading reading = read("序号|任务|责任单位|完成时限\n#1|修路|甲局|2023年底\n" + std::string(before) + line +
                                   (*before == 0 ? "|||\n" : "||\n"));
      EXPECT_EQ(reading.rows.size(), 1u) << line;
      ASSERT_EQ(reading.skipped.size(), 2u) << line;
      EXPECT_EQ(reading.skipped.back().reason, SkipReason::sign_off) << line;
      EXPECT_EQ(reading.skipped.back().text.find("张三丰"), std::string::npos) << line;
      EXPECT_EQ(reading.skipped.back().text.find("李四光"), std::string::npos) << line;
    }
  }
  const Reading told = read("序号|任务|责任单位|完成时限\n#1|修路|甲局|2023年底\n以上情况属实。|||签名：赵六二\n");
  EXPECT_EQ(told.rows.size(), 1u);
  EXPECT_EQ(to_json(told).canonical().find("赵六二"), std::string::npos);
}

TEST(RegisterPersons, AnAnswerAboutNamesMayBecomeUnused) {
  const Grid grid = grid_of("序号|任务|责任单位|完成时限\n#1|修路|市水务局|2023年底\n");
  const auto reading = read_register(grid, {.year = 2023}, {{"persons:C", "units"}});
  ASSERT_TRUE(reading) << "no name stands there any more";
  EXPECT_EQ(reading->unused_answers, std::vector<std::string>{"persons:C"});
}

}   // namespace
}   // namespace gangmu::plan
