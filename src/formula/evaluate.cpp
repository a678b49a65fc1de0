// SPDX-License-Identifier: Apache-2.0
// The interpreter: one function an operator that looks at its operands one by one, `applied` for all others.
#include "formula/arithmetic.hpp"
#include "formula/tree.hpp"

namespace gangmu::formula {
namespace {

class Interpreter {
 public:
  Interpreter(std::span<const Node> nodes, const Values& values) : nodes_(nodes), values_(values) {}

  Result<Value> at(NodeIndex index) const {
    const Node& node = nodes_[index];
    switch (node.op) {
      case Op::literal: return node.literal;
      case Op::symbol: return values_.value(node.symbol);
      case Op::choose: return choice(node);
      case Op::and_: return decided(node, false);
      case Op::or_: return decided(node, true);
      case Op::has: {
        TRY_ASSIGN(const Value value, at(node.parts[0]));
        return Value(!absent(value));
      }
      case Op::fallback: return first(node);
      case Op::in_set: {
        TRY_ASSIGN(const Value item, at(node.parts[0]));
        return absent(item) ? item : Value(values_.member(node.symbol, item));
      }
      case Op::count_of: return counted(node);
      case Op::any_of: return met(node, true);
      case Op::all_of: return met(node, false);
      case Op::sum_of:
      case Op::min_of:
      case Op::max_of: return gathered(node);
      default: return all(node);
    }
  }

 private:
  Result<Value> all(const Node& node) const {
    std::vector<Value> operands;
    operands.reserve(node.parts.size());
    for (const NodeIndex part : node.parts) {
      TRY_ASSIGN(Value value, at(part));
      operands.push_back(std::move(value));
    }
    return applied(node, operands, values_);
  }

  Result<Value> choice(const Node& node) const {
    TRY_ASSIGN(const Value condition, at(node.parts[0]));
    if (absent(condition)) return condition;
    return at(node.parts[std::get<bool>(condition) ? 1 : 2]);
  }

  /// `and` is decided by a no, `or` by a yes; else an absent side makes it absent.
  Result<Value> decided(const Node& node, bool by) const {
    TRY_ASSIGN(const Value a, at(node.parts[0]));
    if (a == Value(by)) return a;
    TRY_ASSIGN(const Value b, at(node.parts[1]));
    if (b == Value(by) || !absent(a)) return b;
    return absent(b) ? Value(stronger(std::get<Absent>(a), std::get<Absent>(b))) : a;
  }

  Result<Value> first(const Node& node) const {
    Value out = Absent::missing;
    for (const NodeIndex part : node.parts) {
      TRY_ASSIGN(out, at(part));
      if (!absent(out)) return out;
    }
    return out;
  }

  /// Calls `each(item, condition)` for every element; without a condition it is yes.
  template <class Each>
  Status over(const Node& node, const Each& each) const {
    return values_.elements(node.symbol, [&](const Values& item) -> Status {
      const Interpreter inside(nodes_, item);
      if (node.parts[1] == no_node) return each(inside, Value(true));
      TRY_ASSIGN(const Value condition, inside.at(node.parts[1]));
      return each(inside, condition);
    });
  }

  Result<Value> counted(const Node& node) const {
    std::int64_t n = 0;
    TRY(over(node, [&](const Interpreter&, const Value& condition) -> Status {
      n += condition == Value(true) ? 1 : 0;
      return {};
    }));
    return Value(Decimal(n, 0));
  }

  Result<Value> met(const Node& node, bool by) const {
    Value out = !by;
    TRY(over(node, [&](const Interpreter&, const Value& condition) -> Status {
      if (out == Value(by)) return {};
      if (condition == Value(by))
        out = by;
      else if (absent(condition))
        out = condition;
      return {};
    }));
    return out;
  }

  Result<Value> gathered(const Node& node) const {
    std::optional<Value> total;
    std::optional<Absent> why;
    TRY(over(node, [&](const Interpreter& inside, const Value& condition) -> Status {
      if (condition != Value(true)) return {};
      TRY_ASSIGN(const Value value, inside.at(node.parts[0]));
      if (const Absent* reason = std::get_if<Absent>(&value)) {
        why = stronger(why.value_or(Absent::missing), *reason);
        return {};
      }
      if (!total) {
        total = value;
      } else if (node.op == Op::sum_of) {
        TRY_ASSIGN(total, added(node, *total, value));
      } else if (node.op == Op::min_of ? less(value, *total) : less(*total, value)) {
        total = value;
      }
      return {};
    }));
    if (total) return *total;
    if (why || node.op != Op::sum_of) return Value(why.value_or(Absent::missing));
    return node.type.base == Base::real ? Value(0.0) : Value(Decimal(0, node.type.decimals));
  }

  std::span<const Node> nodes_;
  const Values& values_;
};

}   // namespace

Result<Value> evaluate(const Tree& tree, const Values& values) {
  return Interpreter(tree.nodes(), values).at(tree.root());
}

}   // namespace gangmu::formula
