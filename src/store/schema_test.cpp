// SPDX-License-Identifier: Apache-2.0
// Rules that every table keeps, now and later.
#include "store/schema.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "store/database.hpp"

namespace gangmu::store {
namespace {

TEST(Schema, HomeComesFirstInEveryKeyAndIndexOfAnOperationalTable) {
  for (const Table* t : tables()) {
    if (t->scope != Scope::operational) continue;
    ASSERT_FALSE(t->columns.empty());
    EXPECT_EQ(t->columns[0].name, "home") << t->name;
    EXPECT_TRUE(t->columns[0].key) << t->name;
    for (const auto& index : t->indexes) EXPECT_EQ(index.front(), "home") << t->name;
  }
}

TEST(Schema, OnlyTheseTablesHaveNoHome) {
  std::set<std::string_view> names;
  for (const Table* t : tables())
    if (t->scope != Scope::operational) names.insert(t->name);
  EXPECT_EQ(names, (std::set<std::string_view>{"batch", "definition", "epoch", "journal", "meta"}));
}

TEST(Schema, KeyColumnsStandFirstAndNamesAreDistinct) {
  std::set<std::string_view> names;
  for (const Table* t : tables()) {
    EXPECT_TRUE(names.insert(t->name).second) << t->name;
    EXPECT_GT(t->keys, 0u) << t->name;
    std::set<std::string_view> columns;
    for (std::size_t i = 0; i < t->columns.size(); ++i) {
      EXPECT_EQ(t->columns[i].key, i < t->keys) << t->name << "." << t->columns[i].name;
      EXPECT_TRUE(columns.insert(t->columns[i].name).second) << t->name << "." << t->columns[i].name;
    }
    EXPECT_EQ(find_table(t->name), t);
  }
  EXPECT_EQ(find_table("check_in"), nullptr);
}

TEST(Schema, PersonalColumnsHoldCiphertext) {
  int personal = 0;
  for (const Table* t : tables())
    for (const Column& c : t->columns) {
      if (!c.personal) continue;
      ++personal;
      EXPECT_EQ(c.type, ColumnType::bytes) << t->name << "." << c.name;
      EXPECT_FALSE(c.key) << t->name << "." << c.name;
    }
  EXPECT_EQ(personal, 3);
}

TEST(Schema, EveryJournalledRowSaysWhichEntryWroteIt) {
  for (const Table* t : tables()) {
    if (!t->journalled()) continue;
    int seqs = 0;
    for (const Column& c : t->columns) seqs += c.seq ? 1 : 0;
    EXPECT_EQ(seqs, 1) << t->name;
  }
}

TEST(Schema, NothingMeasuresPresence) {
  const std::set<std::string_view> never{"check_in",    "checkin", "points",   "online",
                                         "online_time", "likes",   "location", "photo_count"};
  for (const Table* t : tables())
    for (const Column& c : t->columns) EXPECT_FALSE(never.contains(c.name)) << t->name << "." << c.name;
}

TEST(Schema, BothDialectsAreMadeFromTheCatalogue) {
  EXPECT_EQ(
      create_table_sql(table::task, Engine::sqlite),
      R"(CREATE TABLE "task" ("home" INTEGER NOT NULL, "id" TEXT NOT NULL, "body" TEXT NOT NULL, "contact" BLOB NOT NULL, )"
      R"("state" TEXT NOT NULL, "seq" INTEGER NOT NULL, PRIMARY KEY ("home","id")) STRICT, WITHOUT ROWID)");
  EXPECT_EQ(
      create_table_sql(table::meta, Engine::postgres),
      R"(CREATE TABLE "meta" ("name" text COLLATE "C" NOT NULL, "value" text COLLATE "C" NOT NULL, PRIMARY KEY ("name")))");
  EXPECT_EQ(select_sql(table::meta, 1), R"(SELECT "name","value" FROM "meta" WHERE "name"=$1 ORDER BY "name")");
}

}   // namespace
}   // namespace gangmu::store
