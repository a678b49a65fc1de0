// SPDX-License-Identifier: Apache-2.0
// A store written by an earlier program (fixtures/README.md): it opens, is what it was, and can be had back; whenever
// the power goes in the middle of the upgrade, the next start finishes it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "app/carry_tasks.hpp"
#include "app/task_record.hpp"
#include "app/task_rows.hpp"
#include "app/persons.hpp"
#include "app/records/kinds.hpp"
#include "app/tasks.hpp"
#include "app/test_store.hpp"
#include "store/backup.hpp"
#include "store/checkup.hpp"
#include "store/migrations.hpp"
#include "store/set_aside.hpp"
#include "store/test_disk.hpp"
#include "store/verification.hpp"

namespace gangmu::app::test {
namespace {

namespace fs = std::filesystem;
using store::test::TestDisk;

constexpr int cuts = 20;

/// The parameter is the schema.
constexpr int tasks_are_records = 5;   ///< the first schema whose fixture has them so

class KeptStore : public ::testing::TestWithParam<int> {
 protected:
  KeptStore() {
    clock.set("2027-03-03");
    config.folder = folder.path() / "tutorial";
    config.key_folder = folder.path() / "tutorial.keys";
    config.own_thread = false;
    put_back(fixture() / "data", config.folder);
    put_back(fixture() / "keys", config.key_folder);
  }
  ~KeptStore() override { store::set_page_faults(config.folder, nullptr); }

  fs::path fixture() const {
    return fs::path(GANGMU_SOURCE_DIR "/src/app/fixtures") / ("schema-" + std::to_string(GetParam()));
  }
  fs::path aside() const { return store::aside_folder(config.folder, GetParam()); }
  fs::path keyed() const { return config.key_folder / "pages.keyed"; }
  static void put_back(const fs::path& from, const fs::path& to) {
    fs::remove_all(to);
    fs::copy(from, to, fs::copy_options::recursive);
  }

  Result<std::unique_ptr<store::Store>> open() {
    return store::Store::open(config, {clock, secrets, faulty, executor, pack::indicator_of, kinds_of});
  }

  /// What the store tells after six acts of the program of before.
  void expect_whole(std::unique_ptr<store::Store> opened) {
    const auto proof = must(opened->verify());
    EXPECT_EQ(proof.entries, 6);
    Service service({clock, secrets, executor}, {});
    must(service.add(std::move(opened)));
    const Told all = told(tasks(service, call()));
    EXPECT_EQ(all["total"].integer_or(0), 7);
    EXPECT_EQ((*all["items"].array())[0]["percent"].integer_or(0), 86);
    EXPECT_EQ(must(service.store("tutorial"))->view()->assessments.size(), 1u);
    must(must(service.store("tutorial"))->read([&](store::Database& database) {
      return check_keys(database, must(service.store("tutorial"))->vault());
    }));
  }
  static Call call() {
    Call out;
    out.actor = Actor::local();
    out.programme = "tutorial";
    return out;
  }

  OwnFolder folder;
  SetClock clock;
  SeededSecrets secrets;
  store::Faults faults;
  store::SystemFiles files;
  store::FaultyFiles faulty{files, faults};
  SerialExecutor executor;
  store::Config config;
};

class Upgrade : public KeptStore {};

INSTANTIATE_TEST_SUITE_P(Of, KeptStore, ::testing::Range(1, store::schema_version + 1),
                         ::testing::PrintToStringParamName());
INSTANTIATE_TEST_SUITE_P(From, Upgrade, ::testing::Range(1, store::schema_version),
                         ::testing::PrintToStringParamName());

/// When this fails for the newest one only, a table was changed without a migration: fixtures/README.md.
TEST_P(KeptStore, OpensIsEqualToItsReplayAndIsWrittenOn) {
  expect_whole(must(open()));
  Service service({clock, secrets, executor}, {});
  must(service.add(must(open())));
  Call change = call();
  change.id = "1";
  change.request_key = "a key";
  change.body = R"({"text":"已改造60户","percent":100})";
  change.if_match = Seq{told(task(service, change))["task"]["seq"].integer_or(0)};
  const int carried = GetParam() < tasks_are_records ? 1 : 0;
  EXPECT_EQ(told(report_progress(service, change))["seq"].integer_or(0), 7 + carried)
      << "six, the tasks carried over, and this";
  must(must(service.store("tutorial"))->verify());
}

/// Tasks were rows of a table of their own, before they were records: number, history and persons are the same.
TEST_P(KeptStore, CarriesItsTasksOver) {
  Service service({clock, secrets, executor}, {});
  must(service.add(must(open())));
  store::Store& store = *must(service.store("tutorial"));
  EXPECT_TRUE(store.view()->tasks.empty());
  EXPECT_EQ(must(carry_tasks(store)), 0U) << "once";
  Call first = call();
  first.id = "1";
  const Told one = told(task(service, first));
  EXPECT_EQ(one["task"]["progress"], Json("已改造52户"));
  const Json& last = one["events"].array()->back();
  EXPECT_EQ(last["act"], Json("progress"));
  const bool carried = GetParam() < tasks_are_records;
  EXPECT_EQ(last["text"], Json(carried ? "已改造52户（86%）" : "已改造52户"));
  if (!carried) { EXPECT_EQ(last["percent"], Json(86)); }
  EXPECT_NE(last["at"].string_or("").find("202"), std::string::npos);
  std::string persons;
  tasks_of(*store.view()).for_each([&](const store::WholeRecord& held) {
    const record::Kind& kind = *store.view()->records.catalogue->find(task_kind);
    const record::Record record = must(record::record_of(kind, held.id, held.document));
    persons += must(open_task_persons(store.vault(), held.id, record.values, "test", "what was sealed")).canonical();
  });
  EXPECT_NE(persons.find("练某"), std::string::npos) << persons;
  EXPECT_NE(persons.find("13900000000"), std::string::npos) << persons;
  must(store.verify());
}

TEST_P(Upgrade, WhatWasBeforeIsSetAside) {
  ASSERT_TRUE(open());
  EXPECT_EQ(must(files.read(aside() / "HEAD")), must(files.read(fixture() / "data" / "HEAD")));
  const auto database = must(store::open_sqlite(aside() / "gangmu.db"));
  EXPECT_EQ(must(store::migration_state(*database)), (store::MigrationState{GetParam(), 0}));
  must(store::check_pages(*database));
}

TEST_P(Upgrade, CanBeUndoneAndDoneAgain) {
  ASSERT_TRUE(open());
  put_back(aside(), folder.path() / "copy");
  fs::remove_all(config.folder);
  put_back(folder.path() / "copy", config.folder);
  EXPECT_FALSE(open()) << "pages without a keyed sum are damage from then on, unless who has the keys says otherwise";
  must(files.remove(keyed()));
  expect_whole(must(open()));
  EXPECT_TRUE(fs::exists(aside() / "HEAD"));
}

TEST_P(Upgrade, WithoutRoomForTheCopyNothingIsChanged) {
  store::set_page_faults(config.folder, &faults);
  faults.fill_disk_after(20'000);
  EXPECT_FALSE(open());
  faults.clear();
  const auto database = must(store::open_sqlite(config.folder / "gangmu.db"));
  EXPECT_EQ(must(store::migration_state(*database)), (store::MigrationState{GetParam(), 0}));
  EXPECT_FALSE(fs::exists(aside() / "HEAD"));
}

TEST_P(Upgrade, AFailedWriteOrSyncLeavesItToTheNextStart) {
  store::set_page_faults(config.folder, &faults);
  int failed = 0;
  for (const auto fail_after : {&store::Faults::fail_write_after, &store::Faults::fail_sync_after}) {
    for (int n = 0;; n += fail_after == &store::Faults::fail_sync_after ? 1 : 11) {
      put_back(fixture() / "data", config.folder);
      put_back(fixture() / "keys", config.key_folder);
      faults.clear();
      (faults.*fail_after)(n);
      const bool opened = open().has_value();
      faults.clear();
      if (opened) break;
      ++failed;
      expect_whole(must(open()));
      if (::testing::Test::HasFailure()) FAIL() << "after act " << n;
    }
  }
  EXPECT_GT(failed, 10);
}

TEST_P(Upgrade, ThePowerMayGoAtAnyMoment) {
  TestDisk before;
  before.load(config.folder);
  store::set_page_faults(config.folder, &faults);
  faults.record(config.folder);
  ASSERT_TRUE(open());
  store::set_page_faults(config.folder, nullptr);
  const auto events = faults.recorded();
  const auto renewed = std::ranges::find_if(events, [](const store::DiskEvent& event) {
    return event.kind == store::DiskEvent::Kind::sync && event.path.ends_with("gangmu.db");
  });   // the sums of all pages: only then the note is made that they are keyed
  faults.clear();
  const char* wanted = std::getenv("GANGMU_POWER_CUTS");
  const int trials = wanted ? std::atoi(wanted) : cuts;
  Random random(11);
  for (int trial = 0; trial < trials; ++trial) {
    TestDisk disk = before;
    const std::size_t moment = random.below(events.size() + 1);
    for (std::size_t i = 0; i < moment; ++i) disk.apply(events[i]);
    disk.cut(random, 0.5);
    disk.write_to(config.folder);
    put_back(fixture() / "keys", config.key_folder);
    if (std::cmp_greater(moment, renewed - events.begin())) must(files.write_durably(keyed(), "1\n"));
    SCOPED_TRACE("cut " + std::to_string(trial) + " after event " + std::to_string(moment));
    if (fs::exists(aside() / "HEAD")) must(store::check_pages(*must(store::open_sqlite(aside() / "gangmu.db"))));
    expect_whole(must(open()));
    if (::testing::Test::HasFailure()) return;
  }
}

}   // namespace
}   // namespace gangmu::app::test
