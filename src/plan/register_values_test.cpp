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
  EXPECT_EQ(state_of_text("是", StateHead::closed), TaskState::closed);
  EXPECT_EQ(state_of_text("是", StateHead::done), TaskState::done_waiting) << "完成 is not yet 销号";
  EXPECT_EQ(state_of_text("是", StateHead::requested), TaskState::done_waiting);
  EXPECT_EQ(state_of_text("是", StateHead::planned), std::nullopt);
  EXPECT_EQ(state_of_text("已 销 号", StateHead::closed), TaskState::closed);
  EXPECT_EQ(state_of_text("进行中", StateHead::closed), TaskState::open);
  EXPECT_EQ(state_of_text("基本完成", StateHead::closed), std::nullopt);
  EXPECT_EQ(state_of_text("2023年6月30日", StateHead::done), std::nullopt);
  EXPECT_EQ(state_of_text("2023年6月30日", StateHead::planned), std::nullopt);
}

TEST(RegisterValues, ClosedOnlyWhenAllOfItIs) {
  for (const char* text :
       {"已销号", "销号", "已完成，已销号", "已完成并销号", "已销号(6月30日)", "已销号（2023年6月30日）",
        "2023年6月30日", "2023-06-30", "2023.6.30", "6月30日已销号", "经验收合格，同意销号", "全部销号",
        "已整改到位，于2023年6月30日已销号", "已清理完毕，已销号", "已整改完成，予以销号。"})
    EXPECT_EQ(state_of_text(text, StateHead::closed), TaskState::closed) << text;
  for (const char* text : {"5项中已销号3项",
                           "部分已销号",
                           "已销号2个，剩1个",
                           "已销号3项",
                           "县级已销号，市级审核中",
                           "市级审核中，县级已销号",
                           "除第2项外均已销号",
                           "已销号后反弹，重新整改",
                           "已销号，后反弹",
                           "撤销已销号",
                           "取消已销号",
                           "2023年12月31日前",
                           "2023年12月底",
                           "6月",
                           "2023年6月",
                           "预计6月30日前销号",
                           "已完成，未销号",
                           "已申请，待销号",
                           "已报请销号",
                           "已销号一半",
                           "基本已销号",
                           "已销号80%",
                           "拟于6月30日销号"})
    EXPECT_EQ(state_of_text(text, StateHead::closed), std::nullopt) << text;
}

TEST(RegisterValues, WhatAColumnOfStatesIsAbout) {
  const std::pair<const char*, StateHead> table[] = {{"是否销号", StateHead::closed},
                                                     {"销号时间", StateHead::closed},
                                                     {"销号情况", StateHead::closed},
                                                     {"是否完成", StateHead::done},
                                                     {"状态", StateHead::done},
                                                     {"是否申请销号", StateHead::requested},
                                                     {"计划销号时间", StateHead::planned},
                                                     {"预计销号日期", StateHead::planned},
                                                     {"拟销号时间", StateHead::planned},
                                                     {"销号时限", StateHead::planned}};
  for (const auto& [header, head] : table) EXPECT_EQ(state_head(header), head) << header;
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
