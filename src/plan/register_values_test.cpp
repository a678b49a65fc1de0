// SPDX-License-Identifier: Apache-2.0
#include "plan/register_values.hpp"

#include <gtest/gtest.h>

#include "plan/register_names.hpp"
#include "plan/register_persons.hpp"

namespace gangmu::plan {
namespace {

TEST(RegisterValues, UnitsAndPersonsApart) {
  const struct {
    const char *typed, *units;
    bool persons;
  } table[] = {{"市发改局", "市发改局", false},
               {"市发改局、市工信局", "市发改局、市工信局", false},
               {"各县（市、区）", "各县（市、区）", false},
               {"市发改局 张三", "市发改局", true},
               {"市发改局（张三）、市工信局（李四）", "市发改局、市工信局", true},
               {"张三", "", true},
               {"欧阳建国", "", true},
               {"市发改局局长张三", "", true},
               {"牵头单位：水利局 张三；责任单位：桥头镇政府/李四", "牵头单位：水利局；责任单位：桥头镇政府", true},
               {"水利局（牵头）张三", "水利局（牵头）", true},
               {"团委-王五 13912345678", "团委", true},
               {"市农业农村局 李　明", "市农业农村局", true},
               {"甲01镇、张 伟", "甲01镇", true},
               {"水利局：李新村", "水利局", true},
               {"水利局李新村、副镇长欧阳建村", "", true},
               {"交通运输局（张局）、王副局、欧阳常委", "交通运输局", true},
               {"各镇（街道）、各有关单位、市委、卫生院", "各镇（街道）、各有关单位、市委、卫生院", false},
               {"各镇 张 村", "各镇", true},
               {"市 村", "", true}};
  for (const auto& [typed, units, persons] : table) {
    EXPECT_EQ(apart(typed).units, units) << typed;
    EXPECT_EQ(apart(typed).persons, persons) << typed;
  }
}

TEST(RegisterValues, States) {
  EXPECT_EQ(state_of_text("是", true), TaskState::closed);
  EXPECT_EQ(state_of_text("是", false), TaskState::done_waiting) << "完成 is not yet 销号";
  EXPECT_EQ(state_of_text("已 销 号", true), TaskState::closed);
  EXPECT_EQ(state_of_text("进行中", true), TaskState::open);
  EXPECT_EQ(state_of_text("基本完成", true), std::nullopt);
}

TEST(RegisterNames, HeadersAreKnownByManyNames) {
  const std::tuple<const char*, TaskField, int> table[] = {
      {"序号", TaskField::number, 100},        {"责任\n单位", TaskField::responsible, 100},
      {"完成时限（月）", TaskField::due, 100}, {"时限要求", TaskField::due, 100},
      {"是否销号", TaskField::closed, 100},    {"工作举措", TaskField::measure, 100},
      {"存在问题", TaskField::none, 100},      {"市级牵头单位", TaskField::lead, 70},
      {"牵头责任单位", TaskField::lead, 100},  {"第三方评估", TaskField::none, 0},
      {"备 注", TaskField::remark, 100}};
  for (const auto& [header, field, confidence] : table) {
    const HeaderMatch match = match_header(header);
    EXPECT_EQ(match.field, field) << header;
    EXPECT_EQ(match.confidence, confidence) << header;
  }
  for (int f = 0; f < task_field_count; ++f) {
    const auto field = static_cast<TaskField>(f);
    EXPECT_EQ(task_field_of(task_field_name(field)), field);
  }
}

}   // namespace
}   // namespace gangmu::plan
