// SPDX-License-Identifier: Apache-2.0
#include "formula/program.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <string>
#include <utility>

#include "formula/arithmetic.hpp"
#include "formula/builtins.hpp"

namespace gangmu::formula {
namespace {

/// A value without the cost of one, left as it comes until it is written: texts stand elsewhere, a real as its bits.
struct Slot {
  enum class Holds : std::uint8_t { absent, exact, real, flag, date, instant, code, thing, text };
  std::int64_t bits;
  Holds holds;
  std::int8_t scale;

  [[nodiscard]] bool number() const { return holds == Holds::exact || holds == Holds::real; }
  [[nodiscard]] Decimal decimal() const { return {bits, scale}; }
  [[nodiscard]] double real() const { return holds == Holds::exact ? decimal().real() : std::bit_cast<double>(bits); }
};
using Holds = Slot::Holds;

Slot slot(Holds holds, std::int64_t bits, int scale = 0) { return {bits, holds, static_cast<std::int8_t>(scale)}; }
Slot slot(const Decimal& value) { return slot(Holds::exact, value.units(), value.scale()); }
Slot slot(double value) { return slot(Holds::real, std::bit_cast<std::int64_t>(value)); }
Slot slot(bool value) { return slot(Holds::flag, value ? 1 : 0); }
bool is(const Slot& value, bool flag) { return value.holds == Holds::flag && value.bits == (flag ? 1 : 0); }

Slot slot_of(const Value& value, std::vector<std::string>& texts) {
  if (const auto* exact = std::get_if<Decimal>(&value)) return slot(*exact);
  if (const auto* real = std::get_if<double>(&value)) return slot(*real);
  if (const auto* why = std::get_if<Absent>(&value)) return slot(Holds::absent, static_cast<std::int64_t>(*why));
  if (const auto* flag = std::get_if<bool>(&value)) return slot(*flag);
  if (const auto* date = std::get_if<Date>(&value)) return slot(Holds::date, date->days);
  if (const auto* at = std::get_if<Instant>(&value)) return slot(Holds::instant, at->micros);
  if (const auto* code = std::get_if<Code>(&value)) return slot(Holds::code, code->id);
  if (const auto* thing = std::get_if<Thing>(&value)) return slot(Holds::thing, thing->id);
  texts.push_back(std::get<std::string>(value));
  return slot(Holds::text, static_cast<std::int64_t>(texts.size()) - 1);
}

Value value_of(const Slot& slot, const std::vector<std::string>& texts) {
  switch (slot.holds) {
    case Holds::absent: return static_cast<Absent>(slot.bits);
    case Holds::exact: return slot.decimal();
    case Holds::real: return slot.real();
    case Holds::flag: return slot.bits == 1;
    case Holds::date: return Date{static_cast<std::int32_t>(slot.bits)};
    case Holds::instant: return Instant{slot.bits};
    case Holds::code: return Code{slot.bits};
    case Holds::thing: return Thing{slot.bits};
    case Holds::text: return texts[static_cast<std::size_t>(slot.bits)];
  }
  return Absent::missing;
}

bool compares(Op op) { return op >= Op::equal && op <= Op::greater_equal; }
bool on_two(Op op) {
  return compares(op) || op == Op::add || op == Op::subtract || op == Op::multiply || op == Op::divide ||
         op == Op::percent;
}

template <class Order>
bool compared(Op op, Order order) {
  switch (op) {
    case Op::equal: return order == 0;
    case Op::not_equal: return order != 0;
    case Op::less: return order < 0;
    case Op::less_equal: return !(order > 0);
    case Op::greater: return order > 0;
    default: return !(order < 0);
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
    const Node& of = out_.nodes_[node];
    out_.code_.push_back({.what = what, .op = of.op, .node = node, .count = count, .symbol = of.symbol});
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
    const bool two = on_two(node.op) && node.parts.size() == 2;
    put(two ? Do::two : Do::apply, index, static_cast<std::uint32_t>(node.parts.size()));
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
  /// The stack is left as it comes: every slot is written before it is read.
  Machine(const Program& program, const Values& values) : program_(program), values_(&values) {
    if (program.deepest_ > near_.size()) far_.resize(program.deepest_);
    stack_ = far_.empty() ? near_.data() : far_.data();
  }

  Result<Value> run(const Part& part) {
    TRY(go(part));
    return value_of(stack_[0], texts_);
  }

 private:
  [[nodiscard]] const Node& node(const Step& step) const { return program_.nodes_[step.node]; }
  Slot& last() { return stack_[top_ - 1]; }
  void push(const Value& value) { stack_[top_++] = slot_of(value, texts_); }

  Status go(const Part& part) {
    top_ = 0;
    texts_.clear();
    std::uint32_t at = part.begin;
    while (at < part.end) {
      const Step& step = program_.code_[at++];
      switch (step.what) {
        case Do::literal: push(node(step).literal); break;
        case Do::symbol: push(values_->value(step.symbol)); break;
        case Do::two: TRY(two(step)); break;
        case Do::apply: TRY(apply(step)); break;
        case Do::has: last() = slot(last().holds != Holds::absent); break;
        case Do::member:
          if (last().holds != Holds::absent) last() = slot(values_->member(step.symbol, value_of(last(), texts_)));
          break;
        case Do::choose:
          if (last().holds == Holds::absent)
            at = step.past;
          else if (is(stack_[--top_], false))
            at = step.to;
          break;
        case Do::decide:
          if (is(last(), step.op == Op::or_)) at = step.to;
          break;
        case Do::combine: combine(step.op == Op::or_); break;
        case Do::fallback:
          if (last().holds != Holds::absent)
            at = step.to;
          else
            --top_;
          break;
        case Do::jump: at = step.to; break;
        case Do::each: {
          TRY_ASSIGN(const Value value, each(node(step), program_.inner_[step.to]));
          push(value);
          break;
        }
      }
    }
    return {};
  }

  /// Numbers and days; all else the long way.
  Status two(const Step& step) {
    const Slot a = stack_[top_ - 2], b = stack_[top_ - 1];
    if (compares(step.op) && a.holds == b.holds && a.holds >= Holds::flag && a.holds < Holds::text) {
      --top_;
      last() = slot(compared(step.op, a.bits <=> b.bits));
      return {};
    }
    if (!a.number() || !b.number()) return apply(step);
    --top_;
    const bool share = step.op == Op::divide || step.op == Op::percent;
    return a.holds == Holds::exact && b.holds == Holds::exact && !share ? exact(step, a, b)
                                                                        : real(step, a.real(), b.real());
  }
  Status exact(const Step& step, const Slot& a, const Slot& b) {
    if (compares(step.op)) {
      const auto order = a.scale == b.scale ? a.bits <=> b.bits : a.decimal() <=> b.decimal();
      last() = slot(compared(step.op, order));
      return {};
    }
    std::int64_t sum = 0;
    if (a.scale == b.scale && step.op != Op::multiply) {
      const bool wide = step.op == Op::add ? __builtin_add_overflow(a.bits, b.bits, &sum)
                                           : __builtin_sub_overflow(a.bits, b.bits, &sum);
      if (wide) return overflow_at(node(step));
      last() = slot(Holds::exact, sum, a.scale);
      return {};
    }
    const auto out = step.op == Op::add        ? Decimal::add(a.decimal(), b.decimal())
                     : step.op == Op::subtract ? Decimal::subtract(a.decimal(), b.decimal())
                                               : Decimal::multiply(a.decimal(), b.decimal());
    if (!out) return overflow_at(node(step));
    last() = slot(*out);
    return {};
  }
  Status real(const Step& step, double a, double b) {
    if (compares(step.op)) {
      last() = slot(compared(step.op, a <=> b));
      return {};
    }
    const bool share = step.op == Op::divide || step.op == Op::percent;
    if (share && b == 0) {
      last() = slot(Holds::absent, static_cast<std::int64_t>(Absent::zero_denominator));
      return {};
    }
    double out = step.op == Op::add ? a + b : step.op == Op::subtract ? a - b : share ? a / b : a * b;
    if (step.op == Op::percent && std::isfinite(out)) out = 100 * out;
    if (!std::isfinite(out)) return overflow_at(node(step));
    last() = slot(out);
    return {};
  }

  Status apply(const Step& step) {
    const std::uint32_t count = step.count;
    std::vector<Value> operands;
    operands.reserve(count);
    for (std::uint32_t i = top_ - count; i < top_; ++i) operands.push_back(value_of(stack_[i], texts_));
    TRY_ASSIGN(const Value out, applied(node(step), operands, *values_));
    top_ -= count;
    push(out);
    return {};
  }

  void combine(bool by) {
    const Slot b = stack_[--top_];
    Slot& a = last();
    if (is(b, by) || a.holds != Holds::absent)
      a = b;
    else if (b.holds == Holds::absent)
      a.bits = std::max(a.bits, b.bits);   // the stronger reason
  }

  Result<Value> each(const Node& node, const Inner& inner) const {
    Gathered so_far{node};
    Machine machine(program_, *values_);
    TRY(values_->elements(node.symbol, [&](const Values& item) -> Status {
      machine.values_ = &item;
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
  const Values* values_;
  std::array<Slot, 12> near_;
  std::vector<Slot> far_;
  std::vector<std::string> texts_;
  Slot* stack_ = nullptr;
  std::uint32_t top_ = 0;
};

Program::Program(const Tree& tree) : nodes_(tree.nodes().begin(), tree.nodes().end()) {
  whole_ = Compiler(*this).whole(tree.root());
}

Result<Value> Program::run(const Values& values) const { return Machine(*this, values).run(whole_); }

}   // namespace gangmu::formula
