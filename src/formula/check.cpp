// SPDX-License-Identifier: Apache-2.0
// Names, literals and operators.
#include <algorithm>

#include "base/text.hpp"
#include "formula/checker.hpp"
#include "formula/errors.hpp"

namespace gangmu::formula {

std::pair<std::string, std::string> near(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string found = text::nearest(word, candidates);
  if (found.empty()) return {};
  return {"，是否想写 " + found, "; did you mean " + found + "?"};
}

Result<Tree> Checker::run(const Syntax& syntax, const std::optional<Type>& wanted) {
  Part root = check(syntax, wanted && wanted->base == Base::code ? &*wanted : nullptr);
  if (wanted) root = fit(root, *wanted, syntax.column);
  if (root.node != no_node && !wanted && at(root).type.base == Base::none)
    fault(errors::missing_alone, {}, syntax.column);
  if (!faults_.empty()) return gangmu::fail(std::move(faults_));
  if (root.node != tree_.root()) tree_.nodes_.push_back(Node(at(root)));   // the root stands last
  return std::move(tree_);
}

Part Checker::fault(const ErrorKind& kind, std::vector<std::string> arguments, int column) {
  Position where = where_;
  where.column = (where.column > 0 ? where.column - 1 : 0) + column;
  faults_.push_back({&kind, std::move(arguments), std::move(where)});
  return {};
}

Part Checker::wrong(const char* zh, const char* en, Part found, int column) {
  return fault(errors::type_wrong, {zh, en, type(found).zh(), type(found).en()}, column);
}

Part Checker::differ(Part a, Part b, int column, const char* hint_zh, const char* hint_en) {
  return fault(errors::types_differ, {type(a).zh(), type(a).en(), type(b).zh(), type(b).en(), hint_zh, hint_en},
               column);
}

Part Checker::put(Node node, bool bare) {
  tree_.nodes_.push_back(std::move(node));
  return {tree_.root(), bare};
}

Part Checker::put(Op op, Type type, std::vector<NodeIndex> parts, int column) {
  return put({.op = op, .type = std::move(type), .parts = std::move(parts), .column = column});
}

Part Checker::check(const Syntax& s, const Type* codes) {
  switch (s.kind) {
    case SyntaxKind::number: return number(s);
    case SyntaxKind::text: return codes ? code(s.text, *codes, s.column) : literal(Base::text, s.text, s.column);
    case SyntaxKind::date: return date(s);
    case SyntaxKind::flag: return literal(Base::flag, s.text == "yes", s.column);
    case SyntaxKind::missing: return literal(Base::none, Absent::missing, s.column);
    case SyntaxKind::name: return name(s, codes);
    case SyntaxKind::unary: return s.text == "-" ? negative(s) : negation(s);
    case SyntaxKind::binary: return binary(s);
    case SyntaxKind::list: return fault(errors::expected, {"值", "a value", "("}, s.column);
    case SyntaxKind::call: return call(s, codes);
  }
  return {};
}

Part Checker::literal(Base base, Value value, int column) {
  return put({.op = Op::literal, .type = {.base = base}, .literal = std::move(value), .column = column});
}

Part Checker::number(const Syntax& s) {
  Unit unit = Unit::named(s.unit);
  auto value = Decimal::parse(s.text);
  if (value && unit.pure() && !s.unit.empty()) {   // 3万 is 30000
    value = Decimal::multiply(*value, Decimal(unit.factor().over, 0));
    unit = {};
  }
  if (!value) return fault(errors::overflow, {}, s.column);
  const int decimals = value->scale();
  const bool bare = unit.pure();
  return put({.op = Op::literal,
              .type = {.base = Base::exact, .unit = std::move(unit), .decimals = decimals},
              .literal = *value,
              .united = !bare,
              .column = s.column},
             bare);
}

Part Checker::date(const Syntax& s) {
  const auto value = Date::parse(s.text);
  if (!value) return fault(*value.error().first().kind, value.error().first().arguments, s.column);
  return literal(Base::date, *value, s.column);
}

Part Checker::code(const std::string& text, const Type& list, int column) {
  if (const auto found = names_->code(list.domain, text))
    return put(
        {.op = Op::literal, .type = {.base = Base::code, .domain = list.domain}, .literal = *found, .column = column});
  auto [zh, en] = near(text, names_->codes(list.domain));
  return fault(errors::code_unknown, {list.domain, text, zh, en}, column);
}

Part Checker::name(const Syntax& s, const Type* codes) {
  const auto found = names_->find(s.path);
  const bool plain = s.path.size() == 1;
  if (codes && plain && names_->code(codes->domain, s.path[0])) {
    if (found) return fault(errors::name_ambiguous, {s.path[0]}, s.column);
    return code(s.path[0], *codes, s.column);
  }
  if (!found) {
    const std::string all = text::join(s.path, ".");
    if (codes && plain && near(all, names_->all()).first.empty()) return code(all, *codes, s.column);
    auto [zh, en] = near(all, names_->all());
    return fault(errors::name_unknown, {all, zh, en}, s.column);
  }
  if (found->item) return fault(errors::collection_misplaced, {text::join(s.path, ".")}, s.column);
  if (found->personal) return fault(errors::personal, {text::join(s.path, ".")}, s.column);
  return symbol(*found, s.column);
}

Part Checker::symbol(const Symbol& found, int column) {
  reach(found.reach);
  return put({.op = Op::symbol, .type = found.type, .symbol = found.id, .column = column});
}

Part Checker::negative(const Syntax& s) {
  const Part operand = check(s.parts[0]);
  if (operand.node == no_node) return {};
  if (!type(operand).number()) return wrong("数", "a number", operand, s.column);
  if (at(operand).op == Op::literal) {   // −5 is a literal, so that it takes a unit as 5 does
    const Decimal value = std::get<Decimal>(at(operand).literal);
    tree_.nodes_[operand.node].literal = Decimal(-value.units(), value.scale());
    tree_.nodes_[operand.node].column = s.column;
    return operand;
  }
  return put(Op::negate, type(operand), {operand.node}, s.column);
}

Part Checker::flag(const Syntax& s) {
  const Part part = check(s);
  if (part.node == no_node) return {};
  if (type(part).base == Base::none) return retyped(part, {.base = Base::flag});
  return type(part).base == Base::flag ? part : wrong("是或否", "yes or no", part, s.column);
}

Part Checker::negation(const Syntax& s) {
  const Part operand = flag(s.parts[0]);
  return operand.node == no_node ? Part{} : put(Op::not_, {.base = Base::flag}, {operand.node}, s.column);
}

Part Checker::retyped(Part part, Type type) {
  tree_.nodes_[part.node].type = std::move(type);
  return part;
}

Part Checker::binary(const Syntax& s) {
  const std::string& op = s.text;
  if (op == "and" || op == "or") {
    const Part a = flag(s.parts[0]), b = flag(s.parts[1]);
    if (a.node == no_node || b.node == no_node) return {};
    return put(op == "and" ? Op::and_ : Op::or_, {.base = Base::flag}, {a.node, b.node}, s.column);
  }
  if (op == "in") return membership(s);
  if (op == "+" || op == "-") return sum(s);
  if (op == "*" || op == "/") return product(s);
  return comparison(s);
}

bool Checker::code_like(const Syntax& s) const {
  return s.kind == SyntaxKind::text || (s.kind == SyntaxKind::name && s.path.size() == 1 && !names_->find(s.path));
}

std::pair<Part, Part> Checker::sides(const Syntax& s) {
  const bool swap = code_like(s.parts[0]) && !code_like(s.parts[1]);
  const Part first = check(s.parts[swap ? 1 : 0]);
  const Part second =
      first.node == no_node ? quiet(s.parts[swap ? 0 : 1]) : check(s.parts[swap ? 0 : 1], codes_of(first));
  return swap ? std::pair{second, first} : std::pair{first, second};
}

const Type* Checker::codes_of(Part part) {
  if (part.node == no_node || type(part).base != Base::code) return nullptr;
  list_.push_back(std::make_unique<Type>(type(part)));
  return list_.back().get();
}

Part Checker::comparison(const Syntax& s) {
  auto [a, b] = sides(s);
  if (a.node == no_node || b.node == no_node) return {};
  const bool order = s.text != "==" && s.text != "!=";
  if (!unify(a, b, s.column)) return {};
  const Base base = type(a).base;
  if (order && !type(a).number() && base != Base::date && base != Base::instant)
    return wrong("能比大小的数或日期", "a number or date, which have an order", a, s.column);
  static constexpr std::pair<std::string_view, Op> ops[] = {{"==", Op::equal},  {"!=", Op::not_equal},
                                                            {"<", Op::less},    {"<=", Op::less_equal},
                                                            {">", Op::greater}, {">=", Op::greater_equal}};
  const auto op = std::find_if(std::begin(ops), std::end(ops), [&](const auto& one) { return one.first == s.text; });
  return put(op->second, {.base = Base::flag}, {a.node, b.node}, s.column);
}

Part Checker::membership(const Syntax& s) {
  const Part item = check(s.parts[0]);
  const Syntax& right = s.parts[1];
  if (right.kind != SyntaxKind::list) return set_membership(item, right, s.column);
  if (item.node == no_node) return {};
  const Type* codes = codes_of(item);
  std::vector<NodeIndex> parts{item.node};
  Part left = item;
  for (const Syntax& one : right.parts) {
    Part part = check(one, codes);
    if (part.node == no_node) continue;
    left = item;
    if (!unify(left, part, one.column)) continue;
    if (left.node != item.node) {   // the list's number had to stay: convert it instead of what is looked for
      fault(errors::units_differ, {type(item).unit.text(), type(part).unit.text()}, one.column);
      continue;
    }
    parts.push_back(part.node);
  }
  return put(Op::in_list, {.base = Base::flag}, std::move(parts), s.column);
}

Part Checker::set_membership(Part item, const Syntax& right, int column) {
  if (right.kind != SyntaxKind::name)
    return fault(errors::expected, {"集合，或（甲，乙）", "a set, or (a, b)", "…"}, right.column);
  const Part set = check(right);
  if (item.node == no_node || set.node == no_node) return {};
  const Type& wanted = type(set);
  if (wanted.base != Base::set) return wrong("集合", "a set", set, right.column);
  if (type(item).domain != wanted.domain) return differ(item, set, column);
  return put({.op = Op::in_set,
              .type = {.base = Base::flag},
              .symbol = at(set).symbol,
              .parts = {item.node, set.node},
              .column = column});
}

Result<Tree> Tree::parse(std::string_view text, const Names& names, const std::optional<Type>& wanted,
                         const Position& where, const Limits& limits) {
  TRY_ASSIGN(const Syntax syntax, parse_syntax(text, where, limits));
  return Checker(names, where).run(syntax, wanted);
}

}   // namespace gangmu::formula
