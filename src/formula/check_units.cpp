// SPDX-License-Identifier: Apache-2.0
// Units, and making two parts of one type.
#include <algorithm>

#include "formula/checker.hpp"
#include "formula/errors.hpp"

namespace gangmu::formula {

const Unit& percent_unit() {
  static const Unit unit = Unit::named("%");
  return unit;
}
const Unit& days_unit() {
  static const Unit unit = Unit::named("天");
  return unit;
}
const Unit& workdays_unit() {
  static const Unit unit = Unit::named("工作日");
  return unit;
}
const Unit& hours_unit() {
  static const Unit unit = Unit::named("小时");
  return unit;
}

namespace {

int decimals_of(const Ratio& ratio) {
  int out = 0;
  for (std::int64_t rest = ratio.under; rest > 1; rest /= 10) ++out;
  return out;
}

}   // namespace

bool Checker::unify(Part& a, Part& b, int column) {
  if (type(a).base == Base::none && type(b).base == Base::none) return true;
  if (type(a).base == Base::none) return retyped(a, type(b)).node != no_node;
  if (type(b).base == Base::none) return retyped(b, type(a)).node != no_node;
  if (type(a).number() && type(b).number()) return same_unit(a, b, column);
  if (type(a).base == type(b).base && type(a).domain == type(b).domain) return true;
  differ(a, b, column);
  return false;
}

bool Checker::same_unit(Part& a, Part& b, int column) {
  const Unit ua = type(a).unit, ub = type(b).unit;
  if (a.bare && b.bare) return true;
  if (a.bare || b.bare) return take_unit(a.bare ? a : b, a.bare ? ub : ua);
  if (ua == ub) return true;
  if (!ua.same_dimension(ub)) {
    fault(errors::units_differ, {ua.text().empty() ? "1" : ua.text(), ub.text().empty() ? "1" : ub.text()}, column);
    return false;
  }
  const auto ratio = ua.to(ub);   // the coarser is said in the finer
  if (!ratio) {
    fault(errors::unit_too_large, {ua.text()}, column);
    return false;
  }
  Part& coarser = ratio->over >= ratio->under ? a : b;
  coarser = converted(coarser, &coarser == &a ? ub : ua);
  return coarser.node != no_node;
}

bool Checker::take_unit(Part& bare, const Unit& unit) {
  const Node& node = at(bare);
  const auto* number = std::get_if<Decimal>(&node.literal);
  if (unit.money() && node.op == Op::literal && number && number->units() != 0) {
    fault(errors::unit_wanted, {number->text()}, node.column);
    return false;
  }
  tree_.nodes_[bare.node].type.unit = unit;
  return true;
}

Part Checker::converted(Part part, const Unit& unit) {
  if (type(part).unit == unit) return part;
  const auto ratio = type(part).unit.to(unit);
  const int column = at(part).column;
  if (!ratio) return fault(errors::unit_too_large, {type(part).unit.text()}, column);
  Type to = type(part);
  to.unit = unit;
  if (!ratio->decimal()) to.base = Base::real;
  if (to.base == Base::exact) to.decimals = std::min(Decimal::max_scale, to.decimals + decimals_of(*ratio));
  return put({.op = Op::convert, .type = std::move(to), .ratio = *ratio, .parts = {part.node}, .column = column});
}

Type Checker::wider(const Type& a, const Type& b) {
  Type out = a;
  if (b.base == Base::real) out.base = Base::real;
  out.decimals = out.base == Base::real ? 0 : std::max(a.decimals, b.decimals);
  return out;
}

Part Checker::sum(const Syntax& s) {
  Part a = check(s.parts[0]), b = check(s.parts[1]);
  if (a.node == no_node || b.node == no_node) return {};
  const Op op = s.text == "+" ? Op::add : Op::subtract;
  const Base base = type(a).base;
  if (base == Base::date || base == Base::instant) return moved(op, a, b, s.column);
  if (!type(a).number() && base != Base::none) return wrong("数或日期", "a number or a date", a, s.parts[0].column);
  if (!type(b).number() && type(b).base != Base::none) return wrong("数", "a number", b, s.parts[1].column);
  if (!unify(a, b, s.column)) return {};
  if (!type(a).number()) return fault(errors::missing_alone, {}, s.column);
  return finish({op, wider(type(a), type(b)), {a.node, b.node}, s.column}, a.bare && b.bare);
}

Part Checker::finish(Made made, bool bare) {
  Part out = put(made.op, std::move(made.type), std::move(made.parts), made.column);
  out.bare = bare;
  return out;
}

Part Checker::moved(Op op, Part a, Part b, int column) {
  const Base base = type(a).base;
  if (op == Op::subtract && type(b).base == base) {
    Type days{.base = base == Base::date ? Base::exact : Base::real,
              .unit = base == Base::date ? days_unit() : hours_unit()};
    return put(op, std::move(days), {a.node, b.node}, column);
  }
  if (!type(b).number()) return differ(a, b, column);
  const Unit& unit = base == Base::date ? days_unit() : hours_unit();
  if (b.bare) tree_.nodes_[b.node].type.unit = unit;
  const bool workdays = base == Base::date && type(b).unit == workdays_unit();
  if (!workdays && !type(b).unit.same_dimension(unit))
    return differ(a, b, column, "，天数请写成 10d 或 5wd", "; write days as 10d or 5wd");
  if (workdays && op == Op::subtract)
    return differ(a, b, column, "，工作日只能往后推", "; working days only count forward");
  if (!workdays) b = converted(b, unit);
  if (b.node == no_node) return {};
  return put(workdays ? Op::add_workdays : op, {.base = base}, {a.node, b.node}, column);
}

Part Checker::product(const Syntax& s) {
  Part a = factor(s.parts[0]), b = factor(s.parts[1]);
  if (a.node == no_node || b.node == no_node) return {};
  const bool times = s.text == "*";
  const auto unit = times ? type(a).unit.times(type(b).unit) : type(a).unit.over(type(b).unit);
  if (!unit) return fault(errors::unit_too_large, {type(a).unit.text() + s.text + type(b).unit.text()}, s.column);
  Type out = wider(type(a), type(b));
  out.unit = *unit;
  if (!times) out.base = Base::real;
  out.decimals = out.base == Base::real ? 0 : std::min(Decimal::max_scale, type(a).decimals + type(b).decimals);
  Part made = put(times ? Op::multiply : Op::divide, std::move(out), {a.node, b.node}, s.column);
  made.bare = a.bare && b.bare;
  if (made.node == no_node || !at(made).type.unit.pure() || at(made).type.unit.factor().one()) return made;
  return converted(made, Unit{});   // 元/万元 is a pure number
}

Part Checker::factor(const Syntax& s) {
  const Part part = check(s);
  if (part.node == no_node) return {};
  if (type(part).base == Base::none) return fault(errors::missing_alone, {}, s.column);
  if (!type(part).number()) return wrong("数", "a number", part, s.column);
  if (!type(part).unit.same_dimension(percent_unit())) return part;
  Part out = converted(part, percent_unit());
  Type pure = type(out);
  pure.unit = {};
  if (pure.base == Base::exact) pure.decimals = std::min(Decimal::max_scale, pure.decimals + 2);
  return put({.op = Op::convert, .type = pure, .ratio = {1, 100}, .parts = {out.node}, .column = s.column});
}

Part Checker::fit(Part part, const Type& wanted, int column) {
  if (part.node == no_node) return {};
  const Type& found = type(part);
  if (found.base == Base::none) return retyped(part, wanted);
  if (wanted.number() && found.number()) return fit_unit(part, wanted, column);
  if (found.base != wanted.base || (!wanted.domain.empty() && found.domain != wanted.domain)) {
    return fault(errors::type_wrong, {wanted.zh(), wanted.en(), found.zh(), found.en()}, column);
  }
  return part;
}

Part Checker::fit_unit(Part part, const Type& wanted, int column) {
  if (part.bare && !wanted.unit.pure()) {
    if (at(part).op == Op::literal && !take_unit(part, wanted.unit)) return {};
    return part;
  }
  const Unit unit = type(part).unit;
  if (unit.same_dimension(wanted.unit)) return converted(part, wanted.unit);
  if (!unit.pure())
    return fault(errors::units_differ, {unit.text(), wanted.unit.pure() ? "1" : wanted.unit.text()}, column);
  if (wanted.unit == percent_unit() && plain_share(at(part))) return fault(errors::percent_wanted, {}, at(part).column);
  return part;
}

bool Checker::plain_share(const Node& node) const {
  if (node.op == Op::choose)
    return plain_share(tree_.nodes_[node.parts[1]]) || plain_share(tree_.nodes_[node.parts[2]]);
  if (node.op == Op::convert) return plain_share(tree_.nodes_[node.parts[0]]);
  return node.op == Op::divide && !hundred(tree_.nodes_[node.parts[0]]);
}

bool Checker::hundred(const Node& node) const {
  if (node.op == Op::literal) return node.literal == Value(Decimal(100, 0));
  return node.op == Op::multiply && (hundred(tree_.nodes_[node.parts[0]]) || hundred(tree_.nodes_[node.parts[1]]));
}

}   // namespace gangmu::formula
