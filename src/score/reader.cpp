// SPDX-License-Identifier: Apache-2.0
#include "score/reader.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "score/errors.hpp"

namespace gangmu::score {

namespace {
const Json nothing;
}

Spot Spot::operator[](std::string_view key) const { return {&(*json)[key], pointer + "/" + std::string(key)}; }

Spot Spot::operator[](std::size_t index) const {
  const auto* array = json->array();
  return {array && index < array->size() ? &(*array)[index] : &nothing, pointer + "/" + std::to_string(index)};
}

void Reader::fault(const Spot& spot, const ErrorKind& kind, std::vector<std::string> arguments) {
  Position position;
  if (where_) {
    position = where_(spot.pointer);
  } else {
    position.cell = spot.pointer;
  }
  faults_.push_back({&kind, std::move(arguments), std::move(position)});
}

void Reader::known_fields(const Spot& object, std::initializer_list<std::string_view> known) {
  if (!object.json->object()) {
    if (object.given()) wrong_kind(object, object.pointer, "一组字段", "a group of fields");
    return;
  }
  for (const auto& [key, value] : *object.json->object()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    std::vector<std::string> choices(known.begin(), known.end());
    const std::string near = text::nearest(key, choices);
    fault(object[key], errors::scheme_field_unknown, {key, near.empty() ? text::join(choices, ", ") : near});
  }
}

std::string Reader::text(const Spot& object, std::string_view key, bool required) {
  const Spot spot = object[key];
  if (!spot.given()) {
    if (required) fault(object, errors::scheme_field_missing, {std::string(key)});
    return {};
  }
  if (spot.json->array() || spot.json->object()) {
    wrong_kind(spot, key, "一段文字", "a text");
    return {};
  }
  return written(*spot.json);
}

int Reader::integer(const Spot& object, std::string_view key, int otherwise, int lo, int hi) {
  const Spot spot = object[key];
  if (!spot.given()) return otherwise;
  const auto* n = spot.json->integer();
  if (!n) {
    wrong_kind(spot, key, "整数", "a whole number");
    return otherwise;
  }
  if (*n < lo || *n > hi) {
    fault(spot, errors::scheme_number_outside,
          {std::string(key), std::to_string(*n), std::to_string(lo) + "…" + std::to_string(hi)});
    return otherwise;
  }
  return static_cast<int>(*n);
}

bool Reader::boolean(const Spot& object, std::string_view key, bool otherwise) {
  const Spot spot = object[key];
  if (!spot.given()) return otherwise;
  if (!spot.json->boolean()) wrong_kind(spot, key, "true 或 false", "true or false");
  return spot.json->boolean_or(otherwise);
}

std::optional<Decimal> Reader::decimal(const Spot& value) {
  if (const auto* n = value.json->integer()) return Decimal(*n, 0);
  if (const auto* s = value.json->string()) {
    if (auto parsed = Decimal::parse(*s)) return parsed->reduced();
  }
  const auto slash = value.pointer.rfind('/');
  wrong_kind(value, value.pointer.substr(slash + 1), "数字，如 12.5", "a number such as 12.5");
  return std::nullopt;
}

std::optional<Decimal> Reader::decimal(const Spot& object, std::string_view key, bool required) {
  const Spot spot = object[key];
  if (spot.given()) return decimal(spot);
  if (required) fault(object, errors::scheme_field_missing, {std::string(key)});
  return std::nullopt;
}

Spot Reader::list(const Spot& object, std::string_view key, bool required) {
  const Spot spot = object[key];
  if (!spot.given() && required) fault(object, errors::scheme_field_missing, {std::string(key)});
  if (spot.given() && !spot.json->array()) {
    wrong_kind(spot, key, "一个列表", "a list");
    return {&nothing, spot.pointer};
  }
  return spot;
}

const ErrorKind& Reader::missing() { return errors::scheme_field_missing; }

std::string Reader::written(const Json& scalar) {
  if (const auto* s = scalar.string()) return *s;
  if (const auto* n = scalar.integer()) return std::to_string(*n);
  if (const auto* b = scalar.boolean()) return *b ? "true" : "false";
  return {};
}

void Reader::unknown_word(const Spot& spot, std::string_view key, const std::string& given,
                          const std::vector<std::string>& choices) {
  fault(spot, errors::scheme_value_unknown, {std::string(key), given, text::join(choices, ", ")});
}

void Reader::wrong_kind(const Spot& spot, std::string_view key, std::string zh, std::string en) {
  fault(spot, errors::scheme_field_kind, {std::string(key), std::move(zh), std::move(en)});
}

}   // namespace gangmu::score
