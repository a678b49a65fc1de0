// SPDX-License-Identifier: Apache-2.0
// Indicators (指标): what a figure means, in which unit, how many decimals are data, which way is better, over what
// kind of period it is told, at which level it is entered and how it adds up above. A definition is immutable: a change
// is a version.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/ids.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "place/tree.hpp"

namespace gangmu::fact {

enum class Direction : std::uint8_t { up, down, exact, neutral };
enum class FigureKind : std::uint8_t { flow, ytd, stock, year };   ///< period_kind of the packs
enum class Aggregation : std::uint8_t {
  sum,        ///< exact sum of the entry-level figures
  ratio,      ///< sum(num) / sum(den) × factor: two exact sums, divided once; the indicator itself is derived
  weighted,   ///< sum(value × weight) / sum(weight)
  mean,       ///< plain mean of the entry-level figures
  min,
  max,
  count,
  reported   ///< exists only where it was reported; never added up (GRP, growth rates)
};

struct Indicator {
  IndicatorCode code;
  int version = 1;
  std::string name_zh, name_en;
  std::string unit_zh, unit_en;
  int decimals = 0;   ///< digits that are data: values are stored as int64 × 10^-decimals
  Direction direction = Direction::neutral;
  FigureKind figure = FigureKind::stock;
  std::string frequency;   ///< Y, H, Q, M, W, D: how often a figure is due
  Aggregation aggregation = Aggregation::reported;
  IndicatorCode numerator, denominator;   ///< for ratio; `denominator` is also the weight of `weighted`
  int factor = 1;                         ///< for ratio: 100 for a percentage, 10000 for yuan from 万元 …
  place::Level entry_level = place::Level::county;
  std::vector<place::Level> levels;   ///< where it exists at all
  std::string domain;                 ///< economy, industry, agriculture …
  std::string owner_zh, owner_en;     ///< department that owns the datum
  std::string check;                  ///< what else agg_args says, kept as written: "check:sum tol=2%"
  std::string note;
  bool public_figure = true;
  bool operator==(const Indicator&) const = default;
};

/// A definition with the day from which it holds.
struct DatedIndicator {
  Date valid_from;
  Indicator indicator;
};
/// The definitions of one indicator by the day they begin, never empty; the first holds back to the beginning.
using IndicatorVersions = std::vector<DatedIndicator>;

/// A definition published after `versions` takes the place of what they say from its day on.
void publish(IndicatorVersions& versions, DatedIndicator next);
const Indicator& on_day(const IndicatorVersions& versions, Date day);

// The names the packs use.
std::string_view direction_name(Direction direction);         ///< up, down, exact, neutral
std::string_view figure_name(FigureKind figure);              ///< flow, ytd, stock, year
std::string_view aggregation_name(Aggregation aggregation);   ///< sum, ratio, weighted, mean, min, max, count, reported
std::optional<Direction> direction_of(std::string_view name);
std::optional<FigureKind> figure_of(std::string_view name);
std::optional<Aggregation> aggregation_of(std::string_view name);

/// agg_args as the packs write them, parts joined by ';': "num=V-1;den=V-2;factor=100", "w=V-3", "check:sum tol=2%".
/// Sets numerator, denominator, factor and check. Precondition: code and aggregation are set.
/// Errors: indicator_parts (ratio without num and den, weighted without w), indicator_field (factor no positive
/// integer).
Status read_agg_args(std::string_view agg_args, Indicator& indicator);
std::string agg_args(const Indicator& indicator);   ///< read_agg_args(agg_args(i)) gives the same parts

/// The body of the indicator's definition. The version is not in it: it stands beside it in the Definition.
Json to_json(const Indicator& indicator);
/// Errors, all at once, each naming the code: indicator_field_missing, indicator_field, indicator_parts.
Result<Indicator> indicator_from_json(const Json& body, int version = 1);

}   // namespace gangmu::fact
