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

TEST(Due, ATelephoneNumberIsNoDay) {
  for (const char* text : {"13600000000", "2023年13600000000日前", "99999999999999999999月底前"})
    EXPECT_FALSE(parse_due(text, 2023)) << text;
}

TEST(Due, WhatIsNotUnderstoodIsAskedBack) {
  for (const char* text : {"按上级要求", "春节前", "6月初", "2023年初", "视情况而定", "2023年13月", "12345", "第7季度",
                           "2023年6月底前完成主体结构封顶", "项目完工后三个月内"}) {
    EXPECT_EQ(read(text, 2023), "due_unreadable") << text;
  }
  EXPECT_EQ(read("2023年2月30日"), "date_impossible");
}

TEST(Due, ARangeIsDueAtItsEndInTheYearThatRunsForward) {
  const std::pair<const char*, const char*> table[] = {
      {"2023.1-12", "month 2023-12-31"},
      {"2023.6—9", "month 2023-09-30"},
      {"2023.6－9", "month 2023-09-30"},
      {"２０２３．６～９", "month 2023-09-30"},
      {"2023.6--9月", "month 2023-09-30"},
      {"2023/6-9", "month 2023-09-30"},
      {"2023-6至9月", "month 2023-09-30"},
      {"2023-1-6月", "month 2023-06-30"},
      {"2023.3至8", "month 2023-08-31"},
      {"2023.11-2", "month 2024-02-29"},
      {"2023.11-2024.2", "month 2024-02-29"},
      {"202311-202402", "month 2024-02-29"},
      {"2023.01 - 2023.12", "month 2023-12-31"},
      {"2023.6.1-15", "date 2023-06-15"},
      {"2023.6.1-9.30", "date 2023-09-30"},
      {"2023-01-01至2023-12-31", "date 2023-12-31"},
      {"2023/1/1-2023/12/31", "date 2023-12-31"},
      {"20230101-20231231", "date 2023-12-31"},
      {"2023年1月1日—2023年12月31日", "date 2023-12-31"},
      {"2023年11月至3月", "month 2024-03-31"},
      {"2023年11月至次年3月", "month 2024-03-31"},
      {"2023年11月-翌年3月底", "month 2024-03-31"},
      {"自2023年11月起至2024年3月底", "month 2024-03-31"},
      {"2023年12月25日至1月5日", "date 2024-01-05"},
      {"2023年12月25日-31日", "date 2023-12-31"},
      {"2023年6月1-15日", "date 2023-06-15"},
      {"2023年6月上旬至7月中旬", "date 2023-07-20"},
      {"2023年1至3季度", "quarter 2023-09-30"},
      {"2023年第一至第三季度", "quarter 2023-09-30"},
      {"2023年第四季度至第一季度", "quarter 2024-03-31"},
      {"2023年下半年至2024年上半年", "half 2024-06-30"},
      {"2023年下半年至上半年", "half 2024-06-30"},
      {"2023-2025年", "year 2025-12-31"},
      {"2023—2025", "year 2025-12-31"},
      {"2023年-2025年", "year 2025-12-31"},
      {"2023-25年", "year 2025-12-31"},
      {"2023年—6月", "due_unreadable"},
      {"即日起至2023年12月31日", "date 2023-12-31"},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(read(text), expected) << text;
  EXPECT_EQ(read("11月至3月", 2023), "month 2024-03-31");
  EXPECT_EQ(read("11月至3月"), "due_without_year");
  EXPECT_EQ(read("11月至次年3月", 2023), "month 2024-03-31");
  EXPECT_EQ(read("12月25日至1月5日", 2023), "date 2024-01-05");
  EXPECT_EQ(read("11月至2024年3月"), "month 2024-03-31") << "the end names its year";
  EXPECT_EQ(read("2023.1至12月", 2025), "month 2023-12-31") << "the text outranks the title";
}

TEST(Due, AListIsDueWithItsLast) {
  const std::pair<const char*, const char*> table[] = {
      {"2023.6、9、12", "month 2023-12-31"},
      {"2023.4、8、11月", "month 2023-11-30"},
      {"2023年3、6、9月", "month 2023-09-30"},
      {"2023年3月、6月、9月底前", "month 2023-09-30"},
      {"2023年一、二季度", "quarter 2023-06-30"},
      {"2023年6月和12月底前", "month 2023-12-31"},
      {"2023年6月/12月", "month 2023-12-31"},
      {"2023年6月1、15日", "date 2023-06-15"},
      {"2023年6月30日前、12月31日前", "date 2023-12-31"},
      {"2023年6月底前\n2023年12月底前", "month 2023-12-31"},
      {"2023年3月启动，6月底前完成", "month 2023-06-30"},
      {"2023年3月开工建设；2024年12月底前竣工验收", "month 2024-12-31"},
      {"2023年6月、2024年3月", "month 2024-03-31"},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(read(text), expected) << text;
  EXPECT_EQ(read("3月启动、6月底前完成", 2023), "month 2023-06-30");
}

TEST(Due, DotsSpacesAndHours) {
  const std::pair<const char*, const char*> table[] = {
      {"2023-06-30 00:00:00", "date 2023-06-30"},
      {"2023/6/30 0:00", "date 2023-06-30"},
      {"2023-06-30T00:00:00", "date 2023-06-30"},
      {"2023-06-30 00:00:00.000", "date 2023-06-30"},
      {"2023/6/30 17:30", "date 2023-06-30"},
      {"2023年6月30日24时前", "date 2023-06-30"},
      {"2023年6月30日下午5点前", "date 2023-06-30"},
      {"2023年6月30日（星期五）前", "date 2023-06-30"},
      {"2023. 6. 30", "date 2023-06-30"},
      {"2023 06 30", "date 2023-06-30"},
      {"2023 年 6 月 30 日", "date 2023-06-30"},
      {"2023.6.30.", "date 2023-06-30"},
      {"2023。6。30", "date 2023-06-30"},
      {"2023·6", "month 2023-06-30"},
      {"2023.6月", "month 2023-06-30"},
      {"2023-6月", "month 2023-06-30"},
      {"2023-6月底", "month 2023-06-30"},
      {"2023.6月30日", "date 2023-06-30"},
      {"2023/06月底前", "month 2023-06-30"},
      {"2023年-6月", "month 2023-06-30"},
      {"2023年6.30前", "date 2023-06-30"},
      {"2023年6月30前", "date 2023-06-30"},
      {"2023年6月30号", "date 2023-06-30"},
      {"2023.6上旬", "date 2023-06-10"},
      {"2023年6月中下旬", "month 2023-06-30"},
      {"2023年元月", "month 2023-01-31"},
      {"二○二三年二月底", "month 2023-02-28"},
      {"2023上半年", "half 2023-06-30"},
      {"2023底前", "year 2023-12-31"},
      {"2023年年底", "year 2023-12-31"},
      {"2023年度内", "year 2023-12-31"},
      {"2023年 第 三 季度", "quarter 2023-09-30"},
      {"最迟不晚于2023年6月底前全面完成", "month 2023-06-30"},
      {"（2023年6月底前）", "month 2023-06-30"},
      {"截至2023年6月底", "month 2023-06-30"},
      {"截止到2023年6月30日", "date 2023-06-30"},
      {"长　期", "long_term"},
      {"全年持续推进", "long_term"},
      {"进一步持续推进", "long_term"},
      {"每两周一次", "recurring"},
      {"逐月推进", "recurring"},
      {"每年6月、12月底前", "recurring"},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(read(text), expected) << text;
  EXPECT_EQ(read("2023-6月", 2025), "month 2023-06-30") << "a year in the text outranks that of the title";
  EXPECT_EQ(read("6.30", 2023), "date 2023-06-30");
  EXPECT_EQ(read("6/30前"), "due_without_year");
}

TEST(Due, WhatMayMeanTwoThingsIsAskedBack) {
  for (const char* text : {"十年",
                           "10年内",
                           "10年",
                           "三年内",
                           "两年",
                           "25年",
                           "25年内",
                           "三个月内",
                           "3月内",
                           "30日内",
                           "2024年前",
                           "2024年以前",
                           "2023年6月至今",
                           "2023年6月起",
                           "6月底前开工",
                           "2023年6月左右",
                           "2023年6月前后",
                           "2023年中",
                           "2023年6-9-12",
                           "2023.6-30",
                           "6-9",
                           "9月、6月",
                           "2024年6月、2023年12月",
                           "2024年6月至2023年12月",
                           "6月25日至5日",
                           "23.6.30",
                           "2023-",
                           "2023年6月-",
                           "每月调度，2023年底前完成",
                           "2023年12月底前，每月5日报送",
                           "长期坚持，2023年底前见成效",
                           "持续三年",
                           "2023年6月底前（市要求9月）",
                           "6月底前完成50%，12月底前完成100%",
                           "1-2年",
                           "2023.6/9月底.5",
                           "农历腊月前",
                           "2023年5个月内",
                           "30/6/2023"}) {
    EXPECT_EQ(read(text, 2023), "due_unreadable") << text;
  }
}

TEST(Due, TimesWithinATextAreOffered) {
  const auto offered = [](const char* text, std::optional<int> year = std::nullopt) {
    std::string out;
    for (const std::string& one : dues_within(text, year)) out += (out.empty() ? "" : "|") + one;
    return out;
  };
  EXPECT_EQ(offered("2025"), "2025年底前");
  EXPECT_EQ(offered("2024年前"), "2024年底前");
  EXPECT_EQ(offered("25年内"), "2025年底前");
  EXPECT_EQ(offered("2023年6月至今"), "2023年6月底前");
  EXPECT_EQ(offered("3月内", 2023), "2023年3月底前");
  EXPECT_EQ(offered("3月内"), "");
  EXPECT_EQ(offered("9月、6月", 2023), "2023年9月底前|2023年6月底前");
  EXPECT_EQ(offered("2023年6月底前完成主体结构封顶"), "2023年6月底前");
  for (const char* nothing : {"10年内", "2023年初", "春节前", "按上级要求", "12345", "2023年2月30日"})
    EXPECT_EQ(offered(nothing), "") << nothing;
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
