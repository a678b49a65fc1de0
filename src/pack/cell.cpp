// SPDX-License-Identifier: Apache-2.0
// One cell by the type of its column: its canonical value, or a fault that says what to write instead.
#include <algorithm>
#include <charconv>

#include "base/decimal.hpp"
#include "base/text.hpp"
#include "fact/observation.hpp"
#include "pack/errors.hpp"
#include "pack/reader.hpp"
#include "plan/due.hpp"

namespace gangmu::pack {
namespace {

bool is_code(std::string_view s) {
  return s.size() == 12 && std::ranges::all_of(s, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_id(std::string_view s) {
  // "." and ".." are names of folders, and an id becomes one.
  return !s.empty() && s.size() <= 64 && s.front() != '.' && std::ranges::all_of(s, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
           c == '.';
  });
}

struct Form {
  std::string_view zh, en;
};

/// What to write where a cell does not have the form of its type.
Form form_of(ColumnType type) {
  switch (type) {
    case ColumnType::id:
      return {"字母、数字、- _ .，不以点开头，不超过 64 个", "letters, digits, - _ ., no dot in front, at most 64"};
    case ColumnType::code: return {"十二位数字代码，如 440785000000", "12 digits, as 440785000000"};
    case ColumnType::integer: return {"整数，如 12", "a whole number, as 12"};
    case ColumnType::decimal: return {"普通数字，如 12.5", "a plain number, as 12.5"};
    case ColumnType::boolean: return {" true 或 false", "true or false"};
    case ColumnType::date: return {"日期，如 2023-06-16", "a date, as 2023-06-16"};
    case ColumnType::period:
      return {"时期：2023、2023H1、2023Q1、202301、202301-02、2023W05、20230131",
              "a period: 2023, 2023H1, 2023Q1, 202301, 202301-02, 2023W05, 20230131"};
    case ColumnType::url:
      return {"以 https:// 或 http:// 开头的网址", "an address that starts with https:// or http://"};
    case ColumnType::due:
      return {"含年份的时限，如 2023-06-30、2023年6月底前、长期坚持",
              "a time limit with its year, as 2023-06-30, 2023年6月底前, 长期坚持"};
    default: return {"有效内容", "something valid"};
  }
}

constexpr std::string_view level_choices = "province|city|county|town|village";

}   // namespace

std::string joined(std::string_view choices) { return text::join(text::split(choices, '|'), ", "); }

std::pair<std::string, std::string> did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string near = text::nearest(word, candidates);
  if (near.empty()) return {};
  return {"，是否指 " + near + "？", "; did you mean " + near + "?"};
}

bool Reader::known_place(std::string_view code, std::string_view column, const Position& where) {
  if (place_index_.contains(std::string(code))) return true;
  if (places_unreadable_) return true;   // told once, for places.csv itself
  // No "did you mean": most codes are near some other one.
  faults.add(errors::reference_unknown, {std::string(column), std::string(code), "places.csv", "", ""}, where);
  return false;
}

bool Reader::known_unit(std::string_view unit, const Position& where) {
  if (units_.contains(unit)) return true;
  if (pack.programme.is_null()) return true;   // which units it lists is not known
  const auto [zh, en] = did_you_mean(unit, {units_.begin(), units_.end()});
  faults.add(errors::unit_unknown, {std::string(unit), zh, en}, where);
  return false;
}

Json Reader::list_cell(const Column& column, std::string_view text, const Position& where) {
  Json out(Json::Array{});
  for (const std::string& part : text::split(text, '|')) {
    Column one = column;
    one.type = column.type == ColumnType::places   ? ColumnType::place
               : column.type == ColumnType::levels ? ColumnType::level
                                                   : ColumnType::text;
    Json value = cell(one, part, where);
    if (!value.is_null()) out.push(std::move(value));
  }
  return out;
}

/// Null for an empty cell and after a fault.
Json Reader::cell(const Column& column, std::string_view text, const Position& where) {
  const std::string name(column.name), value(text);
  if (text.empty()) {
    if (column.required) faults.add(errors::cell_required, {name}, where);
    return {};
  }
  const auto wrong = [&]() -> Json {
    const Form form = form_of(column.type);
    faults.add(errors::cell_form, {name, value, std::string(form.zh), std::string(form.en)}, where);
    return {};
  };
  const auto one_of = [&](std::string_view choices) -> Json {
    const auto list = text::split(choices, '|');
    if (std::ranges::find(list, value) != list.end()) return Json(value);
    faults.add(errors::choice_unknown, {name, value, joined(choices)}, where);
    return {};
  };
  switch (column.type) {
    case ColumnType::text:
    case ColumnType::object:
    case ColumnType::map: return Json(value);
    case ColumnType::id: return is_id(text) ? Json(value) : wrong();
    case ColumnType::code: return is_code(text) ? Json(value) : wrong();
    case ColumnType::place: return known_place(text, column.name, where) ? Json(value) : Json();
    case ColumnType::places:
    case ColumnType::levels:
    case ColumnType::list: return list_cell(column, text, where);
    case ColumnType::level: return one_of(level_choices);
    case ColumnType::choice: return one_of(column.values);
    case ColumnType::boolean: return text == "true" ? Json(true) : text == "false" ? Json(false) : wrong();
    case ColumnType::url: return text.starts_with("https://") || text.starts_with("http://") ? Json(value) : wrong();
    case ColumnType::unit: return known_unit(text, where) ? Json(value) : Json();
    case ColumnType::integer: {
      std::int64_t n = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
      return error == std::errc{} && end == text.data() + text.size() ? Json(n) : wrong();
    }
    case ColumnType::decimal: return Decimal::parse(text) ? Json(value) : wrong();
    case ColumnType::date: {
      const auto date = Date::parse(text);
      return date ? Json(date->text()) : wrong();
    }
    case ColumnType::period: {
      const auto period = Period::parse(text);
      return period ? Json(period->text()) : wrong();
    }
    case ColumnType::due: return plan::parse_due(text) ? Json(value) : wrong();
    case ColumnType::reference:
      pending_.push_back({name, std::string(column.values), value, where});
      return Json(value);
    case ColumnType::cell: {
      const auto parsed = fact::CellValue::parse(text, Decimal::max_scale);
      if (parsed) return Json(value);
      faults.add(parsed.error(), where);
      return {};
    }
  }
  return {};
}

}   // namespace gangmu::pack
