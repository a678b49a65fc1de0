// SPDX-License-Identifier: Apache-2.0
#include "formula/tree.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "base/calendar.hpp"
#include "base/random.hpp"
#include "base/text.hpp"
#include "formula/errors.hpp"
#include "formula/tiny_host_test.hpp"
#include "formula/writer_test.hpp"

namespace gangmu::formula {
namespace {

using testing::TinyNames;
using testing::TinyValues;
using testing::Writer;

const TinyNames& names() {
  static const TinyNames all = testing::tiny_names();
  return all;
}

const Calendar& calendar() {
  static const Calendar all = *Calendar::of(
      2023, 2023,
      {{*Date::parse("2023-06-22"), true}, {*Date::parse("2023-06-23"), true}, {*Date::parse("2023-06-25"), false}});
  return all;
}

TinyValues month(std::string_view on, std::optional<int> yuan) {
  TinyValues out;
  out.values[testing::month_on] = *Date::parse(on);
  if (yuan) out.values[testing::month_amount] = Decimal(*yuan * 100, 2);
  return out;
}

TinyValues project() {
  TinyValues out;
  out.values = {{testing::total, Decimal(2'000'000'00, 2)},
                {testing::done_sum, Decimal(500'000'00, 2)},
                {testing::area, Decimal(1500, 2)},
                {testing::start, *Date::parse("2023-06-16")},
                {testing::state, Code{1}},
                {testing::name, std::string("示例桥")},
                {testing::owner, Code{7}},
                {testing::pct, Decimal(250, 1)},
                {testing::needs, Decimal(3, 0)},
                {testing::reporter, std::string("sealed")},
                {testing::opened_at, *Instant::parse("2023-06-16T08:00:00+08:00")}};
  out.rows = {month("2023-01-01", 10), month("2023-02-01", 20), month("2023-03-01", std::nullopt)};
  out.days = &calendar();
  return out;
}

std::string worked_out(std::string_view text, const std::optional<Type>& wanted = {}) {
  const auto tree = Tree::parse(text, names(), wanted);
  if (!tree) return tree.error().text(Language::en);
  const auto value = evaluate(*tree, project());
  return value ? text_of(*value) : value.error().text(Language::en);
}

/// expression → value, as a clerk could check it.
TEST(Formula, IsWorkedOut) {
  const std::pair<const char*, const char*> table[] = {
      {"1 + 2 * 3", "7"},
      {"(1 + 2) * 3", "9"},
      {"1 - 2 - 3", "-4"},
      {"0.10 + 0.20", "0.30"},
      {"1 / 3", "0.3333333333333333"},
      {"-2 * -3", "6"},
      {"2 - -3", "5"},
      {"1/0", "divided by zero"},
      {"3万 + 5", "30005"},
      {"１＋２", "3"},
      {"6 ÷ 4 × 2", "3"},
      {"1 < 2 and 2 <= 2", "yes"},
      {"1 ≥ 2 或 2 ≠ 3", "yes"},
      {"非 (1 > 2)", "yes"},
      {"not 1 == 1", "no"},
      {"3 in (1, 2, 3)", "yes"},
      {"3 not in (1, 2, 3)", "no"},
      // units
      {"total >= 1亿元", "no"},
      {"total == 200万元", "yes"},
      {"total + 1万元", "2010000.00"},
      {"1亿元 + 1元", "100000001"},
      {"total == 0", "no"},
      {"area * 2", "30.00"},
      {"area > 1公顷", "no"},
      {"area == 10000平方米", "yes"},
      {"total / area > 1元/亩", "yes"},
      {"needs >= 3", "yes"},
      {"total * 5%", "100000.0000"},
      {"`完成率（%）` >= 25%", "yes"},
      {"percent(done_sum, total)", "25"},
      {"percent(1万元, total) < 1%", "yes"},
      {"done_sum / total == 0.25", "yes"},
      {"min(1万元, 2元)", "2"},
      {"max(3, 7, 5)", "7"},
      {"abs(-3.5)", "3.5"},
      // dates and working days: 2023-06-22 and -23 are off, -25 (a Sunday) is worked
      {"start + 10", "2023-06-26"},
      {"start + 10d", "2023-06-26"},
      {"start + 2周", "2023-06-30"},
      {"start - 16天", "2023-05-31"},
      {"start + 5wd", "2023-06-26"},
      {"start + 5工作日 > 2023-06-25", "yes"},
      {"workdays(start, 2023-06-26)", "5"},
      {"workdays(start, 2024-01-05)", "calendar unpublished"},
      {"start + 300wd", "calendar unpublished"},
      {"2023-06-20 - start", "4"},
      {"year(start) * 100 + month(start)", "202306"},
      {"day(start) == 16", "yes"},
      {"today() - start", "0"},
      {"opened_at + 36h > opened_at", "yes"},
      // codes
      {"state == building", "yes"},
      {"state in (idea, 'kept')", "no"},
      {"'building' == state", "yes"},
      {"owner.line in scope", "yes"},
      {"owner.line == agriculture", "yes"},
      {"if(state == building, 1万元, 5元)", "10000"},
      {"name == '示例桥'", "yes"},
      {"name != “另一座”", "yes"},
      // what is not there
      {"finish > start", "missing"},
      {"finish > start and 1 > 2", "no"},
      {"finish > start or 1 < 2", "yes"},
      {"finish > start and 1 < 2", "missing"},
      {"has(finish)", "no"},
      {"has(reporter)", "yes"},
      {"default(finish, start)", "2023-06-16"},
      {"if(has(finish), finish, start + 1)", "2023-06-17"},
      {"if(finish > start, 1, 2)", "missing"},
      {"if(1 > 2, total, missing)", "missing"},
      {"sampled == missing", "missing"},
      {"3 in (1, 3, missing)", "yes"},
      // rows
      {"count(done)", "3"},
      {"count(done where on >= 2023-02-01)", "2"},
      {"sum(done.amount)", "30.00"},
      {"sum(done.amount where on > 2023-02-01)", "missing"},
      {"sum(done.amount where on > 2024-01-01)", "0.00"},
      {"max(done.on)", "2023-03-01"},
      {"min(done.amount)", "10.00"},
      {"any(done where amount > 15元)", "yes"},
      {"all(done where amount > 5元)", "missing"},
      {"all(done where on < 2023-03-02)", "yes"},
      {"合计(done.amount 其中 on == 2023-01-01) == 10元", "yes"},
      {"age(start) == 0", "yes"},
      {"9223372036854775807 + 1", "the result leaves the exact range"},
  };
  for (const auto& [text, value] : table) EXPECT_EQ(worked_out(text), value) << text;
}

TEST(Formula, EveryFaultAtOnceWithItsColumn) {
  const std::pair<const char*, const char*> table[] = {
      {"totl > 5万元", "1: there is no name 'totl'; did you mean total?"},
      {"total > 5", "9: say the unit of the money: 5元 or 5万元"},
      {"total + area", "7: the units differ: 元 and 亩"},
      {"state == bulding", "10: there is no code 'bulding' in state; did you mean building?"},
      {"state > idea", "7: a number or date, which have an order is wanted here, not a code (state)"},
      {"name + 1", "1: a number or a date is wanted here, not a text"},
      {"reporter == 'x'", "1: 'reporter' is personal; an expression may only ask whether it is there: has(reporter)"},
      {"1 < 2 < 3", "7: comparisons don't chain; write a < b and b < c"},
      {"a ? 1 : 2", "3: there is no ? : here; write if(condition, a, b)"},
      {"(1 + 2", "7: ',' or ')'"},
      {"done > 3", "1: 'done' is a set of rows or records; write count(done) or sum(done.field)"},
      {"sum(total)", "5: sum takes a set of rows or records; 'total' is none"},
      {"count(done.amount)", "7: a set of rows is expected here, not 'done.amount'"},
      {"any(done)", "1: a condition after where is expected here, not ')'"},
      {"sum(done.amont)", "5: there is no name 'amont'; did you mean amount?"},
      {"summ(done.amount)", "1: there is no function 'summ'; did you mean sum?"},
      {"abs(1, 2)", "1: abs takes 1 arguments, not 2"},
      {"start + finish", "7: a date and a date don't go together"},
      {"start + 5h", "7: a date and a number (h) don't go together; write days as 10d or 5wd"},
      {"2023-02-30 > start", "1: no such day: 2023-02-30; write 2023-06-16"},
      {"missing", "1: missing alone has no type; use it inside if"},
      {"'open", "1: a quote is left open; close it with '"},
      {"1 # 2", "3: '#' means nothing in an expression"},
      {"where > 1", "1: a name, number, date, text or '(' is expected here, not 'where'"},
  };
  for (const auto& [text, said] : table) {
    const auto tree = Tree::parse(text, names());
    ASSERT_FALSE(tree) << text;
    ASSERT_EQ(tree.error().all().size(), 1U) << text << "\n" << tree.error().text(Language::en);
    const Diagnostic& first = tree.error().first();
    const std::string found = std::to_string(first.where.column) + ": " + first.text(Language::en);
    EXPECT_TRUE(found == said || text == std::string("(1 + 2")) << text << "\n" << found;
  }
  const auto two = Tree::parse("totl > 1元 and stat == idea", names());
  ASSERT_FALSE(two);
  EXPECT_EQ(two.error().all().size(), 2U) << "one message a mistake: idea is not told beside a name that is unknown";
}

TEST(Formula, FitsWhatThePlaceWants) {
  const auto in = [](std::string_view unit) {
    return Type{.base = Base::exact, .unit = Unit::named(unit), .decimals = 1};
  };
  EXPECT_EQ(worked_out("100 * done_sum / total", in("%")), "25");
  EXPECT_EQ(worked_out("if(total > 0, 100 * done_sum / total, missing)", in("%")), "25");
  EXPECT_EQ(worked_out("done_sum / total", in("%")), "the unit here is %: write a share as percent(a, b)");
  EXPECT_EQ(worked_out("total", in("万元")), "200.000000");
  EXPECT_EQ(worked_out("5", in("元")), "say the unit of the money: 5元 or 5万元");
  EXPECT_EQ(worked_out("5", in("件")), "5");
  EXPECT_EQ(worked_out("total", in("件")), "the units differ: 元 and 件");
  EXPECT_EQ(worked_out("total", Type{.base = Base::flag}), "yes or no is wanted here, not a number (元)");
  EXPECT_EQ(worked_out("missing", in("件")), "missing");
  EXPECT_EQ(worked_out("building", Type{.base = Base::code, .domain = "state"}), "#1");
}

TEST(Formula, SaysHowFarItReaches) {
  const auto far = [](std::string_view text) {
    const Tree tree = *Tree::parse(text, names());
    return std::pair{tree.reaches(Reach::look), tree.reaches(Reach::now)};
  };
  EXPECT_EQ(far("total > 1元"), (std::pair{false, false}));
  EXPECT_EQ(far("owner.line == agriculture"), (std::pair{true, false}));
  EXPECT_EQ(far("today() > start"), (std::pair{false, true}));
  EXPECT_EQ(far("age(start) > 3"), (std::pair{false, true}));
  EXPECT_EQ(Tree::parse("sum(done.amount where on > 2023-01-01) + total > 1元", names())->symbols(),
            (std::vector<std::int64_t>{testing::total, testing::months}));
}

TEST(Formula, KeepsItsTreeWhenALabelChanges) {
  TinyNames later = testing::tiny_names();
  const Tree before = *Tree::parse("total > 5万元 and count(done where amount > 1元) > 2", later);
  later.rename(testing::total, "总投资 (估)");
  EXPECT_EQ(before.text(later), "`总投资 (估)` > 5万元 and count(done where amount > 1元) > 2");
  const Tree after = *Tree::parse(before.text(later), later);
  EXPECT_TRUE(after == before);
  EXPECT_EQ(after.canonical(), before.canonical());
}

TEST(Formula, HasLimits) {
  EXPECT_EQ(worked_out(std::string(70, '(') + "1" + std::string(70, ')')), "the expression is nested deeper than 60");
  std::string sum = "1";
  for (int i = 0; i < 600; ++i) sum += "+1";
  EXPECT_EQ(worked_out(sum), "the expression has more than 1000 parts");
  EXPECT_EQ(worked_out(std::string(5000, '1')), "the expression is longer than 4000 characters");
  EXPECT_EQ(worked_out(std::string(100, '-') + "1"), "the expression is nested deeper than 60");
}

std::vector<std::string> document_lines() {
  std::ifstream file(GANGMU_SOURCE_DIR "/docs/formulas.md");
  std::vector<std::string> out;
  for (std::string line; std::getline(file, line);) out.push_back(line);
  return out;
}

TEST(FormulaDocument, ItsSamplesGiveWhatItSays) {
  int samples = 0;
  for (const std::string& line : document_lines()) {
    const std::vector<std::string> parts = text::split(line, '`');
    if (!line.starts_with("| `") || parts.size() != 5 || parts[2] != " | ") continue;
    ++samples;
    EXPECT_EQ(worked_out(parts[1]), parts[3]) << line;
  }
  EXPECT_GE(samples, 15);
}

TEST(FormulaDocument, ListsEveryFunctionAndNoOther) {
  std::vector<std::string> told;
  for (const std::string& line : document_lines())
    if (line.starts_with("| `") && text::split(line, '|').size() == 6 && text::split(line, '`').size() == 3)
      told.push_back(line);
  std::vector<std::string> wanted;
  for (const Builtin& one : builtins())
    wanted.push_back("| `" + std::string(one.form) + "` | " + std::string(one.zh) + " | " + std::string(one.says_zh) +
                     " | " + std::string(one.says_en) + " |");
  EXPECT_EQ(told, wanted);
}

TEST(FormulaProperty, WhatIsPrintedParsesBackToAnEqualTree) {
  const TinyValues values = project();
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    Writer writer(seed);
    const std::string text = seed % 2 == 0 ? writer.flag(4) : writer.money(4);
    const auto tree = Tree::parse(text, names());
    ASSERT_TRUE(tree) << text << "\n" << tree.error().text(Language::en);
    const std::string printed = tree->text(names());
    const auto again = Tree::parse(printed, names());
    ASSERT_TRUE(again) << text << "\n" << printed << "\n" << again.error().text(Language::en);
    ASSERT_TRUE(*again == *tree) << text << "\n" << printed << "\n" << again->text(names());
    const auto a = evaluate(*tree, values), b = evaluate(*again, values);
    ASSERT_EQ(a.has_value(), b.has_value()) << text;
    if (a) { ASSERT_EQ(*a, *b) << text; }
  }
}

TEST(FormulaProperty, NoTextMakesItFall) {
  const std::string_view pieces[] = {"total", "(",   ")",    "+",     "-",    "5万元", "and", "not",     "in",
                                     ",",     "'x'", "done", ".",     "sum(", "where", "if(", "missing", "2023-06-16",
                                     "`",     "？",  "＞",   "state", "=",    "1e9",   "\xff"};
  Random random(7);
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (auto n = random.below(12); n > 0; --n) text += std::string(pieces[random.below(std::size(pieces))]) + " ";
    const auto tree = Tree::parse(text, names());
    if (tree) (void)evaluate(*tree, project());
  }
}

}   // namespace
}   // namespace gangmu::formula
