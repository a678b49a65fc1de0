// SPDX-License-Identifier: Apache-2.0
#include "store/wal_log.hpp"

#include <gtest/gtest.h>

#include "store/errors.hpp"
#include "store/test_world.hpp"

namespace gangmu::store::test {
namespace {

TEST(WalLog, CountsWhatSqliteWroteAndStopsWhereItIsUnsound) {
  const TestFolder folder;
  SystemFiles files;
  const auto file = folder.path() / "x.db-wal";
  const auto database = must(open_sqlite(folder.path() / "x.db"));
  must(create_tables(*database));
  for (int i = 0; i < 5; ++i) {
    const Row row{std::string("note"), std::to_string(i)};
    must(database->write_rows(table::meta, std::span(&row, 1), true));
  }
  const LogState state = must(read_log(file, files));
  EXPECT_EQ(state.text(), database->log_position());
  EXPECT_EQ(LogState::parse(state.text()).text(), state.text());
  EXPECT_GT(state.frames, 5);
  must(check_log(file, state.text(), files));

  const std::string log = must(files.read(file));
  for (const std::int64_t frame : {std::int64_t{0}, state.frames / 2, state.frames - 1}) {
    std::string bytes = log;
    const auto at = static_cast<std::size_t>(32 + frame * (24 + page_bytes) + 24 + 4000);
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    must(files.write(folder.path() / "copy", bytes, 0600));
    EXPECT_LE(must(read_log(folder.path() / "copy", files)).frames, frame);
    EXPECT_TRUE(check_log(folder.path() / "copy", state.text(), files).error().is(errors::page_damaged));
    must(check_log(folder.path() / "copy", "0011223344556677:99",
                   files));   // another round of the log: nothing to compare
  }
}

TEST(WalLog, NoLogOrNoSoundHeaderIsNoLog) {
  const TestFolder folder;
  SystemFiles files;
  EXPECT_EQ(must(read_log(folder.path() / "none", files)).text(), "");
  must(files.write(folder.path() / "odd", std::string(5000, 'x'), 0600));
  EXPECT_EQ(must(read_log(folder.path() / "odd", files)).text(), "");
}

}   // namespace
}   // namespace gangmu::store::test
