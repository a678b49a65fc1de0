// SPDX-License-Identifier: Apache-2.0
#include "store/migrations.hpp"

#include <gtest/gtest.h>

#include "store/errors.hpp"
#include "store/test_world.hpp"

namespace gangmu::store::test {
namespace {

using MigrationsTest = OnBothEngines;
GANGMU_ON_BOTH_ENGINES(MigrationsTest);

std::unique_ptr<Database> connect(const World& world, SystemFiles& files) {
  must(files.make_folder(world.config.folder));
  return must(world.connect());
}

TEST(Migrations, AreNumberedWithoutGapsUpToTheSchemasVersion) {
  int expected = 0;
  for (const Migration& m : migrations()) EXPECT_EQ(m.version, ++expected);
  EXPECT_EQ(expected, schema_version);
}

TEST_P(MigrationsTest, AnInterruptedOneGoesOnWhereItStopped) {
  World world(GetParam());
  const auto database = connect(world, world.files);
  std::string done;
  bool interrupted = true;
  const auto batches = batches_of(*database, world.config.folder, world.files);
  const std::vector<Migration> all{{1, {[](Database& db, Batches&) { return create_tables(db); }}},
                                   {2,
                                    {[&](Database& db, Batches&) {
                                       done += "a";
                                       return db.exec("CREATE TABLE extra (x BIGINT)");
                                     },
                                     [&](Database& db, Batches&) -> Status {
                                       TRY(db.exec("INSERT INTO extra VALUES (1)"));
                                       if (interrupted) return fail(errors::disk_full);
                                       done += "b";
                                       return {};
                                     }}}};
  EXPECT_FALSE(migrate(*database, *batches, all));
  EXPECT_EQ(must(migration_state(*database)), (MigrationState{1, 1}));
  interrupted = false;
  must(migrate(*database, *batches, all));
  EXPECT_EQ(done, "ab");
  EXPECT_EQ(must(migration_state(*database)), (MigrationState{2, 0}));
  Statement* rows = must(database->prepare("SELECT count(*) FROM extra"));
  ASSERT_TRUE(must(rows->step()));
  EXPECT_EQ(rows->integer(0), 1) << "the failed step left nothing behind";
  rows->reset();
  must(migrate(*database, *batches, all));
  EXPECT_EQ(done, "ab") << "done once";
}

TEST_P(MigrationsTest, AStoreOfTheFirstSchemaGetsItsAccounts) {
  World world(GetParam());
  must(world.create());
  {
    const auto database = must(world.connect());
    for (const Table* added : {&table::account, &table::session})
      must(database->exec("DROP TABLE " + std::string(added->name)));
    must(set_meta_value(*database, "schema", "1.0"));
  }
  const auto store = must(world.open());
  EXPECT_TRUE(store->view()->accounts.empty());
  EXPECT_EQ(must(migration_state(*must(world.connect()))), (MigrationState{schema_version, 0}));
}

TEST_P(MigrationsTest, TablesOfANewerProgramAreRefused) {
  World world(GetParam());
  must(world.create());
  const auto database = must(world.connect());
  must(set_meta_value(*database, "schema", std::to_string(schema_version + 1) + ".0"));
  const auto store = world.open();
  ASSERT_FALSE(store);
  EXPECT_TRUE(store.error().is(errors::schema_newer)) << store.error().text(Language::en);
}

}   // namespace
}   // namespace gangmu::store::test
