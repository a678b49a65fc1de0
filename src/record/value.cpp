// SPDX-License-Identifier: Apache-2.0
#include "record/value.hpp"

#include <charconv>

#include "base/text.hpp"
#include "record/errors.hpp"

namespace gangmu::record {
namespace {

std::optional<std::int64_t> integer(std::string_view text) {
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return out;
}

}   // namespace

std::string RecordId::text() const { return std::to_string(home.value) + "." + kind + "." + std::to_string(number); }

Result<RecordId> RecordId::parse(std::string_view text) {
  const std::vector<std::string> parts = text::split(text, '.');
  const auto home = parts.size() == 3 ? integer(parts[0]) : std::nullopt;
  const auto number = parts.size() == 3 ? integer(parts[2]) : std::nullopt;
  if (!home || !number || *number < 1 || parts[1].empty())
    return fail(errors::value_form, {std::string(text), "记录地址，如 7.task.12", "an address such as 7.task.12"});
  return RecordId{PlaceId{*home}, parts[1], *number};
}

std::size_t Shape::vertices() const {
  std::size_t out = 0;
  for (const auto& ring : rings) out += ring.size();
  return out;
}

bool operator==(const Value& a, const Value& b) {
  return static_cast<const ValueVariant&>(a) == static_cast<const ValueVariant&>(b);
}

}   // namespace gangmu::record
