// SPDX-License-Identifier: Apache-2.0
// Reproducible random numbers: PCG-XSL-RR 128/64 (O'Neill 2014) and our own distributions, so that a seed gives the
// same numbers on every machine, compiler and C library. Draw into named variables: two draws in one expression or
// argument list come in an order that the compiler chooses. Secrets never come from here: those are `SecretSource`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gangmu {

class Random {
 public:
  explicit Random(std::uint64_t seed, std::uint64_t stream = 0);
  std::uint64_t next();
  std::uint64_t below(std::uint64_t n);                     ///< uniform in [0, n), n > 0, without bias (Lemire 2019)
  std::int64_t between(std::int64_t lo, std::int64_t hi);   ///< uniform in [lo, hi]
  double uniform();                                         ///< [0, 1) with 53 bits
  double normal();   ///< mean 0, variance 1 (Marsaglia and Bray 1964, through base/math)
  bool chance(double p);
  /// A generator independent of this one, the same for the same label, however much was drawn here before.
  [[nodiscard]] Random fork(std::uint64_t label) const;
  [[nodiscard]] Random fork(std::string_view label) const;

 private:
  unsigned __int128 state_;
  unsigned __int128 increment_;
  std::uint64_t seed_;
  std::uint64_t stream_;
};

/// Unpredictable bytes (keys, tokens). main hands out the system's.
class SecretSource {
 public:
  virtual ~SecretSource() = default;
  virtual std::string bytes(std::size_t n) = 0;
};

}   // namespace gangmu
