// SPDX-License-Identifier: Apache-2.0
// Cells that say what another cell says, or that they say nothing.
#include <gtest/gtest.h>

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

TEST(RegisterRowValues, AsAboveIsTheValueAbove) {
  for (const char* word : {"同上", "〃", "″", "（同上）"}) {
    const std::string w = word;
    const Reading reading = read(
        "序号|行动|任务|牵头单位|责任单位|完成时限|进展情况\n#1|兴水|修渠|水务局|甲县、乙县|2023年6月底|已开工\n#2|" +
        w + "|修坝|" + w + "|" + w + "|" + w + "|" + w + "\n#3|" + w + "|修堤|" + w + "|丙县|2023年底|未开工\n");
    ASSERT_EQ(reading.rows.size(), 3u);
    const Task& second = reading.rows[1].task;
    EXPECT_EQ(second.action, "兴水") << w;
    EXPECT_EQ(second.lead, "水务局") << w;
    EXPECT_EQ(text::join(second.responsible, "、"), "甲县、乙县") << w;
    EXPECT_EQ(second.due.last.text(), "2023-06-30") << w;
    EXPECT_EQ(second.progress, "已开工") << w;
    EXPECT_EQ(reading.rows[2].task.lead, "水务局") << "as above twice";
  }
}

TEST(RegisterRowValues, AsAboveInTheFirstRowSaysNothing) {
  const Reading reading = read("序号|任务|牵头单位|完成时限|进展情况\n#1|修渠|同上|2023年6月底|同上\n");
  EXPECT_EQ(reading.rows[0].task.lead, "");
  EXPECT_EQ(reading.rows[0].task.progress, "");
}

TEST(RegisterRowValues, AsAboveTakesTheLeadOfAListWithoutLeads) {
  const Reading reading =
      read("序号|任务|责任单位|完成时限\n#1|修渠|水务局、财政局|2023年6月底\n#2|修坝|同上|2023年6月底\n");
  EXPECT_EQ(reading.rows[1].task.lead, reading.rows[0].task.lead);
  EXPECT_EQ(reading.rows[1].task.responsible, reading.rows[0].task.responsible);
}

TEST(RegisterRowValues, NoneAndUndecidedAreNoUnits) {
  for (const char* word : {"无", "待定", "暂无", "/", "—"}) {
    const Reading reading = read("序号|任务|牵头单位|责任单位|完成时限\n#1|修渠|" + std::string(word) + "|" + word +
                                 "|2023年6月底\n#2|修坝|水务局|甲县|2023年6月底\n");
    ASSERT_EQ(reading.rows.size(), 2u);
    EXPECT_EQ(reading.rows[0].task.lead, "") << word;
    EXPECT_TRUE(reading.rows[0].task.responsible.empty()) << word;
    bool asked = false;
    for (const Question& question : reading.questions) asked = asked || question.id == "lead:2";
    EXPECT_TRUE(asked) << word;
  }
}

TEST(RegisterRowValues, AStrokeIsNoLatestProgress) {
  const Reading reading = read(
      "序号|任务|牵头单位|完成时限|3月进展|6月进展|9月进展\n#1|修渠|水务局|2023年底|10%|无进展|/\n"
      "#2|修坝|水务局|2023年底|立项|开工|-\n#3|修堤|水务局|2023年底|立项|开工|完工\n");
  ASSERT_EQ(reading.rows.size(), 3u);
  EXPECT_EQ(reading.rows[0].task.progress, "无进展");
  EXPECT_EQ(reading.rows[1].task.progress, "开工");
  EXPECT_EQ(reading.rows[2].task.progress, "完工");
}

TEST(RegisterRowValues, TheDueIsTheTimeByWhichItIsToBeDone) {
  const std::pair<const char*, std::size_t> heads[] = {{"计划开工时间|计划竣工时间|实际竣工时间", 1},
                                                       {"下达时间|办结时间|反馈时间", 1},
                                                       {"时间|开始时间|计划完成", 2},
                                                       {"时间|计划完成|实际完成", 1},
                                                       {"完成时限|实际完成时间|备注1", 0},
                                                       {"交办时间|完成时间|更新时间", 1}};
  for (const auto& [head, at] : heads) {
    const Reading reading =
        read("序号|任务|责任单位|" + std::string(head) + "\n#1|修渠|水务局|@2023-03-01|@2023-06-30|@2023-09-30\n");
    ASSERT_EQ(reading.rows.size(), 1u);
    std::vector<std::size_t> dues;
    for (const ColumnReading& column : reading.columns) {
      if (column.field == TaskField::due) dues.push_back(column.column - 3);
    }
    EXPECT_EQ(dues, std::vector<std::size_t>{at}) << head;
  }
}

}   // namespace
}   // namespace gangmu::plan
