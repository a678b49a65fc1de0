// SPDX-License-Identifier: Apache-2.0
// Kinds into a store and out again: numbers and versions given once, nothing changed under its name.
#include "app/pack_kinds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/errors.hpp"
#include "app/load.hpp"
#include "app/test_store.hpp"
#include "pack/register_sample_test.hpp"
#include "record/errors.hpp"
#include "record/record.hpp"
#include "store/records.hpp"

namespace gangmu::app::test {
namespace {

using pack::sample::registers_changed;
using pack::sample::with_registers;
using testing::ElementsAre;

pack::Pack pack_of(const pack::Files& files) { return must(pack::read_pack(files)); }
pack::Pack pack_with(const std::string& path, const std::string& what, const std::string& by) {
  return pack_of(registers_changed(path, what, by));
}

/// A store that holds the registers, and the lock of its first export.
struct Office : Fresh {
  Office() {
    loaded(*this, pack_of(with_registers()));
    options.base = must(lock_of(*store, must(export_pack(*store))));
  }
  Result<LoadReport> take(const pack::Pack& pack) { return load(*store, pack, options); }
  [[nodiscard]] const Json& body(const std::string& kind, const std::string& id) const {
    return store->view()->definitions->latest(kind, id)->body;
  }
  [[nodiscard]] std::vector<std::string> numbers(const std::string& kind) const {
    std::vector<std::string> out;
    for (const Json& field : *body("kind", kind)["fields"].array())
      out.push_back(field["id"].string_or("") + " " + std::to_string(field["no"].integer_or(0)));
    return out;
  }
  LoadOptions options;
};

std::vector<std::string> refusals(const Result<LoadReport>& refused) {
  std::vector<std::string> out;
  if (!refused)
    for (const Diagnostic& one : refused.error().all()) out.push_back(one.text(Language::en));
  return out;
}

TEST(PackKinds, ExportLoadExportIsByteForByteTheSame) {
  Fresh first, second;
  loaded(first, pack_of(with_registers()));
  const pack::Files out = must(pack::write_pack(must(export_pack(*first.store))));
  EXPECT_TRUE(out.contains("kinds/matter.yaml"));
  loaded(second, pack_of(out));
  EXPECT_EQ(must(pack::write_pack(must(export_pack(*second.store)))), out);
  const auto catalogue = must(catalogue_of(*second.store->view()->definitions, *Date::parse("2023-06-16")));
  EXPECT_EQ(catalogue->find("site")->field("crops")->spec.rows[1].id, record::FieldId{2});
}

TEST(PackKinds, NumbersAreGivenOnLoadAndAPackWithoutThemChangesNothing) {
  Office office;
  EXPECT_THAT(office.numbers("site"),
              ElementsAre("name 1", "place 2", "owner 3", "crops 4", "total 5", "open_matters 6"));
  EXPECT_EQ(office.body("kind", "matter")["is"]["version"].integer_or(0), 1) << "given, the pack said none";
  const LoadReport again = must(office.take(pack_of(with_registers())));
  EXPECT_TRUE(again.plan.taken.empty());
}

TEST(PackKinds, AChangeIsTheNextVersionAndAFieldInBetweenDoesNotMoveNumbers) {
  Office office;
  must(office.take(pack_with("kinds/matter.yaml", "  place:", "  note: {type: text}\n  place:")));
  EXPECT_EQ(office.body("kind", "matter")["is"]["version"].integer_or(0), 2);
  EXPECT_THAT(office.numbers("matter"), ElementsAre("text 1", "note 10", "place 2", "site 3", "need 4", "answerer 5",
                                                    "due_on 6", "answered_on 7", "met 8", "reply 9"));
}

/// "file:line: what is said", in English.
std::vector<std::string> placed(const Result<LoadReport>& refused) {
  std::vector<std::string> out;
  if (!refused)
    for (const Diagnostic& one : refused.error().all())
      out.push_back(one.where.file + ":" + std::to_string(one.where.line) + ": " + one.text(Language::en));
  return out;
}

TEST(PackKinds, AFieldIsEndedAndNeverTakenOut) {
  Office office;
  const std::string due = "  due_on: date\n";
  pack::Files files = registers_changed("kinds/matter.yaml", due, "");
  std::string& flow = files["flows/matter@1.yaml"];
  const std::string set = ", answered_on: due_on";
  flow.replace(flow.find(set), set.size(), "");
  flow.replace(flow.find("id: matter@1"), 12, "id: matter@2");
  files["flows/matter@2.yaml"] = flow;
  files.erase("flows/matter@1.yaml");
  std::string& kind = files["kinds/matter.yaml"];
  kind.replace(kind.find("matter@1"), 8, "matter@2");
  const auto refused = placed(office.take(pack_of(files)));
  ASSERT_EQ(refused.size(), 1u);
  EXPECT_EQ(refused[0].substr(0, 20), "kinds/matter.yaml:1:");
  EXPECT_NE(
      refused[0].find("'due_on' can't change so: values that are held could not be read: keep the field and write "
                      "until: 1"),
      std::string::npos)
      << refused[0];
  kind.replace(kind.find("  answered_on:"), 0, "  due_on: {type: date, until: 1}\n");
  must(office.take(pack_of(files)));
  EXPECT_EQ(office.numbers("matter").back(), "reply 9");
}

TEST(PackKinds, ANarrowingKindIsRefusedWhereItIsWritten) {
  Office office;
  EXPECT_THAT(placed(office.take(pack_with("kinds/matter.yaml", "max: 500", "max: 50"))),
              ElementsAre("kinds/matter.yaml:4: 'text' narrows: its length or size is tighter than values that may be "
                          "held: leave it, or make a new field; if it must, write a map of what becomes of what it "
                          "can't hold (an empty one may do)"));
  EXPECT_EQ(office.body("kind", "matter")["is"]["version"].integer_or(0), 1) << "nothing was loaded";
  must(office.take(pack_with("kinds/matter.yaml", "max: 500", "max: 800")));
}

TEST(PackKinds, ANarrowerKindTakesItsRecordsAlongByAMap) {
  Office office;
  std::string words;
  for (int i = 0; i < 60; ++i) words += "字";
  const auto enter = [&](std::int64_t number, const std::string& text) {
    must(office.store->write(
        {.home = PlaceId{1},
         .actor = "test",
         .act = "enter",
         .request_key = {},
         .command = {},
         .run = [&](store::Tx& tx) -> Result<Json> {
           Json event =
               must(Json::parse(R"({"step":"create","v":1,"s":"raised","e":"2023-06-16T09:00:00+08:00","f":{}})"));
           Json fields;
           fields.set("1", text);
           fields.set("5", "unit:x");
           fields.set("2", office.store->view()->homes->all().front().value);
           event.set("f", fields);
           TRY(store::records::append(tx, {office.store->view()->homes->all().front(), "matter", number},
                                      must(record::event_of(event))));
           return Json();
         }}));
  };
  enter(1, words);
  enter(2, "缺水");
  const auto with_map = [](const std::string& map) {
    pack::Files files = registers_changed("kinds/matter.yaml", "max: 500", "max: 50");
    files["kinds/matter.yaml"] += "map: " + map + "\n";
    return pack_of(files);
  };
  const auto refused = placed(office.take(with_map("{}")));
  ASSERT_EQ(refused.size(), 1u) << testing::PrintToString(refused);
  EXPECT_EQ(refused[0].substr(0, 22), "kinds/matter.yaml:19: ");
  EXPECT_NE(refused[0].find(".matter.1 "), std::string::npos) << refused[0];
  EXPECT_NE(refused[0].find("fields.text"), std::string::npos) << refused[0];
  EXPECT_FALSE(preview_load(*office.store, with_map("{}"), office.options)) << "told by a dry run, too";
  must(preview_load(*office.store, with_map("{fields: {text: \"'见附件'\"}}"), office.options));
  EXPECT_EQ(office.body("kind", "matter")["is"]["version"].integer_or(0), 1);
  must(office.take(with_map("{fields: {text: \"'见附件'\"}}")));
  EXPECT_EQ(office.body("kind", "matter")["is"]["version"].integer_or(0), 2);
  const auto text_of = [&](std::int64_t number) {
    return must(office.store->read([&](store::Database& database) {
             return store::records::document(database, {office.store->view()->homes->all().front(), "matter", number},
                                             Seq{INT64_MAX});
           }))
        .value()["f"]["1"]
        .string_or("");
  };
  EXPECT_EQ(text_of(1) + text_of(2), "见附件缺水");
  must(office.store->verify());
}

TEST(PackKinds, AVersionThatIsPublishedOrSkipsOneIsRefused) {
  Office office;
  EXPECT_THAT(refusals(office.take(pack_with("kinds/site.yaml", "zh: 地块", "zh: 地块台账"))),
              ElementsAre("kind 'site' was changed and still says version 1, which is published; write version: 2, or "
                          "leave it out"));
  EXPECT_THAT(refusals(office.take(pack_with("kinds/site.yaml", "version: 1", "version: 3"))),
              ElementsAre("kind 'site' is published as version 1; the next is 2, not 3"));
  must(office.take(pack_with("kinds/site.yaml", "version: 1, zh: 地块", "version: 2, zh: 地块台账")));
  EXPECT_EQ(office.body("kind", "site")["is"]["zh"].string_or(""), "地块台账");
}

TEST(PackKinds, AFlowNeverChangesUnderItsNameButForLabels) {
  Office office;
  EXPECT_THAT(refusals(office.take(pack_with("flows/matter@1.yaml", "by: raiser", "by: [raiser, county_office]"))),
              ElementsAre("flow 'matter@1' is published; its states, steps and clocks can't change. Save it as "
                          "'matter@2' and name that in the kind"));
  must(office.take(pack_with("flows/matter@1.yaml", "zh: 已答复", "zh: 已回复")));
  EXPECT_EQ((*office.body("flow", "matter@1")["states"].array())[1]["zh"].string_or(""), "已回复");
}

TEST(PackKinds, ACodeEndsAndNeverVanishes) {
  Office office;
  EXPECT_THAT(
      refusals(office.take(pack_with("codes/need.csv", "money,资金,Money,,\n", ""))),
      ElementsAre("code list 'need' lacks the published code 'money'; codes end, they don't vanish: keep the row "
                  "and write until"));
  must(office.take(pack_with("codes/need.csv", "money,资金,Money,,\n", "money,资金,Money,2023-12-31,\n")));
}

TEST(PackKinds, WhatChangedOnBothSidesIsAConflictByName) {
  Office office;
  must(office.take(pack_with("kinds/matter.yaml", "max: 500", "max: 600")));
  const auto refused = office.take(pack_with("kinds/matter.yaml", "max: 500", "max: 700"));
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::load_conflict));
  EXPECT_EQ(refused.error().first().arguments, (std::vector<std::string>{"kind", "matter"}));
  EXPECT_THAT(must(office.take(pack_of(with_registers()))).plan.kept,
              testing::Contains(pack::ObjectKey{"kind", "matter"}))
      << "a pack that did not touch it is only older";
}

pack::Files without_matters() {
  pack::Files files = registers_changed(
      "kinds/site.yaml",
      "  open_matters: {type: number, decimals: 0, \"=\": count(matter.site where state == raised)}\n", "");
  std::string& kind = files["kinds/site.yaml"];
  kind.replace(kind.find("version: 1"), 10, "version: 2");
  files.erase("kinds/matter.yaml");
  files.erase("flows/matter@1.yaml");
  return files;
}

TEST(PackKinds, WhatIsAbsentStaysUntilItIsRetired) {
  Office office;
  const LoadReport kept = must(office.take(pack_of(without_matters())));
  EXPECT_THAT(kept.plan.absent, testing::Contains(pack::ObjectKey{"kind", "matter"}));
  EXPECT_FALSE(office.store->view()->definitions->latest("kind", "matter")->retired);
  office.options.retire = true;
  must(office.take(pack_of(without_matters())));
  EXPECT_TRUE(office.store->view()->definitions->latest("kind", "matter")->retired);
}

TEST(PackKinds, WhatAKindInTheStoreRestsOnIsNotTakenFromUnderIt) {
  Office office;
  pack::Files files = with_registers();
  files.erase("kinds/site.yaml");   // stays in the store, and counts matters by their site
  std::string& matter = files["kinds/matter.yaml"];
  const std::string site = "  site: {type: ref, to: site, inverse: matters}\n";
  matter.replace(matter.find(site), site.size(), "");
  const auto refused = office.take(pack_of(files));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().first().line(Language::en),
            "kinds/matter.yaml:1:1: 'site' can't change so: values that are held could not be read: keep the field and "
            "write until: 1");
  EXPECT_EQ(office.body("kind", "matter")["is"]["version"].integer_or(0), 1) << "nothing was loaded";
}

}   // namespace
}   // namespace gangmu::app::test
