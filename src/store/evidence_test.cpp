// SPDX-License-Identifier: Apache-2.0
// Files beside the database: there before the entry that tells of them, proved, shipped, restored; gone when nobody
// names them, and never before.
#include "store/evidence.hpp"

#include <gtest/gtest.h>

#include "store/backup.hpp"
#include "store/errors.hpp"
#include "store/notes.hpp"
#include "store/restore.hpp"
#include "store/test_disk.hpp"
#include "store/test_world.hpp"
#include "store/verification.hpp"

namespace gangmu::store::test {
namespace {

constexpr std::int64_t day = 86'400'000'000;

class EvidenceTest : public OnBothEngines {
 protected:
  World world{GetParam()};
  std::unique_ptr<Store> store = must(world.create());
  void SetUp() override { load_little_programme(*store); }

  Digest upload(const std::string& bytes) {
    const Digest digest = must(store->evidence().keep(bytes));
    must(store->write(command("upload_file", [&](Tx& tx) -> Result<Json> {
      TRY(evidence::put(tx, county, {digest, "image/jpeg", static_cast<std::int64_t>(bytes.size())}));
      return Json();
    })));
    return digest;
  }
  void name(const Digest& digest) {
    must(store->write(command("record_edit", [&](Tx& tx) -> Result<Json> {
      TRY_ASSIGN(const auto file, evidence::get(tx, county, digest));
      TRY(evidence::name(tx, county, *file));
      return Json();
    })));
  }
  std::filesystem::path path(const Digest& digest) const {
    return files_of(world.config) / digest.text().substr(digest.text().find(':') + 1);
  }
  void pass(std::int64_t days) { world.clock.time.micros += days * day; }
  /// As after a restart: nothing was kept a moment ago.
  void restart() {
    store.reset();
    store = must(world.open());
  }
};

TEST_P(EvidenceTest, WhatIsKeptIsReadAndWhatIsChangedIsMissing) {
  const Digest digest = upload("a photograph");
  EXPECT_EQ(must(store->evidence().read(digest)), "a photograph");
  EXPECT_EQ(upload("a photograph"), digest) << "twice is once";
  must(world.files.write(path(digest), "another photo", 0600));
  EXPECT_TRUE(store->evidence().read(digest).error().is(errors::evidence_missing));
  upload("a photograph");
  EXPECT_EQ(must(store->evidence().read(digest)), "a photograph") << "uploaded again it is whole again";
  must(store->verify());
}

TEST_P(EvidenceTest, OneNobodyNamedGoesAfterSevenDaysAndANamedOneStays) {
  const Digest named = upload("named"), orphan = upload("orphan"), young = upload("young");
  name(named);
  pass(5);
  upload("young");
  pass(3);
  EXPECT_EQ(must(store->forget_unnamed_files()), 1);
  EXPECT_TRUE(store->evidence().holds(orphan)) << "kept a moment ago: an entry may be on its way";
  restart();
  EXPECT_EQ(must(store->forget_unnamed_files()), 0);
  EXPECT_FALSE(store->evidence().holds(orphan));
  EXPECT_TRUE(store->evidence().holds(named));
  EXPECT_TRUE(store->evidence().holds(young)) << "told again, its days began anew";
  pass(1000);
  EXPECT_EQ(must(store->forget_unnamed_files()), 1);
  EXPECT_TRUE(store->evidence().holds(named));
  EXPECT_FALSE(store->evidence().holds(young));
  const Seq after = store->view()->seq;
  EXPECT_EQ(must(store->forget_unnamed_files()), 0);
  EXPECT_EQ(store->view()->seq, after) << "nothing to do is no act";
  must(store->verify());
}

TEST_P(EvidenceTest, BytesNoEntryTellsOfGo) {
  const Digest lost = must(store->evidence().keep("the program ended before the entry"));
  restart();
  EXPECT_EQ(must(store->forget_unnamed_files()), 0);
  EXPECT_FALSE(store->evidence().holds(lost));
}

TEST_P(EvidenceTest, AMissingFileIsTold) {
  const Digest digest = upload("evidence"), unnamed = upload("unnamed");
  name(digest);
  EXPECT_EQ(must(store->verify()).files, 1);
  must(world.files.remove(path(unnamed)));
  must(store->verify());
  must(world.files.write(path(digest), "Evidence", 0600));
  const auto scrub = must(store->scrub_files());
  ASSERT_TRUE(scrub);
  EXPECT_EQ(scrub->files, 1);
  EXPECT_EQ(scrub->missing, std::vector<std::string>{digest.text()});
  const Json note = must(store->note(files_note));
  EXPECT_EQ(note["missing"].array()->size(), 1u);
  EXPECT_FALSE(must(store->scrub_files())) << "not due";
  pass(30);
  EXPECT_TRUE(must(store->scrub_files()));
  must(world.files.remove(path(digest)));
  EXPECT_TRUE(store->verify().error().is(errors::evidence_missing));
}

TEST_P(EvidenceTest, ABackupCarriesThemAndARestoreBringsThemBack) {
  const Digest early = upload("early"), late = upload("late");
  name(early);
  const Seq before = store->view()->seq;
  name(late);
  upload("unnamed");
  store.reset();
  const TestFolder shelf;
  Backup backup(shelf.path() / "backup", world.files);
  {
    Beside beside = must(open_beside(world.config, world.files));
    must(backup.take(beside, world.clock, true));
  }
  EXPECT_TRUE(backup.evidence().holds(early));
  EXPECT_TRUE(backup.evidence().holds(late));
  const std::string key = must(key_if_any(world.config, world.files));
  must(drill(backup, key, {}));
  Config config = world.config;
  config.folder = shelf.path() / "again";
  config.engine = Engine::sqlite;
  config.connection.clear();
  must(restore(backup, before, config, world.clock, world.secrets, world.files, {}));
  Evidence again(files_of(config), world.files);
  EXPECT_EQ(must(again.read(early)), "early");
  EXPECT_FALSE(again.holds(late)) << "named later";
  must(must(Store::open(config, world.surroundings()))->verify());
  must(world.files.write(shelf.path() / "backup" / "files" / late.text().substr(7), "Late", 0600));
  EXPECT_TRUE(drill(backup, key, {}).error().is(errors::evidence_missing));
}

GANGMU_ON_BOTH_ENGINES(EvidenceTest);

/// Whatever entry is there after a power cut, the file it tells of is there whole.
TEST(EvidenceDisk, AFileIsDurableBeforeItsEntry) {
  World world(Engine::sqlite), other(Engine::sqlite);
  world.faults.record(world.config.folder);
  set_page_faults(world.config.folder, &world.faults);
  {
    auto store = must(world.create());
    load_little_programme(*store);
    for (int i = 0; i < 12; ++i) {
      const std::string bytes(static_cast<std::size_t>(1000 * i + 10), static_cast<char>('a' + i));
      const Digest digest = must(store->evidence().keep(bytes));
      must(store->write(command("upload_file", [&](Tx& tx) -> Result<Json> {
        TRY(evidence::name(tx, county, {digest, "image/png", static_cast<std::int64_t>(bytes.size())}));
        return Json();
      })));
    }
  }
  set_page_faults(world.config.folder, nullptr);
  const auto events = world.faults.recorded();
  other.config.key_folder = world.config.key_folder;
  Random random(23);
  int told = 0;
  for (int point = 0; point < 60; ++point) {
    const std::size_t cut = random.below(events.size() + 1);
    TestDisk disk;
    for (std::size_t i = 0; i < cut; ++i) disk.apply(events[i]);
    disk.cut(random, std::vector<double>{0.0, 0.5, 0.9}[random.below(3)]);
    disk.write_to(other.config.folder);
    const auto store = other.open();
    if (!store) continue;   // it was not made yet
    told += static_cast<int>(must((*store)->verify()).files);
  }
  EXPECT_GT(told, 100);
}

TEST(EvidenceDisk, AFullDiskRefusesTheFileAndNothingHalfWrittenIsLeft) {
  World world(Engine::sqlite);
  Evidence evidence(world.folder.path() / "files", world.faulty);
  must(evidence.keep("first"));
  world.faults.fill_disk_after(4);
  const auto refused = evidence.keep("second");
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::disk_full));
  world.faults.clear();
  EXPECT_FALSE(evidence.holds(digest("second")));
  EXPECT_EQ(must(evidence.read(must(evidence.keep("second")))), "second");
}

}   // namespace
}   // namespace gangmu::store::test
