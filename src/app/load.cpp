// SPDX-License-Identifier: Apache-2.0
#include "app/load.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "app/errors.hpp"
#include "app/pack_tasks.hpp"
#include "app/picture.hpp"
#include "store/observations.hpp"

namespace gangmu::app {
namespace {

using fact::Observation;

/// Key of one reported cell; several observations of one key are revisions in the order they came.
using ReportKey = std::tuple<std::string, std::string, Period, std::string>;   // place code, indicator, period, source

ReportKey key_of(const pack::Pack& pack, const Observation& o) {
  return {pack.places[static_cast<std::size_t>(o.place.value - 1)].code, o.indicator.value, o.period, o.source.value};
}

bool same_report(const Observation& a, const Observation& b) {
  return a.value == b.value && a.version == b.version && a.status == b.status && a.grade == b.grade && a.note == b.note;
}

/// The store's pack beside the incoming one, and what is to be done.
struct Merge {
  pack::LoadPlan plan;
  std::vector<std::vector<const Observation*>> rounds;   ///< first reports, then revisions
  std::size_t observations = 0;
};

using Reports = std::map<ReportKey, std::vector<const Observation*>>;

Reports reports_of(const pack::Pack& pack, const std::set<std::string>& series) {
  Reports out;
  for (const Observation& o : pack.observations) {
    const ReportKey key = key_of(pack, o);
    if (series.contains(std::get<1>(key) + "/" + std::get<0>(key))) out[key].push_back(&o);
  }
  return out;
}

/// True when everything the store reported for the series is in the pack, in the same order: the pack only adds.
bool only_grows(const Reports& stored, const Reports& packed, const std::string& series) {
  for (const auto& [key, revisions] : stored) {
    if (std::get<1>(key) + "/" + std::get<0>(key) != series) continue;
    const auto found = packed.find(key);
    if (found == packed.end() || found->second.size() < revisions.size()) return false;
    if (!std::ranges::equal(revisions, std::span(found->second).first(revisions.size()),
                            [](const Observation* a, const Observation* b) { return same_report(*a, *b); }))
      return false;
  }
  return true;
}

std::set<std::string> series_in(const pack::LoadPlan& plan) {
  std::set<std::string> out;
  for (const auto* list : {&plan.taken, &plan.conflicts}) {
    for (const pack::ObjectKey& key : *list) {
      if (key.kind == "series") out.insert(key.id);
    }
  }
  return out;
}

/// Series that differ from the store only by having more are taken, not refused.
void settle_growing_series(pack::LoadPlan& plan, const Reports& stored, const Reports& packed) {
  std::vector<pack::ObjectKey> conflicts;
  for (pack::ObjectKey& key : plan.conflicts) {
    if (key.kind == "series" && only_grows(stored, packed, key.id))
      plan.taken.push_back(std::move(key));
    else
      conflicts.push_back(std::move(key));
  }
  plan.conflicts = std::move(conflicts);
  std::ranges::sort(plan.taken);
}

/// The k-th round holds the k-th revision of every key that is not in the store yet.
void plan_rounds(Merge& merge, const Reports& stored, const Reports& packed) {
  for (const auto& [key, revisions] : packed) {
    const auto found = stored.find(key);
    std::size_t known = found == stored.end() ? 0 : found->second.size();
    if (known >= revisions.size()) {   // not longer: append only what differs from the last known
      if (same_report(*found->second.back(), *revisions.back())) continue;
      known = revisions.size() - 1;
    }
    for (std::size_t r = known; r < revisions.size(); ++r) {
      if (merge.rounds.size() <= r - known) merge.rounds.emplace_back();
      merge.rounds[r - known].push_back(revisions[r]);
      ++merge.observations;
    }
  }
}

Result<Merge> merge_of(store::Store& store, const pack::Pack& pack, const LoadOptions& options) {
  const auto view = store.view();
  pack::Pack stored;
  pack::Objects stored_objects;
  if (const auto* programme = programme_of(*view)) {
    if (programme->id != pack.id()) return fail(errors::load_other_programme, {programme->id, pack.id()});
    TRY_ASSIGN(stored, export_pack(store));
    TRY_ASSIGN(stored_objects, pack::objects_of(stored));
  }
  TRY_ASSIGN(const pack::Objects objects, pack::objects_of(pack));
  Merge merge;
  merge.plan = pack::plan_load(options.base.objects, objects, stored_objects, options.retire);
  const auto series = series_in(merge.plan);
  const Reports stored_reports = reports_of(stored, series), packed_reports = reports_of(pack, series);
  settle_growing_series(merge.plan, stored_reports, packed_reports);
  plan_rounds(merge, stored_reports, packed_reports);
  return merge;
}

/// Without a lock nobody knows which side changed what differs.
Status refuse_conflicts(const pack::LoadPlan& plan, const pack::Lock& base) {
  const ErrorKind& kind = base.objects.empty() ? errors::load_unlocked : errors::load_conflict;
  Diagnostics all;
  for (const auto& key : plan.conflicts) all.push_back({&kind, {key.kind, key.id}, {}});
  if (!all.empty()) return fail(std::move(all));
  return {};
}

/// Writes what a merge takes. Made once a load; knows which store id each place of the pack has.
class Loader {
 public:
  Loader(const pack::Pack& pack, const pack::LoadPlan& plan, const store::View& view, place::Tree tree)
      : pack_(pack), plan_(plan), view_(view), tree_(std::move(tree)) {
    for (const auto& key : plan.taken) taken_.insert(key);
  }

  Status write_all(store::Tx& tx, const std::vector<const Observation*>* first_round) {
    TRY(number_places(tx));
    TRY(write_places(tx));
    TRY(write_definitions(tx));
    TRY(retire(tx));
    TRY(write_tasks(tx));
    if (first_round) TRY(write_round(tx, *first_round));
    return {};
  }

  Status write_round(store::Tx& tx, const std::vector<const Observation*>& round) {
    if (ids_.empty()) TRY(number_places(tx));
    std::vector<store::observations::Homed> rows;
    rows.reserve(round.size());
    for (const Observation* o : round) {
      Observation copy = *o;
      copy.place = ids_.at(o->place);
      rows.push_back({home_of(o->place), std::move(copy)});
    }
    return store::observations::append_all(tx, std::move(rows), precedence());
  }

 private:
  [[nodiscard]] bool taken(std::string_view kind, const std::string& id) const {
    return taken_.contains(pack::ObjectKey{std::string(kind), id});
  }

  /// The store's id of each place: the one its code has, else a new one in the order of the pack.
  Status number_places(store::Tx& tx) {
    TRY_ASSIGN(const store::PlaceRows rows, store::places::list(tx));
    std::map<std::string_view, PlaceId> known;
    for (const auto& row : rows) {
      if (row.valid_to) continue;
      known[row.place.code] = row.place.id;
      open_rows_.emplace(row.place.code, row);
    }
    TRY_ASSIGN(PlaceId next, store::places::next_id(tx));
    for (const place::Place& place : pack_.places) {
      const auto found = known.find(place.code);
      ids_[place.id] = found != known.end() ? found->second : next;
      if (found == known.end()) ++next.value;
    }
    return {};
  }

  [[nodiscard]] PlaceId home_of(PlaceId provisional) const { return ids_.at(tree_.home(tree_.find(provisional))); }

  Status write_places(store::Tx& tx) {
    for (const place::Place& place : pack_.places) {
      if (!taken("place", place.code)) continue;
      store::PlaceRow row{.home = home_of(place.id), .place = place, .valid_to = {}, .attributes = {}, .seq = {}};
      row.place.id = ids_.at(place.id);
      if (place.parent) row.place.parent = ids_.at(place.parent);
      if (const auto found = pack_.attributes.find(place.id); found != pack_.attributes.end())
        row.attributes = found->second;
      TRY(end_place(tx, place.code, place.valid_from));
      TRY(store::places::put(tx, row));
    }
    return {};
  }

  /// Versions the store lacks, when its own are the beginning of the pack's; else the pack's last as the next version.
  Status write_versions(store::Tx& tx, std::span<const Definition> packed) {
    const auto stored = view_.definitions->versions(packed.front().kind, packed.front().id);
    const bool begins = stored.size() < packed.size() &&
                        std::ranges::equal(stored, packed.first(stored.size()), [](const auto& a, const Definition& b) {
                          return a->body == b.body && a->valid_from == b.valid_from;
                        });
    for (const Definition& d : begins ? packed.subspan(stored.size()) : packed.last(1)) {
      if (d.retired)
        TRY(store::definitions::retire(tx, d.kind, d.id, d.valid_from));
      else
        TRY(store::definitions::publish(tx, d.kind, d.id, d.valid_from, d.body));
    }
    return {};
  }

  Status write_definitions(store::Tx& tx) {
    if (taken("programme", pack_.id())) {
      TRY_ASSIGN(const Date from, Date::parse(pack_.programme["valid_from"].string_or("")));
      TRY(store::definitions::publish(tx, "programme", pack_.id(), from, pack_.programme));
    }
    const std::span<const Definition> all(pack_.definitions);
    for (std::size_t i = 0, end = 0; i < all.size(); i = end) {
      while (end < all.size() && all[end].kind == all[i].kind && all[end].id == all[i].id) ++end;
      if (taken(all[i].kind, all[i].id)) TRY(write_versions(tx, all.subspan(i, end - i)));
    }
    return {};
  }

  Status retire(store::Tx& tx) {
    for (const auto& key : plan_.retired) {
      if (key.kind == "series" || key.kind == "task" || key.kind == "programme")
        continue;   // figures and tasks are history
      if (key.kind == "place")
        TRY(end_place(tx, key.id, tx.at().date().plus_days(1)));
      else
        TRY(store::definitions::retire(tx, key.kind, key.id, tx.at().date()));
    }
    return {};
  }

  /// The rows of a code that stand open end the day before `from`; one that begins on that very day is about to be
  /// replaced.
  Status end_place(store::Tx& tx, const std::string& code, Date from) {
    const auto open = open_rows_.equal_range(code);
    for (auto it = open.first; it != open.second; ++it) {
      store::PlaceRow row = it->second;
      if (row.place.valid_from >= from) continue;
      row.valid_to = from.plus_days(-1);
      TRY(store::places::put(tx, row));
    }
    return {};
  }

  Status write_tasks(store::Tx& tx) {
    for (const Json& row : pack_.tasks) {
      if (!taken("task", row["id"].string_or(""))) continue;
      TRY_ASSIGN(const plan::Task task, task_of_row(row));
      const std::string code =
          task.place.empty() ? pack_.programme["focus"].string_or(pack_.programme["root"].string_or("")) : task.place;
      const place::NodeIndex node = tree_.find_code(code);
      if (node == place::no_node) return fail(errors::unknown_place, {code});
      TRY(store::tasks::put(tx, {.home = ids_.at(tree_.home(node)),
                                 .id = std::to_string(task.id.value),
                                 .body = plan::to_json(task),
                                 .contact = {},
                                 .state = std::string(plan::task_state_name(task.state)),
                                 .seq = {}}));
    }
    return {};
  }

  [[nodiscard]] store::Precedence precedence() const {
    store::Precedence out;
    for (const Definition* source : pack_.of_kind("source")) {
      out[source->id] = static_cast<int>(source->body["precedence"].integer_or(1000));
    }
    return out;
  }

  const pack::Pack& pack_;
  const pack::LoadPlan& plan_;
  const store::View& view_;
  place::Tree tree_;
  std::set<pack::ObjectKey> taken_;
  std::map<PlaceId, PlaceId> ids_;                          ///< provisional → the store's
  std::multimap<std::string, store::PlaceRow> open_rows_;   ///< of the store, by code
};

}   // namespace

Result<LoadReport> preview_load(store::Store& store, const pack::Pack& pack, const LoadOptions& options) {
  TRY_ASSIGN(Merge merge, merge_of(store, pack, options));
  return LoadReport{std::move(merge.plan), merge.observations, store.view()->seq};
}

Result<LoadReport> load(store::Store& store, const pack::Pack& pack, const LoadOptions& options,
                        const std::function<void(std::size_t, std::size_t)>& progress) {
  TRY_ASSIGN(Merge merge, merge_of(store, pack, options));
  TRY(refuse_conflicts(merge.plan, options.base));
  LoadReport report{merge.plan, merge.observations, store.view()->seq};
  if (merge.plan.taken.empty() && merge.plan.retired.empty()) return report;

  TRY_ASSIGN(place::Tree tree, place::Tree::build(pack.places));
  const auto view = store.view();
  const PlaceId home = view->tree->size() > 0 ? (*view->tree)[0].id : PlaceId{1};
  Loader loader(pack, merge.plan, *view, std::move(tree));
  Json command;
  command.set("programme", pack.id());
  std::size_t done = 0;
  const std::size_t rounds = std::max<std::size_t>(1, merge.rounds.size());
  for (std::size_t r = 0; r < rounds; ++r) {
    const auto* round = r < merge.rounds.size() ? &merge.rounds[r] : nullptr;
    TRY_ASSIGN(const store::Answer answer, store.write({.home = home,
                                                        .actor = options.actor.id,
                                                        .act = "load",
                                                        .request_key = {},
                                                        .command = command,
                                                        .run = [&](store::Tx& tx) -> Result<Json> {
                                                          if (r == 0)
                                                            TRY(loader.write_all(tx, round));
                                                          else
                                                            TRY(loader.write_round(tx, *round));
                                                          return Json(Json::Object{});
                                                        }}));
    report.seq = answer.seq;
    done += round ? round->size() : 0;
    if (progress) progress(done, merge.observations);
  }
  return report;
}

}   // namespace gangmu::app
