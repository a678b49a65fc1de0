// SPDX-License-Identifier: Apache-2.0
#include "http/parameters.hpp"

#include <gtest/gtest.h>

#include "http/errors.hpp"

namespace gangmu::http {
namespace {

using Sent = std::vector<std::pair<std::string, std::string>>;

const std::vector<Parameter>& declared() {
  static const std::vector<Parameter> all{
      {.name = "indicator", .required = true},
      {.name = "period", .type = ParameterType::period},
      {.name = "level", .type = ParameterType::choice, .choices = {"county", "town"}},
      {.name = "under", .type = ParameterType::code},
      {.name = "due_before", .type = ParameterType::date},
      {.name = "limit", .type = ParameterType::integer, .least = 1, .most = 500},
  };
  return all;
}

/// "name=value …", or the faults in English, a line each.
std::string check(Sent sent) {
  const Result<Query> query = check_query(declared(), sent, 20);
  if (!query) return query.error().text(Language::en);
  std::string out;
  for (const auto& [name, value] : *query) out += name + "=" + value + " ";
  return out;
}

TEST(Parameters, AreTakenAsDeclared) {
  EXPECT_EQ(check({{"indicator", "C-1"}, {"limit", "500"}, {"level", "town"}, {"period", "2023Q1"}}),
            "indicator=C-1 level=town limit=500 period=2023Q1 ");
  EXPECT_EQ(check({{"indicator", "C-1"}, {"under", "440785000000"}, {"due_before", "2023-06-30"}}),
            "due_before=2023-06-30 indicator=C-1 under=440785000000 ");
  EXPECT_EQ(check({{"indicator", "C-1"}, {"limit", ""}}), "indicator=C-1 ");
}

TEST(Parameters, HoldNoControlCharacters) {
  EXPECT_EQ(check({{"indicator", std::string("C\0", 2)}}),
            "the parameter indicator holds the invisible control character U+0000; delete it");
  EXPECT_EQ(check({{"indicator", "C\xEF\xBF\xBE"}}),
            "the parameter indicator holds the invisible control character U+FFFE; delete it");
}

TEST(Parameters, NameTheNearOne) {
  EXPECT_EQ(check({{"indicatr", "C-1"}}), "there is no parameter 'indicatr'; did you mean 'indicator'?");
  EXPECT_EQ(check({{"zzz", "1"}}),
            "there is no parameter 'zzz'; there are: indicator, period, level, under, due_before, limit");
}

TEST(Parameters, AllFaultsAtOnce) {
  EXPECT_EQ(check({{"limit", "501"},
                   {"level", "village"},
                   {"period", "2023-Q1"},
                   {"under", "4407"},
                   {"due_before", "2023-02-30"}}),
            "the parameter limit must be an integer from 1 to 500, not '501'\n"
            "the parameter level can't be 'village'; choose from: county, town\n"
            "the parameter period must be a period (2023, 2023H1, 2023Q1, 202301, 202301-02 …), not '2023-Q1'\n"
            "the parameter under must be a place code of 12 digits, not '4407'\n"
            "the parameter due_before must be a date such as 2023-06-30, not '2023-02-30'");
  EXPECT_EQ(check({{"indicator", "C-1"}, {"indicator", "C-2"}, {"limit", "1x"}}),
            "the parameter 'indicator' stands twice; write it once\n"
            "the parameter limit must be an integer from 1 to 500, not '1x'");
}

TEST(Parameters, MissingAndTooLong) {
  EXPECT_EQ(check({}), "the parameter 'indicator' is missing");
  EXPECT_EQ(check({{"indicator", std::string(21, 'x')}}), "the parameter indicator may have 20 bytes at most");
  EXPECT_EQ(check({{"indicator", "C-1"}, {"limit", "99999999999999999999"}}),
            "the parameter limit must be an integer from 1 to 500, not '99999999999999999999'");
}

}   // namespace
}   // namespace gangmu::http
