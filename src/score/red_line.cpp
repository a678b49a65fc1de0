// SPDX-License-Identifier: Apache-2.0
#include "score/red_line.hpp"

#include <cmath>
#include <utility>

#include "base/math.hpp"
#include "base/text.hpp"

namespace gangmu::score {

namespace {

/// Longer signs first: "<=" before "<".
constexpr std::pair<std::string_view, Comparison> signs[] = {
    {"<=", Comparison::less_equal}, {">=", Comparison::greater_equal}, {"!=", Comparison::not_equal},
    {"<", Comparison::less},        {">", Comparison::greater},        {"=", Comparison::equal}};

template <class T>
bool holds(Comparison comparison, T a, T b) {
  switch (comparison) {
    case Comparison::less: return a < b;
    case Comparison::less_equal: return a <= b;
    case Comparison::greater: return a > b;
    case Comparison::greater_equal: return a >= b;
    case Comparison::equal: return a == b;
    case Comparison::not_equal: return a != b;
  }
  return false;
}

}   // namespace

bool red_line_condition(std::string_view when, RedLine& line) {
  const std::string_view trimmed = text::trim(when);
  if (trimmed == "confirmed") {
    line.confirmed_only = true;
    return true;
  }
  for (const auto& [sign, comparison] : signs) {
    const auto at = trimmed.find(sign);
    if (at == std::string_view::npos) continue;
    std::string_view right = text::trim(trimmed.substr(at + sign.size()));
    constexpr std::string_view of_target = "of target";
    if (right.ends_with(of_target)) {
      right = text::trim(right.substr(0, right.size() - of_target.size()));
      if (!right.ends_with('%')) return false;
      right = text::trim(right.substr(0, right.size() - 1));
      line.of_target = true;
    }
    const auto bound = Decimal::parse(right);
    line.indicator = {std::string(text::trim(trimmed.substr(0, at)))};
    if (!bound || !line.indicator || line.indicator.value.find(' ') != std::string::npos) return false;
    line.comparison = comparison;
    line.bound = bound->reduced();
    return true;
  }
  return false;
}

std::string red_line_text(const RedLine& line) {
  if (line.confirmed_only) return "confirmed";
  std::string out = line.indicator.value;
  for (const auto& [sign, comparison] : signs) {
    if (comparison == line.comparison) out += " " + std::string(sign) + " ";
  }
  out += line.bound.reduced().text();
  if (line.of_target) out += "% of target";
  return out;
}

bool crossed(const RedLine& line, const Inputs& inputs, std::size_t place) {
  if (line.confirmed_only) return false;
  const std::size_t places = inputs.places.size();
  const std::size_t value_at = line.value_column * places + place;
  if (inputs.states[value_at] != fact::CellState::value) return false;
  const double value = inputs.values[value_at];
  if (!line.of_target) return holds(line.comparison, value, line.bound.real());
  const std::size_t target_at = line.target_column * places + place;
  if (inputs.states[target_at] != fact::CellState::value || inputs.values[target_at] <= 0) return false;
  const double share = 100 * value / inputs.values[target_at];
  // Shares beyond what 1e-9 steps can hold are far from any bound a scheme can state.
  if (std::abs(share) > 9e9) return holds(line.comparison, share, line.bound.real());
  return holds(line.comparison, math::quantise(share), math::quantise(line.bound.real()));
}

}   // namespace gangmu::score
