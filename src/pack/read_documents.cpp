// SPDX-License-Identifier: Apache-2.0
// Schemes (YAML, checked by score/), roles (YAML, checked by access/) and the user's own outlines (GeoJSON, RFC 7946;
// checked, not loaded).
#include <algorithm>

#include "access/role.hpp"
#include "base/control.hpp"
#include "base/json_texts.hpp"
#include "base/text.hpp"
#include "pack/errors.hpp"
#include "pack/reader.hpp"
#include "score/scheme.hpp"

namespace gangmu::pack {

void Reader::read_scheme(const std::string& file) {
  const auto yaml = read_yaml(text_of(files_.find(file)->second, file, faults), file);
  if (!yaml) return faults.add(yaml.error());
  std::vector<fact::Indicator> catalogue;
  for (const auto& [code, indicator] : indicators_) catalogue.push_back(indicator.versions.back());
  const auto scheme =
      score::scheme_from_json(yaml->value, catalogue, [&](std::string_view pointer) { return yaml->at(pointer); });
  if (!scheme) return faults.add(scheme.error(), yaml->at(""));
  const Position where = yaml->at("/scheme/id");
  const auto [first, fresh] = ids_["scheme"].emplace(scheme->id, where);
  if (!fresh) return faults.add(errors::duplicate_key, {scheme->id, first->second.text()}, where);
  if (known_real() && scheme->approval.empty())
    faults.add(errors::real_assessment, {"评分方案", "approval", "scheme"}, where);
  for (const score::Class& c : scheme->classes)
    for (const std::string& member : c.members) known_place(member, "members", yaml->at("/classes"));
  pack.definitions.push_back({.kind = "scheme",
                              .id = scheme->id,
                              .version = 1,
                              .valid_from = default_from_,
                              .retired = false,
                              .body = yaml->value});
}

void Reader::read_roles(const std::string& file) {
  const auto yaml = read_yaml(text_of(files_.find(file)->second, file, faults), file);
  if (!yaml) return faults.add(yaml.error());
  const auto roles = access::Roles::read(yaml->value, [&](std::string_view pointer) { return yaml->at(pointer); });
  if (!roles) return faults.add(roles.error());
  if (yaml->value["id"].string_or("") != "roles")
    return faults.add(errors::cell_form, {"id", yaml->value["id"].string_or(""), "roles", "roles"}, yaml->at("/id"));
  pack.definitions.push_back({.kind = "roles",
                              .id = "roles",
                              .version = 1,
                              .valid_from = default_from_,
                              .retired = false,
                              .body = yaml->value});
}

namespace {

/// RFC 7946 §3: types of geometry an area can have.
bool is_area(std::string_view type) { return type == "Polygon" || type == "MultiPolygon"; }

}   // namespace

/// Escapes such as \u0000 bring in what the bytes of the file can't hold.
bool Reader::invisible_in(const Json& value, const Position& where) {
  bool found = false;
  for_each_text(value, [&](const std::string& path, std::string_view text) {
    const auto control = text::first_control(text);
    if (!control) return;
    faults.add(errors::text_control, {control->name() + " (" + text::writable(path) + ")"}, where);
    found = true;
  });
  return found;
}

void Reader::read_outlines(const std::string& file) {
  const std::string text = text_of(files_.find(file)->second, file, faults);
  const Position top{.file = file, .line = 1, .column = 0, .cell = {}};
  const auto json = Json::parse(text);
  if (!json) {
    Position where = json.error().first().where;
    where.file = file;
    where.line = std::max(where.line, 1);
    return faults.add(*json.error().first().kind, json.error().first().arguments, where);
  }
  const Json& collection = *json;
  if (invisible_in(collection, top)) return;
  if (collection["type"].string_or("") != "FeatureCollection" || !collection["features"].array())
    return faults.add(
        errors::outline_form,
        {"不是要素集合", "{\"type\":\"FeatureCollection\",\"features\":[…]}", "this is no feature collection"}, top);
  if (collection["approval"].string_or("").empty())
    faults.add(errors::outline_form,
               {"没有审图号", "\"approval\":\"粤S（2023）…号\"", "there is no map approval number (审图号)"}, top);
  std::size_t n = 0;
  for (const Json& feature : *collection["features"].array()) {
    const std::string nth = "#" + std::to_string(++n);
    const std::string code = feature["properties"]["code"].string_or("");
    if (code.empty())
      faults.add(errors::outline_form,
                 {"第 " + std::to_string(n) + " 个要素没有 code", "\"properties\":{\"code\":\"440785000000\"}",
                  "feature " + nth + " has no code"},
                 top);
    else
      known_place(code, "properties.code " + nth, top);
    if (!is_area(feature["geometry"]["type"].string_or("")) || !feature["geometry"]["coordinates"].array())
      faults.add(
          errors::outline_form,
          {"第 " + std::to_string(n) + " 个要素不是面", "Polygon / MultiPolygon", "feature " + nth + " is no area"},
          top);
  }
}

}   // namespace gangmu::pack
