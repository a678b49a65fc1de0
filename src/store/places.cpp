// SPDX-License-Identifier: Apache-2.0
#include "store/places.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "store/errors.hpp"

namespace gangmu::store {
namespace places {
namespace {

constexpr std::int64_t no_end = INT64_MAX;   ///< valid_to of a row that is still valid

std::int64_t number(const Row& row, std::size_t i) { return std::get<std::int64_t>(row[i]); }
const std::string& text(const Row& row, std::size_t i) { return std::get<std::string>(row[i]); }
Date date(const Row& row, std::size_t i) { return Date{static_cast<std::int32_t>(number(row, i))}; }

}   // namespace

Status put(Tx& tx, const PlaceRow& row) {
  const place::Place& p = row.place;
  return tx.insert(table::place, {row.home.value, p.id.value, std::int64_t{p.valid_from.days}, tx.seq().value,
                                  row.valid_to ? std::int64_t{row.valid_to->days} : no_end, p.code,
                                  std::string(place::level_name(p.level)), p.parent.value, p.kind,
                                  std::int64_t{p.functional}, p.name_zh, p.name_en, p.pinyin, p.initials,
                                  row.attributes.is_null() ? std::string() : row.attributes.canonical()});
}

Result<PlaceRow> of_row(const Row& row) {
  PlaceRow out;
  out.home = PlaceId{number(row, 0)};
  out.place.id = PlaceId{number(row, 1)};
  out.place.valid_from = date(row, 2);
  out.seq = Seq{number(row, 3)};
  if (number(row, 4) != no_end) out.valid_to = date(row, 4);
  out.place.code = text(row, 5);
  const auto level = place::level_of(text(row, 6));
  if (!level) return fail(errors::row_malformed, {"place", "level " + text(row, 6)});
  out.place.level = *level;
  out.place.parent = PlaceId{number(row, 7)};
  out.place.kind = text(row, 8);
  out.place.functional = number(row, 9) != 0;
  out.place.name_zh = text(row, 10);
  out.place.name_en = text(row, 11);
  out.place.pinyin = text(row, 12);
  out.place.initials = text(row, 13);
  if (!text(row, 14).empty()) { TRY_ASSIGN(out.attributes, Json::parse(text(row, 14))); }
  return out;
}

Result<PlaceRows> load(Database& database) {
  PlaceRows out;
  TRY(scan_rows(database, table::place, {}, [&](Row&& row) -> Status {
    TRY_ASSIGN(PlaceRow p, of_row(row));
    out.push_back(std::move(p));
    return {};
  }));
  return out;
}

Result<PlaceRows> list(Tx& tx) {
  TRY_ASSIGN(const PlaceRows all, load(tx.database()));
  return as_of(all);
}

Result<PlaceId> next_id(Tx& tx) {
  TRY_ASSIGN(Statement * statement, tx.database().prepare(R"(SELECT coalesce(max("id"),0) FROM "place")"));
  TRY(statement->step());
  const PlaceId id{statement->integer(0) + 1};
  statement->reset();
  return id;
}

PlaceRows as_of(const PlaceRows& rows, Seq seq) {
  std::vector<const PlaceRow*> known;
  for (const PlaceRow& row : rows) {
    if (row.seq <= seq) known.push_back(&row);
  }
  const auto order = [](const PlaceRow* row) { return std::tuple(row->place.id, row->place.valid_from, row->seq); };
  std::ranges::sort(known, {}, order);
  PlaceRows out;
  for (std::size_t i = 0; i < known.size(); ++i) {
    const PlaceRow& row = *known[i];
    const bool replaced = i + 1 < known.size() && known[i + 1]->place.id == row.place.id &&
                          known[i + 1]->place.valid_from == row.place.valid_from;
    if (!replaced && (!row.valid_to || *row.valid_to >= row.place.valid_from)) out.push_back(row);
  }
  return out;
}

Result<std::shared_ptr<const place::Frames>> frames(const PlaceRows& rows, Seq seq) {
  std::vector<place::Version> versions;
  for (PlaceRow& row : as_of(rows, seq)) versions.push_back({std::move(row.place), row.valid_to});
  return place::Frames::build(std::move(versions));
}

PlaceId home_of(const place::Frames& frames, PlaceId place, const Period& period) {
  const auto home_on = [&](const place::Tree& tree) {
    const place::NodeIndex node = tree.find(place);
    return node == place::no_node ? PlaceId{} : tree.home(node);
  };
  if (const PlaceId home = home_on(*frames.on(period.last()))) return home;
  const auto& versions = frames.versions(place);
  if (versions.empty()) return home_on(*frames.now());
  const place::Version* last = &versions.front();   // of a place that is younger than the period
  for (const place::Version& version : versions) {
    if (version.place.valid_from <= period.last()) last = &version;
  }
  const bool younger = last->place.valid_from > period.last();
  if (const PlaceId home =
          home_on(*frames.on(younger ? last->place.valid_from : last->valid_to.value_or(period.last()))))
    return home;
  return place;   // it stood in no tree at all
}

}   // namespace places

PlaceHomes::PlaceHomes(const PlaceRows& rows) {
  std::set<PlaceId> tops;
  std::unordered_map<PlaceId, std::vector<const PlaceRow*>> of;
  bool again = false;
  for (const PlaceRow& row : rows) {
    auto& known = of[row.place.id];
    again |= !known.empty();
    known.push_back(&row);
    tops.insert(row.home);
    if (row.place.level <= place::Level::county) tops.insert(row.place.id);
  }
  all_.assign(tops.begin(), tops.end());
  if (!again) return;   // nobody ever moved
  std::map<PlaceId, std::vector<PlaceId>> found;
  const auto add = [&](const auto& self, PlaceId place) -> std::vector<PlaceId> {
    const auto [entry, fresh] = found.try_emplace(place);   // empty while it is worked on: ends a circle
    const auto known = of.find(place);
    if (!fresh || known == of.end()) return entry->second;
    std::vector<PlaceId> homes;
    for (const PlaceRow* row : known->second) {
      homes.push_back(row->home);
      if (row->place.level <= place::Level::county || !row->place.parent) {
        homes.push_back(place);
        continue;
      }
      const auto above = self(self, row->place.parent);
      homes.insert(homes.end(), above.begin(), above.end());
    }
    std::ranges::sort(homes);
    homes.erase(std::ranges::unique(homes).begin(), homes.end());
    return found[place] = std::move(homes);
  };
  for (const auto& [place, versions] : of) {
    if (auto homes = add(add, place); homes.size() > 1) several_.emplace(place, std::move(homes));
  }
}

const std::vector<PlaceId>& PlaceHomes::several(PlaceId place) const {
  static const std::vector<PlaceId> none;
  const auto found = several_.find(place);
  return found == several_.end() ? none : found->second;
}

std::vector<PlaceId> PlaceHomes::of(PlaceId place, PlaceId by_rule) const {
  const auto& homes = several(place);
  return homes.empty() ? std::vector<PlaceId>{by_rule} : homes;
}

}   // namespace gangmu::store
