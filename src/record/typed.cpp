// SPDX-License-Identifier: Apache-2.0
#include "record/typed.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "record/errors.hpp"

namespace gangmu::record {
namespace {

tl::unexpected<Error> misfit(const Field& field, const char* zh, const char* en) {
  return fail(errors::value_form, {field.label(Language::zh), zh, en});
}

Result<Value> number(const Field& field, const Decimal& typed) {
  const auto value = typed.rescaled(field.spec.decimals);
  const std::string most = std::to_string(field.spec.decimals);
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
  if (typed.all.size() > 1 && !field.spec.many) return misfit(field, "一个代码", "one code");
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

Result<Value> alone(const Field& field, const Value& typed, const Values* before, const Catalogue& catalogue,
                    Date today);

/// Rows are edited one by one: those that are not typed stay; one without values goes; 0 is a new one.
Result<Value> rows(const Field& field, const Rows& typed, const Values* before, const Catalogue& catalogue,
                   Date today) {
  Rows out;
  if (const auto found = before ? before->find(field.id) : Values::const_iterator{}; before && found != before->end())
    if (const Rows* held = std::get_if<Rows>(&found->second)) out = *held;
  Diagnostics faults;
  for (const auto& [number, values] : typed.all) {
    const bool fresh = number <= 0;   // new rows are typed under 0, -1, -2 …
    if (!fresh && !out.all.contains(number))
      return fail(errors::row_unknown, {field.label(Language::zh), std::to_string(number)});
    if (!fresh && values.empty()) {
      out.all.erase(number);
      continue;
    }
    Values& row = out.all[fresh ? ++out.last : number];
    for (const auto& [id, value] : values) {
      const Field* inner = find(field.spec.rows, id);
      if (!inner) return fail(errors::field_unknown, {std::to_string(id.value), "", ""});
      auto fitted = alone(*inner, value, nullptr, catalogue, today);
      if (!fitted)
        faults.insert(faults.end(), fitted.error().all().begin(), fitted.error().all().end());
      else if (*fitted == Value(Gap::missing))
        row.erase(id);
      else
        row[id] = *std::move(fitted);
    }
  }
  if (!faults.empty()) return fail(std::move(faults));
  std::vector<std::vector<Value>> keys;
  for (const auto& [number, row] : out.all) {
    std::vector<Value> key;
    for (const FieldId id : field.spec.row_key) key.push_back(row.contains(id) ? row.at(id) : Value(Gap::missing));
    if (!key.empty() && std::find(keys.begin(), keys.end(), key) != keys.end())
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
  if (field.personal)
    return std::holds_alternative<Sealed>(typed) ? Result<Value>(typed) : misfit(field, "密封的个人信息", "sealed");
  switch (field.type) {
    case Type::number:
    case Type::money: {
      if (std::holds_alternative<Threshold>(typed)) return typed;
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
      const bool fits = who && (field.spec.of.empty() || std::find(field.spec.of.begin(), field.spec.of.end(),
                                                                   who->kind) != field.spec.of.end());
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
    case Type::file:
      return std::holds_alternative<FileRef>(typed) ? Result<Value>(typed) : misfit(field, "文件", "a file");
    default: return std::holds_alternative<std::string>(typed) ? Result<Value>(typed) : misfit(field, "文字", "a text");
  }
}

}   // namespace

Result<Value> fitting(const Field& field, const Value& typed, const Values* before, const Catalogue& catalogue,
                      Date today) {
  return alone(field, typed, before, catalogue, today);
}

}   // namespace gangmu::record
