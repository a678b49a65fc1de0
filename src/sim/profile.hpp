// SPDX-License-Identifier: Apache-2.0
// How large an indicator's figures are and how they move: taken from a short table for the best-known ones, else from
// unit, decimals and soft bounds of the catalogue. Internal.
#pragma once

#include "fact/indicator.hpp"

namespace gangmu::sim {

struct Profile {
  double typical = 0;    ///< value of an average place of the entry level in the first year
  double growth = 0;     ///< of amounts: per year; of rates: points a year
  double spread = 0;     ///< of rates: points between places (1 s.d.)
  double noise = 0.03;   ///< of amounts: relative; of rates: points
  double lowest = 0, highest = 0;
  bool rate = false;   ///< a share, a rate, a score: does not grow with the size of the place
  bool seasonal = true;
  bool per_head = false;   ///< an amount that does not grow with the size of the place (yuan a person, yuan a mu)
  bool yes_no = false;     ///< 0 or 1, typical is the chance of 1
};

/// lowest and highest: soft bounds of the catalogue.
Profile profile_of(const fact::Indicator& indicator, double lowest, double highest);

}   // namespace gangmu::sim
