// SPDX-License-Identifier: Apache-2.0
// Records that wait for a reader: a clock runs, and a step that stops it is theirs; or a rung of a clock that still
// runs told them. Made from records as they stand, by columns alone; guards of steps are asked when a record is read.
#pragma once

#include <functional>

#include "app/records/desk.hpp"

namespace gangmu::app {

struct WaitingRecord {
  std::int64_t due = 0;   ///< microseconds; record::never_due: its clock stands still or can't be told yet
  record::RecordId id{};
  bool step = false;        ///< a step is theirs
  std::uint32_t told = 0;   ///< bits of record::telling_rungs that told them
};

/// In no order but that of homes and numbers.
void waiting_for(const Desk& desk, const record::Columns& columns, const std::function<void(WaitingRecord)>& visit);

}   // namespace gangmu::app
