// SPDX-License-Identifier: Apache-2.0
#include "record/routes.hpp"

#include <algorithm>

#include "record/compute.hpp"
#include "record/errors.hpp"

namespace gangmu::record {
namespace {

using States = std::vector<flow::StateIndex>;

bool names_units(const Field& field) {
  const auto& of = field.spec.of;
  return field.type == Type::who && field.typed() && !field.personal &&
         (of.empty() || std::ranges::find(of, Who::Kind::unit) != of.end());
}

/// Fields of type who by which a step may be taken from one of the states.
const Field* answering(const Kind& kind, const States& states) {
  const Field* out = nullptr;
  for (const flow::Step& step : kind.flow()->steps()) {
    if (std::ranges::none_of(states, [&](flow::StateIndex s) { return flow::holds(step.from, s); })) continue;
    for (const std::string& party : step.by) {
      const Field* field = kind.field(party);
      if (!field || field == out || !names_units(*field)) continue;
      if (out) return nullptr;
      out = field;
    }
  }
  return out;
}

/// Where the record lies: its field `place`, the first of its places, or its home.
PlaceId place_of(const Kind& kind, const Record& record) {
  const Field* found = kind.field("place");
  for (const Field& field : kind.fields())
    if (!found && field.type == Type::place && field.stored() && !field.personal) found = &field;
  const auto held = found ? record.values.find(found->id) : record.values.end();
  const auto* place = held == record.values.end() ? nullptr : std::get_if<PlaceId>(&held->second);
  return place ? *place : record.id.home;
}

tl::unexpected<Error> ends(const char* zh, const char* en) { return fail(errors::route_ends, {zh, en}); }

Result<Who> office(const World& world, std::optional<PlaceId> place) {
  const auto who = place ? world.lookup.office_of(*place) : std::nullopt;
  if (!who) return ends("上面没有单位了", "there is no unit above");
  return *who;
}

class Passing {
 public:
  Passing(const Kind& kind, Record& record, const Who& now, const World& world)
      : kind_(kind), record_(record), now_(now), world_(world) {}

  Result<Who> to(flow::Route route) {
    switch (route) {
      case flow::Route::down: return down();
      case flow::Route::lowest: return office(world_, place_of(kind_, record_));
      case flow::Route::back: return back();
      default: return up();
    }
  }

 private:
  [[nodiscard]] std::optional<PlaceId> seat() const { return world_.lookup.place_of(now_); }
  Result<Who> up() {
    const auto at = seat();
    return office(world_, at ? world_.lookup.above(*at) : std::optional(record_.id.home));
  }
  Result<Who> down() {
    const auto top = seat();
    std::optional<PlaceId> place = place_of(kind_, record_), below;
    for (; place && place != top; place = world_.lookup.above(*place)) below = place;
    if (!place || !below) return ends("已在所在地一级", "it is at the level of its place");
    return office(world_, below);
  }
  Result<Who> back() {
    if (record_.passed.empty()) return ends("没有移交过，无处退回", "it was not passed on, so it can't go back");
    Who out = record_.passed.back();
    record_.passed.pop_back();
    return out;
  }

  const Kind& kind_;
  Record& record_;
  const Who& now_;
  const World& world_;
};

const Who* who_in(const Record* record, FieldId field) {
  const auto held = record ? record->values.find(field) : decltype(record->values.find(field)){};
  return !record || held == record->values.end() ? nullptr : std::get_if<Who>(&held->second);
}

/// Whoever was typed, another than now, of the same level.
Status beside(const Field& field, const Who& now, const Who* typed, const World& world) {
  if (!typed || *typed == now) return fail(errors::wanted, {field.label(Language::zh)});
  const auto from = world.lookup.place_of(now), to = world.lookup.place_of(*typed);
  if (from && to && world.lookup.level_of(*from) != world.lookup.level_of(*to))
    return fail(errors::level_wrong, {field.label(Language::zh)});
  return {};
}

}   // namespace

const Field* routed_field(const Kind& kind, const flow::Step& step) {
  return answering(kind, step.to == flow::none ? step.from : States{step.to});
}

Status pass_on(const Kind& kind, Record& after, const Record* before, const flow::Step* step, const World& world) {
  const Field* field = step ? routed_field(kind, *step) : answering(kind, {after.standing.state});
  const Who* now = field ? who_in(before, field->id) : nullptr;
  if (!now) return ends("没有写明由谁答复", "it does not say who answers");
  if (after.hops >= hops_most) return fail(errors::hops_used_up, {std::to_string(hops_most)});
  const flow::Route route = step ? step->route : flow::Route::up;
  if (route == flow::Route::sideways) {
    TRY(beside(*field, *now, who_in(&after, field->id), world));
  } else {
    TRY_ASSIGN(Who who, Passing(kind, after, *now, world).to(route));
    if (who == *now) return ends("已在该单位", "it is with that unit");
    store(after.values, field->id, Value(std::move(who)));
  }
  if (route != flow::Route::back) after.passed.push_back(*now);
  ++after.hops;
  return {};
}

}   // namespace gangmu::record
