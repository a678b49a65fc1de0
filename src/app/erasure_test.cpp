// SPDX-License-Identifier: Apache-2.0
// What is left after the key of a person was destroyed: work goes on, the reason is told, and nobody gets an old key.
#include "app/erasure.hpp"

#include <algorithm>

#include "app/account.hpp"
#include "app/accounts.hpp"
#include "app/errors.hpp"
#include "app/imports.hpp"
#include "app/persons.hpp"
#include "app/task_record.hpp"
#include "app/task_rows.hpp"
#include "app/sessions.hpp"
#include "app/tasks.hpp"
#include "app/test_world.hpp"
#include "app/unmask.hpp"
#include "store/audit.hpp"
#include "store/errors.hpp"

namespace gangmu::app::test {
namespace {

constexpr const char* reason = "asked for by the person";
constexpr const char* good_password = "木棉 in spring 2026";
constexpr PlaceId city{1}, first_county{2}, second_county{5};

/// One task each of the two counties and of the city.
const std::vector<std::string> rows{
    "序号|工作任务|牵头单位|牵头领导|联系电话|所属地区", "1|建成产业园|市发改局|赵甲|13912345678|甲县",
    "2|改造老旧小区|市住建局|钱乙|13912345679|乙县", "3|管护农村公路|市交通局|孙丙|13912345670|"};

class ErasureTest : public ::testing::Test {
 protected:
  World world;
  store::Vault& vault() { return world.store().vault(); }

  std::string imported() {
    Call upload = world.call("", ledger("任务台账", rows));
    upload.query["name"] = "台账.xlsx";
    const std::string id = told(read_import(world.service(), upload))["id"].string_or("");
    told(confirm_import(world.service(), world.call(id, "{}")));
    return id;
  }
  std::string task_ids() {
    std::string out;
    const auto view = world.store().view();
    tasks_of(*view).for_each([&](const store::WholeRecord& task) {
      out += (out.empty() ? "" : " ") + std::to_string(task.id.home.value) + ":" + std::to_string(task.id.number);
    });
    return out;
  }
  Result<Seq> erase(const Subject& subject) {
    return erase_persons(world.store(), {}, Actor::console(), subject, reason);
  }
  Call console(std::string id = {}, std::string body = {}) {
    Call call = world.call(std::move(id), std::move(body));
    call.actor = Actor::console();
    return call;
  }
  MadeAccount account(const char* login) {
    return must(make_account(world.service(), world.store(), console(),
                             {.login = login, .name = "某人", .phone = {}, .place = city}));
  }
  static std::string why(const Result<Reply>& reply) {
    return reply ? "done" : std::string(reply.error().first().kind->name);
  }
};

TEST_F(ErasureTest, ANumberWhoseKeyIsKnownIsNotGivenAgain) {
  must(vault().erase(
      record_subject(task_id(first_county, 1))));   // as after a restore to before the import of that task
  must(vault().seal(record_subject(task_id(second_county, 3)),
                    Personal<std::string>(std::string("of a task that was restored away"))));
  const std::string id = imported();
  EXPECT_EQ(task_ids(), "1:5 2:2 5:4");
  const auto view = world.store().view();
  EXPECT_EQ(view->imports.find({city, id})->body["confirmed"]["last"], Json(5));
}

TEST_F(ErasureTest, PersonsOfATaskThatIsGoneAreErasedAsLongAsTheirKeyIsLeft) {
  told(undo_import(world.service(), world.call(imported(), "{}")));
  EXPECT_TRUE(erase(PersonsOfTask{"4"}).error().is(errors::unknown_task));
  must(erase(PersonsOfTask{"2"}));
  EXPECT_TRUE(vault().erased(record_subject(task_id(second_county, 2))));
  EXPECT_FALSE(vault().erased(record_subject(task_id(first_county, 1))));
  must(erase(PersonsOfTask{"2"}));
}

TEST_F(ErasureTest, TheFileOfAnUndoneImportTakesTheKeysOfItsTasksAlong) {
  must(vault().seal(record_subject(task_id(second_county, 2)),
                    Personal<std::string>(std::string("of a task that was restored away"))));
  const std::string undone = imported(), kept = imported();
  EXPECT_EQ(task_ids(), "1:4 1:7 2:1 2:5 5:3 5:6");
  told(undo_import(world.service(), world.call(undone, "{}")));
  must(erase(FileOfImport{undone}));
  const std::pair<PlaceId, std::int64_t> its[] = {{first_county, 1}, {second_county, 3}, {city, 4}};
  for (const auto& [home, id] : its) EXPECT_TRUE(vault().erased(record_subject(task_id(home, id)))) << id;
  EXPECT_FALSE(vault().erased(record_subject(task_id(second_county, 2)))) << "between them, and another's";
  must(erase(FileOfImport{kept}));
  EXPECT_TRUE(vault().erased(import_subject(kept)));
  EXPECT_FALSE(vault().erased(record_subject(task_id(first_county, 5))))
      << "its tasks are there and are erased one by one";
}

TEST_F(ErasureTest, ATaskTakesTheFileItWasReadFromAlong) {
  const std::string read = imported(), other = imported();
  must(erase(PersonsOfTask{"1"}));
  EXPECT_TRUE(vault().erased(import_subject(read))) << "the uploaded file names the same persons";
  EXPECT_FALSE(vault().erased(import_subject(other)));
  EXPECT_FALSE(world.store().view()->imports.find({city, read})->body["erased"].is_null());
}

TEST_F(ErasureTest, ATaskNamedAsARecordIsErasedTheSameWay) {
  const std::string read = imported();
  must(erase(PersonsOfRecord{task_id(first_county, 1).text()}));
  EXPECT_TRUE(vault().erased(record_subject(task_id(first_county, 1))));
  EXPECT_TRUE(vault().erased(import_subject(read)));
}

TEST_F(ErasureTest, TheAuditLogTellsTheReasonOfEachKind) {
  const std::string id = imported();
  account("clerk");
  must(erase(PersonsOfTask{"1"}));
  must(erase(PersonOfAccount{"clerk"}));
  must(erase(FileOfImport{id}));
  const store::AuditPage page = must(world.store().read([&](store::Database& database) {
    return store::search_journal(database, {.actor = {}, .acts = {"erase_persons"}, .object = {}, .from = {}, .to = {}},
                                 world.store().view()->seq);
  }));
  ASSERT_EQ(page.entries.size(), 3u);
  for (const store::AuditEntry& entry : page.entries) EXPECT_EQ(entry.reason, reason) << entry.objects.front();
}

TEST_F(ErasureTest, WorkOnTheTaskGoesOnWithoutANumberAndALookIsRefusedBeforeItIsWrittenDown) {
  imported();
  must(erase(PersonsOfTask{"1"}));
  const Told reported = told(report_progress(world.service(), world.call("1", R"({"text":"已联系13912345678"})")));
  EXPECT_EQ(reported["task"]["progress"], Json("已联系（已隐去）"));
  const auto events = [&] { return told(task(world.service(), world.call("1")))["events"].array()->size(); };
  const std::size_t before = events();
  EXPECT_TRUE(see_persons(world.service(), world.call("1", R"({"reason":"电话核实进展"})"))
                  .error()
                  .is(store::errors::subject_erased));
  EXPECT_EQ(events(), before);
}

TEST_F(ErasureTest, AnErasedAccountIsNobodysAnyMore) {
  const MadeAccount made = account("clerk");
  const std::string grant = R"({"role":"city_office","place":"990100000000"})";
  EXPECT_EQ(why(give_grant(world.service(), console(made.id, grant))), "done");
  must(erase(PersonOfAccount{"clerk"}));
  for (const auto act : {reset_account, enable_account})
    EXPECT_EQ(why(act(world.service(), console(made.id))), "account_state");
  EXPECT_EQ(why(give_grant(world.service(), console(made.id, grant))), "account_state");
  EXPECT_EQ(why(take_grant(world.service(), console(made.id, grant))), "done");
}

/// As after a restore to before the erasure: the row knows nothing of it, the vault does.
TEST_F(ErasureTest, AnAccountWhoseKeyIsGoneAnswersLikeANameNobodyHas) {
  const MadeAccount old = account("old"), fresh = account("fresh");
  const auto body = [](const char* login, const std::string& code) {
    return std::string(R"({"login":")") + login + R"(","password":")" + good_password +
           (code.empty() ? "" : R"(","code":")" + code) + R"("})";
  };
  must(first_sign_in(world.service(), world.call({}, body("old", old.code))));
  for (const MadeAccount* made : {&old, &fresh}) must(vault().erase(account_subject(made->id)));
  EXPECT_EQ(why(sign_in(world.service(), world.call({}, body("old", {})))), "sign_in_refused");
  EXPECT_EQ(why(first_sign_in(world.service(), world.call({}, body("fresh", fresh.code)))), "code_refused");
  EXPECT_EQ(why(reset_account(world.service(), console(old.id))), "account_state");
}

}   // namespace
}   // namespace gangmu::app::test
