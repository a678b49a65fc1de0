// SPDX-License-Identifier: Apache-2.0
// Ten years of figures. Every value is a pure function of (seed, indicator, place, period), so that parts and sums of
// one another agree and no order of work matters. Internal.
#pragma once

#include <vector>

#include "fact/indicator.hpp"
#include "fact/observation.hpp"
#include "sim/city.hpp"

namespace gangmu::sim {

/// One indicator with all its definition versions and the soft bounds of the catalogue.
struct Series {
  std::vector<fact::Indicator> versions;
  std::vector<Date> valid_from;
  double lowest = 0, highest = 0;
};

/// Sorted as pack::Pack wants them. Trends, seasons, class differences; late reports (noted), revisions (two
/// observations of one key), missing, not applicable, withheld and threshold cells; a jump where a definition version
/// begins.
std::vector<fact::Observation> figures_of(const City& city, const std::vector<Series>& catalogue, const Shape& shape,
                                          const Random& random);

/// Sources the figures name; programmes/example-city/sources.csv lists them.
inline constexpr std::string_view shared_source = "S1", filled_source = "S2", flash_source = "S3";

/// What a figure truly was at the end of a year, in units of the indicator: what targets are set from. Error: none; 0
/// when the catalogue has no such code.
std::int64_t year_end_units(const City& city, const std::vector<Series>& catalogue, const Shape& shape,
                            const Random& random, std::string_view code, std::size_t place, int year);

}   // namespace gangmu::sim
