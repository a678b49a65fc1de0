// SPDX-License-Identifier: Apache-2.0
// Places over time: splits and merges, whether the tree of each day stands, and which figures enter no sum.
#include <algorithm>
#include <set>

#include "fact/indicator.hpp"
#include "pack/errors.hpp"
#include "pack/reader.hpp"

namespace gangmu::pack {
namespace {

using fact::Aggregation;

/// A figure above the entry level would be counted twice: these rules count those below.
bool adds_up(const fact::Indicator& indicator) {
  return indicator.aggregation != Aggregation::reported && indicator.aggregation != Aggregation::ratio;
}

std::vector<place::Version> versions_of(const Pack& pack) {
  std::vector<place::Version> out;
  for (const EarlierPlace& earlier : pack.earlier) out.push_back({earlier.place, earlier.valid_to});
  for (const place::Place& place : pack.places) {
    const auto ended = pack.ended.find(place.id);
    out.push_back({place, ended == pack.ended.end() ? std::nullopt : std::optional(ended->second)});
  }
  return out;
}

}   // namespace

Result<std::shared_ptr<const place::Frames>> Pack::frames() const { return place::Frames::build(versions_of(*this)); }

std::map<std::string, PlaceId> Pack::codes() const {
  std::map<std::string, PlaceId> out = formerly;
  for (const place::Place& place : places) out.emplace(place.code, place.id);
  for (const EarlierPlace& version : earlier) out.emplace(version.place.code, version.place.id);
  return out;
}

/// A place that was split or merged ends the day before, unless it is one of those that took over.
void Reader::take_successors() {
  std::map<std::pair<PlaceId, std::string>, Decimal> shares;
  std::map<std::pair<PlaceId, std::string>, std::pair<Position, bool>> rows;   // and whether it goes on
  for (const Definition& definition : pack.definitions) {
    if (definition.kind != "successor") continue;
    const auto code = [&](std::string_view field) { return place_index_.find(definition.body[field].string_or("")); };
    const auto share = Decimal::parse(definition.body["share"].string_or(""));
    const std::string on = definition.body["on"].string_or("");
    if (code("from") == place_index_.end() || code("to") == place_index_.end() || !share || on.empty())
      continue;   // told
    const std::pair key{PlaceId{static_cast<std::int64_t>(code("from")->second) + 1}, on};
    const auto sum = Decimal::add(shares[key], *share);
    if (sum) shares[key] = *sum;
    auto& row = rows[key];
    row.first = ids_["successor"].find(definition.id)->second;
    row.second |= code("from")->second == code("to")->second;
  }
  for (const auto& [key, row] : rows) {
    const auto& [from, on] = key;
    const std::string& code = pack.places[static_cast<std::size_t>(from.value - 1)].code;
    const Decimal& sum = shares.at(key);
    if (sum.real() < 0.999999 || sum.real() > 1.000001)
      faults.add(errors::successor_share, {code, on, sum.text()}, row.first);
    if (row.second) continue;
    const Date last = Date::parse(on)->plus_days(-1);
    const auto [ended, fresh] = pack.ended.try_emplace(from, last);
    if (!fresh && ended->second != last) faults.add(errors::successor_end, {code, on, ended->second.text()}, row.first);
  }
}

void Reader::check_frames() {
  if (!faults.empty() || pack.places.empty()) return;   // the rows themselves were told
  const auto where = [&](PlaceId id) -> const PlaceRow& {
    return place_versions_.at(static_cast<std::size_t>(id.value - 1)).back();
  };
  auto frames = pack.frames();
  if (!frames) return faults.add(frames.error(), {.file = "places.csv", .line = 0, .column = 0, .cell = {}});
  for (const place::FrameGap& gap : (*frames)->gaps()) {
    const PlaceRow& row = where(gap.place);
    faults.add(errors::place_parent_then,
               {row.place.code, row.place.name_zh, where(gap.parent).place.code, gap.day.text()}, row.where);
  }
  frames_ = *std::move(frames);
}

/// One note for all figures alike, at the first of them.
void Reader::note_figures() {
  struct Note {
    const ErrorKind* kind = nullptr;
    std::vector<std::string> arguments;
    int line = 0;
    std::size_t count = 0;
  };
  std::map<std::pair<std::string, std::int64_t>, Note> found;   // by indicator and level, or place
  std::map<std::pair<std::int64_t, bool>, std::shared_ptr<const place::Tree>> trees;
  const auto add = [&](const ErrorKind& kind, std::string name, std::int64_t number, const Figure& figure,
                       std::vector<std::string> arguments) {
    Note& note = found[{std::move(name), number}];
    if (note.count++ > 0 && note.line <= figure.line) return;
    note = {&kind, std::move(arguments), figure.line, note.count};
  };
  for (const Figure& figure : figures_) {
    const fact::Observation& o = figure.observation;
    const place::Place& place = pack.places[static_cast<std::size_t>(o.place.value - 1)];
    const auto known = indicators_.find(o.indicator.value);
    const auto defined = std::ranges::find(known->second.versions, o.version, &fact::Indicator::version);
    if (o.value.state != fact::CellState::missing && adds_up(*defined) && place.level < defined->entry_level)
      add(errors::above_entry, o.indicator.value, static_cast<std::int64_t>(place.level), figure,
          {place.code, std::string(place::level_name(place.level)), o.indicator.value,
           std::string(place::level_name(defined->entry_level))});
    if (!frames_ || frames_->one()) continue;
    const bool stock = defined->figure == fact::FigureKind::stock;
    auto& tree = trees[{o.period.key(), stock}];
    if (!tree) tree = stock ? frames_->on(o.period.last()) : frames_->during(o.period.first(), o.period.last());
    if (tree->find(o.place) == place::no_node)
      add(errors::figure_outside, "", o.place.value, figure, {place.code, o.period.text(), o.indicator.value});
  }
  for (auto& [key, note] : found) {
    note.arguments.push_back(std::to_string(note.count));
    notes.add(*note.kind, std::move(note.arguments),
              {.file = figures_file_, .line = note.line, .column = 0, .cell = {}});
  }
}

/// A place that was merged inside a period counts in its flows; who took over may have given the same figure with it.
void Reader::note_overlaps() {
  for (const Definition& definition : pack.definitions) {
    if (definition.kind != "successor" || !faults.empty()) continue;
    const auto place = [&](std::string_view field) {
      return PlaceId{static_cast<std::int64_t>(place_index_.at(definition.body[field].string_or(""))) + 1};
    };
    const PlaceId from = place("from"), to = place("to");
    const Date on = *Date::parse(definition.body["on"].string_or(""));
    std::set<std::pair<std::string, std::int64_t>> of_to;
    for (const Figure& figure : figures_) {
      const fact::Observation& o = figure.observation;
      if (o.place == to && from != to && o.value.is_number()) of_to.emplace(o.indicator.value, o.period.key());
    }
    for (const Figure& figure : figures_) {
      const fact::Observation& o = figure.observation;
      const bool inside = o.period.first() < on && on <= o.period.last();
      if (o.place != from || !inside || !o.value.is_number() || !of_to.contains({o.indicator.value, o.period.key()}))
        continue;
      const auto& versions = indicators_.find(o.indicator.value)->second.versions;
      const auto defined = std::ranges::find(versions, o.version, &fact::Indicator::version);
      if (defined->figure == fact::FigureKind::stock || !adds_up(*defined)) continue;
      const auto code = [&](PlaceId id) { return pack.places[static_cast<std::size_t>(id.value - 1)].code; };
      notes.add(errors::figures_overlap, {code(from), o.period.text(), code(to), o.indicator.value},
                {.file = figures_file_, .line = figure.line, .column = 0, .cell = {}});
    }
  }
}

}   // namespace gangmu::pack
