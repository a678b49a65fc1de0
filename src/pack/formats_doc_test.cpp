// SPDX-License-Identifier: Apache-2.0
// docs/formats.md tells of every file and column in the words of layout.cpp, and every sample in it is read here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/json.hpp"
#include "base/text.hpp"
#include "fact/observation.hpp"
#include "pack/layout.hpp"
#include "pack/lock.hpp"
#include "pack/sample_test.hpp"
#include "pack/yaml.hpp"
#include "score/variation_json.hpp"

namespace gangmu::pack {
namespace {

std::string document() {
  std::ifstream stream(std::string(GANGMU_SOURCE_DIR) + "/docs/formats.md", std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string type_name(const Column& c) {
  switch (c.type) {
    case ColumnType::text: return "text";
    case ColumnType::id: return "id";
    case ColumnType::code: return "code";
    case ColumnType::place: return "place";
    case ColumnType::places: return "places";
    case ColumnType::level: return "level";
    case ColumnType::levels: return "levels";
    case ColumnType::integer: return "integer";
    case ColumnType::decimal: return "decimal";
    case ColumnType::boolean: return "boolean";
    case ColumnType::date: return "date";
    case ColumnType::period: return "period";
    case ColumnType::cell: return "value cell";
    case ColumnType::choice: {
      std::string out;
      for (const auto& choice : text::split(c.values, '|')) out += (out.empty() ? "`" : " `") + choice + "`";
      return out;
    }
    case ColumnType::reference: return "id of a " + std::string(c.values);
    case ColumnType::unit: return "unit";
    case ColumnType::due: return "due";
    case ColumnType::list: return "list";
    case ColumnType::url: return "url";
    case ColumnType::object: return "list";
    case ColumnType::map: return "map";
  }
  return "";
}

std::string heading(const FileLayout& f) {
  return "### `" + std::string(f.path) + "`" + (f.required ? " (required)" : "");
}
std::string row(const Column& c) {
  return "| `" + std::string(c.name) + "` | " + type_name(c) + " | " + (c.required ? "yes" : "") + " | " +
         std::string(c.en) + " |";
}

/// Fenced samples: the words behind ``` and the lines between.
std::vector<std::pair<std::string, std::string>> samples() {
  std::vector<std::pair<std::string, std::string>> out;
  std::istringstream stream(document());
  bool inside = false;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("```")) {
      inside = !inside;
      if (inside) out.emplace_back(line.substr(3), "");
    } else if (inside) {
      out.back().second += line + "\n";
    }
  }
  return out;
}

TEST(FormatsDocument, TellsOfEveryFileAndColumn) {
  const std::string text = document();
  for (const FileLayout& file : layouts()) {
    const auto at = text.find(heading(file) + "\n\n" + std::string(file.en));
    ASSERT_NE(at, std::string::npos) << heading(file) << "\n\n" << file.en;
    const std::string section = text.substr(at, text.find("\n### ", at + 1) - at);
    std::string rows;
    for (const Column& column : file.columns) rows += row(column) + "\n";
    EXPECT_THAT(section, testing::HasSubstr(rows)) << file.path;
  }
}

TEST(FormatsDocument, EverySampleIsReadable) {
  int packs = 0, cells = 0, canonical = 0, locks = 0, variations = 0;
  for (const auto& [info, body] : samples()) {
    const auto words = text::split(info, ' ');
    if (words.size() == 2 && layout_of(words[1])) {
      EXPECT_THAT(sample::lines(lint(sample::with(words[1], body))), testing::IsEmpty()) << words[1];
      ++packs;
    } else if (info == "cells") {
      for (const std::string& line : text::split(body, '\n')) {
        if (line.empty()) continue;
        const auto parts = text::split(line, '|');   // cell | decimals | canonical, or "refused"
        const auto cell = fact::CellValue::parse(text::trim(parts[0]), parts[1].find('2') != std::string::npos ? 2 : 0);
        const std::string expected(text::trim(parts[2]));
        if (expected == "refused")
          EXPECT_FALSE(cell) << line;
        else {
          ASSERT_TRUE(cell) << line;
          EXPECT_EQ(cell->text(parts[1].find('2') != std::string::npos ? 2 : 0), expected == "(empty)" ? "" : expected)
              << line;
        }
        ++cells;
      }
    } else if (info == "canonical") {
      const auto lines_of = text::split(body, '\n');
      const auto json = Json::parse(lines_of.at(0));
      ASSERT_TRUE(json) << body;
      EXPECT_EQ(json->canonical(), lines_of.at(1));
      EXPECT_EQ(digest(json->canonical()).text(), lines_of.at(2));
      ++canonical;
    } else if (info == "vary") {
      const auto yaml = read_yaml(body, "vary");
      ASSERT_TRUE(yaml);
      EXPECT_TRUE(score::variation_from_json(yaml->value)) << body;
      ++variations;
    } else if (info == "lock") {
      EXPECT_TRUE(read_lock(body)) << body;
      ++locks;
    }
  }
  EXPECT_GE(packs, 6);
  EXPECT_GE(cells, 8);
  EXPECT_EQ(canonical, 1);
  EXPECT_EQ(locks, 1);
  EXPECT_EQ(variations, 1);
}

}   // namespace
}   // namespace gangmu::pack
