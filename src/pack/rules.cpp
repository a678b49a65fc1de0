// SPDX-License-Identifier: Apache-2.0
// What must hold between rows: parts of ratios exist, tiles do not overlap, synthetic and real codes never mix, and no
// real place is put into a class or a scheme without the number under which its authority published it.
#include <algorithm>

#include "fact/errors.hpp"
#include "pack/errors.hpp"
#include "pack/reader.hpp"

namespace gangmu::pack {

/// Of what fact/ says of an indicator, only what its cells were not told before.
void Reader::add_untold(const Definition& definition, const Error& error, const Position& where) {
  for (const Diagnostic& d : error.all()) {
    const bool by_field = d.is(fact::errors::indicator_field) || d.is(fact::errors::indicator_field_missing);
    const bool told = by_field && definition.body[d.arguments[1]].is_null() && d.arguments[1] != "factor";
    if (!told) faults.add(*d.kind, d.arguments, where);
  }
}

void Reader::check_indicators() {
  for (const Definition& definition : pack.definitions) {
    if (definition.kind != "indicator" || definition.retired) continue;
    const Position& where = ids_["indicator"].find(definition.id)->second;
    auto indicator = indicator_of(definition);
    if (!indicator) {
      add_untold(definition, indicator.error(), where);
      continue;
    }
    KnownIndicator& known = indicators_[definition.id];
    known.versions.push_back(*std::move(indicator));
    known.valid_from.push_back(definition.valid_from);
  }
  for (const auto& [code, known] : indicators_) {
    const Position& where = ids_["indicator"].find(code)->second;
    for (const fact::Indicator& version : known.versions)
      for (const IndicatorCode& part : {version.numerator, version.denominator})
        if (part) known_indicator(part.value, where);
  }
}

void Reader::check_tiles() {
  std::map<std::tuple<place::Level, std::int64_t, std::int64_t>, int> taken;
  for (const Definition& tile : pack.definitions) {
    if (tile.kind != "tile") continue;
    const auto place = place_index_.find(tile.id);
    if (place == place_index_.end() || place->second >= pack.places.size()) continue;
    const auto column = tile.body["column"].integer_or(0), row = tile.body["row"].integer_or(0);
    const Position& where = ids_["tile"].find(tile.id)->second;
    const auto [first, fresh] = taken.emplace(std::tuple(pack.places[place->second].level, column, row), where.line);
    if (!fresh)
      faults.add(errors::tile_overlap, {std::to_string(column), std::to_string(row), std::to_string(first->second)},
                 where);
  }
}

bool Reader::known_real() const { return pack.programme["synthetic"].boolean() && !pack.synthetic(); }

void Reader::check_codes() {
  if (!pack.programme["synthetic"].boolean()) return;   // told by read_programme
  for (const place::Place& p : pack.places) {
    if (!p.id) continue;   // its row was refused
    const bool starts_99 = p.code.starts_with("99");
    if (starts_99 == pack.synthetic()) continue;
    faults.add(pack.synthetic() ? errors::synthetic_code : errors::real_code, {p.code},
               place_rows_.find(p.code)->second.where);
  }
}

void Reader::check_classes() {
  std::vector<std::string> known;
  for (const Definition& definition : pack.definitions) {
    if (definition.kind != "scheme") continue;
    if (const auto* classes = definition.body["classes"].array())
      for (const Json& c : *classes) known.push_back(c["id"].string_or(""));
  }
  if (known.empty()) return;   // without a scheme a class is only a name
  for (const Definition& definition : pack.definitions) {
    const std::string name = definition.body["class"].string_or("");
    if (definition.kind != "class" || definition.retired || std::ranges::find(known, name) != known.end()) continue;
    const auto [zh, en] = did_you_mean(name, known);
    faults.add(errors::reference_unknown, {"class", name, "schemes/*.yaml", zh, en},
               ids_["class"].find(definition.id)->second);
  }
}

void Reader::check_real_places() {
  if (!known_real()) return;
  for (const Definition& definition : pack.definitions)
    if (definition.kind == "class" && definition.body["approval"].string_or("").empty())
      faults.add(errors::real_assessment, {"分类", "approval", "class"}, ids_["class"].find(definition.id)->second);
}

}   // namespace gangmu::pack
