// SPDX-License-Identifier: Apache-2.0
#include "record/clocks.hpp"

#include "record/change.hpp"
#include "record/ways_out.hpp"

namespace gangmu::record {
namespace {

Result<Record> after_event(const Kind& kind, const Record& before, const Event& event) {
  Record bare = before;
  bare.seq = {};
  return record_of(kind, before.id, applied(document_of(kind, bare), event));
}

}   // namespace

std::optional<flow::Firing> next_firing(const Kind& kind, const Record& record, const World& world) {
  if (!kind.flow() || record.voided) return std::nullopt;
  const auto all = flow::firings(*kind.flow(), record.standing, {world.calendar, {}});
  return all.empty() ? std::nullopt : std::optional(all.front());
}

Result<Event> fire(const Kind& kind, const Record& before, const flow::Firing& firing, const World& world,
                   const Rules& rules) {
  const flow::ClockRule& clock = kind.flow()->clocks()[firing.clock];
  const flow::Rung& rung = clock.ladder[static_cast<std::size_t>(firing.rung)];
  Record after = before;
  std::string refused;
  if (rung.fire != flow::none || rung.raise) {
    const std::string step = rung.raise ? std::string(step_raise) : kind.flow()->steps()[rung.fire].id;
    auto taken = decide(kind, &before, before.id, {.step = step}, world, rules);
    if (taken) {
      TRY_ASSIGN(after, after_event(kind, before, *taken));
    } else {
      refused = taken.error().text(Language::zh);
    }
  }
  const bool stepped = rung.fire != flow::none && refused.empty();
  after.standing = flow::fired(after.standing, firing);
  TRY_ASSIGN(Event told, event_between(kind, &before, std::move(after), world));
  told.step = stepped ? kind.flow()->steps()[rung.fire].id : "clock";
  told.reason = refused;
  Json notice;
  notice.set("clock", clock.id);
  notice.set("rung", firing.rung + 1);
  notice.set("run", firing.run);
  if (!rung.notify.empty()) notice.set("to", rung.notify);
  if (rung.raise) notice.set("to", "up");
  told.notice = std::move(notice);
  return told;
}

Result<Event> refresh(const Kind& kind, const Record& before, const World& world) {
  Record after = before;
  after.standing = flow::refreshed(after.standing, {world.calendar, {}});
  mark_due(kind, after);
  TRY_ASSIGN(Event out, event_between(kind, &before, std::move(after), world));
  out.step = "calendar";
  return out;
}

}   // namespace gangmu::record
