// SPDX-License-Identifier: Apache-2.0
// The compiled form against its oracle, the interpreter: over random trees and hosts, in values, absences and errors.
#include "formula/program.hpp"

#include <gtest/gtest.h>

#include "base/calendar.hpp"
#include "formula/errors.hpp"
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
  static const Calendar all = *Calendar::of(2023, 2023, {});
  return all;
}

TEST(ProgramProperty, GivesWhatTheInterpreterGives) {
  Random random(11);
  int values = 0, absences = 0, errors = 0;
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    const std::string text = Writer(seed).any(1 + static_cast<int>(seed % 5));
    const auto tree = Tree::parse(text, names());
    if (!tree) continue;   // a product of many units, too large
    const Program program(*tree);
    for (int i = 0; i < 6; ++i) {
      const TinyValues host = testing::random_values(random, calendar());
      const auto wanted = evaluate(*tree, host), found = program.run(host);
      ASSERT_EQ(found.has_value(), wanted.has_value()) << text;
      if (!wanted) {
        ++errors;
        ASSERT_EQ(found.error().all().size(), 1U);
        ASSERT_EQ(found.error().first().kind, wanted.error().first().kind) << text;
        ASSERT_EQ(found.error().first().where, wanted.error().first().where) << text;
        continue;
      }
      ASSERT_EQ(found->index(), wanted->index()) << text << ": exact stays exact, real stays real";
      ASSERT_EQ(text_of(*found), text_of(*wanted)) << text;
      (absent(*wanted) ? absences : values)++;
    }
  }
  EXPECT_GT(values, 3'000);
  EXPECT_GT(absences, 3'000);
  EXPECT_GT(errors, 300);
}

Result<Value> run(std::string_view text, const TinyValues& host) {
  return Program(*Tree::parse(text, names())).run(host);
}

TEST(Program, LooksOnlyAtWhatIsAskedFor) {
  TinyValues host;
  host.values[testing::total] = Decimal(INT64_MAX, 2);
  host.values[testing::sampled] = true;
  EXPECT_EQ(*run("sampled or total * 2 > 1元", host), Value(true));
  EXPECT_EQ(*run("if(sampled, 1, total / total * (total * 9 / 1元))", host), Value(Decimal(1, 0)));
  EXPECT_EQ(*run("default(1, abs(total * 9 / 1元))", host), Value(Decimal(1, 0)));
  const auto wide = run("sampled and total + total > 1元", host);
  ASSERT_FALSE(wide);
  EXPECT_TRUE(wide.error().is(errors::overflow));
  EXPECT_EQ(wide.error().first().where.column, 19);
}

TEST(Program, ADeepExpressionHasRoom) {
  std::string text = "1";
  for (int i = 0; i < 25; ++i) text = "2 - (" + text + ")";
  const Tree tree = *Tree::parse(text, names());
  EXPECT_EQ(*Program(tree).run(TinyValues{}), *evaluate(tree, TinyValues{}));
  text = "max(1";
  for (int i = 2; i < 60; ++i) text += ", " + std::to_string(i);
  EXPECT_EQ(*run(text + ")", TinyValues{}), Value(Decimal(59, 0)));
}

}   // namespace
}   // namespace gangmu::formula
