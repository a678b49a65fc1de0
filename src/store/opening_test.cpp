// SPDX-License-Identifier: Apache-2.0
// HEAD against the journal; folders, keys and engines that can't be used.
#include "store/opening.hpp"

#include <gtest/gtest.h>

#include <cstring>

#include "store/errors.hpp"
#include "store/head.hpp"
#include "store/page_shim.hpp"
#include "store/postgres_fixture.hpp"
#include "store/test_world.hpp"

namespace gangmu::store::test {
namespace {

class OpeningTest : public OnBothEngines {
 protected:
  World world{GetParam()};
  std::filesystem::path head_file() const { return world.config.folder / "HEAD"; }

  /// A closed store with seven entries.
  void SetUp() override {
    const auto store = must(world.create());
    load_little_programme(*store);
    for (int i = 0; i < 6; ++i) must(store->write(observe(figure(4, "A", std::to_string(2010 + i), "x", "1"))));
  }
  void sql(const std::string& text) { must(must(world.connect())->exec(text)); }
  const ErrorKind* refusal() {
    const auto store = world.open();
    return store ? nullptr : store.error().first().kind;
  }
};
GANGMU_ON_BOTH_ENGINES(OpeningTest);

TEST_P(OpeningTest, AJournalThatEndsBeforeHeadIsRefusedAndWhatIsMissingIsSaid) {
  sql("DELETE FROM journal WHERE seq > 5");
  const auto store = world.open();
  ASSERT_FALSE(store);
  EXPECT_TRUE(store.error().is(errors::journal_short));
  EXPECT_EQ(store.error().first().arguments, (std::vector<std::string>{"5", "7", "6"}));
}

TEST_P(OpeningTest, AJournalThatIsAheadOfHeadIsVerifiedAndTaken) {
  const std::string head = must(world.files.read(head_file()));
  {
    const auto store = must(world.open());
    for (int i = 0; i < 3; ++i) must(store->write(observe(figure(5, "A", std::to_string(2010 + i), "x", "1"))));
  }
  must(world.files.write(head_file(), head, 0600));   // as if the power went between COMMIT and HEAD
  EXPECT_EQ(must(world.open())->view()->seq, Seq{10});
  const std::string sealed = must(world.files.read(head_file()));
  EXPECT_NE(sealed.find("\"seq\":10"), std::string::npos);

  must(world.files.write(head_file(), head, 0600));
  sql("UPDATE journal SET actor = 'nobody' WHERE seq = 9");
  EXPECT_EQ(refusal(), &errors::journal_broken);
}

TEST_P(OpeningTest, OneSpoiltSlotIsACutOnlyWhileTheJournalIsAhead) {
  const std::string whole = must(world.files.read(head_file()));
  for (const std::size_t slot : {0u, 4096u}) {
    std::string spoilt = whole;
    spoilt[slot + 20] = static_cast<char>(spoilt[slot + 20] ^ 1);
    must(world.files.write(head_file(), spoilt, 0600));
    const bool newest = whole.substr(slot, 512).find("\"seq\":7") != std::string::npos;
    EXPECT_EQ(refusal(), newest ? nullptr : &errors::head_damaged) << slot;
    must(world.files.write(head_file(), whole, 0600));
  }
}

TEST_P(OpeningTest, AForgedHeadIsRefused) {
  std::string head = must(world.files.read(head_file()));
  for (std::size_t at = head.find("\"seq\":"); at != std::string::npos; at = head.find("\"seq\":", at + 1))
    head[at + 6] = '1';
  must(world.files.write(head_file(), head, 0600));
  EXPECT_EQ(refusal(), &errors::head_damaged);
  must(world.files.write(head_file(), "", 0600));
  EXPECT_EQ(refusal(), &errors::head_damaged);
  must(world.files.remove(head_file()));
  EXPECT_EQ(refusal(), &errors::head_missing);
  EXPECT_TRUE(open_beside(world.config, world.files).error().is(errors::head_missing));
  EXPECT_TRUE(holds_store(world.config.folder, world.files) || GetParam() == Engine::postgres)
      << "its tables are there";
}

TEST_P(OpeningTest, TheKeyMustBeTheRightOneAndLieOutside) {
  const auto key = world.config.key_folder / "head.key";
  const std::string right = must(world.files.read(key));
  must(world.files.write(key, std::string(64, 'a') + "\n", 0600));
  EXPECT_EQ(refusal(), &errors::head_damaged);
  must(world.files.write(key, "short", 0600));
  const auto refused = world.open();
  ASSERT_FALSE(refused);
  EXPECT_NE(
      refused.error().text(Language::en).find("it must hold 64 hexadecimal digits and a line end, it has 5 bytes"),
      std::string::npos);
  EXPECT_NE(refused.error().text(Language::zh).find("应为 64 位十六进制数和一个换行，现有 5 字节"), std::string::npos);
  must(world.files.remove(key));
  EXPECT_EQ(refusal(), &errors::key_file_missing);
  must(world.files.write(key, right, 0600));
  EXPECT_EQ(refusal(), nullptr);
  must(world.files.remove(world.config.key_folder / "subjects.keys"));
  EXPECT_EQ(refusal(), &errors::key_file_missing);
  EXPECT_FALSE(world.files.exists(world.config.key_folder / "subjects.keys")) << "an empty one would hide the loss";
  world.config.key_folder = world.config.folder / "keys";
  EXPECT_EQ(refusal(), &errors::key_inside_folder);
}

TEST_P(OpeningTest, CreateAndOpenKnowOneFromTheOther) {
  EXPECT_TRUE(world.create().error().is(errors::store_exists));
  World other(GetParam());
  EXPECT_TRUE(other.open().error().is(errors::store_missing));
}

TEST(Opening, WhateverIsLeftOfAStoreIsASign) {
  TestFolder folder;
  SystemFiles files;
  EXPECT_FALSE(holds_store(folder.path(), files));
  must(files.make_folder(folder.path() / "batches"));
  EXPECT_FALSE(holds_store(folder.path(), files)) << "a refused creation leaves that";
  must(files.write(folder.path() / "batches" / "x", "", 0600));
  EXPECT_TRUE(holds_store(folder.path(), files));
  must(files.remove(folder.path() / "batches" / "x"));
  for (const char* name : {"HEAD", "gangmu.db"}) {
    must(files.write(folder.path() / name, "", 0600));
    EXPECT_TRUE(holds_store(folder.path(), files)) << name;
    must(files.remove(folder.path() / name));
  }
}

TEST_P(OpeningTest, HeadBelongsToItsStore) {
  World other(GetParam(), 2);
  must(other.create());
  must(world.files.write(head_file(), must(other.files.read(other.config.folder / "HEAD")), 0600));
  must(world.files.write(world.config.key_folder / "head.key",
                         must(other.files.read(other.config.key_folder / "head.key")), 0600));
  EXPECT_EQ(refusal(), GetParam() == Engine::sqlite ? &errors::page_damaged : &errors::head_damaged)
      << "the pages carry sums under the key of their own store";
}

TEST_P(OpeningTest, EveryByteOfHeadCountsForServerAndDoctorAlike) {
  const std::string whole = must(world.files.read(head_file()));
  for (const std::size_t at : {0u, 40u, 200u, 400u, 511u, 512u, 2000u, 4095u, 4096u, 4136u, 4300u, 4607u}) {
    std::string spoilt = whole;
    spoilt[at] = static_cast<char>(spoilt[at] ^ 1);
    must(world.files.write(head_file(), spoilt, 0600));
    const bool well = open_beside(world.config, world.files).has_value();   // and let go of again
    EXPECT_EQ(refusal() == nullptr, well) << at;
    const bool counted = at >= 512 && at < 4096;
    EXPECT_FALSE(well && counted) << at;
    must(world.files.write(head_file(), whole, 0600));
  }
}

TEST(OpeningOnSqlite, ItsFilesAreTheOwnersAlone) {
  World world(Engine::sqlite);
  load_little_programme(*must(world.create()));
  const auto file = world.config.folder / "gangmu.db";
  const auto rights = [](const std::filesystem::path& of) {
    return static_cast<unsigned>(std::filesystem::status(of).permissions());
  };
  EXPECT_EQ(rights(file), 0600u);
  std::filesystem::permissions(file, std::filesystem::perms(0644));
  const auto store = must(world.open());
  EXPECT_EQ(rights(file), 0600u);
  must(store->write(observe(figure(4, "A", "2023", "x", "1"))));
  for (const char* more : {"-wal", "-shm"}) EXPECT_EQ(rights(file.string() + more), 0600u) << more;
}

TEST(OpeningOnSqlite, AStoreOfBeforeKeyedSumsGetsThemOnce) {
  World world(Engine::sqlite);
  load_little_programme(*must(world.create()));
  const auto file = world.config.folder / "gangmu.db", marker = world.config.key_folder / "pages.keyed";
  ASSERT_TRUE(world.files.exists(marker));
  const auto with_plain_sums = [&](std::size_t edited) {
    std::string bytes = must(world.files.read(file));
    if (edited > 0) bytes[edited] = static_cast<char>(bytes[edited] ^ 1);
    for (std::size_t page = 0; page < bytes.size() / page_bytes; ++page) {
      char* const at = bytes.data() + page * page_bytes;
      const std::uint64_t sum = xxh64({at, page_bytes - reserved_bytes}, page + 1);
      std::memcpy(at + page_bytes - reserved_bytes, &sum, sizeof sum);
    }
    return bytes;
  };
  const std::string plain = with_plain_sums(0);
  must(world.files.write(file, plain, 0600));
  const auto refused = world.open();
  ASSERT_FALSE(refused) << "once its sums are keyed, plain ones are damage";
  EXPECT_TRUE(refused.error().is(errors::page_damaged));
  must(world.files.remove(marker));
  must(open_beside(world.config, world.files));
  EXPECT_EQ(must(world.files.read(file)), plain) << "a look writes nothing";
  must(must(world.open())->verify());
  EXPECT_TRUE(world.files.exists(marker));
  EXPECT_NE(must(world.files.read(file)), plain);
  const std::size_t size = must(world.files.read(file)).size();
  must(world.files.write(file, with_plain_sums(size - page_bytes + 3000), 0600));
  EXPECT_FALSE(world.open()) << "an edited page whose sum was made anew";
}

TEST(OpeningOnPostgres, AClusterWithoutChecksumsIsRefusedUnlessTheConfigAllowsIt) {
  World world(Engine::postgres);
  world.config.connection = postgres_without_checksums();
  EXPECT_TRUE(world.create().error().is(errors::checksums_off));
  world.config.require_checksums = false;
  EXPECT_TRUE(world.create());
}

TEST(OpeningOnPostgres, OneWriterADatabaseWhateverTheFolder) {
  World world(Engine::postgres);
  const auto store = must(world.create());
  World elsewhere(Engine::postgres);
  elsewhere.config.connection = world.config.connection;
  const auto second = elsewhere.create();
  ASSERT_FALSE(second);
  EXPECT_TRUE(second.error().is(errors::writer_elsewhere)) << second.error().text(Language::en);
}

}   // namespace
}   // namespace gangmu::store::test
