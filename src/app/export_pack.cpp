// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/errors.hpp"
#include "app/load.hpp"
#include "app/pack_tasks.hpp"
#include "app/picture.hpp"
#include "store/observations.hpp"

namespace gangmu::app {
namespace {

/// Places of the current frame in depth-first order with provisional ids; the map leads from the store's ids to them.
std::map<PlaceId, PlaceId> take_places(const store::View& view, pack::Pack& out) {
  const place::Tree& tree = *view.tree;
  std::map<PlaceId, PlaceId> provisional;
  for (place::NodeIndex node = 0; node < tree.size(); ++node) provisional[tree[node].id] = PlaceId{node + 1};
  for (place::NodeIndex node = 0; node < tree.size(); ++node) {
    place::Place place = tree[node];
    place.id = provisional[place.id];
    if (place.parent) place.parent = provisional[place.parent];
    out.places.push_back(std::move(place));
  }
  for (const store::PlaceRow& row : *view.places) {
    const auto id = provisional.find(row.place.id);
    if (!row.valid_to && id != provisional.end() && !row.attributes.is_null())
      out.attributes[id->second] = row.attributes;
  }
  return provisional;
}

void take_definitions(const store::View& view, pack::Pack& out) {
  for (const std::string& kind : view.definitions->kinds()) {
    if (kind == "programme") continue;
    for (const std::string& id : view.definitions->ids(kind)) {
      for (const auto& version : view.definitions->versions(kind, id)) out.definitions.push_back(*version);
    }
  }
  std::ranges::sort(out.definitions, {}, [](const Definition& d) { return std::tuple(d.kind, d.id, d.version); });
}

Status take_observations(store::Store& store, const store::View& view, const std::map<PlaceId, PlaceId>& provisional,
                         pack::Pack& out) {
  for (const PlaceId home : view.tree->homes()) {
    for (const std::string& indicator : view.definitions->ids("indicator")) {
      TRY_ASSIGN(std::vector<fact::Observation> rows, store.read([&](store::Database& database) {
        return store::observations::of_indicator(database, home, IndicatorCode{indicator}, view.seq);
      }));
      for (fact::Observation& row : rows) {
        const auto id = provisional.find(row.place);
        if (id == provisional.end()) continue;
        row.place = id->second;
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
  view.tasks.for_each([&](const store::Task& stored) {
    auto task = plan::task_from_json(stored.body);
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
  const auto view = store.view();
  const auto* programme = programme_of(*view);
  if (!programme) return fail(errors::programme_undefined, {});
  pack::Pack out;
  out.programme = programme->body;
  const auto provisional = take_places(*view, out);
  take_definitions(*view, out);
  TRY(take_observations(store, *view, provisional, out));
  TRY(take_tasks(*view, out));
  return out;
}

Result<pack::Lock> lock_of(const store::Store& store, const pack::Pack& pack) {
  TRY_ASSIGN(pack::Objects objects, pack::objects_of(pack));
  return pack::Lock{store.id(), store.view()->seq, std::move(objects)};
}

}   // namespace gangmu::app
