// SPDX-License-Identifier: Apache-2.0
#include "record/ways_out.hpp"

#include "record/change.hpp"
#include "record/compute.hpp"
#include "record/errors.hpp"

namespace gangmu::record {
namespace {

Result<Event> told(const Kind& kind, const Record& before, Record after, std::string_view step, std::string reason,
                   const World& world) {
  TRY_ASSIGN(Event out, event_between(kind, &before, std::move(after), world));
  out.step = step;
  out.reason = std::move(reason);
  return out;
}

/// Clocks ran until the record became void, and go on now.
Status resume(const Kind& kind, Record& after, Instant voided, const World& world) {
  if (!kind.flow()) return {};
  const flow::Timing timing{world.calendar, {}};
  mark_late(kind, after.standing, after, voided);
  for (auto& [index, clock] : after.standing.clocks) clock = flow::paused(clock, voided, timing);
  const RecordValues values(kind, after, world);
  TRY_ASSIGN(after.standing,
             flow::edited(*kind.flow(), after.standing, {world.now, timing, world.catalogue.limits(), values}));
  mark_due(kind, after);
  return {};
}

}   // namespace

Result<Event> voided(const Kind& kind, const Record& before, std::string reason, const World& world) {
  if (before.voided) return fail(errors::is_void);
  Record after = before;
  after.voided = world.now;
  return told(kind, before, std::move(after), step_void, std::move(reason), world);
}

Result<Event> restored(const Kind& kind, const Record& before, std::string reason, const World& world) {
  if (!before.voided) return fail(errors::is_not_void);
  Record after = before;
  after.voided.reset();
  TRY(resume(kind, after, *before.voided, world));
  if (Diagnostics faults = compute(kind, after, world); !faults.empty()) return fail(std::move(faults));
  return told(kind, before, std::move(after), step_restore, std::move(reason), world);
}

}   // namespace gangmu::record
