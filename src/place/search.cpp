// SPDX-License-Identifier: Apache-2.0
// Search in the names of places: one pass over the tree, comparing without making strings.
#include <algorithm>
#include <tuple>

#include "base/text.hpp"
#include "place/tree.hpp"

namespace gangmu::place {

namespace {

enum class Fit : std::uint8_t { exact, prefix, inside, none };

bool skipped(char c) { return c == ' ' || c == '\'' || c == '-' || c == '.'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// How `query` (already folded) stands in `name`, where case, spaces and apostrophes do not count.
Fit latin_fit(std::string_view name, std::string_view query) {
  Fit best = Fit::none;
  bool at_start = true;
  for (std::size_t from = 0; from < name.size() && best == Fit::none; ++from) {
    if (skipped(name[from])) continue;
    std::size_t i = from;
    std::size_t q = 0;
    for (; i < name.size() && q < query.size(); ++i) {
      if (skipped(name[i])) continue;
      if (lower(name[i]) != query[q]) break;
      ++q;
    }
    while (i < name.size() && skipped(name[i])) ++i;
    if (q == query.size()) best = !at_start ? Fit::inside : i == name.size() ? Fit::exact : Fit::prefix;
    at_start = false;
  }
  return best;
}

Fit plain_fit(std::string_view name, std::string_view query) {
  const auto at = name.find(query);
  if (at == std::string_view::npos) return Fit::none;
  if (at > 0) return Fit::inside;
  return name.size() == query.size() ? Fit::exact : Fit::prefix;
}

std::string folded(std::string_view query) {
  std::string kept;
  for (const char c : text::lower_ascii(text::trim(text::narrow(query)))) {
    if (!skipped(c)) kept.push_back(c);
  }
  return kept;
}

bool digits_only(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Fit fit_of(const Place& place, std::string_view query, bool code) {
  if (code && place.code.starts_with(query)) return place.code.size() == query.size() ? Fit::exact : Fit::prefix;
  const Fit initials = plain_fit(place.initials, query);
  return std::min({plain_fit(place.name_zh, query), latin_fit(place.pinyin, query),
                   initials == Fit::inside ? Fit::none : initials});
}

}   // namespace

std::vector<NodeIndex> Tree::search(std::string_view query, std::size_t limit) const {
  const std::string wanted = folded(query);
  if (wanted.empty()) return {};
  const bool code = digits_only(wanted);
  std::vector<std::tuple<Fit, Level, NodeIndex>> hits;
  for (NodeIndex node = 0; node < places_.size(); ++node) {
    const Fit fit = fit_of(places_[node], wanted, code);
    if (fit != Fit::none) hits.emplace_back(fit, places_[node].level, node);
  }
  const std::size_t kept = std::min(limit, hits.size());
  std::partial_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(kept), hits.end());
  std::vector<NodeIndex> found;
  for (std::size_t i = 0; i < kept; ++i) found.push_back(std::get<NodeIndex>(hits[i]));
  return found;
}

}   // namespace gangmu::place
