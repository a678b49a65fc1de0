// SPDX-License-Identifier: Apache-2.0
// Figures as they were known at an earlier entry: a small cube built on demand from the observations up to it, in the
// frames and under the definitions as they were known then. What came in later, and what it replaced, is told apart by
// nothing else than seq, so that the cube of any moment equals the one that a View of that moment held.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "base/parallel.hpp"
#include "base/result.hpp"
#include "store/observations.hpp"
#include "store/store.hpp"

namespace gangmu::store {

/// How far back, and at what: the less is asked the less is read.
struct Lookback {
  Seq seq;                                      ///< the last entry that counts
  PlaceId under = {};                           ///< this place and whatever was below it on some day; none: all
  std::vector<IndicatorCode> indicators = {};   ///< none named: all; parts of a ratio or mean come with it
  Precedence precedence = {};                   ///< of then
  std::size_t most_rows = 2'000'000;            ///< observations read; more are refused
};

struct Known {
  std::shared_ptr<const place::Frames> frames;   ///< of then; those of now when no place changed since
  std::shared_ptr<const fact::Cube> cube;        ///< all indicators of then; cells only of those asked for
  std::shared_ptr<const SourceNames> sources;
};

/// Observations never change, so the rows are read in as many short transactions as there are homes and indicators.
/// Errors: known_too_much, those of reading.
Result<Known> known_at(Store& store, const View& now, const Lookback& back, const IndicatorReader& reader,
                       Executor& executor);

}   // namespace gangmu::store
