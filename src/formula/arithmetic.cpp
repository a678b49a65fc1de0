// SPDX-License-Identifier: Apache-2.0
#include "formula/arithmetic.hpp"

#include <cmath>

#include "formula/errors.hpp"

namespace gangmu::formula {
namespace {

constexpr std::int64_t micros_an_hour = 3'600'000'000;

bool exact(const Value& value) { return std::holds_alternative<Decimal>(value); }

Result<Value> finite(const Node& node, double value) {
  if (!std::isfinite(value)) return overflow_at(node);
  return Value(value);
}
Result<Value> kept(const Node& node, Result<Decimal> value) {
  if (!value) return overflow_at(node);
  return Value(*value);
}

Result<Value> multiplied(const Node& node, const Value& a, const Value& b) {
  if (exact(a) && exact(b)) return kept(node, Decimal::multiply(std::get<Decimal>(a), std::get<Decimal>(b)));
  return finite(node, real_of(a) * real_of(b));
}

Result<Value> divided(const Node& node, const Value& a, const Value& b) {
  const double under = real_of(b);
  if (under == 0) return Value(Absent::zero_denominator);
  return finite(node, real_of(a) / under);
}

Result<Value> converted(const Node& node, const Value& a) {
  if (node.type.base == Base::real || !exact(a))
    return finite(node, real_of(a) * static_cast<double>(node.ratio.over) / static_cast<double>(node.ratio.under));
  int decimals = 0;
  for (std::int64_t rest = node.ratio.under; rest > 1; rest /= 10) ++decimals;
  const Decimal value = std::get<Decimal>(a);
  if (decimals > Decimal::max_scale) return overflow_at(node);
  const auto over = Decimal::multiply(value, Decimal(node.ratio.over, 0));
  if (!over) return overflow_at(node);
  const Decimal reduced = over->scale() + decimals > Decimal::max_scale ? over->reduced() : *over;
  if (reduced.scale() + decimals > Decimal::max_scale) return overflow_at(node);
  return Value(Decimal(reduced.units(), reduced.scale() + decimals));
}

constexpr std::int64_t days_most = 2'900'000;   // to the year 9909, which can be written in four digits

Result<Value> date_moved(const Node& node, Date date, const Value& by) {
  const auto whole = exact(by) ? std::get<Decimal>(by).rescaled(0) : rounded_half_up(real_of(by), 0);
  if (!whole || std::abs(whole->units()) > days_most) return overflow_at(node);
  const int n = static_cast<int>(whole->units());
  const std::int64_t to = std::int64_t{date.days} + (node.op == Op::subtract ? -n : n);
  if (std::abs(to) > days_most) return overflow_at(node);
  return Value(Date{static_cast<std::int32_t>(to)});
}

Result<Value> workdays_after(const Node& node, const Value& date, const Value& by, const Values& values) {
  const auto whole = exact(by) ? std::get<Decimal>(by).rescaled(0) : rounded_half_up(real_of(by), 0);
  if (!whole || whole->units() < 0 || whole->units() > days_most) return overflow_at(node);
  const Calendar* calendar = values.calendar();
  if (!calendar) return Value(Absent::unpublished);
  const auto due = calendar->add_working_days(std::get<Date>(date), static_cast<int>(whole->units()));
  return due ? Value(*due) : Value(Absent::unpublished);
}

Result<Value> instant_moved(const Node& node, Instant at, const Value& by) {
  const double micros = std::nearbyint(real_of(by) * static_cast<double>(micros_an_hour));
  if (std::abs(micros) > 9e18) return overflow_at(node);
  const auto delta = static_cast<std::int64_t>(micros);
  std::int64_t out = 0;
  const bool wide = node.op == Op::add ? __builtin_add_overflow(at.micros, delta, &out)
                                       : __builtin_sub_overflow(at.micros, delta, &out);
  if (wide) return overflow_at(node);
  return Value(Instant{out});
}

Result<Value> summed(const Node& node, const Value& a, const Value& b) {
  if (const Date* date = std::get_if<Date>(&a)) {
    if (const Date* other = std::get_if<Date>(&b)) return Value(Decimal(std::int64_t{date->days} - other->days, 0));
    return date_moved(node, *date, b);
  }
  if (const Instant* at = std::get_if<Instant>(&a)) {
    if (const Instant* other = std::get_if<Instant>(&b))
      return finite(node, static_cast<double>(at->micros - other->micros) / static_cast<double>(micros_an_hour));
    return instant_moved(node, *at, b);
  }
  if (node.op == Op::add) return added(node, a, b);
  if (exact(a) && exact(b)) return kept(node, Decimal::subtract(std::get<Decimal>(a), std::get<Decimal>(b)));
  return finite(node, real_of(a) - real_of(b));
}

Result<Value> absolute(const Node& node, const Value& a) {
  if (!exact(a)) return Value(std::fabs(real_of(a)));
  const Decimal value = std::get<Decimal>(a);
  if (value.units() == INT64_MIN) return overflow_at(node);
  return Value(Decimal(std::abs(value.units()), value.scale()));
}

Result<Value> negated(const Node& node, const Value& a) {
  if (!exact(a)) return Value(-real_of(a));
  const Decimal value = std::get<Decimal>(a);
  if (value.units() == INT64_MIN) return overflow_at(node);
  return Value(Decimal(-value.units(), value.scale()));
}

Value extreme(bool least, std::span<const Value> all) {
  const Value* best = &all[0];
  for (const Value& one : all.subspan(1))
    if (least ? less(one, *best) : less(*best, one)) best = &one;
  return *best;
}

Value part_of(Op op, Date date) {
  return Decimal(op == Op::year ? date.year() : op == Op::month ? date.month() : date.day(), 0);
}

Value workdays(std::span<const Value> operands, const Values& values) {
  const Calendar* calendar = values.calendar();
  if (!calendar) return Absent::unpublished;
  const auto n = calendar->working_days_between(std::get<Date>(operands[0]), std::get<Date>(operands[1]));
  return n ? Value(Decimal(*n, 0)) : Value(Absent::unpublished);
}

Value listed(std::span<const Value> operands) {
  for (const Value& one : operands.subspan(1))
    if (equal(operands[0], one)) return true;
  return false;
}

}   // namespace

tl::unexpected<Error> overflow_at(const Node& node) {
  return gangmu::fail(errors::overflow, {}, {.file = {}, .line = 0, .column = node.column, .cell = {}});
}

double real_of(const Value& value) {
  const Decimal* exact = std::get_if<Decimal>(&value);
  return exact ? exact->real() : std::get<double>(value);
}

bool less(const Value& a, const Value& b) {
  if (exact(a) && exact(b)) return std::get<Decimal>(a) < std::get<Decimal>(b);
  if (const Date* date = std::get_if<Date>(&a)) return *date < std::get<Date>(b);
  if (const Instant* at = std::get_if<Instant>(&a)) return *at < std::get<Instant>(b);
  return real_of(a) < real_of(b);
}

bool equal(const Value& a, const Value& b) {
  const bool numbers =
      (exact(a) || std::holds_alternative<double>(a)) && (exact(b) || std::holds_alternative<double>(b));
  if (!numbers) return a == b;
  return exact(a) && exact(b) ? std::get<Decimal>(a) == std::get<Decimal>(b) : real_of(a) == real_of(b);
}

Result<Value> added(const Node& node, const Value& a, const Value& b) {
  if (exact(a) && exact(b)) return kept(node, Decimal::add(std::get<Decimal>(a), std::get<Decimal>(b)));
  return finite(node, real_of(a) + real_of(b));
}

Result<Value> applied(const Node& node, std::span<const Value> operands, const Values& values) {
  bool some = false;
  Absent why = Absent::missing;
  for (const Value& one : operands)
    if (const Absent* reason = std::get_if<Absent>(&one)) {
      some = true;
      why = stronger(why, *reason);
    }
  // A list with an absent member still holds what it holds.
  if (some && (node.op != Op::in_list || absent(operands[0]))) return Value(why);
  switch (node.op) {
    case Op::negate: return negated(node, operands[0]);
    case Op::not_: return Value(!std::get<bool>(operands[0]));
    case Op::add:
    case Op::subtract: return summed(node, operands[0], operands[1]);
    case Op::add_workdays: return workdays_after(node, operands[0], operands[1], values);
    case Op::multiply: return multiplied(node, operands[0], operands[1]);
    case Op::divide: return divided(node, operands[0], operands[1]);
    case Op::equal: return Value(equal(operands[0], operands[1]));
    case Op::not_equal: return Value(!equal(operands[0], operands[1]));
    case Op::less: return Value(less(operands[0], operands[1]));
    case Op::less_equal: return Value(!less(operands[1], operands[0]));
    case Op::greater: return Value(less(operands[1], operands[0]));
    case Op::greater_equal: return Value(!less(operands[0], operands[1]));
    case Op::in_list: {
      Value found = listed(operands);
      return some && !std::get<bool>(found) ? Value(why) : found;
    }
    case Op::convert: return converted(node, operands[0]);
    case Op::abs: return absolute(node, operands[0]);
    case Op::min:
    case Op::max: return extreme(node.op == Op::min, operands);
    case Op::percent: {
      TRY_ASSIGN(const Value share, divided(node, operands[0], operands[1]));
      return absent(share) ? share : finite(node, 100 * std::get<double>(share));
    }
    case Op::year:
    case Op::month:
    case Op::day: return part_of(node.op, std::get<Date>(operands[0]));
    case Op::workdays: return workdays(operands, values);
    case Op::today: {
      const auto day = values.today();
      return day ? Value(*day) : Value(Absent::missing);
    }
    case Op::call: return values.call(node.symbol, operands);
    default: return Value(Absent::missing);
  }
}

}   // namespace gangmu::formula
