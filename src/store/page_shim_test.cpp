// SPDX-License-Identifier: Apache-2.0
#include "store/page_shim.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstring>

#include "store/errors.hpp"
#include "store/page_sum.hpp"
#include "store/test_world.hpp"

namespace gangmu::store::test {
namespace {

TEST(PageShim, HashesAsTheReferenceDoes) {
  EXPECT_EQ(xxh64("", 0), 0xEF46DB3751D8E999u);
  EXPECT_EQ(xxh64("abc", 0), 0x44BC2CF5AD770999u);
  EXPECT_EQ(xxh64("Nobody inspects the spammish repetition", 0), 0xFBCEA83C8A378BF1u);
  EXPECT_NE(xxh64("abc", 1), xxh64("abc", 2));
}

std::string filler(int i) { return std::string(500, static_cast<char>('a' + i % 26)); }

void fill(Database& database, int from, int to) {
  must(database.begin_write());
  for (int i = from; i < to; ++i) {
    const Row row{"note " + std::to_string(i), filler(i)};
    must(database.write_rows(table::meta, std::span(&row, 1), true));
  }
  must(database.commit());
}

Result<int> count(Database& database) {
  int n = 0;
  TRY(scan_rows(database, table::meta, {}, [&](Row&&) -> Status {
    ++n;
    return {};
  }));
  return n;
}

std::string flip(SystemFiles& files, const std::filesystem::path& path, std::size_t offset) {
  std::string bytes = must(files.read(path));
  bytes[offset] = static_cast<char>(bytes[offset] ^ 0x10);
  must(files.write(path, bytes, 0600));
  return bytes;
}

TEST(PageShim, EveryPageOfTheFileCarriesItsChecksum) {
  const TestFolder folder;
  SystemFiles files;
  const auto path = folder.path() / "x.db";
  {
    auto database = must(open_sqlite(path));
    must(create_tables(*database));
    fill(*database, 0, 300);
  }
  const std::string bytes = must(files.read(path));
  ASSERT_GT(bytes.size(), 100'000u);
  ASSERT_EQ(bytes.size() % page_bytes, 0u);
  for (std::size_t page = 0; page < bytes.size() / page_bytes; ++page) {
    std::uint64_t stored = 0;
    std::memcpy(&stored, bytes.data() + (page + 1) * page_bytes - reserved_bytes, sizeof stored);
    EXPECT_EQ(stored, xxh64({bytes.data() + page * page_bytes, page_bytes - reserved_bytes}, page + 1))
        << "page " << page + 1;
  }
}

/// The vectors of the reference implementation: key 00 01 … 0f, messages 00 01 …, of 8 to 15 bytes.
TEST(PageSum, SipHashHoldsItsVectors) {
  std::array<unsigned char, 16> key{};
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<unsigned char>(i);
  const std::uint64_t first = 0x0706050403020100;
  EXPECT_EQ(siphash(key, first, ""), 0x93f5f5799a932462u);
  EXPECT_EQ(siphash(key, first, "\x08\x09\x0a\x0b\x0c\x0d\x0e"), 0xa129ca6149be45e5u);
}

TEST(PageSum, AnEditedPageWithAPlainSumIsDamageUnderAKey) {
  const TestFolder folder;
  SystemFiles files;
  const auto path = folder.path() / "x.db";
  {
    auto database = must(open_sqlite(path));
    must(create_tables(*database));
    fill(*database, 0, 300);
  }
  set_page_key(path, "key", true);
  EXPECT_EQ(must(count(*must(open_sqlite(path)))), 300) << "written before there was a key";
  must(renew_page_sums(path));
  set_page_key(path, "key", false);
  EXPECT_EQ(must(count(*must(open_sqlite(path)))), 300);
  std::string bytes = must(files.read(path));
  const std::size_t page = bytes.size() / page_bytes - 2, at = page * page_bytes;
  bytes[at + 1000] = static_cast<char>(bytes[at + 1000] ^ 0x10);
  const std::uint64_t renewed = xxh64({bytes.data() + at, page_bytes - reserved_bytes}, page + 1);
  std::memcpy(bytes.data() + at + page_bytes - reserved_bytes, &renewed, sizeof renewed);
  must(files.write(path, bytes, 0600));
  const auto read = count(*must(open_sqlite(path)));
  ASSERT_FALSE(read);
  EXPECT_TRUE(read.error().is(errors::page_damaged));
  set_page_key(path, "another key", false);
  EXPECT_FALSE(open_sqlite(path) && count(*must(open_sqlite(path)))) << "nor is another store's";
}

TEST(PageShim, AFlippedByteInAPageIsNamed) {
  const TestFolder folder;
  SystemFiles files;
  const auto path = folder.path() / "x.db";
  {
    auto database = must(open_sqlite(path));
    must(create_tables(*database));
    fill(*database, 0, 300);
  }
  const std::size_t page = must(files.read(path)).size() / page_bytes - 2;
  flip(files, path, page * page_bytes + 1000);
  auto database = must(open_sqlite(path));
  const auto read = count(*database);
  ASSERT_FALSE(read);
  EXPECT_TRUE(read.error().is(errors::page_damaged));
  EXPECT_NE(read.error().text(Language::en).find("page " + std::to_string(page + 1) + " of x.db"), std::string::npos)
      << read.error().text(Language::en);
}

TEST(PageShim, AFrameThatChangesInTheLogWhileItIsOpenIsFound) {
  const TestFolder folder;
  SystemFiles files;
  const auto path = folder.path() / "x.db";
  auto writer = must(open_sqlite(path));
  must(create_tables(*writer));
  fill(*writer, 0, 300);
  auto reader = must(open_sqlite(path));
  EXPECT_EQ(must(count(*reader)), 300);
  auto fresh = must(open_sqlite(path));   // an empty cache of its own
  const auto log = folder.path() / "x.db-wal";
  std::string bytes = must(files.read(log));
  for (std::size_t offset = 32 + 24 + 2000; offset < bytes.size(); offset += 24 + page_bytes)
    bytes[offset] = static_cast<char>(bytes[offset] ^ 1);
  must(files.write(log, bytes, 0600));
  const auto read = count(*fresh);
  ASSERT_FALSE(read);
  EXPECT_TRUE(read.error().is(errors::page_damaged));
  EXPECT_NE(read.error().text(Language::en).find("frame"), std::string::npos) << read.error().text(Language::en);
}

TEST(PageShim, FaultsComeWhenTheyAreDue) {
  const TestFolder folder;
  Faults faults;
  set_page_faults(folder.path(), &faults);
  {
    auto database = must(open_sqlite(folder.path() / "x.db"));
    must(create_tables(*database));
    fill(*database, 0, 10);

    faults.fill_disk_after(5'000);
    must(database->begin_write());
    const Row row{std::string("big"), std::string(100'000, 'x')};
    const Status written = database->write_rows(table::meta, std::span(&row, 1), true);
    const Status full = written ? database->commit() : written;
    ASSERT_FALSE(full);
    EXPECT_TRUE(full.error().is(errors::disk_full)) << full.error().text(Language::en);
    EXPECT_FALSE(database->broken());
    database->rollback();
    faults.clear();
    fill(*database, 10, 20);
    EXPECT_EQ(must(count(*database)), 20);

    faults.fail_sync_after(0);
    must(database->begin_write());
    const Row small{std::string("small"), std::string("x")};
    must(database->write_rows(table::meta, std::span(&small, 1), true));
    EXPECT_FALSE(database->commit());
    EXPECT_TRUE(database->broken());
  }
  set_page_faults(folder.path(), nullptr);
}

TEST(PageShim, RecordsWhatHappensToTheFolderInOrder) {
  const TestFolder folder;
  Faults faults;
  SystemFiles files;
  FaultyFiles faulty(files, faults);
  faults.record(folder.path());
  must(faulty.write_durably(folder.path() / "note", "text"));
  must(faulty.write("/dev/null", "outside", 0600));
  const auto events = faults.recorded();
  std::string told;
  for (const DiskEvent& e : events)
    told += std::to_string(static_cast<int>(e.kind)) + ":" + e.path + ":" + e.bytes + " ";
  EXPECT_EQ(told, "0:note.new:text 2:note.new: 3:note.new:note 5:.: ");
}

}   // namespace
}   // namespace gangmu::store::test
