// SPDX-License-Identifier: Apache-2.0
#include "formula/value.hpp"

#include <charconv>

namespace gangmu::formula {
namespace {

struct BaseName {
  std::string_view zh, en;
};

BaseName name_of(Base base) {
  switch (base) {
    case Base::none: return {"缺失", "missing"};
    case Base::exact: return {"数", "a number"};
    case Base::real: return {"实数", "a real number"};
    case Base::flag: return {"是否", "yes or no"};
    case Base::text: return {"文字", "a text"};
    case Base::date: return {"日期", "a date"};
    case Base::instant: return {"时刻", "an instant"};
    case Base::code: return {"代码", "a code"};
    case Base::thing: return {"对象", "an object"};
    case Base::set: return {"集合", "a set"};
  }
  return {};
}

std::string with_detail(std::string_view name, const Type& type) {
  const std::string detail = type.number() ? type.unit.text() : type.domain;
  return std::string(name) + (detail.empty() ? "" : " (" + detail + ")");
}

std::string_view name_of(Absent why) {
  switch (why) {
    case Absent::missing: return "missing";
    case Absent::not_applicable: return "NA";
    case Absent::withheld: return "WH";
    case Absent::threshold: return "threshold";
    case Absent::zero_denominator: return "divided by zero";
    case Absent::unpublished: return "calendar unpublished";
  }
  return {};
}

std::string shortest(double value) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return {buffer, end};
}

}   // namespace

std::string Type::zh() const { return with_detail(name_of(base).zh, *this); }
std::string Type::en() const { return with_detail(name_of(base).en, *this); }

std::string text_of(const Value& value) {
  struct {
    std::string operator()(Absent why) const { return std::string(name_of(why)); }
    std::string operator()(const Decimal& exact) const { return exact.text(); }
    std::string operator()(double real) const { return shortest(real); }
    std::string operator()(bool flag) const { return flag ? "yes" : "no"; }
    std::string operator()(const std::string& words) const { return words; }
    std::string operator()(Date date) const { return date.text(); }
    std::string operator()(Instant at) const { return at.text(); }
    std::string operator()(Code code) const { return "#" + std::to_string(code.id); }
    std::string operator()(Thing thing) const { return "#" + std::to_string(thing.id); }
  } say;
  return std::visit(say, value);
}

}   // namespace gangmu::formula
