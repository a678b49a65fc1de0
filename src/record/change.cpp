// SPDX-License-Identifier: Apache-2.0
#include "record/change.hpp"

#include "record/clocks.hpp"
#include "record/tally.hpp"

namespace gangmu::record {
namespace {

std::string clock_name(const Kind& kind, flow::ClockIndex index) { return kind.flow()->clocks()[index].id; }

}   // namespace

void mark_late(const Kind& kind, const flow::Standing& before, Record& after, Instant now) {
  for (const auto& [index, clock] : before.clocks)
    if (clock.run == 1 && clock.due && now >= *clock.due)
      after.marks.try_emplace("late:" + clock_name(kind, index), now.date());
}

void mark_due(const Kind& kind, Record& after) {
  for (const auto& [index, clock] : after.standing.clocks) {
    if (clock.run != 1 || after.marks.contains("late:" + clock_name(kind, index))) continue;
    if (clock.due)
      after.marks["due:" + clock_name(kind, index)] = Instant{clock.due->micros - 1}.date();
    else
      after.marks.erase("due:" + clock_name(kind, index));
  }
}

Result<Event> event_between(const Kind& kind, const Record* before, Record after, const World& world) {
  Event out;
  TRY_ASSIGN(const Contributions now, contributions(kind, after, world));
  Contributions then;
  if (before) { TRY_ASSIGN(then, contributions(kind, *before, world)); }
  out.tallies = changes(then.all, now.all);
  out.beside = changes(then.beside, now.beside);
  after.next = {};
  if (const auto next = next_firing(kind, after, world)) after.next = next->at;
  after.seq = {};
  Json old{Json::Object{}};
  if (before) {
    Record plain = *before;
    plain.seq = {};
    old = document_of(kind, plain);
  }
  out.patch = difference(old, document_of(kind, after));
  return out;
}

}   // namespace gangmu::record
