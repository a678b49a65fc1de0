// SPDX-License-Identifier: Apache-2.0
// Only + − × ÷ and bit patterns, so the result is fixed by IEEE 754. The logarithm is made as an unevaluated sum of two
// doubles (Dekker 1971), because pow multiplies its error by up to 745; log and log10 round that sum once. Its table of
// landmarks (Tang 1990) is worked out by the compiler.
#include "base/math.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <stdexcept>

namespace gangmu::math {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

bool is_nan(double x) { return x != x; }

/// Two numbers side by side in one register of the baseline instruction set. Every operation does to each what it does
/// to a double alone, so whatever is written for V gives the same bits for both.
using Two = double __attribute__((vector_size(16)));
using TwoBits = std::uint64_t __attribute__((vector_size(16)));

/// hi + lo, |lo| ≤ half an ulp of hi.
template <class V>
struct PairOf {
  V hi, lo;
};
using Pair = PairOf<double>;

/// Exact sum; precondition |a| ≥ |b| or a = 0.
template <class V>
constexpr PairOf<V> quick_sum(V a, V b) {
  const V s = a + b;
  return {s, b - (s - a)};
}

/// Exact sum (Knuth).
constexpr Pair exact_sum(double a, double b) {
  const double s = a + b;
  const double t = s - a;
  return {s, (a - (s - t)) + (b - t)};
}

/// Exact product (Dekker, Veltkamp); without overflow for |a|, |b| < 2^995.
template <class V>
constexpr PairOf<V> exact_product(V a, V b) {
  constexpr double split = 134217729.0;   // 2^27 + 1
  const V ta = split * a;
  const V a1 = ta - (ta - a);
  const V a2 = a - a1;
  const V tb = split * b;
  const V b1 = tb - (tb - b);
  const V b2 = b - b1;
  const V p = a * b;
  return {p, ((a1 * b1 - p) + a1 * b2 + a2 * b1) + a2 * b2};
}

constexpr Pair add(Pair a, Pair b) {
  const Pair s = exact_sum(a.hi, b.hi);
  return quick_sum(s.hi, s.lo + (a.lo + b.lo));
}

constexpr Pair multiply(Pair a, Pair b) {
  const Pair p = exact_product(a.hi, b.hi);
  return quick_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

constexpr Pair multiply(Pair a, double b) {
  const Pair p = exact_product(a.hi, b);
  return quick_sum(p.hi, p.lo + a.lo * b);
}

/// a / (b.hi + b.lo)
constexpr Pair divide(double a, Pair b) {
  const double q = a / b.hi;
  const Pair p = exact_product(q, b.hi);
  const double rest = ((a - p.hi) - p.lo) - q * b.lo;
  return quick_sum(q, rest / b.hi);
}

// ln 2 in two parts; the first has 42 bits, so that its product with an exponent is exact.
constexpr double ln2_hi = 0x1.62e42fefa3800p-1;
constexpr double ln2_lo = 0x1.ef35793c76730p-45;
constexpr double inverse_ln2 = 0x1.71547652b82fep+0;
constexpr Pair inverse_ln10{0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57};
constexpr Pair third{0x1.5555555555555p-2, 0x1.5555555555555p-56};
constexpr Pair fifth{0x1.999999999999ap-3, -0x1.999999999999ap-57};

/// x = mantissa × 2^exponent, mantissa in [√½, √2); x positive and finite.
struct Split {
  double mantissa;
  int exponent;
};

Split split(double x) {
  int exponent = 0;
  if (x < std::numeric_limits<double>::min()) {
    x *= 0x1p54;
    exponent = -54;
  }
  constexpr std::uint64_t root_half = 0x3fe6a09e667f3bcdULL;   // bits of √½
  constexpr std::uint64_t one = 0x3ff0000000000000ULL;
  // Adding (1 − √½) in bits carries into the exponent exactly when the mantissa is √2 or more.
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(x) + (one - root_half);
  exponent += static_cast<int>(bits >> 52) - 1023;
  return {std::bit_cast<double>((bits & 0x000fffffffffffffULL) + root_half), exponent};
}

/// ln m for m in [√½, √2] as 2 artanh((m − 1) / (m + 1)), to about 2^-70; slow, it fills the table below.
constexpr Pair series_log(double m) {
  const Pair s = divide(m - 1, exact_sum(m, 1));
  const Pair u = multiply(s, s);
  double tail = 1.0 / 31;
  for (int n = 29; n >= 7; n -= 2) tail = tail * u.hi + 1.0 / n;
  const Pair inner = add(fifth, multiply(u, tail));
  const Pair outer = multiply(u, add(third, multiply(u, inner)));
  const Pair artanh = add(s, multiply(s, outer));
  return {2 * artanh.hi, 2 * artanh.lo};
}

/// For c = i / 128 near a mantissa: ln c, its first part a multiple of 2^-42 as e × ln2_hi is, and 1 / c.
struct Landmark {
  double log_hi, log_lo, inverse;
};

constexpr int first_landmark = 90;   // 90 / 128 < √½
constexpr std::array<Landmark, 93> landmarks = [] {
  std::array<Landmark, 93> out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double c = static_cast<double>(first_landmark + static_cast<int>(i)) / 128;
    const Pair ln = series_log(c);
    constexpr double grid = 1536;   // a sum with it is cut to multiples of 2^-42
    const double hi = (ln.hi + grid) - grid;
    out[i] = {hi, (ln.hi - hi) + ln.lo, 1 / c};
  }
  return out;
}();

/// 1/3 − r/4 + r²/5 − … for |r| ≤ 0.0056; what is left out is below 2^-68 of the logarithm.
template <class V>
V log_tail(V r) {
  V sum = (-1.0 / 10) * r + 1.0 / 9;
  for (int n = 8; n >= 3; --n) sum = sum * r + (n % 2 == 0 ? -1.0 : 1.0) / n;
  return sum;
}

constexpr std::uint64_t high_half = 0xfffffffff8000000ULL;
double cut(double x) { return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) & high_half); }
Two cut(Two x) { return std::bit_cast<Two>(std::bit_cast<TwoBits>(x) & high_half); }

/// x = m × 2^e with m near the landmark c.
template <class V>
struct Placed {
  V m, e, c, log_hi, log_lo, inverse;
};

Placed<double> placed(double x) {
  const auto [m, e] = split(x);
  const int i = static_cast<int>(m * 128 + 0.5);
  const Landmark& near = landmarks[static_cast<std::size_t>(i - first_landmark)];
  return {m, static_cast<double>(e), i / 128.0, near.log_hi, near.log_lo, near.inverse};
}

Placed<Two> placed(Two x) {
  const Placed<double> a = placed(x[0]), b = placed(x[1]);
  return {Two{a.m, b.m},           Two{a.e, b.e},           Two{a.c, b.c},
          Two{a.log_hi, b.log_hi}, Two{a.log_lo, b.log_lo}, Two{a.inverse, b.inverse}};
}

/// ln x for positive finite x = 2^e × c × (1 + r): e ln 2 + ln c + r − r²/2 + r³ log_tail(r).
template <class V>
PairOf<V> log_pair(V x) {
  const Placed<V> at = placed(x);
  // r = (m − c) / c to 100 bits: the high half of the quotient times c (8 bits) is exact, and so is the low half.
  const V off = at.m - at.c, r = off * at.inverse, high = cut(r);
  const V rest = ((off - high * at.c) - (r - high) * at.c) * at.inverse;
  const PairOf<V> sum = quick_sum<V>(at.e * ln2_hi + at.log_hi, r);
  const PairOf<V> square = exact_product<V>(r, -0.5 * r);
  const PairOf<V> top = quick_sum(sum.hi, square.hi);
  const V small = (at.e * ln2_lo + at.log_lo) + (rest - r * rest) + r * r * r * log_tail(r);
  return quick_sum<V>(top.hi, ((sum.lo + top.lo) + square.lo) + small);
}

/// 1/2! + r/3! + … for |r| ≤ 0.347, by halves to shorten the chain of operations.
double exp_tail(double r) {
  constexpr double inverse_factorial[] = {
      1.0 / 2,      1.0 / 6,       1.0 / 24,       1.0 / 120,       1.0 / 720,        1.0 / 5040,       1.0 / 40320,
      1.0 / 362880, 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800, 1.0 / 87178291200};
  const double r2 = r * r;
  double even = inverse_factorial[12];
  double odd = inverse_factorial[11];
  for (int n = 10; n >= 0; n -= 2) even = even * r2 + inverse_factorial[n];
  for (int n = 9; n >= 1; n -= 2) odd = odd * r2 + inverse_factorial[n];
  return even + odd * r;
}

double power_of_two(int n) { return std::bit_cast<double>(static_cast<std::uint64_t>(n + 1023) << 52); }

/// v × 2^n for v in [½, 2], −1140 ≤ n ≤ 1024: the last product is the only one that may round.
double scaled(double v, int n) {
  if (n > 1000) return v * 0x1p1000 * power_of_two(n - 1000);
  if (n < -1000) return v * 0x1p-960 * power_of_two(n + 960);
  return v * power_of_two(n);
}

/// exp(x.hi + x.lo) for −746 < x.hi < 710.
double exp_pair(Pair x) {
  const double turns = x.hi * inverse_ln2;
  const int k = static_cast<int>(turns + (turns < 0 ? -0.5 : 0.5));
  const Pair r = exact_sum(x.hi - k * ln2_hi, x.lo - k * ln2_lo);
  const Pair sum = quick_sum(1.0, r.hi);
  const double tail = r.hi * r.hi * exp_tail(r.hi) + (r.lo + r.lo * r.hi);
  return scaled(sum.hi + (sum.lo + tail), k);
}

}   // namespace

double exp(double x) {
  if (is_nan(x)) return x;
  if (x > 710) return infinity;
  if (x < -746) return 0;
  return exp_pair({x, 0});
}

double log(double x) {
  if (is_nan(x) || x == infinity) return x;
  if (x <= 0) return x == 0 ? -infinity : not_a_number;
  return log_pair(x).hi;
}

void log_each(std::span<double> x) {
  const auto plain = [](double v) { return v > 0 && v < infinity; };
  std::size_t i = 0;
  for (; i + 1 < x.size(); i += 2) {
    if (plain(x[i]) && plain(x[i + 1])) {
      const Two ln = log_pair(Two{x[i], x[i + 1]}).hi;
      x[i] = ln[0];
      x[i + 1] = ln[1];
    } else {
      x[i] = log(x[i]);
      x[i + 1] = log(x[i + 1]);
    }
  }
  if (i < x.size()) x[i] = log(x[i]);
}

double log10(double x) {
  if (is_nan(x) || x == infinity) return x;
  if (x <= 0) return x == 0 ? -infinity : not_a_number;
  return multiply(log_pair(x), inverse_ln10).hi;
}

double pow(double x, double y) {
  if (x == 1 || y == 0) return 1;
  if (is_nan(x) || is_nan(y) || x < 0) return not_a_number;
  if (x == 0 || x == infinity) return (x == 0) == (y > 0) ? 0 : infinity;
  if (y == infinity || y == -infinity) return (x < 1) == (y > 0) ? 0 : infinity;
  if (y == 1) return x;
  const Pair ln = log_pair(x);
  const double about = y * ln.hi;
  if (about > 710) return infinity;
  if (about < -746) return 0;
  return exp_pair(multiply(ln, y));
}

double sqrt(double x) { return __builtin_sqrt(x); }

double normal_quantile(double p) {
  if (is_nan(p) || p < 0 || p > 1) return not_a_number;
  if (p == 0 || p == 1) return p == 0 ? -infinity : infinity;
  const auto ratio = [](const double(&a)[8], const double(&b)[8], double r) {
    double num = a[7];
    double den = b[7];
    for (int i = 6; i >= 0; --i) {
      num = num * r + a[i];
      den = den * r + b[i];
    }
    return num / den;
  };
  // Coefficients of PPND16 (Wichura 1988, Applied Statistics 37, algorithm AS 241).
  static constexpr double a[] = {3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
                                 1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                 3.3430575583588128105e+4, 2.5090809287301226727e+3};
  static constexpr double b[] = {1.0,
                                 4.2313330701600911252e+1,
                                 6.8718700749205790830e+2,
                                 5.3941960214247511077e+3,
                                 2.1213794301586595867e+4,
                                 3.9307895800092710610e+4,
                                 2.8729085735721942674e+4,
                                 5.2264952788528545610e+3};
  static constexpr double c[] = {1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                                 3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                                 2.27238449892691845833e-2, 7.74545014278341407640e-4};
  static constexpr double d[] = {1.0,
                                 2.05319162663775882187e0,
                                 1.67638483018380384940e0,
                                 6.89767334985100004550e-1,
                                 1.48103976427480074590e-1,
                                 1.51986665636164571966e-2,
                                 5.47593808499534494600e-4,
                                 1.05075007164441684324e-9};
  static constexpr double e[] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                                 2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                 2.71155556874348757815e-5, 2.01033439929228813265e-7};
  static constexpr double f[] = {1.0,
                                 5.99832206555887937690e-1,
                                 1.36929880922735805310e-1,
                                 1.48753612908506148525e-2,
                                 7.86869131145613259100e-4,
                                 1.84631831751005468180e-5,
                                 1.42151175831644588870e-7,
                                 2.04426310338993978564e-15};
  const double q = p - 0.5;
  if (q >= -0.425 && q <= 0.425) return q * ratio(a, b, 0.180625 - q * q);
  const double r = sqrt(-log(q < 0 ? p : 1 - p));
  const double z = r <= 5 ? ratio(c, d, r - 1.6) : ratio(e, f, r - 5);
  return q < 0 ? -z : z;
}

long long quantise(double x) {
  if (!(x >= -9e9 && x <= 9e9)) throw std::domain_error("quantise: not a score");
  // |x| = mantissa × 2^-shift exactly; × 1e9 stays below 2^83, so only the shift rounds.
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const int biased = static_cast<int>((bits >> 52) & 0x7ff);
  const std::uint64_t mantissa = (bits & 0x000fffffffffffffULL) | 0x0010000000000000ULL;
  const int shift = 1075 - biased;
  if (shift >= 100) return 0;   // |x| < 2^-47: far below half a billionth
  const auto nano = static_cast<unsigned __int128>(mantissa) * 1'000'000'000U;
  const auto count = static_cast<long long>((nano + (static_cast<unsigned __int128>(1) << (shift - 1))) >> shift);
  return x < 0 ? -count : count;
}

}   // namespace gangmu::math
