// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "app/carry_tasks.hpp"
#include "app/errors.hpp"
#include "app/load.hpp"
#include "app/pack_tasks.hpp"
#include "app/picture.hpp"
#include "app/task_record.hpp"
#include "app/task_rows.hpp"
#include "app/records/opening.hpp"
#include "pack/layout.hpp"
#include "store/observations.hpp"

namespace gangmu::app {
namespace {

/// Places of today in depth-first order, then those that are no more, with their past and provisional ids; the map
/// leads from the store's ids to them. One that is no more and whose code another has now can't be told in a file.
std::map<PlaceId, PlaceId> take_places(const store::View& view, pack::Pack& out) {
  const store::PlaceRows rows = store::places::as_of(*view.places);
  std::map<PlaceId, std::vector<const store::PlaceRow*>> versions;
  for (const store::PlaceRow& row : rows) versions[row.place.id].push_back(&row);
  std::map<PlaceId, PlaceId> provisional;
  std::vector<PlaceId> order;
  std::set<std::string_view> codes;
  const auto take = [&](PlaceId id) {
    order.push_back(id);
    provisional[id] = PlaceId{static_cast<std::int64_t>(order.size())};
    for (const auto* row : versions.at(id)) codes.insert(row->place.code);
  };
  for (place::NodeIndex node = 0; node < view.tree->size(); ++node) take((*view.tree)[node].id);
  std::vector<PlaceId> gone;
  for (const auto& [id, held] : versions) {
    if (!provisional.contains(id)) gone.push_back(id);
  }
  std::ranges::stable_sort(gone, {}, [&](PlaceId id) { return versions.at(id).back()->place.level; });
  for (const PlaceId id : gone) {
    const auto taken = [&](const store::PlaceRow* row) {
      return codes.contains(row->place.code) || !provisional.contains(row->place.parent);
    };
    if (std::ranges::none_of(versions.at(id), taken)) take(id);
  }
  for (const PlaceId id : order) {
    const auto& held = versions.at(id);
    for (std::size_t v = 0; v < held.size(); ++v) {
      place::Place place = held[v]->place;
      const bool last = v + 1 == held.size();
      place.id = provisional.at(id);
      if (place.parent) {
        const auto parent = provisional.find(place.parent);   // none: one that can't be told
        place.parent = provisional.at(parent != provisional.end() ? place.parent : held.back()->place.parent);
      }
      std::optional<Date> until = held[v]->valid_to;
      if (!last && until && until->plus_days(1) >= held[v + 1]->place.valid_from) until.reset();
      if (!last) {
        out.earlier.push_back({std::move(place), until, held[v]->attributes});
        continue;
      }
      if (until) out.ended[place.id] = *until;
      if (!held[v]->attributes.is_null()) out.attributes[place.id] = held[v]->attributes;
      out.places.push_back(std::move(place));
    }
  }
  return provisional;
}

/// Versions as a pack numbers them.
void take_definitions(const store::View& view, pack::Pack& out) {
  for (const std::string& kind : view.definitions->kinds()) {
    if (kind == "programme") continue;
    if (!pack::layout_of_kind(kind)) continue;   // the office's own: which registers are open, views of them
    for (const std::string& id : view.definitions->ids(kind)) {
      if (is_of_program(kind, id)) continue;
      const std::size_t begin = out.definitions.size();
      for (const auto& version : view.definitions->timeline(kind, id)) {
        Definition& definition = out.definitions.emplace_back(*version);
        definition.version = static_cast<int>(out.definitions.size() - begin);
      }
    }
  }
  std::ranges::sort(out.definitions, {}, [](const Definition& d) { return std::tuple(d.kind, d.id, d.version); });
}

/// The store's versions of an indicator as the pack numbers them: one that another took the place of by that one, when
/// it tells figures alike; 0 for one that can't be told.
std::map<int, int> version_numbers(const store::View& view, const std::string& indicator) {
  std::map<int, int> out;
  const auto timeline = view.definitions->timeline("indicator", indicator);
  for (const auto& version : view.definitions->versions("indicator", indicator)) {
    for (std::size_t at = 0; at < timeline.size(); ++at) {
      if (timeline[at]->valid_from > version->valid_from && at > 0) break;
      const bool alike = timeline[at]->body["unit_zh"] == version->body["unit_zh"] &&
                         timeline[at]->body["decimals"] == version->body["decimals"];
      const bool told = timeline[at]->version == version->version || (alike && !timeline[at]->retired);
      out[version->version] = told ? static_cast<int>(at) + 1 : 0;
    }
  }
  return out;
}

Status take_observations(store::Store& store, const store::View& view, const std::map<PlaceId, PlaceId>& provisional,
                         pack::Pack& out) {
  for (const std::string& indicator : view.definitions->ids("indicator")) {
    const std::map<int, int> numbers = version_numbers(view, indicator);
    for (const PlaceId home : view.homes->all()) {
      TRY_ASSIGN(std::vector<fact::Observation> rows, store.read([&](store::Database& database) {
        return store::observations::of_indicator(database, home, IndicatorCode{indicator}, view.seq);
      }));
      for (fact::Observation& row : rows) {
        const auto id = provisional.find(row.place);
        const auto number = numbers.find(row.version);
        if (id == provisional.end() || number == numbers.end() || number->second == 0) continue;
        row.place = id->second;
        row.version = number->second;
        out.observations.push_back(std::move(row));
      }
    }
  }
  std::ranges::stable_sort(out.observations, {}, [](const fact::Observation& o) {
    return std::tuple(o.place, std::string_view(o.indicator.value), o.period, std::string_view(o.source.value), o.seq);
  });
  for (fact::Observation& observation : out.observations) observation.seq = {};
  return {};
}

Status take_tasks(const store::View& view, pack::Pack& out) {
  std::vector<plan::Task> tasks;
  Status status;
  tasks_of(view).for_each([&](const store::WholeRecord& stored) {
    auto task = task_of(view, stored);
    if (!task)
      status = fail(task.error());
    else if (task->origin.batch == pack_batch)
      tasks.push_back(*std::move(task));
  });
  TRY(status);
  std::ranges::sort(tasks, {}, [](const plan::Task& task) { return task.id; });
  for (const plan::Task& task : tasks) out.tasks.push_back(row_of_task(task));
  return {};
}

}   // namespace

Result<pack::Pack> export_pack(store::Store& store) {
  TRY(carry_tasks(store));
  const auto view = store.view();
  const auto* programme = programme_of(*view);
  if (!programme) return fail(errors::programme_undefined, {});
  pack::Pack out;
  out.programme = programme->body;
  const auto provisional = take_places(*view, out);
  take_definitions(*view, out);
  TRY(take_observations(store, *view, provisional, out));
  TRY(take_tasks(*view, out));
  const auto code = [&](PlaceId id) {
    const auto found = provisional.find(id);
    return found == provisional.end() ? std::string()
                                      : out.places[static_cast<std::size_t>(found->second.value - 1)].code;
  };
  TRY_ASSIGN(out.records, opening_records(store, *view, code));
  return out;
}

Result<pack::Lock> lock_of(const store::Store& store, const pack::Pack& pack) {
  TRY_ASSIGN(pack::Objects objects, pack::objects_of(pack));
  return pack::Lock{store.id(), store.view()->seq, std::move(objects)};
}

}   // namespace gangmu::app
