// SPDX-License-Identifier: Apache-2.0
#include "score/weight.hpp"

#include <charconv>
#include <numeric>
#include <utility>

namespace gangmu::score {

namespace {

constexpr int largest = 10'000;
constexpr __int128 most = static_cast<__int128>(1'000'000'000'000'000'000);   // of a common denominator

std::optional<int> whole_number(std::string_view text) {
  int out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size() || out < 1 || out > largest) return std::nullopt;
  return out;
}

__int128 common(__int128 a, __int128 b) {
  while (b != 0) a = std::exchange(b, a % b);
  return a;
}

}   // namespace

std::optional<Weight> Weight::fraction(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto part = whole_number(text.substr(0, slash)), of = whole_number(text.substr(slash + 1));
  if (!part || !of || *part > *of) return std::nullopt;
  Weight out;
  const int divisor = std::gcd(*part, *of);
  out.part_ = *part / divisor;
  out.of_ = *of / divisor;
  return out;
}

double Weight::share() const {
  return of_ > 0 ? static_cast<double>(part_) / static_cast<double>(of_) : percent_.real() / 100;
}

Decimal Weight::percent() const {
  if (of_ == 0) return percent_;
  const std::int64_t units = 100'000'000'000;   // the whole, 1e-9 per cent each
  return Decimal((2 * units * part_ + of_) / (2 * of_), 9).reduced();
}

std::string Weight::text() const {
  return of_ > 0 ? std::to_string(part_) + "/" + std::to_string(of_) : percent_.reduced().text();
}

void WeightSum::add(const Weight& weight) {
  if (weight.of_ == 0) {
    percent_ = Decimal::add(percent_, weight.percent_).value_or(percent_);
    return;
  }
  if (of_ > most / weight.of_) {
    exact_ = false;
    return;
  }
  part_ = part_ * weight.of_ + weight.part_ * of_;
  of_ *= weight.of_;
  const __int128 divisor = common(part_, of_);
  part_ /= divisor;
  of_ /= divisor;
}

/// percent / 100 + part / of == 1, over one denominator.
bool WeightSum::whole() const {
  const __int128 units = percent_.rescaled(9)->units(), hundred = 100'000'000'000;
  return exact_ && units * of_ + part_ * hundred == hundred * of_;
}

std::string WeightSum::text() const {
  const auto fractions = static_cast<std::int64_t>(part_ * 100'000'000'000 / of_);
  return Decimal::add(percent_, Decimal(fractions, 9)).value_or(percent_).reduced().text();
}

}   // namespace gangmu::score
