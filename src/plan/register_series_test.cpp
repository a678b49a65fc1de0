// SPDX-License-Identifier: Apache-2.0
// Layouts of offices that spread one thing over several columns.
#include "plan/register_series.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "plan/task_register.hpp"
#include "plan/test_ledger.hpp"

namespace gangmu::plan {
namespace {

using testing::grid_of;

Reading read(const Grid& grid, const Answers& answers = {}) {
  auto reading = read_register(grid, {.year = 2023}, answers);
  if (!reading) {
    ADD_FAILURE() << reading.error().text(Language::en);
    return {};
  }
  return *std::move(reading);
}

/// "series:D=due mark:√=responsible": what is asked, with the default.
std::string asked(const Reading& reading) {
  std::vector<std::string> ids;
  for (const Question& q : reading.questions) ids.push_back(q.id + "=" + q.default_value);
  return text::join(ids, " ");
}
std::string dues(const Reading& reading) {
  std::vector<std::string> out;
  for (const RowReading& row : reading.rows)
    out.push_back(row.task.due.dated() ? row.task.due.last.text() : std::string(due_kind_name(row.task.due.kind)));
  return text::join(out, " ");
}
std::string units(const Task& task) {
  return task.lead + "|" + text::join(task.responsible, "、") + "|" + text::join(task.cooperating, "、");
}

TEST(RegisterSeries, MonthsWithMarksAreDueAtTheLastMonthMarked) {
  const Grid grid = grid_of(
      "示例市2024年重点任务推进表|<|<|<|<|<|<|<\n"
      "序号|任务|牵头单位|推进安排|<|<|<|备注\n"
      "^|^|^|1月|2月|3月|4月|^\n"
      "#1|修路|甲局|√|√|||\n"
      "#2|架桥|乙局||√|√|√|\n"
      "#3|种树|丙局|√|×|×|—|\n"
      "#4|刷墙|丁局|||||\n");
  const Reading reading = read(grid);
  EXPECT_EQ(asked(reading), "series:D=due year=2024");
  EXPECT_EQ(dues(reading), "2024-02-29 2024-04-30 2024-01-31 undated");
  EXPECT_EQ(reading.rows[0].task.extra.at("推进安排/1月"), "√") << "kept as typed";
  EXPECT_EQ(dues(read(grid, {{"series:D", "none"}})), "undated undated undated undated");
  EXPECT_EQ(dues(read(grid, {{"year", "2025"}})), "2025-02-28 2025-04-30 2025-01-31 undated");
}

TEST(RegisterSeries, MonthsQuartersAndNumbersAsHeads) {
  EXPECT_EQ(
      dues(read(grid_of("序号|任务|牵头单位|2023年10月|2023年11月|2024年1月\n#1|修路|甲局|●|●|\n#2|架桥|甲局|||●\n"))),
      "2023-11-30 2024-01-31");
  EXPECT_EQ(
      dues(read(grid_of("序号|任务|牵头单位|一季度|二季度|三季度|四季度\n#1|修路|甲局|√|√|||\n#2|架桥|甲局|||√|√\n"))),
      "2023-06-30 2023-12-31");
  EXPECT_EQ(
      dues(read(grid_of("序号|任务|牵头单位|计划（月）|<|<\n^|^|^|#1|#2|#3\n#1|修路|甲局|√|√|\n#2|架桥|甲局|||√\n"))),
      "2023-02-28 2023-03-31");
  EXPECT_EQ(dues(read(grid_of(
                "序号|任务|牵头单位|2023年|<|2024年\n^|^|^|11月|12月|1月\n#1|修路|甲局|√|√|\n#2|架桥|甲局|√||√\n"))),
            "2023-12-31 2024-01-31");
}

TEST(RegisterSeries, MilestonesByMonthAreDueAtTheLast) {
  const Grid grid = grid_of(
      "序号|任务|牵头单位|进度安排|<|<\n^|^|^|3月|6月|9月\n#1|修路|甲局|完成立项|完成招标|开工\n#2|架桥|甲局|完成设计||"
      "\n");
  const Reading reading = read(grid);
  EXPECT_EQ(asked(reading), "series:D=due year=2023");
  EXPECT_EQ(dues(reading), "2023-09-30 2023-03-31");
  EXPECT_EQ(reading.rows[0].task.extra.at("进度安排/6月"), "完成招标");
}

TEST(RegisterSeries, BesideAColumnForDuesMonthsAreKept) {
  const Reading reading = read(grid_of("序号|任务|牵头单位|完成时限|1月|2月|3月\n#1|修路|甲局|2023年底前|√|√|\n"));
  EXPECT_EQ(asked(reading), "series:E=none");
  EXPECT_EQ(dues(reading), "2023-12-31");
  EXPECT_EQ(reading.rows[0].task.extra.at("2月"), "√");
}

TEST(RegisterSeries, TheLatestProgressOfARowCounts) {
  const Grid grid = grid_of(
      "序号|任务|牵头单位|完成时限|进展情况|<|<|备注\n"
      "^|^|^|^|第1周|第2周|第3周|^\n"
      "#1|修路|甲局|2023年底前|完成立项|完成招标|已开工|\n"
      "#2|架桥|甲局|2023年底前|完成设计|||\n"
      "#3|种树|甲局|2023年底前||||\n");
  const Reading reading = read(grid);
  EXPECT_EQ(asked(reading), "series:E=progress");
  EXPECT_EQ(reading.rows[0].task.progress, "已开工");
  EXPECT_EQ(reading.rows[1].task.progress, "完成设计") << "nothing new since week 1";
  EXPECT_EQ(reading.rows[2].task.progress, "");
  EXPECT_EQ(reading.rows[0].task.extra.at("进展情况/第1周"), "完成立项");
  EXPECT_EQ(reading.columns[6].field, TaskField::progress) << "new progress is written under the latest week";

  Task moved = reading.rows[1].task;
  const auto written = [&](std::size_t column) {
    const Worksheet sheet = register_sheet({moved}, reading.layout).value();
    const auto* text = std::get_if<std::string>(&sheet.rows[2].cells[column].value);
    return text == nullptr ? "" : *text;
  };
  EXPECT_EQ(written(4), "完成设计");
  EXPECT_EQ(written(6), "");
  moved.progress = "已开工";
  EXPECT_EQ(written(4), "完成设计");
  EXPECT_EQ(written(6), "已开工");
}

TEST(RegisterSeries, ProgressByWeekMonthOrDate) {
  for (const char* head : {"第一周进展|第二周进展|第三周进展", "上周进展情况|本周进展情况", "6月第1周|6月第2周",
                           "6月5日—6月11日|6月12日—6月18日", "1月进展|2月进展|3月进展",
                           "截至6月底进展情况|截至7月底进展情况", "一季度完成情况|二季度完成情况"}) {
    const std::string width = std::string(text::split(head, '|').size() == 3 ? "完成立项|已开工|" : "完成立项|已开工");
    const Reading reading =
        read(grid_of("序号|任务|牵头单位|完成时限|" + std::string(head) + "\n#1|修路|甲局|2023年底前|" + width + "\n"));
    EXPECT_EQ(asked(reading), "series:E=progress") << head;
    EXPECT_EQ(reading.rows[0].task.progress, "已开工") << head;
    EXPECT_EQ(dues(reading), "2023-12-31") << head;
  }
  const Reading own = read(grid_of("序号|任务|牵头单位|最新进展|1月进展|2月进展\n#1|修路|甲局|已完工|立项|开工\n"));
  EXPECT_EQ(own.rows[0].task.progress, "已完工") << "a column of its own outranks the months";
  EXPECT_EQ(own.rows[0].task.extra.at("2月进展"), "开工");
}

TEST(RegisterSeries, TheLatestPercentageCounts) {
  const Reading reading = read(
      grid_of("序号|任务|牵头单位|完成率|<|<\n^|^|^|1月|2月|3月\n#1|修路|甲局|%0.2|%0.5|\n#2|架桥|甲局|%0.1||%0.9\n"));
  EXPECT_EQ(asked(reading), "series:D=percent");
  EXPECT_EQ(reading.rows[0].task.percent, Decimal(50, 0));
  EXPECT_EQ(reading.rows[1].task.percent, Decimal(90, 0));
}

TEST(RegisterSeries, ColumnsOfTownsWithMarks) {
  const Grid grid = grid_of(
      "序号|任务|牵头单位|甲01镇|甲02镇|城东街道|完成时限\n"
      "#1|修路|甲局|√|○||2023年底前\n"
      "#2|架桥|甲局||√|√|2023年底前\n"
      "#3|种树|甲局|×|—|○|2023年底前\n");
  const Reading reading = read(grid);
  EXPECT_EQ(asked(reading), "mark:√=responsible mark:○=cooperating");
  EXPECT_EQ(units(reading.rows[0].task), "甲局|甲01镇|甲02镇");
  EXPECT_EQ(units(reading.rows[1].task), "甲局|甲02镇、城东街道|");
  EXPECT_EQ(units(reading.rows[2].task), "甲局||城东街道");
  EXPECT_EQ(reading.rows[0].task.extra.at("甲01镇"), "√");
  const Reading answered = read(grid, {{"mark:○", "none"}});
  EXPECT_EQ(units(answered.rows[0].task), "甲局|甲01镇|");
}

TEST(RegisterSeries, ALegendOrAHeadSaysWhatAMarkMeans) {
  const Reading legend =
      read(grid_of("序号|任务|完成时限|市水利局|市住建局|甲县\n#1|修路|2023年底前|★|●|"
                   "○\n注：★为牵头单位，●为责任单位，○为配合单位|||||\n"));
  EXPECT_EQ(asked(legend), "mark:○=cooperating mark:●=responsible mark:★=lead");
  EXPECT_EQ(units(legend.rows[0].task), "市水利局|市住建局|甲县");
  const Reading words = read(grid_of("序号|任务|完成时限|市水利局|市住建局|甲县\n#1|修路|2023年底前|牵头|配合|责任\n"));
  EXPECT_EQ(asked(words), "");
  EXPECT_EQ(units(words.rows[0].task), "市水利局|甲县|市住建局");
  const Reading head =
      read(grid_of("序号|任务|牵头单位|完成时限|配合镇街|<\n^|^|^|^|甲01镇|甲02镇\n#1|修路|甲局|2023年底前|√|√\n"));
  EXPECT_EQ(units(head.rows[0].task), "甲局||甲01镇、甲02镇");
}

TEST(RegisterSeries, AListOfRectificationIsReadByItsProblems) {
  const Grid grid = grid_of(
      "示例市2024年督查整改清单|<|<|<|<|<|<|<\n"
      "序号|问题|整改措施|责任单位|整改时限|完成情况|销号情况|整改责任人\n"
      "#1|道路破损|修补路面|市交通局、甲县|2024年6月底前|已修补3公里|已销号|赵甲\n"
      "#2|路灯不亮|更换灯具|市城管局|2024年9月30日|正在更换|未销号|钱乙\n"
      "#3|河道淤塞|清淤|市水利局|立行立改|已清完|申请销号|孙丙\n");
  const Reading reading = read(grid, {{"lead_column", "none"}});
  EXPECT_EQ(asked(reading), "lead_column=first");
  const Task& first = reading.rows[0].task;
  EXPECT_EQ(first.title, "道路破损");
  EXPECT_EQ(first.measure, "修补路面");
  EXPECT_EQ(first.progress, "已修补3公里");
  EXPECT_EQ(first.state, TaskState::closed) << "已销号 does not wait";
  EXPECT_EQ(reading.rows[1].task.state, TaskState::open);
  EXPECT_EQ(reading.rows[2].task.state, TaskState::done_waiting);
  EXPECT_EQ(dues(reading), "2024-06-30 2024-09-30 immediate");
  EXPECT_EQ((to_json(reading).canonical() + reading.layout.canonical()).find("赵甲"), std::string::npos);
}

TEST(RegisterSeries, StatesOfARectification) {
  const auto state = [](const char* head, const char* cell) {
    const Reading reading = read(grid_of("序号|存在问题|整改措施|责任单位|整改期限|" + std::string(head) +
                                         "\n#1|路破|修路|甲局|2024年底前|" + std::string(cell) + "\n"));
    return std::string(task_state_name(reading.rows[0].task.state)) + " " + reading.rows[0].task.progress;
  };
  EXPECT_EQ(state("销号情况", "已销号"), "closed ");
  EXPECT_EQ(state("销号情况", "已销号（6月30日）"), "closed ");
  EXPECT_EQ(state("销号时间", "@2024-06-30"), "closed ");
  EXPECT_EQ(state("是否销号", "√"), "closed ");
  EXPECT_EQ(state("整改情况", "已销号"), "closed ");
  EXPECT_EQ(state("完成情况", "已整改"), "done_waiting ");
  EXPECT_EQ(state("完成情况", "整改中"), "open ");
  EXPECT_EQ(state("完成情况", "已完成清理，待验收"), "open 已完成清理，待验收");
  EXPECT_EQ(state("完成（销号）情况", "已清理完毕，已销号"), "closed 已清理完毕，已销号");
  EXPECT_EQ(state("完成情况及销号情况", "已清理完毕，未销号"), "open 已清理完毕，未销号");
  EXPECT_EQ(state("整改状态", "已完成整改"), "done_waiting ");
}

TEST(RegisterSeries, AListOfProblemsWithoutMeasuresIsALedger) {
  const Reading reading =
      read(grid_of("序号|问题类别|反馈问题|责任单位|整改时限|是否销号\n#1|交通|路破|甲局|2024年底前|否\n"));
  EXPECT_EQ(reading.rows[0].task.title, "路破");
  EXPECT_EQ(reading.rows[0].task.action, "交通");
  const Reading ordinary = read(grid_of("序号|任务|存在问题|责任单位|完成时限\n#1|修路|缺钱|甲局|2024年底前\n"));
  EXPECT_EQ(ordinary.rows[0].task.title, "修路");
  EXPECT_EQ(ordinary.rows[0].task.extra.at("存在问题"), "缺钱");
}

/// "E=progress F=none": fields of the columns behind the due, by letter.
std::string fields(const Reading& reading) {
  std::string out;
  for (const ColumnReading& column : reading.columns) {
    if (column.column < 4) continue;
    out += (out.empty() ? "" : " ") + column_letters(column.column) + "=" + std::string(task_field_name(column.field));
  }
  return out;
}

TEST(RegisterSeries, ThePlanOfTheNextPeriodIsNoProgress) {
  for (const char* heads :
       {"本周进展|下周计划", "6月工作进展|7月工作计划", "上半年完成情况|下半年工作计划", "本月完成情况|下月工作打算",
        "本季度进展|下季度计划", "上周完成情况|本周工作安排", "本周工作完成情况|下周工作", "截至6月底进展情况|7月计划",
        "第23周进展|第24周计划", "6月进展|7月计划完成事项", "一季度完成情况|二季度目标"}) {
    const Reading reading = read(grid_of("序号|任务|牵头单位|完成时限|" + std::string(heads) +
                                         "\n#1|修路|甲局|2023年底前|已开工|铺设路面\n#2|架桥|甲局|2023年底前||下桩\n"));
    EXPECT_EQ(fields(reading), "E=progress F=none") << heads;
    EXPECT_EQ(reading.rows[0].task.progress, "已开工") << heads;
    EXPECT_EQ(reading.rows[1].task.progress, "") << heads;
    EXPECT_EQ(reading.rows[0].task.extra.at(text::split(heads, '|')[1]), "铺设路面") << heads;
  }
}

TEST(RegisterSeries, PlanAndProgressInTurns) {
  const Reading reading = read(grid_of(
      "序号|任务|牵头单位|完成时限|5月计划|5月完成情况|6月计划|6月完成情况|7月计划\n"
      "#1|修路|甲局|2023年底前|立项|已立项|招标|已招标|开工\n#2|架桥|甲局|2023年底前|设计|已设计|招标||招标\n"));
  EXPECT_EQ(reading.rows[0].task.progress, "已招标");
  EXPECT_EQ(reading.rows[1].task.progress, "已设计");
  EXPECT_EQ(dues(reading), "2023-12-31 2023-12-31");
  const Reading without_due =
      read(grid_of("序号|任务|牵头单位|责任单位|一季度计划|一季度完成|二季度计划|二季度完成\n#1|修路|甲局|乙局|立项|"
                   "已立项|招标|\n"));
  EXPECT_EQ(without_due.rows[0].task.progress, "已立项");
}

TEST(RegisterSeries, AScheduleIsNoProgress) {
  for (const char* head : {"进度安排", "工作进度计划", "推进计划及进度安排", "序时进度", "计划进度", "工作进度安排"}) {
    const Reading reading = read(grid_of("序号|任务|牵头单位|完成时限|" + std::string(head) +
                                         "\n#1|修路|甲局|2023年底前|6月底前完成立项，年底完工\n"));
    EXPECT_EQ(fields(reading), "E=none") << head;
    EXPECT_EQ(reading.rows[0].task.progress, "") << head;
  }
  const Reading day = read(grid_of("序号|任务|牵头单位|责任单位|进度安排\n#1|修路|甲局|乙局|2023年6月底\n"));
  EXPECT_EQ(fields(day), "E=due") << "the only days there are";
  for (const char* head : {"计划完成情况", "计划执行进展", "工作进度", "目标完成情况", "年度计划落实情况"})
    EXPECT_EQ(fields(read(grid_of("序号|任务|牵头单位|完成时限|" + std::string(head) +
                                  "\n#1|修路|甲局|2023年底前|已开工\n#2|架桥|甲局|2023年底前|设计中\n"))),
              "E=progress")
        << head;
  EXPECT_EQ(fields(read(grid_of("序号|任务|牵头单位|完成时限|计划完成率\n#1|修路|甲局|2023年底前|%0.5\n"))),
            "E=percent");
}

TEST(RegisterSeries, TheNewestMayStandFirst) {
  const std::pair<const char*, const char*> heads[] = {{"3月进展|2月进展|1月进展", "一 二"},
                                                       {"本月进展|上月进展|前月进展", "一 二"},
                                                       {"第3周进展|第2周进展|第1周进展", "一 二"},
                                                       {"三季度完成情况|二季度完成情况|一季度完成情况", "一 二"},
                                                       {"6月30日进展|6月23日进展|6月16日进展", "一 二"},
                                                       {"1月进展|2月进展|3月进展", "二 三"},
                                                       {"11月进展|12月进展|1月进展", "二 三"},
                                                       {"6月第2周|6月第1周|5月第4周", "一 二"}};
  for (const auto& [head, wanted] : heads) {
    const Reading reading = read(grid_of("序号|任务|牵头单位|完成时限|" + std::string(head) +
                                         "\n#1|修路|甲局|2023年底前|一|二|\n#2|架桥|甲局|2023年底前||二|三\n"));
    EXPECT_EQ(reading.rows[0].task.progress + " " + reading.rows[1].task.progress, wanted) << head;
  }
  for (const char* head : {"12月进展|1月进展", "四季度进展|一季度进展", "下半年进展|上半年进展", "上周进展|本周进展"}) {
    const Reading reading =
        read(grid_of("序号|任务|牵头单位|完成时限|" + std::string(head) + "\n#1|修路|甲局|2023年底前|一|二\n"));
    EXPECT_EQ(reading.rows[0].task.progress, "二") << head;
  }
}

TEST(RegisterSeries, BarsMergedOverMonthsEndWithTheirLast) {
  EXPECT_EQ(dues(read(grid_of("序号|任务|牵头单位|1月|2月|3月|4月\n#1|修路|甲局|√|<||\n#2|架桥|甲局||施工|<|<\n"))),
            "2023-02-28 2023-04-30");
}

TEST(RegisterSeries, PlansAloneStayASeries) {
  EXPECT_EQ(dues(read(grid_of(
                "序号|任务|牵头单位|责任单位|一季度计划|二季度计划|三季度计划\n#1|修路|甲局|乙局|立项|开工|\n"))),
            "2023-06-30");
}

TEST(RegisterSeries, AmountsAreNoPercentages) {
  const Reading money =
      read(grid_of("序号|任务|牵头单位|完成时限|各月完成投资（万元）|<|<\n^|^|^|^|1月|2月|3月\n#1|修路|甲局|2023年底前|"
                   "#20|#45|#88\n"));
  EXPECT_FALSE(money.rows[0].task.percent.has_value());
  EXPECT_EQ(money.rows[0].task.extra.at("各月完成投资/3月"), "88");
  const Reading many = read(grid_of("序号|任务|牵头单位|完成时限|1月|2月|3月\n#1|修路|甲局|2023年底前|#20|#45|#188\n"));
  EXPECT_FALSE(many.rows[0].task.percent.has_value()) << "above a hundred";
  const Reading rate = read(grid_of(
      "序号|任务|牵头单位|完成时限|投资完成率|<|<\n^|^|^|^|1月|2月|3月\n#1|修路|甲局|2023年底前|#20|#45|#88\n"));
  EXPECT_EQ(rate.rows[0].task.percent, Decimal(88, 0));
}

TEST(RegisterSeries, ALegendMayNameThePartBeforeItsMark) {
  for (const char* legend : {"牵头单位●，配合单位○", "●牵头单位，○配合单位", "注：●为牵头单位，○为配合单位",
                             "牵头单位用●表示，配合单位用○表示", "● 牵头单位  ○ 配合单位",
                             "图例：牵头单位（●）、配合单位（○）", "标●的为牵头单位，标○的为配合单位"}) {
    const Reading reading =
        read(grid_of("序号|任务|完成时限|市水利局|市住建局|甲县\n#1|修路|2023年底前|●|○|\n#2|架桥|"
                     "2023年底前|○|●|○\n" +
                     std::string(legend) + "|<|<|<|<|<\n"));
    EXPECT_EQ(units(reading.rows[0].task), "市水利局||市住建局") << legend;
    EXPECT_EQ(units(reading.rows[1].task), "市住建局||市水利局、甲县") << legend;
  }
}

TEST(RegisterSeries, TheTargetIsThatOfTheYear) {
  for (const char* heads : {"上半年目标|全年目标", "全年目标|上半年目标", "阶段性目标|年度总体目标"}) {
    const Reading reading = read(
        grid_of("序号|任务|牵头单位|完成时限|" + std::string(heads) + "\n#1|修路|甲局|2023年底前|40公里|100公里\n"));
    const bool first = std::string_view(heads).starts_with("全年");
    EXPECT_EQ(reading.rows[0].task.target_text, first ? "40公里" : "100公里") << heads;
  }
}

}   // namespace
}   // namespace gangmu::plan
