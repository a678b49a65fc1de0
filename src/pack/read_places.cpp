// SPDX-License-Identifier: Apache-2.0
// places.csv: the tree. Parents stand before their children (rows sorted by code do), levels go down, one root. A later
// row of a place is its later version; `was` names a code it had before.
#include <algorithm>

#include "base/text.hpp"
#include "pack/errors.hpp"
#include "pack/reader.hpp"

namespace gangmu::pack {

void Reader::read_places() {
  const std::string file = "places.csv";
  const auto found = files_.find(file);
  if (found == files_.end()) return;
  const FileLayout& layout = *layout_of(file);
  const std::string text = text_of(found->second, file, faults);
  number_places(text, file, layout);
  for_each_row(text, file, layout, faults, [&](const Row& row) { take_place(row); });
  settle_places();
  if (!places_unreadable_) link_places();
}

/// Codes first: a parent may be named before or after its row, and a wrong order is a fault of its own. Rows of one
/// code are one place, and so are those of a code and of the one it was.
void Reader::number_places(const std::string& text, const std::string& file, const FileLayout& layout) {
  Faults heads_are_told_once;
  std::map<std::string, std::string> same;   // a code and another of the same place
  const auto first_of = [&](std::string code) {
    for (auto next = same.find(code); next != same.end(); next = same.find(code)) code = next->second;
    return code;
  };
  std::vector<std::string> codes;
  for_each_row(text, file, layout, heads_are_told_once, [&](const Row& row) {
    const std::string code(row["code"]), was(row["was"]);
    place_rows_.emplace(code, Declared{row.where(), default_from_, open_end});
    for (const std::string& one : {code, was}) {
      if (!one.empty()) codes.push_back(one);
    }
    if (!was.empty() && first_of(was) != first_of(code)) same[first_of(code)] = first_of(was);
  });
  places_unreadable_ = place_rows_.empty() || place_rows_.contains("");
  std::map<std::string, std::size_t> numbers;
  for (const std::string& code : codes) {
    const std::size_t number = numbers.try_emplace(first_of(code), numbers.size()).first->second;
    place_index_.emplace(code, number);
    if (!place_rows_.contains(code)) pack.formerly.emplace(code, PlaceId{static_cast<std::int64_t>(number) + 1});
  }
  pack.places.resize(numbers.size());
}

void Reader::take_place(const Row& row) {
  const FileLayout& layout = row.layout();
  Json values;
  for (std::size_t c = 0; c < layout.columns.size(); ++c) {
    if (!row.has(c)) continue;
    if (Json value = cell(layout.columns[c], row[c], row.where()); !value.is_null())
      values.set(layout.columns[c].name, std::move(value));
  }
  const std::string code = values["code"].string_or("");
  if (code.empty()) return;
  const std::size_t number = place_index_.at(code);

  place::Place p;
  p.id = PlaceId{static_cast<std::int64_t>(number) + 1};
  p.code = code;
  if (const auto level = place::level_of(values["level"].string_or("")))
    p.level = *level;
  else
    unlevelled_.insert(code);
  p.kind = values["kind"].string_or("");
  p.functional = values["functional"].boolean_or(false);
  p.name_zh = values["name_zh"].string_or("");
  p.name_en = values["name_en"].string_or("");
  p.pinyin = values["pinyin"].string_or("");
  p.initials = values["initials"].string_or("");
  p.valid_from = values["valid_from"].is_null() ? default_from_ : *Date::parse(*values["valid_from"].string());
  const std::string parent = values["parent"].string_or("");
  if (!row["parent"].empty()) p.parent = PlaceId{INT64_MAX};   // unknown, and told so by cell()
  if (!parent.empty()) p.parent = PlaceId{static_cast<std::int64_t>(place_index_[parent]) + 1};
  Json rest;
  for (const std::string_view name : {"lon", "lat", "source", "note"})
    if (!values[name].is_null()) rest.set(name, values[name]);
  std::optional<Date> last;
  if (!values["valid_to"].is_null()) last = *Date::parse(*values["valid_to"].string());
  if (last && *last < p.valid_from)
    return faults.add(errors::validity_reversed, {p.valid_from.text(), last->text()}, row.where());

  auto& versions = place_versions_[number];
  for (const PlaceRow& other : versions) {
    if (other.place.valid_from != p.valid_from) continue;
    const bool same_code = other.place.code == code;
    const std::string line = std::to_string(other.where.line);
    return faults.add(same_code ? errors::duplicate_key : errors::place_version_twice, {code, line}, row.where());
  }
  versions.push_back({std::move(p), last, std::move(rest), row.where()});
}

/// The last version of each place is the place; the others are its past.
void Reader::settle_places() {
  for (auto& [number, versions] : place_versions_) {
    std::ranges::stable_sort(versions, {}, [](const PlaceRow& row) { return row.place.valid_from; });
    for (std::size_t v = 0; v + 1 < versions.size(); ++v) {
      PlaceRow& row = versions[v];
      if (row.valid_to && *row.valid_to >= versions[v + 1].place.valid_from) {
        faults.add(errors::overlapping_validity, {row.place.code, std::to_string(row.where.line)},
                   versions[v + 1].where);
      }
      if (row.valid_to == versions[v + 1].place.valid_from.plus_days(-1)) row.valid_to.reset();   // goes without saying
      pack.earlier.push_back({row.place, row.valid_to, row.attributes});
    }
    const PlaceRow& last = versions.back();
    pack.places[number] = last.place;
    if (last.valid_to) pack.ended[last.place.id] = *last.valid_to;
    if (!last.attributes.is_null()) pack.attributes[last.place.id] = last.attributes;
    place_rows_.find(last.place.code)->second.where = last.where;
  }
}

void Reader::link_places() {
  const std::size_t n = pack.places.size();
  const auto where = [&](std::size_t i) { return place_rows_.find(pack.places[i].code)->second.where; };
  const auto parent = [&](std::size_t i) { return static_cast<std::size_t>(pack.places[i].parent.value - 1); };
  const auto moved = [&](std::size_t i) {
    return place_versions_.at(i).size() > 1 || pack.ended.contains(pack.places[i].id);
  };
  const std::string root = pack.programme["root"].string_or("");
  std::vector<char> state(n, 0);   // 1: on the path being walked, 2: done
  for (std::size_t i = 0; i < n; ++i) {
    const place::Place& p = pack.places[i];
    if (!p.id) continue;   // its row was refused
    if (!p.parent) {
      if (!root.empty() && p.code != root && !pack.ended.contains(p.id))
        faults.add(errors::place_root, {root, p.code}, where(i));
      continue;
    }
    if (parent(i) >= n) continue;
    const place::Place& above = pack.places[parent(i)];
    if (!above.id) continue;
    if (unlevelled_.contains(p.code) || unlevelled_.contains(above.code)) continue;
    if (above.level >= p.level)
      faults.add(errors::place_level, {p.code, p.name_zh, above.code, std::string(place::level_name(above.level))},
                 where(i));
    else if (parent(i) > i && !moved(i))
      faults.add(errors::place_order, {p.code, above.code}, where(i));
  }
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<std::size_t> path;
    std::size_t at = i;
    while (at < n && state[at] == 0) {
      state[at] = 1;
      path.push_back(at);
      at = pack.places[at].id && pack.places[at].parent ? parent(at) : n;
    }
    if (at < n && state[at] == 1) {
      std::string cycle;
      for (auto it = std::ranges::find(path, at); it != path.end(); ++it) cycle += pack.places[*it].code + " → ";
      faults.add(errors::place_cycle, {cycle + pack.places[at].code}, where(at));
    }
    for (const std::size_t done : path) state[done] = 2;
  }
}

}   // namespace gangmu::pack
