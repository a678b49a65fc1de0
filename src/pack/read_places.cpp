// SPDX-License-Identifier: Apache-2.0
// places.csv: the tree. Parents stand before their children (rows sorted by code do), levels go down, one root.
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
  // Codes first: a parent may be named before or after its row, and a wrong order is a fault of its own.
  Faults heads_are_told_once;
  for_each_row(text, file, layout, heads_are_told_once, [&](const Row& row) {
    const std::string code(row["code"]);
    const auto [first, fresh] = place_rows_.emplace(code, Declared{row.where(), default_from_, open_end});
    if (fresh) place_index_.emplace(code, place_index_.size());
  });
  places_unreadable_ = place_rows_.empty() || place_rows_.contains("");
  for_each_row(text, file, layout, faults, [&](const Row& row) { take_place(row); });
  if (!places_unreadable_) link_places();
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
  if (const Position& first = place_rows_.find(code)->second.where; first.line != row.where().line)
    return faults.add(errors::duplicate_key, {code, std::to_string(first.line)}, row.where());

  place::Place p;
  p.id = PlaceId{static_cast<std::int64_t>(pack.places.size()) + 1};
  place_index_[code] = pack.places.size();
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
  if (!rest.is_null()) pack.attributes[p.id] = std::move(rest);
  pack.places.push_back(std::move(p));
}

void Reader::link_places() {
  const std::size_t n = pack.places.size();
  const auto where = [&](std::size_t i) { return place_rows_.find(pack.places[i].code)->second.where; };
  const auto parent = [&](std::size_t i) { return static_cast<std::size_t>(pack.places[i].parent.value - 1); };
  const std::string root = pack.programme["root"].string_or("");
  std::vector<char> state(n, 0);   // 1: on the path being walked, 2: done
  for (std::size_t i = 0; i < n; ++i) {
    const place::Place& p = pack.places[i];
    if (!p.parent) {
      if (!root.empty() && p.code != root) faults.add(errors::place_root, {root, p.code}, where(i));
      continue;
    }
    if (parent(i) >= n) continue;   // its row was refused
    const place::Place& above = pack.places[parent(i)];
    if (unlevelled_.contains(p.code) || unlevelled_.contains(above.code)) continue;
    if (above.level >= p.level)
      faults.add(errors::place_level, {p.code, p.name_zh, above.code, std::string(place::level_name(above.level))},
                 where(i));
    else if (parent(i) > i)
      faults.add(errors::place_order, {p.code, above.code}, where(i));
  }
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<std::size_t> path;
    std::size_t at = i;
    while (at < n && state[at] == 0) {
      state[at] = 1;
      path.push_back(at);
      at = pack.places[at].parent ? parent(at) : n;
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
