// SPDX-License-Identifier: Apache-2.0
// Syntax + names → Tree. Goes on after a fault: a part that failed has no node, and what rests on it says nothing more,
// so that one mistake gives one message. Internal to the part: check.cpp holds names, literals and operators,
// check_units.cpp what makes two parts of one type, check_calls.cpp functions and aggregates.
#pragma once

#include <memory>
#include <utility>

#include "formula/builtins.hpp"
#include "formula/syntax.hpp"
#include "formula/tree.hpp"

namespace gangmu::formula {

struct Part {
  NodeIndex node = no_node;   ///< no_node: it failed, and was told
  bool bare = false;          ///< a literal number without unit: takes the unit of what it stands beside
};

const Unit& percent_unit();
const Unit& days_unit();
const Unit& workdays_unit();
const Unit& hours_unit();
/// ", did you mean …" in both languages, or two empty texts.
std::pair<std::string, std::string> near(std::string_view word, const std::vector<std::string>& candidates);

class Checker {
 public:
  Checker(const Names& names, Position where) : names_(&names), where_(std::move(where)) {}
  Result<Tree> run(const Syntax& syntax, const std::optional<Type>& wanted);

 private:
  [[nodiscard]] const Node& at(Part part) const { return tree_.nodes_[part.node]; }
  [[nodiscard]] const Type& type(Part part) const { return at(part).type; }
  Part fault(const ErrorKind& kind, std::vector<std::string> arguments, int column);
  Part wrong(const char* zh, const char* en, Part found, int column);
  Part differ(Part a, Part b, int column, const char* hint_zh = "", const char* hint_en = "");
  Part put(Node node, bool bare = false);
  Part put(Op op, Type type, std::vector<NodeIndex> parts, int column);
  void reach(Reach reach) { tree_.reaches_ |= 1U << static_cast<int>(reach); }
  /// `codes`: of which list a word that is no name may be a code; null: of none.
  Part check(const Syntax& s, const Type* codes = nullptr);
  Part literal(Base base, Value value, int column);
  Part number(const Syntax& s);
  Part date(const Syntax& s);
  Part code(const std::string& text, const Type& list, int column);
  Part name(const Syntax& s, const Type* codes);
  Part symbol(const Symbol& found, int column);
  Part negative(const Syntax& s);
  Part flag(const Syntax& s);
  Part negation(const Syntax& s);
  /// The word `missing` becomes a missing value of the type it stands beside.
  Part retyped(Part part, Type type);
  Part binary(const Syntax& s);
  /// Is a word of this syntax possibly a code? Then the other side is looked at first and says of which list.
  [[nodiscard]] bool code_like(const Syntax& s) const;
  std::pair<Part, Part> sides(const Syntax& s);
  /// Beside a part that failed nobody knows of which list a word is a code: such words are left alone.
  Part quiet(const Syntax& s) { return code_like(s) ? Part{} : check(s); }
  const Type* codes_of(Part part);
  Part comparison(const Syntax& s);
  Part membership(const Syntax& s);
  Part set_membership(Part item, const Syntax& right, int column);
  /// Makes both of one type, or tells why not.
  bool unify(Part& a, Part& b, int column);
  bool same_unit(Part& a, Part& b, int column);
  /// A number without unit beside money may be yuan or 万元: it must say.
  bool take_unit(Part& bare, const Unit& unit);
  Part converted(Part part, const Unit& unit);
  static Type wider(const Type& a, const Type& b);
  Part sum(const Syntax& s);
  struct Made {
    Op op;
    Type type;
    std::vector<NodeIndex> parts;
    int column;
  };
  Part finish(Made made, bool bare);
  /// date ± days, date + working days, date − date; the same for instants in hours.
  Part moved(Op op, Part a, Part b, int column);
  Part product(const Syntax& s);
  /// 5 % of a sum is 0.05 of it: in a product per cent is a pure number.
  Part factor(const Syntax& s);
  Part call(const Syntax& s, const Type* codes);
  Part count_wrong(const Syntax& s, std::string wanted);
  Part builtin_call(const Syntax& s, const BuiltinRule& rule, const Type* codes);
  Part dates(const Syntax& s, Op op, Type result);
  Part presence(const Syntax& s);
  Part choice(const Syntax& s, const Type* codes);
  /// abs, min, max, default, percent: operands of one type.
  Part alike(const Syntax& s, Op op, const Type* codes);
  /// sum(done.amount where done_on >= 2023-01-01): the longest beginning that is a set, then what is taken of an
  /// element.
  Part aggregate(const Syntax& s, Op op);
  Part within(const Syntax& s, Op op, const Symbol& set, std::size_t length);
  /// The part as the place wants it.
  Part fit(Part part, const Type& wanted, int column);
  Part fit_unit(Part part, const Type& wanted, int column);
  /// a / b where percent(a, b) is meant: a share, not hundred times of it.
  [[nodiscard]] bool plain_share(const Node& node) const;
  [[nodiscard]] bool hundred(const Node& node) const;

  const Names* names_;
  Position where_;
  Tree tree_;
  Diagnostics faults_;
  std::vector<std::unique_ptr<Type>> list_;   ///< types of code lists asked for, which outlive the growing tree
};

}   // namespace gangmu::formula
