// SPDX-License-Identifier: Apache-2.0
#include "formula/writer_test.hpp"

namespace gangmu::formula::testing {

std::string Writer::flag(int depth) {
  switch (depth <= 0 ? 0 : random_.below(11)) {
    case 0: return pick({"sampled", "yes", "has(finish)", "state == idea", "owner.line in scope"});
    case 1: return "(" + flag(depth - 1) + ") and (" + flag(depth - 1) + ")";
    case 2: return flag(depth - 1) + " or " + flag(depth - 1);
    case 3: return "not (" + flag(depth - 1) + ")";
    case 4: return date(depth - 1) + pick({" < ", " >= ", " != "}) + date(depth - 1);
    case 5: return pick({"state in (idea, kept)", "name == '示例桥'", "opened_at + 3h < opened_at", "has(reporter)"});
    case 6: return "any(done where amount > " + pick({"5万元", "0.30元"}) + ")";
    case 7:
      return "all(done where " + pick({"amount > 0.30元", "on < 2023-03-01", "amount * 2 > 1元 or on > 2023-01-15"}) +
             ")";
    case 8: return "if(" + flag(depth - 1) + ", " + flag(depth - 1) + ", " + pick({"missing", "no"}) + ")";
    case 9: return number(depth - 1) + pick({" <= ", " > ", " == "}) + number(depth - 1);
    default: return money(depth - 1) + pick({" < ", " == ", " >= "}) + money(depth - 1);
  }
}

std::string Writer::money(int depth) {
  switch (depth <= 0 ? random_.below(3) : random_.below(11)) {
    case 0: return pick({"total", "done_sum", "sum(done.amount)", "sum(done.amount where on > 2023-01-15)"});
    case 1: return pick({"5万元", "0.30元", "-7元", "1亿元"});
    case 2: return pick({"max(done.amount)", "min(done.amount where amount > 1元)"});
    case 3: return money(depth - 1) + " - (" + money(depth - 1) + ")";
    case 4: return "(" + money(depth - 1) + " + " + money(depth - 1) + ") * " + number(depth - 1);
    case 5: return "if(" + flag(depth - 1) + ", " + money(depth - 1) + ", missing)";
    case 6: return "-(" + money(depth - 1) + ")";
    case 7: return "min(" + money(depth - 1) + ", " + money(depth - 1) + ")";
    case 8: return "default(" + money(depth - 1) + ", " + money(depth - 1) + ", total)";
    case 9: return "sum(done.amount where " + pick({"amount > 1元", "on > 2023-02-01 and amount < 5万元"}) + ")";
    default: return "(" + money(depth - 1) + ") / " + number(0) + " * " + pick({"5%", "1", "2.5%"});
  }
}

std::string Writer::number(int depth) {
  switch (depth <= 0 ? 0 : random_.below(6)) {
    case 0: return pick({"2", "0.5", "3万", "year(start)", "0", "9223372036854775807"});
    case 1: return "abs(" + number(depth - 1) + ")";
    case 2: return "count(done where " + pick({"amount > 1元", "on > 2023-01-15"}) + ")";
    case 3: return "(" + money(depth - 1) + ") / 1万元";
    case 4: return "max(" + number(depth - 1) + ", " + number(depth - 1) + ")";
    default: return "(" + number(depth - 1) + " - " + number(depth - 1) + ")";
  }
}

std::string Writer::date(int depth) {
  switch (depth <= 0 ? random_.below(2) : random_.below(5)) {
    case 0: return pick({"start", "finish", "2023-06-20", "max(done.on)"});
    case 1: return "default(finish, start)";
    case 2: return "(" + date(depth - 1) + " + " + pick({"3d", "2wd", "1周"}) + ")";
    case 3: return "if(" + flag(depth - 1) + ", " + date(depth - 1) + ", missing)";
    default: return "max(" + date(depth - 1) + ", " + date(depth - 1) + ")";
  }
}

std::string Writer::any(int depth) {
  switch (random_.below(6)) {
    case 0: return flag(depth);
    case 1: return number(depth);
    case 2: return date(depth);
    case 3: return "percent(" + money(depth - 1) + ", " + money(depth - 1) + ")";
    case 4: return "workdays(" + date(depth - 1) + ", " + date(depth - 1) + ")";
    default: return money(depth);
  }
}

namespace {

Value random_money(Random& random) {
  switch (random.below(8)) {
    case 0: return Absent::missing;
    case 1: return random.chance(0.5) ? Absent::withheld : Absent::threshold;
    case 2: return Decimal(random.chance(0.5) ? INT64_MAX : -INT64_MAX, 2);
    case 3: return Decimal(0, 2);
    default: return Decimal(random.between(-1'000'000'00, 1'000'000'00), 2);
  }
}
Value random_day(Random& random) {
  if (random.chance(0.2)) return Absent::missing;
  return Date::parse("2023-01-01")->plus_days(static_cast<int>(random.below(365)));
}

}   // namespace

TinyValues random_values(Random& random, const Calendar& days) {
  TinyValues out;
  out.days = random.chance(0.9) ? &days : nullptr;
  out.values = {{total, random_money(random)},
                {done_sum, random_money(random)},
                {area, random_money(random)},
                {start, random_day(random)},
                {finish, random_day(random)},
                {state, Code{static_cast<std::int64_t>(random.below(3))}},
                {name, std::string("示例桥")},
                {owner, random.chance(0.3) ? Value(Absent::missing) : Value(Code{7})},
                {sampled, random.chance(0.3) ? Value(Absent::not_applicable) : Value(random.chance(0.5))},
                {opened_at, *Instant::parse("2023-06-16T08:00:00+08:00")}};
  for (std::uint64_t n = random.below(4); n > 0; --n) {
    TinyValues row;
    row.values = {{month_amount, random_money(random)}, {month_on, random_day(random)}};
    out.rows.push_back(std::move(row));
  }
  return out;
}

}   // namespace gangmu::formula::testing
