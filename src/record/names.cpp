// SPDX-License-Identifier: Apache-2.0
#include "record/names.hpp"

#include <algorithm>
#include <array>

namespace gangmu::record {
namespace {

using formula::Base;
using formula::Reach;
using formula::Symbol;

formula::Type thing(std::string domain) { return {.base = Base::thing, .domain = std::move(domain)}; }
formula::Type line() { return {.base = Base::code, .domain = "line"}; }

struct FixedName {
  std::string_view name;
  std::int64_t id;
  formula::Type type;
  Reach reach = Reach::row;
};

const std::vector<FixedName>& fixed_names() {
  static const std::vector<FixedName> all{{"raiser", fixed_raiser, thing("who")},
                                          {"actor", fixed_actor, thing("who")},
                                          {"now", fixed_now, {.base = Base::instant}, Reach::now},
                                          {"my.unit", fixed_my_unit, thing("who")},
                                          {"my.post", fixed_my_post, thing("who")},
                                          {"my.line", fixed_my_line, line()},
                                          {"my.place", fixed_my_place, thing("place")},
                                          {"scope", fixed_scope, {.base = Base::set, .domain = "place"}}};
  return all;
}

std::optional<std::int64_t> index_of(const std::vector<std::string>& all, std::string_view one) {
  const auto found = std::find(all.begin(), all.end(), one);
  return found == all.end() ? std::nullopt : std::optional<std::int64_t>(found - all.begin());
}

}   // namespace

Symbol symbol_of(const Field& field) {
  return {.id = field.id.value, .type = formula_type(field), .personal = field.personal};
}

std::optional<Symbol> RowNames::find(std::span<const std::string> path) const {
  const Field* field = path.size() == 1 ? record::find(fields_, path[0]) : nullptr;
  return field ? std::optional(symbol_of(*field)) : std::nullopt;
}
std::vector<std::string> RowNames::path(std::int64_t id) const { return {record::find(fields_, FieldId{id})->name}; }
std::vector<std::string> RowNames::all() const {
  std::vector<std::string> out;
  for (const Field& field : fields_) out.push_back(field.name);
  return out;
}

KindNames::KindNames(const Kind& kind, const Catalogue& catalogue, const flow::FlowSource* flow,
                     std::vector<std::string> lines)
    : kind_(kind), catalogue_(catalogue), lines_(std::move(lines)) {
  for (const Field& field : kind.fields())
    if (field.type == Type::rows) rows_[field.id] = std::make_unique<RowNames>(field.spec.rows, *this);
  if (!flow) return;
  for (const auto& state : flow->states) states_.push_back(state.id.text);
  for (const auto& clock : flow->clocks) clocks_.push_back(clock.id.text);
  counters_ = flow::counters_of(*flow);
}

std::optional<Symbol> KindNames::find(std::span<const std::string> path) const {
  if (path.size() == 1) return own(path[0]);
  if (path.size() != 2) return std::nullopt;
  for (const FixedName& fixed : fixed_names())
    if (fixed.name == path[0] + "." + path[1]) return Symbol{.id = fixed.id, .type = fixed.type, .reach = fixed.reach};
  if (const Field* field = kind_.field(path[0])) return looked(*field, path[1]);
  return rolled(path[0], path[1]);
}

std::optional<Symbol> KindNames::own(const std::string& name) const {
  if (const Field* field = kind_.field(name)) {
    Symbol out = symbol_of(*field);
    if (field->type == Type::rows) out.item = rows_.at(field->id).get();
    if (field->computed && !field->stored_computed()) {
      const auto& tree = *field->computed;
      out.reach = tree.reaches(Reach::now) ? Reach::now : tree.reaches(Reach::roll) ? Reach::roll : Reach::look;
    }
    return out;
  }
  if (name == "state" && !states_.empty())
    return Symbol{.id = fixed_state, .type = {.base = Base::code, .domain = "state"}};
  for (const FixedName& fixed : fixed_names())
    if (fixed.name == name) return Symbol{.id = fixed.id, .type = fixed.type, .reach = fixed.reach};
  if (const auto at = index_of(counters_, name))
    return Symbol{.id = fixed_counters + *at, .type = {.base = Base::exact}};
  if (const auto at = index_of(clocks_, name)) return Symbol{.id = fixed_clocks + *at, .type = thing("clock")};
  return std::nullopt;
}

std::optional<Symbol> KindNames::looked(const Field& field, const std::string& name) const {
  if (field.personal) return std::nullopt;   // sealed: nobody is found through it
  const std::int64_t base = field.id.value * look_step;
  if (field.type == Type::who && name == "line")
    return Symbol{.id = base + attribute_line, .type = line(), .reach = Reach::look};
  if (field.type == Type::who && name == "place")
    return Symbol{.id = base + attribute_place, .type = thing("place"), .reach = Reach::look};
  if (field.type != Type::ref) return std::nullopt;
  const Kind* target = catalogue_.find(field.spec.to);
  const Field* seen = target ? target->field(name) : nullptr;
  if (!seen || seen->type == Type::rows || (seen->computed && !seen->stored_computed()))
    return std::nullopt;   // one step only
  Symbol out = symbol_of(*seen);
  out.id += base;
  out.reach = Reach::look;
  return out;
}

std::optional<Symbol> KindNames::rolled(const std::string& kind, const std::string& name) const {
  const auto& kinds = catalogue_.kinds();
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const Field* field = kinds[i]->id() == kind ? kinds[i]->field(name) : nullptr;
    if (!field || field->type != Type::ref || field->spec.to != kind_.id() || field->personal) continue;
    return Symbol{.id = roll_base + static_cast<std::int64_t>(i) * 1'000'000 + field->id.value,
                  .reach = Reach::roll,
                  .item = &kinds[i]->names()};
  }
  return std::nullopt;
}

std::vector<std::string> KindNames::path(std::int64_t id) const {
  if (id >= roll_base) {
    const Kind& kind = *catalogue_.kinds()[static_cast<std::size_t>((id - roll_base) / 1'000'000)];
    return {kind.id(), kind.field(FieldId{(id - roll_base) % 1'000'000})->name};
  }
  if (id >= look_step) {
    const Field& field = *kind_.field(FieldId{id / look_step});
    const std::int64_t seen = id % look_step;
    if (seen == attribute_line || seen == attribute_place)
      return {field.name, seen == attribute_line ? "line" : "place"};
    return {field.name, catalogue_.find(field.spec.to)->field(FieldId{seen})->name};
  }
  if (const Field* field = kind_.field(FieldId{id})) return {field->name};
  if (id == fixed_state) return {"state"};
  for (const FixedName& fixed : fixed_names()) {
    const std::size_t dot = fixed.name.find('.');
    if (fixed.id != id) continue;
    if (dot == std::string_view::npos) return {std::string(fixed.name)};
    return {std::string(fixed.name.substr(0, dot)), std::string(fixed.name.substr(dot + 1))};
  }
  return {id >= fixed_clocks ? clocks_[static_cast<std::size_t>(id - fixed_clocks)]
                             : counters_[static_cast<std::size_t>(id - fixed_counters)]};
}

std::vector<std::string> KindNames::all() const {
  std::vector<std::string> out = counters_;
  for (const Field& field : kind_.fields()) out.push_back(field.name);
  for (const FixedName& fixed : fixed_names()) out.emplace_back(fixed.name);
  for (const auto& kind : catalogue_.kinds())
    for (const Field& field : kind->fields())
      if (field.type == Type::ref && field.spec.to == kind_.id()) out.push_back(kind->id() + "." + field.name);
  if (!states_.empty()) out.emplace_back("state");
  return out;
}

std::optional<formula::Code> KindNames::code(std::string_view domain, std::string_view text) const {
  if (domain == "state" || domain == "line") {
    const auto at = index_of(domain == "state" ? states_ : lines_, text);
    return at ? std::optional(formula::Code{*at}) : std::nullopt;
  }
  const CodeList* list = catalogue_.list(domain);
  const Code* found = list ? list->find(text) : nullptr;
  return found ? std::optional(formula::Code{found - list->codes.data()}) : std::nullopt;
}
std::string KindNames::code_text(std::string_view domain, formula::Code code) const {
  const auto at = static_cast<std::size_t>(code.id);
  if (domain == "state") return states_[at];
  if (domain == "line") return lines_[at];
  return catalogue_.list(domain)->codes[at].code;
}
std::vector<std::string> KindNames::codes(std::string_view domain) const {
  if (domain == "state") return states_;
  if (domain == "line") return lines_;
  std::vector<std::string> out;
  if (const CodeList* list = catalogue_.list(domain))
    for (const Code& code : list->codes) out.push_back(code.code);
  return out;
}

std::optional<formula::Function> KindNames::function(std::string_view name) const {
  if (name == "age")
    return formula::Function{.id = function_age,
                             .parameters = {thing("clock")},
                             .result = {.base = Base::exact, .unit = formula::Unit::named("天")},
                             .reach = Reach::now};
  if (name == "in_time")
    return formula::Function{.id = function_in_time, .parameters = {thing("clock")}, .result = {.base = Base::flag}};
  return std::nullopt;
}

}   // namespace gangmu::record
