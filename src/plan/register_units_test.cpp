// SPDX-License-Identifier: Apache-2.0
#include "plan/register_units.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace gangmu::plan {
namespace {

TEST(RegisterUnits, UnitsAreSplitOutsideBrackets) {
  const std::pair<const char*, const char*> table[] = {
      {"市发改局、市工信局", "市发改局|市工信局"},
      {"市发改局，市工信局\n各县（市、区）", "市发改局|市工信局|各县（市、区）"},
      {" 市发改局 ;; 市发改局 ", "市发改局"},
      {"", ""}};
  for (const auto& [text, expected] : table) EXPECT_EQ(text::join(split_units(text), "|"), expected) << text;
}

/// "lead|responsible|cooperating".
std::string told(const char* typed) {
  const UnitParts p = unit_parts(typed);
  return text::join(p.lead, "、") + "|" + text::join(p.responsible, "、") + "|" + text::join(p.cooperating, "、");
}

TEST(RegisterUnits, LabelsStandBeforeNames) {
  const std::pair<const char*, const char*> table[] = {
      {"牵头单位：甲局；责任单位：乙局、丙局；配合单位：丁局", "甲局|乙局、丙局|丁局"},
      {"牵头单位：甲局 责任单位：乙局", "甲局|乙局|"},
      {"牵头单位:甲局责任单位:乙局 丙局", "甲局|乙局 丙局|"},
      {"牵头单位：甲局\n责任单位：乙局、丙局", "甲局|乙局、丙局|"},
      {"牵头：甲局，配合：乙局、丙局", "甲局||乙局、丙局"},
      {"牵头：甲局，乙局；配合：丙局", "甲局、乙局||丙局"},
      {"牵头责任单位：甲局，配合单位：乙局", "甲局||乙局"},
      {"【牵头单位】甲局【配合单位】乙局、丙局", "甲局||乙局、丙局"},
      {"牵头单位 甲局 配合单位 乙局", "甲局||乙局"},
      {"牵头单位为甲局，配合单位为乙局", "甲局||乙局"},
      {"市级牵头单位：市水利局；县级责任单位：甲县水利局", "市水利局|甲县水利局|"},
      {"责任单位：甲局", "|甲局|"},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(told(text), expected) << text;
}

TEST(RegisterUnits, WordsStandBehindAllTheirNames) {
  const std::pair<const char*, const char*> table[] = {
      {"甲局、乙局牵头，丙局、丁局配合", "甲局、乙局||丙局、丁局"},
      {"甲局牵头，乙局、丙局配合", "甲局||乙局、丙局"},
      {"甲局牵头，乙局，丙局配合", "甲局||乙局、丙局"},
      {"甲局牵头、乙局、丙局配合", "甲局||乙局、丙局"},
      {"甲局牵头\n乙局\n丙局配合", "甲局||乙局、丙局"},
      {"甲局牵头；乙局负责；丙局、丁局配合", "甲局|乙局|丙局、丁局"},
      {"甲局牵头，乙局、丙局", "甲局|乙局、丙局|"},
      {"甲局、乙局，丙局配合", "|甲局、乙局|丙局"},
      {"由甲局牵头，乙局配合", "甲局||乙局"},
      {"由甲局、乙局共同牵头", "甲局、乙局||"},
      {"由甲局会同乙局、丙局负责", "甲局||乙局、丙局"},
      {"甲局牵头，会同乙局", "甲局||乙局"},
      {"会同县水利局", "|会同县水利局|"},
      {"甲局牵头负责，乙局、丙局等部门按职责分工负责", "甲局|乙局、丙局|"},
      {"甲局牵头，乙局、丙局等单位积极配合", "甲局||乙局、丙局"},
      {"甲局为牵头单位，乙局为配合单位", "甲局||乙局"},
      {"甲局牵头抓总，乙局协助，丙局参与", "甲局||乙局、丙局"},
      {"市水利局 牵头 市财政局 市教育局 配合", "市水利局||市财政局、市教育局"},
      {"市水利局和市财政局牵头，市教育局配合", "市水利局、市财政局||市教育局"},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(told(text), expected) << text;
}

TEST(RegisterUnits, MarksInBracketsAreOfOneName) {
  EXPECT_EQ(told("甲局（牵头）、乙局"), "甲局|乙局|");
  EXPECT_EQ(told("甲局(牵头单位)、乙局、丙局（配合）"), "甲局|乙局|丙局");
  EXPECT_EQ(told("各县（市、区）"), "|各县（市、区）|");
}

TEST(RegisterUnits, PartsAreToldInManyShapes) {
  const std::pair<const char*, const char*> table[] = {
      {"市交通局（牵头单位）市水务局（配合单位）", "市交通局||市水务局"},
      {"市水务局（会同市财政局）", "市水务局||市财政局"},
      {"市水务局会同市财政局推进", "市水务局||市财政局"},
      {"甲局负责牵头，乙局负责实施", "甲局|乙局|"},
      {"甲局，配合单位乙局、丙局", "|甲局|乙局、丙局"},
      {"市交通局\n（牵头）\n市水务局", "市交通局|市水务局|"},
      {"甲局（乙局配合）", "|甲局|乙局"},
      {"甲局（乙局、丙局配合）", "|甲局|乙局、丙局"},
      {"甲局牵头，乙局（按职责分工负责）", "甲局|乙局|"},
      {"乙局（按职责分工负责）", "|乙局|"},
      {"甲局+乙局", "|甲局、乙局|"},
      {"甲局&乙局", "|甲局、乙局|"},
      {"甲局：负责规划；乙局：负责建设", "|甲局、乙局|"},
      {"甲局：负责规划、设计；乙局：配合建设", "|甲局|乙局"},
      {"主办：甲局，会办：乙局", "甲局||乙局"},
      {"甲局、乙局双牵头", "甲局、乙局||"},
      {"5G+办", "|5G+办|"},
      {"市局（机关）", "|市局（机关）|"},
      {"市推进办", "|市推进办|"},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(told(text), expected) << text;
}

TEST(RegisterUnits, NamesHoldNothingElse) {
  const std::pair<const char*, const char*> table[] = {
      {"甲局、乙局", "|甲局、乙局|"},
      {"1.市住建局；2.市水务局", "|市住建局、市水务局|"},
      {"1、市住建局\n2、市水务局", "|市住建局、市水务局|"},
      {"（1）市住建局（2）市水务局", "|市住建局、市水务局|"},
      {"①市住建局 ②市水务局", "|市住建局、市水务局|"},
      {"一、市住建局\n二、市水务局", "|市住建局、市水务局|"},
      {"１．市住建局。", "|市住建局|"},
      {"市住建局等单位", "|市住建局|"},
      {"市住建局/市水务局", "|市住建局、市水务局|"},
      {"市住建局 市水务局　各县（市、区）", "|市住建局、市水务局、各县（市、区）|"},
      {"甲县 乙县 丙县", "|甲县、乙县、丙县|"},
      {"甲县 水利局", "|甲县 水利局|"},
      {"市住建局 张三", "|市住建局 张三|"},
      {"市文化和旅游局、市人力资源和社会保障局", "|市文化和旅游局、市人力资源和社会保障局|"},
      {"农业农村和水利局", "|农业农村和水利局|"},
      {"市住建局及市水务局", "|市住建局、市水务局|"},
      {"110指挥中心", "|110指挥中心|"},
      {"市联合执法中心、市工商业联合会", "|市联合执法中心、市工商业联合会|"},
      {"", "||"},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(told(text), expected) << text;
}

}   // namespace
}   // namespace gangmu::plan
