// SPDX-License-Identifier: Apache-2.0
#include "score/columns.hpp"

#include <algorithm>

namespace gangmu::score {

namespace {

std::uint32_t note(Scheme& scheme, Column column) {
  const std::uint32_t known = column_index(scheme, column);
  if (known != UINT32_MAX) return known;
  scheme.columns.push_back(std::move(column));
  return static_cast<std::uint32_t>(scheme.columns.size() - 1);
}

void note_function(Scheme& scheme, const IndicatorCode& indicator, const Function& f) {
  if (f.base) note(scheme, {indicator, ColumnUse::base, *f.base});
  if (f.of) note(scheme, {indicator, ColumnUse::base, *f.of});
  if (f.kind == FunctionKind::target && !f.target) note(scheme, {indicator, ColumnUse::target, {}});
  if (f.kind == FunctionKind::relative && f.to == RelativeTo::peer) note(scheme, {indicator, ColumnUse::peer, {}});
  for (const auto& part : f.parts) note_function(scheme, indicator, part);
}

void note_source(Scheme& scheme, const IndicatorCode& indicator, const Preparation& preparation) {
  for (int r = 1; r <= preparation.panel.reviewers; ++r) note(scheme, {indicator, ColumnUse::review, {}, r});
  if (preparation.sample_least > 0) note(scheme, {indicator, ColumnUse::sample, {}});
  if (!preparation.tasks_late) return;
  for (const ColumnUse use : {ColumnUse::due, ColumnUse::done, ColumnUse::late}) note(scheme, {indicator, use, {}});
}

}   // namespace

std::uint32_t column_index(const Scheme& scheme, const Column& column) {
  const auto found = std::find(scheme.columns.begin(), scheme.columns.end(), column);
  return found == scheme.columns.end() ? UINT32_MAX : static_cast<std::uint32_t>(found - scheme.columns.begin());
}

void collect_columns(Scheme& scheme) {
  scheme.columns.clear();
  for (const auto& leaf : scheme.leaves) {
    note(scheme, {leaf.indicator, ColumnUse::value, {}});
    note_source(scheme, leaf.indicator, leaf.preparation);
    const Imputation& imputation = leaf.preparation.imputation;
    for (int years = 1; years <= imputation.max_age; ++years)
      note(scheme, {leaf.indicator, ColumnUse::base, Base::years_ago(years)});
    if (imputation.on) note(scheme, {imputation.on, ColumnUse::value, {}});
    note_function(scheme, leaf.indicator, leaf.function);
    bool compares = leaf.function.compares_in_class();
    for (const auto& [id, f] : leaf.by_class) {
      note_function(scheme, leaf.indicator, f);
      compares = compares || f.compares_in_class();
    }
    if (compares && scheme.peer_fallback) note_function(scheme, leaf.indicator, *scheme.peer_fallback);
  }
  for (auto& line : scheme.red_lines) {
    if (line.confirmed_only) continue;
    line.value_column = note(scheme, {line.indicator, ColumnUse::value, {}});
    if (line.of_target) line.target_column = note(scheme, {line.indicator, ColumnUse::target, {}});
  }
}

}   // namespace gangmu::score
