// SPDX-License-Identifier: Apache-2.0
// Fields and what their types ask for.
#include "record/maker.hpp"

#include <algorithm>
#include <charconv>

#include "record/code_check.hpp"

namespace gangmu::record {
namespace {

constexpr int text_most = 20'000;
constexpr int number_most = 9'999;   // names that are no field have numbers above

bool plain(std::string_view name) {
  const auto small = [](char c) { return c >= 'a' && c <= 'z'; };
  return !name.empty() && name.size() <= 40 && small(name[0]) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return small(c) || (c >= '0' && c <= '9') || c == '_'; });
}

}   // namespace

void KindMaker::declare(KindSource source) {
  auto kind = std::make_shared<Kind>();
  kind->id_ = source.id.text;
  kind->zh_ = source.zh.empty() ? source.id.text : source.zh;
  kind->en_ = source.en;
  kind->version_ = version_ = source.version;
  if (!plain(source.id.text)) fault(errors::name_wrong, {source.id.text}, source.id.where);
  if (out_.find(source.id.text)) fault(errors::kind_twice, {source.id.text}, source.id.where);
  bound("字段", "fields", source.fields.size(), limits_.fields, source.id.where);
  kind->fields_ = fields(source.fields, source.id.text + ".");
  if (source.number) {
    if (auto pattern = Numbering::parse(*source.number))
      kind->numbering_ = *std::move(pattern);
    else
      faults_.insert(faults_.end(), pattern.error().all().begin(), pattern.error().all().end());
  }
  kind->whole_ = std::ranges::find(around_.whole, kind->id_) != around_.whole.end();
  kind->source_ = std::move(source);
  out_.kinds_.push_back(std::move(kind));
}

std::vector<Field> KindMaker::fields(const std::vector<FieldSource>& sources, const std::string& prefix) {
  static const std::set<std::string_view> taken{"state", "raiser", "actor", "now", "my",  "scope", "number", "home",
                                                "and",   "or",     "not",   "in",  "yes", "no",    "where",  "missing"};
  std::vector<Field> out;
  for (const FieldSource& source : sources) {
    if (!plain(source.name.text)) fault(errors::name_wrong, {source.name.text}, source.name.where);
    if (source.id < 1 || source.id > number_most)
      fault(errors::value_range, {"id", "1", std::to_string(number_most)}, source.name.where);
    if (taken.contains(source.name.text)) fault(errors::name_taken, {source.name.text}, source.name.where);
    if (find(out, source.name.text)) fault(errors::field_twice, {source.name.text}, source.name.where);
    if (const Field* other = find(out, FieldId{source.id}))
      fault(errors::number_reused, {source.name.text, std::to_string(source.id), other->name}, source.name.where);
    out.push_back(field(source, prefix));
  }
  return out;
}

Field KindMaker::field(const FieldSource& source, const std::string& prefix) {
  Field out{.id = FieldId{source.id}, .name = source.name.text, .zh = source.zh, .en = source.en};
  const auto type = type_of(source.type.text);
  if (!type) {
    unknown(errors::type_unknown, source.type, type_names());
    return out;
  }
  out.type = *type;
  out.personal = source.personal;
  out.since = source.since;
  out.ended = source.until > 0 && source.until < version_;
  if (source.datum) out.datum = source.datum->text;
  if (out.type == Type::person && !out.personal) fault(errors::personal_wanted, {out.name}, source.name.where);
  if (source.need && source.need->text != "always" && source.need->text != "by_step")
    unknown(errors::word_unknown, *source.need, {"always", "by_step"});
  if (source.need && source.need->text == "always") out.need = Need::always;
  spec(source, out, prefix);
  allowed(source, out.type);
  return out;
}

void KindMaker::allowed(const FieldSource& source, Type type) {
  const auto only = [&](const auto& given, std::string_view name, std::initializer_list<Type> types) {
    if (given && std::find(types.begin(), types.end(), type) == types.end())
      fault(errors::spec_unknown, {std::string(name_of(type)), std::string(name)}, source.name.where);
  };
  using enum Type;
  only(source.max, "max", {text, file, rows, shape});
  only(source.decimals, "decimals", {number});
  only(source.unit, "unit", {number});
  only(source.show, "show", {money});
  only(source.list, "list", {choice});
  only(source.to, "to", {ref});
  only(source.inverse, "inverse", {ref});
  only(source.period, "kind", {period});
  only(source.source, "source", {code});
  only(source.least, "min", {number, money});
  only(source.most, "max", {number, money});
  const auto some = [&](bool given, std::string_view name, std::initializer_list<Type> types) {
    only(given ? std::optional(true) : std::nullopt, name, types);
  };
  some(source.many, "many", {choice});
  some(!source.of.empty(), "of", {who, file, shape});
  some(!source.levels.empty(), "level", {place});
  some(!source.row_key.empty(), "key", {rows});
  some(source.personal && source.inverse, "inverse", {});
}

void KindMaker::spec(const FieldSource& source, Field& out, const std::string& prefix) {
  Spec& spec = out.spec;
  spec.na = source.na;
  spec.many = source.many;
  static const std::map<Type, int> most{{Type::text, 20'000}, {Type::rows, 2'000}, {Type::file, 200}};
  if (source.max) spec.max = number(*source.max, 1, most.contains(out.type) ? most.at(out.type) : text_most);
  if (source.decimals) spec.decimals = number(*source.decimals, 0, Decimal::max_scale);
  if (source.least) spec.least = decimal(*source.least);
  if (source.most) spec.most = decimal(*source.most);
  if (source.unit) spec.unit = formula::Unit::named(spec.unit_text = source.unit->text);
  if (source.source) spec.source = source.source->text;
  if (out.type == Type::code && source.check) {
    const auto& all = code_checks();
    if (std::find(all.begin(), all.end(), source.check->text) == all.end())
      unknown(errors::word_unknown, *source.check, all);
    else
      spec.check = source.check->text;
  }
  if (source.show) spec.show = source.show->text;
  if (source.show && !formula::Unit::named(spec.show).money())
    fault(errors::unit_wrong, {out.name, "元", spec.show}, source.show->where);
  if (spec.least && spec.most && *spec.least > *spec.most)
    fault(errors::value_range, {source.least->text, "−∞", spec.most->text()}, source.least->where);
  if (out.type == Type::money) spec.decimals = 2;
  if (out.type == Type::choice) codes(source, spec, prefix + out.name);
  if (out.type == Type::text && !source.max) spec.max = 200;
  if (out.type == Type::ref) {
    if (!source.to) fault(errors::spec_missing, {"ref", "to"}, source.name.where);
    if (source.to) spec.to = source.to->text;
    if (source.inverse) spec.inverse = source.inverse->text;
  }
  for (const Written& level : source.levels)
    if (const auto known = place::level_of(level.text))
      spec.levels.push_back(*known);
    else
      unknown(errors::code_unknown, level, {"province", "city", "county", "town", "village"});
  for (const Written& one : source.of) part_of(one, out.type, spec);
  if (out.type == Type::period) period(source, spec);
  if (out.type != Type::rows) return;
  bound("行的字段", "fields of rows", source.rows.size(), limits_.row_fields, source.name.where);
  if (source.rows.empty()) fault(errors::spec_missing, {"rows", "of"}, source.name.where);
  spec.rows = fields(source.rows, prefix + out.name + ".");
  for (const FieldSource& inner : source.rows) {
    if (inner.type.text == "rows") fault(errors::rows_nested, {inner.name.text}, inner.name.where);
    const auto only = [&](const auto& given, const char* name) {
      if (given) fault(errors::spec_unknown, {"rows", name}, inner.name.where);
    };
    only(inner.take, "take");
    only(inner.inverse, "inverse");
    if (inner.type.text != "code") only(inner.check, "check");
  }
  for (const Written& key : source.row_key)
    if (const Field* field = find(spec.rows, key.text); field && field->personal)
      fault(errors::personal_used, {key.text}, key.where);
    else if (field)
      spec.row_key.push_back(field->id);
    else
      unknown(errors::field_unknown, key, names_of(spec.rows));
}

void KindMaker::part_of(const Written& one, Type type, Spec& spec) {
  static const std::vector<std::string> parties{"unit", "post", "account"};
  static const std::vector<std::string> contents{"image", "pdf", "sheet", "document"};
  static const std::vector<std::string> shapes{"point", "line", "area"};
  const std::vector<std::string>& all = type == Type::who ? parties : type == Type::file ? contents : shapes;
  const auto found = std::find(all.begin(), all.end(), one.text);
  if (type != Type::who && type != Type::file && type != Type::shape) return;
  if (found == all.end()) return unknown(errors::word_unknown, one, all);
  if (type == Type::who) spec.of.push_back(static_cast<Who::Kind>(found - all.begin()));
  if (type == Type::file) spec.contents.push_back(one.text);
  if (type == Type::shape) spec.shapes.push_back(static_cast<Shape::Kind>(found - all.begin()));
}

void KindMaker::period(const FieldSource& source, Spec& spec) {
  static constexpr std::pair<std::string_view, PeriodKind> all[] = {{"year", PeriodKind::year},
                                                                    {"half", PeriodKind::half},
                                                                    {"quarter", PeriodKind::quarter},
                                                                    {"month", PeriodKind::month},
                                                                    {"week", PeriodKind::week}};
  if (!source.period) return;
  for (const auto& [name, kind] : all)
    if (source.period->text == name) {
      spec.period = kind;
      return;
    }
  unknown(errors::word_unknown, *source.period, {"year", "half", "quarter", "month", "week"});
}

void KindMaker::codes(const FieldSource& source, Spec& spec, const std::string& own) {
  if (!source.inline_list.empty()) {
    spec.list = own;
    CodeList& list = (*out_.lists_)[own];
    list.id = own;
    for (const Written& code : source.inline_list)
      list.codes.push_back({.code = code.text, .zh = code.text, .en = {}, .from = {}, .until = {}, .into = {}});
  } else if (!source.list) {
    fault(errors::spec_missing, {"choice", "list"}, source.name.where);
  } else {
    spec.list = source.list->text;
    if (!out_.lists_->contains(spec.list)) unknown(errors::list_unknown, *source.list, keys_of(*out_.lists_));
  }
}

int KindMaker::number(const Written& text, int least, int most) {
  int out = least;
  const char* end = text.text.data() + text.text.size();
  const auto [at, error] = std::from_chars(text.text.data(), end, out);
  if (error == std::errc{} && at == end && out >= least && out <= most) return out;
  fault(errors::value_range, {text.text, std::to_string(least), std::to_string(most)}, text.where);
  return least;
}

std::optional<Decimal> KindMaker::decimal(const Written& text) {
  const auto out = Decimal::parse(text.text);
  if (out) return *out;
  fault(*out.error().first().kind, out.error().first().arguments, text.where);
  return std::nullopt;
}

}   // namespace gangmu::record
