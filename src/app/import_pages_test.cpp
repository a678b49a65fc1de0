// SPDX-License-Identifier: Apache-2.0
// What a large ledger costs: pages of rows, readings kept and shared, a quota for what waits, texts that multiply.
#include <algorithm>
#include <atomic>
#include <thread>

#include "app/errors.hpp"
#include "app/import_readings.hpp"
#include "app/persons.hpp"
#include "app/test_import.hpp"
#include "store/errors.hpp"

namespace gangmu::app::test {
namespace {

/// A csv of `n` tasks; every tenth has a due nobody can read.
std::string many(int n) {
  std::string out = "序号,工作任务,牵头单位,完成时限\n";
  for (int i = 1; i <= n; ++i) {
    const std::string number = std::to_string(i);
    out += number + ",任务" + number + ",市发改局," + (i % 10 ? "2023年6月底前" : "改天再说") + "\n";
  }
  return out;
}

using List = Result<Reply> (*)(Service&, const Call&);

Told page(World& world, const std::string& id, List list, const std::string& cursor = {}) {
  Call call = world.call(id);
  if (!cursor.empty()) call.query["cursor"] = cursor;
  return told(list(world.service(), call));
}

TEST(ImportPages, AnUploadAnswersAPageOfRowsAndTheRestIsAskedFor) {
  World world;
  const Told import = read(world, many(3000), "台账.csv");
  EXPECT_EQ(import["counts"]["tasks"], Json(3000));
  EXPECT_EQ(import["rows"].array()->size(), 50U);
  EXPECT_EQ(import["questions"].array()->size(), 50U);
  EXPECT_EQ(import["next"]["rows"], Json("50"));
  EXPECT_LT(import.reply.body.size(), 200'000U);
  std::vector<std::int64_t> seen;
  std::size_t pages = 0;
  for (std::string cursor; pages < 100; ++pages) {
    const Told rows = page(world, id_of(import), import_rows, cursor);
    for (const Json& row : *rows["items"].array()) {
      seen.push_back(row["row"].integer_or(0));
      for (const Json& asked : *row["questions"].array())
        EXPECT_TRUE(question(Told{{}, Json(rows.json)}, asked.string_or(""))) << "a page tells what its rows ask";
    }
    cursor = rows["next"].string_or("");
    if (cursor.empty()) break;
  }
  EXPECT_EQ(pages, 59U);
  ASSERT_EQ(seen.size(), 3000U);
  EXPECT_EQ(seen.front(), 2);
  EXPECT_EQ(seen.back(), 3001);
  EXPECT_TRUE(std::ranges::is_sorted(seen));
}

TEST(ImportPages, OpenQuestionsComeFirstAndTheNextOnesRiseAsTheyAreAnswered) {
  World world;
  const std::string id = id_of(read(world, many(1000), "台账.csv"));
  const Told first = told(import_batch(world.service(), world.call(id)));
  EXPECT_EQ(first["counts"]["asked"], Json(100));
  Json answers, body;
  for (const Json& one : *first["questions"].array()) answers.set(one["id"].string_or(""), "2023年底前");
  body.set("answers", answers);
  const Told next = told(answer_import(world.service(), world.call(id, body.canonical())));
  EXPECT_EQ(next["counts"]["questions"], Json(50));
  for (const Json& one : *next["questions"].array()) EXPECT_EQ(one["answer"], Json()) << one["id"].string_or("");
  EXPECT_EQ(page(world, id, import_questions, "50")["items"].array()->size(), 50U) << "the answered ones follow";
}

TEST(ImportPages, LongTextsEndAPageEarly) {
  World world;
  std::string file = "序号,工作任务,牵头单位,完成时限,备注\n";
  const std::string remark(15'000, 'x');
  for (int i = 1; i <= 60; ++i) file += std::to_string(i) + ",任务,市发改局,2023年6月底前," + remark + "\n";
  const Told import = read(world, file, "台账.csv");
  EXPECT_LT(import["rows"].array()->size(), 20U);
  EXPECT_GT(import["rows"].array()->size(), 10U);
  EXPECT_LT(import.reply.body.size(), Limits{}.import_page_bytes + 100'000);
  EXPECT_EQ(import["next"]["rows"], Json(std::to_string(import["rows"].array()->size())));
}

/// A title of 6 KB over a column that is left blank below it: 20,000 rows would say it 20,000 times.
TEST(ImportPages, ATextThatWouldStandInEveryRowIsRefusedBeforeItDoes) {
  World world;
  std::string file = "序号,行动,工作任务,牵头单位,完成时限\n";
  for (int i = 1; i <= 19'000; ++i)
    file += std::to_string(i) + "," + (i == 1 ? std::string(6'000, 'x') : "") + ",任务,市发改局,2023年6月底前\n";
  Call call = world.call("", file);
  call.query["name"] = "台账.csv";
  const Error refusal = refused(read_import(world.service(), call));
  EXPECT_TRUE(refusal.is(errors::limit_exceeded));
  EXPECT_NE(refusal.text(Language::zh).find(std::to_string(Limits{}.import_text_bytes)), std::string::npos)
      << refusal.text(Language::zh);
}

TEST(ImportPages, OneCountyMayLeaveSoManyUnconfirmed) {
  World world;
  world.limits.import_pending = 3;
  world.restart();
  std::vector<std::string> ids;
  for (int i = 0; i < 3; ++i) ids.push_back(id_of(read(world, ledger("任务台账", rows))));
  Call call = world.call("", ledger("任务台账", rows));
  call.query["name"] = "台账.xlsx";
  const Error full = refused(read_import(world.service(), call));
  EXPECT_TRUE(full.is(errors::import_pending_full));
  EXPECT_EQ(full.first().arguments, (std::vector<std::string>{"3", "3"}));
  told(discard_import(world.service(), world.call(ids.front(), "{}")));
  EXPECT_EQ(read(world, ledger("任务台账", rows)).reply.status, 201);
  answer(world, ids[1], "place:桥头镇", "乙县桥头镇");
  confirm(world, ids[1]);
  EXPECT_EQ(read(world, ledger("任务台账", rows)).reply.status, 201) << "what is confirmed no longer waits";
}

TEST(ImportPages, FilesThatWaitHaveALimitOfBytesToo) {
  World world;
  const std::string file = many(20);
  world.limits.import_pending_bytes = 2 * file.size() + 1;
  world.restart();
  const std::string first = id_of(read(world, file, "台账.csv"));
  read(world, file, "台账.csv");
  Call call = world.call("", file);
  call.query["name"] = "台账.csv";
  const Error heavy = refused(read_import(world.service(), call));
  EXPECT_TRUE(heavy.is(errors::import_pending_heavy));
  EXPECT_EQ(heavy.first().arguments, (std::vector<std::string>{std::to_string(3 * file.size()),
                                                               std::to_string(world.limits.import_pending_bytes)}));
  told(discard_import(world.service(), world.call(first, "{}")));
  EXPECT_EQ(read(world, file, "台账.csv").reply.status, 201);
}

TEST(ImportPages, AFileIsReadOnceForAllItsPagesAndReaders) {
  ImportReadings readings(1000);
  const auto of = [](std::size_t weight) {
    auto out = std::make_shared<LedgerReading>();
    out->weight = weight;
    return SharedLedger(out);
  };
  std::atomic<int> made = 0;
  const auto make = [&]() -> Result<SharedLedger> {
    ++made;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return of(400);
  };
  std::vector<std::thread> readers;
  for (int i = 0; i < 8; ++i) readers.emplace_back([&] { must(readings.get("a", make)); });
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(made, 1);
  readings.keep("b", of(400));
  must(readings.get("a", make));
  EXPECT_EQ(made, 1) << "both fit";
  readings.keep("c", of(500));
  must(readings.get("a", make));
  EXPECT_EQ(made, 1) << "the longest unused went";
  must(readings.get("b", make));
  EXPECT_EQ(made, 2);
  readings.keep("huge", of(100'000));
  EXPECT_EQ(must(readings.get("huge", make))->weight, 100'000U)
      << "the last one stays, so that its pages are not read anew";
}

TEST(ImportPages, WhatWasReadGoesWithTheKeyOfItsFile) {
  World world;
  const std::string id = id_of(read(world, ledger("任务台账", rows)));
  told(import_batch(world.service(), world.call(id)));
  must(world.store().vault().erase(import_subject(id)));
  EXPECT_TRUE(refused(import_rows(world.service(), world.call(id))).is(store::errors::subject_erased));
}

}   // namespace
}   // namespace gangmu::app::test
