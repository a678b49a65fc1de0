// SPDX-License-Identifier: Apache-2.0
// Tiny worlds for tests, drawn as text: a tree by indentation, indicators and cells one a line.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "fact/cube.hpp"

namespace gangmu::fact::tiny {

inline std::vector<std::string> words(std::string_view line) {
  std::vector<std::string> found;
  for (auto& word : text::split(line, ' ')) {
    if (!word.empty()) found.push_back(std::move(word));
  }
  return found;
}

inline std::vector<std::string> lines(std::string_view table) {
  std::vector<std::string> found;
  for (auto& line : text::split(table, '\n')) {
    if (!words(line).empty()) found.push_back(std::move(line));
  }
  return found;
}

/// Indentation is the hierarchy; each line: name level [functional]. The name is also the code.
inline std::shared_ptr<const place::Tree> tree(std::string_view drawing) {
  std::vector<place::Place> places;
  std::vector<std::pair<std::size_t, PlaceId>> open;
  for (const auto& line : lines(drawing)) {
    const auto indent = line.find_first_not_of(' ');
    const auto word = words(line);
    while (!open.empty() && open.back().first >= indent) open.pop_back();
    place::Place place{.id = {static_cast<std::int64_t>(places.size() + 1)}, .code = word[0]};
    if (!open.empty()) place.parent = open.back().second;
    place.level = *place::level_of(word[1]);
    place.functional = word.size() > 2 && word[2] == "functional";
    place.name_zh = word[0];
    open.emplace_back(indent, place.id);
    places.push_back(place);
  }
  return std::make_shared<place::Tree>(*place::Tree::build(std::move(places)));
}

/// Each line: code decimals entry-level aggregation [agg_args].
inline std::vector<Indicator> indicators(std::string_view table) {
  std::vector<Indicator> found;
  for (const auto& line : lines(table)) {
    const auto word = words(line);
    Indicator indicator;
    indicator.code = {word[0]};
    indicator.decimals = std::stoi(word[1]);
    indicator.entry_level = *place::level_of(word[2]);
    indicator.aggregation = *aggregation_of(word[3]);
    if (const auto read = read_agg_args(word.size() > 4 ? word[4] : "", indicator); !read) std::abort();
    found.push_back(std::move(indicator));
  }
  return found;
}

/// Each line: place indicator period cell; '.' is an empty cell.
inline std::vector<CellUpdate> cells(const place::Tree& tree, const std::vector<Indicator>& indicators,
                                     std::string_view table) {
  std::vector<CellUpdate> found;
  for (const auto& line : lines(table)) {
    const auto word = words(line);
    IndicatorIndex i = 0;
    while (indicators[i].code.value != word[1]) ++i;
    CellUpdate update;
    update.node = tree.find_code(word[0]);
    update.indicator = i;
    update.period = *Period::parse(word[2]);
    update.cell.value = *CellValue::parse(word[3] == "." ? "" : word[3], indicators[i].decimals);
    update.cell.seq = {static_cast<std::int64_t>(found.size() + 1)};
    found.push_back(update);
  }
  return found;
}

inline std::string text(const Rollup& rollup) {
  std::string value = "none";
  if (rollup.kind == Rollup::Kind::exact) value = Decimal(rollup.units, rollup.decimals).text();
  if (rollup.kind == Rollup::Kind::real) value = "~" + round_half_up(rollup.real, 4);
  std::string text = value + " " + std::to_string(rollup.reported) + "/" + std::to_string(rollup.expected);
  const auto also = [&](std::uint32_t n, std::string_view what) {
    if (n > 0) text += " " + std::to_string(n) + " " + std::string(what);
  };
  also(rollup.threshold, "threshold");
  also(rollup.withheld, "withheld");
  also(rollup.not_applicable, "n/a");
  also(rollup.missing, "missing");
  return text;
}

}   // namespace gangmu::fact::tiny
