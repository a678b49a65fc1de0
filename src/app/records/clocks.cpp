// SPDX-License-Identifier: Apache-2.0
#include "app/records/clocks.hpp"

#include <algorithm>

#include "app/errors.hpp"
#include "app/records/desk.hpp"
#include "record/clocks.hpp"

namespace gangmu::app {
namespace {

constexpr std::string_view clock_actor = "clock";
constexpr std::size_t at_once = 500;

std::vector<record::Waiting> waiting_in(const store::View& view, Instant now, std::size_t most) {
  std::vector<record::Waiting> out;
  for (const auto& [kind, columns] : view.records.kinds) {
    if (!opened(view, kind)) continue;
    const auto some = record::waiting(*columns, now, most);
    out.insert(out.end(), some.begin(), some.end());
  }
  std::ranges::stable_sort(out, {}, &record::Waiting::at);
  if (out.size() > most) out.resize(most);
  return out;
}

struct Firing {
  const store::View& view;
  const record::Kind& kind;
  record::RecordId id;
  Instant now;
  std::shared_ptr<const Calendar> calendar;

  Result<Json> operator()(store::Tx& tx) const {
    TRY_ASSIGN(const auto document, store::records::document(tx.database(), id, tx.seq()));
    if (!document) return fail(errors::unknown_record, {id.text()});
    TRY_ASSIGN(const record::Record before, record::record_of(kind, id, *document));
    RecordTables tables(tx.database(), view, tx.seq());
    const record::Actor nobody{};
    record::World world{now, *view.records.catalogue, *calendar, nobody, tables, {}};
    const auto firing = record::next_firing(kind, before, world);
    if (!firing || firing->at > now) return fail(errors::nothing_changed);   // someone acted meanwhile
    world.now = firing->at;
    TRY_ASSIGN(record::Event event, record::fire(kind, before, *firing, world));
    TRY(tables.status());
    tx.uses("kind", kind.id(), kind.version());
    TRY(store::records::append(tx, id, std::move(event)));
    return Json(Json::Object{});
  }
};

/// Names the rung as it stands in the View: fired by another meanwhile, the key is known and nothing happens again.
std::string request_key(store::Store& store, const store::View& view, const record::Kind& kind,
                        const record::RecordId& id, const Calendar& calendar) {
  const auto key = store.read([&](store::Database& database) -> Result<std::string> {
    RecordTables tables(database, view, view.seq);
    const record::Record* record = tables.referred(id);
    TRY(tables.status());
    const record::Actor nobody{};
    if (!record) return std::string();
    const auto firing = record::next_firing(kind, *record, {{}, *view.records.catalogue, calendar, nobody, tables, {}});
    if (!firing) return std::string();
    return "clock " + id.text() + " " + kind.flow()->clocks()[firing->clock].id + " " + std::to_string(firing->run) +
           " " + std::to_string(firing->rung + 1);
  });
  return key ? *key : std::string();
}

}   // namespace

Result<std::size_t> run_clocks(store::Store& store, Instant now, std::size_t most) {
  std::size_t done = 0;
  std::optional<Error> fault;
  while (store.writes() && done < most) {
    const auto view = store.view();
    if (!view->records.catalogue) break;
    const auto calendar = calendar_of(*view);
    bool moved = false;
    for (const record::Waiting& one : waiting_in(*view, now, std::min(at_once, most - done))) {
      const record::Kind& kind = *view->records.catalogue->find(one.id.kind);
      Json command;
      command.set("record", one.id.text());
      const std::string key = request_key(store, *view, kind, one.id, *calendar);
      if (key.empty()) continue;
      const auto answer = store.write({.home = one.id.home,
                                       .actor = std::string(clock_actor),
                                       .act = "record_clock",
                                       .request_key = key,
                                       .command = std::move(command),
                                       .run = Firing{*view, kind, one.id, now, calendar}});
      if (answer) {
        moved |= !answer->replayed;
        done += answer->replayed ? 0 : 1;
      } else if (!answer.error().is(errors::nothing_changed) && !fault) {
        fault = answer.error();
      }
    }
    if (!moved) break;
  }
  if (done == 0 && fault) return fail(*fault);
  return done;
}

void run_clocks(Service& service) {
  for (const std::string& programme : service.programmes())
    if (const auto store = service.store(programme); store && (*store)->writes())
      (void)run_clocks(**store, service.system().clock.now(), at_once);
}

}   // namespace gangmu::app
