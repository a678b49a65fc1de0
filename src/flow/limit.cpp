// SPDX-License-Identifier: Apache-2.0
#include "flow/limit.hpp"

#include <algorithm>
#include <array>

#include "flow/errors.hpp"

namespace gangmu::flow {
namespace {

constexpr auto unit_names = std::to_array<std::string_view>({"d", "wd", "h", "wh", "min"});

}   // namespace

std::optional<TimeUnit> time_unit(std::string_view text) {
  const auto found = std::find(unit_names.begin(), unit_names.end(), text);
  if (found == unit_names.end()) return std::nullopt;
  return static_cast<TimeUnit>(found - unit_names.begin());
}

std::string_view text_of(TimeUnit unit) { return unit_names[static_cast<std::size_t>(unit)]; }

std::string Span::text() const { return std::to_string(n) + std::string(text_of(unit)); }

Result<Limits> Limits::of(std::vector<LimitRow> rows) {
  std::stable_sort(rows.begin(), rows.end(), [](const LimitRow& a, const LimitRow& b) {
    return std::tie(a.id, a.from) < std::tie(b.id, b.from);
  });
  Diagnostics faults;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const LimitRow& before = rows[i - 1];
    const bool overlaps = before.id == rows[i].id && (!before.to || rows[i].from <= *before.to);
    if (overlaps) faults.push_back({&errors::limit_overlaps, {rows[i].id, rows[i].from.text()}, rows[i].where});
  }
  if (!faults.empty()) return gangmu::fail(std::move(faults));
  Limits out;
  out.rows_ = std::move(rows);
  return out;
}

bool Limits::knows(std::string_view id) const {
  return std::any_of(rows_.begin(), rows_.end(), [&](const LimitRow& row) { return row.id == id; });
}

const LimitRow* Limits::valid(std::string_view id, Date on) const {
  const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const LimitRow& row) {
    return row.id == id && row.from <= on && (!row.to || on <= *row.to);
  });
  return found == rows_.end() ? nullptr : &*found;
}

std::vector<std::string> Limits::ids() const {
  std::vector<std::string> out;
  for (const LimitRow& row : rows_)
    if (out.empty() || out.back() != row.id) out.push_back(row.id);
  return out;
}

}   // namespace gangmu::flow
