// SPDX-License-Identifier: Apache-2.0
#include "formula/unit.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "base/text.hpp"

namespace gangmu::formula {
namespace {

struct Known {
  std::string_view name, dimension;
  Ratio factor;
};

constexpr auto known_units = std::to_array<Known>({
    {"元", "元", {}},
    {"角", "元", {1, 10}},
    {"平方米", "平方米", {}},
    {"亩", "平方米", {2000, 3}},
    {"公顷", "平方米", {10000, 1}},
    {"平方公里", "平方米", {1000000, 1}},
    {"平方千米", "平方米", {1000000, 1}},
    {"米", "米", {}},
    {"m", "米", {}},
    {"公里", "米", {1000, 1}},
    {"km", "米", {1000, 1}},
    {"克", "克", {}},
    {"公斤", "克", {1000, 1}},
    {"kg", "克", {1000, 1}},
    {"斤", "克", {500, 1}},
    {"吨", "克", {1000000, 1}},
    {"天", "天", {}},
    {"日", "天", {}},
    {"d", "天", {}},
    {"周", "天", {7, 1}},
    {"工作日", "工作日", {}},
    {"wd", "工作日", {}},
    {"小时", "小时", {}},
    {"h", "小时", {}},
    {"分钟", "小时", {1, 60}},
    {"min", "小时", {1, 60}},
    {"工作小时", "工作小时", {}},
    {"wh", "工作小时", {}},
    {"%", "%", {}},
    {"‰", "%", {1, 10}},
    {"百分点", "百分点", {}},
    {"千伏", "千伏", {}},
});

struct Prefix {
  std::string_view text;
  std::int64_t factor;
};
constexpr auto prefixes = std::to_array<Prefix>({{"亿", 100000000}, {"万", 10000}, {"千", 1000}, {"百", 100}});

const Known* known(std::string_view name) {
  const auto found =
      std::find_if(known_units.begin(), known_units.end(), [&](const Known& k) { return k.name == name; });
  return found == known_units.end() ? nullptr : &*found;
}

struct Atom {
  std::string dimension;   ///< empty: a plain multiple such as 万
  Ratio factor;
};

Atom atom(std::string_view name) {
  if (name.empty()) return {};
  if (const Known* found = known(name)) return {std::string(found->dimension), found->factor};
  for (const Prefix& prefix : prefixes) {
    if (!name.starts_with(prefix.text)) continue;
    Atom rest = atom(name.substr(prefix.text.size()));
    const auto factor = Ratio::of(static_cast<__int128>(rest.factor.over) * prefix.factor, rest.factor.under);
    if (factor) return {std::move(rest.dimension), *factor};
  }
  return {std::string(name), {}};
}

}   // namespace

std::optional<Ratio> Ratio::of(__int128 over, __int128 under) {
  __int128 a = over < 0 ? -over : over, b = under;
  while (b != 0) a = std::exchange(b, a % b);
  over /= a;
  under /= a;
  if (over > INT64_MAX || over < INT64_MIN || under > INT64_MAX) return std::nullopt;
  return Ratio{static_cast<std::int64_t>(over), static_cast<std::int64_t>(under)};
}

bool Ratio::decimal() const {
  std::int64_t rest = under;
  while (rest % 10 == 0) rest /= 10;
  return rest == 1;
}

Unit Unit::named(std::string_view name) {
  std::string_view rest = text::trim(name);
  Unit out;
  int sign = 1;
  while (!rest.empty()) {
    const std::size_t slash = rest.find('/'), dot = rest.find("·");
    const std::size_t end = std::min(slash, dot);
    Unit part;
    Atom one = atom(rest.substr(0, end));
    part.factor_ = one.factor;
    if (!one.dimension.empty()) part.powers_.emplace_back(std::move(one.dimension), 1);
    if (auto joined = out.combined(part, sign)) out = *std::move(joined);
    if (end == std::string_view::npos) break;
    sign = end == slash ? -1 : sign;
    rest.remove_prefix(end + (end == slash ? 1 : std::string_view("·").size()));
  }
  out.name_ = std::string(text::trim(name));
  return out;
}

bool Unit::money() const { return is("元"); }

bool Unit::is(std::string_view dimension) const {
  return powers_.size() == 1 && powers_[0].first == dimension && powers_[0].second == 1;
}

std::optional<Ratio> Unit::to(const Unit& other) const {
  return Ratio::of(static_cast<__int128>(factor_.over) * other.factor_.under,
                   static_cast<__int128>(factor_.under) * other.factor_.over);
}

std::optional<Unit> Unit::times(const Unit& other) const { return combined(other, 1); }
std::optional<Unit> Unit::over(const Unit& other) const { return combined(other, -1); }

std::optional<Unit> Unit::combined(const Unit& other, int sign) const {
  if (sign > 0 && pure() && factor_.one()) return other;
  if (other.pure() && other.factor_.one()) return *this;
  Unit out;
  const std::int64_t over = sign > 0 ? other.factor_.over : other.factor_.under;
  const std::int64_t under = sign > 0 ? other.factor_.under : other.factor_.over;
  const auto factor =
      Ratio::of(static_cast<__int128>(factor_.over) * over, static_cast<__int128>(factor_.under) * under);
  if (!factor) return std::nullopt;
  out.factor_ = *factor;
  out.powers_ = powers_;
  for (const Power& power : other.powers_) {
    const auto at = std::lower_bound(out.powers_.begin(), out.powers_.end(), power.first,
                                     [](const Power& p, const std::string& name) { return p.first < name; });
    if (at != out.powers_.end() && at->first == power.first)
      at->second += sign * power.second;
    else
      out.powers_.insert(at, {power.first, sign * power.second});
  }
  std::erase_if(out.powers_, [](const Power& p) { return p.second == 0; });
  return out;
}

std::string Unit::text() const {
  if (!name_.empty()) return name_;
  std::string above, below;
  for (const auto& [dimension, power] : powers_) {
    std::string& side = power > 0 ? above : below;
    for (int i = 0; i < std::abs(power); ++i) side += (side.empty() ? "" : power > 0 ? "·" : "/") + dimension;
  }
  std::string out = below.empty() ? above : (above.empty() ? "1" : above) + "/" + below;
  if (!factor_.one()) {
    out = std::to_string(factor_.over) + (factor_.under == 1 ? "" : "/" + std::to_string(factor_.under)) + " " + out;
  }
  return out;
}

}   // namespace gangmu::formula
