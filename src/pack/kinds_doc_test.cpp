// SPDX-License-Identifier: Apache-2.0
// docs/kinds.md: its sample is loaded, each of its lines is tried, and no member a reader takes is left untold.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "base/text.hpp"
#include "pack/yaml.hpp"
#include "record/decide.hpp"

namespace gangmu::pack {
namespace {

std::string file(const std::string& path) {
  std::ifstream stream(GANGMU_SOURCE_DIR "/" + path);
  return {std::istreambuf_iterator<char>(stream), {}};
}

Result<std::shared_ptr<const record::Catalogue>> loaded(std::string_view text) {
  TRY_ASSIGN(const Yaml yaml, read_yaml(text, "kinds/sample.yaml"));
  Diagnostics faults;
  const Document document(
      yaml.value, [&](std::string_view pointer) { return yaml.at(pointer); }, faults);
  Members top = document.members("");
  record::Around around;
  around.roles = {"town", "office"};
  around.indicators = {"letter.due", "letter.kept", "letter.refused", "letter.spent"};
  around.today = *Date::parse("2023-06-16");
  if (auto codes = top.object("codes"))
    for (auto& one : top.named("codes")) around.lists[one.name.text] = record::read_codes(*codes, one.name.text);
  for (auto& one : top.named("flows")) around.flows[one.name.text] = flow::read_flow(one.members, one.name, 1);
  std::vector<record::KindSource> kinds;
  for (auto& one : top.named("kinds"))
    kinds.push_back(record::numbered(record::read_kind(one.members, one.name), nullptr));
  if (!faults.empty()) return fail(std::move(faults));
  return record::Catalogue::make(std::move(kinds), std::move(around));
}

/// A kind with that one field, named x.
Result<std::shared_ptr<const record::Catalogue>> with_field(const std::string& declared) {
  return loaded("kinds:\n  sample:\n    is: {version: 1}\n    fields:\n      x: " + declared +
                "\n      name: {type: text}\n");
}

std::string first_said(const Error& error) { return error.first().text(Language::en); }

std::string kept(const std::string& declared, const std::string& typed) {
  const auto catalogue = with_field(declared);
  if (!catalogue) return "not loaded: " + first_said(catalogue.error());
  const record::Kind& kind = *(*catalogue)->find("sample");
  const record::Field& field = *kind.field("x");
  const auto value = record::value_of(field, *Json::parse(typed));
  if (!value) return first_said(value.error());
  const Calendar calendar = *Calendar::of(2023, 2023, {});
  const record::Actor actor;
  const record::Lookup lookup;
  const record::World world{*Instant::parse("2023-06-16T09:00:00+08:00"), **catalogue, calendar, actor, lookup, {}};
  const auto event = record::decide(kind, nullptr, {PlaceId{7}, "sample", 1},
                                    {.step = "create", .typed = {{field.id, *value}}}, world);
  return event ? event->patch["f"][std::to_string(field.id.value)].canonical() : first_said(event.error());
}

/// Cells of a table's rows whose first is in backquotes.
std::vector<std::vector<std::string>> rows_below(std::string_view heading) {
  const std::string document = file("docs/kinds.md");
  std::vector<std::vector<std::string>> out;
  bool here = false;
  for (const std::string& line : text::split(document, '\n')) {
    if (line.starts_with("#")) here = line == heading;
    if (!here || !line.starts_with("| `")) continue;
    std::vector<std::string> cells;
    for (const std::string& cell : text::split(line.substr(2, line.size() - 4), '|')) {
      const std::size_t first = cell.find_first_not_of(' '), last = cell.find_last_not_of(' ');
      std::string bare = first == std::string::npos ? "" : cell.substr(first, last - first + 1);
      if (bare.starts_with('`') && bare.ends_with('`')) bare = bare.substr(1, bare.size() - 2);
      cells.push_back(std::move(bare));
    }
    out.push_back(std::move(cells));
  }
  return out;
}

std::vector<std::string> samples_in(const std::string& document) {
  std::vector<std::string> out;
  for (std::size_t at = 0; (at = document.find("```yaml\n", at)) != std::string::npos;) {
    at += 8;
    const std::size_t end = document.find("```", at);
    out.push_back(document.substr(at, end - at));
    at = end;
  }
  return out;
}

TEST(KindsDocument, ItsSamplesAreLoaded) {
  const auto samples = samples_in(file("docs/kinds.md"));
  ASSERT_EQ(samples.size(), 2U);
  const auto made = loaded(samples[0]);
  ASSERT_TRUE(made) << made.error().text(Language::en);
  EXPECT_EQ((*made)->find("letter")->tallies().size(), 4U);
  ASSERT_TRUE(samples[1].starts_with("map:\n"));
  std::string map;   // of the last kind of the sample
  for (const std::string& line : text::split(samples[1], '\n')) map += line.empty() ? line : "    " + line + "\n";
  const auto mapped = loaded(samples[0] + map);
  ASSERT_TRUE(mapped) << mapped.error().text(Language::en);
  const record::KindMap* mapping = (*mapped)->find("letter")->mapping();
  ASSERT_TRUE(mapping);
  EXPECT_EQ(mapping->states.size() + mapping->codes.size() + mapping->fields.size(), 3U);
}

TEST(KindsDocument, WhatIsTypedIsKeptOrRefusedAsItSays) {
  const auto rows = rows_below("### 类型 / Types");
  std::set<std::string> types;
  for (const auto& row : rows) {
    ASSERT_EQ(row.size(), 3U);
    EXPECT_EQ(kept(row[0], row[1]), row[2]) << row[0] << " " << row[1];
    for (const std::string& type : record::type_names())
      if (row[0].starts_with("{type: " + type + ",") || row[0].starts_with("{type: " + type + "}")) types.insert(type);
  }
  EXPECT_EQ(types.size(), record::type_names().size()) << "every type has a line";
}

TEST(KindsDocument, FaultsSayWhatItSays) {
  const auto rows = rows_below("## 写错了会说什么 / What is said of faults");
  EXPECT_GE(rows.size(), 12U);
  for (const auto& row : rows) {
    const auto made = with_field(row[0]);
    ASSERT_FALSE(made) << row[0];
    EXPECT_EQ(first_said(made.error()), row[1]) << row[0];
    EXPECT_EQ(made.error().first().where.file, "kinds/sample.yaml");
    EXPECT_GT(made.error().first().where.line, 0) << row[0];
  }
}

TEST(KindsDocument, NoMemberIsLeftUntold) {
  const std::string document = file("docs/kinds.md");
  const std::regex taken(
      R"re((?:text|optional|texts|flag|number|object|objects|named|has|json|text_in|budget|read_rights)\((?:m, |\*rights, )?"([^"]+)"|\{"([a-z=]+)", &out)re");
  int keys = 0;
  for (const char* path : {"src/record/source.cpp", "src/flow/source.cpp"}) {
    const std::string source = file(path);
    for (auto one = std::sregex_iterator(source.begin(), source.end(), taken); one != std::sregex_iterator(); ++one) {
      const std::string key = (*one)[1].matched ? (*one)[1].str() : (*one)[2].str();
      ++keys;
      const bool told =
          document.find("`" + key + "`") != std::string::npos || document.find("(`" + key + "`)") != std::string::npos;
      EXPECT_TRUE(told) << key << " of " << path;
    }
  }
  EXPECT_GT(keys, 80);
}

}   // namespace
}   // namespace gangmu::pack
