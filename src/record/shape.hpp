// SPDX-License-Identifier: Apache-2.0
// A shape's JSON and its form: {"point": ["113.08", "22.59"]}, {"line": [[lon, lat], …]}, {"area": [[[lon, lat], …],
// …]}. Internal to the part.
#pragma once

#include "record/field.hpp"

namespace gangmu::record {

std::optional<Shape::Kind> shape_kind(std::string_view name);
std::string_view name_of(Shape::Kind kind);

Json shape_json(const Shape& shape);
/// Error: value_form. The inverse of shape_json.
Result<Shape> shape_of(const Field& field, const Json& json);
/// Of a kind the field takes, within the country, closed where it is an area, not too fine.
Status fitting_shape(const Field& field, const Shape& shape);

}   // namespace gangmu::record
