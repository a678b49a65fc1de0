// SPDX-License-Identifier: Apache-2.0
// The plain-file door: what `gangmu score --scheme S --values V [--places P] [--period T]` does, from rows to tables.
// Reading yaml and csv and writing files is the caller's.
//
// values: place,indicator,period,value as in docs/formats.md (number | >n | <n | empty | NA | WH). Besides the scheme's
//   indicators a row may give `CODE@target` (the place's own target) and the other uses of ColumnUse, or `@item` (a
//   bonus or deduction granted so many times, or a red line confirmed: 1).
// places: code,class[,name,group]; without it every place of the values is assessed, its class taken from the scheme's
//   members, or the only class.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/parallel.hpp"
#include "base/period.hpp"
#include "base/result.hpp"
#include "score/robustness.hpp"

namespace gangmu::score {

struct ValueRow {
  std::string place, indicator, period, value;
  Position where;
  std::string date = {}, evidence = {};   ///< of a bonus or deduction
};
struct PlaceRow {
  std::string code, class_id, name, group;
  Position where;
};

/// A table of text: what becomes one csv file or one JSON array.
struct Table {
  std::string name;   ///< "scores"
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
};

/// The figures and classes behind an Inputs, owned.
struct Gathered {
  std::vector<std::string> places;
  std::vector<ClassIndex> classes;
  std::vector<std::uint32_t> groups;
  std::vector<double> values;
  std::vector<fact::CellState> states;
  std::vector<Grant> grants;
  [[nodiscard]] Inputs inputs() const;
};

/// Rows → the matrix the scheme reads; places in the order of their codes. Period: given, or the latest of the values.
/// `beside`: codes that values may hold though the scheme doesn't read them.
/// Errors, all at once: code_unread, code_unfilled, unknown_class, class_missing, row_twice, unknown_place,
/// unknown_grant, no_values, no_values_of (the period given), cell faults.
Result<Gathered> gather(const Scheme& scheme, std::span<const ValueRow> values, std::span<const PlaceRow> places,
                        std::optional<Period> period, std::span<const std::string> beside = {});

/// Tables: weights, normalised, scores, ranks, contributions, grades, edges, digest; prepared, compromise, majority
/// where there is any.
std::vector<Table> tables(const Scheme& scheme, const Gathered& gathered, const Assessment& assessment);

/// What is asked for beside the assessment.
struct StressRequest {
  std::size_t uncertainty = 0;   ///< runs; 0: not asked for
  std::size_t sensitivity = 0;   ///< base runs; 0: not asked for
  std::size_t lift = 0;          ///< ranks to be lifted by; 0: not asked for
  std::uint64_t seed = 1;
  Variation variation = Variation::usual();
};

/// gather, assess, tables; then those of coherence and of the stress test (plain_stress.hpp).
Result<std::vector<Table>> score_plainly(const Scheme& scheme, std::span<const ValueRow> values,
                                         std::span<const PlaceRow> places, std::optional<Period> period,
                                         Executor& executor, const StressRequest& stress = {},
                                         std::span<const std::string> beside = {});

}   // namespace gangmu::score
