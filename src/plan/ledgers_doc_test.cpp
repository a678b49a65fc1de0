// SPDX-License-Identifier: Apache-2.0
// docs/ledgers.md says how dues and units are read: its tables are read here.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "base/text.hpp"
#include "plan/due.hpp"
#include "plan/register_units.hpp"

namespace gangmu::plan {
namespace {

/// Rows of the first table below a heading, as cells without spaces and backticks around them.
std::vector<std::vector<std::string>> table_below(std::string_view heading) {
  std::ifstream stream(GANGMU_SOURCE_DIR "/docs/ledgers.md", std::ios::binary);
  const std::string all{std::istreambuf_iterator<char>(stream), {}};
  std::vector<std::vector<std::string>> rows;
  const auto from = all.find(heading);
  if (from == std::string::npos) return rows;
  for (const std::string& line : text::split(std::string_view(all).substr(from + heading.size()), '\n')) {
    if (line.starts_with("## ")) break;
    if (!line.starts_with("| `")) continue;
    std::vector<std::string> cells;
    for (std::string& cell : text::split(std::string_view(line).substr(1, line.size() - 2), '|')) {
      std::string inner(text::trim(cell));
      std::erase(inner, '`');
      cells.push_back(std::move(inner));
    }
    rows.push_back(std::move(cells));
  }
  return rows;
}

TEST(LedgersDoc, DuesAreReadAsItSays) {
  const auto rows = table_below("## 时限");
  EXPECT_GE(rows.size(), 20u);
  for (const auto& row : rows) {
    const auto due = parse_due(row[0], 2023);
    const std::string read = !due           ? "提问 · asked"
                             : due->dated() ? due->last.text()
                                            : std::string(due_kind_name(due->kind));
    EXPECT_EQ(read, row[1]) << row[0];
  }
}

TEST(LedgersDoc, UnitsAreReadAsItSays) {
  const auto rows = table_below("## 单位");
  EXPECT_GE(rows.size(), 6u);
  for (const auto& row : rows) {
    const UnitParts parts = unit_parts(row[0]);
    EXPECT_EQ(text::join(parts.lead, "、"), row[1]) << row[0];
    EXPECT_EQ(text::join(parts.responsible, "、"), row[2]) << row[0];
    EXPECT_EQ(text::join(parts.cooperating, "、"), row[3]) << row[0];
  }
}

}   // namespace
}   // namespace gangmu::plan
