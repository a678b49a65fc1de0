// SPDX-License-Identifier: Apache-2.0
// A planted telephone number is in no file of the store, and goes for good when its subject is erased.
#include <gtest/gtest.h>

#include "store/errors.hpp"
#include "store/test_world.hpp"

namespace gangmu::store::test {
namespace {

TEST(PersonalData, IsInNoFileOfTheDataFolderAndErasureLeavesTheChainValid) {
  World world(Engine::sqlite);
  auto store = must(world.create());
  load_little_programme(*store);
  const std::string planted = "13912345678";
  const std::string subject = "task:2:T-1:contact";
  const Bytes sealed = must(store->vault().seal(subject, Personal<std::string>(planted)));
  must(store->write(command(
      "put_task",
      [&](Tx& tx) -> Result<Json> {
        TRY(tasks::put(tx, {county, "T-1", Json("x"), sealed, "doing", {}}));
        return Json();
      },
      "key", Json("x"))));
  const auto look = [&] {
    int files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(world.config.folder)) {
      if (!entry.is_regular_file()) continue;
      ++files;
      const std::string bytes = must(world.files.read(entry.path()));
      EXPECT_EQ(bytes.find(planted), std::string::npos) << entry.path();
    }
    EXPECT_GE(files, 3);
  };
  look();
  store.reset();
  look();
  store = must(world.open());
  const Bytes kept = store->view()->tasks.find({county, "T-1"})->contact;
  const auto permit = UnmaskPermit::grant("clerk", "calls back");
  EXPECT_EQ(must(store->vault().open(subject, kept, permit)), planted);
  must(store->vault().erase(subject));
  EXPECT_TRUE(store->vault().open(subject, kept, permit).error().is(errors::subject_erased));
  must(store->verify());
}

}   // namespace
}   // namespace gangmu::store::test
