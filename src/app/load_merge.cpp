// SPDX-License-Identifier: Apache-2.0
#include "app/load_merge.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "app/errors.hpp"
#include "app/pack_kinds.hpp"
#include "app/records/following.hpp"
#include "app/picture.hpp"

namespace gangmu::app {
namespace {

using fact::Observation;

/// Codes of the store's pack that the incoming pack gives to the same place under another one.
using NewCodes = std::map<std::string, std::string, std::less<>>;

NewCodes new_codes(const pack::Pack& pack) {
  NewCodes out;
  for (const auto& [code, id] : pack.codes()) {
    const std::string& last = pack.places[static_cast<std::size_t>(id.value - 1)].code;
    if (code != last) out.emplace(code, last);
  }
  return out;
}

const std::string& code_now(const NewCodes& codes, const std::string& code) {
  const auto found = codes.find(code);
  return found == codes.end() ? code : found->second;
}

/// The same objects under the codes of today.
pack::Objects renamed(const pack::Objects& objects, const NewCodes& codes) {
  pack::Objects out;
  for (const auto& [key, digest] : objects) {
    pack::ObjectKey name = key;
    if (key.kind == "place") name.id = code_now(codes, key.id);
    if (key.kind == "series") {
      const auto slash = key.id.rfind('/') + 1;
      name.id = key.id.substr(0, slash) + code_now(codes, key.id.substr(slash));
    }
    out.emplace(std::move(name), digest);
  }
  return out;
}

/// Key of one reported cell; several observations of one key are revisions in the order they came.
using ReportKey = std::tuple<std::string, std::string, Period, std::string>;   // place code, indicator, period, source

/// What a pack says of figures.
class Told {
 public:
  Told(const pack::Pack& pack, const NewCodes& codes) : pack_(pack), codes_(codes) {
    for (const Definition* d : pack.of_kind("indicator")) definitions_[{d->id, d->version}] = d;
  }
  [[nodiscard]] ReportKey key(const Observation& o) const {
    const std::string& code = pack_.places[static_cast<std::size_t>(o.place.value - 1)].code;
    return {code_now(codes_, code), o.indicator.value, o.period, o.source.value};
  }
  [[nodiscard]] const Definition* definition(const Observation& o) const {
    const auto found = definitions_.find({o.indicator.value, o.version});
    return found == definitions_.end() ? nullptr : found->second;
  }

 private:
  const pack::Pack& pack_;
  const NewCodes& codes_;
  std::map<std::pair<std::string, int>, const Definition*> definitions_;
};

std::string series_of(const ReportKey& key) { return std::get<1>(key) + "/" + std::get<0>(key); }

struct Reports {
  std::map<ReportKey, std::vector<const Observation*>> by_key;
  Told told;
};

Reports reports_of(const pack::Pack& pack, const NewCodes& codes, const std::set<std::string>& series) {
  Reports out{{}, Told(pack, codes)};
  for (const Observation& o : pack.observations) {
    ReportKey key = out.told.key(o);
    if (series.contains(series_of(key))) out.by_key[std::move(key)].push_back(&o);
  }
  return out;
}

bool same_value(const Observation& a, const Observation& b) {
  return a.value == b.value && a.status == b.status && a.grade == b.grade && a.note == b.note;
}

/// Told in the same unit and decimals, and alike in all else.
bool same_report(const Reports& as, const Observation& a, const Reports& bs, const Observation& b) {
  const Definition *of_a = as.told.definition(a), *of_b = bs.told.definition(b);
  if (!of_a || !of_b) return false;
  for (const char* field : {"unit_zh", "decimals"})
    if (of_a->body[field] != of_b->body[field]) return false;
  return same_value(a, b);
}

/// True when everything the store reported for the series is in the pack, in the same order: the pack only adds.
bool only_grows(const Reports& stored, const Reports& packed, const std::string& series) {
  for (const auto& [key, revisions] : stored.by_key) {
    if (series_of(key) != series) continue;
    const auto found = packed.by_key.find(key);
    if (found == packed.by_key.end() || found->second.size() < revisions.size()) return false;
    if (!std::ranges::equal(
            revisions, std::span(found->second).first(revisions.size()),
            [&](const Observation* a, const Observation* b) { return same_report(stored, *a, packed, *b); }))
      return false;
  }
  return true;
}

/// What the pack has beyond the store: the k-th round holds the k-th revision of every key that is new there. Of the
/// other series only what the store knows under another unit is told again.
void plan_rounds(Merge& merge, const Reports& stored, const Reports& packed, const std::set<std::string>& series) {
  for (const auto& [key, revisions] : packed.by_key) {
    const auto found = stored.by_key.find(key);
    std::size_t known = found == stored.by_key.end() ? 0 : found->second.size();
    if (known >= revisions.size()) {   // not longer: append only what differs from the last known
      if (same_report(stored, *found->second.back(), packed, *revisions.back())) continue;
      known = revisions.size() - 1;
    }
    if (!series.contains(series_of(key)) &&
        (found == stored.by_key.end() || !same_value(*found->second.back(), *revisions.back())))
      continue;
    for (std::size_t r = known; r < revisions.size(); ++r) {
      if (merge.rounds.size() <= r - known) merge.rounds.emplace_back();
      merge.rounds[r - known].push_back(revisions[r]);
      ++merge.observations;
    }
  }
}

/// Series that only have more are taken; those that bring nothing new are unchanged; what they lack is named.
void settle_series(pack::LoadPlan& plan, const Reports& stored, const Reports& packed,
                   const std::set<std::string>& series) {
  Merge all;
  plan_rounds(all, stored, packed, series);
  std::set<std::string> growing;
  for (const auto& round : all.rounds)
    for (const Observation* o : round) growing.insert(series_of(packed.told.key(*o)));
  std::vector<pack::ObjectKey> taken, conflicts;
  for (const auto* list : {&plan.taken, &plan.conflicts}) {
    for (const pack::ObjectKey& key : *list) {
      const bool conflict = list == &plan.conflicts;
      if (key.kind != "series")
        (conflict ? conflicts : taken).push_back(key);
      else if (!growing.contains(key.id))
        plan.unchanged.push_back(key);
      else
        (conflict && !only_grows(stored, packed, key.id) ? conflicts : taken).push_back(key);
    }
  }
  plan.taken = std::move(taken);
  plan.conflicts = std::move(conflicts);
  for (const auto& [key, revisions] : stored.by_key) {
    if (!packed.by_key.contains(key) && series.contains(series_of(key)))
      plan.absent.push_back({"figure", series_of(key) + "/" + std::get<2>(key).text() + "/" + std::get<3>(key)});
  }
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

/// An indicator that changes its unit from the same day on says its old figures anew: all its series are looked at.
std::set<std::string> series_of_taken_indicators(const pack::LoadPlan& plan, const pack::Pack& pack,
                                                 const NewCodes& codes) {
  std::set<std::string> out;
  const Told told(pack, codes);
  for (const Observation& o : pack.observations) {
    if (std::ranges::binary_search(plan.taken, pack::ObjectKey{"indicator", o.indicator.value}))
      out.insert(series_of(told.key(o)));
  }
  return out;
}

bool equal(const store::PlaceRow& row, const PlaceChange& change, bool last) {
  const place::Place &a = row.place, &b = change.place;
  const auto shape = [](const place::Place& p) {
    return std::tie(p.id, p.code, p.parent, p.level, p.kind, p.functional, p.name_zh, p.name_en, p.pinyin, p.initials,
                    p.valid_from);
  };
  const bool same_end = row.valid_to == change.valid_to || (!last && !change.valid_to);
  return shape(a) == shape(b) && same_end && row.attributes == change.attributes;
}

using StoredPlaces = std::map<PlaceId, std::vector<const store::PlaceRow*>>;

StoredPlaces by_place(const store::PlaceRows& rows) {
  StoredPlaces out;
  for (const store::PlaceRow& row : rows) out[row.place.id].push_back(&row);
  return out;
}

/// Places and definitions that the load would leave as they are.
void settle_objects(Merge& merge, const pack::Pack& pack, const store::View& view) {
  pack::LoadPlan& plan = merge.plan;
  const store::PlaceRows rows = store::places::as_of(*view.places);
  const auto ids = known_places(pack, rows);
  const StoredPlaces stored = by_place(rows);
  const auto codes = pack.codes();
  const auto nothing_new = [&](const pack::ObjectKey& key) {
    if (key.kind == "place") {
      const auto in_pack = codes.find(key.id);
      if (in_pack == codes.end()) return false;
      const place::Place& place = pack.places[static_cast<std::size_t>(in_pack->second.value - 1)];
      const auto known = ids.find(place.id);
      return known != ids.end() && place_changes(pack, place, ids, stored.at(known->second)).empty();
    }
    const auto packed = versions_in(pack, merge.kinds, key);
    return !packed.empty() && new_versions(view.definitions->timeline(key.kind, key.id), packed).empty();
  };
  for (auto* list : {&plan.taken, &plan.conflicts}) {
    std::vector<pack::ObjectKey> left;
    for (pack::ObjectKey& key : *list) (nothing_new(key) ? plan.unchanged : left).push_back(key);
    *list = std::move(left);
  }
}

/// What is not in the pack and has ended already is neither absent nor retired once more; figures, tasks and
/// records are history.
void settle_absent(pack::LoadPlan& plan, const pack::Pack& stored, const store::View& view) {
  std::set<std::string, std::less<>> over;
  for (const auto& [id, ended_on] : stored.ended)
    over.insert(stored.places[static_cast<std::size_t>(id.value - 1)].code);
  const auto ended = [&](const pack::ObjectKey& key) {
    if (key.kind == "place") return over.contains(key.id);
    if (key.kind == "series") return over.contains(key.id.substr(key.id.rfind('/') + 1));
    const auto* latest = view.definitions->latest(key.kind, key.id);
    return latest != nullptr && latest->retired;
  };
  const auto is_history = [](const pack::ObjectKey& key) {
    return key.kind == "series" || key.kind == "task" || key.kind == "record" || key.kind == "programme";
  };
  for (const pack::ObjectKey& key : plan.retired)
    if (is_history(key)) plan.absent.push_back(key);
  std::erase_if(plan.retired, is_history);
  for (auto* list : {&plan.retired, &plan.absent, &plan.conflicts}) std::erase_if(*list, ended);
}

}   // namespace

std::map<PlaceId, PlaceId> known_places(const pack::Pack& pack, const store::PlaceRows& rows) {
  std::map<std::string_view, std::pair<const store::PlaceRow*, bool>> by_code;   // and whether it stands
  std::map<PlaceId, Date> last;
  for (const auto& row : rows) last[row.place.id] = std::max(last[row.place.id], row.place.valid_from);
  for (const auto& row : rows) {
    const bool stands = !row.valid_to && row.place.valid_from == last[row.place.id];
    auto& known = by_code[row.place.code];
    if (known.first == nullptr || (stands && !known.second)) known = {&row, stands};
  }
  std::map<PlaceId, PlaceId> out;
  for (const place::Place& place : pack.places) {   // by the code of today before those of before
    if (const auto found = by_code.find(place.code); found != by_code.end())
      out.emplace(place.id, found->second.first->place.id);
  }
  for (const auto& [code, id] : pack.codes()) {
    if (const auto found = by_code.find(code); found != by_code.end()) out.emplace(id, found->second.first->place.id);
  }
  return out;
}

std::vector<PlaceChange> place_changes(const pack::Pack& pack, const place::Place& place,
                                       const std::map<PlaceId, PlaceId>& ids,
                                       const std::vector<const store::PlaceRow*>& stored) {
  std::vector<PlaceChange> wanted;
  for (const pack::EarlierPlace& earlier : pack.earlier) {
    if (earlier.place.id == place.id) wanted.push_back({earlier.place, earlier.valid_to, earlier.attributes});
  }
  const auto ended = pack.ended.find(place.id);
  const auto rest = pack.attributes.find(place.id);
  wanted.push_back({place, ended == pack.ended.end() ? std::nullopt : std::optional(ended->second),
                    rest == pack.attributes.end() ? Json() : rest->second});
  const auto lasting = [&](PlaceId id) {
    const auto found = ids.find(id);
    return found == ids.end() ? PlaceId{} : found->second;   // a new one: nothing stored is equal to it
  };
  for (PlaceChange& change : wanted) {
    change.place.id = lasting(change.place.id);
    if (change.place.parent) change.place.parent = lasting(change.place.parent);
  }
  std::vector<PlaceChange> out;
  for (std::size_t w = 0; w < wanted.size(); ++w) {
    const auto same = [&](const store::PlaceRow* row) { return equal(*row, wanted[w], w + 1 == wanted.size()); };
    if (std::ranges::none_of(stored, same)) out.push_back(wanted[w]);
  }
  for (const store::PlaceRow* row : stored) {
    const Date from = row->place.valid_from;
    if (from < wanted.front().place.valid_from ||
        std::ranges::find(wanted, from, [](const PlaceChange& c) { return c.place.valid_from; }) != wanted.end())
      continue;
    out.push_back({row->place, from.plus_days(-1), row->attributes});   // withdrawn
  }
  return out;
}

std::span<const Definition> new_versions(const store::Definitions::Versions& stored,
                                         std::span<const Definition> packed) {
  std::size_t same = 0;
  while (same < stored.size() && same < packed.size() && stored[same]->body == packed[same].body &&
         stored[same]->valid_from == packed[same].valid_from && stored[same]->retired == packed[same].retired)
    ++same;
  if (same == packed.size()) return stored.size() == same ? std::span<const Definition>{} : packed.last(1);
  return packed.subspan(same);
}

std::span<const Definition> versions_in(const pack::Pack& pack, const std::vector<Definition>& kinds,
                                        const pack::ObjectKey& key) {
  const auto& all = key.kind == "kind" ? kinds : pack.definitions;
  const auto [begin, end] = std::ranges::equal_range(all, std::tie(key.kind, key.id), {},
                                                     [](const Definition& d) { return std::tie(d.kind, d.id); });
  return {begin, end};
}

namespace {

/// Every record that a kind with a map can't place is told where the map is written; nothing is loaded.
Status check_records_follow(store::Store& store, const store::View& view, const pack::Pack& pack, const Merge& merge) {
  const auto mapped = mapped_kinds(merge.plan.taken, pack, merge.kinds, *view.definitions);
  if (mapped.empty() || !view.records.catalogue) return {};
  TRY_ASSIGN(const auto next, catalogue_with(merge.plan.taken, pack, merge.kinds, *view.definitions, view.at.date()));
  const FollowWorld world{*view.tree, view.homes->all(), calendar_of(view), view.at};
  Diagnostics faults;
  for (const MappedKind& one : mapped) {
    if (!view.records.catalogue->find(one.id)) continue;
    TRY_ASSIGN(const Followers found, followers(store, {view.records.catalogue, next, one.id}, world, Limits{}));
    const Status status = refused(found, one.where);
    if (!status) faults.insert(faults.end(), status.error().all().begin(), status.error().all().end());
  }
  if (!faults.empty()) return fail(std::move(faults));
  return {};
}

}   // namespace

Result<Merge> merge_of(store::Store& store, const pack::Pack& pack, const LoadOptions& options) {
  const auto view = store.view();
  const NewCodes codes = new_codes(pack);
  pack::Pack stored;
  pack::Objects stored_objects;
  if (const auto* programme = programme_of(*view)) {
    if (programme->id != pack.id()) return fail(errors::load_other_programme, {programme->id, pack.id()});
    TRY_ASSIGN(stored, export_pack(store));
    TRY_ASSIGN(stored_objects, pack::objects_of(stored));
  }
  TRY_ASSIGN(pack::Objects objects, pack::objects_of(pack));
  Merge merge;
  merge.kinds = numbered_kinds(pack, *view->definitions, options.base.objects);
  for (const Definition& kind : merge.kinds) {
    const pack::ObjectKey key{kind.kind, kind.id};
    objects.insert_or_assign(key, pack::object_digest(versions_in(pack, merge.kinds, key)));
  }
  merge.plan =
      pack::plan_load(renamed(options.base.objects, codes), objects, renamed(stored_objects, codes), options.retire);
  const std::set<std::string> series = series_in(merge.plan);
  std::set<std::string> looked_at = series_of_taken_indicators(merge.plan, pack, codes);
  looked_at.insert(series.begin(), series.end());
  const Reports stored_reports = reports_of(stored, codes, looked_at),
                packed_reports = reports_of(pack, codes, looked_at);
  settle_series(merge.plan, stored_reports, packed_reports, series);
  settle_objects(merge, pack, *view);
  settle_absent(merge.plan, stored, *view);
  plan_rounds(merge, stored_reports, packed_reports, series);
  for (auto* list : {&merge.plan.taken, &merge.plan.unchanged, &merge.plan.absent}) std::ranges::sort(*list);
  TRY(check_taken(merge.plan.taken, pack, merge.kinds, *view->definitions, view->records.catalogue.get()));
  TRY(check_records_follow(store, *view, pack, merge));
  return merge;
}

}   // namespace gangmu::app
