// SPDX-License-Identifier: Apache-2.0
// What one operator does with its operands' values. Shared by the interpreter and the compiled form; internal to the
// part.
#pragma once

#include <span>

#include "formula/tree.hpp"

namespace gangmu::formula {

/// Everything but choose, and_, or_, has, fallback, in_set and aggregates, which look at values one by one. Absent
/// operands give an absent result. Error: overflow at the node's column.
Result<Value> applied(const Node& node, std::span<const Value> operands, const Values& values);

/// The stronger of two reasons.
inline Absent stronger(Absent a, Absent b) { return a < b ? b : a; }
tl::unexpected<Error> overflow_at(const Node& node);
double real_of(const Value& value);   ///< precondition: a number
bool less(const Value& a, const Value& b);
bool equal(const Value& a, const Value& b);                              ///< numbers as numbers, exact or real
Result<Value> added(const Node& node, const Value& a, const Value& b);   ///< two numbers

}   // namespace gangmu::formula
