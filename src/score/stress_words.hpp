// SPDX-License-Identifier: Apache-2.0
// What the lift, the change since last time and the stress test say to an office, in sentences (zh and en from separate
// templates). Points are printed in the scheme's decimals; what is printed adds up.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "score/change.hpp"
#include "score/explanation.hpp"
#include "score/lift.hpp"
#include "score/robustness.hpp"

namespace gangmu::score {

/// 再进几位：最省的是…. The first sentence says how far it is and the least effort, the others what else would do, at
/// most `most`.
std::vector<Sentence> lift_words(const Scheme& scheme, const Lift& lift, std::size_t most = 5);
/// "“工业产值”由 4.20亿元 到 4.51亿元".
Sentence step_words(const Scheme& scheme, const LiftStep& step);

/// A change in printed units: before + correction + rules + own + others = now, each within a unit of its own rounding.
struct PrintedChange {
  std::int64_t before = 0, now = 0, correction = 0, rules = 0, own = 0, others = 0;
};
PrintedChange printed(const Change& change, int decimals);
/// `from`: the period before, as people say it. The whole first, then each cause that moved something, then those that
/// did not.
std::vector<Sentence> change_words(const Scheme& scheme, const Change& change, const Sentence& from);

/// What the runs vary, a sentence a factor that could move anything here.
std::vector<Sentence> variation_words(const Uncertainty& uncertainty);

/// A place beside the one asked about: index into Uncertainty::places, and its name.
struct Neighbour {
  std::size_t index = 0;
  Sentence name;
};
/// Where the runs put a place, whom it can't be told from, and how often it stands before its neighbours.
std::vector<Sentence> interval_words(const Uncertainty& uncertainty, std::size_t index, const Sentence& name,
                                     std::span<const Neighbour> neighbours);

/// What the ranks (of everybody, or of one place) hang on most; `name`: of the place, or nothing.
std::vector<Sentence> sensitivity_words(const SensitivityOutput& output, const std::optional<Sentence>& name);
/// The `most` indicators and branches without which the ranks would move most; none that move nothing.
std::vector<Sentence> removal_words(const Scheme& scheme, std::span<const Removal> removals, std::size_t most = 3);

}   // namespace gangmu::score
