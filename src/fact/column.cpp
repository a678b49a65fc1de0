// SPDX-License-Identifier: Apache-2.0
#include "fact/column.hpp"

#include <algorithm>

#include "fact/errors.hpp"

namespace gangmu::fact {

const Column* Series::find(const Period& period) const {
  const auto at = std::lower_bound(periods.begin(), periods.end(), period);
  if (at == periods.end() || !(*at == period)) return nullptr;
  return &columns[static_cast<std::size_t>(at - periods.begin())];
}

Result<std::shared_ptr<const Catalogue>> Catalogue::of(std::vector<Indicator> indicators) {
  auto catalogue = std::make_shared<Catalogue>();
  catalogue->indicators_ = std::move(indicators);
  const auto n = static_cast<IndicatorIndex>(catalogue->indicators_.size());
  Diagnostics faults;
  for (IndicatorIndex i = 0; i < n; ++i) {
    const auto& code = catalogue->indicators_[i].code;
    if (!catalogue->by_code_.emplace(code, i).second)
      faults.push_back({&errors::duplicate_indicator, {code.value}, {}});
  }
  if (!faults.empty()) return fail(std::move(faults));
  catalogue->dependents_.resize(n);
  for (IndicatorIndex i = 0; i < n; ++i) {
    const Parts& parts = catalogue->parts_.emplace_back(catalogue->parts_of(i));
    if (!parts.usable) continue;
    catalogue->dependents_[parts.numerator].push_back(i);
    if (parts.denominator != parts.numerator) catalogue->dependents_[parts.denominator].push_back(i);
  }
  return catalogue;
}

IndicatorIndex Catalogue::find(const IndicatorCode& code) const {
  const auto found = by_code_.find(code);
  return found == by_code_.end() ? no_indicator : found->second;
}

Parts Catalogue::parts_of(IndicatorIndex i) const {
  const Indicator& indicator = indicators_[i];
  const bool is_weighted = indicator.aggregation == Aggregation::weighted;
  if (!is_weighted && indicator.aggregation != Aggregation::ratio) return {};
  Parts parts{.numerator = is_weighted ? i : find(indicator.numerator), .denominator = find(indicator.denominator)};
  if (parts.numerator == no_indicator || parts.denominator == no_indicator) return parts;
  const Indicator& a = indicators_[parts.numerator];
  const Indicator& b = indicators_[parts.denominator];
  const auto exact = [](const Indicator& part) {
    return part.aggregation != Aggregation::ratio && part.aggregation != Aggregation::weighted &&
           part.aggregation != Aggregation::mean;
  };
  const bool same_level = a.entry_level == b.entry_level;
  parts.level = a.entry_level;
  parts.paired = is_weighted ? exact(b) && same_level
                             : a.aggregation == Aggregation::sum && b.aggregation == Aggregation::sum && same_level;
  parts.usable = is_weighted ? parts.paired : exact(a) && exact(b);
  return parts;
}

}   // namespace gangmu::fact
