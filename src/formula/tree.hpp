// SPDX-License-Identifier: Apache-2.0
// A checked expression: every name known by the host's number, every part typed. Immutable. It prints as labels and
// what it prints parses back to an equal tree; its canonical form holds numbers instead of labels, so a new label
// changes no digest.
//
//   TRY_ASSIGN(const Tree due, Tree::parse("finish >= start and total > 5万元", names, Type{.base = Base::flag}));
//   TRY_ASSIGN(const Value met, evaluate(due, values));
//
// Missing values: arithmetic and comparison with an absent value are absent, for the same reason. `and` and `or` are
// decided where one side decides (Kleene). count, sum, min, max skip absent parts; a sum of nothing is 0, of absent
// parts only absent; min and max of nothing are missing. A guard holds only when it is `yes`.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "formula/names.hpp"
#include "formula/value.hpp"

namespace gangmu::formula {

struct Limits {
  int characters = 4000;   ///< of an expression's text
  int parts = 1000;        ///< operators, names and literals
  int depth = 60;          ///< brackets and arguments within one another
};

enum class Op : std::uint8_t {
  literal,
  symbol,
  negate,
  not_,
  add,
  subtract,
  add_workdays,
  multiply,
  divide,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  and_,
  or_,
  in_list,
  in_set,
  choose,
  convert,
  has,
  abs,
  min,
  max,
  fallback,
  percent,
  year,
  month,
  day,
  today,
  workdays,
  call,
  count_of,
  sum_of,
  min_of,
  max_of,
  any_of,
  all_of
};

using NodeIndex = std::uint32_t;
inline constexpr NodeIndex no_node = UINT32_MAX;

struct Node {
  Op op = Op::literal;
  Type type{};
  Value literal{};           ///< literal
  bool united = false;       ///< literal: its unit was written with it
  std::int64_t symbol = 0;   ///< symbol, in_set; the set of an aggregate; the function of a call
  Ratio ratio{};             ///< convert: multiply by it
  std::vector<NodeIndex>
      parts{};   ///< operands; of an aggregate: what is taken of an element, and its condition, or no_node
  int column = 0;
  bool operator==(const Node& other) const;   ///< but for the column
};

class Tree {
 public:
  /// All faults at once, each with its column. `wanted`: what the place asks for; a pure number takes its unit, a unit
  /// of the same dimension is converted; a real where an exact number is wanted stays real (who stores it rounds).
  static Result<Tree> parse(std::string_view text, const Names& names, const std::optional<Type>& wanted = {},
                            const Position& where = {}, const Limits& limits = {});

  [[nodiscard]] const Type& type() const { return nodes_.back().type; }
  [[nodiscard]] std::span<const Node> nodes() const {
    return nodes_;
  }   ///< operands before operators; the last is the root
  [[nodiscard]] NodeIndex root() const { return static_cast<NodeIndex>(nodes_.size() - 1); }
  [[nodiscard]] std::string text(const Names& names) const;
  [[nodiscard]] std::string canonical() const;
  /// Symbols read, without those inside aggregates; sets included. Sorted, each once.
  [[nodiscard]] std::vector<std::int64_t> symbols() const;
  [[nodiscard]] bool reaches(Reach reach) const { return (reaches_ >> static_cast<int>(reach) & 1) != 0; }
  bool operator==(const Tree& other) const { return nodes_ == other.nodes_; }

 private:
  friend class Checker;
  std::vector<Node> nodes_;
  unsigned reaches_ = 0;
};

/// The interpreter. Errors: overflow, with its column.
Result<Value> evaluate(const Tree& tree, const Values& values);

/// The functions every host has, for documents and their test.
struct Builtin {
  std::string_view name, zh, form;
  std::string_view says_zh, says_en;
};
std::span<const Builtin> builtins();

}   // namespace gangmu::formula
