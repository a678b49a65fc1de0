// SPDX-License-Identifier: Apache-2.0
#include "score/reader.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "score/errors.hpp"
#include "score/fields.hpp"

namespace gangmu::score {

namespace {
const Json nothing;

std::string last_of(const std::string& pointer) { return pointer.substr(pointer.rfind('/') + 1); }
}   // namespace

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

void Reader::known_fields(const Spot& object, std::initializer_list<std::string_view> groups) {
  if (!object.json->object()) {
    if (object.given()) wrong_kind(object, last_of(object.pointer), "一组字段", "a group of fields");
    return;
  }
  std::vector<std::string> known;
  for (const std::string_view group : groups) {
    for (const SchemeField& field : field_group(group).fields) known.emplace_back(field.name);
  }
  for (const auto& [key, value] : *object.json->object()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const std::string near = text::nearest(key, known);
    fault(object[key], errors::scheme_field_unknown, {key, near.empty() ? text::join(known, ", ") : near});
    if (!near.empty()) misspelt_.insert(object.pointer + "/" + near);
  }
}

void Reader::absent(const Spot& object, std::string_view key) {
  const bool told =
      misspelt_.contains(object.pointer + "/" + std::string(key)) || (object.given() && !object.json->object());
  if (!told) fault(object, errors::scheme_field_missing, {std::string(key)});
}

std::string Reader::text(const Spot& object, std::string_view key, bool required) {
  const Spot spot = object[key];
  if (!spot.given()) {
    if (required) absent(object, key);
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
  wrong_kind(value, last_of(value.pointer), "数字，如 12.5", "a number such as 12.5");
  return std::nullopt;
}

std::optional<Weight> Reader::weight(const Spot& value) {
  if (const auto* s = value.json->string()) {
    if (const auto fraction = Weight::fraction(*s)) return fraction;
    if (!Decimal::parse(*s)) {
      wrong_kind(value, last_of(value.pointer), "百分数或分数，如 12.5、1/3",
                 "per cent or a fraction such as 12.5 or 1/3");
      return std::nullopt;
    }
  }
  const auto percent = decimal(value);
  if (!percent) return std::nullopt;
  if (*percent < Decimal() || *percent > Decimal(100, 0)) {
    fault(value, errors::scheme_number_outside, {last_of(value.pointer), percent->text(), "0…100"});
    return std::nullopt;
  }
  return Weight(*percent);
}

std::optional<Decimal> Reader::decimal(const Spot& object, std::string_view key, bool required) {
  const Spot spot = object[key];
  if (spot.given()) return decimal(spot);
  if (required) absent(object, key);
  return std::nullopt;
}

Spot Reader::list(const Spot& object, std::string_view key, bool required) {
  const Spot spot = object[key];
  if (!spot.given() && required) absent(object, key);
  if (spot.given() && !spot.json->array()) {
    wrong_kind(spot, key, "一个列表", "a list");
    return {&nothing, spot.pointer};
  }
  return spot;
}

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
