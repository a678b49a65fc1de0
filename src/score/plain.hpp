// SPDX-License-Identifier: Apache-2.0
// The plain-file door: what `gangmu score --scheme S --values V [--places P] [--period T]` does, from rows to tables. Reading
// yaml and csv and writing files is the caller's.
//
// values: place,indicator,period,value as in docs/formats.md (number | >n | <n | empty | NA | WH). Besides the scheme's
//   indicators a row may give `CODE@target` (the place's own target) or `@item` (a bonus or deduction granted so many times,
//   or a red line confirmed: 1).
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
#include "score/assessment.hpp"

namespace gangmu::score {

struct ValueRow {
  std::string place, indicator, period, value;
  Position where;
};
struct PlaceRow {
  std::string code, class_id, name, group;
  Position where;
};

/// A table of text: what becomes one csv file or one JSON array.
struct Table {
  std::string name;                              ///< "scores"
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
/// Errors, all at once: unknown_class, class_missing, row_twice, unknown_place, unknown_grant, no_values, no_values_of (the period given), cell faults.
Result<Gathered> gather(const Scheme& scheme, std::span<const ValueRow> values, std::span<const PlaceRow> places,
                        std::optional<Period> period);

/// Tables: weights, normalised, scores, ranks, contributions, grades, edges, digest.
std::vector<Table> tables(const Scheme& scheme, const Gathered& gathered, const Assessment& assessment);

/// gather, assess, tables.
Result<std::vector<Table>> score_plainly(const Scheme& scheme, std::span<const ValueRow> values,
                                         std::span<const PlaceRow> places, std::optional<Period> period, Executor& executor);

}  // namespace gangmu::score
