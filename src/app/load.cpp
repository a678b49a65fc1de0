// SPDX-License-Identifier: Apache-2.0
#include "app/load.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "app/carry_tasks.hpp"
#include "app/errors.hpp"
#include "app/load_merge.hpp"
#include "app/pack_kinds.hpp"
#include "app/records/following.hpp"
#include "app/pack_tasks.hpp"
#include "app/picture.hpp"
#include "app/task_record.hpp"
#include "app/task_rows.hpp"
#include "app/records/opening.hpp"
#include "store/observations.hpp"

namespace gangmu::app {
namespace {

using fact::Observation;

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
  Loader(const pack::Pack& pack, const Merge& merge, const store::View& view)
      : pack_(pack), kinds_(merge.kinds), plan_(merge.plan), view_(view) {
    for (const auto& key : plan_.taken) taken_.insert(key);
  }

  Status write_all(store::Tx& tx, const std::vector<const Observation*>* first_round) {
    TRY(number_places(tx));
    TRY(write_places(tx));
    TRY(write_definitions(tx));
    TRY(retire(tx));
    TRY(look_again(tx));
    TRY_ASSIGN(catalogue_, catalogue_of(*definitions_, tx.at().date()));   // proved, with kinds the pack does not have
    TRY(let_follow(tx));
    TRY(write_tasks(tx));
    TRY(write_records(tx));
    if (first_round) TRY(write_round(tx, *first_round));
    return {};
  }

  Status write_round(store::Tx& tx, const std::vector<const Observation*>& round) {
    std::vector<store::observations::Homed> rows;
    rows.reserve(round.size());
    for (const Observation* o : round) {
      Observation copy = *o;
      copy.place = ids_.at(o->place);
      copy.version = version_of(*o);
      TRY_ASSIGN(const PlaceId home, store::observations::home_of(tx, copy, *frames_, homes_));
      rows.push_back({home, std::move(copy)});
    }
    return store::observations::append_all(tx, std::move(rows), precedence());
  }

 private:
  [[nodiscard]] bool taken(std::string_view kind, const std::string& id) const {
    return taken_.contains(pack::ObjectKey{std::string(kind), id});
  }

  /// The store's id of each place: the one its code has or had, else a new one in the order of the pack.
  Status number_places(store::Tx& tx) {
    TRY_ASSIGN(rows_, store::places::list(tx));
    ids_ = known_places(pack_, rows_);
    TRY_ASSIGN(PlaceId next, store::places::next_id(tx));
    for (const place::Place& place : pack_.places) {
      if (ids_.emplace(place.id, next).second) ++next.value;
    }
    for (const auto& row : rows_) stored_[row.place.id].push_back(&row);
    return {};
  }

  Status write_places(store::Tx& tx) {
    TRY_ASSIGN(const auto frames, pack_.frames());
    for (const place::Place& place : pack_.places) {
      if (!taken("place", place.code)) continue;
      for (PlaceChange& change : place_changes(pack_, place, ids_, stored_[ids_.at(place.id)])) {
        const Period first_day = Period::of_day(change.place.valid_from);
        const PlaceId home = store::places::home_of(*frames, place.id, first_day);
        TRY(store::places::put(tx, {.home = ids_.at(home),
                                    .place = std::move(change.place),
                                    .valid_to = change.valid_to,
                                    .attributes = std::move(change.attributes),
                                    .seq = {}}));
      }
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
      if (!taken(all[i].kind, all[i].id)) continue;
      const auto stored = view_.definitions->timeline(all[i].kind, all[i].id);
      for (const Definition& d : new_versions(stored, versions_in(pack_, kinds_, {all[i].kind, all[i].id}))) {
        if (d.retired)
          TRY(store::definitions::retire(tx, d.kind, d.id, d.valid_from));
        else
          TRY(store::definitions::publish(tx, d.kind, d.id, d.valid_from, d.body));
      }
    }
    return {};
  }

  Status retire(store::Tx& tx) {
    for (const auto& key : plan_.retired) {
      if (key.kind == "place")
        TRY(end_place(tx, key.id, tx.at().date()));
      else
        TRY(store::definitions::retire(tx, key.kind, key.id, tx.at().date()));
    }
    return {};
  }

  /// The place that bears the code now has its last day; one that was to begin later never does.
  Status end_place(store::Tx& tx, const std::string& code, Date last) {
    for (const auto& [id, versions] : stored_) {
      if (versions.empty()) continue;
      const store::PlaceRow& row = *versions.back();
      if (row.valid_to || row.place.code != code) continue;
      store::PlaceRow ended = row;
      ended.valid_to = std::max(last, row.place.valid_from.plus_days(-1));
      TRY(store::places::put(tx, ended));
    }
    return {};
  }

  /// The frames and definitions as they are with what was written.
  Status look_again(store::Tx& tx) {
    TRY_ASSIGN(const store::PlaceRows rows, store::places::load(tx.database()));
    TRY_ASSIGN(frames_, store::places::frames(rows));
    homes_ = store::PlaceHomes(rows);
    TRY_ASSIGN(definitions_, store::definitions::load(tx.database()));
    return {};
  }

  /// The store's number of the version a row of the pack names.
  int version_of(const Observation& o) {
    const auto [known, fresh] = versions_.try_emplace({o.indicator.value, o.version}, o.version);
    if (!fresh) return known->second;
    const auto named = std::ranges::find_if(pack_.definitions, [&](const Definition& d) {
      return d.kind == "indicator" && d.id == o.indicator.value && d.version == o.version;
    });
    for (const auto& stored : definitions_->versions("indicator", o.indicator.value)) {
      if (named != pack_.definitions.end() && !stored->retired && stored->valid_from == named->valid_from &&
          stored->body == named->body)
        known->second = stored->version;   // the last of them
    }
    return known->second;
  }

  Status write_tasks(store::Tx& tx) {
    std::map<std::string, record::RecordId, std::less<>> ids;   // by the number in the pack
    for (const Json& row : pack_.tasks) {
      TRY_ASSIGN(plan::Task task, task_of_row(row));
      TRY_ASSIGN(const record::RecordId id, id_of(task));
      const std::string number = row["id"].string_or("");
      ids.emplace(number, id);
      if (!taken("task", number)) continue;
      if (const auto above = ids.find(row["parent"].string_or("")); above != ids.end())
        task.more[plan::task_field::parent] = record::Value(above->second);
      TaskWriter tasks(tx, catalogue_, *frames_->now());
      TRY_ASSIGN(const auto stored, tasks.find(id));
      if (stored)
        TRY(tasks.replace(*stored, task, "load"));
      else if (!tasks_.contains(id.number))   // one that is void is not begun again
        TRY(tasks.begin(id, task, {}, "load", {}));
    }
    return {};
  }

  /// A task stays at home where it was first.
  Result<record::RecordId> id_of(const plan::Task& task) {
    if (!tasks_read_)
      tasks_of(view_).for_each([&](const store::WholeRecord& one) { tasks_.emplace(one.id.number, one.id); });
    tasks_read_ = true;
    if (const auto held = tasks_.find(task.id.value); held != tasks_.end()) return held->second;
    const std::string code =
        task.place.empty() ? pack_.programme["focus"].string_or(pack_.programme["root"].string_or("")) : task.place;
    const place::Tree& tree = *frames_->now();
    const place::NodeIndex node = tree.find_code(code);
    if (node == place::no_node) return fail(errors::unknown_place, {code});
    return task_id(tree.home(node), task.id.value);
  }

  /// Records of kinds with a map go along in the entry that publishes them.
  Status let_follow(store::Tx& tx) {
    const auto mapped = mapped_kinds(plan_.taken, pack_, kinds_, *view_.definitions);
    const auto& now = view_.records.catalogue;
    if (mapped.empty() || !now) return {};
    const FollowWorld world{*frames_->now(), homes_.all(), calendar_of(view_), tx.at()};
    for (const MappedKind& one : mapped)
      if (now->find(one.id)) TRY(follow(tx, {now, catalogue_, one.id}, world, Limits{}));
    return {};
  }

  Status write_records(store::Tx& tx) {
    if (pack_.records.empty() || !catalogue_) return {};
    return write_opening_records(tx, {pack_, *catalogue_, *frames_->now(), ids_, homes_.all()}, taken_);
  }

  [[nodiscard]] store::Precedence precedence() const {
    store::Precedence out;
    for (const Definition* source : pack_.of_kind("source")) {
      out[source->id] = static_cast<int>(source->body["precedence"].integer_or(1000));
    }
    return out;
  }

  const pack::Pack& pack_;
  const std::vector<Definition>& kinds_;
  const pack::LoadPlan& plan_;
  const store::View& view_;
  std::set<pack::ObjectKey> taken_;
  std::map<PlaceId, PlaceId> ids_;   ///< provisional → the store's
  store::PlaceRows rows_;            ///< of the store, before
  std::map<PlaceId, std::vector<const store::PlaceRow*>> stored_;
  std::shared_ptr<const place::Frames> frames_;   ///< after
  store::PlaceHomes homes_;
  std::shared_ptr<const store::Definitions> definitions_;
  std::shared_ptr<const record::Catalogue> catalogue_;
  std::map<std::pair<std::string, int>, int> versions_;
  std::map<std::int64_t, record::RecordId> tasks_;   ///< of the store, by number, once `tasks_read_`
  bool tasks_read_ = false;
};

}   // namespace

Result<LoadReport> preview_load(store::Store& store, const pack::Pack& pack, const LoadOptions& options) {
  TRY_ASSIGN(Merge merge, merge_of(store, pack, options));
  return LoadReport{std::move(merge.plan), merge.observations, store.view()->seq};
}

Result<LoadReport> load(store::Store& store, const pack::Pack& pack, const LoadOptions& options,
                        const std::function<void(std::size_t, std::size_t)>& progress) {
  TRY(carry_tasks(store));
  TRY_ASSIGN(Merge merge, merge_of(store, pack, options));
  TRY(refuse_conflicts(merge.plan, options.base));
  LoadReport report{merge.plan, merge.observations, store.view()->seq};
  if (merge.plan.taken.empty() && merge.plan.retired.empty()) return report;

  const auto view = store.view();
  const PlaceId home = view->tree->size() > 0 ? (*view->tree)[0].id : PlaceId{1};
  Loader loader(pack, merge, *view);
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
