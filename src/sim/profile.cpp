// SPDX-License-Identifier: Apache-2.0
#include "sim/profile.hpp"

#include <algorithm>
#include <string_view>

namespace gangmu::sim {
namespace {

struct Known {
  std::string_view code;
  double typical, growth, spread, noise;
};

// Invented magnitudes in the unit of the catalogue, for one average county, town or village in the first year.
constexpr Known known[] = {
    {"C-ECO-01", 420, 0.055, 0, 0.015},   {"C-ECO-02", 6.2, -0.12, 1.1, 0.7},    {"C-ECO-03", 6.5, -0.1, 1.6, 1.2},
    {"C-ECO-04", 900, 0.05, 0, 0.03},     {"C-ECO-07", 180, 0.06, 0, 0.02},      {"C-ECO-08", 26, 0.045, 0, 0.03},
    {"C-ECO-10", 140, 0.04, 0, 0.05},     {"C-ECO-11", 62000, 0.05, 0, 0.02},    {"C-ECO-12", 12, 0.03, 0, 0.2},
    {"C-FIN-01", 17, 0.04, 0, 0.03},      {"C-POP-01", 640000, 0.006, 0, 0.003}, {"C-POP-02", 390000, 0.016, 0, 0.003},
    {"C-AGR-01", 14, 0.01, 0, 0.02},      {"C-PUB-01", 2.35, -0.02, 0.08, 0.02}, {"C-PUB-02", 18500, 0.075, 0, 0.01},
    {"C-PUB-03", 8.2, -0.15, 0.8, 0.4},   {"C-PUB-05", 1800, 0.02, 0, 0.2},      {"C-PUB-06", 6200, 0.01, 0, 0.06},
    {"C-GOV-02", 0.4, -0.02, 0, 0.5},     {"C-ENV-02", 31, -0.7, 2.5, 1.0},      {"C-GOV-03", 82, 0.5, 3, 1.0},
    {"T-ECO-01", 38, 0.055, 0, 0.02},     {"T-ECO-02", 85, 0.05, 0, 0.03},       {"T-ECO-03", 21000, 0.045, 0, 0.04},
    {"T-ECO-04", 9, 0.03, 0, 0.15},       {"T-ECO-05", 18, 0.06, 0, 0.05},       {"T-AGR-01", 21000, 0.004, 0, 0.01},
    {"T-TWN-01", 2, 0.15, 0, 0.2},        {"T-GOV-11", 1450, 0.02, 0, 0.05},     {"T-GOV-12", 1580, 0.015, 0, 0.05},
    {"T-GOV-05", 84, 0.4, 3, 1.0},        {"V-COL-01", 38, 0.09, 0, 0.05},       {"V-COL-02", 66, 0.085, 0, 0.05},
    {"V-COL-03", 620, 0.05, 0, 0.02},     {"V-COL-04", 90, 0.01, 0, 0.04},       {"V-COL-06", 260, 0.06, 0, 0.1},
    {"V-POP-01", 2100, 0.002, 0, 0.004},  {"V-POP-02", 2300, 0.004, 0, 0.006},   {"V-POP-03", 22, 0.05, 0, 0.2},
    {"V-AGR-01", 1450, -0.001, 0, 0.002}, {"V-AGR-02", 60, -0.07, 0, 0.08},      {"V-AGR-03", 6, 0.05, 0, 0.1},
    {"V-ENV-02", 5, 0.08, 0, 0.05},       {"V-ENV-03", 12, 0.06, 0, 0.2},        {"V-ENV-04", 80, 0.8, 5, 3.0},
    {"V-GOV-01", 34, -1.2, 8, 3.0},       {"V-GOV-02", 9, 0.01, 0, 0.2},         {"V-GOV-03", 2, 0.08, 0, 0.3}};

}   // namespace

Profile profile_of(const fact::Indicator& i, double lowest, double highest) {
  Profile p;
  p.lowest = lowest;
  p.highest = highest > lowest ? highest : 1e12;
  p.seasonal = i.figure == fact::FigureKind::ytd || i.figure == fact::FigureKind::flow;
  const bool per_place =
      i.unit_zh == "%" || i.unit_zh == "分" || i.unit_zh == "倍" || i.unit_zh == "小时" || i.unit_zh == "微克/立方米";
  p.rate = per_place;
  p.per_head = i.unit_zh == "元" || i.unit_zh == "万元/亩";
  const auto it = std::ranges::find(known, i.code.value, &Known::code);
  if (it != std::end(known)) {
    p.typical = it->typical;
    p.growth = it->growth;
    p.spread = it->spread;
    p.noise = it->noise;
  } else if (i.unit_zh == "是/否") {
    p = {.typical = 0.62,
         .growth = 0.03,
         .spread = 0,
         .noise = 0,
         .lowest = 0,
         .highest = 1,
         .rate = true,
         .seasonal = false,
         .per_head = false,
         .yes_no = true};
  } else if (per_place && lowest < 0) {   // a growth rate
    p.typical = 5.5;
    p.growth = -0.1;
    p.spread = 2;
    p.noise = 1.5;
  } else if (per_place) {   // a share that programmes push up
    p.typical = 58;
    p.growth = 2.6;
    p.spread = 7;
    p.noise = 0.8;
    p.highest = std::min(p.highest, 100.0);
  } else {
    p.typical = std::max(3.0, highest * 0.012);
    p.growth = 0.04;
    p.noise = 0.08;
  }
  return p;
}

}   // namespace gangmu::sim
