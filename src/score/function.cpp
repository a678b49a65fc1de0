// SPDX-License-Identifier: Apache-2.0
#include "score/function.hpp"

#include <algorithm>

namespace gangmu::score {

Period Base::of(Period assessed) const {
  switch (kind) {
    case BaseKind::last_year: return Period::of_year(assessed.year() - 1);
    case BaseKind::same_period_last_year: return assessed.year_before();
    case BaseKind::previous: return assessed.previous();
    case BaseKind::fixed: return period;
    case BaseKind::years_ago: {
      Period out = assessed;
      for (int i = 0; i < years; ++i) out = out.year_before();
      return out;
    }
  }
  return period;
}

std::string Base::text() const {
  switch (kind) {
    case BaseKind::last_year: return "last_year";
    case BaseKind::same_period_last_year: return "same_period_last_year";
    case BaseKind::previous: return "previous";
    case BaseKind::fixed: return period.text();
    case BaseKind::years_ago: return std::to_string(years) + "_years_ago";
  }
  return {};
}

std::string_view column_use_name(ColumnUse use) {
  static constexpr std::string_view names[] = {"value",  "base", "target", "peer", "review",
                                               "sample", "due",  "done",   "late"};
  return names[static_cast<std::size_t>(use)];
}

bool Function::compares_in_class() const {
  if (pool == Pool::cls) return true;
  return std::any_of(parts.begin(), parts.end(), [](const Function& part) { return part.compares_in_class(); });
}

Function Function::without_class_comparison(const Function& fallback) const {
  Function out = pool == Pool::cls ? fallback : *this;
  out.weight = weight;
  for (auto& part : out.parts) part = part.without_class_comparison(fallback);
  return out;
}

}   // namespace gangmu::score
