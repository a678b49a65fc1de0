// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <limits>

#include "base/errors.hpp"

namespace gangmu {
namespace {

using Wide = __int128;

constexpr std::array<std::int64_t, 19> powers_of_ten = [] {
  std::array<std::int64_t, 19> p{1};
  for (std::size_t i = 1; i < p.size(); ++i) p[i] = p[i - 1] * 10;
  return p;
}();

std::int64_t ten_to(int n) { return powers_of_ten[static_cast<std::size_t>(n)]; }

bool fits(Wide v) {
  return v >= std::numeric_limits<std::int64_t>::min() && v <= std::numeric_limits<std::int64_t>::max();
}

std::string wide_text(Wide v) {
  if (v == 0) return "0";
  std::string reversed;
  const bool negative = v < 0;
  for (; v != 0; v /= 10) reversed += static_cast<char>('0' + static_cast<int>(negative ? -(v % 10) : v % 10));
  if (negative) reversed += '-';
  return {reversed.rbegin(), reversed.rend()};
}

/// Digits with a decimal point `scale` places from the right.
std::string with_point(std::string digits, int scale) {
  const auto places = static_cast<std::size_t>(scale);
  const std::size_t sign = digits[0] == '-' ? 1 : 0;
  if (digits.size() - sign <= places) digits.insert(sign, places + 1 - (digits.size() - sign), '0');
  if (places > 0) digits.insert(digits.size() - places, 1, '.');
  return digits;
}

Result<Decimal> exactly(Wide units, int scale) {
  if (!fits(units)) return fail(errors::number_overflow, {with_point(wide_text(units), scale)});
  return Decimal(static_cast<std::int64_t>(units), scale);
}

bool all_digits(std::string_view s) {
  for (const char c : s)
    if (c < '0' || c > '9') return false;
  return !s.empty();
}

/// 0.DIGITS × 10^point, the shortest decimal form that reads back as the same double.
struct Shortest {
  bool negative = false;
  std::string digits;
  int point = 0;
};

Shortest shortest(double value) {
  std::array<char, 40> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific).ptr;
  std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  Shortest out;
  if (text[0] == '-') {
    out.negative = true;
    text.remove_prefix(1);
  }
  const std::size_t e = text.find('e');
  for (const char c : text.substr(0, e))
    if (c != '.') out.digits += c;
  std::string_view exponent = text.substr(e + 1);
  if (exponent[0] == '+') exponent.remove_prefix(1);
  std::from_chars(exponent.data(), exponent.data() + exponent.size(), out.point);
  ++out.point;
  return out;
}

void increment(std::string& digits) {
  for (auto d = digits.rbegin(); d != digits.rend(); ++d) {
    if (*d != '9') {
      ++*d;
      return;
    }
    *d = '0';
  }
  digits.insert(0, 1, '1');
}

/// The digits of |value| × 10^decimals, rounded half away from zero; may start with zeros, never empty.
std::string rounded_digits(const Shortest& s, int decimals) {
  const int kept = s.point + decimals;
  if (kept < 0) return "0";
  const auto n = static_cast<std::size_t>(kept);
  std::string out = "0" + s.digits.substr(0, n);
  if (n > s.digits.size()) out.append(n - s.digits.size(), '0');
  if (n < s.digits.size() && s.digits[n] >= '5') increment(out);
  const std::size_t leading = out.find_first_not_of('0');
  return leading == std::string::npos ? "0" : out.substr(leading);
}

}   // namespace

Result<Decimal> Decimal::parse(std::string_view text) {
  const bool negative = text.starts_with('-');
  const std::string_view body = text.substr(negative ? 1 : 0);
  const std::size_t point = body.find('.');
  const std::string_view whole = body.substr(0, point);
  const std::string_view fraction = point == std::string_view::npos ? std::string_view{} : body.substr(point + 1);
  if (!all_digits(whole) || (point != std::string_view::npos && !all_digits(fraction)))
    return fail(errors::number_malformed, {std::string(text)});
  if (fraction.size() > static_cast<std::size_t>(max_scale))
    return fail(errors::number_too_precise, {std::string(text), std::to_string(max_scale)});
  Wide units = 0;
  for (const std::string_view part : {whole, fraction})
    for (const char c : part) {
      units = units * 10 + (negative ? -(c - '0') : c - '0');
      if (!fits(units)) return fail(errors::number_overflow, {std::string(text)});
    }
  return Decimal(static_cast<std::int64_t>(units), static_cast<int>(fraction.size()));
}

std::string Decimal::text() const { return with_point(std::to_string(units_), scale_); }

double Decimal::real() const {
  constexpr std::int64_t exact = std::int64_t{1} << 53;   // both sides of the division are then exact, so one rounding
  if (units_ >= -exact && units_ <= exact) return static_cast<double>(units_) / static_cast<double>(ten_to(scale_));
  const std::string plain = text();
  double value = 0;
  std::from_chars(plain.data(), plain.data() + plain.size(), value);
  return value;
}

Result<Decimal> Decimal::rescaled(int scale) const {
  assert(scale >= 0 && scale <= max_scale);
  if (scale >= scale_) return exactly(Wide{units_} * ten_to(scale - scale_), scale);
  const std::int64_t divisor = ten_to(scale_ - scale);
  if (units_ % divisor != 0) return fail(errors::number_too_precise, {text(), std::to_string(scale)});
  return Decimal(units_ / divisor, scale);
}

Decimal Decimal::reduced() const {
  Decimal out = *this;
  while (out.scale_ > 0 && out.units_ % 10 == 0) {
    out.units_ /= 10;
    --out.scale_;
  }
  return out;
}

Result<Decimal> Decimal::add(Decimal a, Decimal b) {
  const int scale = std::max(a.scale_, b.scale_);
  return exactly(Wide{a.units_} * ten_to(scale - a.scale_) + Wide{b.units_} * ten_to(scale - b.scale_), scale);
}

Result<Decimal> Decimal::subtract(Decimal a, Decimal b) {
  const int scale = std::max(a.scale_, b.scale_);
  return exactly(Wide{a.units_} * ten_to(scale - a.scale_) - Wide{b.units_} * ten_to(scale - b.scale_), scale);
}

Result<Decimal> Decimal::multiply(Decimal a, Decimal b) {
  Wide units = Wide{a.units_} * b.units_;
  int scale = a.scale_ + b.scale_;
  for (; scale > max_scale; --scale) {
    if (units % 10 != 0)
      return fail(errors::number_too_precise, {a.text() + " × " + b.text(), std::to_string(max_scale)});
    units /= 10;
  }
  return exactly(units, scale);
}

std::strong_ordering operator<=>(Decimal a, Decimal b) {
  const int scale = std::max(a.scale(), b.scale());
  const Wide left = Wide{a.units()} * ten_to(scale - a.scale());
  const Wide right = Wide{b.units()} * ten_to(scale - b.scale());
  return left < right   ? std::strong_ordering::less
         : left > right ? std::strong_ordering::greater
                        : std::strong_ordering::equal;
}

std::string round_half_up(double value, int decimals) {
  assert(value - value == 0 && decimals >= 0 && decimals <= Decimal::max_scale);
  const Shortest s = shortest(value);
  std::string digits = rounded_digits(s, decimals);
  if (s.negative && digits != "0") digits.insert(0, 1, '-');
  return with_point(std::move(digits), decimals);
}

Result<Decimal> rounded_half_up(double value, int decimals) { return Decimal::parse(round_half_up(value, decimals)); }

Result<std::int64_t> ExactSum::units() const {
  if (!fits(total_)) return fail(errors::number_overflow, {wide_text(total_)});
  return static_cast<std::int64_t>(total_);
}

}   // namespace gangmu
