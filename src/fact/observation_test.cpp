// SPDX-License-Identifier: Apache-2.0
#include "fact/observation.hpp"

#include <gtest/gtest.h>

#include "base/errors.hpp"
#include "fact/errors.hpp"

namespace gangmu::fact {
namespace {

struct Written {
  const char* text;
  CellState state;
  std::int64_t units;
  const char* canonical;
};

class CellText : public testing::TestWithParam<Written> {};

TEST_P(CellText, IsReadAndWrittenBack) {
  const auto cell = CellValue::parse(GetParam().text, 2);
  ASSERT_TRUE(cell) << cell.error().text(Language::en);
  EXPECT_EQ(cell->state, GetParam().state);
  EXPECT_EQ(cell->units, GetParam().units);
  EXPECT_EQ(cell->text(2), GetParam().canonical);
  EXPECT_EQ(*CellValue::parse(cell->text(2), 2), *cell);
}

INSTANTIATE_TEST_SUITE_P(
    TwoDecimals, CellText,
    testing::Values(Written{"", CellState::missing, 0, ""},      // nothing is not zero
                    Written{"0", CellState::value, 0, "0.00"},   // zero is a value
                    Written{"12.5", CellState::value, 1250, "12.50"}, Written{"-3", CellState::value, -300, "-3.00"},
                    Written{"7.1000", CellState::value, 710, "7.10"},   // no digit is lost
                    Written{">100", CellState::above, 10000, ">100.00"}, Written{"<0.05", CellState::below, 5, "<0.05"},
                    Written{"NA", CellState::not_applicable, 0, "NA"}, Written{"WH", CellState::withheld, 0, "WH"}));

TEST(CellTextFaults, SayWhatIsWrong) {
  for (const char* text : {"12,5", "1e3", "abc", ">", "≥100", "12%", "na", "> 5", "--"}) {
    const auto cell = CellValue::parse(text, 2);
    ASSERT_FALSE(cell) << text;
    EXPECT_TRUE(cell.error().is(errors::cell_malformed)) << text;
  }
  EXPECT_TRUE(CellValue::parse("12.345", 2).error().is(errors::cell_too_precise));
  EXPECT_TRUE(CellValue::parse("0.1234567890123", 2).error().is(errors::cell_too_precise));
  EXPECT_TRUE(CellValue::parse("9223372036854775807", 2).error().is(gangmu::errors::number_overflow));
}

}   // namespace
}   // namespace gangmu::fact
