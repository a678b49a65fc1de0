// SPDX-License-Identifier: Apache-2.0
// Titles and headings as offices write them, and the year of the months below them.
#include "plan/due_year.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace gangmu::plan {
namespace {

/// "2023", "2023-10" for a span that begins in October, "2023?" when told aside, "2023|2024|2025" when left open.
std::string told(const NamedYear& named) {
  std::string out;
  if (named.since) {
    out = std::to_string(named.since->year);
    if (named.since->month != 1) out += "-" + std::to_string(named.since->month);
    return out + (named.told == YearTold::aside ? "?" : "");
  }
  for (const int year : named.others) out += (out.empty() ? "" : "|") + std::to_string(year);
  return out;
}

TEST(DueYear, ATitleNamesTheYear) {
  const std::pair<const char*, const char*> titles[] = {{"示例市2023年重点任务台账", "2023"},
                                                        {"示例市２０２３年度重点任务", "2023"},
                                                        {"二〇二三年重点工作任务分解表", "2023"},
                                                        {"示例市 2023 年重点任务", "2023"},
                                                        {"附件3 2023年重点任务分解表", "2023"},
                                                        {"贯彻落实2022年会议精神2023年任务", "2023"},
                                                        {"2023年贯彻落实2022年审计意见整改台账", "2023"},
                                                        {"2023年重点任务台账（根据2022年审计意见）", "2023"},
                                                        {"贯彻落实《2022年工作要点》2023年任务清单", "2023"},
                                                        {"落实2035年远景目标2023年重点任务", "2023"},
                                                        {"2022年工作总结和2023年工作计划", "2023"},
                                                        {"2022年结转项目2023年推进计划", "2023"},
                                                        {"示例市2023年重点任务台账 填报时间：2024年1月5日", "2023"},
                                                        {"示例市2023年重点任务台账 填报时间：2024年1月", "2023"},
                                                        {"示例市2023年重点任务台账（2024年1月更新）", "2023"},
                                                        {"示例市2023年重点任务台账（截至2024年1月31日）", "2023"},
                                                        {"2024年1月更新 示例市2023年任务", "2023"},
                                                        {"示例市2023年6月重点工作台账", "2023"},
                                                        {"2023年1月至12月重点工作", "2023"},
                                                        {"2023年1-6月重点工作", "2023"},
                                                        {"2021—2025年规划2023年任务", "2023"},
                                                        {"重点任务台账（2023年）", "2023?"},
                                                        {"重点任务台账 填报日期：2023年6月16日", "2023?"},
                                                        {"2023年度落实情况及2024年计划", "2024"},
                                                        {"关于印发示例市2023年重点任务的通知", "2023"},
                                                        {"2023年第12周工作台账", "2023"},
                                                        {"2023年第3期", "2023"},
                                                        {"附件32023年重点任务", "2023"},
                                                        {"示例市2023年上半年工作台账", "2023"},
                                                        {"三年行动计划（2023—2025年）2023年度任务", "2023"},
                                                        {"谋划2024年项目2023年任务", "2023"},
                                                        {"落实2023年政府工作报告重点任务分工", "2023?"},
                                                        {"截至2023年底完成情况", "2023?"},
                                                        {"2022-2023学年重点任务", "2022|2023"},
                                                        {"示府办〔2022〕15号", ""},
                                                        {"示例市重点任务台账", ""},
                                                        {"20230616导出", ""},
                                                        {"共2023项", ""}};
  for (const auto& [title, year] : titles) EXPECT_EQ(told(year_named(title)), year) << title;
}

TEST(DueYear, ATitleMaySpanTwoYears) {
  const std::pair<const char*, const char*> titles[] = {{"2023年10月至2024年3月重点任务", "2023-10"},
                                                        {"2023年10月—2024年3月重点任务", "2023-10"},
                                                        {"2023年10月至次年3月重点任务", "2023-10"},
                                                        {"2023年11月至3月攻坚任务", "2023-11"},
                                                        {"2023.10-2024.3重点任务", "2023-10"},
                                                        {"2023年10月8日至2024年3月31日攻坚任务", "2023-10"},
                                                        {"2023年第四季度至2024年第一季度任务", "2023-10"},
                                                        {"2023年下半年至2024年上半年任务", "2023-7"},
                                                        {"2023年1月至2024年6月任务", "2023|2024"},
                                                        {"2023—2025年行动方案任务", "2023|2024|2025"},
                                                        {"2023-2024年任务", "2023|2024"},
                                                        {"2023年至2025年任务", "2023|2024|2025"}};
  for (const auto& [title, year] : titles) EXPECT_EQ(told(year_named(title)), year) << title;
}

TEST(DueYear, InAHeadingBracketsCount) {
  EXPECT_EQ(told(year_named("二、续建项目（2024年）", true)), "2024");
  EXPECT_EQ(told(year_named("完成时限（2024年）", true)), "2024");
  EXPECT_EQ(told(year_named("三、落实《示例市2024年方案》", true)), "2024?");
  EXPECT_EQ(told(year_named("三、2024年前完成的任务", true)), "2024?");
  EXPECT_EQ(told(year_named("三、2024年底前完成的任务", true)), "2024");
  EXPECT_EQ(told(year_named("三、到2025年完成的任务", true)), "2025?");
  for (const char* heading :
       {"三、谋划2024年项目", "三、2024年项目前期工作", "三、编制2024年预算", "三、2024年度预算编制",
        "三、2024年项目储备", "附件2：工程清单（2024年1月）", "三、2024年以前遗留问题"})
    EXPECT_EQ(told(year_named(heading, true)), "2024?") << heading;
  for (const char* heading :
       {"三、2024年前三季度任务", "三、续建项目（2024年一季度）", "三、2024年新开工项目", "三、2024年及以后任务",
        "三、2024年起实施的任务", "三、（2024年）续建", "三、补短板（2024年6月底前完成）"})
    EXPECT_EQ(told(year_named(heading, true)), "2024") << heading;
  EXPECT_EQ(told(year_named("二、“十四五”（2021—2025年）重点项目", true)), "2021|2022|2023|2024|2025");
}

}   // namespace
}   // namespace gangmu::plan
