// SPDX-License-Identifier: Apache-2.0
// A disk that fails to sync, a full disk, memory that runs out: one at a time and on purpose. The simulator mixes them.
#include <gtest/gtest.h>

#include "base/failing_memory_test.hpp"
#include "store/checkup.hpp"
#include "store/errors.hpp"
#include "store/test_world.hpp"

namespace gangmu::store::test {
namespace {

Command put_task(const std::string& id) {
  return command(
      "put_task",
      [id](Tx& tx) -> Result<Json> {
        TRY(tasks::put(tx, {county, id, Json(std::string(2000, 'x')), {}, "doing", {}}));
        return Json(tx.seq().value);
      },
      id, Json(id));
}

class FaultsTest : public ::testing::Test {
 protected:
  World world{Engine::sqlite};
  std::unique_ptr<Store> store;

  void SetUp() override {
    set_page_faults(world.config.folder, &world.faults);
    store = must(world.create());
    load_little_programme(*store);
    must(store->write(put_task("T-0")));
  }
  void TearDown() override {
    store.reset();
    set_page_faults(world.config.folder, nullptr);
  }
  const Task* find(const std::string& id) const { return store->view()->tasks.find({county, id}); }
};

TEST_F(FaultsTest, ASyncThatFailsStopsWritingForGoodAndReadingGoesOn) {
  for (std::int64_t nth = 0; nth < 2; ++nth) {   // the log's, then HEAD's
    const std::string id = "T-" + std::to_string(nth + 1);
    world.faults.fail_sync_after(nth);
    const auto unknown = store->write(put_task(id));
    ASSERT_FALSE(unknown);
    EXPECT_TRUE(unknown.error().is(errors::outcome_unknown)) << unknown.error().text(Language::en);
    EXPECT_FALSE(store->read_only_reason().empty()) << "the alarm";
    ASSERT_TRUE(noted_stop(world.files, world.config)) << "and for who looks from outside";
    EXPECT_EQ(noted_stop(world.files, world.config)->fault_zh, store->read_only_reason());
    EXPECT_FALSE(noted_stop(world.files, world.config)->fault_en.empty());
    EXPECT_NE(noted_stop(world.files, world.config)->fault_en, noted_stop(world.files, world.config)->fault_zh)
        << "each in its language";
    EXPECT_TRUE(store->write(put_task("T-9")).error().is(errors::store_read_only))
        << "no retry: the kernel may have dropped what it could not write";
    EXPECT_NE(find("T-0"), nullptr);
    EXPECT_EQ(find(id), nullptr) << "what is not durable is not shown";
    store.reset();
    store = must(world.open());
    EXPECT_FALSE(noted_stop(world.files, world.config));
    const bool there = find(id) != nullptr;
    EXPECT_EQ(must(store->write(put_task(id))).replayed, there) << "the key tells which it was";
    EXPECT_EQ(find("T-9"), nullptr);
    must(store->verify());
  }
}

TEST_F(FaultsTest, AFullDiskRefusesWritesReadsGoOnAndSpaceIsEnough) {
  const Seq before = store->view()->seq;
  world.faults.fill_disk_after(0);
  for (int i = 1; i <= 3; ++i) {
    const auto refused = store->write(put_task("T-" + std::to_string(i)));
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().is(errors::disk_full)) << refused.error().text(Language::en);
  }
  EXPECT_TRUE(store->read_only_reason().empty());
  EXPECT_FALSE(noted_stop(world.files, world.config));
  EXPECT_EQ(store->view()->seq, before);
  EXPECT_NE(find("T-0"), nullptr);
  EXPECT_EQ(must(store->read([](Database& db) { return last_seq(db); })), before);
  world.faults.clear();
  EXPECT_FALSE(must(store->write(put_task("T-1"))).replayed);
  must(store->verify());
}

/// Every allocation of a write in turn: it is done whole or not at all, and the next one works.
TEST_F(FaultsTest, MemoryThatRunsOutLeavesNothingHalfDone) {
  std::int64_t failed = 0;
  for (std::int64_t nth = 0;; ++nth) {
    const std::string id = "M-" + std::to_string(nth);
    const Seq before = store->view()->seq;
    Command act = put_task(id);
    bool refused = false;
    try {
      allocations_left = nth;
      const auto answer = store->write(std::move(act));
      allocations_left = -1;
      refused = !answer;
    } catch (const std::bad_alloc&) {
      allocations_left = -1;
      refused = true;
    }
    const bool done = find(id) != nullptr;
    ASSERT_EQ(store->view()->seq.value, before.value + (done ? 1 : 0)) << "allocation " << nth;
    if (!store->read_only_reason().empty()) {   // it hit between COMMIT and HEAD: stopped, and whole after a restart
      store.reset();
      store = must(world.open());
    }
    const bool there = find(id) != nullptr;
    EXPECT_EQ(must(store->write(put_task(id))).replayed, there) << "allocation " << nth;
    ASSERT_NE(find(id), nullptr);
    if (!refused) break;
    ++failed;
  }
  EXPECT_GT(failed, 50);
  must(store->verify());
}

}   // namespace
}   // namespace gangmu::store::test
