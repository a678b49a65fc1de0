// SPDX-License-Identifier: Apache-2.0
// The invented places and what makes each of them different: size and pace. Internal.
#pragma once

#include <string>
#include <vector>

#include "base/random.hpp"
#include "pack/pack.hpp"
#include "sim/simulate.hpp"

namespace gangmu::sim {

struct Trait {
  double size = 1;    ///< relative to its peers, around 1
  double pace = 0;    ///< added to the growth of a year, around 0
  double level = 0;   ///< how good rates are, around 0, in standard deviations
  int klass = 0;      ///< towns: index into class_names
};

struct City {
  std::vector<place::Place> places;   ///< city, then county, its towns, each with its villages
  std::vector<Trait> traits;          ///< a place each
  std::vector<std::size_t> parent;    ///< index of the place above; the city's own index at the root
};

Result<City> build_city(const Shape& shape, Date valid_from, const Random& random);
/// Tiles: counties three in a row, each county's towns in a block of their own below one another; no two overlap.
std::vector<Definition> tiles_of(const City& city, Date valid_from);
/// Towns: a (甲类) 19, b (乙类) 22, c (丙类) 32 of 73 (in that proportion otherwise), largest first. Counties: a for
/// the first four of seven, b for the rest.
std::vector<Definition> classes_of(const City& city, Date valid_from);
inline constexpr std::string_view class_names[] = {"a", "b", "c"};

}   // namespace gangmu::sim
