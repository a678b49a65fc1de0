// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.hpp"

#define GANGMU_SIM_ERRORS(X) \
  X(shape_impossible, 422, \
    "模拟城市的规模不成立：{0} 县 {1} 镇 {2} 村、{3} 年起 {4} 年；县 1—10 个，镇不少于县且每县不超过 99 " \
    "个，村不少于镇且每镇不超过 99 个，年数 1—30", \
    "no such example city: {0} counties, {1} towns, {2} villages, {4} years from {3}; take 1–10 counties, towns ≥ " \
    "counties and at most 99 each, villages ≥ towns and at most 99 each, 1–30 years") \
  X(input_not_synthetic, 422, "模拟方案的 programme.yaml 必须写 synthetic: true", \
    "the input's programme.yaml must say synthetic: true")

namespace gangmu::sim {
GANGMU_DEFINE_ERRORS(sim, GANGMU_SIM_ERRORS)
}   // namespace gangmu::sim
