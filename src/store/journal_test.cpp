// SPDX-License-Identifier: Apache-2.0
#include "store/journal.hpp"

#include <gtest/gtest.h>

#include "store/errors.hpp"
#include "store/test_world.hpp"

namespace gangmu::store::test {
namespace {

Entry sample() {
  Entry e;
  e.seq = Seq{812};
  e.home = county;
  e.at = Instant{1'764'000'000'000'000};
  e.act = "report_progress";
  e.actor = "local";
  e.request_key = "8f";
  e.command = "sha256:00";
  e.fields = Json(Json::Object{{"task", Json("ab")}});
  e.answer = Json("好");
  e.definitions = {"scheme:town@2"};
  e.columns = columns_of({&table::task});
  append_row(e.rows, table::task,
             {std::int64_t{2}, std::string("T-1"), std::string("{\"a\":\"\\n\"}"), Bytes{"\x01\xff"},
              std::string("doing"), std::int64_t{812}},
             false, e.seq);
  append_row(e.rows, table::task, {std::int64_t{2}, std::string("T-2")}, true, e.seq);
  return e;
}

TEST(Journal, AnEntryHasOneCanonicalForm) {
  EXPECT_EQ(
      sample().canonical(),
      R"({"act":"report_progress","actor":"local","answer":"好","at":1764000000000000,)"
      R"("columns":{"task":["home","id","body","contact","state","seq"]},"command":"sha256:00",)"
      R"("definitions":["scheme:town@2"],"epoch":1,"fields":{"task":"ab"},"home":2,"request_key":"8f",)"
      R"("rows":[["task",[2,"T-1"],["{\"a\":\"\\n\"}","01ff","doing",null]],["task",[2,"T-2"],null]],"seq":812})");
  EXPECT_EQ(must(Json::parse(sample().canonical())).canonical(), sample().canonical());
}

TEST(Journal, WhatIsParsedIsWhatWasWritten) {
  const std::string bytes = sample().canonical();
  EXPECT_EQ(must(Entry::parse(bytes)).canonical(), bytes);
}

TEST(Journal, RowsComeBackTyped) {
  const TestFolder folder;
  SystemFiles files;
  BatchFolder batches(folder.path(), files);
  std::vector<RowChange> rows;
  must(for_each_row(must(Entry::parse(sample().canonical())), batches, [&](const RowChange& change) -> Status {
    rows.push_back(change);
    return {};
  }));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].row, (Row{std::int64_t{2}, std::string("T-1"), std::string("{\"a\":\"\\n\"}"), Bytes{"\x01\xff"},
                              std::string("doing"), std::int64_t{812}}));
  EXPECT_TRUE(rows[1].erased);
  EXPECT_EQ(rows[1].row, (Row{std::int64_t{2}, std::string("T-2")}));
}

TEST(Journal, MalformedEntriesAreRefused) {
  const TestFolder folder;
  SystemFiles files;
  BatchFolder batches(folder.path(), files);
  const auto visit = [](const RowChange&) -> Status { return {}; };
  EXPECT_FALSE(Entry::parse("[]"));
  EXPECT_FALSE(Entry::parse("{}"));
  const struct {
    std::string from, to;
  } edits[] = {{"\"state\",", ""},
               {"[2,\"T-2\"]", "[2]"},
               {"[\"task\",[2,\"T-2\"]", "[\"tusk\",[2,\"T-2\"]"},
               {"01ff", "01f"},
               {"\"doing\"", "7"}};
  for (const auto& [from, to] : edits) {
    std::string bytes = sample().canonical();
    bytes.replace(bytes.find(from), from.size(), to);
    const Entry entry = must(Entry::parse(bytes));
    EXPECT_TRUE(for_each_row(entry, batches, visit).error().is(errors::entry_malformed)) << to;
  }
}

TEST(Journal, ABatchFileCarriesItsOwnName) {
  const TestFolder folder;
  SystemFiles files;
  BatchFolder batches(folder.path(), files);
  must(files.make_folder(folder.path() / "batches"));
  Entry entry = sample();
  const std::string rows = entry.rows;
  must(move_rows_to_batch(entry, batches, 2));
  EXPECT_EQ(entry.batch->digest, digest(rows));
  EXPECT_EQ(must(files.read(batches.path(entry.batch->digest))), rows);
  EXPECT_NE(entry.canonical().find(R"("batch":{"digest":"sha256:)"), std::string::npos);
  int n = 0;
  const auto visit = [&](const RowChange&) -> Status {
    ++n;
    return {};
  };
  must(for_each_row(must(Entry::parse(entry.canonical())), batches, visit));
  EXPECT_EQ(n, 2);
  must(files.write(batches.path(entry.batch->digest), rows.substr(1), 0600));
  EXPECT_TRUE(for_each_row(entry, batches, visit).error().is(errors::batch_missing));
}

TEST(Journal, TheHeadDependsOnEveryStreamAndTheEpoch) {
  const Digest one = chain(first_link(), "a"), two = chain(one, "b");
  const StreamHeads heads{{county, one}};
  EXPECT_NE(store_head(1, heads), store_head(2, heads));
  EXPECT_NE(store_head(1, heads), store_head(1, {{county, two}}));
  EXPECT_NE(store_head(1, heads), store_head(1, {{county, one}, {city, two}}));
}

}   // namespace
}   // namespace gangmu::store::test
