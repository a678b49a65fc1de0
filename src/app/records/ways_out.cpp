// SPDX-License-Identifier: Apache-2.0
// The ways out of a flow: acts of the office on one record, each with a reason (record/ways_out.hpp).
#include "record/ways_out.hpp"

#include <algorithm>
#include <array>

#include "app/errors.hpp"
#include "app/identity.hpp"
#include "app/records/act.hpp"
#include "app/records/registers.hpp"
#include "app/records/ways_out.hpp"
#include "app/unmask.hpp"
#include "record/errors.hpp"

namespace gangmu::app {
namespace {

constexpr auto all_ways = std::to_array<std::string_view>({"correct", "reopen", "move", "migrate", "void", "restore"});
constexpr std::size_t events_at_once = 50;

/// The state a closed record was closed from.
Result<std::string> open_before(store::Tx& tx, const record::Kind& kind, const record::RecordId& id) {
  for (Seq before{INT64_MAX};;) {
    TRY_ASSIGN(const auto events, store::records::events_before(tx.database(), id, tx.seq(), before, events_at_once));
    for (auto one = events.rbegin(); one != events.rend(); ++one) {
      const std::string state = one->body["s"].string_or("");
      const flow::StateIndex at = kind.flow()->state(state);
      if (at != flow::none && kind.flow()->states()[at].kind != flow::StateKind::final) return state;
    }
    if (events.size() < events_at_once) return std::string();
    before = events.front().seq;
  }
}

struct WayOutAct : Act {
  std::string way;

  Result<Json> operator()(store::Tx& tx, const record::RecordId& id) const {
    TRY_ASSIGN(const record::Record before, this->before(tx, id));
    const Hat* hat = desk.for_way_out(kind, before);
    if (!hat) return fail(errors::unknown_record, {id.text()});   // nor may they know of it
    if (before.into) return fail(errors::record_merged, {id.text(), before.into->text()});
    if (std::ranges::find(all_ways, way) == all_ways.end()) return fail(record::errors::step_unknown, {way});
    if (way != "correct" && wish.base && wish.base < before.seq)
      return fail(record::errors::changed_meanwhile, {kind.label(Language::zh)});
    RecordTables tables(tx.database(), *desk.picture().view, tx.seq());
    record::World world = desk.world(*hat, tables);
    world.now = tx.at();
    auto event = decided(tx, *hat, before, world);
    TRY(tables.status());
    if (!event) return fail(event.error());
    return done(tx, id, *std::move(event));
  }

 private:
  Result<record::Event> decided(store::Tx& tx, const Hat& hat, const record::Record& before,
                                const record::World& world) const {
    if (way == "void") return record::voided(kind, before, wish.reason, world);
    if (way == "restore") return record::restored(kind, before, wish.reason, world);
    if (way == "move") return record::moved(kind, before, wish.state, wish.reason, world);
    if (way == "reopen") {
      std::string state = wish.state;
      if (state.empty() && kind.flow()) { TRY_ASSIGN(state, open_before(tx, kind, before.id)); }
      return record::reopened(kind, before, state, wish.reason, world);
    }
    record::Asked asked{.step = wish.step, .typed = {}, .reason = wish.reason, .base = wish.base, .no = {}};
    if (way == "correct") {
      TRY(take_typed(tx, before.id, asked));
      TRY(within(hat, asked.typed));
    }
    return record::decide(kind, &before, before.id, asked, world);
  }
};

}   // namespace

std::vector<std::string_view> ways_out(const Desk& desk, const record::Kind& kind, const record::Record& record) {
  if (record.into || !desk.for_way_out(kind, record)) return {};
  if (record.voided) return {"restore"};
  std::vector<std::string_view> out{"correct"};
  if (kind.flow()) {
    const bool closed = kind.flow()->states()[record.standing.state].kind == flow::StateKind::final;
    out.push_back(closed ? "reopen" : "move");
  }
  if (record.version < kind.version()) out.emplace_back("migrate");
  out.emplace_back("void");
  return out;
}

Result<Reply> record_way_out(Service& service, const Call& call) {
  TRY_ASSIGN(const Picture picture, app::picture(service, call, Permission::open_registers));
  const Desk desk(service, picture, call);
  const auto id = record::RecordId::parse(call.id);
  if (!id) return fail(errors::unknown_record, {call.id});
  TRY_ASSIGN(const record::Columns* columns, desk.columns(id->kind));
  TRY_ASSIGN(Wish wish, wish_of(service, call, "out-" + call.sub_id));
  TRY(check_reason(service.limits(), wish.reason));
  Json command = command_of(columns->kind(), wish, id->text());
  const WayOutAct act{{service, desk, columns->kind(), std::move(wish)}, call.sub_id};
  TRY_ASSIGN(const store::Answer answer, write(*picture.store, call,
                                               {.home = id->home,
                                                .actor = {},
                                                .act = "record_" + act.wish.step,
                                                .request_key = call.request_key,
                                                .command = std::move(command),
                                                .run = [&](store::Tx& tx) { return act(tx, *id); }}));
  return reply_of(answer);
}

}   // namespace gangmu::app
