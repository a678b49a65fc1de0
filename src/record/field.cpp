// SPDX-License-Identifier: Apache-2.0
#include "record/field.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "record/errors.hpp"
#include "record/shape.hpp"

namespace gangmu::record {
namespace {

constexpr auto names_of_types =
    std::to_array<std::string_view>({"text", "number", "money", "date", "time", "period", "flag", "choice", "place",
                                     "who", "ref", "rows", "file", "person", "code", "shape"});
constexpr auto type_names_zh = std::to_array<std::string_view>(
    {"文字", "数", "金额", "日期，如 2023-06-16", "时刻，如 2023-06-16T09:00:00+08:00", "时期，如 202306", "是或否",
     "代码", "地区", "单位、岗位或账户", "记录地址", "若干行", "文件", "密封的个人信息", "外部编号", "点、线或面"});
constexpr auto who_names = std::to_array<std::string_view>({"unit", "post", "account"});
constexpr auto gap_names = std::to_array<std::string_view>({"missing", "NA", "WH"});

tl::unexpected<Error> misshapen(const Field& field) {
  return fail(errors::value_form, {field.label(Language::zh), std::string(zh_name_of(field.type)),
                                   "a " + std::string(name_of(field.type))});
}

Json object(std::string_view key, Json value) {
  Json out;
  out.set(key, std::move(value));
  return out;
}

template <class T>
const T* as(const Value& value) {
  return std::get_if<T>(&value);
}

Json rows_json(const Field& field, const Rows& rows) {
  Json all{Json::Object{}};
  for (const auto& [number, values] : rows.all) all.set(std::to_string(number), json_of(field.spec.rows, values));
  Json out = object("rows", std::move(all));
  out.set("last", rows.last);
  return out;
}

template <class T>
std::optional<T> whole(std::string_view text) {
  T out = 0;
  const char* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, out);
  if (error != std::errc{} || end != last || std::to_string(out) != text) return std::nullopt;
  return out;
}

/// A row's number is given once: none stands above `last`. New rows are typed under 0, -1, -2 …
Result<Value> rows_value(const Field& field, const Json& json) {
  const Json::Object* all = json["rows"].object();
  const std::int64_t last = json["last"].integer_or(0);
  if (!all || last < 0 || last > INT32_MAX) return misshapen(field);
  Rows out;
  out.last = static_cast<int>(last);
  for (const auto& [text, values] : *all) {
    const auto number = whole<int>(text);
    if (!number || !values.object()) return misshapen(field);
    TRY_ASSIGN(out.all[*number], values_of(field.spec.rows, values));
  }
  return Value(std::move(out));
}

Result<Value> file_value(const Field& field, const Json& json) {
  FileRef out{json["digest"].string_or(""), json["name"].string_or(""), json["type"].string_or(""),
              json["bytes"].integer_or(0)};
  if (out.digest.empty() || out.bytes < 0) return misshapen(field);
  return Value(std::move(out));
}

Result<Value> codes_value(const Field& field, const Json::Array& list) {
  Codes out;
  for (const Json& one : list) {
    if (!one.string() || one.string()->empty()) return misshapen(field);
    out.all.push_back(*one.string());
  }
  if (out.all.empty()) return Value(Gap::missing);
  return Value(std::move(out));
}

Result<Value> who_value(const Field& field, std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto kind = std::find(who_names.begin(), who_names.end(), text.substr(0, colon));
  if (colon == std::string_view::npos || kind == who_names.end() || colon + 1 == text.size()) return misshapen(field);
  return Value(Who{static_cast<Who::Kind>(kind - who_names.begin()), std::string(text.substr(colon + 1))});
}

std::optional<Gap> gap_of(const Json& json) {
  const std::string name = json["gap"].string_or("");
  const auto found = std::find(gap_names.begin(), gap_names.end(), name);
  return found == gap_names.end() ? std::nullopt : std::optional(static_cast<Gap>(found - gap_names.begin()));
}

Result<Value> number_value(const Field& field, const std::string& text) {
  if (text.starts_with('>') || text.starts_with('<')) {
    const auto bound = Decimal::parse(std::string_view(text).substr(1));
    if (!bound) return misshapen(field);
    return Value(Threshold{text[0] == '>', *bound});
  }
  const auto value = Decimal::parse(text);
  if (!value) return misshapen(field);
  return Value(*value);
}

Result<Value> text_value(const Field& field, const std::string& text) {
  switch (field.type) {
    case Type::number:
    case Type::money: return number_value(field, text);
    case Type::date: {
      TRY_ASSIGN(const Date date, Date::parse(text));
      return Value(date);
    }
    case Type::time: {
      TRY_ASSIGN(const Instant at, Instant::parse(text));
      return Value(at);
    }
    case Type::period: {
      TRY_ASSIGN(const Period period, Period::parse(text));
      return Value(period);
    }
    case Type::choice: return text.empty() ? Value(Gap::missing) : Value(Codes{{text}});
    case Type::who: return who_value(field, text);
    case Type::ref: {
      TRY_ASSIGN(RecordId id, RecordId::parse(text));
      return Value(std::move(id));
    }
    case Type::text:
    case Type::code:
    case Type::person: return Value(text);
    default: return misshapen(field);
  }
}

Json codes_json(const Field& field, const Codes& codes) {
  if (!field.spec.many) return Json(codes.all.empty() ? std::string() : codes.all.front());
  Json::Array out;
  for (const std::string& code : codes.all) out.emplace_back(code);
  return Json(std::move(out));
}

}   // namespace

std::optional<Type> type_of(std::string_view name) {
  const auto found = std::find(names_of_types.begin(), names_of_types.end(), name);
  if (found == names_of_types.end()) return std::nullopt;
  return static_cast<Type>(found - names_of_types.begin());
}
std::string_view name_of(Type type) { return names_of_types[static_cast<std::size_t>(type)]; }
std::string_view zh_name_of(Type type) { return type_names_zh[static_cast<std::size_t>(type)]; }
const std::vector<std::string>& type_names() {
  static const std::vector<std::string> all(names_of_types.begin(), names_of_types.end());
  return all;
}

bool Field::stored_computed() const {
  using formula::Reach;
  return computed && !computed->reaches(Reach::look) && !computed->reaches(Reach::roll) &&
         !computed->reaches(Reach::now);
}

const Field* find(const std::vector<Field>& fields, std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.name == name; });
  return found == fields.end() ? nullptr : &*found;
}
const Field* find(const std::vector<Field>& fields, FieldId id) {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.id == id; });
  return found == fields.end() ? nullptr : &*found;
}

bool sealed_only(const std::vector<Field>& fields, const Values& values) {
  for (const auto& [id, value] : values) {
    const Field* field = find(fields, id);
    if (!field || value.gap()) continue;
    if (field->personal && !std::holds_alternative<Sealed>(value)) return false;
    if (const auto* rows = std::get_if<Rows>(&value))
      for (const auto& [number, row] : rows->all)
        if (!sealed_only(field->spec.rows, row)) return false;
  }
  return true;
}

formula::Type formula_type(const Field& field) {
  using formula::Base;
  switch (field.type) {
    case Type::number: return {.base = Base::exact, .unit = field.spec.unit, .decimals = field.spec.decimals};
    case Type::money: return {.base = Base::exact, .unit = formula::Unit::named("元"), .decimals = 2};
    case Type::date:
    case Type::period: return {.base = Base::date};   // a period counts as its last day
    case Type::time: return {.base = Base::instant};
    case Type::flag: return {.base = Base::flag};
    case Type::choice:
      return field.spec.many ? formula::Type{.base = Base::set, .domain = field.spec.list}
                             : formula::Type{.base = Base::code, .domain = field.spec.list};
    case Type::place: return {.base = Base::thing, .domain = "place"};
    case Type::who: return {.base = Base::thing, .domain = "who"};
    case Type::ref: return {.base = Base::thing, .domain = field.spec.to};
    case Type::file: return {.base = Base::thing, .domain = "file"};
    case Type::shape: return {.base = Base::thing, .domain = "shape"};
    default: return {.base = Base::text};
  }
}

Json json_of(const Field& field, const Value& value) {
  if (const auto* gap = as<Gap>(value)) return object("gap", std::string(gap_names[static_cast<std::size_t>(*gap)]));
  if (const auto* sealed = as<Sealed>(value)) return object("sealed", sealed->bytes);
  if (const auto* number = as<Decimal>(value)) return Json(number->text());
  if (const auto* bound = as<Threshold>(value)) return Json((bound->above ? ">" : "<") + bound->bound.text());
  if (const auto* words = as<std::string>(value)) return Json(*words);
  if (const auto* flag = as<bool>(value)) return Json(*flag);
  if (const auto* date = as<Date>(value)) return Json(date->text());
  if (const auto* at = as<Instant>(value)) return Json(at->text());
  if (const auto* period = as<Period>(value)) return Json(period->text());
  if (const auto* codes = as<Codes>(value)) return codes_json(field, *codes);
  if (const auto* place = as<PlaceId>(value)) return Json(place->value);
  if (const auto* who = as<Who>(value))
    return Json(std::string(who_names[static_cast<std::size_t>(who->kind)]) + ":" + who->id);
  if (const auto* id = as<RecordId>(value)) return Json(id->text());
  if (const auto* rows = as<Rows>(value)) return rows_json(field, *rows);
  if (const auto* shape = as<Shape>(value)) return shape_json(*shape);
  const FileRef& file = std::get<FileRef>(value);
  Json out = object("digest", file.digest);
  out.set("name", file.name);
  out.set("type", file.type);
  out.set("bytes", file.bytes);
  return out;
}

bool in_list(const Field& field) {
  if (field.personal || !field.stored()) return false;
  switch (field.type) {
    case Type::number:
    case Type::money:
    case Type::date:
    case Type::time:
    case Type::period:
    case Type::flag:
    case Type::place:
    case Type::who:
    case Type::ref: return true;
    case Type::choice: return !field.spec.many;
    default: return false;
  }
}

std::string key_text(const Field& field, const Value& value) {
  const Json json = json_of(field, value);
  return json.string() ? *json.string() : json.canonical();
}

Result<Value> value_of(const Field& field, const Json& json) {
  if (json.is_null()) return Value(Gap::missing);
  if (const auto gap = gap_of(json)) return Value(*gap);
  if (const auto* sealed = json["sealed"].string())
    return field.personal && !sealed->empty() ? Result<Value>(Sealed{*sealed}) : misshapen(field);
  if (field.type == Type::rows) return rows_value(field, json);
  if (field.type == Type::file) return file_value(field, json);
  if (field.type == Type::shape) {
    TRY_ASSIGN(Shape shape, shape_of(field, json));
    return Value(std::move(shape));
  }
  if (field.type == Type::flag && json.boolean()) return Value(*json.boolean());
  if (field.type == Type::place && json.integer()) return Value(PlaceId{*json.integer()});
  if (const auto* list = json.array(); list && field.type == Type::choice) return codes_value(field, *list);
  if (const auto* text = json.string()) return text_value(field, *text);
  if (const auto* n = json.integer(); n && (field.type == Type::number || field.type == Type::money))
    return Value(Decimal(*n, 0));
  return misshapen(field);
}

Json json_of(const std::vector<Field>& fields, const Values& values) {
  Json out{Json::Object{}};
  for (const auto& [id, value] : values)
    if (const Field* field = find(fields, id)) out.set(std::to_string(id.value), json_of(*field, value));
  return out;
}

Result<Values> values_of(const std::vector<Field>& fields, const Json& json) {
  Values out;
  const Json::Object* map = json.object();
  if (!map) return out;
  for (const auto& [number, value] : *map) {
    const auto id = whole<std::int64_t>(number);
    const Field* field = id ? find(fields, FieldId{*id}) : nullptr;
    if (!field) return fail(errors::field_unknown, {number, "", ""});
    TRY_ASSIGN(out[FieldId{*id}], value_of(*field, value));
  }
  return out;
}

Result<Values> typed_values_of(const std::vector<Field>& fields, const Json& json) {
  TRY_ASSIGN(Values out, values_of(fields, json));
  for (const auto& [id, value] : out) {
    const Field& field = *find(fields, id);
    if (std::holds_alternative<Sealed>(value)) return misshapen(field);
    const Json::Object* rows = json[std::to_string(id.value)]["rows"].object();
    for (auto row = rows ? rows->begin() : Json::Object::const_iterator{}; rows && row != rows->end(); ++row)
      TRY(typed_values_of(field.spec.rows, row->second));
  }
  return out;
}

}   // namespace gangmu::record
