// SPDX-License-Identifier: Apache-2.0
#include "record/cell.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "record/errors.hpp"

namespace gangmu::record {
namespace {

std::string bare(std::string_view typed) {
  std::string out = text::narrow(text::trim(typed));
  std::erase(out, ' ');
  return out;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

std::vector<int> whole_numbers(std::string_view text, char separator) {
  std::vector<int> out;
  for (const std::string& part : text::split(text, separator)) {
    if (part.empty() || part.size() > 4 || part.find_first_not_of("0123456789") != std::string::npos) return {};
    out.push_back(std::atoi(part.c_str()));
  }
  return out;
}

template <std::size_t N>
bool listed_word(const std::array<std::string_view, N>& words, std::string_view text) {
  return std::ranges::find(words, text) != words.end();
}

struct Wanted {
  const char* zh;
  const char* en;
};
Wanted wanted(Type type) {
  switch (type) {
    case Type::number: return {"数", "a number"};
    case Type::money: return {"金额", "an amount"};
    case Type::date: return {"日期，如 2023-06-30", "a date such as 2023-06-30"};
    case Type::time: return {"时刻，如 2023-06-30T09:00:00+08:00", "an instant such as 2023-06-30T09:00:00+08:00"};
    case Type::period: return {"这一种时期，如 202306、2023", "a period of its kind, such as 202306 or 2023"};
    case Type::flag: return {"是或否", "yes (是) or no (否)"};
    case Type::choice: return {"代码表中的一项", "one of its code list"};
    case Type::place: return {"地区的代码或唯一名称", "a place by its code, or by a name only one place has"};
    case Type::who: return {"单位、岗位或账户", "a unit, post or account"};
    case Type::ref:
      return {"所指记录的地址、编号或唯一标题", "the record by its address, number, or a title only one has"};
    default: return {"文字", "text"};
  }
}

class CellReader {
 public:
  CellReader(const Field& field, const Catalogue& catalogue, const GridCell& cell, const formula::Ratio& factor,
             const CellNames& names)
      : field_(field),
        catalogue_(catalogue),
        cell_(cell),
        factor_(factor),
        names_(names),
        shown_(text::trim(cell.shown())) {}

  Result<std::optional<Value>> run() const {
    if (cell_.kind == CellKind::empty || shown_.empty()) return std::optional<Value>();
    if (shown_ == cleared_cell || shown_ == "(清空)") return std::optional(Value(Gap::missing));
    if (field_.spec.na && (shown_ == "NA" || shown_ == "不适用")) return std::optional(Value(Gap::not_applicable));
    if (shown_ == "WH") return std::optional(Value(Gap::withheld));
    if (cell_.kind == CellKind::error) return unread();
    if (field_.personal && says_nothing(shown_)) return std::optional<Value>();
    if (auto value = read()) return std::optional(*std::move(value));   // 无 may be a code, or a no
    if (says_nothing(shown_)) return std::optional<Value>();
    return unread();
  }

 private:
  [[nodiscard]] tl::unexpected<Error> unread() const {
    const Wanted it = wanted(field_.type);
    return fail(errors::cell_unread,
                {field_.label(Language::zh), field_.personal ? "（已隐去）" : shown_, it.zh, it.en});
  }

  [[nodiscard]] std::optional<Value> read() const {
    switch (field_.type) {
      case Type::number:
      case Type::money: return number();
      case Type::date: {
        const auto day = typed_day(cell_.kind == CellKind::date ? cell_.text : shown_);
        return day ? std::optional(Value(*day)) : std::nullopt;
      }
      case Type::time: {
        const auto at = Instant::parse(shown_);
        return at ? std::optional(Value(*at)) : std::nullopt;
      }
      case Type::period: {
        const auto period = typed_period(shown_, field_.spec.period);
        return period ? std::optional(Value(*period)) : std::nullopt;
      }
      case Type::flag: {
        const auto yes = typed_flag(shown_);
        return yes ? std::optional(Value(*yes)) : std::nullopt;
      }
      case Type::choice: return codes();
      case Type::place: {
        const auto place = names_.place(shown_);
        return place ? std::optional(Value(*place)) : std::nullopt;
      }
      case Type::who: {
        auto who = names_.who(shown_, field_);
        return who ? std::optional(Value(*std::move(who))) : std::nullopt;
      }
      case Type::ref: {
        auto id = names_.record(shown_, field_);
        return id ? std::optional(Value(*std::move(id))) : std::nullopt;
      }
      case Type::text:
      case Type::person:
      case Type::code: return Value(words());
      default: return std::nullopt;   // rows, files and shapes come by other ways
    }
  }

  /// Line ends as one kind; codes without the blanks people put between groups of digits.
  [[nodiscard]] std::string words() const {
    std::string out = shown_;
    replace_all(out, "\r\n", "\n");
    if (field_.type == Type::code) std::erase(out, ' ');
    return out;
  }

  [[nodiscard]] std::optional<Value> number() const {
    std::string text = bare(cell_.kind == CellKind::number ? cell_.text : cell_.shown());
    formula::Ratio factor = factor_;
    const bool percent_field = field_.spec.unit_text == "%";
    if (cell_.percent) {
      if (!percent_field) return std::nullopt;
      factor = {100, 1};
      text = bare(cell_.text);
    } else if (text.ends_with('%')) {
      if (!percent_field) return std::nullopt;
      text.pop_back();
    }
    const bool above = text.starts_with('>'), below = text.starts_with('<');
    const auto typed = typed_number(above || below ? std::string_view(text).substr(1) : std::string_view(text));
    if (!typed) return std::nullopt;
    const auto value = scaled(*typed, factor);
    if (!value) return std::nullopt;
    if (above || below) return Value(Threshold{above, *value});
    return Value(*value);
  }

  [[nodiscard]] static std::optional<Decimal> scaled(const Decimal& typed, const formula::Ratio& factor) {
    if (factor.one()) return typed;
    const __int128 units = static_cast<__int128>(typed.units()) * factor.over;
    if (units % factor.under == 0) {
      const __int128 whole = units / factor.under;
      if (whole < INT64_MIN || whole > INT64_MAX) return std::nullopt;
      return Decimal(static_cast<std::int64_t>(whole), typed.scale()).reduced();
    }
    std::int64_t under = factor.under;
    int more = 0;
    while (under % 10 == 0) {
      under /= 10;
      ++more;
    }
    if (under != 1 || typed.scale() + more > Decimal::max_scale || units < INT64_MIN || units > INT64_MAX)
      return std::nullopt;
    return Decimal(static_cast<std::int64_t>(units), typed.scale() + more).reduced();
  }

  [[nodiscard]] std::optional<Value> codes() const {
    Codes out;
    const CodeList* list = catalogue_.list(field_.spec.list);
    if (!list) return std::nullopt;
    if (const Code* whole = code_named(*list, shown_)) {
      out.all.push_back(whole->code);
      return Value(std::move(out));
    }
    if (!field_.spec.many) return std::nullopt;
    std::string text = shown_;
    for (const std::string_view mark : {"、", "，", "；", ",", ";", "/", "\n"}) replace_all(text, mark, "\x1f");
    for (const std::string& part : text::split(text, '\x1f')) {
      if (text::trim(part).empty()) continue;
      const Code* code = code_named(*list, text::trim(part));
      if (!code) return std::nullopt;
      if (std::ranges::find(out.all, code->code) == out.all.end()) out.all.push_back(code->code);
    }
    if (out.all.empty()) return std::nullopt;
    return Value(std::move(out));
  }
  [[nodiscard]] static const Code* code_named(const CodeList& list, std::string_view word) {
    if (const Code* code = list.find(word)) return code;
    const std::string plain = bare(word);
    for (const Code& code : list.codes)
      if (bare(code.zh) == plain || (!code.en.empty() && text::lower_ascii(code.en) == text::lower_ascii(word)))
        return &code;
    return nullptr;
  }

  const Field& field_;
  const Catalogue& catalogue_;
  const GridCell& cell_;
  const formula::Ratio& factor_;
  const CellNames& names_;
  const std::string shown_;
};

}   // namespace

Result<std::optional<Value>> cell_value(const Field& field, const Catalogue& catalogue, const GridCell& cell,
                                        const formula::Ratio& factor, const CellNames& names) {
  return CellReader(field, catalogue, cell, factor, names).run();
}

std::optional<Date> typed_day(std::string_view typed) {
  std::string text = bare(typed);
  // A time of day behind the date is left aside: "2023-06-30 00:00:00".
  if (const auto colon = text.find(':'); colon != std::string::npos && text.size() >= 15)
    text = std::string(text::trim(typed)).substr(0, 10);
  if (const auto day = Date::parse(text)) return *day;
  if (text.ends_with("日")) text.resize(text.size() - 3);
  if (text.ends_with("号")) text.resize(text.size() - 3);
  for (const std::string_view mark : {"年", "月", "/", ".", "—", "－"}) replace_all(text, mark, "-");
  const std::vector<int> parts = whole_numbers(text, '-');
  if (parts.size() != 3 || parts[0] < 1000) return std::nullopt;
  const auto day = Date::of(parts[0], parts[1], parts[2]);
  return day ? std::optional(*day) : std::nullopt;
}

std::optional<Period> typed_period(std::string_view typed, PeriodKind kind) {
  std::string text = bare(typed);
  const auto of_kind = [&](std::string_view one) -> std::optional<Period> {
    const auto period = Period::parse(one);
    return period && period->kind() == kind ? std::optional(*period) : std::nullopt;
  };
  if (const auto period = of_kind(text)) return period;
  if (text.size() > 4 && text.find_first_not_of("0123456789") > 3) {
    const std::string year = text.substr(0, 4);
    std::string rest = text.substr(4);
    for (const std::string_view word : {"年", "第", "度", "月", "份", "-", ".", "/"}) replace_all(rest, word, "");
    static constexpr std::pair<std::string_view, std::string_view> words[] = {
        {"上半", "H1"}, {"下半", "H2"}, {"一季", "Q1"}, {"二季", "Q2"}, {"三季", "Q3"},
        {"四季", "Q4"}, {"1季", "Q1"},  {"2季", "Q2"},  {"3季", "Q3"},  {"4季", "Q4"}};
    for (const auto& [word, code] : words)
      if (rest == word || rest == std::string(word) + "年") return of_kind(year + std::string(code));
    if (rest.empty()) return of_kind(year);
    if (rest.size() == 1 && kind == PeriodKind::month) rest.insert(0, "0");
    return of_kind(year + rest);
  }
  return std::nullopt;
}

std::optional<Decimal> typed_number(std::string_view typed) {
  std::string text = bare(typed);
  if (text.starts_with('+')) text.erase(0, 1);
  // Groups of three only: 1,2 is no number.
  if (const auto comma = text.find(','); comma != std::string::npos) {
    const std::string whole = text.substr(0, text.find('.'));
    const auto groups = text::split(whole, ',');
    for (std::size_t i = 1; i < groups.size(); ++i)
      if (groups[i].size() != 3) return std::nullopt;
    std::erase(text, ',');
  }
  const auto number = Decimal::parse(text);
  return number ? std::optional(*number) : std::nullopt;
}

std::optional<bool> typed_flag(std::string_view typed) {
  static constexpr auto yes = std::to_array<std::string_view>(
      {"是", "有", "√", "✓", "✔", "y", "yes", "true", "对", "已", "1", "已完成", "合格", "是的"});
  static constexpr auto no = std::to_array<std::string_view>(
      {"否", "无", "×", "✗", "✕", "x", "n", "no", "false", "未", "没有", "0", "未完成", "不合格", "不是"});
  const std::string text = text::lower_ascii(bare(typed));
  if (listed_word(yes, text)) return true;
  if (listed_word(no, text)) return false;
  return std::nullopt;
}

bool says_nothing(std::string_view typed) {
  static constexpr auto words =
      std::to_array<std::string_view>({"/", "\\", "-", "--", "—", "——", "－", "无", "…", "暂无", "*"});
  return listed_word(words, bare(typed));
}

std::optional<formula::Ratio> unit_factor(const Field& field, std::string_view unit) {
  const bool money = field.type == Type::money;
  if (unit.empty() || (!money && field.type != Type::number)) return formula::Ratio{};
  const formula::Unit said = formula::Unit::named(unit);
  const formula::Unit own = money ? formula::Unit::named("元") : field.spec.unit;
  if (!money && field.spec.unit_text.empty()) return formula::Ratio{};
  if (!said.same_dimension(own)) return std::nullopt;
  return said.to(own);
}

}   // namespace gangmu::record
