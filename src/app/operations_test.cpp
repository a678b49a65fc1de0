// SPDX-License-Identifier: Apache-2.0
// What the administrators are told of how the system runs: notes of commands beside the server, large acts, the head.
#include <gtest/gtest.h>

#include "app/errors.hpp"
#include "app/imports.hpp"
#include "app/operations.hpp"
#include "app/programmes.hpp"
#include "app/test_world.hpp"
#include "store/notes.hpp"
#include "store/opening.hpp"

namespace gangmu::app::test {
namespace {

class OperationsTest : public ::testing::Test {
 protected:
  World world;

  Call console() {
    Call call = world.call();
    call.actor = Actor::console();
    return call;
  }
  void note(std::string_view name, Json json) {
    const store::Beside beside = must(store::open_beside(world.config(), world.files));
    must(store::keep_note(*beside.database, world.config().folder, world.files, name, json));
  }
  static Json noted(Instant at, std::initializer_list<std::pair<const char*, std::int64_t>> numbers) {
    Json out;
    out.set("at", at.micros);
    for (const auto& [name, value] : numbers) out.set(name, value);
    return out;
  }
};

TEST_F(OperationsTest, SayWhenNothingWasBackedUpOrChecked) {
  const Told told = test::told(operations(world.service(), console()));
  EXPECT_EQ(told["backup"], Json());
  EXPECT_EQ(told["drill"], Json());
  EXPECT_EQ(told["engine"], Json("sqlite"));
  EXPECT_EQ(told["writes_here"], Json(true));
  EXPECT_EQ(told["read_only"], Json(""));
  EXPECT_EQ(test::told(chain(world.service(), console()))["check"], Json());
}

TEST_F(OperationsTest, TellTheLastBackupAndCallItLateAfterADay) {
  Json taken = noted(world.clock.now(), {{"seq", 1}, {"mark", 1}, {"bytes", 4321}});
  taken.set("folder", "/media/backup/example");
  note(store::backup_note, taken);
  world.clock.time.micros += 26LL * 3'600'000'000;
  Told told = test::told(operations(world.service(), console()));
  EXPECT_EQ(told["backup"]["folder"], Json("/media/backup/example"));
  EXPECT_EQ(told["backup"]["bytes"], Json(4321));
  EXPECT_EQ(told["backup"]["hours"], Json(26));
  EXPECT_EQ(told["backup"]["late"], Json(false));
  world.clock.time.micros += 3'600'000'000;
  EXPECT_EQ(test::told(operations(world.service(), console()))["backup"]["late"], Json(true));
  world.restart();
  EXPECT_EQ(test::told(operations(world.service(), console()))["backup"]["hours"], Json(27))
      << "kept where the store is";
}

TEST_F(OperationsTest, TellWhatAProofFound) {
  note(store::check_note, noted(world.clock.now(), {{"seq", 1}, {"entries", 1}, {"tables", 11}}));
  const Told well = test::told(chain(world.service(), console()));
  EXPECT_EQ(well["check"]["tables"], Json(11));
  EXPECT_EQ(well["check"]["fault_zh"], Json(""));
  EXPECT_EQ(well["head"], Json(world.store().view()->head.text()));
  Json broken = noted(world.clock.now(), {});
  broken.set("fault_zh", "日志第 7 号与前后不符");
  broken.set("fault_en", "journal entry 7 does not fit");
  note(store::check_note, broken);
  EXPECT_EQ(test::told(chain(world.service(), console()))["check"]["fault_en"], Json("journal entry 7 does not fit"));
}

TEST_F(OperationsTest, ListLargeActsWithoutWhatTheyHeld) {
  Call read = world.call({}, ledger("台账", {"序号|任务|牵头单位", "1|修路|市交通局", "2|种树|市林业局"}));
  read.query["name"] = "秘密.xlsx";
  const std::string id = test::told(read_import(world.service(), read))["id"].string_or("");
  must(confirm_import(world.service(), world.call(id, "{}")));
  must(undo_import(world.service(), world.call(id, "{}")));
  const Told told = test::told(operations(world.service(), console()));
  const Json::Array& jobs = *told["jobs"].array();
  ASSERT_EQ(jobs.size(), 3u);
  EXPECT_EQ(told["jobs_read"], Json(true));
  EXPECT_EQ(jobs[0]["act"], Json("import_undo"));
  EXPECT_EQ(jobs[1]["act"], Json("import_confirm"));
  EXPECT_NE(jobs[1]["undone_at"], Json()) << "the line of the import says that it was taken back";
  EXPECT_EQ(jobs[2]["act"], Json("load"));
  EXPECT_EQ(told.reply.body.find("秘密"), std::string::npos);
  EXPECT_EQ(told.reply.body.find("修路"), std::string::npos);
}

TEST_F(OperationsTest, AProgrammeThatCantBeOpenedIsToldAsThat) {
  world.service().leave_out("broken");
  EXPECT_TRUE(world.service().store("broken").error().is(errors::programme_closed));
  EXPECT_TRUE(world.service().store("nowhere").error().is(errors::unknown_programme));
  const Told told = test::told(health(world.service(), world.call()));
  EXPECT_EQ(told["status"], Json("incomplete"));
  EXPECT_EQ((*told["left_out"].array())[0], Json("broken"));
}

}   // namespace
}   // namespace gangmu::app::test
