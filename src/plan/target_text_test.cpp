// SPDX-License-Identifier: Apache-2.0
#include "plan/target_text.hpp"

#include <gtest/gtest.h>

namespace gangmu::plan {
namespace {

/// "≥100亿元@2023; =3家@2023", or what is missing.
std::string read(const char* text, const char* due = "2023年底前") {
  const TargetText targets = read_targets(text, parse_due(due).value());
  if (targets.kind != TextKind::target) return std::string(missing_zh(targets.kind));
  std::string out;
  for (const Target& t : targets.targets) {
    out += (out.empty() ? "" : "; ") + std::string(comparison_sign(t.comparison)) + t.value.text() + t.unit + "@" +
           t.period;
  }
  return out;
}

TEST(TargetText, NeedsValueUnitAndPeriod) {
  const std::tuple<const char*, const char*, const char*> table[] = {
      {"完成投资≥100亿元", "2023年底前", "≥100亿元@2023"},
      {"完成投资不少于100亿元", "2023年底前", "≥100亿元@2023"},
      {"新增规上企业12家以上", "2023年6月底前", "≥12家@202306"},
      {"建成碧道１００公里", "2023年底前", "=100公里@2023"},
      {"工业增加值增长8.5%以上", "2023年第三季度", "≥8.5%@2023Q3"},
      {"产值突破1,200亿元", "2023年底前", ">1200亿元@2023"},
      {"能耗控制在0.3万吨以内", "2023年底前", "≤0.3万吨@2023"},
      {"到2025年，建成30个典型村", "长期坚持", "=30个@2025"},
      {"2023年6月底前完成5个，2023年底前完成12个", "长期坚持", "=5个@202306; =12个@2023"},
      {"引进10亿元以上项目3个", "2023年底前", "=3个@2023"},
      {"培育百亿元级产业集群", "2023年底前", "原文未明确数量"},
      {"培育产值100亿元产业集群2个", "2023年底前", "=2个@2023"},
      {"进入全省前3名", "2023年底前", "原文未明确数量"},
      {"完善1+7+N政策体系", "2023年底前", "原文未明确数量"},
      {"公布第3批名单", "2023年底前", "原文未明确数量"},
      {"引进项目10-20个", "2023年底前", "原文未明确数量"},
      {"创建5A级景区", "2023年底前", "原文未明确数量"},
      {"进一步提升镇街面貌", "2023年底前", "原文未明确数量"},
      {"新增规上企业12家", "长期坚持", "原文未明确时限"},
      {"", "2023年底前", "原文未明确数量"},
  };
  for (const auto& [text, due, expected] : table) EXPECT_EQ(read(text, due), expected) << text;
}

TEST(TargetText, AGoalIsWhereItEnds) {
  const std::pair<const char*, const char*> table[] = {
      {"覆盖率从60%提升到80%", "≥80%@2023"},
      {"覆盖率从60%左右提升到80%以上", "≥80%@2023"},
      {"覆盖率由目前的60%提高至80%", "≥80%@2023"},
      {"覆盖率从2022年的60%提高到2023年的80%", "≥80%@2023"},
      {"普及率55%→75%", "≥75%@2023"},
      {"普及率55%->75%", "≥75%@2023"},
      {"龙头企业由2家增至5家", "≥5家@2023"},
      {"规上企业从20家发展到30家", "≥30家@2023"},
      {"从20家到30家", "≥30家@2023"},
      {"办理时间由10件压减到3件", "≤3件@2023"},
      {"空置率12%降至8%", "≤8%@2023"},
      {"满意度提升至95%", "≥95%@2023"},
      {"收入增至300万元", "≥300万元@2023"},
      {"从业人员达到300人", "≥300人@2023"},
      {"由县财政安排50万元支持3个村", "=50万元@2023; =3个@2023"},
      {"产值增加20亿元，达到100亿元", "=20亿元@2023; ≥100亿元@2023"},
      {"建成项目——3个", "=3个@2023"},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(read(text), expected) << text;
}

TEST(TargetText, ARangeIsNoSingleGoal) {
  for (const char* text : {"建成2-3个", "建成2—3个", "建成2–3个", "建成2－3个", "建成2～3个", "建成2至3个",
                           "建成2到3个", "建成2、3个", "建成2个至3个", "增长5%—8%", "增长5%～8%", "增长5-8%",
                           "增长8%左右至10%", "投资10亿元-20亿元", "增长5%±1%", "每村2——3个"}) {
    EXPECT_EQ(read(text), "原文未明确数量") << text;
  }
}

TEST(TargetText, HowLongHowOftenAndWhatWasBeforeAreNoGoals) {
  const std::pair<const char*, const char*> table[] = {
      {"3个月内完成整改", "原文未明确数量"},
      {"5个工作日内办结", "原文未明确数量"},
      {"每2个月调度1次", "原文未明确数量"},
      {"每月召开1次调度会", "原文未明确数量"},
      {"较2022年的10亿元增长5%", "=5%@2023"},
      {"比去年的10亿元增长5%以上", "≥5%@2023"},
      {"在去年50家的基础上新增10家", "=10家@2023"},
      {"原有5个，新增3个", "=3个@2023"},
      {"改造现有5个", "=5个@2023"},
      {"60%提到80%", "≥80%@2023"},
      {"超过6个月未开工的清零", "原文未明确数量"},
      {"3-5个（含2个新建）", "原文未明确数量"},
      {"一季度20%，二季度50%，三季度80%，四季度100%", "=20%@2023Q1; =50%@2023Q2; =80%@2023Q3; =100%@2023Q4"},
      {"上半年完成5个，全年完成12个", "=5个@2023H1; =12个@2023"},
      {"举办活动12次", "=12次@2023"},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(read(text), expected) << text;
}

TEST(TargetText, SurvivesJson) {
  const TargetText targets = read_targets("完成投资不少于100.5亿元，新增企业3家", parse_due("2023年底前").value());
  ASSERT_EQ(targets.targets.size(), 2u);
  EXPECT_EQ(targets.targets[0].text, "完成投资不少于100.5亿元");
  for (const Target& target : targets.targets) EXPECT_EQ(target_from_json(to_json(target)).value(), target);
}

}   // namespace
}   // namespace gangmu::plan
