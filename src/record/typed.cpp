// SPDX-License-Identifier: Apache-2.0
#include "record/typed.hpp"

#include <algorithm>
#include <set>

#include "base/errors.hpp"
#include "base/text.hpp"
#include "record/code_check.hpp"
#include "record/errors.hpp"
#include "record/shape.hpp"

namespace gangmu::record {
namespace {

tl::unexpected<Error> misfit(const Field& field, const char* zh, const char* en) {
  return fail(errors::value_form, {field.label(Language::zh), zh, en});
}

/// Numbers keep 18 digits, so that each can change its sign and two can be added.
constexpr std::int64_t digits_most = 999'999'999'999'999'999;
constexpr std::size_t code_most = 100, id_most = 100, name_most = 255, sealed_most = 65'536;

Result<Value> number(const Field& field, const Decimal& typed) {
  const auto value = typed.rescaled(field.spec.decimals);
  const std::string most = std::to_string(field.spec.decimals);
  const bool wide = value ? value->units() < -digits_most || value->units() > digits_most
                          : value.error().is(gangmu::errors::number_overflow);
  if (wide) return misfit(field, "18 位数字以内的数", "a number of 18 digits at most");
  if (!value)
    return fail(errors::value_form, {field.label(Language::zh), "最多 " + most + " 位小数的数",
                                     "a number with " + most + " decimals at most"});
  const bool low = field.spec.least && *value < *field.spec.least, high = field.spec.most && *value > *field.spec.most;
  if (low || high)
    return fail(errors::value_range, {field.label(Language::zh), field.spec.least ? field.spec.least->text() : "−∞",
                                      field.spec.most ? field.spec.most->text() : "∞"});
  return Value(*value);
}

Result<Value> codes(const Field& field, const Codes& typed, const Values* before, const Catalogue& catalogue,
                    Date today) {
  const CodeList* list = catalogue.list(field.spec.list);
  if (typed.all.empty()) return Value(Gap::missing);
  if (typed.all.size() > 1 && !field.spec.many) return misfit(field, "一个代码", "one code");
  if (std::set<std::string>(typed.all.begin(), typed.all.end()).size() < typed.all.size())
    return misfit(field, "不重复的代码", "codes that stand once");
  const auto found = before ? before->find(field.id) : Values::const_iterator{};
  const Codes* held = before && found != before->end() ? std::get_if<Codes>(&found->second) : nullptr;
  for (const std::string& text : typed.all) {
    const Code* code = list ? list->find(text) : nullptr;
    if (!code) return fail(errors::code_unknown, {field.label(Language::zh), text});
    const bool kept = held && std::find(held->all.begin(), held->all.end(), text) != held->all.end();
    const bool ended = (code->until && *code->until < today) || (code->from && today < *code->from);
    if (ended && !kept)
      return fail(errors::code_ended,
                  {field.label(Language::zh), text, code->into.empty() ? "" : "，请选 " + code->into,
                   code->into.empty() ? "" : "; choose " + code->into});
  }
  return Value(typed);
}

/// image, pdf …: what a file may contain, by the type it was stored under.
bool contained(const std::vector<std::string>& allowed, std::string_view type) {
  static constexpr std::pair<std::string_view, std::string_view> all[] = {
      {"image", "image/"},
      {"pdf", "application/pdf"},
      {"sheet", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {"document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}};
  return allowed.empty() || std::any_of(std::begin(all), std::end(all), [&](const auto& one) {
           return type.starts_with(one.second) && std::find(allowed.begin(), allowed.end(), one.first) != allowed.end();
         });
}

Result<Value> file(const Field& field, const FileRef& held) {
  if (held.digest.empty() || held.digest.size() > id_most || held.name.size() > name_most || held.bytes < 0)
    return misfit(field, "文件", "a file");
  if (!contained(field.spec.contents, held.type))
    return fail(errors::file_wrong, {field.label(Language::zh), text::join(field.spec.contents, ", ")});
  if (field.spec.max > 0 && held.bytes > std::int64_t{field.spec.max} * 1024 * 1024)
    return fail(errors::file_large, {field.label(Language::zh), std::to_string(field.spec.max)});
  return Value(held);
}

Result<Value> alone(const Field& field, const Value& typed, const Values* before, const Catalogue& catalogue,
                    Date today);
Result<Value> clear(const Field& field, const Value& typed, const Values* before, const Catalogue& catalogue,
                    Date today);

/// Rows are edited one by one: those that are not typed stay; one without values goes; 0 is a new one.
Result<Value> rows(const Field& field, const Rows& typed, const Values* before, const Catalogue& catalogue,
                   Date today) {
  Rows out;
  if (const auto found = before ? before->find(field.id) : Values::const_iterator{}; before && found != before->end())
    if (const Rows* held = std::get_if<Rows>(&found->second)) out = *held;
  Diagnostics faults;
  std::vector<int> order;   // rows that stand, then new ones as they were typed: under 0, -1, -2 …
  for (const auto& [number, values] : typed.all) order.insert(number > 0 ? order.end() : order.begin(), number);
  std::stable_partition(order.begin(), order.end(), [](int number) { return number > 0; });
  for (const int number : order) {
    const Values& values = typed.all.at(number);
    const bool fresh = number <= 0;
    if (!fresh && !out.all.contains(number))
      return fail(errors::row_unknown, {field.label(Language::zh), std::to_string(number)});
    if (!fresh && values.empty()) {
      out.all.erase(number);
      continue;
    }
    if (fresh && values.empty()) continue;
    Values& row = out.all[fresh ? ++out.last : number];
    for (const auto& [id, value] : values) {
      const Field* inner = find(field.spec.rows, id);
      if (!inner) return fail(errors::field_unknown, {std::to_string(id.value), "", ""});
      if (!inner->typed()) return fail(errors::not_typed, {inner->label(Language::zh)});
      if (inner->ended) return fail(errors::not_editable, {inner->label(Language::zh)});
      auto fitted = alone(*inner, value, fresh ? nullptr : &row, catalogue, today);
      if (!fitted)
        faults.insert(faults.end(), fitted.error().all().begin(), fitted.error().all().end());
      else if (*fitted == Value(Gap::missing))
        row.erase(id);
      else
        row[id] = *std::move(fitted);
    }
  }
  if (!faults.empty()) return fail(std::move(faults));
  const int most = rows_most(field);
  if (out.all.size() > static_cast<std::size_t>(most))
    return fail(errors::rows_too_many, {field.label(Language::zh), std::to_string(most)});
  std::vector<std::vector<Value>> keys;
  for (const auto& [number, row] : out.all) {
    std::vector<Value> key;
    for (const FieldId id : field.spec.row_key) key.push_back(row.contains(id) ? row.at(id) : Value(Gap::missing));
    const bool whole = std::none_of(key.begin(), key.end(), [](const Value& part) { return part.gap(); });
    if (!key.empty() && whole && std::find(keys.begin(), keys.end(), key) != keys.end())
      return fail(errors::row_twice, {field.label(Language::zh),
                                      json_of(*find(field.spec.rows, field.spec.row_key[0]), key[0]).string_or("")});
    keys.push_back(std::move(key));
  }
  return Value(std::move(out));
}

Result<Value> alone(const Field& field, const Value& typed, const Values* before, const Catalogue& catalogue,
                    Date today) {
  if (const auto* gap = std::get_if<Gap>(&typed)) {
    if (*gap == Gap::not_applicable && !field.spec.na)
      return misfit(field, "一个值（不能填“不适用”）", "a value (it can't be not applicable)");
    return typed;
  }
  if (field.personal) {
    const auto* sealed = std::get_if<Sealed>(&typed);
    return sealed && sealed->bytes.size() <= sealed_most ? Result<Value>(typed)
                                                         : misfit(field, "密封的个人信息", "sealed");
  }
  return clear(field, typed, before, catalogue, today);
}

Result<Value> clear(const Field& field, const Value& typed, const Values* before, const Catalogue& catalogue,
                    Date today) {
  switch (field.type) {
    case Type::number:
    case Type::money: {
      if (const auto* beyond = std::get_if<Threshold>(&typed)) {
        TRY_ASSIGN(const Value bound, number(field, beyond->bound));
        return Value(Threshold{beyond->above, std::get<Decimal>(bound)});
      }
      const auto* value = std::get_if<Decimal>(&typed);
      return value ? number(field, *value) : misfit(field, "数", "a number");
    }
    case Type::text: {
      const auto* text = std::get_if<std::string>(&typed);
      if (!text) return misfit(field, "文字", "a text");
      if (field.spec.max > 0 && text::length(*text) > static_cast<std::size_t>(field.spec.max))
        return fail(errors::value_too_long, {field.label(Language::zh), std::to_string(field.spec.max)});
      return text->empty() ? Value(Gap::missing) : typed;
    }
    case Type::choice: {
      const auto* all = std::get_if<Codes>(&typed);
      return all ? codes(field, *all, before, catalogue, today) : misfit(field, "代码", "codes");
    }
    case Type::period: {
      const auto* period = std::get_if<Period>(&typed);
      return period && period->kind() == field.spec.period ? Result<Value>(typed)
                                                           : misfit(field, "这一种时期", "a period of its kind");
    }
    case Type::rows: {
      const auto* all = std::get_if<Rows>(&typed);
      return all ? rows(field, *all, before, catalogue, today) : misfit(field, "若干行", "rows");
    }
    case Type::who: {
      const auto* who = std::get_if<Who>(&typed);
      const bool fits = who && !who->id.empty() && who->id.size() <= id_most &&
                        (field.spec.of.empty() ||
                         std::find(field.spec.of.begin(), field.spec.of.end(), who->kind) != field.spec.of.end());
      return fits ? Result<Value>(typed) : misfit(field, "单位、岗位或账户", "a unit, post or account");
    }
    case Type::ref: {
      const auto* id = std::get_if<RecordId>(&typed);
      return id && id->kind == field.spec.to ? Result<Value>(typed)
                                             : misfit(field, "所指类型的记录", "a record of its kind");
    }
    case Type::date:
      return std::holds_alternative<Date>(typed) ? Result<Value>(typed) : misfit(field, "日期", "a date");
    case Type::time:
      return std::holds_alternative<Instant>(typed) ? Result<Value>(typed) : misfit(field, "时刻", "an instant");
    case Type::flag:
      return std::holds_alternative<bool>(typed) ? Result<Value>(typed) : misfit(field, "是或否", "yes or no");
    case Type::place:
      return std::holds_alternative<PlaceId>(typed) ? Result<Value>(typed) : misfit(field, "地区", "a place");
    case Type::file: {
      const auto* held = std::get_if<FileRef>(&typed);
      return held ? file(field, *held) : misfit(field, "文件", "a file");
    }
    case Type::shape: {
      const auto* drawn = std::get_if<Shape>(&typed);
      if (!drawn) return misfit(field, "点、线或面", "a point, line or area");
      TRY(fitting_shape(field, *drawn));
      return typed;
    }
    case Type::code:
    case Type::person: {
      const auto* text = std::get_if<std::string>(&typed);
      if (!text) return misfit(field, "文字", "a text");
      if (text::length(*text) > code_most)
        return fail(errors::value_too_long, {field.label(Language::zh), std::to_string(code_most)});
      if (text->empty()) return Value(Gap::missing);
      if (!field.spec.check.empty() && !code_fits(field.spec.check, *text))
        return fail(errors::code_malformed, {field.label(Language::zh), field.spec.check});
      return typed;
    }
  }
  return misfit(field, "值", "a value");
}

}   // namespace

Result<Value> fitting(const Field& field, const Value& typed, const Values* before, const Catalogue& catalogue,
                      Date today) {
  return alone(field, typed, before, catalogue, today);
}

Result<Value> fitting_clear(const Field& field, const Value& typed, const Catalogue& catalogue, Date today) {
  if (typed.gap()) return alone(field, typed, nullptr, catalogue, today);
  return clear(field, typed, nullptr, catalogue, today);
}

}   // namespace gangmu::record
