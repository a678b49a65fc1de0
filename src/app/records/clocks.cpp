// SPDX-License-Identifier: Apache-2.0
#include "app/records/clocks.hpp"

#include <algorithm>
#include <set>

#include "app/errors.hpp"
#include "app/records/desk.hpp"
#include "record/clocks.hpp"
#include "store/definitions.hpp"

namespace gangmu::app {
namespace {

constexpr std::string_view clock_actor = "clock";

std::vector<record::Waiting> waiting_in(const store::View& view, Instant now, std::size_t most,
                                        const std::set<record::RecordId>& but) {
  std::vector<record::Waiting> out;
  for (const auto& [kind, columns] : view.records.kinds) {
    if (!opened(view, kind)) continue;
    const auto some = record::waiting(*columns, now, most + but.size());
    out.insert(out.end(), some.begin(), some.end());
  }
  std::erase_if(out, [&](const record::Waiting& one) { return but.contains(one.id); });
  std::ranges::stable_sort(out, {}, &record::Waiting::at);
  if (out.size() > most) out.resize(most);
  return out;
}

/// A rung of a clock of one record, as the View shows it.
struct Rung {
  std::string clock{};
  int run = 0, rung = 0;
  bool operator==(const Rung&) const = default;
};
Rung rung_of(const record::Kind& kind, const flow::Firing& firing) {
  return {kind.flow()->clocks()[firing.clock].id, firing.run, firing.rung + 1};
}

Status still_open(store::Tx& tx, const std::string& kind) {
  TRY_ASSIGN(const auto state, store::definitions::latest(tx, "register", kind));
  if (!state || state->retired) return fail(errors::unknown_register, {kind});
  return {};
}

/// One act of time on one record, decided on the writer.
struct Acting {
  const store::View& view;
  const record::Kind& kind;
  record::RecordId id;
  Instant now;
  std::shared_ptr<const Calendar> calendar;
  std::optional<Rung> rung;   ///< nothing: due moments anew, by the calendar as it is published now

  Result<Json> operator()(store::Tx& tx) const {
    TRY(still_open(tx, kind.id()));
    TRY_ASSIGN(const auto document, store::records::document(tx.database(), id, tx.seq()));
    if (!document) return fail(errors::unknown_record, {id.text()});
    TRY_ASSIGN(const record::Record before, record::record_of(kind, id, *document));
    RecordTables tables(tx.database(), view, tx.seq());
    const record::Actor nobody{};
    record::World world{now, *view.records.catalogue, *calendar, nobody, tables, {}};
    record::Event event;
    if (rung) {
      const auto firing = record::next_firing(kind, before, world);
      if (!firing || firing->at > now || rung_of(kind, *firing) != *rung)
        return fail(errors::nothing_changed);   // someone acted meanwhile
      world.now = firing->at;
      TRY_ASSIGN(event, record::fire(kind, before, *firing, world));
    } else {
      TRY_ASSIGN(event, record::refresh(kind, before, world));
      if (event.empty()) return fail(errors::nothing_changed);
    }
    TRY(tables.status());
    tx.uses("kind", kind.id(), kind.version());
    TRY(store::records::append(tx, id, std::move(event)));
    return Json(Json::Object{});
  }
};

std::optional<Rung> next_rung(store::Store& store, const store::View& view, const record::Kind& kind,
                              const record::RecordId& id, const Calendar& calendar) {
  auto out = store.read([&](store::Database& database) -> Result<std::optional<Rung>> {
    RecordTables tables(database, view, view.seq);
    const record::Record* record = tables.referred(id);
    TRY(tables.status());
    const record::Actor nobody{};
    if (!record) return std::optional<Rung>();
    const auto firing = record::next_firing(kind, *record, {{}, *view.records.catalogue, calendar, nobody, tables, {}});
    return firing ? std::optional(rung_of(kind, *firing)) : std::nullopt;
  });
  return out ? *std::move(out) : std::nullopt;
}

Result<store::Answer> act(store::Store& store, std::string key, Acting acting) {
  Json command;
  command.set("record", acting.id.text());
  const PlaceId home = acting.id.home;
  return store.write({.home = home,
                      .actor = std::string(clock_actor),
                      .act = "record_clock",
                      .request_key = std::move(key),
                      .command = std::move(command),
                      .run = std::move(acting)});
}

/// Where a calendar year was published after a record's last event, its open clocks learn their moments.
std::size_t tell_moments(store::Store& store, Instant now) {
  const auto view = store.view();
  const auto* programme = programme_of(*view);
  const std::string id = programme ? programme->body["calendar"].string_or("") : "";
  const auto* published = id.empty() ? nullptr : view->definitions->latest("calendar", id);
  if (!published || !view->records.catalogue) return 0;
  const auto calendar = calendar_of(*view);
  std::size_t done = 0;
  for (const auto& [kind, columns] : view->records.kinds) {
    if (!opened(*view, kind)) continue;
    for (const record::RecordId& one : record::unsure(*columns, published->seq)) {
      const std::string key = "calendar " + one.text() + " " + std::to_string(published->version);
      done += act(store, key, {*view, columns->kind(), one, now, calendar, {}}).has_value() ? 1 : 0;
    }
  }
  return done;
}

}   // namespace

Result<std::size_t> run_clocks(store::Store& store, Instant now, std::size_t most) {
  if (!store.writes()) return std::size_t{0};
  std::size_t done = tell_moments(store, now);
  std::set<record::RecordId> stuck;   // left for the next look, so that they stop nobody behind them
  std::optional<Error> fault;
  for (bool moved = true; moved && done < most;) {
    moved = false;
    const auto view = store.view();
    if (!view->records.catalogue) break;
    const auto calendar = calendar_of(*view);
    for (const record::Waiting& one : waiting_in(*view, now, most, stuck)) {
      const record::Kind& kind = *view->records.catalogue->find(one.id.kind);
      const auto rung = next_rung(store, *view, kind, one.id, *calendar);
      const std::string key = rung ? "clock " + one.id.text() + " " + rung->clock + " " + std::to_string(rung->run) +
                                         " " + std::to_string(rung->rung)
                                   : std::string();
      const auto answer = rung ? act(store, key, {*view, kind, one.id, now, calendar, rung})
                               : Result<store::Answer>(fail(errors::nothing_changed));
      if (answer && !answer->replayed) {
        moved = true;
        ++done;
        continue;
      }
      stuck.insert(one.id);
      if (!answer && !answer.error().is(errors::nothing_changed) && !fault) fault = answer.error();
    }
  }
  if (done == 0 && fault) return fail(*fault);
  return done;
}

void run_clocks(Service& service) {
  for (const std::string& programme : service.programmes())
    if (const auto store = service.store(programme); store && (*store)->writes())
      (void)run_clocks(**store, service.system().clock.now(), service.limits().record_clocks_at_once);
}

}   // namespace gangmu::app
