// SPDX-License-Identifier: Apache-2.0
// Random expressions and hosts for property tests: every operator, and values that overflow, are missing or withheld.
#pragma once

#include <initializer_list>
#include <string>

#include "base/random.hpp"
#include "formula/tiny_host_test.hpp"

namespace gangmu::formula::testing {

/// Random well-typed text over the names of tiny_names().
class Writer {
 public:
  explicit Writer(std::uint64_t seed) : random_(seed) {}
  std::string flag(int depth);
  std::string money(int depth);
  std::string number(int depth);   ///< without a unit
  std::string date(int depth);
  std::string any(int depth);   ///< of any type

 private:
  std::string pick(std::initializer_list<const char*> all) { return all.begin()[random_.below(all.size())]; }
  Random random_;
};

/// A host whose values are often not there and sometimes at the edge of what is exact.
TinyValues random_values(Random& random, const Calendar& days);

}   // namespace gangmu::formula::testing
