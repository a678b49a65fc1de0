// SPDX-License-Identifier: Apache-2.0
#include "app/records/record_numbers.hpp"

#include <cstdlib>

namespace gangmu::app {

/// Entries stand in order of time, so the last record tells how far the series of this year has come.
Result<std::int64_t> RecordNumbers::count_so_far(PlaceId home, std::int64_t last) const {
  const std::string series = kind_.numbering()->series(tx_.at().date());
  std::string no;
  if (last > 0) {
    TRY_ASSIGN(const auto before, store::records::document(tx_.database(), {home, kind_.id(), last}, tx_.seq()));
    no = before ? (*before)["no"].string_or("") : "";
  }
  if (no.starts_with(series)) return std::atoll(no.c_str() + series.size());
  // The first of its year, or the numbers were written otherwise meanwhile.
  return store::records::last_in_series(tx_.database(), home, kind_.id(), series);
}

Result<RecordNumbers::Given> RecordNumbers::next(PlaceId home) {
  auto known = last_.find(home);
  if (known == last_.end()) {
    Last last;
    TRY_ASSIGN(last.number, store::records::last_number(tx_.database(), home, kind_.id()));
    if (kind_.numbering()) { TRY_ASSIGN(last.count, count_so_far(home, last.number)); }
    known = last_.emplace(home, last).first;
  }
  Last& last = known->second;
  Given out{{home, kind_.id(), ++last.number}, {}};
  if (kind_.numbering()) out.no = kind_.numbering()->shown(tx_.at().date(), ++last.count);
  return out;
}

}   // namespace gangmu::app
