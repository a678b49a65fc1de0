// SPDX-License-Identifier: Apache-2.0
// Functions, and what is counted and summed over rows.
#include <algorithm>

#include "base/text.hpp"
#include "formula/checker.hpp"
#include "formula/errors.hpp"

namespace gangmu::formula {

Part Checker::call(const Syntax& s, const Type* codes) {
  if (const auto rule = builtin(s.text)) return builtin_call(s, *rule, codes);
  const auto function = names_->function(s.text);
  if (!s.where.empty()) fault(errors::where_misplaced, {}, s.where[0].column);
  if (!function) {
    std::vector<std::string> all = names_->functions();
    for (const Builtin& one : builtins()) all.emplace_back(one.name);
    auto [zh, en] = near(s.text, all);
    return fault(errors::function_unknown, {s.text, zh, en}, s.column);
  }
  if (s.parts.size() != function->parameters.size()) return count_wrong(s, std::to_string(function->parameters.size()));
  std::vector<NodeIndex> parts;
  for (std::size_t i = 0; i < s.parts.size(); ++i) {
    const Type& wanted = function->parameters[i];
    const Part part = fit(check(s.parts[i], wanted.base == Base::code ? &wanted : nullptr), wanted, s.parts[i].column);
    if (part.node != no_node) parts.push_back(part.node);
  }
  if (parts.size() != s.parts.size()) return {};
  reach(function->reach);
  return put({.op = Op::call,
              .type = function->result,
              .symbol = function->id,
              .parts = std::move(parts),
              .column = s.column});
}

Part Checker::count_wrong(const Syntax& s, std::string wanted) {
  return fault(errors::arguments_count, {s.text, std::move(wanted), std::to_string(s.parts.size())}, s.column);
}

Part Checker::builtin_call(const Syntax& s, const BuiltinRule& rule, const Type* codes) {
  if (rule.aggregate != Op::literal && s.parts.size() == 1) return aggregate(s, rule.aggregate);
  if (!s.where.empty()) return fault(errors::where_misplaced, {}, s.where[0].column);
  const int n = static_cast<int>(s.parts.size());
  if (n < rule.least || n > rule.most)
    return count_wrong(s, rule.least == rule.most ? std::to_string(rule.least) : "≥ " + std::to_string(rule.least));
  switch (rule.op) {
    case Op::choose: return choice(s, codes);
    case Op::has: return presence(s);
    case Op::today: reach(Reach::now); return put(Op::today, {.base = Base::date}, {}, s.column);
    case Op::year:
    case Op::month:
    case Op::day: return dates(s, rule.op, {.base = Base::exact});
    case Op::workdays: return dates(s, rule.op, {.base = Base::exact, .unit = workdays_unit()});
    default: return alike(s, rule.op, codes);
  }
}

Part Checker::dates(const Syntax& s, Op op, Type result) {
  std::vector<NodeIndex> parts;
  for (const Syntax& one : s.parts) {
    const Part part = fit(check(one), {.base = Base::date}, one.column);
    if (part.node != no_node) parts.push_back(part.node);
  }
  return parts.size() == s.parts.size() ? put(op, std::move(result), std::move(parts), s.column) : Part{};
}

Part Checker::presence(const Syntax& s) {
  const Syntax& inside = s.parts[0];
  Part part;
  if (inside.kind == SyntaxKind::name) {
    const auto found = names_->find(inside.path);
    if (found && !found->item) part = symbol(*found, inside.column);
  }
  if (part.node == no_node) part = check(inside);
  return part.node == no_node ? Part{} : put(Op::has, {.base = Base::flag}, {part.node}, s.column);
}

Part Checker::choice(const Syntax& s, const Type* codes) {
  const Part condition = flag(s.parts[0]);
  Part a = check(s.parts[1], codes),
       b = a.node == no_node ? quiet(s.parts[2]) : check(s.parts[2], codes ? codes : codes_of(a));
  if (condition.node == no_node || a.node == no_node || b.node == no_node || !unify(a, b, s.column)) return {};
  Type out = type(a).number() ? wider(type(a), type(b)) : type(a);
  return finish({Op::choose, std::move(out), {condition.node, a.node, b.node}, s.column}, a.bare && b.bare);
}

Part Checker::alike(const Syntax& s, Op op, const Type* codes) {
  std::vector<Part> parts;
  for (const Syntax& one : s.parts) parts.push_back(check(one, codes));
  if (std::any_of(parts.begin(), parts.end(), [](Part p) { return p.node == no_node; })) return {};
  for (std::size_t i = 1; i < parts.size(); ++i)   // twice round: the finest unit reaches every part
    if (!unify(parts[0], parts[i], s.parts[i].column)) return {};
  for (std::size_t i = 1; i < parts.size(); ++i)
    if (!unify(parts[0], parts[i], s.parts[i].column)) return {};
  Type out = type(parts[0]);
  bool bare = true;
  std::vector<NodeIndex> nodes;
  for (const Part part : parts) {
    if (out.number()) out = wider(out, type(part));
    nodes.push_back(part.node);
    bare = bare && part.bare;
  }
  const bool ordered = out.number() || ((op == Op::min || op == Op::max) && out.base == Base::date);
  if (op != Op::fallback && !ordered) return wrong("数", "a number", parts[0], s.parts[0].column);
  if (op == Op::percent) out = {.base = Base::real, .unit = percent_unit()};
  return finish({op, std::move(out), std::move(nodes), s.column}, bare && op != Op::percent);
}

Part Checker::aggregate(const Syntax& s, Op op) {
  const Syntax& inside = s.parts[0];
  if (inside.kind != SyntaxKind::name) return fault(errors::collection_wanted, {s.text, "…"}, inside.column);
  std::optional<Symbol> set;
  std::size_t length = inside.path.size();
  for (; length > 0 && !set; --length) {
    set = names_->find(std::span(inside.path).first(length));
    if (set && !set->item) set.reset();
    if (set) break;
  }
  const std::string all = text::join(inside.path, ".");
  if (!set) {
    if (!names_->find(inside.path) && !names_->find(std::span(inside.path).first(1))) return name(inside, nullptr);
    return fault(errors::collection_wanted, {s.text, all}, inside.column);
  }
  if (set->personal) return fault(errors::personal, {all}, inside.column);
  const bool takes = op == Op::sum_of || op == Op::min_of || op == Op::max_of;
  if (takes != (length < inside.path.size()))
    return fault(errors::expected,
                 takes ? std::vector<std::string>{"行的一个字段", "a field of the rows", all}
                       : std::vector<std::string>{"一组行", "a set of rows", all},
                 inside.column);
  if ((op == Op::any_of || op == Op::all_of) && s.where.empty())
    return fault(errors::expected, {"where 条件", "a condition after where", ")"}, s.column);
  reach(set->reach);
  return within(s, op, *set, length);
}

Part Checker::within(const Syntax& s, Op op, const Symbol& set, std::size_t length) {
  const Syntax& inside = s.parts[0];
  const Names* outer = std::exchange(names_, set.item);
  Part body, condition;
  bool whole = true;
  if (length < inside.path.size()) {
    Syntax taken = inside;
    taken.path.erase(taken.path.begin(), taken.path.begin() + static_cast<std::ptrdiff_t>(length));
    body = name(taken, nullptr);
    whole = body.node != no_node;
    const bool ordered = whole && (type(body).number() || (op != Op::sum_of && type(body).base == Base::date));
    if (whole && !ordered) whole = wrong("数", "a number", body, inside.column).node != no_node;
  }
  if (!s.where.empty()) {
    condition = flag(s.where[0]);
    whole = whole && condition.node != no_node;
  }
  names_ = outer;
  if (!whole) return {};
  Type out{.base = Base::flag};
  if (op == Op::count_of) out = {.base = Base::exact};
  if (body.node != no_node) out = type(body);
  Part made = put(
      {.op = op, .type = std::move(out), .symbol = set.id, .parts = {body.node, condition.node}, .column = s.column});
  made.bare = op == Op::count_of;   // a count is of what its set holds: 件, 个
  return made;
}

}   // namespace gangmu::formula
