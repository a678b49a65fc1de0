// SPDX-License-Identifier: Apache-2.0
#include "record/clocks.hpp"

namespace gangmu::record {
namespace {

/// The document after `standing` took the place of the record's.
Event moved(const Kind& kind, const Record& before, Record after, std::string step, const World& world) {
  Event out{.step = std::move(step)};
  after.next = {};
  if (const auto next = next_firing(kind, after, world)) after.next = next->at;
  Record old = before;
  old.seq = after.seq = {};
  out.patch = difference(document_of(kind, old), document_of(kind, after));
  return out;
}

Result<Record> after_event(const Kind& kind, const Record& before, const Event& event) {
  Record bare = before;
  bare.seq = {};
  return record_of(kind, before.id, applied(document_of(kind, bare), event));
}

}   // namespace

std::optional<flow::Firing> next_firing(const Kind& kind, const Record& record, const World& world) {
  if (!kind.flow()) return std::nullopt;
  const auto all = flow::firings(*kind.flow(), record.standing, {world.calendar, {}});
  return all.empty() ? std::nullopt : std::optional(all.front());
}

Result<Event> fire(const Kind& kind, const Record& before, const flow::Firing& firing, const World& world,
                   const Rules& rules) {
  const flow::ClockRule& clock = kind.flow()->clocks()[firing.clock];
  const flow::Rung& rung = clock.ladder[static_cast<std::size_t>(firing.rung)];
  std::vector<Contribution> tallies, beside;
  Record after = before;
  std::string refused;
  if (rung.fire != flow::none) {
    auto taken = decide(kind, &before, before.id, {.step = kind.flow()->steps()[rung.fire].id}, world, rules);
    if (taken) {
      TRY_ASSIGN(after, after_event(kind, before, *taken));
      tallies = std::move(taken->tallies);
      beside = std::move(taken->beside);
    } else {
      refused = taken.error().text(Language::zh);
    }
  }
  const bool stepped = rung.fire != flow::none && refused.empty();
  after.standing = flow::fired(after.standing, firing);
  Event told = moved(kind, before, std::move(after), stepped ? kind.flow()->steps()[rung.fire].id : "clock", world);
  told.tallies = std::move(tallies);
  told.beside = std::move(beside);
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
  return moved(kind, before, std::move(after), "calendar", world);
}

}   // namespace gangmu::record
