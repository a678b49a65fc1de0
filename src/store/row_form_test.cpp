// SPDX-License-Identifier: Apache-2.0
// Entries of before a column was there, or of before it stood in the key, are read by the rule of their table.
#include "store/row_form.hpp"

#include <gtest/gtest.h>

#include "store/errors.hpp"

namespace gangmu::store {
namespace {

const Table today{.name = "made_up",
                  .columns = {{.name = "home", .key = true},
                              {.name = "id", .key = true},
                              {.name = "seq", .key = true, .seq = true},
                              {.name = "name", .type = ColumnType::text},
                              {.name = "grade", .type = ColumnType::text, .before = Value(std::string("A"))}},
                  .append_only = true,
                  .keys = 3};

Json json(const char* text) { return *Json::parse(text); }

TEST(RowForm, ARowOfTodayIsReadAsItStands) {
  const RowForm form = *RowForm::of(today, json(R"(["home","id","seq","name","grade"])"));
  EXPECT_FALSE(form.earlier());
  EXPECT_EQ(*form.row(json("[1,2,null]"), json(R"(["甲","B"])"), Seq{9}),
            (Row{std::int64_t{1}, std::int64_t{2}, std::int64_t{9}, std::string("甲"), std::string("B")}));
  EXPECT_TRUE(form.row(json("[1,2]"), json(R"([null,"甲","B"])"), Seq{9}).error().is(errors::entry_malformed));
}

TEST(RowForm, AColumnThatCameLaterTakesTheValueItsTableDeclares) {
  const RowForm form = *RowForm::of(today, json(R"(["home","id","name","seq"])"));
  EXPECT_TRUE(form.earlier());
  EXPECT_EQ(*form.row(json("[1,2]"), json(R"(["甲",null])"), Seq{9}),
            (Row{std::int64_t{1}, std::int64_t{2}, std::int64_t{9}, std::string("甲"), std::string("A")}));
  EXPECT_TRUE(form.key(json("[1,2]"), Seq{9}).error().is(errors::entry_malformed)) << "what it erased is not known";
}

TEST(RowForm, AColumnNobodyHasARuleForIsRefused) {
  for (const char* names : {R"(["home","id","seq"])", R"(["home","id","seq","name","grade","colour"])", "null"})
    EXPECT_TRUE(RowForm::of(today, json(names)).error().is(errors::entry_malformed)) << names;
}

TEST(RowForm, AColumnThatIsGoneIsPassedOverAndWhatWasErasedIsKnown) {
  Table later = today;
  later.former = {"colour"};
  const RowForm form = *RowForm::of(later, json(R"(["home","id","seq","name","colour","grade"])"));
  EXPECT_TRUE(form.earlier());
  EXPECT_EQ(*form.row(json("[1,2,null]"), json(R"(["甲","red","B"])"), Seq{9}),
            (Row{std::int64_t{1}, std::int64_t{2}, std::int64_t{9}, std::string("甲"), std::string("B")}));
  EXPECT_EQ(*form.key(json("[1,2,null]"), Seq{9}), (Row{std::int64_t{1}, std::int64_t{2}, std::int64_t{9}}));
  EXPECT_FALSE(RowForm::of(later, json(R"(["home","id","seq","name","grade","shape"])")));
  const RowForm keys =
      *RowForm::of(table::request_key, json(R"(["home","actor","key","act","command","fields","seq","answer","at"])"));
  EXPECT_EQ(*keys.key(json(R"([4,"clerk","k"])"), Seq{9}),
            (Row{std::int64_t{4}, std::string("clerk"), std::string("k")}));
}

/// The form places had up to schema 2: one row a place and day, replaced when it changed.
TEST(RowForm, RowsOfPlacesFromBeforeTheyWereKeptAreTheStatesOfTheirEntries) {
  const RowForm form = *RowForm::of(
      table::place,
      json(R"(["home","id","valid_from","valid_to","code","level","parent","kind","functional","name_zh","name_en",)"
           R"("pinyin","initials","attributes","seq"])"));
  EXPECT_TRUE(form.earlier());
  const Row row = *form.row(json("[2,4,18262]"),
                            json(R"([19000,"990101101001","village",3,"village",0,"一村","","","","",null])"), Seq{7});
  EXPECT_EQ(row[table::place.column("seq")], Value(std::int64_t{7}));
  EXPECT_EQ(row[table::place.column("valid_to")], Value(std::int64_t{19000}));
  EXPECT_EQ(row[table::place.column("name_zh")], Value(std::string("一村")));
}

}   // namespace
}   // namespace gangmu::store
