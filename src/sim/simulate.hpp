// SPDX-License-Identifier: Apache-2.0
// The example city (示例市): a synthetic programme with the shape of a real one and none of its names. Seeded and
// deterministic: the same seed, shape and inputs give the same bytes on every machine (base/random, base/math only).
#pragma once

#include <cstdint>

#include "base/result.hpp"
#include "pack/pack.hpp"

namespace gangmu::sim {

struct Shape {
  int counties = 7;      ///< 1 … 10: 甲县 … 癸县
  int towns = 73;        ///< ≥ counties
  int villages = 1336;   ///< ≥ towns
  int first_year = 2016;
  int years = 10;   ///< 1 … 30
  int tasks = 60;
};

/// `input` is the pack folder programmes/example-city: programme.yaml, indicators.csv and schemes; the simulated tree,
/// figures and plan are added to it. Errors: shape_impossible; those of pack::read_pack for the input.
Result<pack::Pack> simulate(const pack::Files& input, std::uint64_t seed, const Shape& shape = {});

}   // namespace gangmu::sim
