// SPDX-License-Identifier: Apache-2.0
// Flipped bytes and cut power: found or harmless, never a wrong figure; what was acknowledged is there.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "store/backup.hpp"
#include "store/errors.hpp"
#include "store/test_disk.hpp"
#include "store/test_world.hpp"
#include "store/wal_log.hpp"

namespace gangmu::store::test {
namespace {

namespace fs = std::filesystem;

std::uint64_t trials(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

/// One act of a busy week, different for each i.
Result<Answer> act(Store& store, int i) {
  if (i % 5 == 4)
    return store.write(command(
        "task",
        [i](Tx& tx) -> Result<Json> {
          TRY(tasks::put(tx, {county, "T-" + std::to_string(i % 20), Json(std::string(300, 'x')), {}, "doing", {}}));
          TRY(tasks::append_event(tx, county, "T-" + std::to_string(i % 20), Json(i)));
          return Json(i);
        },
        "key " + std::to_string(i)));
  if (i % 7 == 6)
    return store.write(command("batch", [i](Tx& tx) -> Result<Json> {
      std::vector<observations::Homed> many;
      for (int year = 1900; year < 1960; ++year)
        many.push_back(
            {county, figure(4, "B", std::to_string(year), "s" + std::to_string(i), std::to_string(i + year))});
      TRY(observations::append_all(tx, std::move(many), {}));
      return Json(i);
    }));
  return store.write(
      observe(figure(4 + i % 2, i % 3 == 0 ? "A" : "B", std::to_string(2000 + i % 20), "x", std::to_string(i))));
}

/// Everything the store holds, from the journal up.
std::string everything(Store& store) {
  std::string out = picture(*store.view());
  must(store.read([&](Database& database) -> Status {
    for (const auto& [name, digest] : must(table_digests(database))) out += name + " " + digest + "\n";
    return {};
  }));
  return out;
}

struct DamageTest : ::testing::Test {
  World world{Engine::sqlite};
  World other{Engine::sqlite};
  std::string sound;

  DamageTest() {
    world.config.limits.entry_bytes = 2048;
    world.config.limits.checkpoint_pages = 60;
    other.config.limits = world.config.limits;
    other.config.key_folder = world.config.key_folder;
  }

  /// A copy of the folder with one byte flipped, opened and read in full. True: found.
  bool found(Random& random, const std::vector<fs::path>& files, std::string& where) {
    fs::remove_all(other.config.folder);
    fs::copy(world.config.folder, other.config.folder, fs::copy_options::recursive);
    fs::remove(other.config.folder / "gangmu.db-shm");
    std::uint64_t total = 0;
    for (const auto& f : files) total += fs::file_size(world.config.folder / f);
    std::uint64_t at = random.below(total);
    for (const auto& f : files) {
      const std::uint64_t size = fs::file_size(world.config.folder / f);
      if (at >= size) {
        at -= size;
        continue;
      }
      where = f.string() + "@" + std::to_string(at);
      std::string bytes = must(other.files.read(other.config.folder / f));
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
      must(other.files.write(other.config.folder / f, bytes, 0600));
      break;
    }
    try {
      const auto store = other.open();
      if (!store) return true;
      EXPECT_EQ(everything(**store), sound) << where;
      return !(*store)->verify().has_value();
    } catch (const std::runtime_error&) {   // what `must` throws: the damage was reported
      return true;
    }
  }

  int flip_many(std::uint64_t count, const std::vector<fs::path>& files) {
    Random random(11);
    int times = 0;
    std::string where;
    for (std::uint64_t i = 0; i < count && !::testing::Test::HasFailure(); ++i)
      times += found(random, files, where) ? 1 : 0;
    std::printf("flipped bytes: %d of %d found, the others harmless; no wrong figure\n", times,
                static_cast<int>(count));
    return times;
  }
};

TEST_F(DamageTest, AFlippedByteInAClosedStoreIsFoundOrHarmless) {
  {
    const auto store = must(world.create());
    load_little_programme(*store);
    for (int i = 0; i < 60; ++i) must(act(*store, i));
    sound = everything(*store);
  }
  ASSERT_FALSE(fs::exists(world.config.folder / "gangmu.db-wal"));
  const auto count = trials("GANGMU_DAMAGE_TRIALS", 25);
  EXPECT_GT(flip_many(count, {"gangmu.db"}), static_cast<int>(count * 9 / 10))
      << "nearly every byte of the file belongs to a live page";
}

TEST_F(DamageTest, AFlippedByteInAStoreThatWasKilledIsFoundOrHarmless) {
  const auto store = must(world.create());
  load_little_programme(*store);
  for (int i = 0; i < 60; ++i) must(act(*store, i));
  sound = everything(*store);
  ASSERT_TRUE(fs::exists(world.config.folder / "gangmu.db-wal"));   // copied while open, as a kill leaves it
  const auto batches = must(world.files.list(world.config.folder / "batches"));
  std::vector<fs::path> files{"gangmu.db", "gangmu.db-wal", "HEAD"};
  for (const std::string& name : batches) files.push_back(fs::path("batches") / name);
  EXPECT_GT(flip_many(trials("GANGMU_DAMAGE_TRIALS", 50), files), 0);
}

TEST_F(DamageTest, ALogDamagedAfterItsPagesMovedOnIsRefused) {
  const auto store = must(world.create());
  load_little_programme(*store);
  for (int i = 0; i < 100; ++i) must(act(*store, i));
  sound = everything(*store);
  // A checkpoint that moves everything but leaves the log in place, as the next one before a write does.
  auto beside = must(world.connect());
  must(beside->checkpoint(0));
  // SQLite would take the bad frame for the end of the log and lay older pages over newer ones.
  const std::string log = must(world.files.read(world.config.folder / "gangmu.db-wal"));
  constexpr std::size_t frame_bytes = 24 + page_bytes;
  const std::size_t frames = (log.size() - 32) / frame_bytes;
  ASSERT_GT(frames, 10u);
  for (std::size_t frame = 0; frame < std::min<std::size_t>(frames, 30); ++frame) {
    fs::remove_all(other.config.folder);
    fs::copy(world.config.folder, other.config.folder, fs::copy_options::recursive);
    std::string bytes = log;
    bytes[32 + frame * frame_bytes + 24 + 100] = static_cast<char>(bytes[32 + frame * frame_bytes + 24 + 100] ^ 4);
    must(other.files.write(other.config.folder / "gangmu.db-wal", bytes, 0600));
    const LogState noted = must(read_log(world.config.folder / "gangmu.db-wal", other.files));
    const auto opened = other.open();
    if (static_cast<std::int64_t>(frame) >= noted.frames) break;   // left over from an older round
    ASSERT_FALSE(opened) << frame;
    EXPECT_TRUE(opened.error().is(errors::page_damaged)) << opened.error().text(Language::en);
  }
}

TEST_F(DamageTest, AfterAPowerCutEverythingAcknowledgedIsThere) {
  world.faults.record(world.config.folder);
  set_page_faults(world.config.folder, &world.faults);
  std::map<std::int64_t, std::string> pictures;
  std::vector<std::pair<std::size_t, std::int64_t>> acknowledged;   // events when the answer left → seq
  {
    auto store = must(world.create());
    const auto note = [&] {
      const auto view = store->view();
      pictures[view->seq.value] = picture(*view);
      acknowledged.emplace_back(world.faults.recorded_count(), view->seq.value);
    };
    note();
    load_little_programme(*store);
    note();
    for (int i = 0; i < 60; ++i) {
      must(act(*store, i));
      note();
      if (i == 35) {
        store.reset();
        store = must(world.open());
      }
    }
  }
  set_page_faults(world.config.folder, nullptr);
  const auto events = world.faults.recorded();
  Random random(17);
  const auto points = trials("GANGMU_POWER_CUTS", 120);
  for (std::uint64_t point = 0; point < points; ++point) {
    const std::size_t cut = points >= events.size() ? point % events.size() : random.below(events.size());
    TestDisk disk;
    for (std::size_t i = 0; i < cut; ++i) disk.apply(events[i]);
    disk.cut(random, std::vector<double>{0.0, 0.5, 0.9, 1.0}[random.below(4)]);
    disk.write_to(other.config.folder);
    std::int64_t due = -1;
    for (const auto& [when, seq] : acknowledged)
      if (when <= cut) due = seq;
    const auto store = other.open();
    if (!store) {
      ASSERT_EQ(due, -1) << "cut at " << cut << ": " << store.error().text(Language::en);
      continue;
    }
    const auto view = (*store)->view();
    ASSERT_GE(view->seq.value, due) << "cut at " << cut;
    const auto expected = pictures.find(view->seq.value);
    ASSERT_TRUE(expected == pictures.end() || picture(*view) == expected->second) << "cut at " << cut;
    must((*store)->verify());
    must(act(**store, 1000));   // and it goes on
  }
  std::printf("power cuts: %d points of %zu writes and syncs; all acknowledged present\n", static_cast<int>(points),
              events.size());
}

}   // namespace
}   // namespace gangmu::store::test
