// SPDX-License-Identifier: Apache-2.0
// A tree compiled to flat code over a stack, for formulas that run over many rows. It gives what the interpreter gives
// for every tree and host: values, why one is absent, errors with their column. Exact numbers stay exact.
//
//   const Program total(tree);
//   for (const Row& row : rows) { TRY_ASSIGN(const Value value, total.run(row)); … }
#pragma once

#include <cstdint>
#include <vector>

#include "formula/tree.hpp"

namespace gangmu::formula {

class Program {
 public:
  explicit Program(const Tree& tree);
  /// As evaluate(tree, values). Error: overflow, with its column.
  [[nodiscard]] Result<Value> run(const Values& values) const;
  [[nodiscard]] std::size_t instructions() const { return code_.size(); }

 private:
  enum class Do : std::uint8_t {
    literal,    ///< pushes a node's literal
    symbol,     ///< pushes a name's value
    apply,      ///< an operator over the last `count` values
    two,        ///< + − × ÷ and comparisons of two values: exact as long as both are
    has,        ///<
    member,     ///< of a set
    choose,     ///< to `to` when no; past the whole (`past`) when absent
    decide,     ///< to `to` when it decides
    combine,    ///< two sides of `and`, `or`
    fallback,   ///< to `to` when there is a value, else takes it away
    jump,
    each   ///< an aggregate: programs for what is taken of an element, and its condition
  };
  struct Step {
    Do what = Do::literal;
    Op op = Op::literal;
    NodeIndex node = 0;
    std::uint32_t count = 0;   ///< operands
    std::uint32_t to = 0, past = 0;
    std::int64_t symbol = 0;
  };
  /// One aggregate's own code: from here to `end`, for the element's value and for its condition.
  struct Part {
    std::uint32_t begin = 0, end = 0;
  };
  struct Inner {
    Part body{}, condition{};
  };
  class Compiler;
  class Machine;

  std::vector<Node> nodes_;
  std::vector<Step> code_;
  std::vector<Inner> inner_;
  Part whole_{};
  std::uint32_t deepest_ = 1;   ///< values that lie on the stack at once
};

}   // namespace gangmu::formula
