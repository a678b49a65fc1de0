// SPDX-License-Identifier: Apache-2.0
#include "formula/program.hpp"

#include <algorithm>
#include <array>

#include "formula/arithmetic.hpp"
#include "formula/builtins.hpp"

namespace gangmu::formula {
namespace {

bool on_numbers(Op op) {
  return op == Op::add || op == Op::subtract || op == Op::multiply || (op >= Op::equal && op <= Op::greater_equal);
}

bool compared(Op op, const Decimal& a, const Decimal& b) {
  const auto order = a <=> b;
  switch (op) {
    case Op::equal: return order == 0;
    case Op::not_equal: return order != 0;
    case Op::less: return order < 0;
    case Op::less_equal: return order <= 0;
    case Op::greater: return order > 0;
    default: return order >= 0;
  }
}

/// What an aggregate has seen of the elements that count.
class Gathered {
 public:
  explicit Gathered(const Node& node) : node_(node) {}
  Status one() {
    ++count_;
    return {};
  }
  Status met(const Value& condition);   ///< any, all: decided by the first yes, or no
  Status take(const Value& value);      ///< sum, min, max; error: overflow
  [[nodiscard]] Value told() const;

 private:
  const Node& node_;
  std::int64_t count_ = 0;
  std::optional<Value> total_;
  std::optional<Absent> why_;
};

Status Gathered::met(const Value& condition) {
  const bool by = node_.op == Op::any_of;
  if (total_ == Value(by)) return {};
  if (condition == Value(by) || absent(condition)) total_ = condition;
  return {};
}

Status Gathered::take(const Value& value) {
  if (const Absent* reason = std::get_if<Absent>(&value)) {
    why_ = stronger(why_.value_or(Absent::missing), *reason);
    return {};
  }
  if (!total_) {
    total_ = value;
  } else if (node_.op == Op::sum_of) {
    TRY_ASSIGN(total_, added(node_, *total_, value));
  } else if (node_.op == Op::min_of ? less(value, *total_) : less(*total_, value)) {
    total_ = value;
  }
  return {};
}

Value Gathered::told() const {
  if (node_.op == Op::count_of) return Decimal(count_, 0);
  if (total_) return *total_;
  if (node_.op == Op::any_of || node_.op == Op::all_of) return node_.op == Op::all_of;
  if (why_ || node_.op != Op::sum_of) return why_.value_or(Absent::missing);
  return node_.type.base == Base::real ? Value(0.0) : Value(Decimal(0, node_.type.decimals));
}

}   // namespace

/// Operands before operators, as the tree has them, with jumps around what is not to be looked at.
class Program::Compiler {
 public:
  explicit Compiler(Program& out) : out_(out) {}

  Part whole(NodeIndex root) {
    const auto begin = here();
    emit(root);
    return {begin, here()};
  }

 private:
  [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(out_.code_.size()); }
  Step& put(Do what, NodeIndex node, std::uint32_t count = 0) {
    out_.code_.push_back({.what = what, .node = node, .count = count});
    return out_.code_.back();
  }
  void pushed() { out_.deepest_ = std::max(out_.deepest_, ++depth_); }
  void popped(std::size_t n) { depth_ -= static_cast<std::uint32_t>(n); }

  void emit(NodeIndex index) {
    const Node& node = out_.nodes_[index];
    switch (node.op) {
      case Op::literal:
      case Op::symbol: put(node.op == Op::literal ? Do::literal : Do::symbol, index); return pushed();
      case Op::choose: return choose(index, node);
      case Op::and_:
      case Op::or_: return decide(index, node);
      case Op::fallback: return fallback(index, node);
      case Op::has:
      case Op::in_set:
        emit(node.parts[0]);
        put(node.op == Op::has ? Do::has : Do::member, index);
        return;
      default: break;
    }
    if (aggregates(node.op)) return each(index, node);
    for (const NodeIndex part : node.parts) emit(part);
    const bool numbers = on_numbers(node.op) && out_.nodes_[node.parts[0]].type.number();
    put(numbers ? Do::exact : Do::apply, index, static_cast<std::uint32_t>(node.parts.size()));
    popped(node.parts.size());
    pushed();
  }

  void choose(NodeIndex index, const Node& node) {
    emit(node.parts[0]);
    const std::uint32_t asked = here();
    put(Do::choose, index);
    popped(1);
    emit(node.parts[1]);
    const std::uint32_t end = here();
    put(Do::jump, index);
    popped(1);
    out_.code_[asked].to = here();
    emit(node.parts[2]);
    out_.code_[end].to = out_.code_[asked].past = here();
  }

  void decide(NodeIndex index, const Node& node) {
    emit(node.parts[0]);
    const std::uint32_t asked = here();
    put(Do::decide, index);
    emit(node.parts[1]);
    put(Do::combine, index);
    popped(1);
    out_.code_[asked].to = here();
  }

  void fallback(NodeIndex index, const Node& node) {
    std::vector<std::uint32_t> found;
    for (std::size_t i = 0; i < node.parts.size(); ++i) {
      emit(node.parts[i]);
      if (i + 1 == node.parts.size()) break;
      found.push_back(here());
      put(Do::fallback, index);
      popped(1);
    }
    for (const std::uint32_t at : found) out_.code_[at].to = here();
  }

  /// The element's own code stands behind a jump over it.
  void each(NodeIndex index, const Node& node) {
    const std::uint32_t over = here();
    put(Do::jump, index);
    const std::uint32_t depth = std::exchange(depth_, 0);
    Inner inner;
    if (node.parts[0] != no_node) inner.body = whole(node.parts[0]);
    depth_ = 0;
    if (node.parts[1] != no_node) inner.condition = whole(node.parts[1]);
    depth_ = depth;
    out_.code_[over].to = here();
    put(Do::each, index).to = static_cast<std::uint32_t>(out_.inner_.size());
    out_.inner_.push_back(inner);
    pushed();
  }

  Program& out_;
  std::uint32_t depth_ = 0;
};

class Program::Machine {
 public:
  Machine(const Program& program, const Values& values) : program_(program), values_(values) {
    if (program.deepest_ <= near_.size()) {
      stack_ = near_.data();
    } else {
      far_.resize(program.deepest_);
      stack_ = far_.data();
    }
  }

  Result<Value> run(const Part& part) {
    top_ = 0;
    std::uint32_t at = part.begin;
    while (at < part.end) {
      const Step& step = program_.code_[at++];
      const Node& node = program_.nodes_[step.node];
      switch (step.what) {
        case Do::literal: stack_[top_++] = node.literal; break;
        case Do::symbol: stack_[top_++] = values_.value(node.symbol); break;
        case Do::exact: TRY(exact(node)); break;
        case Do::apply: TRY(apply(node, step.count)); break;
        case Do::has: last() = !absent(last()); break;
        case Do::member:
          if (!absent(last())) last() = values_.member(node.symbol, last());
          break;
        case Do::choose:
          if (absent(last()))
            at = step.past;
          else if (!std::get<bool>(stack_[--top_]))
            at = step.to;
          break;
        case Do::decide:
          if (last() == Value(node.op == Op::or_)) at = step.to;
          break;
        case Do::combine: combine(node.op == Op::or_); break;
        case Do::fallback:
          if (!absent(last()))
            at = step.to;
          else
            --top_;
          break;
        case Do::jump: at = step.to; break;
        case Do::each: {
          TRY_ASSIGN(stack_[top_], each(node, program_.inner_[step.to]));
          ++top_;
          break;
        }
      }
    }
    return std::move(stack_[0]);
  }

 private:
  Value& last() { return stack_[top_ - 1]; }

  Status exact(const Node& node) {
    const Decimal* a = std::get_if<Decimal>(&stack_[top_ - 2]);
    const Decimal* b = std::get_if<Decimal>(&stack_[top_ - 1]);
    if (!a || !b) return apply(node, 2);
    --top_;
    if (node.op >= Op::equal && node.op <= Op::greater_equal) {
      last() = compared(node.op, *a, *b);
      return {};
    }
    const auto out = node.op == Op::add        ? Decimal::add(*a, *b)
                     : node.op == Op::subtract ? Decimal::subtract(*a, *b)
                                               : Decimal::multiply(*a, *b);
    if (!out) return overflow_at(node);
    last() = *out;
    return {};
  }

  Status apply(const Node& node, std::uint32_t count) {
    Value* const first = stack_ + (top_ - count);
    TRY_ASSIGN(Value out, applied(node, {first, count}, values_));
    top_ -= count;
    stack_[top_++] = std::move(out);
    return {};
  }

  void combine(bool by) {
    const Value b = std::move(stack_[--top_]);
    Value& a = last();
    if (b == Value(by) || !absent(a))
      a = b;
    else if (absent(b))
      a = stronger(std::get<Absent>(a), std::get<Absent>(b));
  }

  Result<Value> each(const Node& node, const Inner& inner) const {
    Gathered so_far{node};
    TRY(values_.elements(node.symbol, [&](const Values& item) -> Status {
      Machine machine(program_, item);
      Value condition = true;
      if (node.parts[1] != no_node) { TRY_ASSIGN(condition, machine.run(inner.condition)); }
      if (node.op == Op::any_of || node.op == Op::all_of) return so_far.met(condition);
      if (condition != Value(true)) return {};
      if (node.op == Op::count_of) return so_far.one();
      TRY_ASSIGN(const Value value, machine.run(inner.body));
      return so_far.take(value);
    }));
    return so_far.told();
  }

  const Program& program_;
  const Values& values_;
  std::array<Value, 12> near_;
  std::vector<Value> far_;
  Value* stack_ = nullptr;
  std::uint32_t top_ = 0;
};

Program::Program(const Tree& tree) : nodes_(tree.nodes().begin(), tree.nodes().end()) {
  whole_ = Compiler(*this).whole(tree.root());
}

Result<Value> Program::run(const Values& values) const { return Machine(*this, values).run(whole_); }

}   // namespace gangmu::formula
