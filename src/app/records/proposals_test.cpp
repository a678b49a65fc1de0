// SPDX-License-Identifier: Apache-2.0
// Ten layouts of offices (fixtures/registers), each with its right reading: what is proposed of each column is compared
// and counted. Then the whole way: proposed, published, its rows in, the same sheet again.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>

#include "app/errors.hpp"
#include "app/records/proposals.hpp"
#include "app/records/register_imports.hpp"
#include "app/records/test_kinds.hpp"
#include "app/test_import.hpp"
#include "base/text.hpp"
#include "record/errors.hpp"
#include "record/table.hpp"

namespace gangmu::app {
namespace {

using test::must;
using test::Told;

struct RightColumn {
  std::string type{}, unit{}, period{};
  std::set<std::string> marks{};
};
struct Layout {
  std::string name{};
  Worksheet sheet{};
  std::map<std::string, RightColumn> right{};   ///< by letter
};

WorksheetCell cell_of(const std::string& text) {
  if (text.empty()) return {};
  if (text.starts_with('@')) return WorksheetCell(must(Date::parse(text.substr(1))));
  const bool percent = text.ends_with('%');
  const auto number = Decimal::parse(percent ? text.substr(0, text.size() - 1) : text);
  if (!number || text.size() > 15 || (text.size() > 1 && text[0] == '0' && text[1] != '.')) return WorksheetCell(text);
  if (!percent) return WorksheetCell(*number);
  WorksheetCell out(Decimal(number->units(), number->scale() + 2));
  out.percent = true;
  return out;
}

/// '<': merged with the cell to its left; '^': with the one above.
void take_row(Worksheet& sheet, const std::string& line) {
  const std::size_t r = sheet.rows.size();
  WorksheetRow row;
  for (const std::string& text : text::split(line, '|')) {
    const std::size_t c = row.cells.size();
    row.cells.push_back(text == "<" || text == "^" ? WorksheetCell() : cell_of(text));
    if (text != "<" && text != "^") continue;
    const std::size_t of_row = text == "<" ? r : r - 1, of_column = text == "<" ? c - 1 : c;
    const auto over = std::ranges::find_if(sheet.merges, [&](const MergedRange& one) {
      return one.first_row <= of_row && of_row <= one.last_row && one.first_column <= of_column &&
             of_column <= one.last_column;
    });
    if (over == sheet.merges.end()) {
      sheet.merges.push_back({of_row, of_column, r, c});
    } else {
      over->last_row = r;
      over->last_column = std::max(over->last_column, c);
    }
  }
  sheet.rows.push_back(std::move(row));
}

RightColumn right_column(const std::vector<std::string>& words) {
  RightColumn out{.type = words.at(1)};
  for (std::size_t i = 2; i < words.size(); ++i) {
    const std::string& word = words[i];
    const bool decimals = word.size() == 2 && word[0] == 'd';
    if (word == "key" || word == "title" || word == "personal" || decimals)
      out.marks.insert(word);
    else if (out.type == "period")
      out.period = word;
    else
      out.unit = word;
  }
  return out;
}

Layout read_layout(const std::filesystem::path& path) {
  std::ifstream file(path);
  Layout out{.name = path.stem().string()};
  out.sheet.name = out.name;
  bool right = false;
  for (std::string line; std::getline(file, line);) {
    if (line == "---") {
      right = true;
    } else if (right) {
      const auto words = text::split(line, ' ');
      out.right[words[0]] = right_column(words);
    } else {
      take_row(out.sheet, line);
    }
  }
  return out;
}

std::vector<Layout> layouts() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(GANGMU_SOURCE_DIR "/src/app/fixtures/registers"))
    if (entry.path().extension() == ".txt") paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<Layout> out;
  for (const auto& path : paths) out.push_back(read_layout(path));
  return out;
}

class Proposals : public ::testing::Test {
 protected:
  test::RegisterWorld world;

  Told proposed(const std::string& bytes, const std::string& name = "台账.xlsx") {
    Call call = world.call("", bytes);
    call.query["name"] = name;
    return test::told(propose_register(world.service(), call));
  }
  Told published(const Json& kind, const std::string& owner = "市住建局") {
    Json body;
    body.set("kind", kind);
    if (!owner.empty()) {
      body.set("owner", owner);
      body.set("list_number", "2023-009");
    }
    return test::told(publish_register(world.service(), world.call("", body.canonical())));
  }
  Told previewed(const std::string& kind, const std::string& bytes) {
    Call call = world.call(kind, bytes);
    call.query["name"] = "台账.xlsx";
    return test::told(preview_register_import(world.service(), call));
  }
  Told imported(const std::string& kind, const std::string& bytes) {
    const Told told = previewed(kind, bytes);
    Call call = world.call(kind, bytes);
    call.query = {{"name", "台账.xlsx"},
                  {"digest", told["digest"].string_or("")},
                  {"seq", std::to_string(told["seq"].integer_or(0))}};
    return test::told(confirm_register_import(world.service(), call));
  }
};

const Json& field_named(const Json& kind, const std::string& name) {
  static const Json none;
  for (const Json& field : *kind["fields"].array())
    if (field["id"].string_or("") == name) return field;
  return none;
}

TEST_F(Proposals, TenLayoutsAreReadAsTheirRightReadingSays) {
  std::size_t columns = 0, right = 0, persons = 0, persons_found = 0, kinds = 0;
  for (const Layout& layout : layouts()) {
    const Told told = proposed(must(sheet::write_xlsx({layout.sheet}, {})));
    ++kinds;
    std::set<std::string> seen;
    for (const Json& one : *told["columns"].array()) {
      const std::string letter = one["column"].string_or("");
      seen.insert(letter);
      const auto wanted = layout.right.find(letter);
      ASSERT_NE(wanted, layout.right.end()) << layout.name << " " << letter;
      const RightColumn& it = wanted->second;
      const std::string type = one["field"].is_null() ? "-" : one["type"].string_or("");
      const Json& field = field_named(told["kind"], one["field"].string_or("-"));
      const std::string unit = one["unit"].string_or("");
      const bool type_right = type == it.type && (it.period.empty() || field["kind"].string_or("") == it.period);
      const bool unit_right = it.type != "number" && it.type != "money" ? true : unit == it.unit;
      const bool key_right = one["key"].boolean_or(false) == it.marks.contains("key");
      const bool decimals_right =
          it.type != "number" || it.marks.contains("d" + std::to_string(field["decimals"].integer_or(0)));
      const bool personal = one["personal"].boolean_or(false);
      ++columns;
      if (type_right && unit_right && key_right && decimals_right)
        ++right;
      else
        std::printf("  %s %s: %s %s%s, wanted %s %s\n", layout.name.c_str(), letter.c_str(), type.c_str(), unit.c_str(),
                    key_right ? "" : " (key)", it.type.c_str(), it.unit.c_str());
      persons += it.marks.contains("personal") ? 1 : 0;
      persons_found += it.marks.contains("personal") && personal ? 1 : 0;
      if (it.marks.contains("personal")) { EXPECT_TRUE(personal) << layout.name << " " << letter; }
    }
    for (const auto& [letter, it] : layout.right) EXPECT_TRUE(seen.contains(letter)) << layout.name << " " << letter;
  }
  std::printf(
      "registers proposed: %zu layouts, %zu of %zu columns right in type, unit and key, %zu of %zu personal found\n",
      kinds, right, columns, persons_found, persons);
  EXPECT_EQ(kinds, 10u);
  EXPECT_EQ(persons_found, persons);
  EXPECT_GE(right * 100, columns * 85);
}

TEST_F(Proposals, EveryLayoutCanBePublishedAndItsRowsComeIn) {
  for (const Layout& layout : layouts()) {
    const std::string bytes = must(sheet::write_xlsx({layout.sheet}, {}));
    const Told told = proposed(bytes);
    const Told kind = published(told["kind"]);
    const std::string id = kind["id"].string_or("");
    const Told first = previewed(id, bytes);
    ASSERT_EQ(first["counts"]["fault"].integer_or(-1), 0) << layout.name << first.json["faults"].canonical();
    ASSERT_EQ(first["counts"]["new"].integer_or(-1), told["rows"].integer_or(0)) << layout.name;
    imported(id, bytes);
    EXPECT_EQ(world.ask(records, world.call(id.c_str()))["total"].integer_or(0), told["rows"].integer_or(0))
        << layout.name;
    const Told again = previewed(id, bytes);
    const bool keyed = told["kind"]["is"]["key"].array() != nullptr;
    if (keyed) {
      EXPECT_EQ(again["counts"]["unchanged"].integer_or(0), told["rows"].integer_or(0))
          << layout.name << again.json.canonical();
    }
  }
}

TEST_F(Proposals, NothingOfAPersonIsTold) {
  for (const Layout& layout : layouts()) {
    const Told told = proposed(must(sheet::write_xlsx({layout.sheet}, {})));
    for (const char* planted : {"张三", "李四", "13900000001", "110101199003070011", "6200000000000000011"})
      EXPECT_EQ(told.reply.body.find(planted), std::string::npos) << layout.name << " " << planted;
  }
}

TEST_F(Proposals, NumbersOfPersonsStandInNoHeadAndNoCodeOfAProposal) {
  const Told told =
      proposed(test::ledger("台账", {"序号|举措|问题|协调情况13912345678", "1|产业|甲|已致电", "2|产业|乙|已致电",
                                     "3|产业13812345679|丙|已致电13712345670", "4|旅游|丁|未致电", "5|产业|戊|已致电",
                                     "6|旅游|己|未致电", "7|产业|庚|已致电"}));
  ASSERT_TRUE(told["kind"]["fields"].array());
  for (const char* planted : {"13912345678", "13812345679", "13712345670"})
    EXPECT_EQ(told.reply.body.find(planted), std::string::npos) << planted;
}

TEST_F(Proposals, AKindThatHoldsNumbersOfPersonsIsRefusedBeforeAnythingIsWritten) {
  const Seq before = world.store().view()->seq;
  for (const char* kind :
       {R"({"id":"13912345678","is":{},"fields":[]})",
        R"({"id":"toilet","is":{"zh":"公厕"},"fields":[{"id":"a","type":"text","zh":"电话13912345678"}]})"}) {
    const Error refused =
        test::refused(publish_register(world.service(), world.call("", std::string(R"({"kind":)") + kind + "}")));
    EXPECT_TRUE(refused.is(errors::field_type)) << refused.text(Language::en);
    EXPECT_EQ(refused.text(Language::zh).find("13912345678"), std::string::npos);
  }
  EXPECT_EQ(world.store().view()->seq, before);
}

TEST_F(Proposals, ColumnsThatNameRecordsOfARegisterReferToIt) {
  for (const char* name : {"冷链园", "厂房", "供水"})
    world.entered("project",
                  std::string(R"({"name":")") + name + R"(","code":"P-)" + name + R"(","place":"990101101000"})");
  const Told told =
      proposed(test::ledger("问题台账", {"序号|项目名称|问题", "1|冷链园|某事", "2|厂房|某事二", "3|供水|某事三"}));
  const Json& column = (*told["columns"].array())[1];
  EXPECT_EQ(column["type"].string_or(""), "ref");
  EXPECT_EQ(column["elsewhere"].string_or(""), "project");
}

TEST_F(Proposals, PublishedOffUntilOpenedAndNextVersionsFollowTheRules) {
  const Told told = proposed(
      test::ledger("公厕台账", {"编号|名称|类型", "G-1|一号|新建", "G-2|二号|改建", "G-3|三号|新建", "G-4|四号|改建"}));
  EXPECT_EQ(told["kind"]["is"]["zh"].string_or(""), "公厕台账");
  const std::string id = published(told["kind"], "")["id"].string_or("");
  EXPECT_TRUE(test::refused(records(world.service(), world.call(id))).is(errors::unknown_register));
  Json wider = told.json["kind"];
  Json field;
  field.set("id", "built_on");
  field.set("type", "date");
  field.set("zh", "建成日期");
  wider.object()->find("fields")->second.push(std::move(field));
  EXPECT_EQ(published(wider, "")["version"].integer_or(0), 2);
  Json body, other = wider;
  (*other.object()->find("fields")->second.array())[1].set("type", "number");
  body.set("kind", other);
  EXPECT_TRUE(
      test::refused(publish_register(world.service(), world.call("", body.canonical()))).is(record::errors::never_so));
  body = {};
  body.set("kind", wider);
  body.set("owner", "市住建局");
  EXPECT_TRUE(
      test::refused(publish_register(world.service(), world.call("", body.canonical()))).is(errors::field_type));
}

TEST_F(Proposals, AKindThatCantHoldIsRefusedWithAllItsFaults) {
  const auto refused = [&](const char* kind) {
    return test::refused(publish_register(world.service(), world.call("", std::string(R"({"kind":)") + kind + "}")));
  };
  const Error two =
      refused(R"({"id":"x1","is":{"zh":"某"},"fields":[{"id":"a","type":"mony"},{"id":"b","type":"choice"}]})");
  EXPECT_EQ(two.all().size(), 2u) << two.text(Language::en);
  EXPECT_TRUE(two.is(record::errors::type_unknown));
  EXPECT_TRUE(refused(R"({"is":{"zh":"某"}})").is(errors::field_missing));
  EXPECT_TRUE(
      refused(R"({"id":"task","is":{"zh":"某"},"fields":[{"id":"a","type":"text"}]})").is(record::errors::name_taken));
}

}   // namespace
}   // namespace gangmu::app
