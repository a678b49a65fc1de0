// SPDX-License-Identifier: Apache-2.0
// Opening records: a pack brings them, a second load changes what differs, an export gives them back byte for byte.
#include "app/records/opening.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/errors.hpp"
#include "app/load.hpp"
#include "app/records/registers.hpp"
#include "app/test_store.hpp"
#include "pack/register_sample_test.hpp"
#include "record/ways_out.hpp"
#include "store/records.hpp"

namespace gangmu::app::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

pack::Files with_records() {
  pack::Files files = pack::sample::with_registers();
  for (const char* kind : {"kinds/site.yaml", "kinds/matter.yaml"}) {
    std::string& text = files[kind];
    text.replace(text.find("home: county"), 12, "opening: true, home: county");
  }
  files["records/site.csv"] =
      "id,name,place\n"
      "1,山脚地,990101100000\n"
      "2,河边地,990101100000\n";
  files["records/site.crops.csv"] =
      "id,year,yield\n"
      "1,2021,1200.5\n"
      "1,2022,1300.0\n";
  files["records/matter.csv"] =
      "id,state,text,place,site,need,answerer,met\n"
      "1,answered,缺水,990101100000,1,site,unit:water,true\n"
      "2,,缺电,990101100000,,land,unit:water,\n";
  return files;
}

pack::Pack opening_pack(const pack::Files& files) { return must(pack::read_pack(files)); }
pack::Files exported(const Fresh& world) { return must(pack::write_pack(must(export_pack(*world.store)))); }

struct Opened : Fresh {
  Opened() {
    loaded(*this, opening_pack(with_records()));
    lock();
  }
  void lock() { options.base = must(lock_of(*store, must(export_pack(*store)))); }
  Result<LoadReport> take(const pack::Files& from) { return load(*store, opening_pack(from), options); }
  Json document(const std::string& id) {
    return must(store->read([&](store::Database& database) {
             return store::records::document(database, must(record::RecordId::parse(id)), Seq{INT64_MAX});
           }))
        .value_or(Json());
  }
  LoadOptions options;
};

pack::Files changed(const std::string& path, const std::string& what, const std::string& by) {
  pack::Files files = with_records();
  std::string& text = files[path];
  text.replace(text.find(what), what.size(), by);
  return files;
}

TEST(OpeningRecords, AreWrittenWithWhatIsWorkedOutOfThem) {
  Opened world;
  const auto view = world.store->view();
  const PlaceId county = (*view->tree)[view->tree->find_code("990101000000")].id;
  const std::string home = std::to_string(county.value);
  const Json site = world.document(home + ".site.1"), matter = world.document(home + ".matter.1");
  EXPECT_EQ(site["f"]["5"].string_or(""), "2500.5") << "the sum of its rows";
  EXPECT_EQ(site["o"].string_or(""), "1");
  EXPECT_EQ(matter["s"].string_or(""), "answered");
  EXPECT_EQ(matter["no"].string_or("").substr(0, 2), "SX");
  EXPECT_EQ(matter["x"].canonical(), R"({"3":[")" + home + R"(.site.1"]})");
  EXPECT_FALSE(matter["c"]["check"].is_null()) << "the clock of its state runs";
  EXPECT_EQ(world.document(home + ".matter.2")["s"].string_or(""), "raised");
  EXPECT_EQ(view->records.find("site")->size(), 2u);
}

TEST(OpeningRecords, TheirHistorySaysThatThePackBroughtThem) {
  Opened world;
  const auto view = world.store->view();
  Call call;
  call.actor = Actor::local();
  call.programme = "tiny";
  call.id = std::to_string((*view->tree)[view->tree->find_code("990101000000")].id.value) + ".site.1";
  Service service(System{world.clock, world.secrets, world.executor}, Limits{});
  must(service.add(std::move(world.store)));
  Call open = call;
  open.id = "site";
  open.body = R"({"owner":"示例市水务局","list_number":"2023-009"})";
  open.request_key = "open";
  must(open_register(service, open));
  const Json site = must(Json::parse(must(record_detail(service, call)).body));
  const Json& brought = site["history"].array()->back();
  EXPECT_EQ(brought["step"].string_or(""), record::step_opening);
  EXPECT_EQ(brought["zh"].string_or(""), "随方案带入");
  EXPECT_EQ(brought["en"].string_or(""), "Brought by the programme");
}

TEST(OpeningRecords, ExportLoadExportIsByteForByteTheSame) {
  Opened first;
  Fresh second;
  const pack::Files out = exported(first);
  EXPECT_EQ(out.at("records/site.csv"), with_records()["records/site.csv"]);
  EXPECT_EQ(out.at("records/site.crops.csv"), with_records()["records/site.crops.csv"]);
  EXPECT_EQ(out.at("records/matter.csv"), with_records()["records/matter.csv"]);
  loaded(second, opening_pack(out));
  EXPECT_EQ(exported(second), out);
  EXPECT_TRUE(must(first.take(out)).plan.taken.empty()) << "what was exported changes nothing";
}

TEST(OpeningRecords, ASecondLoadChangesWhatDiffersAndKeepsTheAddress) {
  Opened world;
  const LoadReport report = must(world.take(changed("records/site.csv", "河边地", "滨河地")));
  EXPECT_THAT(report.plan.taken, ElementsAre(pack::ObjectKey{"record", "site/2"}));
  EXPECT_THAT(exported(world).at("records/site.csv"), HasSubstr("2,滨河地"));
  EXPECT_EQ(world.store->view()->records.find("site")->size(), 2u);
  world.lock();
  must(world.take(changed("records/matter.csv", "1,answered,缺水", "1,done,缺水")));
  EXPECT_THAT(exported(world).at("records/matter.csv"), HasSubstr("1,done,缺水"));
}

TEST(OpeningRecords, WhatBothSidesChangedIsAConflictByName) {
  Opened world;
  must(world.take(changed("records/site.csv", "河边地", "滨河地")));
  const auto refused = world.take(changed("records/site.csv", "河边地", "江边地"));
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::load_conflict));
  EXPECT_EQ(refused.error().first().arguments, (std::vector<std::string>{"record", "site/2"}));
  pack::Files fewer = with_records();
  fewer["records/site.csv"] = "id,name,place\n1,山脚地,990101100000\n";
  EXPECT_THAT(must(world.take(fewer)).plan.absent, testing::Contains(pack::ObjectKey{"record", "site/2"}))
      << "named, and left";
}

TEST(OpeningRecords, AKeyThatStandsTwiceIsToldAtItsRow) {
  Opened world;
  const auto refused = world.take(changed("records/site.csv", "2,河边地", "2,山脚地"));
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::key_taken));
  EXPECT_EQ(refused.error().first().where.file, "records/site.csv");
  EXPECT_THAT(refused.error().first().where.cell, HasSubstr("id 2"));
}

TEST(OpeningRecords, AVoidOneIsNotExportedAndNotBroughtAnew) {
  Opened world;
  const auto view = world.store->view();
  const record::Kind& kind = *view->records.catalogue->find("site");
  const PlaceId county = (*view->tree)[view->tree->find_code("990101000000")].id;
  const record::RecordId id{county, "site", 2};
  const record::Lookup nobody;
  const record::Actor actor;
  const Calendar calendar;
  const record::World at{Instant{1'700'000'000'000'000}, *view->records.catalogue, calendar, actor, nobody, {}};
  const record::Record before = must(record::record_of(kind, id, world.document(id.text())));
  auto event = must(record::voided(kind, before, "重复", at));
  must(world.store->write({.home = county,
                           .actor = "test",
                           .act = "void",
                           .request_key = {},
                           .command = {},
                           .run = [&](store::Tx& tx) -> Result<Json> {
                             TRY(store::records::append(tx, id, event));
                             return Json();
                           }}));
  EXPECT_EQ(exported(world).at("records/site.csv"), "id,name,place\n1,山脚地,990101100000\n");
  EXPECT_TRUE(must(world.take(with_records())).plan.taken.empty())
      << "the store took it away, the pack did not change it";
}

}   // namespace
}   // namespace gangmu::app::test
