// SPDX-License-Identifier: Apache-2.0
// Kinds, flows, code lists and limits as files of a pack: read, proved together, written back in canonical form.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pack/errors.hpp"
#include "pack/lock.hpp"
#include "pack/register_sample_test.hpp"
#include "plan/task_kind.hpp"
#include "record/programme.hpp"

namespace gangmu::pack {
namespace {

using sample::lines;
using sample::registers_changed;
using sample::with_registers;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Pack read_registers(const Files& files) {
  auto pack = read_pack(files);
  EXPECT_TRUE(pack) << (pack ? "" : pack.error().text(Language::en));
  return pack ? *std::move(pack) : Pack{};
}

std::vector<std::string> names_of(const record::Kind& kind) {
  std::vector<std::string> out;
  for (const record::Field& field : kind.fields()) out.push_back(field.name + " " + std::to_string(field.id.value));
  return out;
}

TEST(Registers, FieldsStatesAndCodesKeepTheOrderTheyWereWrittenIn) {
  const Pack pack = read_registers(with_registers());
  const auto catalogue = pack.catalogue();
  ASSERT_TRUE(catalogue) << catalogue.error().text(Language::en);
  const record::Kind& site = *(*catalogue)->find("site");
  EXPECT_THAT(names_of(site), ElementsAre("name 1", "place 2", "owner 3", "crops 4", "total 5", "open_matters 6"));
  const record::Kind& matter = *(*catalogue)->find("matter");
  std::vector<std::string> states;
  for (const flow::State& state : matter.flow()->states()) states.push_back(state.id);
  EXPECT_THAT(states, ElementsAre("raised", "answered", "done"));
  EXPECT_EQ(matter.flow()->steps()[0].set[0].field, "met");
  const record::CodeList& need = *(*catalogue)->list("need");
  EXPECT_EQ(need.codes[0].code, "money");
  EXPECT_EQ(need.codes[2].until->text(), "2022-12-31");
  EXPECT_EQ(need.codes[2].into, "land");
  const flow::LimitRow* limit = (*catalogue)->limits().valid("xf.handle", *Date::parse("2023-06-16"));
  ASSERT_TRUE(limit);
  EXPECT_EQ(limit->citation, "信访工作条例 第三十四条");
  EXPECT_EQ(limit->span.text(), "60d");
  EXPECT_EQ(limit->extension->text(), "30d");
}

TEST(Registers, ABodyIsCanonicalAndKeepsOrderInLists) {
  const Pack pack = read_registers(with_registers());
  EXPECT_THAT(pack.find("kind", "matter")->body.canonical(),
              HasSubstr("{\"id\":\"due_on\",\"type\":\"date\"},{\"id\":\"answered_on\",\"type\":\"date\"}"));
  EXPECT_THAT(
      pack.find("kind", "site")->body.canonical(),
      HasSubstr("\"of\":[{\"id\":\"year\",\"kind\":\"year\",\"type\":\"period\"},{\"decimals\":1,\"id\":\"yield\""));
  EXPECT_THAT(pack.find("flow", "matter@1")->body.canonical(),
              testing::AllOf(HasSubstr("\"set\":[{\"id\":\"met\",\"value\":\"yes\"},{\"id\":\"answered_on\""),
                             HasSubstr("\"states\":[{\"id\":\"raised\",\"is\":\"open\"},{\"en\":\"Answered\"")));
}

/// What is published is read back to what was written: the same kinds under the same formulas.
TEST(Registers, StoredBodiesAreReadBackToEqualSources) {
  const Pack pack = read_registers(with_registers());
  std::vector<Definition> stored = pack.definitions;
  for (Definition& one : stored) {
    if (one.kind == "kind") one.body = record::numbered_body(one.body, nullptr);
    one.body = *Json::parse(one.body.canonical());
  }
  record::Declared declared;
  for (const Definition& one : plan::task_definitions())   // as every programme has them
    (one.kind == "kind" ? declared.kinds : declared.flows).push_back(&one);
  for (const Definition& one : stored) {
    if (one.kind == "kind") declared.kinds.push_back(&one);
    if (one.kind == "flow") declared.flows.push_back(&one);
    if (one.kind == "codes") declared.codes.push_back(&one);
    if (one.kind == "limits") declared.limits = &one;
  }
  record::Around around;
  around.whole = {"task"};
  around.roles = {"town_clerk", "county_office"};
  around.indicators = {"pop"};
  around.today = *Date::parse("2023-06-16");
  const auto again = record::catalogue_of(declared, around);
  ASSERT_TRUE(again) << again.error().text(Language::en);
  const auto first = pack.catalogue();
  for (const auto& kind : (*first)->kinds()) {
    const record::Kind& other = *(*again)->find(kind->id());
    EXPECT_EQ(names_of(other), names_of(*kind));
    ASSERT_EQ(other.source().views.size(), kind->source().views.size());
    for (std::size_t i = 0; i < kind->source().views.size(); ++i)
      EXPECT_EQ(other.source().views[i].first, kind->source().views[i].first);
    ASSERT_EQ(other.fields().size(), kind->fields().size());
    for (std::size_t i = 0; i < kind->fields().size(); ++i) {
      const record::Field &a = kind->fields()[i], &b = other.fields()[i];
      EXPECT_EQ(a.type, b.type);
      EXPECT_EQ(a.spec.max, b.spec.max);
      EXPECT_EQ(a.spec.rows.size(), b.spec.rows.size());
      EXPECT_TRUE(a.computed == b.computed) << a.name;
    }
  }
}

TEST(Registers, WritingAndReadingAreEachOthersInverse) {
  const Pack pack = read_registers(with_registers());
  const auto once = write_pack(pack);
  ASSERT_TRUE(once) << once.error().text(Language::en);
  const Pack again = read_registers(*once);
  EXPECT_EQ(*objects_of(again), *objects_of(pack));
  EXPECT_EQ(*write_pack(again), *once);
  const Objects objects = *objects_of(pack);
  for (const ObjectKey& key :
       {ObjectKey{"kind", "matter"}, {"flow", "matter@1"}, {"codes", "need"}, {"limits", "limits"}})
    EXPECT_TRUE(objects.contains(key)) << key.kind;
  EXPECT_THAT(once->at("kinds/site.yaml"),
              HasSubstr("fields:\n  name:\n    type: text\n    need: always\n    max: 80\n"));
  EXPECT_THAT(once->at("flows/matter@1.yaml"),
              HasSubstr("states:\n  raised: open\n  answered:\n    is: wait\n    zh: 已答复\n"));
}

TEST(Registers, MapsOfNamesMayBeListsToo) {
  Files files = with_registers();
  files["codes/need.csv"] = with_registers()["codes/need.csv"];
  files["kinds/site.yaml"] =
      "id: site\nis: {version: 1, zh: 地块, en: Site, home: county, key: [name], title: [name]}\n"
      "fields:\n"
      "  - {id: name, no: 7, type: text, max: 80, need: always}\n"
      "  - {id: place, type: place, level: town}\n";
  const auto catalogue = read_registers(files).catalogue();
  ASSERT_TRUE(catalogue);
  EXPECT_THAT(names_of(*(*catalogue)->find("site")), ElementsAre("name 7", "place 8"));
}

TEST(Registers, AFieldKeepsItsNumberWhenItIsMovedOrRenamed) {
  const Pack before = read_registers(with_registers());
  const Json published = record::numbered_body(before.find("kind", "site")->body, nullptr);
  Diagnostics none;
  const record::KindSource source = record::kind_of_body(record::placed(published, "kind/site"), none);
  EXPECT_THAT(none, IsEmpty());
  const Pack after = read_registers(
      registers_changed("kinds/site.yaml", "  name: {type: text, max: 80, need: always}\n",
                        "  crop: {type: text}\n  title: {type: text, max: 90, was: name}\n  name: {type: flag}\n"));
  const Json next = record::numbered_body(after.find("kind", "site")->body, &source);
  std::vector<std::string> numbers;
  for (const Json& field : *next["fields"].array())
    numbers.push_back(field["id"].string_or("") + " " + std::to_string(field["no"].integer_or(0)));
  EXPECT_THAT(numbers,
              ElementsAre("crop 7", "title 1", "name 8", "place 2", "owner 3", "crops 4", "total 5", "open_matters 6"));
}

}   // namespace
}   // namespace gangmu::pack
