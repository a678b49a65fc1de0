// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"
#include "cli/errors.hpp"
#include "cli/say.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace gangmu::cli {
namespace {

namespace fs = std::filesystem;

class StoreConfig : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "gangmu-cli-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    data_ = fs::path(name) / "data";
  }
  void TearDown() override { fs::remove_all(data_.parent_path()); }
  void file(const std::string& path, const std::string& bytes) const {
    fs::create_directories((data_ / path).parent_path());
    std::ofstream(data_ / path) << bytes;
  }
  fs::path data_;
};

TEST(Say, CharactersThatSteerATerminalAreShownAndDoNothing) {
  EXPECT_EQ(visible("a\x1b[2Jb\x07\x7f\rc\n\td"), "a\\x1b[2Jb\\x07\\x7f\\x0dc\n\td");
  EXPECT_EQ(visible("\u009b31m\u202e纲目"), "\\x9b31m\\u202e纲目");
}

TEST_F(StoreConfig, KeepsKeysBesideTheDataAndTablesInTheFolder) {
  const store::Config config = *store_config(data_, "tutorial");
  EXPECT_EQ(config.folder, data_ / "tutorial");
  EXPECT_EQ(config.key_folder, data_.string() + ".keys/tutorial");
  EXPECT_EQ(config.engine, store::Engine::sqlite);
}

TEST_F(StoreConfig, AServerFileInTheFolderMeansPostgres) {
  file("tutorial/server.json", R"({"keys":"/etc/keys","postgres":"host=/run/x dbname=gangmu"})");
  const store::Config config = *store_config(data_, "tutorial");
  EXPECT_EQ(config.engine, store::Engine::postgres);
  EXPECT_EQ(config.connection, "host=/run/x dbname=gangmu");
  EXPECT_EQ(config.key_folder, "/etc/keys");
  file("tutorial/server.json", R"({"postgres":5})");
  EXPECT_TRUE(store_config(data_, "tutorial").error().is(errors::server_file_malformed));
}

TEST_F(StoreConfig, StoresAreFoundByWhateverIsLeftOfThem) {
  file("b/HEAD", "");
  file("a/server.json", "{}");   // a HEAD that is lost is damage to be told, not an absent store
  file("d/gangmu.db", "");
  file("e/batches/0123", "");
  file("c/notes.txt", "");
  fs::create_directory_symlink(data_ / "f", data_ / "f");   // what can't be looked into is none
  EXPECT_EQ(stored_programmes(data_), (std::vector<std::string>{"a", "b", "d", "e"}));
}

}   // namespace
}   // namespace gangmu::cli
