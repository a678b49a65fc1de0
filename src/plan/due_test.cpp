// SPDX-License-Identifier: Apache-2.0
#include "plan/due.hpp"

#include <gtest/gtest.h>

#include "base/errors.hpp"
#include "plan/errors.hpp"

namespace gangmu::plan {
namespace {

/// "month 2023-06-30", "long_term", or the name of the error.
std::string read(const char* text, std::optional<int> year = std::nullopt) {
  const auto due = parse_due(text, year);
  if (!due) return std::string(due.error().first().kind->name);
  return std::string(due_kind_name(due->kind)) + (due->dated() ? " " + due->last.text() : "");
}

TEST(Due, ReadsWhatOfficesWrite) {
  const std::pair<const char*, const char*> table[] = {
      {"2023年6月底前", "month 2023-06-30"},
      {"２０２３年６月底前", "month 2023-06-30"},
      {" 2023 年 6 月\n底前 ", "month 2023-06-30"},
      {"2023年6月30日前", "date 2023-06-30"},
      {"2023年6月30日前完成", "date 2023-06-30"},
      {"于2024年2月末完成", "month 2024-02-29"},
      {"2023-06-30", "date 2023-06-30"},
      {"2023.6.30", "date 2023-06-30"},
      {"2023/6/30", "date 2023-06-30"},
      {"2023.6", "month 2023-06-30"},
      {"20230630", "date 2023-06-30"},
      {"202306", "month 2023-06-30"},
      {"2023年", "year 2023-12-31"},
      {"2023年底", "year 2023-12-31"},
      {"2023年底前完成", "year 2023-12-31"},
      {"到2025年底", "year 2025-12-31"},
      {"2023年度", "year 2023-12-31"},
      {"23年底前", "year 2023-12-31"},
      {"2023年第三季度", "quarter 2023-09-30"},
      {"2023年3季度末", "quarter 2023-09-30"},
      {"2023Q1", "quarter 2023-03-31"},
      {"2023年前三季度", "quarter 2023-09-30"},
      {"2023年上半年", "half 2023-06-30"},
      {"2023年下半年", "half 2023-12-31"},
      {"2023年6月中旬", "date 2023-06-20"},
      {"2023年6月下旬", "month 2023-06-30"},
      {"二〇二三年十二月底前", "month 2023-12-31"},
      {"二〇二三年六月三十日", "date 2023-06-30"},
      {"2023年1月-6月", "month 2023-06-30"},
      {"2023年1-6月", "month 2023-06-30"},
      {"2023年1月至2024年6月", "month 2024-06-30"},
      {"2023年3月底前，6月底前完成", "month 2023-06-30"},
      {"长期坚持", "long_term"},
      {"持续推进", "long_term"},
      {"常态化推进", "long_term"},
      {"立即", "immediate"},
      {"每月5日前", "recurring"},
      {"每季度末", "recurring"},
      {"", "undated"},
      {"/", "undated"},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(read(text), expected) << text;
}

TEST(Due, AYearThatIsNotWrittenIsNotGuessed) {
  for (const char* text : {"6月底", "6月30日前", "第三季度", "年底前", "上半年", "年内", "今年底", "全年", "12月"}) {
    EXPECT_EQ(read(text), "due_without_year") << text;
  }
  EXPECT_EQ(read("6月底", 2023), "month 2023-06-30");
  EXPECT_EQ(read("第三季度", 2023), "quarter 2023-09-30");
  EXPECT_EQ(read("年底前", 2023), "year 2023-12-31");
  EXPECT_EQ(read("明年6月底前", 2023), "month 2024-06-30");
  EXPECT_EQ(read("2024年6月底", 2023), "month 2024-06-30") << "a year in the text outranks the context";
}

TEST(Due, WhatIsNotUnderstoodIsAskedBack) {
  for (const char* text : {"按上级要求", "春节前", "6月初", "2023年初", "视情况而定", "2023年13月", "12345", "第7季度",
                           "2023年6月底前完成主体结构封顶", "项目完工后三个月内"}) {
    EXPECT_EQ(read(text, 2023), "due_unreadable") << text;
  }
  EXPECT_EQ(read("2023年2月30日"), "date_impossible");
}

TEST(Due, KeepsTheTextAndSurvivesJson) {
  for (const char* text : {"2023年6月底前", "长期坚持", "", "2023年第三季度"}) {
    const Due due = parse_due(text).value();
    EXPECT_EQ(due.text, text);
    EXPECT_EQ(due_from_json(to_json(due)).value(), due);
  }
  EXPECT_TRUE(due_from_json(Json("x")).error().is(errors::task_malformed));
}

TEST(Due, UntypedDuesReadBackTheSame) {
  for (const char* text :
       {"2023年6月底前", "2023年6月30日前", "2023年第三季度", "2023年上半年", "2023年底前", "长期坚持", "立即"}) {
    Due due = parse_due(text).value();
    due.text.clear();
    EXPECT_EQ(due_text(due), text);
  }
}

}   // namespace
}   // namespace gangmu::plan
