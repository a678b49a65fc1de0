// SPDX-License-Identifier: Apache-2.0
#include "plan/register_due.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace gangmu::plan {
namespace {

/// "2023-10-31" or "asked: 2023年1月底前|2023年10月底前".
std::string read(const GridCell& cell, std::optional<int> year = 2025) {
  const auto due = due_of_cell(cell, year);
  if (!due) return "asked: " + text::join(due_choices(cell, year), "|");
  return due->dated() ? due->last.text() : std::string(due_kind_name(due->kind));
}
GridCell number(const char* text, int decimals = -1) {
  return {.kind = CellKind::number, .text = text, .decimals = static_cast<signed char>(decimals)};
}

TEST(RegisterDue, ANumberIsReadAsItIsShown) {
  EXPECT_EQ(read(number("2023.1", 2)), "2023-10-31") << "2023.10 was typed";
  EXPECT_EQ(read(number("2023.09", 2)), "2023-09-30");
  EXPECT_EQ(read(number("2023.11", 2)), "2023-11-30");
  EXPECT_EQ(read(number("2023.1")), "asked: 2023年1月底前|2023年10月底前");
  EXPECT_EQ(read(number("2023.1", 1)), "asked: 2023年1月底前|2023年10月底前");
  EXPECT_EQ(read(number("2023.11")), "2023-11-30");
  EXPECT_EQ(read(number("2023.09")), "2023-09-30");
  EXPECT_EQ(read(number("2023.6")), "2023-06-30") << "there is no month 60";
  EXPECT_EQ(read(number("2023.11", 1)), "asked: 2023年11月底前") << "2023.1 is shown";
  EXPECT_EQ(read(number("2023.6", 0)), "asked: 2023年6月底前") << "2023 is shown";
  EXPECT_EQ(read(number("6.3")), "asked: 2025年6月3日前|2025年6月30日前");
  EXPECT_EQ(read(number("6.3", 2)), "2025-06-30");
  EXPECT_EQ(read(number("20230630")), "2023-06-30");
  EXPECT_EQ(read(number("202306", 0)), "2023-06-30");
  EXPECT_EQ(read(number("2025")), "asked: 2025年底前");
  EXPECT_EQ(read(number("45838")), "asked: 2025-06-30");
  EXPECT_EQ(read(number("99999")), "asked: ");
  EXPECT_EQ(read({.kind = CellKind::number, .text = "0.1", .percent = true}), "asked: ");
}

TEST(RegisterDue, TextsAndDaysAreReadAsTyped) {
  EXPECT_EQ(read({.kind = CellKind::text, .text = "2023.1"}), "2023-01-31");
  EXPECT_EQ(read({.kind = CellKind::text, .text = "2023.10"}), "2023-10-31");
  EXPECT_EQ(read({.kind = CellKind::date, .text = "2023-06-30"}), "2023-06-30");
  EXPECT_EQ(read({.kind = CellKind::text, .text = "2024年前"}), "asked: 2024年底前");
}

}   // namespace
}   // namespace gangmu::plan
