// SPDX-License-Identifier: Apache-2.0
#include "score/amount_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "base/decimal.hpp"

namespace gangmu::score {

namespace {

struct MoneyUnit {
  int power;   ///< of ten, in yuan
  std::string_view name;
};
constexpr std::array<MoneyUnit, 5> money = {{{0, "元"}, {3, "千元"}, {4, "万元"}, {6, "百万元"}, {8, "亿元"}}};
constexpr std::array<MoneyUnit, 3> steps_zh = {{{8, "亿元"}, {4, "万元"}, {0, "元"}}};
constexpr std::array<MoneyUnit, 3> steps_en = {{{9, " bn CNY"}, {6, " m CNY"}, {0, " CNY"}}};

/// Which two decimals of a larger unit are told.
enum class Cut : std::uint8_t { nearest, up, down, none };

__int128 ten_to(int n) {
  __int128 out = 1;
  while (n-- > 0) out *= 10;
  return out;
}

/// "-1234567.50" → "-1,234,567.50".
std::string grouped(std::string text) {
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  for (std::size_t at = std::min(text.find('.'), text.size()); at > first + 3;) text.insert(at -= 3, ",");
  return text;
}

/// units × 10^-scale as text; `nearest` is half away from zero.
std::string digits(__int128 units, int scale, Cut cut = Cut::none) {
  if (cut != Cut::none && scale > 2) {
    const __int128 unit = ten_to(scale - 2), half = units < 0 ? -unit / 2 : unit / 2;
    const __int128 whole = (cut == Cut::nearest ? units + half : units) / unit, left = units - whole * unit;
    units = whole + (cut == Cut::up && left > 0 ? 1 : 0) - (cut == Cut::down && left < 0 ? 1 : 0);
    scale = 2;
  }
  for (; scale < 0; ++scale) units *= 10;
  for (; scale > Decimal::max_scale; --scale) units /= 10;
  return grouped(Decimal(static_cast<std::int64_t>(units), scale).text());
}

std::string in_money(Decimal value, int power, std::span<const MoneyUnit> steps, Cut cut) {
  const __int128 size = value.units() < 0 ? -static_cast<__int128>(value.units()) : value.units();
  const auto fits = [&](const MoneyUnit& step) { return size * ten_to(power) >= ten_to(step.power + value.scale()); };
  const auto found = std::ranges::find_if(steps, fits);
  const MoneyUnit& step = found == steps.end() ? steps.back() : *found;
  return digits(value.units(), value.scale() + step.power - power, step.power > power ? cut : Cut::none)
      .append(step.name);
}

/// "10,000 persons": the English unit is the person, the figure four places longer.
std::string in_english(Decimal value, const std::string& unit) {
  for (const std::string_view myriad : {"10,000 ", "10k "}) {
    if (unit.starts_with(myriad)) return digits(value.units(), value.scale() - 4) + " " + unit.substr(myriad.size());
  }
  return digits(value.units(), value.scale()) + (unit.empty() ? "" : " ") + unit;
}

Sentence told(const std::string& text, const Sentence& unit, Cut cut) {
  const auto value = Decimal::parse(text);
  if (!value) return {text + unit.zh, text + " " + unit.en};
  const Decimal yes(1, 0), no(0, 0);
  if (unit.zh == "是/否" && (*value == yes || *value == no))
    return *value == yes ? Sentence{"是", "yes"} : Sentence{"否", "no"};
  const auto known = std::ranges::find(money, unit.zh, &MoneyUnit::name);
  if (known == money.end() || *value == no)
    return {digits(value->units(), value->scale()) + unit.zh, in_english(*value, unit.en)};
  return {in_money(*value, known->power, steps_zh, cut), in_money(*value, known->power, steps_en, cut)};
}

}   // namespace

Sentence amount_text(const std::string& value, const Sentence& unit) { return told(value, unit, Cut::nearest); }

std::pair<Sentence, Sentence> amounts_apart(const std::string& from, const std::string& to, const Sentence& unit) {
  const auto low = Decimal::parse(from), high = Decimal::parse(to);
  Sentence a = told(from, unit, Cut::nearest), b = told(to, unit, low && high && *low > *high ? Cut::down : Cut::up);
  if (a.zh == b.zh || a.en == b.en) return {told(from, unit, Cut::none), told(to, unit, Cut::none)};
  return {std::move(a), std::move(b)};
}

std::string inner_quotes(std::string name) {
  for (const auto& [outer, inner] : {std::pair{"“", "‘"}, {"”", "’"}}) {
    for (std::size_t at = 0; (at = name.find(outer, at)) != std::string::npos;)
      name.replace(at, std::string_view(outer).size(), inner);
  }
  return name;
}

}   // namespace gangmu::score
