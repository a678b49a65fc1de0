// SPDX-License-Identifier: Apache-2.0
// Backups taken beside a running store, proved, and made into stores again.
#include "store/backup.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "base/random.hpp"
#include "store/errors.hpp"
#include "store/postgres_fixture.hpp"
#include "store/restore.hpp"
#include "store/test_world.hpp"
#include "store/verification.hpp"

namespace gangmu::store::test {
namespace {

namespace fs = std::filesystem;

Command put_task(const std::string& id, const std::string& key = {}) {
  return command(
      "put_task",
      [id](Tx& tx) -> Result<Json> {
        TRY(tasks::put(tx, {county, id, Json(id), {}, "doing", {}}));
        return Json(tx.seq().value);
      },
      key, Json(id));
}

Command confirm_import(const std::string& id) {
  return command(
      "import_confirm",
      [id](Tx& tx) -> Result<Json> {
        TRY(imports::put(tx, {county, id, Json("x"), "confirmed", {}}));
        for (int i = 0; i < 40; ++i)
          TRY(tasks::put(tx, {county, id + "-" + std::to_string(i), Json("wrong"), {}, "doing", {}}));
        return Json();
      },
      "import " + id, Json(id));
}

class BackupTest : public OnBothEngines {
 protected:
  int acts_ = 0;
  World world{GetParam()};
  TestFolder place;
  Backup backup{place.path() / "backup", world.files};
  std::unique_ptr<Store> store = make();

  std::unique_ptr<Store> make() {
    world.config.limits.entry_bytes = 2048;
    auto made = must(world.create());
    load_little_programme(*made);
    for (int i = 0; i < 6; ++i) act(*made);
    return made;
  }
  /// Something else each time, a minute later.
  void act(Store& on) {
    const int i = ++acts_;
    world.clock.time.micros += 60'000'000;
    must(on.write(i % 2 ? put_task("T-" + std::to_string(i), "key " + std::to_string(i))
                        : observe(figure(4 + i % 2, "A", std::to_string(2000 + i), "x", "1.50"))));
  }
  Manifest take(bool mark = true) {
    Beside beside = must(open_beside(world.config, world.files));
    EXPECT_EQ(beside.lock, nullptr) << "the store is open while it is backed up";
    return must(backup.take(beside, world.clock, mark));
  }
  std::string key() { return must(world.files.read(world.config.key_folder / "head.key")); }
  TableDigests digests(const World& of) {
    auto all = must(table_digests(*must(of.connect())));
    all.erase("journal");   // these two have the entry "restore" more
    all.erase("request_key");
    return all;
  }
  /// A machine with nothing but a copy of the keys.
  std::unique_ptr<World> machine(Engine engine) {
    auto other = std::make_unique<World>(engine, 9);
    must(other->files.make_folder(other->config.key_folder));
    for (const char* name : {"head.key", "subjects.keys"})
      must(other->files.write(other->config.key_folder / name, must(world.files.read(world.config.key_folder / name)),
                              0600));
    other->clock.time = world.clock.time;
    return other;
  }
  Restored restore_to(World& other, const RestorePoint& point = EverythingThere{}) {
    return must(restore(backup, point, other.config, other.clock, other.secrets, other.files));
  }
};
GANGMU_ON_BOTH_ENGINES(BackupTest);

TEST_P(BackupTest, ComesBackOnAnyMachineAndEngine) {
  must(store->write(confirm_import("b-1")));   // rows in a batch
  const Manifest manifest = take();
  EXPECT_EQ(manifest.seq, store->view()->seq);
  const auto before = digests(world);
  for (const Engine engine : {Engine::sqlite, Engine::postgres}) {
    const auto other = machine(engine);
    const Restored done = restore_to(*other);
    EXPECT_EQ(done.seq, manifest.seq);
    EXPECT_TRUE(done.later.empty());
    EXPECT_EQ(digests(*other), before);
    const auto again = must(other->open());
    EXPECT_EQ(again->id(), store->id());
    EXPECT_EQ(again->view()->epoch, 2);
    EXPECT_EQ(again->view()->seq.value, manifest.seq.value + 1);
    must(again->verify());
    EXPECT_TRUE(must(again->write(put_task("T-1", "key 1"))).replayed) << "request keys come back too";
    EXPECT_FALSE(must(again->write(put_task("T-x", "key x"))).replayed);
    must(again->verify());
  }
}

TEST_P(BackupTest, GrowsByWhatIsNewAndProvesItself) {
  take();
  const Drill first = must(drill(backup, key()));
  EXPECT_EQ(first.tables, 18);
  EXPECT_EQ(first.mark, store->view()->seq);
  for (int round = 0; round < 3; ++round) {
    act(*store);
    must(store->write(confirm_import("b-" + std::to_string(round))));
    const Manifest shipped = take(false);
    EXPECT_EQ(shipped.seq, store->view()->seq);
    EXPECT_EQ(shipped.files.size(), 1u) << "small files are joined";
    const Drill done = must(drill(backup, key()));
    EXPECT_EQ(done.seq, shipped.seq);
    EXPECT_EQ(done.mark, first.mark);
  }
  EXPECT_EQ(must(world.files.list(place.path() / "backup" / "journal")).size(), 1u);
  EXPECT_EQ(take().mark->seq, store->view()->seq);
}

TEST_P(BackupTest, GoesBackToBeforeAWrongImportAndListsWhatCameAfter) {
  const auto good = digests(world);
  const Seq before = store->view()->seq;
  const Instant time = world.clock.time;
  world.clock.time.micros += 60'000'000;
  must(store->write(confirm_import("b-wrong")));
  act(*store);
  act(*store);
  const Manifest manifest = take();
  for (const RestorePoint& point : std::vector<RestorePoint>{BeforeImport{"b-wrong"}, before, AsOf{time}}) {
    const auto other = machine(Engine::sqlite);
    const Restored done = restore_to(*other, point);
    EXPECT_EQ(done.seq, before);
    ASSERT_EQ(done.later.size(), 3u);
    EXPECT_EQ(done.later.front().act, "import_confirm");
    EXPECT_EQ(done.later.front().actor, "clerk");
    EXPECT_EQ(digests(*other), good);
    // Heads kept elsewhere: the one before the point still holds, the one after it belongs to the epoch that was left.
    const auto again = must(other->open());
    act(*again);
    act(*again);
    act(*again);
    const auto database = must(other->connect());
    const Head kept{store->id(), before, 1, store_head(1, must(stream_heads(*database, before))), {}};
    const Head lost{store->id(), manifest.seq, 1, manifest.line.head(), {}};
    const auto batches = batches_of(*database, other->config.folder, other->files);
    const Verification found = must(verify_database(*database, *batches, {kept, lost}));
    EXPECT_EQ(found.left_behind, std::vector<Seq>{manifest.seq});
  }
  const auto other = machine(Engine::sqlite);
  for (const RestorePoint& point :
       std::vector<RestorePoint>{BeforeImport{"b-none"}, Seq{manifest.seq.value + 1}, AsOf{Instant{1}}}) {
    const auto none = find_point(backup, manifest, point);
    ASSERT_FALSE(none);
    EXPECT_TRUE(none.error().is(errors::restore_point_missing));
  }
}

TEST_P(BackupTest, AnotherHistoryGoesToAnotherFolder) {
  const Seq before = store->view()->seq;
  act(*store);
  take();
  const auto other = machine(Engine::sqlite);
  restore_to(*other, before);
  Beside beside = must(open_beside(other->config, other->files));
  const auto refused = backup.take(beside, other->clock, true);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::backup_of_another));
  const auto twice = restore(backup, EverythingThere{}, other->config, other->clock, other->secrets, other->files);
  ASSERT_FALSE(twice);
  EXPECT_TRUE(twice.error().is(errors::store_exists));
}

TEST_P(BackupTest, IsTakenWhileTheStoreIsWritten) {
  store.reset();
  world.config.own_thread = true;
  store = must(world.open());
  std::atomic<bool> over{false};
  std::atomic<int> written{0};
  std::thread clerk([&] {
    for (int i = 0; !over; ++i, ++written)
      must(store->write(i % 10 ? put_task("W-" + std::to_string(i % 50)) : confirm_import("w-" + std::to_string(i))));
  });
  for (int round = 0; round < 5; ++round) {
    const int from = written;
    while (written < from + 20) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    take(round % 2 == 0);
  }
  over = true;
  clerk.join();
  const Drill done = must(drill(backup, key()));
  EXPECT_EQ(done.tables, 18);
  EXPECT_GT(done.mark.value, 80);
  must(store->verify());
}

TEST(BackupOnSqlite, AFlippedByteIsFound) {
  World world(Engine::sqlite);
  world.config.limits.entry_bytes = 2048;
  const auto store = must(world.create());
  load_little_programme(*store);
  must(store->write(confirm_import("b-1")));
  const TestFolder place;
  Backup backup(place.path(), world.files);
  Beside beside = must(open_beside(world.config, world.files));
  must(backup.take(beside, world.clock, true));
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(place.path()))
    if (entry.is_regular_file()) files.push_back(entry.path());
  EXPECT_EQ(files.size(), 3u);
  Random random(3);
  for (int trial = 0; trial < 60; ++trial) {
    const fs::path file = files[static_cast<std::size_t>(trial) % files.size()];
    const std::string sound = must(world.files.read(file));
    std::string bytes = sound;
    const std::size_t at = random.below(bytes.size());
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
    must(world.files.write(file, bytes, 0600));
    EXPECT_FALSE(drill(backup, beside.key)) << file << " at " << at;
    must(world.files.write(file, sound, 0600));
  }
  EXPECT_TRUE(drill(backup, beside.key));
}

}   // namespace
}   // namespace gangmu::store::test
