// SPDX-License-Identifier: Apache-2.0
#include "plan/due_series.hpp"

#include <algorithm>
#include <utility>

namespace gangmu::plan {

namespace {

bool possible(const Moment& m) {
  const int most = m.kind == DueKind::quarter ? 4 : m.kind == DueKind::half ? 2 : 12;
  return m.kind == DueKind::year || (m.part >= 1 && m.part <= most && (m.kind != DueKind::date || m.day >= 1));
}

/// What a bare number beside this time counts: days, months, quarters; `year` and `unread` say nothing.
DueKind unit_beside(const Moment& m, bool behind) {
  if (m.kind == DueKind::date) return behind && m.part != 0 ? DueKind::month : DueKind::date;
  return m.kind == DueKind::half ? DueKind::unread : m.kind;
}

/// "1-6月", "2023.4、8、11", "6月1、15日": a bare number counts what its neighbours do. False when they disagree.
bool name_bare_numbers(std::vector<Moment>& moments) {
  for (std::size_t i = 0; i < moments.size(); ++i) {
    Moment& m = moments[i];
    if (m.kind != DueKind::unread) continue;
    const auto next = std::find_if(moments.begin() + static_cast<std::ptrdiff_t>(i), moments.end(),
                                   [](const Moment& other) { return other.kind != DueKind::unread; });
    DueKind unit = i == 0 || m.named == YearNamed::yes ? DueKind::unread : unit_beside(moments[i - 1], false);
    if (unit == DueKind::year) unit = DueKind::unread;
    if (next != moments.end()) {
      const DueKind after = unit_beside(*next, true);
      if (unit != DueKind::unread && after != unit) return false;
      unit = after;
    }
    if (unit == DueKind::unread || unit == DueKind::year) return false;
    m.kind = unit;
    if (unit == DueKind::date) m.day = std::exchange(m.part, 0);
  }
  return true;
}

/// A year alone counts only where it can be no span and no number: "2023-2025", "2023-24年".
bool years_stand(const std::vector<Moment>& moments) {
  for (std::size_t i = 0; i < moments.size(); ++i) {
    const Moment& m = moments[i];
    const bool tied = m.link == Link::range || m.link == Link::hyphen;
    const bool tied_next =
        i + 1 < moments.size() && (moments[i + 1].link == Link::range || moments[i + 1].link == Link::hyphen);
    if (m.bare_year && !tied && !tied_next) return false;
    if (m.short_year && !(tied && moments[i - 1].kind == DueKind::year)) return false;
    if (m.doubtful && moments.size() == 1) return false;
  }
  return true;
}

/// Puts one time behind another: a range runs forward, into the next year where it must; a list may not run backward.
bool place_behind(const Placed& before, Placed& now) {
  const bool range = now.moment.link == Link::range || now.moment.link == Link::hyphen;
  if (now.moment.kind == DueKind::date && now.moment.part == 0) now.moment.part = before.moment.part;
  if (!possible(now.moment)) return false;
  if (now.floating != before.floating) return true;   // nothing to compare
  if (!range) return now.last() >= before.last();
  const bool may_roll = now.moment.named == YearNamed::no && now.moment.part != before.moment.part;
  if (now.last() < before.first() && may_roll) ++now.year;
  const bool of_year = before.moment.kind == DueKind::year && now.moment.link == Link::hyphen;   // 2023年-6月
  return now.last() >= (of_year ? before.first() : before.last());
}

}   // namespace

std::optional<Placed> last_placed(std::vector<Moment> moments, std::optional<int> context) {
  if (moments.empty() || moments.back().starts || !name_bare_numbers(moments) || !years_stand(moments))
    return std::nullopt;
  Placed before;
  for (std::size_t i = 0; i < moments.size(); ++i) {
    Placed now{moments[i], 0, false};
    const Moment& m = now.moment;
    const int base = i > 0 ? before.year : context.value_or(0);
    now.floating = m.named != YearNamed::yes && (i > 0 ? before.floating : !context);
    now.year = m.named == YearNamed::yes ? m.year : base + (m.named == YearNamed::offset ? m.year : 0);
    if (i == 0 ? !possible(m) : !place_behind(before, now)) return std::nullopt;
    before = now;
  }
  return before;
}

}   // namespace gangmu::plan
