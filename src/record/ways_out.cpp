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

Result<Event> into(const Kind& kind, const Record& before, flow::StateIndex to, std::string_view step,
                   std::string reason, const World& world) {
  Record after = before;
  mark_late(kind, before.standing, after, world.now);
  const flow::Timing timing{world.calendar, {}};
  after.standing.state = to;   // formulas see it where it comes to
  TRY_ASSIGN(after.standing,
             flow::moved(*kind.flow(), before.standing, to,
                         {world.now, timing, world.catalogue.limits(), RecordValues(kind, after, world)}));
  after.version = kind.version();
  mark_due(kind, after);
  if (Diagnostics faults = compute(kind, after, world); !faults.empty()) return fail(std::move(faults));
  return told(kind, before, std::move(after), step, std::move(reason), world);
}

Result<Event> stands_again(const Kind& kind, const Record& before, std::string_view step, std::string reason,
                           const World& world) {
  Record after = before;
  after.voided.reset();
  after.into.reset();
  TRY(resume(kind, after, *before.voided, world));
  if (Diagnostics faults = compute(kind, after, world); !faults.empty()) return fail(std::move(faults));
  return told(kind, before, std::move(after), step, std::move(reason), world);
}

bool closed(const Kind& kind, flow::StateIndex state) {
  return kind.flow()->states()[state].kind == flow::StateKind::final;
}

}   // namespace

Result<Event> moved(const Kind& kind, const Record& before, std::string_view to, std::string reason,
                    const World& world) {
  if (before.voided) return fail(errors::is_void);
  const flow::StateIndex state = kind.flow() ? kind.flow()->state(to) : flow::none;
  if (state == flow::none || state == before.standing.state || closed(kind, before.standing.state))
    return fail(errors::state_wrong, {std::string(to)});
  return into(kind, before, state, step_move, std::move(reason), world);
}

Result<Event> reopened(const Kind& kind, const Record& before, std::string_view to, std::string reason,
                       const World& world) {
  if (before.voided) return fail(errors::is_void);
  const flow::StateIndex state = kind.flow() ? kind.flow()->state(to) : flow::none;
  if (state == flow::none || !closed(kind, before.standing.state) || closed(kind, state))
    return fail(errors::state_wrong, {std::string(to)});
  return into(kind, before, state, step_reopen, std::move(reason), world);
}

Event nudged(const Kind& kind, const Record& before, Nudge nudge) {
  Event out{.step = std::string(step_nudge), .reason = nudge.words};
  Record after = before;
  after.nudge = std::move(nudge);
  out.patch = difference(document_of(kind, before), document_of(kind, after));
  return out;
}

Result<Event> voided(const Kind& kind, const Record& before, std::string reason, const World& world) {
  if (before.voided) return fail(errors::is_void);
  Record after = before;
  after.voided = world.now;
  return told(kind, before, std::move(after), step_void, std::move(reason), world);
}

Result<Event> restored(const Kind& kind, const Record& before, std::string reason, const World& world) {
  if (!before.voided || before.into) return fail(errors::is_not_void);
  return stands_again(kind, before, step_restore, std::move(reason), world);
}

Result<Event> led_on(const Kind& kind, const Record& before, const RecordId& into, std::string reason,
                     const World& world) {
  if (before.voided) return fail(errors::is_void);
  Record after = before;
  after.voided = world.now;
  after.into = into;
  return told(kind, before, std::move(after), step_lead_on, std::move(reason), world);
}

Result<Event> come_back(const Kind& kind, const Record& before, std::string reason, const World& world) {
  if (!before.into) return fail(errors::is_not_merged);
  TRY_ASSIGN(Event out, stands_again(kind, before, step_come_back, std::move(reason), world));
  out.other = *before.into;
  return out;
}

}   // namespace gangmu::record
