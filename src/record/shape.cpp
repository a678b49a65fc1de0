// SPDX-License-Identifier: Apache-2.0
#include "record/shape.hpp"

#include <algorithm>
#include <array>

#include "record/errors.hpp"

namespace gangmu::record {
namespace {

constexpr auto shape_names = std::to_array<std::string_view>({"point", "line", "area"});
constexpr std::int32_t degree = 10'000'000;
constexpr std::int32_t west = 73 * degree, east = 136 * degree, south = 3 * degree, north = 54 * degree;
constexpr std::size_t ring_least = 4, line_least = 2, vertices_most = 2000;

tl::unexpected<Error> misdrawn(const Field& field, const char* zh, const char* en) {
  return fail(errors::value_form, {field.label(Language::zh), zh, en});
}

std::string degrees(std::int32_t value) { return Decimal(value, Shape::decimals).reduced().text(); }

Json vertex_json(const Shape::Vertex& at) { return Json(Json::Array{Json(degrees(at.lon)), Json(degrees(at.lat))}); }

Json ring_json(const std::vector<Shape::Vertex>& ring) {
  Json::Array out;
  for (const Shape::Vertex& at : ring) out.push_back(vertex_json(at));
  return Json(std::move(out));
}

std::optional<std::int32_t> degrees_of(const Json& json) {
  const auto text = json.integer() ? Decimal(*json.integer(), 0) : Decimal::parse(json.string_or(""));
  const auto exact = text ? text->rescaled(Shape::decimals) : text;
  if (!exact || std::abs(exact->real()) > 180) return std::nullopt;
  return static_cast<std::int32_t>(exact->units());
}

Result<Shape::Vertex> vertex_of(const Field& field, const Json& json) {
  const Json::Array* pair = json.array();
  const auto lon = pair && pair->size() == 2 ? degrees_of((*pair)[0]) : std::nullopt;
  const auto lat = lon ? degrees_of((*pair)[1]) : std::nullopt;
  if (!lat) return misdrawn(field, "[经度, 纬度]，最多 7 位小数", "[longitude, latitude] with 7 decimals at most");
  return Shape::Vertex{*lon, *lat};
}

Result<std::vector<Shape::Vertex>> ring_of(const Field& field, const Json& json) {
  const Json::Array* all = json.array();
  if (!all) return misdrawn(field, "一列 [经度, 纬度]", "a list of [longitude, latitude]");
  std::vector<Shape::Vertex> out;
  for (const Json& one : *all) {
    TRY_ASSIGN(const Shape::Vertex at, vertex_of(field, one));
    out.push_back(at);
  }
  return out;
}

}   // namespace

std::optional<Shape::Kind> shape_kind(std::string_view name) {
  const auto found = std::find(shape_names.begin(), shape_names.end(), name);
  if (found == shape_names.end()) return std::nullopt;
  return static_cast<Shape::Kind>(found - shape_names.begin());
}
std::string_view name_of(Shape::Kind kind) { return shape_names[static_cast<std::size_t>(kind)]; }

Json shape_json(const Shape& shape) {
  Json at;
  switch (shape.kind) {
    case Shape::Kind::point: at = vertex_json(shape.rings.at(0).at(0)); break;
    case Shape::Kind::line: at = ring_json(shape.rings.at(0)); break;
    case Shape::Kind::area:
      for (const auto& ring : shape.rings) at.push(ring_json(ring));
      break;
  }
  Json out;
  out.set(name_of(shape.kind), std::move(at));
  return out;
}

Result<Shape> shape_of(const Field& field, const Json& json) {
  const Json::Object* one = json.object();
  const auto kind = one && one->size() == 1 ? shape_kind(one->begin()->first) : std::nullopt;
  if (!kind) return misdrawn(field, "点、线或面（point、line、area）", "a point, line or area");
  const Json& at = one->begin()->second;
  Shape out{.kind = *kind};
  if (*kind == Shape::Kind::point) {
    TRY_ASSIGN(const Shape::Vertex vertex, vertex_of(field, at));
    out.rings = {{vertex}};
  } else if (*kind == Shape::Kind::line) {
    TRY_ASSIGN(auto ring, ring_of(field, at));
    out.rings.push_back(std::move(ring));
  } else {
    const Json::Array* rings = at.array();
    if (!rings || rings->empty()) return misdrawn(field, "外环和内环", "an outer ring and its holes");
    for (const Json& ring : *rings) {
      TRY_ASSIGN(auto closed, ring_of(field, ring));
      out.rings.push_back(std::move(closed));
    }
  }
  return out;
}

Status fitting_shape(const Field& field, const Shape& shape) {
  const auto& allowed = field.spec.shapes;
  if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), shape.kind) == allowed.end())
    return fail(errors::shape_kind, {field.label(Language::zh), std::string(name_of(shape.kind))});
  const std::size_t most = field.spec.max > 0 ? static_cast<std::size_t>(field.spec.max) : vertices_most;
  if (shape.vertices() > most) return fail(errors::shape_too_fine, {field.label(Language::zh), std::to_string(most)});
  if (shape.rings.empty()) return misdrawn(field, "点、线或面", "a point, line or area");
  for (const auto& ring : shape.rings) {
    const std::size_t least = shape.kind == Shape::Kind::area   ? ring_least
                              : shape.kind == Shape::Kind::line ? line_least
                                                                : 1;
    if (ring.size() < least || (shape.kind == Shape::Kind::point && ring.size() > 1))
      return misdrawn(field, "点一个，线两个以上，面每环四个以上顶点",
                      "one vertex for a point, two for a line, four for each ring of an area");
    if (shape.kind == Shape::Kind::area && !(ring.front() == ring.back()))
      return fail(errors::shape_open, {field.label(Language::zh)});
    for (const Shape::Vertex& at : ring)
      if (at.lon < west || at.lon > east || at.lat < south || at.lat > north)
        return fail(errors::shape_outside, {field.label(Language::zh), degrees(at.lon) + ", " + degrees(at.lat)});
  }
  return {};
}

}   // namespace gangmu::record
