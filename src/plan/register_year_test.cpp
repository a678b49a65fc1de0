// SPDX-License-Identifier: Apache-2.0
// Months without a year below titles, headings and heads that name one.
#include "plan/register_year.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "plan/register_book.hpp"
#include "plan/task_register.hpp"
#include "plan/test_ledger.hpp"

namespace gangmu::plan {
namespace {

using testing::grid_of;

Reading read(const Grid& grid, const Answers& answers = {}) {
  auto reading = read_register(grid, {.year = 2026}, answers);
  if (!reading) {
    ADD_FAILURE() << reading.error().text(Language::en);
    return {};
  }
  return *std::move(reading);
}
Reading read(const std::string& drawn, const Answers& answers = {}) { return read(grid_of(drawn), answers); }

std::string dues(const Reading& reading) {
  std::vector<std::string> out;
  for (const RowReading& row : reading.rows)
    out.push_back(row.task.due.dated() ? row.task.due.last.text().substr(0, 7)
                                       : std::string(due_kind_name(row.task.due.kind)));
  return text::join(out, " ");
}
/// "year=2023(4,6) year:7=2024(8)": what is asked about the year, with the rows.
std::string years(const Reading& reading) {
  std::vector<std::string> out;
  for (const Question& question : reading.questions) {
    if (!question.id.starts_with("year")) continue;
    std::vector<std::string> rows;
    for (const std::size_t row : question.rows) rows.push_back(std::to_string(row + 1));
    out.push_back(question.id + "=" + question.default_value + "(" + text::join(rows, ",") + ")");
  }
  return text::join(out, " ");
}

const std::string title = "示例市2023年重点任务|<|<|<\n";
const std::string head = "序号|任务|责任单位|完成时限\n";

TEST(RegisterYear, AHeadingNamesTheYearOfTheMonthsBelow) {
  const std::string drawn = title + head +
                            "一、2023年任务|||\n#1|修渠|水务局|6月底\n二、2024年任务|||\n#2|修坝|水务局|6月底\n"
                            "（一）水利|||\n#3|修堤|水务局|3月底\n三、落实2022年审计意见|||\n#4|修塘|水务局|9月底\n";
  EXPECT_EQ(dues(read(drawn)), "2023-06 2024-06 2024-03 2023-09");
  EXPECT_EQ(years(read(drawn)), "year=2023(4,10) year:5=2024(6,8)");
  EXPECT_EQ(dues(read(drawn, {{"year:5", "2023"}})), "2023-06 2023-06 2023-03 2023-09");
  EXPECT_EQ(dues(read(drawn, {{"year", "2022"}})), "2022-06 2024-06 2024-03 2022-09");
}

TEST(RegisterYear, HeadingsInAllTheirShapes) {
  const std::string first = "#1|修渠|水务局|6月底\n", second = "#2|修坝|水务局|6月底\n";
  for (const char* heading : {"2024年任务|<|<|<", "二、2024年任务|<|<|<", "二|2024年任务|<|<", "|二、2024年任务||",
                              "二、续建项目（2024年）|||", "二、2024年一季度任务|||", "二、２０２４年任务|||",
                              "二、2024年底前完成（1项）|||"})
    EXPECT_EQ(dues(read(title + head + first + heading + "\n" + second)), "2023-06 2024-06") << heading;
  for (const char* heading : {"二、2022年结转任务|||", "二、2024年前完成的任务|||", "二、落实2024年预算|||",
                              "二、“十四五”（2021—2025年）项目|||", "二、面向2035年的任务|||",
                              "二、2023年新建、2024年竣工项目|||", "二、谋划2024年项目|||", "二、2024年预算编制|||"})
    EXPECT_EQ(dues(read(title + head + first + heading + "\n" + second)), "2023-06 2023-06") << heading;
}

TEST(RegisterYear, AHeadingHoldsAsFarAsItGoes) {
  EXPECT_EQ(dues(read(title + head +
                      "2024年任务|<|<|<\n一、水利|<|<|<\n#1|修渠|水务局|6月底\n二、林业|<|<|<\n"
                      "#2|种树|林业局|6月底\n")),
            "2024-06 2024-06")
      << "numbered ones are parts of it";
  EXPECT_EQ(dues(read(title + head +
                      "2024年任务|<|<|<\n水利|<|<|<\n#1|修渠|水务局|6月底\n林业|<|<|<\n"
                      "#2|种树|林业局|6月底\n")),
            "2024-06 2024-06");
  EXPECT_EQ(dues(read(title + head +
                      "一、2024年任务|<|<|<\n#1|修渠|水务局|6月底\n二、其他任务|<|<|<\n"
                      "#2|种树|林业局|6月底\n")),
            "2024-06 2023-06")
      << "the next of its level ends it";
  EXPECT_EQ(dues(read(title + head +
                      "一、2024年任务|<|<|<\n（一）2025年任务|<|<|<\n#1|修渠|水务局|6月底\n"
                      "（二）水利|<|<|<\n#2|种树|林业局|6月底\n")),
            "2025-06 2024-06");
}

TEST(RegisterYear, ATitleOfTwoYearsBeginsWithItsFirstMonth) {
  const std::string rows =
      "#1|修渠|水务局|11月底\n#2|修坝|水务局|2月底\n#3|修堤|水务局|2023年12月\n#4|修塘|水务局|10月至1月\n#5|修路|"
      "水务局|"
      "一季度\n#6|架桥|水务局|明年3月\n#7|种树|水务局|年底前\n";
  const std::string spans = "示例市2023年10月至2024年3月攻坚任务|<|<|<\n";
  EXPECT_EQ(dues(read(spans + head + rows)), "2023-11 2024-02 2023-12 2024-01 2024-03 2024-03 2023-12");
  EXPECT_EQ(years(read(spans + head + rows)), "year=2023-10(3,4,6,7,8,9)");
  EXPECT_EQ(dues(read(spans + head + "#2|修坝|水务局|2月底\n", {{"year", "2023"}})), "2023-02");
  EXPECT_EQ(dues(read(spans + head + "#2|修坝|水务局|2月底\n", {{"year", "2024"}})), "2024-02");
  EXPECT_EQ(dues(read(spans + head + "2023年任务|<|<|<\n#2|修坝|水务局|2月底\n")), "2024-02") << "the title's span";
}

TEST(RegisterYear, ATitleOfManyYearsTellsNone) {
  const std::string drawn = "示例市2023—2025年行动任务|<|<|<\n" + head + "#1|修渠|水务局|6月底\n";
  EXPECT_EQ(years(read(drawn)), "year=(3)");
  EXPECT_EQ(read(drawn).open_questions, 1);
  EXPECT_EQ(dues(read(drawn, {{"year", "2024"}})), "2024-06");
  EXPECT_EQ(read("示例市2023—2025年行动任务|<|<|<\n" + head + "#1|修渠|水务局|2024年6月底\n").open_questions, 0);
}

TEST(RegisterYear, ATitleMayNameTwo) {
  EXPECT_EQ(years(read("贯彻落实2022年会议精神2023年任务|<|<|<\n" + head + "#1|修渠|水务局|6月底\n")), "year=2023(3)");
  EXPECT_EQ(years(read("贯彻落实2022年会议精神|<|<|<\n2023年任务分解表|<|<|<\n" + head + "#1|修渠|水务局|6月底\n")),
            "year=2023(4)");
  EXPECT_EQ(years(read("示例市2023年任务|<|<|<\n填报时间：2024年1月5日|<|<|<\n" + head + "#1|修渠|水务局|6月底\n")),
            "year=2023(4)");
  EXPECT_EQ(years(read("重点任务（2023年）|<|<|<\n" + head + "#1|修渠|水务局|6月底\n")), "year=2023(3)");
}

TEST(RegisterYear, ATitleSplitOverCellsIsNoHead) {
  for (const char* split :
       {"示例市2023年|重点任务|责任单位：市发改局|时间：6月", "2023年重点任务||责任部门：市发改局|完成时限：2023年12月",
        "示例市2023年|重点任务推进|责任分工|时间表"}) {
    const Reading reading = read(std::string(split) + "\n" + head + "#1|修渠|水务局|6月底\n#2|修坝|水务局|9月底\n");
    EXPECT_EQ(dues(reading), "2023-06 2023-09") << split;
    EXPECT_EQ(reading.columns[1].header, "任务") << split;
    EXPECT_EQ(reading.rows.size(), 2u) << split;
  }
  const Reading two = read("序号|工作任务|责任分工|<|完成时限\n^|^|牵头单位|责任单位|^\n#1|修渠|水务局|甲县|6月底\n");
  EXPECT_EQ(two.columns.size(), 5u) << "a head of two rows stays one";
}

TEST(RegisterYear, AFurtherTableHasTheYearOfItsTitle) {
  const std::string drawn = title + head + "#1|修渠|水务局|6月底\n|||\n附件2：2024年工程清单|<|<|<\n" +
                            "序号|项目名称|责任单位|完成时限\n#1|修坝|水务局|6月底\n|||\n附件3：其他工程|<|<|<\n" +
                            "序号|项目名称|责任单位|完成时限|备注\n#1|修堤|水务局|6月底\n";
  EXPECT_EQ(dues(read(drawn)), "2023-06 2024-06 2023-06");
  EXPECT_EQ(
      dues(read(title + head + "#1|修渠|水务局|6月底\n重点任务台账（续）|<|<|<\n" + head + "#2|修坝|水务局|6月底\n")),
      "2023-06 2023-06");
}

TEST(RegisterYear, AColumnOrAHeadNamesTheYear) {
  EXPECT_EQ(dues(read("示例市2023年重点任务|<|<|<|<\n序号|任务|年度|责任单位|完成时限\n#1|修渠|#2023|水务局|6月底\n"
                      "#2|修坝|#2024|水务局|6月底\n#3|修堤|2025年|水务局|6月底\n#4|修塘||水务局|6月底\n")),
            "2023-06 2024-06 2025-06 2023-06");
  EXPECT_EQ(
      dues(read("示例市2023年重点任务|<|<|<|<\n序号|行动|任务|责任单位|完成时限\n#1|2023年任务|修渠|水务局|6月底\n"
                "#2|2024年任务|修坝|水务局|6月底\n#3|^|修堤|水务局|9月底\n#4||修塘|水务局|9月底\n")),
      "2023-06 2024-06 2024-09 2024-09");
  for (const char* due : {"完成时限（2024年）", "2024年完成时限", "完成时限/2024年"})
    EXPECT_EQ(dues(read(title + "序号|任务|责任单位|" + due + "\n#1|修渠|水务局|6月底\n")), "2024-06") << due;
}

TEST(RegisterYear, SheetsHaveTheYearOfTheirName) {
  Grid one = grid_of(head + "#1|修渠|水务局|6月底\n"), two = grid_of(head + "#1|修坝|水务局|6月底\n");
  one.sheet = "2024年";
  two.sheet = "2023年";
  EXPECT_EQ(years(read(one)), "year=2024(2)");
  EXPECT_TRUE(ask_sheets({&one, &two}).required) << "of two years";
  EXPECT_EQ(dues(read(stacked({&one, &two}))), "2024-06 2023-06");
  Grid titled = grid_of("示例市2022年任务|<|<|<\n" + head + "#1|修坝|水务局|6月底\n");
  EXPECT_EQ(dues(read(stacked({&one, &titled}))), "2024-06 2022-06");
}

TEST(RegisterYear, MonthsAsColumnsRunOnIntoTheNextYear) {
  const std::string below = "|备注\n#1|修渠|水务局|√|√||||\n#2|修坝|水务局|√|√|√|√|\n";
  const std::pair<const char*, const char*> heads[] = {
      {"11月|12月|1月|2月", "2023-12 2024-02"},       {"2023年11月|12月|2024年1月|2月", "2023-12 2024-02"},
      {"11月|12月|2024年1月|2月", "2023-12 2024-02"}, {"1月|2月|3月|4月", "2023-02 2023-04"},
      {"4月|3月|2月|1月", "2023-04 2023-04"},         {"三季度|四季度|一季度|二季度", "2023-12 2024-06"}};
  for (const auto& [months, wanted] : heads) {
    const Reading reading =
        read("示例市2023年重点任务|<|<|<|<|<|<|<\n序号|任务|责任单位|" + std::string(months) + below);
    EXPECT_EQ(dues(reading), wanted) << months;
  }
  EXPECT_EQ(
      dues(read("示例市2023年10月至2024年3月任务|<|<|<|<|<|<\n序号|任务|责任单位|12月|1月|2月|3月\n#1|修渠|水务局|√|"
                "|||\n#2|修坝|水务局|√|√|||\n")),
      "2023-12 2024-01");
  EXPECT_EQ(
      dues(read("示例市2023年任务|<|<|<|<\n序号|任务|责任单位|进度安排（2024年）|<\n^|^|^|1月|2月\n#1|修渠|水务局|"
                "√|√\n")),
      "2024-02");
}

TEST(RegisterYear, AsAboveIsOfTheYearAbove) {
  EXPECT_EQ(dues(read(title + head + "二、2024年任务|||\n#1|修渠|水务局|6月底\n#2|修坝|水务局|同上\n")),
            "2024-06 2024-06");
}

}   // namespace
}   // namespace gangmu::plan
