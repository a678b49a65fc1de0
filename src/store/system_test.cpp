// SPDX-License-Identifier: Apache-2.0
#include "store/system.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "store/errors.hpp"
#include "store/test_world.hpp"

namespace gangmu::store::test {
namespace {

TEST(System, WritesWholeFilesThatOnlyTheOwnerReads) {
  const TestFolder folder;
  SystemFiles files;
  const auto path = folder.path() / "a" / "b.txt";
  must(files.make_folder(path.parent_path()));
  must(files.write_durably(path, "one"));
  must(files.write_durably(path, "two 二"));
  EXPECT_EQ(must(files.read(path)), "two 二");
  EXPECT_EQ(must(files.list(path.parent_path())), std::vector<std::string>{"b.txt"});
  struct stat status {};
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  must(files.write_at(path, 4, "三"));
  EXPECT_EQ(must(files.read(path)), "two 三");
  must(files.remove(path));
  must(files.remove(path));
  EXPECT_TRUE(files.read(path).error().is(errors::file_missing));
}

TEST(System, AFullDiskIsNamedAsSuch) {
  SystemFiles files;
  EXPECT_TRUE(files.write("/dev/full", "x", 0600).error().is(errors::disk_full));
}

TEST(System, SecretsDiffer) {
  SystemSecrets secrets;
  EXPECT_EQ(secrets.bytes(32).size(), 32u);
  EXPECT_NE(secrets.bytes(32), secrets.bytes(32));
}

TEST(System, OneHolderOfALock) {
  const TestFolder folder;
  auto first = FileLock::take(folder.path() / "LOCK");
  ASSERT_TRUE(first);
  const auto second = FileLock::take(folder.path() / "LOCK");
  ASSERT_FALSE(second);
  EXPECT_TRUE(second.error().is(errors::store_locked));
  EXPECT_NE(second.error().text(Language::en).find("pid " + std::to_string(getpid())), std::string::npos);
  first->reset();
  EXPECT_TRUE(FileLock::take(folder.path() / "LOCK"));
}

}   // namespace
}   // namespace gangmu::store::test
