// SPDX-License-Identifier: Apache-2.0
// exp, log and pow that give the same bits everywhere. The C library's are never used in results: it picks variants by
// CPU at run time. Built with -ffp-contract=off. Error ≤ 1 ulp over the stated ranges (tested against long double).
#pragma once

#include <limits>
#include <span>

namespace gangmu::math {

inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double exp(double x);
double log(double x);                 ///< x > 0; log(0) = -inf; x < 0 gives NaN
void log_each(std::span<double> x);   ///< each replaced by its logarithm: the same bits, for many numbers in less time
double log10(double x);
double pow(double x, double y);   ///< x ≥ 0; special cases as IEEE 754-2019 for x ≥ 0
double sqrt(double x);            ///< correctly rounded by the hardware
/// Quantile of the standard normal, |error| ≤ 1e-9 (Wichura 1988, AS 241); p in (0, 1).
double normal_quantile(double p);

/// A score as the house stores it: nearest multiple of 1e-9, ties away from zero, as an integer count of 1e-9.
/// Shape: |x| ≤ 9e9; anything else, NaN too, is a programmer's mistake and throws std::domain_error.
long long quantise(double x);
inline double unquantise(long long q) { return static_cast<double>(q) / 1e9; }

}   // namespace gangmu::math
