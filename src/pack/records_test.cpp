// SPDX-License-Identifier: Apache-2.0
// Opening records as files of a pack, and what packs share.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pack/errors.hpp"
#include "pack/lock.hpp"
#include "pack/records.hpp"
#include "pack/register_sample_test.hpp"

namespace gangmu::pack {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Files with_records() {
  Files files = sample::registers_changed("kinds/site.yaml", "home: county", "opening: true, home: county");
  std::string& matter = files["kinds/matter.yaml"];
  matter.replace(matter.find("home: county"), 12, "opening: true, home: county");
  files["records/site.csv"] =
      "id,name,place\n"
      "2,河边地,990101100000\n"
      "1,山脚地,990101100000\n";
  files["records/site.crops.csv"] =
      "id,year,yield\n"
      "1,2021,1200.5\n"
      "1,2022,1300\n";
  files["records/matter.csv"] =
      "id,state,text,place,site,need,answerer,met\n"
      "1,answered,缺水,990101100000,1,site,unit:water,true\n";
  return files;
}

std::vector<std::string> faults_of(const std::string& path, const std::string& what, const std::string& by) {
  Files files = with_records();
  std::string& bytes = files[path];
  bytes.replace(bytes.find(what), what.size(), by);
  return sample::lines(lint(files));
}

TEST(PackRecords, AreReadAsTheFieldsOfTheirKindAndWrittenBack) {
  const auto pack = read_pack(with_records());
  ASSERT_TRUE(pack) << pack.error().text(Language::en);
  EXPECT_EQ(
      pack->records.at("site")[0].canonical(),
      "{\"crops\":[{\"year\":\"2021\",\"yield\":\"1200.5\"},{\"year\":\"2022\",\"yield\":\"1300.0\"}],\"id\":\"1\","
      "\"name\":\"山脚地\",\"place\":\"990101100000\"}");
  EXPECT_EQ(pack->records.at("matter")[0]["need"].string_or(""), "site") << "a code that has ended may be opened with";
  const auto once = write_pack(*pack);
  ASSERT_TRUE(once) << once.error().text(Language::en);
  EXPECT_EQ(once->at("records/site.crops.csv"), "id,year,yield\n1,2021,1200.5\n1,2022,1300.0\n");
  EXPECT_EQ(once->at("records/site.csv"), "id,name,place\n1,山脚地,990101100000\n2,河边地,990101100000\n");
  const auto again = read_pack(*once);
  ASSERT_TRUE(again);
  EXPECT_EQ(*write_pack(*again), *once);
  EXPECT_EQ(*objects_of(*again), *objects_of(*pack));
  EXPECT_TRUE(objects_of(*pack)->contains({"record", "site/2"}));
}

/// What the loader of a store starts from: typed values by field number, places and records by its own ids.
TEST(PackRecords, GiveTypedValues) {
  const auto pack = read_pack(with_records());
  ASSERT_TRUE(pack);
  const auto kinds = pack->catalogue();
  ASSERT_TRUE(kinds);
  const record::Kind& kind = *(*kinds)->find("matter");
  record::OpeningNames names = opening_names_of(*pack);
  names.record = [](const std::string& of, std::string_view) { return record::RecordId{PlaceId{9}, of, 41}; };
  const auto values = record::opening_values(kind, pack->records.at("matter")[0], **kinds, names);
  ASSERT_TRUE(values) << values.error().text(Language::en);
  EXPECT_EQ(values->at(kind.field("site")->id), record::Value(record::RecordId{PlaceId{9}, "site", 41}));
  EXPECT_EQ(values->at(kind.field("place")->id), record::Value(pack->codes().at("990101100000")));
  EXPECT_EQ(values->at(kind.field("met")->id), record::Value(true));
}

TEST(PackRecords, EveryFaultHasItsLine) {
  EXPECT_THAT(sample::lines(lint(with_records())), IsEmpty());
  EXPECT_THAT(
      faults_of("kinds/site.yaml", "opening: true, ", ""),
      testing::Contains("records/site.csv:1: records of 'site' do not travel in packs; where they should, write "
                        "opening: true under `is` in kinds/site.yaml"));
  EXPECT_THAT(faults_of("records/site.csv", "id,name,place", "id,name,place,total"),
              ElementsAre("records/site.csv:1: unknown column 'total'; delete or correct it"))
      << "what is computed has no column";
  EXPECT_THAT(faults_of("records/site.csv", "id,name,place", "id,name,place,owner"),
              ElementsAre("records/site.csv:1: unknown column 'owner'; delete or correct it"))
      << "nor has what is personal";
  EXPECT_THAT(faults_of("records/site.csv", "2,河边地", "1,河边地"),
              ElementsAre("records/site.csv:3: '1' appears twice (first on line 2); keep one row"));
  EXPECT_THAT(faults_of("records/site.csv", "2,河边地", "x,河边地"),
              ElementsAre("records/site.csv:2: id can't be 'x'; write a whole number from 1"));
  EXPECT_THAT(faults_of("records/site.csv", "河边地,", ","),
              testing::Contains("records/site.csv:2: name can't be empty; fill it in"));
  EXPECT_THAT(faults_of("records/site.csv", "990101100000", "990101199999"),
              ElementsAre("records/site.csv:2: 'place' must be the code of a place"));
  EXPECT_THAT(faults_of("records/site.crops.csv", "1300", "1300.55"),
              ElementsAre("records/site.csv:3: 'yield' must be a number with 1 decimals at most"));
  EXPECT_THAT(faults_of("records/site.crops.csv", "1,2022", "1,2021"),
              ElementsAre("records/site.csv:3: 'crops' has 2021 twice"));
  EXPECT_THAT(faults_of("records/site.crops.csv", "1,2022", "7,2022"),
              ElementsAre("records/site.crops.csv:3: id: '7' is not in records/site.csv; correct it, or add it there "
                          "first"));
  EXPECT_THAT(faults_of("records/matter.csv", "answered", "answerd"),
              ElementsAre("records/matter.csv:2: 'matter' has no state 'answerd'; did you mean answered?"));
  EXPECT_THAT(faults_of("records/matter.csv", "990101100000,1,", "990101100000,7,"),
              ElementsAre("records/matter.csv:2: 'site' must be the id of a record of its kind"));
  EXPECT_THAT(faults_of("records/matter.csv", ",site,unit", ",well,unit"),
              ElementsAre("records/matter.csv:2: 'need' has no code well"));
  Files files = with_records();
  files["records/sites.csv"] = "id,name\n";
  EXPECT_THAT(sample::lines(lint(files)),
              ElementsAre("records/sites.csv:1: there is no kind 'sites'; did you mean site?; the file's name is "
                          "records/KIND.csv, or records/KIND.ROWS.csv"));
}

Files shared(const std::string& name) {
  if (name != "registers") return {};
  Files out = sample::with_registers();
  out.erase("programme.yaml");
  out["common.yaml"] = "id: registers\nversion: 2\n";
  return out;
}

Files using_registers(const std::string& used) {
  Files own = sample::changed("programme.yaml", "licence:", "uses: [" + used + "]\nlicence:");
  own["law.csv"] = sample::with_registers()["law.csv"];
  return own;
}

TEST(PackCommon, WhatAPackUsesIsItsOwn) {
  const auto pack = read_pack(with_common(using_registers("registers@2"), shared));
  ASSERT_TRUE(pack) << pack.error().text(Language::en);
  EXPECT_TRUE(pack->find("kind", "matter"));
  EXPECT_TRUE(pack->programme["uses"].is_null()) << "an export stands by itself";
  const auto files = write_pack(*pack);
  ASSERT_TRUE(files);
  EXPECT_THAT(sample::lines(lint(*files)), IsEmpty());
}

TEST(PackCommon, AFileOfThePackTakesThePlaceOfASharedOne) {
  Files own = using_registers("registers@2");
  own["codes/need.csv"] = "code,zh\nmoney,钱\n";
  const auto pack = read_pack(with_common(std::move(own), shared));
  ASSERT_TRUE(pack) << pack.error().text(Language::en);
  EXPECT_EQ(pack->find("codes", "need")->body["rows"].array()->size(), 1U);
}

TEST(PackCommon, WhatCantBeFoundIsAFault) {
  for (const char* used : {"registers@1", "registrs@2", "../registers@2"}) {
    const auto faults = sample::lines(lint(with_common(using_registers(used), shared)));
    ASSERT_EQ(faults.size(), 1U) << used;
    EXPECT_THAT(faults[0], HasSubstr(std::string("'") + used + "' can't be used: common/"));
  }
}

}   // namespace
}   // namespace gangmu::pack
