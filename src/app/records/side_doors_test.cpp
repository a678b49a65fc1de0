// SPDX-License-Identifier: Apache-2.0
// Rights on records hold by the side doors as well: a sheet, its preview, taking it back, publishing a kind, a file.
#include <gtest/gtest.h>

#include "app/erasure.hpp"
#include "app/errors.hpp"
#include "app/files/files.hpp"
#include "app/imports.hpp"
#include "app/records/proposals.hpp"
#include "app/records/register_imports.hpp"
#include "app/records/test_kinds.hpp"
#include "app/test_accounts.hpp"
#include "app/test_import.hpp"
#include "record/errors.hpp"

namespace gangmu::app::test {
namespace {

class SideDoors : public ::testing::Test {
 protected:
  RegisterWorld world;
  Actor town = actor("town_clerk", 3), county = actor("county_office", 2), city = actor("city_office", 1);

  Actor actor(const std::string& role, std::int64_t place, const access::Roles& all = access::standard_roles()) {
    const auto view = world.store().view();
    const std::shared_ptr<const access::Roles> roles(&all, [](const auto*) {});
    access::Grant grant{.role = role, .place = PlaceId{place}, .line = {}};
    return {.id = "u-" + role + std::to_string(place),
            .rights = access::Rights::of_account(roles, view->tree, {grant}, world.service().today()),
            .home = PlaceId{1}};
  }
  Call as(const Actor& who, std::string id, std::string body = {}) {
    Call out = world.call(std::move(id), std::move(body));
    out.actor = who;
    return out;
  }
  Call sheet_call(const Actor& who, const std::string& kind, const std::string& bytes) {
    Call out = as(who, kind, bytes);
    out.query["name"] = "清单.xlsx";
    return out;
  }
  Told preview(const Actor& who, const std::string& kind, const std::string& bytes) {
    return told(preview_register_import(world.service(), sheet_call(who, kind, bytes)));
  }
  Result<Reply> confirm(const Actor& who, const std::string& kind, const std::string& bytes, const Told& seen) {
    Call call = sheet_call(who, kind, bytes);
    call.query["digest"] = seen["digest"].string_or("");
    call.query["seq"] = std::to_string(seen["seq"].integer_or(0));
    return confirm_register_import(world.service(), call);
  }
  Told imported(const Actor& who, const std::string& kind, const std::string& bytes) {
    return told(confirm(who, kind, bytes, preview(who, kind, bytes)));
  }
  Result<Reply> undo(const Actor& who, const std::string& kind, const std::string& id, const std::string& reason) {
    Call call = as(who, kind, R"({"also_changed":true,"reason":")" + reason + "\"}");
    call.sub_id = id;
    return undo_register_import(world.service(), call);
  }
  Result<Reply> publish(const Actor& who, const std::string& kind) {
    return publish_register(world.service(),
                            as(who, {}, R"({"kind":)" + kind + R"(,"owner":"市住建局","list_number":"2023-009"})"));
  }
  Json only(const std::string& kind) {
    const Json all = world.ask(records, world.call(kind)).json;
    return all["items"].array()->front();
  }
};

std::string projects(const std::string& contact) {
  return ledger("项目清单", {"项目代码|名称|所在地|联系人", "P-1|冷链园|甲01镇|" + contact, "P-2|厂房|甲01镇|"});
}

/// The standard roles and one more.
Json with_role(const std::string& id, const std::vector<std::string>& permissions) {
  Json out = access::standard_roles_document(), role, may(Json::Array{});
  for (const std::string& one : permissions) {
    Json right;
    right.set("permission", one);
    may.push(std::move(right));
  }
  for (const char* name : {"id", "name_zh", "name_en"}) role.set(name, id);
  role.set("duty", "business");
  role.set("may", std::move(may));
  out.object()->find("roles")->second.push(std::move(role));
  return out;
}

TEST_F(SideDoors, APreviewConfirmsNoGuessOfWhatIsSealed) {
  imported(county, "project", projects("张三 13912345678"));
  const Told right = preview(town, "project", projects("张三 13912345678")),
             wrong = preview(town, "project", projects("张三 13912345679"));
  EXPECT_EQ(right["counts"].canonical(), wrong["counts"].canonical());
  EXPECT_EQ(right["items"].canonical(), wrong["items"].canonical());
  EXPECT_EQ(right["counts"]["changed"].integer_or(0), 1);
  EXPECT_EQ(preview(county, "project", projects("张三 13912345678"))["counts"]["unchanged"].integer_or(0), 2)
      << "who may see it is told";
  const Told done = told(confirm(town, "project", projects("张三 13912345678"), right));
  EXPECT_EQ(done["counts"]["changed"].integer_or(0), 1) << "nor does the import";
}

TEST_F(SideDoors, WhatOneSeatSaidOfColumnsIsNotFollowedByAnother) {
  const std::string bytes = ledger("项目清单", {"项目代码|代称|所在地|联系人", "P-1|冷链园|甲01镇|张三 13912345678"});
  Call twisted = sheet_call(town, "project", bytes);
  twisted.query["columns"] = "B:contact;D:name";
  const Told seen = told(preview_register_import(world.service(), twisted));
  twisted.query["digest"] = seen["digest"].string_or("");
  twisted.query["seq"] = std::to_string(seen["seq"].integer_or(0));
  told(confirm_register_import(world.service(), twisted));
  const auto field_of = [&](const Actor& who) {
    const Told told = preview(who, "project", bytes);
    return (*told["columns"].array())[3]["field"].string_or("");
  };
  EXPECT_EQ(field_of(town), "name") << "it is remembered where it was said";
  EXPECT_EQ(field_of(county), "contact");
}

TEST_F(SideDoors, WhatOthersWorkedOnIsMadeVoidByTheOfficeOnly) {
  const std::string bytes = projects("");
  const std::string mine = imported(town, "project", bytes)["id"].string_or("");
  Call edit = as(county, "2.project.1", R"({"fields":{"name":"县里核过的冷链园"}})");
  edit.if_match = world.store().view()->seq;
  told(edit_record(world.service(), edit));
  const auto refused = undo(town, "project", mine, "导错了文件");
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::not_yours)) << refused.error().text(Language::en);
  EXPECT_EQ(world.ask(records, world.call("project"))["total"].integer_or(0), 2) << "all or nothing";
  EXPECT_EQ(told(undo(city, "project", mine, "导错了文件"))["voided"].integer_or(0), 2);
}

TEST_F(SideDoors, WhatOnlyTheImporterTouchedTheImporterTakesBack) {
  const std::string mine = imported(town, "project", projects(""))["id"].string_or("");
  Call edit = as(town, "2.project.1", R"({"fields":{"name":"改名"}})");
  edit.if_match = world.store().view()->seq;
  told(edit_record(world.service(), edit));
  EXPECT_EQ(told(undo(town, "project", mine, "导错了文件"))["voided"].integer_or(0), 2);
}

const char* const wells =
    R"({"id":"well","is":{"zh":"水井"},"fields":[{"id":"name","type":"text","zh":"名称"},{"id":"deep","type":"text","zh":"深度"}]})";

TEST_F(SideDoors, ASheetWhoseRowsNothingTellsApartComesInOnce) {
  told(publish(city, wells));
  const std::string bytes = ledger("水井清单", {"序号|名称|深度", "1|一号|10米", "2|二号|12米"});
  const Told seen = preview(city, "well", bytes);
  ASSERT_EQ(seen["counts"]["new"].integer_or(0), 2) << seen.json.canonical();
  told(confirm(city, "well", bytes, seen));
  const auto again = confirm(city, "well", bytes, seen);   // another request: pressed twice
  ASSERT_FALSE(again);
  EXPECT_TRUE(again.error().is(errors::import_overtaken)) << again.error().text(Language::en);
  EXPECT_EQ(world.ask(records, world.call("well"))["total"].integer_or(0), 2);
  const Told next = preview(city, "well", bytes);
  EXPECT_TRUE(confirm(city, "well", bytes, next)) << "looked at again it is meant";
}

TEST_F(SideDoors, AKindThatComesBackGivesNoNumberOfAFieldAgain) {
  told(publish(city, wells));
  world.entered("well", R"({"name":"一号","deep":"10米"})");
  must(world.store().write({.home = PlaceId{1},
                            .actor = "test",
                            .act = "load",
                            .request_key = {},
                            .command = {},
                            .run = [](store::Tx& tx) -> Result<Json> {
                              TRY(store::definitions::retire(tx, "kind", "well", tx.at().date()));
                              return Json();
                            }}));
  const char* const other =
      R"({"id":"well","is":{"zh":"水井"},"fields":[{"id":"depth","type":"number","unit":"米","zh":"深度"},{"id":"name","type":"text","zh":"名称"}]})";
  const auto refused = publish(city, other);
  ASSERT_FALSE(refused) << "records still hold what the old fields say";
  EXPECT_TRUE(refused.error().is(record::errors::narrowing) || refused.error().is(record::errors::never_so))
      << refused.error().text(Language::en);
  told(publish(city, wells));
  EXPECT_EQ(only("well")["fields"]["deep"].string_or(""), "10米");
}

TEST_F(SideDoors, KindsThatAreTheProgramsOwnAreNobodysToPublish) {
  const auto refused = publish(city, R"({"id":"task","is":{"zh":"任务"},"fields":[{"id":"name","type":"text"}]})");
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(record::errors::name_taken));
}

TEST_F(SideDoors, TwoKindsPublishedAtOnceAreProvedAsTheyStandTogether) {
  const auto refused = publish(city, R"({"id":"pump","is":{"zh":"水泵"},"fields":[{"id":"name","type":"text"},)"
                                     R"({"id":"at","type":"ref","to":"nowhere"}]})");
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(record::errors::kind_unknown)) << refused.error().text(Language::en);
  told(publish(city, wells));
  told(publish(city, R"({"id":"pump","is":{"zh":"水泵"},"fields":[{"id":"name","type":"text"},)"
                     R"({"id":"at","type":"ref","to":"well"}]})"));
  EXPECT_EQ(told(publish(city, wells))["version"].integer_or(0), 2);
}

TEST_F(SideDoors, AKindIsTheWholeProgrammesSoARightInOneCountyPublishesAndOpensNone) {
  const auto roles = must(access::Roles::read(with_role("half", {"read_records", "write_records", "open_registers"})));
  const Actor half = actor("half", 2, roles);
  EXPECT_FALSE(publish(half, wells));
  EXPECT_FALSE(close_register(world.service(), as(half, "project", "{}")));
  EXPECT_FALSE(open_register(world.service(), as(half, "project", R"({"owner":"甲县","list_number":"1"})")));
  EXPECT_TRUE(publish(actor("half", 1, roles), wells));
}

TEST_F(SideDoors, ATaskIsNamedByARecordToThoseWhoMayReadTasks) {
  Call upload = world.call("", ledger("任务台账", {"序号|工作任务|牵头单位|所属地区", "1|建成产业园|市发改局|甲县"}));
  upload.query["name"] = "台账.xlsx";
  const std::string read = told(read_import(world.service(), upload))["id"].string_or("");
  told(confirm_import(world.service(), world.call(read, "{}")));
  told(publish(city, R"({"id":"visit","is":{"zh":"走访"},"fields":[{"id":"name","type":"text"},)"
                     R"({"id":"of","type":"ref","to":"task"}]})"));
  const std::string id =
      told(create_record(world.service(), as(county, "visit", R"({"fields":{"name":"一","of":"2.task.1"}})")))["id"]
          .string_or("");
  const Json own = with_role("keeper", {"read_records", "write_records"});
  must(world.store().write({.home = PlaceId{1},
                            .actor = "test",
                            .act = "load",
                            .request_key = {},
                            .command = {},
                            .run = [&](store::Tx& tx) -> Result<Json> {
                              TRY(store::definitions::publish(tx, "roles", "roles", tx.at().date(), own));
                              return Json();
                            }}));
  const auto roles = must(access::Roles::read(own));
  const auto named = [&](const Actor& who) {
    return told(record_detail(world.service(), as(who, id)))["fields"]["of"]["title"].string_or("");
  };
  EXPECT_EQ(named(county), "建成产业园");
  EXPECT_EQ(named(actor("keeper", 2, roles)), "无权查看");
}

TEST_F(SideDoors, AnUploadThatWasSealedWaitsNowhereInClear) {
  Call up = as(town, {}, "%PDF-1.7 a certificate of somebody");
  up.query["name"] = "证件.pdf";
  const std::string digest = told(upload_file(world.service(), up))["digest"].string_or("");
  const auto enter = [&](const char* field) {
    return create_record(world.service(), as(town, "project",
                                             R"({"fields":{"name":"桥","place":"990101101000",")" + std::string(field) +
                                                 R"(":{"digest":")" + digest + R"(","name":"证件.pdf"}}})"));
  };
  told(enter("scan"));
  const auto refused = enter("photo");
  ASSERT_FALSE(refused) << "nobody names it in clear afterwards";
  EXPECT_TRUE(refused.error().is(errors::file_not_uploaded));
  world.restart();
  must(world.store().forget_unnamed_files());
  EXPECT_FALSE(world.store().evidence().holds(must(Digest::parse(digest))));
  must(world.store().verify());
}

TEST_F(SideDoors, ASheetThatNamesAnErasedPersonIsToldSoBeforeItIsWritten) {
  imported(county, "project", projects("张三 13912345678"));
  must(erase_persons(world.store(), {}, Actor::console(), PersonsOfRecord{"2.project.1"}, "本人要求"));
  const Told seen = preview(county, "project", projects("张三 13912345678"));
  ASSERT_EQ(seen["faults"].array()->size(), 1u) << seen.json.canonical();
  const Json& fault = seen["faults"].array()->front();
  EXPECT_EQ(fault["code"].string_or(""), "store.subject_erased");
  EXPECT_EQ(fault["column"].string_or("") + std::to_string(fault["row"].integer_or(0)), "D3");
  EXPECT_EQ(preview(county, "project", projects(""))["counts"]["unchanged"].integer_or(0), 2);
}

TEST_F(SideDoors, ANumberInAPlainTextIsHiddenInItAndSealedWithTheEvent) {
  const std::string id =
      told(create_record(world.service(), as(county, "project",
                                             R"({"fields":{"name":"桥 联系13912345678","place":"990101101000",)"
                                             R"("owner":"unit:市财政局13912345678"}})")))["id"]
          .string_or("");
  const Told shown = told(record_detail(world.service(), as(county, id)));
  EXPECT_EQ(shown["title"].string_or(""), "桥 联系（已隐去）");
  EXPECT_EQ(shown["fields"]["owner"]["name"].string_or(""), "市财政局（已隐去）");
  EXPECT_EQ(shown.reply.body.find("13912345678"), std::string::npos);
  const Told seen = told(see_record_persons(world.service(), as(county, id, R"({"reason":"核对联系人"})")));
  EXPECT_EQ(seen["fields"]["name"].string_or(""), "桥 联系13912345678");
  const std::string bytes = ledger("项目清单", {"项目代码|名称|所在地", "P-9|厂房 13912345679|甲01镇"});
  imported(county, "project", bytes);
  EXPECT_EQ(preview(county, "project", bytes)["counts"]["unchanged"].integer_or(0), 1);
  EXPECT_EQ(told(see_record_persons(world.service(),
                                    as(county, "2.project.2", R"({"reason":"核对联系人"})")))["fields"]["name"]
                .string_or(""),
            "厂房 13912345679");
  std::string journal;
  must(world.store().read([&](store::Database& db) {
    return store::read_journal(db, Seq{}, world.store().view()->seq, [&](const store::JournalRow& row) -> Status {
      journal += row.bytes;
      return {};
    });
  }));
  EXPECT_EQ(journal.find("1391234567"), std::string::npos);
}

class PersonsInRecords : public AccountsTest {};

TEST_F(PersonsInRecords, AreOpenedOnlyToAnAccountWithASecondFactor) {
  publish_kinds(world.store(), little_kinds());
  told(open_register(world.service(), world.call("project", R"({"owner":"市发改局","list_number":"1"})")));
  Call up = world.call({}, "%PDF-1.7 a certificate");
  up.query["name"] = "证件.pdf";
  const std::string digest = told(upload_file(world.service(), up))["digest"].string_or("");
  const std::string id = told(create_record(
      world.service(), world.call("project", R"({"fields":{"name":"桥","place":"990101101000","contact":"张三",)"
                                             R"("scan":{"digest":")" +
                                                 digest + R"(","name":"证件.pdf"}}})")))["id"]
                             .string_or("");
  Person careful = person("careful", "county_office", 2);
  key_of(careful);
  first(office);
  const std::string reason = R"({"reason":"核对身份"})";
  const Told seen = told(see_record_persons(world.service(), as(careful, id, reason)));
  const std::string sealed = must(Json::parse(seen["fields"]["scan"].string_or("")))["digest"].string_or("");
  const auto file = [&](Person& who) {
    Call call = as(who, id, reason);
    call.sub_id = sealed;
    return see_record_file(world.service(), call);
  };
  EXPECT_TRUE(file(careful));
  EXPECT_EQ(why(see_record_persons(world.service(), as(office, id, reason))), "second_factor_for_persons");
  EXPECT_EQ(why(file(office)), "second_factor_for_persons");
}

}   // namespace
}   // namespace gangmu::app::test
