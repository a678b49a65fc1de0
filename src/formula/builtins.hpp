// SPDX-License-Identifier: Apache-2.0
// The closed list of functions every host has. Internal to the part.
#pragma once

#include <optional>
#include <string_view>

#include "formula/tree.hpp"

namespace gangmu::formula {

struct BuiltinRule {
  Op op = Op::choose;
  Op aggregate = Op::literal;   ///< what the name means with one argument that is a set; literal: nothing
  int least = 0, most = 0;      ///< arguments
};

std::optional<BuiltinRule> builtin(std::string_view name);   ///< by its name or its Chinese name
std::string_view builtin_name(Op op);
inline bool aggregates(Op op) { return op >= Op::count_of; }

}   // namespace gangmu::formula
