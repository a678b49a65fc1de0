// SPDX-License-Identifier: Apache-2.0
#include "formula/tiny_host_test.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace gangmu::formula::testing {
namespace {

const std::vector<std::string> states{"idea", "building", "kept"};

Type money() { return {.base = Base::exact, .unit = Unit::named("元"), .decimals = 2}; }
Type of(Base base) { return {.base = base}; }
Type in(std::string_view unit, int decimals) {
  return {.base = Base::exact, .unit = Unit::named(unit), .decimals = decimals};
}

const TinyNames& month_names() {
  static const TinyNames names(
      {{"amount", {.id = month_amount, .type = money()}}, {"on", {.id = month_on, .type = of(Base::date)}}});
  return names;
}

}   // namespace

TinyNames tiny_names() {
  return TinyNames({
      {"total", {.id = total, .type = money()}},
      {"done_sum", {.id = done_sum, .type = money()}},
      {"area", {.id = area, .type = in("亩", 2)}},
      {"start", {.id = start, .type = of(Base::date)}},
      {"finish", {.id = finish, .type = of(Base::date)}},
      {"state", {.id = state, .type = {.base = Base::code, .domain = "state"}}},
      {"name", {.id = name, .type = of(Base::text)}},
      {"owner.line", {.id = owner, .type = {.base = Base::code, .domain = "line"}, .reach = Reach::look}},
      {"完成率（%）", {.id = pct, .type = in("%", 1)}},
      {"needs", {.id = needs, .type = in("件", 0)}},
      {"done", {.id = months, .item = &month_names()}},
      {"scope", {.id = my_places, .type = {.base = Base::set, .domain = "line"}}},
      {"reporter", {.id = reporter, .type = of(Base::text), .personal = true}},
      {"sampled", {.id = sampled, .type = of(Base::flag)}},
      {"opened_at", {.id = opened_at, .type = of(Base::instant)}},
  });
}

std::optional<Symbol> TinyNames::find(std::span<const std::string> path) const {
  const std::string name = text::join({path.begin(), path.end()}, ".");
  const auto found = std::find_if(fields_.begin(), fields_.end(), [&](const Field& f) { return f.name == name; });
  return found == fields_.end() ? std::nullopt : std::optional(found->symbol);
}
std::vector<std::string> TinyNames::path(std::int64_t id) const {
  const auto found = std::find_if(fields_.begin(), fields_.end(), [&](const Field& f) { return f.symbol.id == id; });
  return text::split(found->name, '.');
}
std::vector<std::string> TinyNames::all() const {
  std::vector<std::string> out;
  for (const Field& field : fields_) out.push_back(field.name);
  return out;
}
std::optional<Code> TinyNames::code(std::string_view domain, std::string_view text) const {
  if (domain != "state") return text == "agriculture" ? std::optional(Code{7}) : std::nullopt;
  const auto found = std::find(states.begin(), states.end(), text);
  return found == states.end() ? std::nullopt : std::optional(Code{found - states.begin()});
}
std::string TinyNames::code_text(std::string_view domain, Code code) const {
  return domain == "state" ? states[static_cast<std::size_t>(code.id)] : "agriculture";
}
std::vector<std::string> TinyNames::codes(std::string_view domain) const {
  return domain == "state" ? states : std::vector<std::string>{"agriculture"};
}
std::optional<Function> TinyNames::function(std::string_view name) const {
  if (name != "age") return std::nullopt;
  return Function{.id = 1, .parameters = {{.base = Base::date}}, .result = in("天", 0), .reach = Reach::now};
}
void TinyNames::rename(std::int64_t id, std::string name) {
  for (Field& field : fields_)
    if (field.symbol.id == id) field.name = name;
}

Value TinyValues::value(std::int64_t symbol) const {
  const auto found = values.find(symbol);
  return found == values.end() ? Value(Absent::missing) : found->second;
}
Status TinyValues::elements(std::int64_t, const Each& each) const {
  for (const TinyValues& row : rows) TRY(each(row));
  return {};
}
bool TinyValues::member(std::int64_t, const Value& value) const { return value == Value(Code{7}); }
Value TinyValues::call(std::int64_t, std::span<const Value> arguments) const {
  return Decimal(today()->days - std::get<Date>(arguments[0]).days, 0);
}

}   // namespace gangmu::formula::testing
