// SPDX-License-Identifier: Apache-2.0
#include "plan/task_register.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "plan/errors.hpp"
#include "plan/test_ledger.hpp"

namespace gangmu::plan {
namespace {

using testing::grid_of;

Reading read(const Grid& grid, const Answers& answers = {}, std::optional<int> year = 2023) {
  auto reading = read_register(grid, {.year = year}, answers);
  if (!reading) {
    ADD_FAILURE() << reading.error().text(Language::en);
    return {};
  }
  return *std::move(reading);
}

const Question* question(const Reading& reading, std::string_view id) {
  for (const Question& q : reading.questions) {
    if (q.id == id) return &q;
  }
  return nullptr;
}

std::vector<std::string> question_ids(const Reading& reading) {
  std::vector<std::string> ids;
  for (const Question& q : reading.questions) ids.push_back(q.id);
  return ids;
}

const Task& task(const Reading& reading, int sheet_row) {
  for (const RowReading& row : reading.rows) {
    if (row.task.origin.row == sheet_row) return row.task;
  }
  ADD_FAILURE() << "no task in row " << sheet_row;
  return reading.rows.front().task;
}

/// Every filled cell is the value of a field, or stands in a row that is listed as left out.
void expect_every_cell_accounted(const Grid& grid, const Reading& reading) {
  std::set<std::pair<std::size_t, std::size_t>> used;
  std::set<std::size_t> skipped;
  for (const SkippedRow& row : reading.skipped) skipped.insert(row.row);
  for (const RowReading& row : reading.rows) {
    for (const FieldReading& field : row.fields) used.insert({field.row, field.column});
  }
  for (std::size_t r = 0; r < grid.rows.size(); ++r) {
    EXPECT_TRUE(skipped.contains(r) ||
                std::any_of(reading.rows.begin(), reading.rows.end(), [&](const auto& x) { return x.row == r; }));
    for (std::size_t c = 0; c < grid.rows[r].size(); ++c) {
      const GridCell& cell = grid.at(r, c);
      if (cell.kind == CellKind::empty || cell.merged_copy || skipped.contains(r)) continue;
      EXPECT_TRUE(used.contains({r, c})) << grid.position(r, c).text() << " " << cell.text;
    }
  }
}

TEST(TaskRegister, ReadsTheSixtyRowLedger) {
  const Grid grid = grid_of(testing::ledger_60);
  const Reading reading = read(grid);
  ASSERT_EQ(reading.rows.size(), 60u);
  EXPECT_EQ(reading.open_questions, 0);
  expect_every_cell_accounted(grid, reading);

  std::vector<std::string> columns;
  for (const ColumnReading& column : reading.columns) {
    columns.push_back(column_letters(column.column) + " " + std::string(task_field_zh(column.field)) + " " +
                      std::to_string(column.confidence));
  }
  EXPECT_EQ(columns, (std::vector<std::string>{"A 序号 100", "B 行动 100", "C 举措 100", "D 任务 100", "E 工作目标 100",
                                               "F 牵头单位 100", "G 责任单位 100", "H 完成时限 100", "I 进展情况 100",
                                               "J 完成比例 100", "K 是否销号 100", "L 备注 100", "M 联系人 100"}));
  EXPECT_EQ(reading.columns[5].header, "责任分工/牵头单位");

  EXPECT_EQ(question_ids(reading), (std::vector<std::string>{"year", "state:基本完成", "closed_early", "hidden",
                                                             "due:39", "lead:48", "lead:59", "duplicate:60"}));
  EXPECT_EQ(question(reading, "year")->default_value, "2023");
  EXPECT_EQ(question(reading, "year")->rows.size(), 3u);
  EXPECT_EQ(question(reading, "hidden")->rows, (std::vector<std::size_t>{23}));

  std::map<std::string, int> skipped;
  for (const SkippedRow& row : reading.skipped) ++skipped[std::string(skip_reason_name(row.reason))];
  EXPECT_EQ(skipped, (std::map<std::string, int>{{"title", 1},
                                                 {"unit_line", 1},
                                                 {"header", 2},
                                                 {"total", 4},
                                                 {"blank", 1},
                                                 {"repeated_header", 1},
                                                 {"note", 2}}));
}

TEST(TaskRegister, ReadsTheFieldsOfARow) {
  const Reading reading = read(grid_of(testing::ledger_60));
  const Task& first = task(reading, 5);
  EXPECT_EQ(first.number, "1");
  EXPECT_EQ(first.action, "县域经济壮大行动");
  EXPECT_EQ(first.measure, "做强主导产业");
  EXPECT_EQ(first.title, "推进示例产业园一期建设");
  EXPECT_EQ(first.lead, "示例市工信局");
  EXPECT_EQ(first.responsible, (std::vector<std::string>{"甲县", "乙县"}));
  EXPECT_EQ(first.due.last.text(), "2023-06-30");
  EXPECT_EQ(first.due.text, "2023年6月底前");
  ASSERT_EQ(first.targets.size(), 1u);
  EXPECT_EQ(first.targets[0].value, Decimal(100, 0));
  EXPECT_EQ(first.targets[0].period, "202306");
  EXPECT_EQ(first.percent, Decimal(42, 0)) << "0.42 shown as 42 %";
  EXPECT_FALSE(first.contact.empty());
  EXPECT_EQ(to_json(reading).canonical().find("13800000001"), std::string::npos) << "persons never reach JSON";
  EXPECT_EQ(reading.layout.canonical().find("13800000001"), std::string::npos);

  EXPECT_EQ(task(reading, 8).number, "4") << "full-width digits";
  EXPECT_EQ(task(reading, 8).due.last.text(), "2023-09-30") << "第三季度 in the year of the title";
  EXPECT_EQ(task(reading, 6).responsible, (std::vector<std::string>{"各县（市、区）"}));
  EXPECT_EQ(task(reading, 11).due.kind, DueKind::long_term);
  EXPECT_EQ(task(reading, 15).action, "镇域提能行动") << "a blank repeated key takes the value above";
  EXPECT_EQ(task(reading, 15).measure, "提升圩镇风貌");
  EXPECT_EQ(task(reading, 17).state, TaskState::closed);
  EXPECT_EQ(task(reading, 18).state, TaskState::done_waiting);
  EXPECT_EQ(task(reading, 39).due.kind, DueKind::unread) << "按上级要求 is kept as text until answered";
  EXPECT_EQ(task(reading, 48).lead, "示例市财政局") << "two lead units: the first leads, the other is responsible";
  EXPECT_EQ(task(reading, 48).responsible, (std::vector<std::string>{"示例市国资委", "示例市金融局"}));
}

TEST(TaskRegister, NothingIsChangedSilently) {
  const Reading reading = read(grid_of(testing::ledger_60));
  const auto change = [&](const char* cell) {
    std::vector<std::string> found;
    for (const Normalisation& n : reading.normalisations) {
      if (column_letters(n.column) + std::to_string(n.row + 1) == cell)
        found.push_back(n.rule + ": " + n.from + " → " + n.to);
    }
    return found;
  };
  EXPECT_EQ(change("A8"), (std::vector<std::string>{"full_width: ４ → 4"}));
  EXPECT_EQ(change("H10"), (std::vector<std::string>{"due: ２０２３年１２月底前 → 2023-12-31"}));
  EXPECT_EQ(change("G9"),
            (std::vector<std::string>{"unit_list: 示例市发改局，各县（市、区） → 示例市发改局、各县（市、区）"}));
  EXPECT_EQ(change("B15"), (std::vector<std::string>{"repeated_key:  → 镇域提能行动"}));
  EXPECT_EQ(change("J5"), (std::vector<std::string>{"percent: 0.42 (%) → 42%"}));
  EXPECT_EQ(change("K37"), (std::vector<std::string>{"state: 推进中 → 进行中"}));
  for (const Normalisation& n : reading.normalisations) {
    EXPECT_NE(normalisation_zh(n.rule), n.rule) << "every rule has its words";
  }
}

TEST(TaskRegister, AnswersAreAppliedOnTheNextReading) {
  const Grid grid = grid_of(testing::ledger_60);
  const Answers answers = {{"year", "2024"},
                           {"state:基本完成", "done_waiting"},
                           {"hidden", "skip"},
                           {"due:39", "2023年11月底前"},
                           {"lead:48", "示例市国资委"},
                           {"lead:59", "示例市农业农村局"},
                           {"duplicate:60", "skip"}};
  const Reading reading = read(grid, answers);
  EXPECT_EQ(reading.rows.size(), 58u);
  EXPECT_EQ(task(reading, 8).due.last.text(), "2024-09-30");
  EXPECT_EQ(task(reading, 5).due.last.text(), "2023-06-30") << "a year that was written stays";
  EXPECT_EQ(task(reading, 39).due.last.text(), "2023-11-30");
  EXPECT_EQ(task(reading, 39).due.text, "按上级要求") << "the text as typed is kept";
  EXPECT_EQ(task(reading, 48).lead, "示例市国资委");
  EXPECT_EQ(task(reading, 48).responsible, (std::vector<std::string>{"示例市财政局", "示例市金融局"}));
  EXPECT_EQ(task(reading, 59).lead, "示例市农业农村局");
  EXPECT_EQ(task(reading, 63).state, TaskState::done_waiting);
  EXPECT_EQ(question(reading, "year")->answer, "2024");
  expect_every_cell_accounted(grid, reading);
}

TEST(TaskRegister, AnswersThatMakeNoSenseAreRefusedAllAtOnce) {
  const auto reading = read_register(grid_of(testing::ledger_60), {.year = 2023},
                                     {{"year", "去年"}, {"hidden", "maybe"}, {"due:39", "改天"}, {"nonsense", "x"}});
  ASSERT_FALSE(reading);
  std::vector<std::string> faults;
  for (const Diagnostic& fault : reading.error().all())
    faults.push_back(std::string(fault.kind->name) + " " + fault.arguments[0]);
  EXPECT_EQ(faults, (std::vector<std::string>{"answer_refused year", "answer_refused hidden", "answer_refused due:39",
                                              "answer_unknown nonsense"}));
}

TEST(TaskRegister, ReadingIsDeterministic) {
  const Grid grid = grid_of(testing::ledger_60);
  const Reading once = read(grid), twice = read(grid);
  EXPECT_EQ(to_json(once).canonical(), to_json(twice).canonical());
  EXPECT_EQ(once.layout.canonical(), twice.layout.canonical());
}

TEST(TaskRegister, WithoutAnyYearTheQuestionMustBeAnswered) {
  const Grid grid = grid_of("重点任务台账|<|<|<\n序号|任务|责任单位|完成时限\n#1|修路|甲县|6月底\n");
  const Reading reading = read(grid, {}, std::nullopt);
  EXPECT_EQ(reading.open_questions, 1);
  ASSERT_NE(question(reading, "year"), nullptr);
  EXPECT_TRUE(question(reading, "year")->required);
  const Reading answered = read(grid, {{"year", "２０２３"}}, std::nullopt);
  EXPECT_EQ(answered.open_questions, 0);
  EXPECT_EQ(answered.rows[0].task.due.last.text(), "2023-06-30");
}

TEST(TaskRegister, UnknownColumnsAreAskedAboutAndKept) {
  const Grid grid =
      grid_of("序号|任务|责任单位|完成时限|专家意见|市级牵头单位|办理要点\n#1|修路|甲县|2023年底|同意|乙局|要点\n");
  const Reading reading = read(grid);
  EXPECT_EQ(question_ids(reading), (std::vector<std::string>{"column:E", "column:F", "column:G"}));
  EXPECT_EQ(question(reading, "column:E")->default_value, "none");
  EXPECT_EQ(question(reading, "column:F")->default_value, "lead");
  EXPECT_EQ(reading.rows[0].task.extra.at("专家意见"), "同意");
  EXPECT_EQ(reading.rows[0].task.lead, "乙局");
  const Reading answered = read(grid, {{"column:E", "remark"}, {"column:F", "none"}});
  EXPECT_EQ(answered.rows[0].task.remark, "同意");
  EXPECT_EQ(answered.rows[0].task.extra.at("市级牵头单位"), "乙局");
  EXPECT_EQ(answered.rows[0].task.lead, "甲县") << "without a lead column the first responsible unit leads, by default";
  EXPECT_EQ(question_ids(answered).back(), "lead_column");
}

TEST(TaskRegister, AnswersToQuestionsNoLongerAskedAreListed) {
  const Grid grid = grid_of("序号|任务|责任单位|完成时限\n#1|修路|甲县|改天\n");
  EXPECT_NE(question(read(grid), "due:2"), nullptr);
  const Reading reading = read(grid, {{"due:9", "2023年底"}});
  EXPECT_EQ(reading.unused_answers, (std::vector<std::string>{"due:9"}));
}

TEST(TaskRegister, SectionHeadsBecomeActionAndMeasure) {
  const Reading reading =
      read(grid_of("示例县台账|<|<|<\n"
                   "序号|工作任务|责任单位|完成时限\n"
                   "一、县域经济行动|<|<|<\n"
                   "（一）做强园区|<|<|<\n"
                   "#1|修路|甲局|2023年底\n"
                   "（二）招商引资|<|<|<\n"
                   "#2|签约|乙局|2023年底\n"
                   "二、镇域行动|<|<|<\n"
                   "#3|刷墙|丙局|2023年底\n"));
  ASSERT_EQ(reading.rows.size(), 3u);
  EXPECT_EQ(reading.rows[0].task.action, "一、县域经济行动");
  EXPECT_EQ(reading.rows[0].task.measure, "（一）做强园区");
  EXPECT_EQ(reading.rows[1].task.measure, "（二）招商引资");
  EXPECT_EQ(reading.rows[2].task.action, "二、镇域行动");
  EXPECT_EQ(reading.rows[2].task.measure, "");
}

TEST(TaskRegister, PercentagesOfFiveAndOfAHalf) {
  const char* head = "序号|任务|责任单位|完成率\n";
  const auto percents = [&](const char* rows, const Answers& answers = {}) {
    std::string out;
    for (const RowReading& row : read(grid_of(std::string(head) + rows), answers).rows) {
      out += (out.empty() ? "" : " ") + (row.task.percent ? row.task.percent->text() : "-");
    }
    return out;
  };
  EXPECT_EQ(percents("#1|a|甲|#5\n#2|b|乙|5%\n#3|c|丙|％０.０５\n"), "5 5 -");
  EXPECT_EQ(percents("#1|a|甲|#0.5\n#2|b|乙|#1\n"), "50 100") << "nothing above 1: fractions, and asked";
  EXPECT_EQ(percents("#1|a|甲|#0.5\n#2|b|乙|#80\n"), "0.5 80") << "something above 1: percentages, and asked";
  EXPECT_EQ(percents("#1|a|甲|#0.5\n#2|b|乙|#80\n", {{"percent:D", "fraction"}}), "50 -");
  EXPECT_EQ(percents("#1|a|甲|５０％\n#2|b|乙|%0.05\n"), "50 5");
}

TEST(TaskRegister, MissingTitlesAndRepeatedNumbers) {
  const Grid grid = grid_of("序号|任务|工作目标|牵头单位\n#1|修路|10公里|甲局\n||20公里|乙局\n#1|架桥|2座|丙局\n");
  const Reading reading = read(grid);
  EXPECT_EQ(question_ids(reading), (std::vector<std::string>{"title:3", "duplicate:4"}));
  EXPECT_EQ(reading.rows[1].task.title, "20公里");
  EXPECT_EQ(read(grid, {{"title:3", "above"}}).rows[1].task.title, "修路");
  EXPECT_EQ(read(grid, {{"title:3", "skip"}}).rows.size(), 2u);
}

TEST(TaskRegister, ASecondColumnOfPersonsStaysPersonal) {
  const Grid grid = grid_of(
      "序号|任务|牵头单位|完成时限|分管领导|责任人|联系人|<|填报人|身份证号\n"
      "^|^|^|^|^|^|姓名|电话|^|^\n"
      "#1|修路|甲局|2023年底|赵甲|赵六|钱七|3278888|孙八|\n");
  const Reading reading = read(grid);
  std::vector<std::string> fields;
  for (const ColumnReading& column : reading.columns) fields.emplace_back(task_field_name(column.field));
  EXPECT_EQ(fields, (std::vector<std::string>{"number", "title", "lead", "due", "leader", "person", "person", "contact",
                                              "person", "person"}));
  const std::string told = to_json(reading).canonical() + reading.layout.canonical();
  for (const char* person : {"赵甲", "赵六", "钱七", "3278888", "孙八"})
    EXPECT_EQ(told.find(person), std::string::npos) << person;
  EXPECT_EQ(question(reading, "column:F")->default_value, "person");

  const auto last_row = [&](const UnmaskPermit* permit) {
    std::vector<std::string> texts;
    const Worksheet sheet = register_sheet({reading.rows[0].task}, reading.layout, permit).value();
    for (const WorksheetCell& cell : sheet.rows.back().cells) {
      const auto* text = std::get_if<std::string>(&cell.value);
      texts.push_back(text ? *text : "");
    }
    return std::vector<std::string>(texts.begin() + 4, texts.end());
  };
  const UnmaskPermit permit = UnmaskPermit::grant("test", "export");
  EXPECT_EQ(last_row(&permit), (std::vector<std::string>{"赵甲", "赵六", "钱七", "3278888", "孙八", ""}));
  const std::string hidden = "（已隐去）";
  EXPECT_EQ(last_row(nullptr), (std::vector<std::string>{hidden, hidden, hidden, hidden, hidden, ""}));
}

TEST(TaskRegister, UnitsAndPersonsOfOneCellAreToldApart) {
  const Grid grid = grid_of(
      "序号|任务|完成时限|责任单位及责任人\n#1|修路|2023年底|市交通局 "
      "张三、各县（市、区）\n#2|架桥|2023年底|水利局\n#3|植树|2023年底|李四 3278888\n");
  const Reading reading = read(grid, {{"lead_column", "none"}});
  EXPECT_EQ(reading.rows[0].task.responsible, (std::vector<std::string>{"市交通局", "各县", "市", "区"}));
  EXPECT_EQ(reading.rows[1].task.responsible, (std::vector<std::string>{"水利局"}));
  EXPECT_TRUE(reading.rows[2].task.responsible.empty());
  EXPECT_EQ(question(reading, "column:D")->default_value, "responsible");
  EXPECT_NE(question(reading, "column:D")->zh.find("加密"), std::string::npos);
  const std::string told = to_json(reading).canonical() + reading.layout.canonical();
  for (const char* person : {"张三", "李四", "3278888"}) EXPECT_EQ(told.find(person), std::string::npos) << person;

  const auto cell = [&](std::size_t row, const UnmaskPermit* permit) {
    std::vector<Task> tasks;
    for (const RowReading& one : reading.rows) tasks.push_back(one.task);
    return std::get<std::string>(register_sheet(tasks, reading.layout, permit).value().rows[row].cells[3].value);
  };
  const UnmaskPermit permit = UnmaskPermit::grant("test", "export");
  EXPECT_EQ(cell(1, &permit), "市交通局 张三、各县（市、区）");
  EXPECT_EQ(cell(1, nullptr), "市交通局、各县、市、区（已隐去）");
  EXPECT_EQ(cell(2, nullptr), "水利局");
  const Reading sealed = read(grid, {{"column:D", "leader"}});
  EXPECT_TRUE(sealed.rows[0].task.responsible.empty()) << "the office may say that all of it names persons";
  EXPECT_EQ((sealed.layout.canonical() + to_json(sealed).canonical()).find("张三"), std::string::npos);
}

TEST(TaskRegister, TelephonesWithoutAHeadArePersonal) {
  const Grid grid = grid_of(
      "序号|任务|牵头单位|完成时限|\n#1|修路|甲局|2023年底|3278888\n#2|架桥|乙局|2023年底|0750-3276666\n#3|植树|丙局|"
      "2023年底|\n");
  const Reading reading = read(grid);
  EXPECT_EQ(reading.columns[4].field, TaskField::contact);
  EXPECT_EQ((reading.layout.canonical() + to_json(reading).canonical()).find("3278888"), std::string::npos);
  EXPECT_TRUE(question(reading, "column:E")) << "asked, for it may be something else";
  const Reading days = read(grid_of("序号|任务|牵头单位|完成时限|\n#1|修路|甲局|2023年底|20230630\n"));
  EXPECT_EQ(days.columns[4].field, TaskField::none) << "a date is no telephone";
}

TEST(TaskRegister, AnAnswerThatTakesAPersonsColumnLeavesTheOtherPersonal) {
  const Grid grid =
      grid_of("序号|任务|牵头单位|完成时限|联系人|联系电话|项目联系人情况\n#1|修路|甲局|2023年底|张三|3278888|李四\n");
  const Reading reading = read(grid, {{"column:F", "contact"}});
  std::vector<std::string> fields;
  for (const ColumnReading& column : reading.columns) fields.emplace_back(task_field_name(column.field));
  EXPECT_EQ(fields, (std::vector<std::string>{"number", "title", "lead", "due", "person", "contact", "person"}));
  EXPECT_EQ((reading.layout.canonical() + to_json(reading).canonical()).find("张三"), std::string::npos);
  for (const char* column : {"column:F", "column:G"}) {
    const auto choices = question(reading, column)->choices;
    EXPECT_TRUE(std::none_of(choices.begin(), choices.end(), [](const Choice& choice) {
      return choice.value == "none";
    })) << "what names persons is never kept as typed";
    EXPECT_TRUE(read_register(grid, {}, {{column, "none"}}).error().is(errors::answer_refused));
  }
  const Reading moved = read(grid, {{"column:F", "person"}, {"column:G", "supervisor"}});
  EXPECT_EQ(moved.rows[0].task.supervisor, "李四") << "a column that the office says is none of persons";
}

TEST(TaskRegister, NumbersMayStartAnewInEachSection) {
  const std::string head = "序号|行动|任务|牵头单位\n";
  const auto asked = [&](const std::string& rows) { return question_ids(read(grid_of(head + rows))); };
  const std::vector<std::string> nothing;
  EXPECT_EQ(asked("一、县域|<|<|<\n#1||修路|甲局\n#2||架桥|甲局\n二、镇域|<|<|<\n#1||刷墙|乙局\n#2||种树|乙局\n"),
            nothing);
  EXPECT_EQ(asked("#1|县域|修路|甲局\n#2|^|架桥|甲局\n#1|镇域|刷墙|乙局\n#2||种树|乙局\n"), nothing)
      << "another action";
  EXPECT_EQ(asked("#1||修路|甲局\n小计|||\n#1||刷墙|乙局\n"), nothing) << "a total ends a group";
  EXPECT_EQ(asked("一、县域|<|<|<\n#1||修路|甲局\n二、镇域|<|<|<\n#1||刷墙|乙局\n#1||种树|乙局\n"),
            std::vector<std::string>{"duplicate:6"});
  EXPECT_EQ(asked("#1|县域|修路|甲局\n#2|镇域|刷墙|乙局\n#1|县域|种树|乙局\n"),
            std::vector<std::string>{"duplicate:4"});
}

TEST(TaskRegister, WhatIsNoPercentageIsKeptAsTyped) {
  const Reading reading = read(grid_of("序号|任务|牵头单位|完成率\n#1|修路|甲局|-5%\n"));
  ASSERT_EQ(reading.normalisations.size(), 1u);
  EXPECT_EQ(reading.normalisations[0].rule, "percent_text");
  EXPECT_EQ(reading.normalisations[0].from, "-5%");
  EXPECT_EQ(reading.normalisations[0].to, "-5%");
}

TEST(TaskRegister, DivisionOfWorkUnderOneHead) {
  const Reading reading =
      read(grid_of("序号|任务|责任分工|<|完成时限\n^|^|牵头|配合|^\n#1|修路|甲局|乙局、丙局|2023年底\n"));
  EXPECT_EQ(question_ids(reading), std::vector<std::string>{});
  EXPECT_EQ(reading.rows[0].task.lead, "甲局");
  EXPECT_EQ(reading.rows[0].task.cooperating, (std::vector<std::string>{"乙局", "丙局"}));
  const Reading one = read(grid_of("序号|任务|责任分工|完成时限\n#1|修路|牵头单位：甲局；配合单位：乙局|2023年底\n"));
  EXPECT_EQ(one.rows[0].task.lead, "甲局");
  EXPECT_EQ(one.rows[0].task.cooperating, (std::vector<std::string>{"乙局"}));
}

TEST(TaskRegister, TwoLeadsInOneCellAreAskedAbout) {
  const Grid grid = grid_of("序号|任务|责任单位|完成时限\n#1|修路|甲局、乙局牵头，丙局、丁局配合|2023年底\n");
  const Reading reading = read(grid);
  ASSERT_NE(question(reading, "lead:2"), nullptr);
  EXPECT_EQ(reading.rows[0].task.lead, "甲局");
  EXPECT_EQ(reading.rows[0].task.responsible, std::vector<std::string>{"乙局"});
  EXPECT_EQ(reading.rows[0].task.cooperating, (std::vector<std::string>{"丙局", "丁局"}));
  const Reading answered = read(grid, {{"lead:2", "乙局"}});
  EXPECT_EQ(answered.rows[0].task.lead, "乙局");
  EXPECT_EQ(answered.rows[0].task.responsible, std::vector<std::string>{"甲局"});
}

TEST(TaskRegister, AYearOrASheetsDayNumberIsOfferedAsADue) {
  const Grid grid =
      grid_of("序号|任务|牵头单位|完成时限\n#1|修路|甲局|2025\n#2|架桥|甲局|#45838\n#3|种树|甲局|#99999\n");
  const Reading reading = read(grid);
  const auto offered = [&](const char* id) {
    std::vector<std::string> values;
    for (const Choice& choice : question(reading, id)->choices) values.push_back(choice.value);
    return values;
  };
  EXPECT_EQ(offered("due:2"), (std::vector<std::string>{"2025年底前", "keep"}));
  EXPECT_EQ(offered("due:3"), (std::vector<std::string>{"2025-06-30", "keep"}));
  EXPECT_EQ(offered("due:4"), (std::vector<std::string>{"keep"}));
  EXPECT_EQ(reading.rows[0].task.due.kind, DueKind::unread) << "offered, not guessed";
  const Reading answered = read(grid, {{"due:2", "2025年底前"}, {"due:3", "2025-06-30"}});
  EXPECT_EQ(answered.rows[0].task.due.last.text(), "2025-12-31");
  EXPECT_EQ(answered.rows[1].task.due.last.text(), "2025-06-30");
  EXPECT_EQ(answered.rows[1].task.due.text, "45838");
}

TEST(TaskRegister, ANumberThatMayBeTwoMonthsIsAskedAndKeptAsShown) {
  Grid grid = grid_of("序号|任务|牵头单位|完成时限\n#1|修路|甲局|#2023.1\n#2|架桥|甲局|#2023.1\n");
  grid.rows[2][3].decimals = 2;
  const Reading reading = read(grid);
  EXPECT_EQ(question_ids(reading), std::vector<std::string>{"due:2"});
  EXPECT_EQ(reading.rows[0].task.due.kind, DueKind::unread);
  EXPECT_EQ(reading.rows[1].task.due.last.text(), "2023-10-31");
  const Worksheet sheet = register_sheet({reading.rows[0].task, reading.rows[1].task}, reading.layout).value();
  EXPECT_EQ(std::get<Decimal>(sheet.rows[2].cells[3].value).text(), "2023.10") << "reads back as October";
  grid.sheet.clear();   // a csv: all cells are text
  for (std::size_t row : {1u, 2u})
    grid.rows[row][3] = {.kind = CellKind::text, .text = row == 1 ? "2023.1" : "2023.10"};
  EXPECT_EQ(question_ids(read(grid)), std::vector<std::string>{"due:2"});
}

TEST(TaskRegister, SheetsThatAreNoLedgerAreRefused) {
  EXPECT_TRUE(read_register(Grid{}, {}, {}).error().is(errors::register_empty));
  EXPECT_TRUE(read_register(grid_of("姓名|年龄\n甲|#3\n"), {}, {}).error().is(errors::register_no_header));
  const auto none = read_register(grid_of("序号|任务|责任单位|完成时限\n合计||||\n"), {}, {});
  EXPECT_TRUE(none.error().is(errors::register_no_tasks));
}

TEST(TaskRegister, HeadsWithoutMergedCellsAsInCsv) {
  Grid grid = grid_of("序号|任务|责任分工|||完成时限\n||牵头单位|责任单位|配合单位|\n1|修路|甲局|乙县|丙局|2023年底\n");
  grid.sheet.clear();
  const Reading reading = read(grid);
  ASSERT_EQ(reading.rows.size(), 1u);
  EXPECT_EQ(reading.rows[0].task.lead, "甲局");
  EXPECT_EQ(reading.rows[0].task.cooperating, (std::vector<std::string>{"丙局"}));
}

}   // namespace
}   // namespace gangmu::plan
